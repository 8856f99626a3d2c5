"""Exports: what an office takes along, made in the background under a lease and kept for a while.

A maker claims an export under a lease and renews it while it works. If it dies, the lease runs out and the export is
made again from the beginning; a maker whose lease was lost can neither renew nor settle. What is ready never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import exists, insert, literal, or_, select, update

from forms.preferring import preferred
from forms.seats import ROLES, rights
from storage import jobs
from storage.desk_tables import HERE, export, office, seat, stay
from storage.tables import case, new_id
from storage.unit import Unit

Kind = Literal["table", "packets"]
State = Literal["waiting", "making", "ready", "failed", "recalled", "expired"]

#: Cases that one statement names: databases count them.
_AT_ONCE = 500
#: How long a maker may be silent; and for how long it is tried to make an export, whatever ends its makers.
LEASE, TRIED = timedelta(minutes=1), timedelta(days=2)
#: How long what is ready is kept.
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Export:
    """An export: `done` of its `cases` are through; `name`, `size` in bytes and `digest` (SHA-256) once it is ready.

    Of one that failed `name` is why: a code. `lease` is until when its maker has it.
    """

    id: str
    office: str
    office_name: str
    seat: str
    kind: Kind
    programme: str
    cases: tuple[str, ...]
    state: State
    done: int
    created: datetime
    expires: datetime
    name: str
    size: int | None
    digest: str
    lease: datetime | None

    @property
    def file(self) -> str:
        """Where its bytes lie, as an id of a file: it follows from what they are, so that no two makers disagree."""
        return lies_at(self.id, self.digest) if self.digest else ""


def lies_at(identifier: str, digest: str) -> str:
    """The id of the file in which an export lies that is ready."""
    return sha256(f"{identifier} {digest}".encode()).hexdigest()[:32]


#: Whoever only looks takes nothing along.
_TAKES_ALONG = tuple(role for role in ROLES if rights((role,), corrects=False).may("export"))
_EXPORT = select(
    export.c.id,
    export.c.office,
    office.c.name.label("office_name"),
    export.c.seat,
    export.c.kind,
    export.c.programme,
    export.c.cases,
    export.c.state,
    export.c.done,
    export.c.created,
    export.c.expires,
    export.c.name,
    export.c.size,
    export.c.digest,
    export.c.lease_until.label("lease"),
).join(office, office.c.id == export.c.office)


def _export(row: Any) -> Export:
    return Export(**{**row._mapping, "cases": tuple(row.cases)})


def order(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, at: str, by: str, kind: Kind, programme: str, cases: Sequence[str], now: datetime
) -> Export:
    """Put in an export of cases, in that order, for an office, wished by a seat of it."""
    made = new_id()
    values = {
        "id": made,
        "office": at,
        "seat": by,
        "kind": kind,
        "programme": programme,
        "cases": list(cases),
    }
    times = {"created": now, "expires": now + TRIED}
    unit.connection.execute(insert(export), {**values, **times, "state": "waiting"})
    jobs.put(unit, "export", made)
    return _export(unit.connection.execute(_EXPORT.where(export.c.id == made)).one())


def find(unit: Unit, identifier: str) -> Export | None:
    """An export by its id; None where there is none."""
    row = unit.connection.execute(_EXPORT.where(export.c.id == identifier)).one_or_none()
    return None if row is None else _export(row)


def of_office(unit: Unit, at: str, most: int = 20) -> tuple[Export, ...]:
    """The latest exports of an office, the last one first."""
    latest = _EXPORT.where(export.c.office == at).order_by(export.c.created.desc(), export.c.id).limit(most)
    return tuple(_export(row) for row in unit.connection.execute(latest))


def may_have(unit: Unit, person: str, identifier: str) -> Export | None:
    """The export, in whatever state, where the person has a seat at its office now that exports; else None."""
    sits = exists(literal(1)).where(
        seat.c.office == export.c.office,
        seat.c.person == person,
        seat.c.ended.is_(None),
        seat.c.role.in_(_TAKES_ALONG),
    )
    row = unit.connection.execute(_EXPORT.where(export.c.id == identifier, sits)).one_or_none()
    return None if row is None else _export(row)


def recall(unit: Unit, cases: Iterable[str], at: str = "") -> bool:
    """What some cases, or parts of them, are in is fetched no more: they are an office's no longer. Whether any was ready.

    What is being made begins anew. `at` is the office that has them no more; without it they are nobody's any more.
    What waits is begun by nobody until this unit is done: its maker then sees what is left.
    """
    lost = frozenset(cases)
    rows = select(export.c.id, export.c.state, export.c.cases).where(
        export.c.state.in_(("waiting", "making", "ready"))
    )
    rows = rows.order_by(export.c.id).with_for_update()
    held = unit.connection.execute(rows.where(export.c.office == at) if at else rows).all()
    affected = [row for row in held if row.state != "waiting" and not lost.isdisjoint(row.cases)]
    for row in affected:
        anew = {"state": "recalled"} if row.state == "ready" else {"state": "waiting", "done": 0}
        unit.connection.execute(update(export).where(export.c.id == row.id).values(**anew, lease_until=None))
    unit.sealed.destroy([row.id for row in affected if row.state == "ready"])
    return any(row.state == "ready" for row in affected)


def claim(unit: Unit, now: datetime) -> Export | None:
    """Take the oldest export that waits, or whose maker fell silent, under a lease; None where there is none."""
    free = or_(export.c.state == "waiting", (export.c.state == "making") & (export.c.lease_until <= now))
    row = unit.connection.execute(
        select(export.c.id)
        .where(free, export.c.expires > now)
        .order_by(export.c.created, export.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite has one writer and needs no lock
    ).one_or_none()
    if row is None:
        return None
    taken = {"state": "making", "done": 0, "lease_until": now + LEASE}
    unit.connection.execute(update(export).where(export.c.id == row.id).values(**taken))
    return find(unit, row.id)


def claim_one(unit: Unit, identifier: str, now: datetime) -> Export | None:
    """Take this export under a lease; None where it is made or over. What is in other hands comes again."""
    open_ones = (export.c.state.in_(("waiting", "making")), export.c.expires > now)
    row = unit.connection.execute(
        select(export.c.lease_until).where(export.c.id == identifier, *open_ones).with_for_update()
    ).one_or_none()
    if row is None:
        return None
    if row.lease_until and row.lease_until > now:
        jobs.put(unit, "export", identifier, row.lease_until - now)
        return None
    taken = {"state": "making", "done": 0, "lease_until": now + LEASE}
    unit.connection.execute(update(export).where(export.c.id == identifier).values(**taken))
    return find(unit, identifier)


def missed(unit: Unit, now: datetime) -> tuple[str, ...]:
    """Exports that have waited for a while, or whose maker fell silent: nobody's job tells of them any more."""
    waits = (export.c.state == "waiting") & (export.c.created <= now - LEASE)
    silent = (export.c.state == "making") & (export.c.lease_until <= now)
    rows = unit.connection.execute(select(export.c.id).where(or_(waits, silent), export.c.expires > now))
    export_ids = tuple(rows.scalars())
    for each in export_ids:
        jobs.put(unit, "export", each, key=f"export {each}")
    return export_ids


def renew(unit: Unit, held: Export, done: int, now: datetime) -> Export | None:
    """Say that one is still at it, with so many cases through; None where the lease was lost."""
    if not _changed(unit, held, done=done, lease_until=now + LEASE):
        return None
    return find(unit, held.id)


def settle(unit: Unit, held: Export, name: str, size: int, digest: str, now: datetime) -> bool:  # noqa: PLR0913, PLR0917  # one row
    """An export is ready: its name for saving, its bytes and their SHA-256. False where the lease was lost."""
    values = {"state": "ready", "done": len(held.cases), "name": name, "size": size, "digest": digest}
    return _changed(unit, held, **values, expires=now + KEPT, lease_until=None)


def fail(unit: Unit, held: Export, why: str, now: datetime) -> bool:
    """An export could not be made, for a reason with a code; its key goes. False where the lease was lost."""
    if not _changed(unit, held, state="failed", name=why, expires=now + KEPT, lease_until=None):
        return False
    unit.sealed.destroy((held.id,))
    return True


def let_go(unit: Unit, held: Export) -> bool:
    """Leave an export to whoever comes next. False where the lease was lost."""
    if not _changed(unit, held, state="waiting", done=0, lease_until=None):
        return False
    jobs.put(unit, "export", held.id)
    return True


def lapse(unit: Unit, now: datetime) -> tuple[Export, ...]:
    """End what is kept no longer or was tried for too long: these, and what was recalled, each told of once.

    Their keys go with the unit.
    """
    open_ones = _EXPORT.where(export.c.state.not_in(("failed", "expired")))
    met = tuple(map(_export, unit.connection.execute(open_ones)))
    over = tuple(each for each in met if each.expires <= now)
    recalled = tuple(each for each in met if each.state == "recalled" and each.digest and each not in over)
    for ended, values in ((over, {"state": "expired", "lease_until": None}), (recalled, {"digest": ""})):
        named = update(export).where(export.c.id.in_([each.id for each in ended]))
        unit.connection.execute(named.values(**values))
    unit.sealed.destroy([each.id for each in (*over, *recalled)])
    return (*over, *recalled)


def ready(unit: Unit) -> tuple[Export, ...]:
    """All that is ready."""
    return tuple(map(_export, unit.connection.execute(_EXPORT.where(export.c.state == "ready"))))


def lying(unit: Unit) -> frozenset[str]:
    """The files of all that is ready."""
    return frozenset(each.file for each in ready(unit))


def gone(unit: Unit, cases: Iterable[str]) -> frozenset[str]:
    """Those of the cases that are there no more: whoever they were about has deleted them."""
    wanted = sorted(set(cases))
    there: set[str] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        there.update(unit.connection.execute(select(case.c.id).where(case.c.id.in_(some))).scalars())
    return frozenset(wanted) - there


def arrived(unit: Unit, most: int = 200) -> tuple[tuple[str, str], ...]:
    """The office and the case of what lies at offices, the latest first."""
    rows = select(stay.c.office, stay.c.case).where(HERE).order_by(stay.c.arrived.desc())
    return tuple((row.office, row.case) for row in unit.connection.execute(rows.limit(most)))


def at_office(unit: Unit, at: str, programme: str) -> tuple[str, ...]:
    """The cases of a programme that lie or lay at an office and were not taken back: in the order of their arrival, those
    of one unit as that prefers them."""
    rows = unit.connection.execute(
        select(stay.c.case, stay.c.unit, stay.c.rank)
        .where(stay.c.office == at, stay.c.programme == programme, stay.c.state != "withdrawn")
        .order_by(stay.c.arrived, stay.c.id)
    )
    return preferred({row.case: (row.case, row.unit, row.rank) for row in rows}.values())


def office_called(unit: Unit, name: str) -> tuple[str, str] | None:
    """The id and the name of an office by its name or another that it goes by; None where there is none."""
    for row in unit.connection.execute(select(office.c.id, office.c.name, office.c.aliases)):
        if name in (row.name, *row.aliases):
            return row.id, row.name
    return None


def _changed(unit: Unit, held: Export, **values: object) -> bool:
    mine = (export.c.id == held.id, export.c.state == "making", export.c.lease_until == held.lease)
    return unit.connection.execute(update(export).where(*mine).values(**values)).rowcount == 1
