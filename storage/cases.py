"""Cases: one nominee's application each, pinned to the definition it began with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from dialogs.interview import Interview
from dialogs.keeping import read
from forms.loader import Source
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


def open_case(unit: Unit, someone: str, state: Interview, source: Source, at: datetime) -> str:
    """A case for an interview that has chosen its programme; gives the id of the person's part in it."""
    _pin(unit, source)
    opened, part = new_id(), new_id()
    unit.connection.execute(insert(case), {"id": opened, "created": at, **_standing(state)})
    unit.connection.execute(
        insert(party), {"id": part, "case": opened, "person": someone, "role": state.party}
    )
    return part


def update_case(unit: Unit, identifier: str, state: Interview, source: Source | None) -> None:
    """Where a case stands, after its interview; `source` where its definition changed."""
    if source is not None:
        _pin(unit, source)
    unit.connection.execute(update(case).where(case.c.id == identifier).values(**_standing(state)))


def _pin(unit: Unit, source: Source) -> None:
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
