"""The desk: how staff receive cases, send them back, decide on them and pass them on. Pure, as the interview is."""
