"""The desk's use cases: how cases come to an office, what is read for its pages, and what deeds do."""
