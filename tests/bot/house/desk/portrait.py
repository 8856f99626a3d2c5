"""All that is kept of a case, without what is drawn by lot: two cases that went alike have portraits that are equal."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from storage import tables
from storage.database import Database
from storage.files import FileStore
from storage.sealed_columns import COLUMNS, looked_through
from storage.tables import metadata
from storage.trail import entries
from storage.unit import Unit
from tests.bot.house.desk.grounds import Place
from tests.bot.house.desk.standing import faults
from tests.bot.house.desk.whole_case import SCRIPT, SIDES, played, sent_picture, unlotted
from tests.storage.rings import kept_at
from tests.storage.stores import content

#: What becomes of the case, as its trail tells it.
TRAIL = (
    *("handed_in", "seen", "remarked", "returned"),
    *("handed_in", "seen", "accepted", "undone", "passed_up", "seen", "accepted"),
)
#: What depends on how often something was tried or looked at, and on nothing that anybody sees.
_TRIES = {
    "outbox": {"id", "attempts", "due", "lease_until", "message"},
    "sealed_by": {"token"},
    "door": {"seen"},
    "notice": {"at"},  # some are left by a courier, when it comes to it
}
#: Steps that are no message of anybody we know: whoever opens a link is a stranger yet.
_UNCOUNTED = {"looks", "delivers", "opens"}
#: How the outbox names notices: numbers that a killed transaction took are not given again.
_NUMBERED = re.compile(r"(?<=notice )\d+|(?<='notice': ')\d+")
_COUNTERS = {"event": {"id"}, "notice": {"id"}, "trail": {"id"}, "letter": {"id"}, "attempt": {"id"}}


@dataclass(frozen=True)
class Portrait:
    """Every row of every table, opened, how many keys there are, and what is wrong by itself."""

    rows: dict[str, Counter[str]]
    keys: int
    wrong: tuple[str, ...]

    def against(self, wanted: Portrait) -> list[str]:
        """What is otherwise: rows that are lost, and rows that are there once too often."""
        found = list(self.wrong)
        for table, rows in wanted.rows.items():
            found += [f"{table}: lost {count} × {row}" for row, count in (rows - self.rows[table]).items()]
            found += [f"{table}: doubled {count} × {row}" for row, count in (self.rows[table] - rows).items()]
        if self.keys != wanted.keys:
            found.append(f"{self.keys} keys, not {wanted.keys}")
        return found


async def portrait(place: Place) -> Portrait:
    """What is kept in a place whose process has gone, once what kills leave behind is swept."""
    database = kept_at(place.url)
    try:
        house = played(database, place.files)
        house.now = later = datetime.now(UTC) + timedelta(hours=2)
        database.keyring.clock = lambda: later  # keys have a clock of their own
        await house.conversation.sweep()
        await house.conversation.sweep_keys()
        rows, broken, files = await database.read(
            lambda unit: (_rows(unit), _broken(unit, house.key), _files(unit))
        )
        wrong = (*broken, *_laid(files, house.store, len(house.stored())))
        return Portrait(rows, _keys(database), wrong)
    finally:
        database.close()


def _keys(database: Database) -> int:
    return sum(each.keys for each in database.keyring.kept())


def _rows(unit: Unit) -> dict[str, Counter[str]]:
    sealed = {columns.table.name: columns for columns in COLUMNS}
    found = {}
    for table in metadata.sorted_tables:
        left_out = _TRIES.get(table.name, set()) | _COUNTERS.get(table.name, set())
        found[table.name] = Counter[str]()
        for row in unit.connection.execute(select(table)):
            values: dict[str, Any] = {
                name: value for name, value in row._mapping.items() if name not in left_out
            }
            if columns := sealed.get(table.name):
                for name in columns.names:
                    held = str(values[name] or "")
                    values[name] = unit.sealed.glance(columns.what(name), columns.row(row), held)
            if table.name == "notice":  # a courier that died is followed by the next once its lease is over
                values["shown"] = values["shown"] is not None
            found[table.name][_NUMBERED.sub("…", unlotted(str(values)))] += 1
    return found


def _broken(unit: Unit, key: bytes) -> Iterator[str]:
    """What holds by itself, whatever another case is like; a list, for the unit ends before it is read."""
    found = faults(unit, key)
    if set(looked_through(unit)) != {""}:
        found.append("something sealed does not open")
    cases = unit.connection.execute(select(tables.case.c.id)).scalars().all()
    kinds = [tuple(each.kind for each in entries(unit, case)) for case in cases]
    if kinds != [TRAIL]:
        found.append(f"trail: {kinds}")
    taken = unit.connection.execute(select(tables.message.c.message)).scalars()
    counted = Counter(each for each in taken if each.startswith("step "))
    acted = {f"step {number}" for number, each in enumerate(SCRIPT) if each.does not in _UNCOUNTED}
    if set(counted) != acted or max(counted.values()) > 1:
        found.append(f"step lost: {acted - set(counted)}, or taken twice: {counted.most_common(1)}")
    return iter(found)


def _files(unit: Unit) -> list[Any]:
    return list(unit.connection.execute(select(tables.file)))


def _laid(rows: list[Any], store: FileStore, lying: int) -> Iterator[str]:
    """Every picture that was sent is there once, as it was sent, and nothing lies beside them."""
    sent = Counter(hashlib.sha256(sent_picture(side)).hexdigest() for side in SIDES)
    read = Counter(hashlib.sha256(content(store, row.id)).hexdigest() for row in rows)
    if read != sent:
        yield f"files lost: {len(sent - read)}, doubled or changed: {len(read - sent)}"
    if lying != len(SIDES):
        yield f"{lying} files lie there, not {len(SIDES)}"
