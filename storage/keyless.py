"""Rows whose key is gone, and keys that open no row: what a deletion leaves that was ended half way.

A key is destroyed before the rows that it opens are gone. A process that dies in between leaves rows that nobody can
open any more, and a database that comes from a backup brings back such rows: they go as if the deletion had come to its
end. A key that was made for a row that was never kept goes as well.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Text, cast, delete, func, or_, select

from storage import belongings, desk_tables, uploads
from storage.files import ALL_SEALED
from storage.sealed import MARK, OWNER, owner_of
from storage.sealed_columns import DOOR
from storage.tables import attached as attached_to
from storage.tables import case, event, file, interview, notice, party, person
from storage.unit import Unit

_AT_ONCE = 1000
#: Whose ids a key may have.
_KNOWN = (
    interview.c.id,
    file.c.id,
    case.c.id,
    person.c.id,
    desk_tables.office.c.id,
    desk_tables.export.c.id,
)
#: What offices have of a case that nobody can read any more.
_OF_CASES = (
    desk_tables.handed,
    desk_tables.remark,
    desk_tables.settled,
    desk_tables.correction,
    desk_tables.standing,
    desk_tables.statement,
    desk_tables.case_find,
)
#: The key that stands for the keyring as a whole.
HOUSE = "0" * 32


@dataclass(frozen=True)
class Keyless:
    """Ids of rows that no key opens any more, by table, the cases that were handed in among them; `whole` is how many
    interviews, files and cases have their key."""

    interviews: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    whole: int = 0

    @property
    def rows(self) -> int:
        """How many there are."""
        return len(self.interviews) + len(self.files) + len(self.cases)

    @property
    def odd(self) -> bool:
        """So many that it is no deletion that was ended half way: the keyring is an older copy, or another's."""
        return self.rows > max(_FEW, self.whole // 50)


@dataclass(frozen=True)
class Idle:
    """Owners of keys that open nothing; `kept` is how many keys do.

    Those of doors come and go with what waits there, however many doors there are: they tell nothing.
    """

    owners: tuple[str, ...] = ()
    kept: int = 0

    @property
    def odd(self) -> bool:
        """So many that no kill has left them: the database is an older copy, and its newer ones need these keys."""
        return sum(not each.startswith(DOOR) for each in self.owners) > max(_FEW, self.kept // 50)


#: What deletions and kills may leave in an hour, whatever there is.
_FEW = 50


@dataclass
class _Counted:
    whole: int = 0
    without: list[str] = field(default_factory=list)


def found(unit: Unit) -> Keyless:
    """The rows whose keys are gone."""
    handed = select(desk_tables.handed.c.case).distinct().order_by(desk_tables.handed.c.case)
    asked = {
        "interview": select(interview.c.id).where(interview.c.state != "").order_by(interview.c.id),
        "file": select(file.c.id).where(file.c.facts != "").order_by(file.c.id),
        "case": handed,
    }
    counted = {name: _Counted() for name in asked}
    for name, wanted in asked.items():
        for some in _pages(unit.connection.execute(wanted.execution_options(yield_per=_AT_ONCE)).scalars()):
            there = unit.sealed.there(some)
            counted[name].whole += len(there)
            counted[name].without += [each for each in some if each not in there]
    return Keyless(
        tuple(counted["interview"].without),
        tuple(counted["file"].without),
        tuple(counted["case"].without),
        sum(each.whole for each in counted.values()),
    )


def let_go(unit: Unit, gone: Keyless, at: datetime) -> tuple[str, ...]:
    """Bring those deletions to their end; gives the ids of files whose bytes go."""
    run = unit.connection.execute
    files: list[str] = []
    for some in _pages(gone.files):
        files += run(select(file.c.id).where(file.c.id.in_(some))).scalars()
        uploads.lost(unit, tuple(some))
    people: set[str] = set()
    for some in _pages(gone.interviews):
        people.update(run(select(interview.c.person).where(interview.c.id.in_(some))).scalars())
    for someone in sorted(people):
        files += _deleted(unit, someone, frozenset(gone.interviews), at)
    for some in _pages(gone.cases):
        for table in _OF_CASES:
            run(delete(table).where(table.c.case.in_(some)))
        belongings.close(unit, some)
    return tuple(files)


def _deleted(unit: Unit, someone: str, gone: frozenset[str], at: datetime) -> tuple[str, ...]:
    rows = unit.connection.execute(
        select(interview.c.id, party.c.case)
        .outerjoin(party, party.c.id == interview.c.party)
        .where(interview.c.person == someone)
    ).all()
    if all(row.id in gone for row in rows):
        return belongings.forget(unit, someone, at).files
    cases = {row.case for row in rows if row.id in gone and row.case}
    left = belongings.forget_cases(unit, someone, cases, at)
    alone = [row.id for row in rows if row.id in gone and not row.case]
    for statement in (
        delete(attached_to).where(attached_to.c.interview.in_(alone)),
        delete(event).where(event.c.interview.in_(alone)),
        delete(interview).where(interview.c.id.in_(alone)),
    ):
        unit.connection.execute(statement)
    return left.files


def orphans(unit: Unit) -> Idle:
    """Keys that open nothing, though they are old enough: no row has their owner's id, no text names it."""
    named = _named(unit) | {HOUSE, ALL_SEALED}
    idle: list[str] = []
    after, number = "", 0
    while some := unit.sealed.owners(after):
        idle += sorted(_without_rows(unit, set(some) - named))
        number += len(some)
        after = some[-1]
    return Idle(tuple(idle), number - len(idle))


def _without_rows(unit: Unit, owners: Collection[str]) -> set[str]:
    wanted = set(owners)
    for column in _KNOWN:
        for part in _pages(sorted(wanted)):
            wanted -= set(unit.connection.execute(select(column).where(column.in_(part))).scalars())
    return wanted


def _named(unit: Unit) -> frozenset[str]:
    """Owners that have no row: those of letters, and of what waits at doors."""
    owners: set[str] = set()
    for column in (desk_tables.letter.c.text, notice.c["values"]):
        begins = func.substr(cast(column, Text), 1, len(f'"{MARK}') + OWNER + 1)
        sealed = or_(begins.like(f"{MARK}%"), begins.like(f'"{MARK}%'))
        rows = unit.connection.execute(
            select(begins).where(sealed).distinct().execution_options(yield_per=_AT_ONCE)
        ).scalars()
        owners |= {owner_of(each.strip('"')) for each in rows}
    return frozenset(owners)


def _pages(rows: Iterable[str]) -> Iterator[Sequence[str]]:
    some: list[str] = []
    for each in rows:
        some.append(each)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some
