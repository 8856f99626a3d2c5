"""What a unit of work says of itself when nothing of it is kept."""

from __future__ import annotations


class Conflict(Exception):  # noqa: N818  # not an error: it says “again”
    """Another unit was first. Nothing of this one is kept; what it did can be tried again."""


class ReadOnly(Exception):  # noqa: N818  # not an error: it says “not here”
    """A unit that was to read only would have written something."""
