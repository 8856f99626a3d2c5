"""Seats: who of an office may do what. A seat is waited for, taken by a person through a link, and ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import and_, func, insert, select, update

from forms.seats import Rights, Role, rights
from storage import codes, stays
from storage.conflicts import Conflict
from storage.desk_tables import office, seat, stay
from storage.tables import code, new_id
from storage.unit import Unit


@dataclass(frozen=True)
class Seat:
    """A seat at an office. No `person` before it is taken, and none once whoever had it is forgotten.

    `expires` is until when its link may be used, while it waits for somebody and has one. `above` is the name of the
    office above, "" where there is none; `digest` the hour of the day at which one comes, None for none.
    """

    id: str
    office: str
    office_name: str
    corrects: bool
    role: Role
    name: str
    person: str | None
    created: datetime
    taken: datetime | None
    ended: datetime | None
    expires: datetime | None
    above: str
    digest: int | None

    @property
    def rights(self) -> Rights:
        """What may be done from this seat alone."""
        return rights([self.role] if self.ended is None else [], corrects=self.corrects)


_ABOVE = office.alias("above")
_ROWS = (
    select(
        seat.c.id,
        seat.c.office,
        office.c.name,
        office.c.corrects,
        seat.c.role,
        seat.c.name,
        seat.c.person,
        seat.c.created,
        seat.c.taken,
        seat.c.ended,
        code.c.expires,
        func.coalesce(_ABOVE.c.name, ""),
        seat.c.digest,
    )
    .join(office, office.c.id == seat.c.office)
    .outerjoin(_ABOVE, _ABOVE.c.id == office.c.above)
    .outerjoin(
        code,
        and_(code.c.seat == seat.c.id, code.c.kind == "seat", code.c.used.is_(None), code.c.void.is_(None)),
    )
    .order_by(office.c.name, seat.c.created, seat.c.id)
)
_STANDS = and_(seat.c.ended.is_(None), office.c.closed.is_(None))


def find(unit: Unit, identifier: str) -> Seat | None:
    """A seat by its id, whatever became of it; None where there is none."""
    return next(iter(_seats(unit, seat.c.id == identifier)), None)


def of_person(unit: Unit, someone: str) -> tuple[Seat, ...]:
    """The seats that a person has now, by office; whoever has several roles at one office has as many."""
    return _seats(unit, and_(seat.c.person == someone, _STANDS))


def of_office(unit: Unit, identifier: str) -> tuple[Seat, ...]:
    """The seats of an office that stand, those that wait for somebody among them."""
    return _seats(unit, and_(seat.c.office == identifier, _STANDS))


def standing(unit: Unit) -> tuple[Seat, ...]:
    """The seats of all offices that stand."""
    return _seats(unit, _STANDS)


def digested(unit: Unit) -> tuple[Seat, ...]:
    """The seats that somebody has and to which a digest comes every day."""
    return _seats(unit, and_(seat.c.digest.is_not(None), seat.c.person.is_not(None), _STANDS))


def hold(unit: Unit, wanted: Collection[str]) -> None:
    """None of these seats ends, nor is anything else done from it, before this unit is over."""
    held = select(seat.c.id).where(seat.c.id.in_(wanted)).order_by(seat.c.id).with_for_update(key_share=True)
    unit.connection.execute(held)  # in one order, so that nobody waits for who waits for them


def digest_at(unit: Unit, identifier: str, hour: int | None) -> None:
    """At which hour of the day a digest comes to a seat; None: none does."""
    unit.connection.execute(update(seat).where(seat.c.id == identifier).values(digest=hour))


def _seats(unit: Unit, wanted: Any) -> tuple[Seat, ...]:
    return tuple(Seat(*tuple(row)) for row in unit.connection.execute(_ROWS.where(wanted)))


def invite(unit: Unit, of: str, role: Role, name: str, at: datetime) -> str:
    """A seat that waits for somebody; gives its id. `link` then gives it the link by which it is taken."""
    made = new_id()
    values = {"id": made, "office": of, "person": None, "role": role, "name": name, "created": at}
    unit.connection.execute(insert(seat), values)
    return made


def link(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, identifier: str, digest: str, issuer: str, at: datetime, expires: datetime
) -> None:
    """The link of a seat, by its SHA-256; it works once. `issuer` is the seat of whoever asked, or a word on who did."""
    values = {"digest": digest, "kind": "seat", "seat": identifier, "issuer": issuer}
    unit.connection.execute(insert(code), {**values, "created": at, "expires": expires})


def linked(unit: Unit, digest: str) -> Seat | None:
    """The seat that a link was made for, whatever became of either; None where there never was such a link."""
    wanted = select(code.c.seat).where(code.c.digest == digest, code.c.kind == "seat")
    identifier = unit.connection.execute(wanted).scalar_one_or_none()
    return find(unit, identifier) if identifier else None


#: How taking a seat came out: it is theirs; the link opens nothing any more; they have such a seat there already.
Taken = Literal["taken", "spent", "seated"]


def take(unit: Unit, digest: str, someone: str, at: datetime) -> Taken:
    """A seat is a person's from now on, and its link is used up. Nothing is done unless it is “taken”."""
    given_code = codes.find(unit, digest, at)
    wanted = (
        find(unit, given_code.seat) if given_code and given_code.kind == "seat" and given_code.seat else None
    )
    if wanted is None or wanted.ended or wanted.person or _closed(unit, wanted.office):
        return "spent"
    if any(each.office == wanted.office and each.role == wanted.role for each in of_person(unit, someone)):
        return "seated"
    if not codes.use(unit, digest, at):
        return "spent"
    taken = unit.connection.execute(
        update(seat)
        .where(seat.c.id == wanted.id, seat.c.person.is_(None), seat.c.ended.is_(None))
        .values(person=someone, taken=at)
    )
    if taken.rowcount != 1:
        raise Conflict(f"seat {wanted.id} waits no more")  # the used link is not to stay so
    return "taken"


def _closed(unit: Unit, identifier: str) -> bool:
    closed = select(office.c.closed).where(office.c.id == identifier)
    return unit.connection.execute(closed).scalar_one() is not None


def end(unit: Unit, identifier: str, at: datetime) -> bool:
    """A seat ends: nothing may be done from it, its link opens nothing, and nobody's case waits for it.

    False where it had ended.
    """
    ended = unit.connection.execute(
        update(seat).where(seat.c.id == identifier, seat.c.ended.is_(None)).values(ended=at)
    )
    _leave(unit, identifier, at)
    return ended.rowcount == 1


def forget(unit: Unit, someone: str, at: datetime) -> None:
    """All seats of a person end, and their name goes; the rows stay, for what was decided there was decided."""
    own = unit.connection.execute(select(seat.c.id).where(seat.c.person == someone)).scalars().all()
    for each in own:
        _leave(unit, each, at)
    for statement in (
        update(seat).where(seat.c.id.in_(own), seat.c.ended.is_(None)).values(ended=at),
        update(seat).where(seat.c.id.in_(own)).values(person=None, name=""),
    ):
        unit.connection.execute(statement)


def merge(unit: Unit, one: str, into: str, at: datetime) -> None:
    """All seats of one person are another's; of two alike the one's ends, and what waited for it waits for the other's."""
    theirs = {(each.office, each.role): each.id for each in of_person(unit, into)}
    for each in of_person(unit, one):
        same = theirs.get((each.office, each.role))
        if same is not None:
            for column in (stay.c.assigned, stay.c.holder):
                unit.connection.execute(update(stay).where(column == each.id).values({column: same}))
            end(unit, each.id, at)
    unit.connection.execute(update(seat).where(seat.c.person == one).values(person=into))


def _leave(unit: Unit, identifier: str, at: datetime) -> None:
    unit.connection.execute(
        update(code)
        .where(code.c.seat == identifier, code.c.used.is_(None), code.c.void.is_(None))
        .values(void=at)
    )
    stays.released(unit, identifier)
