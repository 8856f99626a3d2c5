"""Cases: one nominee's application each, pinned to the definition it began with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from dialogs.interview import Interview
from dialogs.keeping import read
from forms.loader import Source
from storage.interviews import Speaker
from storage.tables import case, interview, new_id, party, snapshot
from storage.unit import Unit

_EXPERTS = (
    select(interview.c.state)
    .join(party, party.c.id == interview.c.party)
    .where(party.c.case == bindparam("of"), party.c.role == "expert")
    .order_by(interview.c.created, interview.c.id)
)


def experts(unit: Unit, identifier: str) -> tuple[dict[str, Any], ...]:
    """The answers of a case's experts who have finished their part, in the order they came."""
    states = unit.connection.execute(_EXPERTS, {"of": identifier}).scalars()
    parts = (read(state) for state in states)
    return tuple(part.answers for part in parts if part.finished_at)


def open_case(unit: Unit, speaker: Speaker, state: Interview, source: Source, at: datetime) -> str:
    """A case for an interview that has chosen its programme, with the speaker's part in it; gives the case's id."""
    pin(unit, source)
    opened = new_id()
    unit.connection.execute(insert(case), {"id": opened, "created": at, **_standing(state)})
    take_part(unit, opened, speaker, state.party)
    return opened


def take_part(unit: Unit, identifier: str, speaker: Speaker, role: str) -> None:
    """The speaker's interview is for a part in this case from now on."""
    part = new_id()
    values = {"id": part, "case": identifier, "person": speaker.person, "role": role}
    unit.connection.execute(insert(party), values)
    unit.connection.execute(update(interview).where(interview.c.id == speaker.interview).values(party=part))


def update_case(unit: Unit, identifier: str, state: Interview) -> None:
    """Where a case stands, after its interview. What it is pinned to now was pinned before (`pin`)."""
    unit.connection.execute(update(case).where(case.c.id == identifier).values(**_standing(state)))


def pin(unit: Unit, source: Source) -> None:
    """Keep a definition, for the cases that are begun with it."""
    if definition(unit, source.digest) is None:
        unit.connection.execute(
            insert(snapshot),
            {"digest": source.digest, "programme": source.id, "source": source.to_json()},
        )


def definition(unit: Unit, digest: str) -> Source | None:
    """The definition that cases were begun with, by its digest."""
    text = unit.connection.execute(
        select(snapshot.c.source).where(snapshot.c.digest == digest)
    ).scalar_one_or_none()
    return None if text is None else Source.from_json(text)


def _standing(state: Interview) -> dict[str, object]:
    return {
        "programme": state.programme,
        "digest": state.digest,
        "practice": state.practice,
        "finished": datetime.fromisoformat(state.finished_at) if state.finished_at else None,
    }
