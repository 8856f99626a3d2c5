"""Cases at offices: how they arrive, who has them open, what is decided, and the trays of a board."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, literal, select, update

from storage import cases
from storage.conflicts import Conflict
from storage.desk_tables import remark, seat, stay
from storage.tables import case, new_id
from storage.unit import Unit

#: Where nothing is due: it sorts behind every day.
NEVER = "9999"
#: A case is at most at one office in one of these.
STANDING = ("here", "returned", "accepted")
_HOLDER = seat.alias("holding")
_DECIDER = seat.alias("deciding")
_ASSIGNED = seat.alias("working")


@dataclass(frozen=True)
class Stay:
    """A row of `storage.desk_tables.stay`, with the number of its case and the names of the seats in it."""

    id: str
    case: str
    number: str
    office: str
    programme: str
    round: int
    state: str
    version: int
    arrived: datetime
    since: datetime
    due: str
    opened: datetime | None
    doubts: int
    lacking: int
    assigned: str | None
    holder: str | None
    decided: datetime | None
    decider: str | None
    clause: str
    reason: str
    before: str | None
    unit: str
    rank: int | None
    held_by: str
    decided_by: str
    assigned_to: str


#: What a `Stay` is read from, column by column.
ROWS = (
    select(
        stay.c.id,
        stay.c.case,
        func.coalesce(case.c.number, ""),
        stay.c.office,
        stay.c.programme,
        stay.c.round,
        stay.c.state,
        stay.c.version,
        stay.c.arrived,
        stay.c.since,
        stay.c.due,
        stay.c.opened,
        stay.c.doubts,
        stay.c.lacking,
        stay.c.assigned,
        stay.c.holder,
        stay.c.decided,
        stay.c.decider,
        stay.c.clause,
        stay.c.reason,
        stay.c.before,
        stay.c.unit,
        stay.c.rank,
        func.coalesce(_HOLDER.c.name, ""),
        func.coalesce(_DECIDER.c.name, ""),
        func.coalesce(_ASSIGNED.c.name, ""),
    )
    .select_from(stay)
    .join(case, case.c.id == stay.c.case)
    .outerjoin(_HOLDER, _HOLDER.c.id == stay.c.holder)
    .outerjoin(_DECIDER, _DECIDER.c.id == stay.c.decider)
    .outerjoin(_ASSIGNED, _ASSIGNED.c.id == stay.c.assigned)
)


def arrive(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit,
    of: str,
    office: str,
    programme: str,
    round_: int,
    at: datetime,
    due: str,
    doubts: int,
    lacking: int,
    employer: str = "",
    before: str | None = None,
    rank: int | None = None,
) -> str:
    """A case comes to an office, with its place in its unit's order; gives the stay's id.

    Conflict where it stands at one already.
    """
    if current(unit, of) is not None:
        raise Conflict(f"case {of} stands somewhere already")
    made = new_id()
    unit.connection.execute(
        insert(stay),
        {
            "id": made,
            "case": of,
            "office": office,
            "programme": programme,
            "round": round_,
            "state": "here",
            "version": 1,
            "arrived": at,
            "since": at,
            "due": due or NEVER,
            "doubts": doubts,
            "lacking": lacking,
            "unit": employer,
            "before": before,
            "rank": rank,
        },
    )
    return made


def again(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit,
    of: Stay,
    round_: int,
    at: datetime,
    doubts: int,
    lacking: int,
    employer: str = "",
    rank: int | None = None,
) -> None:
    """A case that was sent back is handed in again at the same office. Conflict where it is not as it was read."""
    _change(
        unit,
        of.id,
        of.version,
        state="here",
        round=round_,
        since=at,
        opened=None,
        doubts=doubts,
        lacking=lacking,
        holder=None,
        unit=employer or of.unit,
        rank=rank,
    )


def decide(  # noqa: PLR0913, PLR0917  # one decision
    unit: Unit,
    identifier: str,
    version: int,
    state: str,
    seat_: str | None,
    at: datetime,
    clause: str = "",
    reason: str = "",
) -> bool:
    """What an office decides on a case. False where somebody has decided since `version`."""
    values = {
        "state": state,
        "version": version + 1,
        "since": at,
        "decided": at,
        "decider": seat_,
        "clause": clause,
        "reason": _sealed(unit, identifier, reason),
        "holder": None,
    }
    done = unit.connection.execute(
        update(stay).where(stay.c.id == identifier, stay.c.version == version).values(**values)
    )
    return done.rowcount == 1


def restore(  # noqa: PLR0913, PLR0917  # one decision
    unit: Unit, identifier: str, version: int, state: str, seat_: str | None, decided: datetime
) -> bool:
    """The decision before the last one stands again, as it was made. False where somebody has decided since `version`."""
    values = {"state": state, "version": version + 1, "since": decided, "decided": decided, "decider": seat_}
    done = unit.connection.execute(
        update(stay).where(stay.c.id == identifier, stay.c.version == version).values(**values, holder=None)
    )
    return done.rowcount == 1


def counts(unit: Unit, identifier: str, doubts: int, lacking: int, *, employer: str | None = None) -> None:
    """How much is left to settle, and how much paper to come; `employer` is what names its unit, where that changed."""
    values: dict[str, Any] = {"doubts": doubts, "lacking": lacking}
    if employer is not None:
        values["unit"] = employer
    unit.connection.execute(update(stay).where(stay.c.id == identifier).values(**values))


def hold(unit: Unit, identifier: str) -> None:
    """As `storage.cases.hold`, of the case of a stay."""
    of = unit.connection.execute(select(stay.c.case).where(stay.c.id == identifier)).scalar()
    if of is not None:
        cases.hold(unit, of)


def opened(unit: Unit, identifier: str, seat_: str, at: datetime, *, takes: bool) -> None:
    """Somebody has a case open. They hold it where nobody does, or where they take it over.

    They hold no other, but those where something of theirs is half written.
    """
    begun = exists(literal(1)).where(
        remark.c.case == stay.c.case, remark.c.seat == seat_, remark.c.sent.is_(None)
    )
    unit.connection.execute(
        update(stay).where(stay.c.holder == seat_, stay.c.id != identifier, ~begun).values(holder=None)
    )
    unit.connection.execute(
        update(stay)
        .where(stay.c.id == identifier, stay.c.state.in_(STANDING), stay.c.opened.is_(None))
        .values(opened=at)
    )
    free = () if takes else (stay.c.holder.is_(None),)
    unit.connection.execute(
        update(stay)
        .where(stay.c.id == identifier, stay.c.state.in_(STANDING), *free)
        .values(holder=seat_, held=at)
    )


def put_down(unit: Unit, identifier: str, seat_: str) -> bool:
    """A seat does not have a case open any more. False where it did not hold it."""
    held = (stay.c.id == identifier, stay.c.holder == seat_)
    return unit.connection.execute(update(stay).where(*held).values(holder=None)).rowcount == 1


def released(unit: Unit, seat_: str) -> None:
    """A seat holds and works on nothing any more."""
    unit.connection.execute(update(stay).where(stay.c.holder == seat_).values(holder=None))
    unit.connection.execute(update(stay).where(stay.c.assigned == seat_).values(assigned=None))


def assign(unit: Unit, identifier: str, seat_: str | None) -> None:
    """Who is to work on a case."""
    unit.connection.execute(update(stay).where(stay.c.id == identifier).values(assigned=seat_))


def drop(unit: Unit, identifier: str) -> bool:
    """A stay at the office above is undone, while nobody there has opened it. False where somebody has."""
    gone = unit.connection.execute(
        stay.delete().where(stay.c.id == identifier, stay.c.opened.is_(None), stay.c.state == "here")
    )
    return gone.rowcount == 1


def one(unit: Unit, identifier: str) -> Stay | None:
    """A stay by its id; None where there is none."""
    return _first(unit, stay.c.id == identifier)


def at_office(unit: Unit, identifier: str, at: Collection[str]) -> Stay | None:
    """A stay by its id, where it is at one of these offices; None at any other, and where it was taken back.

    Whoever took a case back before anybody had opened it has shown it to nobody.
    """
    row = one(unit, identifier) if identifier else None
    return row if row and row.office in at and row.state != "withdrawn" else None


def current(unit: Unit, of: str) -> Stay | None:
    """Where a case stands now; None where it is at no office."""
    return _first(unit, and_(stay.c.case == of, stay.c.state.in_(STANDING)))


def latest(unit: Unit, of: str) -> Stay | None:
    """Where a case stands now, else where it stood last."""
    newest_first = of_case(unit, of)[::-1]
    return next((each for each in newest_first if each.state in STANDING), next(iter(newest_first), None))


def of_case(unit: Unit, of: str) -> tuple[Stay, ...]:
    """Every stay of a case, in the order in which it arrived."""
    rows = unit.connection.execute(ROWS.where(stay.c.case == of).order_by(stay.c.arrived, stay.c.id.desc()))
    return tuple(read(unit, rows))


def above(unit: Unit, identifier: str) -> Stay | None:
    """The stay to which this one was passed on; None where it was not."""
    return _first(unit, stay.c.before == identifier)


def several(unit: Unit, identifiers: Sequence[str]) -> tuple[Stay, ...]:
    """Stays by their ids, in that order."""
    wanted = unit.connection.execute(ROWS.where(stay.c.id.in_(identifiers)))
    rows = {each.id: each for each in read(unit, wanted)}
    return tuple(rows[each] for each in identifiers if each in rows)


def of_cases(unit: Unit, office: str, cases: Sequence[str]) -> tuple[Stay, ...]:
    """The latest stays of some cases at one office."""
    rows = unit.connection.execute(
        ROWS.where(stay.c.office == office, stay.c.case.in_(cases)).order_by(stay.c.arrived)
    )
    return tuple({each.case: each for each in read(unit, rows)}.values())


def good(unit: Unit, office: str, programme: str) -> int:
    """How many cases of a programme an office has found good: accepted, or passed on."""
    there = (stay.c.office == office, stay.c.programme == programme, stay.c.state.in_(("accepted", "passed")))
    return int(unit.connection.execute(select(func.count(stay.c.case.distinct())).where(*there)).scalar_one())


def read(unit: Unit, rows: Iterable[Any]) -> list[Stay]:
    """The stays that `ROWS` selects."""
    row_values = [list(row) for row in rows]
    unit.sealed.warm(each[_REASON] for each in row_values)
    for each in row_values:
        each[_REASON] = unit.sealed.glance(_WHAT, each[0], each[_REASON])
    return [Stay(*each) for each in row_values]


_WHAT = "stay.reason"
#: Where it stands in a row.
_REASON = [each.name for each in fields(Stay)].index("reason")


def _sealed(unit: Unit, identifier: str, reason: str) -> str:
    of = unit.connection.execute(select(stay.c.case).where(stay.c.id == identifier)).scalar()
    return unit.sealed.seal(of, _WHAT, identifier, reason) if of else ""


def _first(unit: Unit, wanted: ColumnElement[bool]) -> Stay | None:
    return next(iter(read(unit, unit.connection.execute(ROWS.where(wanted).limit(1)))), None)


def _change(unit: Unit, identifier: str, version: int, /, **values: Any) -> None:
    changed = unit.connection.execute(
        update(stay)
        .where(stay.c.id == identifier, stay.c.version == version)
        .values(version=version + 1, **values)
    )
    if changed.rowcount != 1:
        raise Conflict(f"stay {identifier} is past version {version}")
