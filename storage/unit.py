"""The unit of work: one transaction. What it reads and writes stand as functions in the modules beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from storage.sealed import Sealing


class Unit:
    """One transaction on its connection. Errors of the database come through as SQLAlchemy raises them.

    It waits for nothing but the database. `sealed` seals what people said before it is written, and opens it again.
    """

    def __init__(self, connection: Connection, sealed: Sealing) -> None:
        self.connection = connection
        self.sealed = sealed
