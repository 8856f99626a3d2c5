"""Parties that are asked in: the party that waits for somebody, its link by its SHA-256, and how it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, literal, select, update

from dialogs.interview import Interview
from dialogs.roles import ROLES
from storage import interviews
from storage.interviews import Speaker
from storage.states import STATE, opened
from storage.tables import STANDING, case, code, door, interview, new_id, party, person
from storage.unit import Unit

#: So many links of a party are known, with those that another took the place of.
REPLACED = 20


@dataclass(frozen=True)
class Row:
    """A party of a case. `state` is that of its interview, None where there is none.

    `standing` is the party's own state; of its link that may still open something: how manieth it is (`generation`), its
    `digest`, the party that made it (`issuer`), whether it was `used`, when it was `opened` and when it `expires`.
    `reachable` tells whether a door leads to whoever it is, and they want to be reminded.
    """

    party: str
    role: str
    number: int
    standing: str
    person: str | None
    reason: str
    reminded: datetime | None
    changed: datetime | None
    generation: int
    digest: str
    issuer: str
    used: bool
    opened: datetime | None
    expires: datetime | None
    reachable: bool
    state: Interview | None

    @property
    def key(self) -> str:
        """What names it within its case: “expert 1”."""
        return f"{self.role} {self.number}"


_REACHED = exists(literal(1)).where(
    door.c.person == party.c.person, door.c.unreachable.is_(None), person.c.unreminded.is_(None)
)
_ROWS = (
    select(
        party.c.id,
        party.c.role,
        party.c.number,
        party.c.state,
        party.c.person,
        party.c.reason,
        party.c.reminded,
        party.c.changed,
        func.coalesce(code.c.generation, 0),
        func.coalesce(code.c.digest, ""),
        func.coalesce(code.c.issuer, ""),
        code.c.used.is_not(None).label("used"),
        code.c.opened,
        code.c.expires,
        _REACHED.label("reachable"),
        *STATE,
    )
    .select_from(party)
    .join(case, case.c.id == party.c.case)
    .outerjoin(interview, interview.c.party == party.c.id)
    .outerjoin(person, person.c.id == party.c.person)
    .outerjoin(code, and_(code.c.party == party.c.id, code.c.kind == "invite", code.c.void.is_(None)))
    .order_by(party.c.role, party.c.number)
)


def of_case(unit: Unit, identifier: str, speaking: Speaker | None = None) -> tuple[Row, ...]:
    """Every party of a case, by role and number. What somebody of them says who is `speaking` is not read once more."""
    return _rows(unit, party.c.case == identifier, speaking)


def confirmed_beside(unit: Unit, identifier: str, part: str | None) -> tuple[Row, ...]:
    """The parties of a case whose part is confirmed, but for one of them."""
    return _rows(
        unit, and_(party.c.case == identifier, party.c.state == "confirmed", party.c.id != (part or ""))
    )


def of_party(unit: Unit, identifier: str) -> Row | None:
    """A party by its id; None where there is none."""
    return next(iter(_rows(unit, party.c.id == identifier)), None)


def of_person(unit: Unit, someone: str) -> tuple[Row, ...]:
    """Every party that is a person's."""
    return _rows(unit, party.c.person == someone)


def _rows(unit: Unit, wanted: Any, speaking: Speaker | None = None) -> tuple[Row, ...]:
    rows = []
    for row in unit.connection.execute(_ROWS.where(wanted)):
        own, kept = row[: -len(STATE)], row[-len(STATE) :]
        if speaking and (kept[0], kept[1]) == (speaking.interview, speaking.version):
            state: Interview | None = speaking.state
        else:
            state = None if kept[0] is None else opened(unit, *kept)
        rows.append(Row(*(*own, state)))
    return tuple(rows)


def leads(rows: tuple[Row, ...]) -> Row | None:
    """The party that a case is about; of several the one that has not ended. None where there is none."""
    leading = [row for row in rows if row.role in ROLES and ROLES[row.role].leads]
    return next((row for row in leading if row.standing in STANDING), next(iter(leading), None))


def case_of(unit: Unit, identifier: str) -> str:
    """The case of a party. Raises sqlalchemy.exc.NoResultFound."""
    return str(unit.connection.execute(select(party.c.case).where(party.c.id == identifier)).scalar_one())


def invite(unit: Unit, of: str, role: str, number: int, at: datetime) -> str:
    """A party that waits for somebody; gives its id. IntegrityError where there is one of that number."""
    made = new_id()
    values = {"id": made, "case": of, "person": None, "role": role, "number": number, "changed": at}
    unit.connection.execute(insert(party), {**values, "state": "invited"})
    return made


def link(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, part: str, digest: str, generation: int, issuer: str, at: datetime, expires: datetime
) -> None:
    """The link of a party in place of the one before; `issuer` is the party who asks."""
    _void(unit, part, at)
    older = (code.c.party == part, code.c.kind == "invite", code.c.generation <= generation - REPLACED)
    unit.connection.execute(delete(code).where(*older))
    values = {"digest": digest, "kind": "invite", "party": part, "generation": generation}
    unit.connection.execute(insert(code), {**values, "issuer": issuer, "created": at, "expires": expires})


def made(unit: Unit, part: str) -> int:
    """How many links a party has had; the latest of those that open nothing any more are known."""
    last = select(func.coalesce(func.max(code.c.generation), 0))
    counted = last.where(code.c.party == part, code.c.kind == "invite")
    return int(unit.connection.execute(counted).scalar_one())


def invited_by(unit: Unit, digest: str) -> str:
    """The party that a link was made for, whatever became of it; "" where there never was such a link."""
    part = unit.connection.execute(
        select(code.c.party).where(code.c.digest == digest, code.c.kind == "invite")
    ).scalar_one_or_none()
    return part or ""


def issuer(unit: Unit, digest: str) -> str:
    """The party that made a link; "" where there is no such link."""
    wanted = select(code.c.issuer).where(code.c.digest == digest, code.c.kind == "invite")
    part = unit.connection.execute(wanted).scalar_one_or_none()
    return part or ""


def open_(unit: Unit, digest: str, at: datetime) -> None:
    """A link was opened; only the first time is noted."""
    unit.connection.execute(
        update(code).where(code.c.digest == digest, code.c.opened.is_(None)).values(opened=at)
    )


def take(unit: Unit, part: str, someone: str, at: datetime) -> bool:
    """A party that waits is a person's from now on. False where it waits no more: somebody was first."""
    taken = unit.connection.execute(
        update(party)
        .where(party.c.id == part, party.c.state == "invited", party.c.person.is_(None))
        .values(person=someone, state="joined", changed=at)
    )
    return taken.rowcount == 1


def sits(unit: Unit, part: str, identifier: str) -> None:
    """An interview is the one of a party."""
    unit.connection.execute(update(interview).where(interview.c.id == identifier).values(party=part))


def consented(unit: Unit, part: str, at: datetime) -> None:
    """Whoever has a party agreed to what is kept of them in it."""
    unit.connection.execute(update(party).where(party.c.id == part).values(consented=at))


def end(unit: Unit, part: str, state: str, at: datetime, reason: str = "") -> bool:
    """A party declines, withdraws or is asked no more; its link opens nothing. False where it had ended before."""
    _void(unit, part, at)
    ended = unit.connection.execute(
        update(party)
        .where(party.c.id == part, party.c.state.in_(STANDING))
        .values(state=state, reason=reason, changed=at, confirmed=None)
    )
    return ended.rowcount == 1


def remind(unit: Unit, part: str, at: datetime) -> None:
    """A party was reminded."""
    unit.connection.execute(update(party).where(party.c.id == part).values(reminded=at))


def take_part(unit: Unit, of: str, someone: str) -> bool:
    """Whether a person has a part in a case already that has not ended."""
    own = select(party.c.id).where(party.c.case == of, party.c.person == someone, party.c.state.in_(STANDING))
    return unit.connection.execute(own).first() is not None


def _void(unit: Unit, part: str, at: datetime) -> None:
    unit.connection.execute(
        update(code)
        .where(code.c.party == part, code.c.kind == "invite", code.c.void.is_(None))
        .values(void=at)
    )


def leading(unit: Unit, identifier: str) -> Speaker | None:
    """The interview that a case is about; None where nobody has begun it."""
    row = leads(of_case(unit, identifier))
    return interviews.of_party(unit, row.party) if row else None


def digest_of_case(unit: Unit, identifier: str) -> str:
    """The definition that a case is pinned to. Raises sqlalchemy.exc.NoResultFound."""
    return str(unit.connection.execute(select(case.c.digest).where(case.c.id == identifier)).scalar_one())


def asker(unit: Unit, part: str) -> str | None:
    """The person who last asked a party in; None where there is nobody any more."""
    latest = (
        select(code.c.issuer)
        .where(code.c.party == part, code.c.kind == "invite")
        .order_by(code.c.generation.desc())
        .limit(1)
        .scalar_subquery()
    )
    return unit.connection.execute(select(party.c.person).where(party.c.id == latest)).scalar_one_or_none()
