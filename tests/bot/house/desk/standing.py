"""What must hold of the rows at any moment, whoever pressed what and whatever was killed: no case between two states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, select

from bot.house.trailing import Trail
from storage import stays, tables
from storage.desk_tables import handed, office, remark, seat, stay
from storage.unit import Unit


def faults(unit: Unit, key: bytes) -> list[str]:
    """What does not hold, one sentence each; none where all does. `key` is the installation's."""
    return [
        *_stays(unit),
        *_rounds(unit),
        *_remarks(unit),
        *_seats(unit),
        *_outbox(unit),
        *(f"trail: {broken}" for broken in (Trail(key).verify(unit),) if broken),
    ]


def _all(unit: Unit, table: Table) -> list[Any]:
    return list(unit.connection.execute(select(table)).all())


def _stays(unit: Unit) -> Iterator[str]:
    """A case lies at one office at most, and whoever passed it on passed it to one."""
    rows = _all(unit, stay)
    by_id, above = {row.id: row for row in rows}, Counter(row.before for row in rows if row.before)
    for case, count in Counter(row.case for row in rows if row.state in stays.STANDING).items():
        if count > 1:
            yield f"case {case} stands {count} times"
    for row in rows:
        if (row.state == "passed") != (above[row.id] == 1):
            yield f"stay {row.id} is {row.state} with {above[row.id]} above it"
        if row.before and by_id[row.before].case != row.case:
            yield f"stay {row.id} was passed on from another case"
        if row.state == "withdrawn" and row.opened is not None:
            yield f"stay {row.id} was opened and taken back"
        if row.state not in stays.STANDING and row.holder:
            yield f"stay {row.id} is {row.state} and held"
        if (row.state in {"accepted", "returned", "refused", "passed"}) != bool(row.decider) and not (
            row.state == "here" and row.decided
        ):
            yield f"stay {row.id} is {row.state}, decided by {row.decider}"


def _rounds(unit: Unit) -> Iterator[str]:
    """Rounds are numbered from one on, and a case lies in its last."""
    last = dict[str, int]()
    for row in sorted(_all(unit, handed), key=lambda row: (row.case, row.round)):
        if row.round != last.get(row.case, 0) + 1:
            yield f"case {row.case} has round {row.round} behind {last.get(row.case, 0)}"
        last[row.case] = row.round
    for row in _all(unit, stay):
        if row.state in stays.STANDING and row.round != last.get(row.case):
            yield f"case {row.case} lies in round {row.round} of {last.get(row.case)}"
    numbers = [row.number for row in _all(unit, tables.case) if row.number]
    if len(set(numbers)) != len(numbers) or len(numbers) != len(last):
        yield f"{len(last)} cases were handed in, {len(set(numbers))} have a number"


def _remarks(unit: Unit) -> Iterator[str]:
    """What was sent waits while the case is returned, and is answered else; what is being written waits for nobody."""
    states = {row.case: row.state for row in _all(unit, stay) if row.state in stays.STANDING}
    waits = {row.case for row in _all(unit, remark) if row.sent and row.answered is None}
    for case, state in states.items():
        if (state == "returned") != (case in waits):
            yield f"case {case} is {state}, remarks wait: {case in waits}"
    for row in _all(unit, remark):
        if not row.sent and row.answered is not None:
            yield f"remark {row.id} is answered and was not sent"
        if not row.sent and states.get(row.case) in {"accepted", None}:
            yield f"case {row.case} is {states.get(row.case)} with a remark unsent"


def _seats(unit: Unit) -> Iterator[str]:
    """Whoever holds a case, or is to work on it, sits at its office; an office that had a head has one."""
    seats = {row.id: row for row in _all(unit, seat)}
    for row in _all(unit, stay):
        for which in (row.holder, row.assigned):
            if which and (seats[which].office != row.office or seats[which].ended is not None):
                yield f"stay {row.id} is held by seat {which}, which is not there"
        if row.decider and seats[row.decider].office != row.office:
            yield f"stay {row.id} was decided from elsewhere"
    closed = {row.id for row in _all(unit, office) if row.closed}
    had = {row.office for row in seats.values() if row.role == "head" and row.taken} - closed
    has = {row.office for row in seats.values() if row.role == "head" and row.person and row.ended is None}
    for each in had - has:
        yield f"office {each} has no head any more"
    for row in _all(unit, stay):
        if row.office in closed and row.state in {"here", "returned"}:
            yield f"case {row.case} lies at a closed office"


def _outbox(unit: Unit) -> Iterator[str]:
    """Every key once, and a notice behind at most one of them."""
    keys = Counter(row.key for row in _all(unit, tables.outbox))
    for key, count in keys.items():
        if count > 1:
            yield f"{key} is in the outbox {count} times"
