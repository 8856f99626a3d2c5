"""Where programmes are written, checked, looked at and rehearsed."""
