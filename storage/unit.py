"""The unit of work: one transaction. What it reads and writes stand as functions in the modules beside this one."""

from __future__ import annotations

from sqlalchemy import Connection


class Conflict(Exception):  # noqa: N818  # not an error: it says “again”
    """Another unit was first. Nothing of this one is kept; what it did can be tried again."""


class ReadOnly(Exception):  # noqa: N818  # not an error: it says “not here”
    """A unit that was to read only would have written something."""


class Unit:
    """One transaction on its connection. Errors of the database come through as SQLAlchemy raises them.

    It waits for nothing but the database.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
