"""The trail: who of an office saw, changed, exported or decided what, and when. It is only ever added to.

Entries hold ids, a seat, a kind and a keyed digest of a value, never a value. They are no foreign keys: a case that is
deleted takes none of them along, and they resolve to nothing then.

**A chain for each case** (or office, for what is done to no case). Each entry carries an HMAC over its own fields and
the one before it; numbers run from 1 and are unique, so of two that are written at once one is a Conflict. It shows a
row that was changed, put in or taken out before another of its chain.

**A head for each day** is an HMAC over the head of the day before, how many entries there are by then, and the chain
value of every entry of the day. It shows what a chain cannot: that its last entries are gone, or all of it.

What they cannot show: what was written and taken away before its day was closed; that the last days are gone together
with their heads, unless one of these was noted elsewhere (they are logged, and `jiangjian trail --check` tells the
last); and anything at all to whoever holds the key, for they can write every row anew.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, Select, String, func, insert, select, type_coerce

from dialogs.trail_words import Break, Fault, Kind
from storage.desk_tables import office, seat, trail, trail_head
from storage.tables import case
from storage.unit import Unit

#: Whose days they are: the notices'.
ZONE = ZoneInfo("Asia/Shanghai")
#: What an entry may be about: ids of ours or of a programme (“nominee 1 photo”), never anything that somebody typed.
_ID = re.compile(r"[A-Za-z0-9_.:@/#-]+")
_LONGEST = 200
#: The moment as it stands in the row: what is signed is what is kept.
_AT = type_coerce(trail.c.at, String).label("at")
_FIELDS = (trail.c.case, trail.c.number, _AT, trail.c.seat, trail.c.kind, trail.c.about, trail.c.value)
#: Rows in memory while all are read.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Entry:
    """One entry of a chain. `name` and `office` are those of the seat, "" where it resolves to nothing any more."""

    number: int
    at: datetime | None
    seat: str
    name: str
    office: str
    kind: str
    about: str
    value: str


@dataclass(frozen=True)
class Head:
    """The trail at the end of a day (ISO): how many entries there are, and what proves them."""

    day: str
    entries: int
    head: str


def note(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit,
    key: bytes,
    case: str,
    seat: str | None,
    kind: Kind,
    about: str,
    at: datetime,
    value: str = "",
) -> int:
    """Add an entry to the chain of a case (or of an office); gives its number. Conflict where another came between.

    `about` is an id, or a few with blanks between (ValueError), `at` is now: whatever is noted for a day that is
    closed breaks it. Of `value` only a digest is kept, another one in every case: whoever has the key can tell
    whether it was this.
    """
    if len(about) > _LONGEST or not all(map(_ID.fullmatch, about.split(" ") if about else ())):
        raise ValueError("an entry of the trail is about an id")
    last = unit.connection.execute(
        select(trail.c.number, trail.c.chain)
        .where(trail.c.case == case)
        .order_by(trail.c.number.desc())
        .limit(1)
    ).one_or_none()
    number, before = (last.number + 1, last.chain) if last else (1, "")
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    sealed = digest(key, case, about, value) if value else ""
    chain = _mac(key, "entry", before, case, number, moment, seat, kind, about, sealed)
    values = {
        "case": case,
        "number": number,
        "at": at,
        "seat": seat,
        "kind": kind,
        "about": about,
        "value": sealed,
        "chain": chain,
    }
    unit.connection.execute(insert(trail), values)
    return number


def told_today(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, chain: str, seat: str | None, kind: Kind, about: str, now: datetime
) -> bool:
    """Whether a chain tells already that a seat did this today."""
    begins, _ = _bounds(now.astimezone(ZONE).date())
    same = (trail.c.case == chain, trail.c.kind == kind, trail.c.about == about, trail.c.at >= begins)
    by = trail.c.seat.is_(None) if seat is None else trail.c.seat == seat
    return unit.connection.execute(select(trail.c.id).where(*same, by).limit(1)).first() is not None


def telling(unit: Unit, chains: Sequence[str], kind: Kind, about: str) -> tuple[str, ...]:
    """Those of some chains that tell of this, as they were given."""
    same = (trail.c.kind == kind, trail.c.about == about, trail.c.case.in_(chains))
    matching = set(unit.connection.execute(select(trail.c.case).where(*same)).scalars())
    return tuple(chain for chain in chains if chain in matching)


def digest(key: bytes, case: str, about: str, value: str) -> str:
    """What is kept of a value in an entry about it."""
    return _mac(key, "value", case, about, value)


def entries(unit: Unit, chain: str) -> tuple[Entry, ...]:
    """The entries of a case (or of an office), in order."""
    rows = unit.connection.execute(
        select(
            trail.c.number,
            trail.c.at,
            func.coalesce(trail.c.seat, ""),
            func.coalesce(seat.c.name, ""),
            func.coalesce(office.c.name, ""),
            trail.c.kind,
            trail.c.about,
            trail.c.value,
        )
        .outerjoin(seat, seat.c.id == trail.c.seat)
        .outerjoin(office, office.c.id == seat.c.office)
        .where(trail.c.case == chain)
        .order_by(trail.c.number)
    )
    return tuple(Entry(*row) for row in rows)


def latest_of(unit: Unit, chains: Collection[str], kinds: Collection[Kind]) -> dict[str, datetime]:
    """When one of some kinds was last done to each of these cases; those to which none was are left out."""
    wanted, moments = sorted(set(chains)), dict[str, datetime]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = unit.connection.execute(
            select(trail.c.case, func.max(trail.c.at))
            .where(trail.c.case.in_(wanted[start : start + _AT_ONCE]), trail.c.kind.in_(kinds))
            .group_by(trail.c.case)
        )
        moments.update({case: at for case, at in rows if at})
    return moments


def chain_called(unit: Unit, wanted: str) -> str:
    """The chain that is meant by the id or number of a case, or the id of an office; "" where there is none."""
    name = wanted.strip()
    numbered = select(case.c.id).where(case.c.number.in_({name, name.upper()}))
    chain = unit.connection.execute(numbered).scalar() or name
    begun = select(trail.c.id).where(trail.c.case == chain).limit(1)
    return chain if unit.connection.execute(begun).first() else ""


# Days


def unclosed(unit: Unit, before: date) -> tuple[date, ...]:
    """The days before one that have no head yet: from the first entry's on, those on which nothing was done as well."""
    last = latest(unit)
    if last:
        first = date.fromisoformat(last.day) + timedelta(days=1)
    else:
        moment = unit.connection.execute(select(func.min(_AT))).scalar()
        if moment is None:
            return ()
        first = _day(moment)
    return tuple(first + timedelta(days=number) for number in range((before - first).days))


def latest(unit: Unit, before: str = "9999") -> Head | None:
    """The last head there is of a day before one; None where there is none."""
    row = unit.connection.execute(
        select(trail_head).where(trail_head.c.day < before).order_by(trail_head.c.day.desc()).limit(1)
    ).one_or_none()
    return Head(row.day, row.entries, row.head) if row else None


def head(unit: Unit, key: bytes, day: date) -> Head:
    """What the head of an ended day comes to; those before it stand. Nothing is written."""
    begins, ends = _bounds(day)
    rows = unit.connection.execute(
        select(trail.c.case, trail.c.number, trail.c.chain).where(trail.c.at >= begins, trail.c.at < ends)
    )
    return _head(key, latest(unit, day.isoformat()), day.isoformat(), (tuple(row) for row in rows))


def close_day(unit: Unit, closed: Head) -> bool:
    """Keep the head of a day; whether it is the first. Conflict where another was kept at this moment."""
    kept = unit.connection.execute(select(trail_head.c.day).where(trail_head.c.day == closed.day)).first()
    if kept is None:
        values = {"day": closed.day, "entries": closed.entries, "head": closed.head}
        unit.connection.execute(insert(trail_head), values)
    return kept is None


# Proof


def verify(unit: Unit, key: bytes, chain: str = "") -> Break | None:
    """Where the trail is not what was written: first in the chain named (in any, where none is), then in the days.

    The days are those of all chains: of which one the last entries are gone they cannot tell. None where all is whole.
    """
    return _broken_chain(unit, key, chain) or _broken_day(unit, key)


def _broken_chain(unit: Unit, key: bytes, wanted: str) -> Break | None:
    rows = select(*_FIELDS, trail.c.chain).order_by(trail.c.case, trail.c.number)
    current, number, before = "", 0, ""
    with _each(unit, rows.where(trail.c.case == wanted) if wanted else rows) as entry_rows:
        for row in entry_rows:
            if row.case != current:
                current, number, before = row.case, 0, ""
            number += 1
            if row.number != number:
                return Break("gap", current, number)
            rest = (row.at, row.seat, row.kind, row.about, row.value)
            if not hmac.compare_digest(_mac(key, "entry", before, current, number, *rest), row.chain):
                return Break("changed", current, number)
            before = row.chain
    return None


def _broken_day(unit: Unit, key: bytes) -> Break | None:
    kept = [
        Head(*row)
        for row in unit.connection.execute(
            select(trail_head.c.day, trail_head.c.entries, trail_head.c.head).order_by(trail_head.c.day)
        )
    ]
    if not kept:
        return None
    _, ends = _bounds(date.fromisoformat(kept[-1].day))
    rows = select(trail.c.case, trail.c.number, trail.c.chain, _AT).where(trail.c.at < ends).order_by(_AT)
    with _each(unit, rows) as entry_rows:
        return _broken_head(key, kept, entry_rows)


def _broken_head(key: bytes, kept: list[Head], rows: Iterable[Any]) -> Break | None:
    """The first of the heads that does not fit the entries, which come in the order of their moments."""
    by_day = groupby(rows, key=lambda row: _day(row.at).isoformat())
    there, before, total = next(by_day, None), None, 0
    for each in kept:
        if before and _after(before.day) != each.day:
            return Break("unclosed", day=_after(before.day))
        own: list[tuple[Any, ...]] = []
        while there and there[0] <= each.day:
            own.extend((row.case, row.number, row.chain) for row in there[1])
            there = next(by_day, None)
        total += len(own)
        if total != each.entries:
            fault: Fault = "fewer" if total < each.entries else "more"
            return Break(fault, day=each.day, kept=each.entries, found=total)
        if not hmac.compare_digest(_head(key, before, each.day, own).head, each.head):
            return Break("others" if own else "head_changed", day=each.day)
        before = each
    return None


def _each(unit: Unit, rows: Select[Any]) -> CursorResult[Any]:
    """The rows of a question that may be many, a few at a time; to be closed, also where not all are read."""
    return unit.connection.execute(rows, execution_options={"yield_per": _AT_ONCE})


def _head(key: bytes, before: Head | None, day: str, rows: Iterable[tuple[Any, ...]]) -> Head:
    own = sorted(rows)
    total = (before.entries if before else 0) + len(own)
    chains = (chain for _, _, chain in own)
    return Head(day, total, _mac(key, "head", before.head if before else "", day, total, *chains))


def _mac(key: bytes, *fields: object) -> str:
    """HMAC-SHA256 over fields, none of which can be taken for part of another."""
    return hmac.digest(key, json.dumps(fields).encode(), "sha256").hex()


def _bounds(day: date) -> tuple[datetime, datetime]:
    begins = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    return begins, begins + timedelta(days=1)


def _day(moment: str) -> date:
    """The day of a moment as it stands in the row; the first of all where none stands there."""
    try:
        return datetime.fromisoformat(moment).astimezone(ZONE).date()
    except (ValueError, OverflowError):
        return date.min


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
