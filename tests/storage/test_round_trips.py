"""How often a turn waits for PostgreSQL: counted in what the driver sends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from forms.printing.workers import Workers
from tests.bot.household import House, Someone
from tests.storage.rings import kept_at

#: What has to be answered before anything else is sent.
_WAITS = ("\tQuery\t", "\tSync")


class Wire:
    """Everything that goes to PostgreSQL, as libpq writes it down."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("wb", buffering=0)
        event.listen(Pool, "connect", self._listen)

    def _listen(self, connection: object, _record: object) -> None:
        getattr(connection, "pgconn").trace(self._file.fileno())  # noqa: B009  # SQLite's have none

    def waits(self) -> int:
        """How often somebody has waited until now."""
        lines = self._path.read_text("utf-8", "replace").splitlines()
        return sum("\tF\t" in line and any(each in line for each in _WAITS) for line in lines)

    def close(self) -> None:
        event.remove(Pool, "connect", self._listen)
        self._file.close()


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    wire = Wire(tmp_path / "wire")
    yield wire
    wire.close()


@pytest.fixture
def address(postgresql: Callable[..., str], postgresql_up_to_date: str) -> str:
    return postgresql(postgresql_up_to_date)


async def test_a_turn_waits_once_to_read_and_five_times_to_write(
    wire: Wire, address: str, crew: Workers, tmp_path: Path
) -> None:
    database = kept_at(address)
    person = Someone(House(database, tmp_path / "files", crew))
    await person.begins()
    await person.says("个人申报")
    for _ in range(7):  # from the fifth time on a statement is sent by its name alone
        await person.says("焊工", "上一步")
    before = wire.waits()
    await person.says("钳工")
    told = wire.waits()
    await person.take()
    database.close()
    # The speaker; then BEGIN, the message, its event, the interview, COMMIT.
    assert told - before == 1 + 5
    assert wire.waits() - told == 1
