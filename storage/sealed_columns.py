"""Every column in which words of people stand, and whose key seals each: one register, for whoever goes over all rows.

What stands in no column named here is ids, moments, states, counts, digests and names of the product's and the
notices' own; `docs/threats.md` names the few words of staff that stay readable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Table, Text, and_, cast, or_, select

from storage import desk_tables, tables
from storage.sealed import MARK, Broken, Keyless, Sealing
from storage.unit import Unit

_ANY_OWNER = "_" * 32
_AT_ONCE = 500
#: How the owner begins of what waits at a door that leads to nobody.
DOOR = "door"


@dataclass(frozen=True)
class Columns:
    """Columns of one table that are sealed alike: `row` names a row as it is authenticated, `owner` whose key it has."""

    table: Table
    names: tuple[str, ...]
    owner: Callable[[Unit, Any], str]
    row: Callable[[Any], str]

    def unsealed(self, name: str) -> ColumnElement[bool]:
        """Whether a column holds words that are not sealed. A JSON column holds a sealed text as a JSON string."""
        column = self.table.c[name]
        held = cast(column, Text)
        if isinstance(column.type, JSON):
            return and_(held.not_like(f'"{MARK}{_ANY_OWNER}.%'), held != "{}")
        return and_(held.not_like(f"{MARK}{_ANY_OWNER}.%"), held != "")

    @property
    def left(self) -> ColumnElement[bool]:
        """Whether a row has words that are not sealed."""
        return or_(*(self.unsealed(name) for name in self.names))

    def what(self, name: str) -> str:
        """What a column is called where its words are authenticated."""
        return f"{self.table.name}.{name}"


def is_sealed(held: str) -> bool:
    """Whether a text looks sealed, under the key of a row: as the statements above tell it, too."""
    return held.startswith(MARK) and held[len(MARK) + len(_ANY_OWNER) :].startswith(".")


def looked_through(unit: Unit) -> Iterator[str]:
    """For every text that is sealed "" where it opens, and else what it is."""
    for columns in COLUMNS:
        rows = unit.connection.execute(select(columns.table).execution_options(yield_per=_AT_ONCE))
        for some in rows.partitions():
            texts = [
                (columns.what(name), columns.row(row), held)
                for row in some
                for name in columns.names
                if (held := row._mapping[columns.table.c[name]])
            ]
            unit.sealed.warm(held for _, _, held in texts)
            for what, row, held in texts:
                try:
                    unit.sealed.open(what, row, held if isinstance(held, str) else str(held))
                except Keyless:
                    continue
                except Broken:
                    yield what
                else:
                    yield ""


def _id(row: Any) -> str:
    return str(row.id)


def _of_case(_unit: Unit, row: Any) -> str:
    return str(row.case)


def _own(_unit: Unit, row: Any) -> str:
    return str(row.id)


def _of_door(unit: Unit, row: Any) -> str:
    return owner_at(unit, row.channel, row.address)


def owner_at(unit: Unit, channel: str, address: str) -> str:
    """Whose key seals what waits at a door: its person's, or where it leads to nobody (any more) its own."""
    door = tables.door
    here = (door.c.channel == channel, door.c.address == address)
    someone = unit.connection.execute(select(door.c.person).where(*here)).scalar_one_or_none()
    return someone or unit.sealed.named(DOOR, channel, address)


def correspondence(sealed: Sealing, case: str, person: str) -> str:
    """Whose key seals the letters of a person about a case: their own, which goes with them while the case may stay."""
    return sealed.named("letters", case, person)


COLUMNS = (
    Columns(tables.interview, ("state",), _own, lambda row: f"{row.id}|{row.version}"),
    Columns(tables.file, ("name", "facts"), _own, _id),
    Columns(tables.notice, ("values",), _of_door, _id),
    Columns(
        desk_tables.desk,
        ("state",),
        lambda _unit, row: str(row.person),
        lambda row: f"{row.person}|{row.version}",
    ),
    Columns(desk_tables.handed, ("face", "content"), _of_case, _id),
    Columns(desk_tables.stay, ("reason",), _of_case, _id),
    Columns(desk_tables.remark, ("text",), _of_case, _id),
    Columns(desk_tables.settled, ("reason", "ground"), _of_case, lambda row: f"{row.case}|{row.rule}"),
    Columns(desk_tables.correction, ("was", "now"), _of_case, _id),
    Columns(
        desk_tables.letter,
        ("text",),
        lambda unit, row: correspondence(unit.sealed, row.case, row.person),
        _id,
    ),
    Columns(desk_tables.erasure, ("reason",), _of_case, lambda row: f"{row.case}|{row.person}"),
    Columns(
        desk_tables.statement, ("content",), _of_case, lambda row: f"{row.case}|{row.round}|{row.version}"
    ),
    Columns(desk_tables.standing, ("reason",), _of_case, lambda row: f"{row.case}|{row.stage}"),
    Columns(
        desk_tables.progress,
        ("reason",),
        lambda _unit, row: str(row.office),
        lambda row: f"{row.office}|{row.programme}|{row.stage}",
    ),
)
