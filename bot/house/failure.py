"""What goes wrong at the command line, told in one sentence."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - a sentence for the operator, not a defect of the program
    """Something the operator can mend; `str()` is the one sentence they get to read."""
