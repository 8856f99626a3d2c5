"""What is kept of an interview: sealed for its row, and opened with what stands beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import case, false, func, select, update

from dialogs.interview import Interview
from dialogs.keeping import read
from forms.parties import LEADING
from storage.sealed import Broken
from storage.tables import case as case_of
from storage.tables import interview, party, person
from storage.unit import Unit

#: What an interview's state is read from, in this order: its place and its sealed text, and what stands beside it. To be
#: selected from interview, joined with its person and, where it has one, its party and that one's case.
STATE = (
    interview.c.id,
    interview.c.version,
    interview.c.state,
    func.coalesce(party.c.role, LEADING).label("role"),
    person.c.locale,
    case((interview.c.party.is_(None), person.c.consented), else_=party.c.consented).label("consented"),
    func.coalesce(case_of.c.programme, ""),
    func.coalesce(case_of.c.digest, ""),
    func.coalesce(case_of.c.practice, false()),
)


def opened(unit: Unit, identifier: str, version: int, state: str, *beside_it: Any) -> Interview:
    """The interview that `STATE` selects."""
    return read_beside(text_of(unit, identifier, version, state), *beside_it)


def read_beside(  # noqa: PLR0913, PLR0917  # the columns of `STATE` behind its text
    text: str,
    role: str,
    locale: str,
    consented: datetime | None,
    programme: str,
    digest: str,
    practice: bool,
) -> Interview:
    """The interview that a text holds, with what stands beside it."""
    return read(
        text,
        {
            "role": role,
            "locale": locale,
            "consented_at": consented.isoformat(timespec="seconds") if consented else "",
            "programme": programme,
            "digest": digest,
            "practice": bool(practice),
        },
    )


def text_of(unit: Unit, identifier: str, version: int, state: str) -> str:
    """What is kept of an interview, as it was written.

    One that does not open keeps nobody out, and nothing in it is believed: it is no JSON, and set aside as it is.
    """
    try:
        return unit.sealed.open(_WHAT, f"{identifier}|{version}", state)
    except Broken:
        return f"{SHUT}{state}"


def sealed(unit: Unit, identifier: str, version: int, text: str) -> str:
    """What is kept of an interview, for its row at a version."""
    return unit.sealed.seal(identifier, _WHAT, f"{identifier}|{version}", text)


def renew(unit: Unit, identifier: str) -> None:
    """An interview has another key: what it said before opens nowhere any more, in no copy of the database either."""
    here = interview.c.id == identifier
    row = unit.connection.execute(select(interview.c.version, interview.c.state).where(here)).one()
    text = text_of(unit, identifier, *row)
    unit.sealed.destroy((identifier,))
    again = sealed(unit, identifier, row.version, text)
    unit.connection.execute(update(interview).where(here).values(state=again))


def reseal(unit: Unit, identifier: str) -> None:
    """What is kept of an interview, where there is one, is sealed with its newest key, at its next version."""
    here = interview.c.id == identifier
    columns = select(interview.c.version, interview.c.state).where(here, interview.c.state != "")
    row = unit.connection.execute(columns.with_for_update()).one_or_none()
    unit.sealed.anew(identifier)
    if row is not None and not (text := text_of(unit, identifier, *row)).startswith(SHUT):
        further = row.version + 1
        state = sealed(unit, identifier, further, text)
        unit.connection.execute(update(interview).where(here).values(version=further, state=state))


_WHAT = "interview.state"
SHUT = "does not open: "
