"""What could not be told to anybody: notices at a door that is closed to us, and what was given up after the last try."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import String, cast, func, or_, select

from storage.desk_tables import seat, stay
from storage.stays import STANDING
from storage.tables import case, door, notice, outbox, party
from storage.unit import Unit


@dataclass(frozen=True)
class Undelivered:
    """What an office has to tell by other ways: how many notices, which of its stays with their cases' numbers, and the
    names of its own people."""

    notices: int = 0
    stays: tuple[tuple[str, str], ...] = ()
    staff: tuple[str, ...] = ()


def of_office(unit: Unit, office: str, most: int = 20) -> Undelivered:
    """Notices that wait at a door which is closed to us, or were given up, for people of the office and of its cases.

    A notice counts until the person has seen it. At most so many stays are named, and as many people.
    """
    run = unit.connection.execute
    given_up = select(outbox.c.key).where(outbox.c.state == "dead", outbox.c.kind == "notice")
    lost = (
        select(door.c.person, func.count().label("many"))
        .select_from(notice)
        .join(door, (door.c.channel == notice.c.channel) & (door.c.address == notice.c.address))
        .where(notice.c.shown.is_(None))
        .where(
            or_(door.c.unreachable.is_not(None), ("notice " + cast(notice.c.id, String)).in_(given_up)),
        )
        .group_by(door.c.person)
    )
    by_person = {row.person: int(row.many) for row in run(lost)}
    if not by_person:
        return Undelivered()
    sits = (seat.c.office == office, seat.c.ended.is_(None), seat.c.person.in_(by_person))
    staff = run(select(seat.c.person, seat.c.name).where(*sits).order_by(seat.c.name)).all()
    cases = run(
        select(stay.c.id, func.coalesce(case.c.number, "").label("number"), party.c.person)
        .join(case, case.c.id == stay.c.case)
        .join(party, party.c.case == stay.c.case)
        .where(stay.c.office == office, stay.c.state.in_((*STANDING, "refused")))
        .where(party.c.person.in_(by_person))
        .order_by(stay.c.due, stay.c.since, stay.c.id)
    ).all()
    concerned = {row.person for row in (*staff, *cases)}
    return Undelivered(
        sum(by_person[each] for each in concerned),
        tuple(dict.fromkeys((row.id, row.number) for row in cases))[:most],
        tuple(dict.fromkeys(row.name for row in staff))[:most],
    )
