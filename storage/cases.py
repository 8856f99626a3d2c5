"""Cases: one nominee's application each, pinned to the definition it began with, and the parts in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, insert, select, update

from dialogs.interview import Interview
from forms.loader import Source
from storage.interviews import Speaker, beside
from storage.tables import case, interview, new_id, party, snapshot
from storage.unit import Unit


def open_case(unit: Unit, speaker: Speaker, state: Interview, source: Source, at: datetime) -> str:
    """A case for an interview that has chosen its programme, with the speaker's part in it; gives the case's id."""
    pin(unit, source)
    opened = new_id()
    unit.connection.execute(
        insert(case), {"id": opened, "created": at, "changed": at, "version": 1, **_standing(state)}
    )
    take_part(unit, opened, speaker, state)
    return opened


def take_part(unit: Unit, identifier: str, speaker: Speaker, state: Interview) -> None:
    """The speaker's interview is for a part in this case from now on, in the role that `state` has."""
    part = new_id()
    last = select(func.coalesce(func.max(party.c.number), 0)).where(
        party.c.case == identifier, party.c.role == state.role
    )
    unit.connection.execute(
        insert(party),
        {
            "id": part,
            "case": identifier,
            "person": speaker.person,
            "role": state.role,
            "number": unit.connection.execute(last).scalar_one() + 1,
            "state": "joined",
            "consented": beside(state)["consented"],
        },
    )
    unit.connection.execute(update(interview).where(interview.c.id == speaker.interview).values(party=part))


def hold(unit: Unit, identifier: str) -> None:
    """Whoever else does something with this case at an office waits until this unit is over, and then reads it.

    To be asked before anything is read that is decided upon: rows that were read before may have changed meanwhile.
    """
    held = select(case.c.id).where(case.c.id == identifier).with_for_update(key_share=True)
    unit.connection.execute(held)  # SQLite has one writer, and needs no lock


def stands(unit: Unit, identifier: str, state: Interview, at: datetime) -> None:
    """Where a case stands now that its nominee's own part is as `state` has it: a new version of the case.

    What it is pinned to now was pinned before (`pin`).
    """
    unit.connection.execute(
        update(case)
        .where(case.c.id == identifier)
        .values(version=case.c.version + 1, changed=at, **_standing(state))
    )


def confirmed(unit: Unit, part: str, done: bool) -> None:
    """A part is done, as of the version that its case has now, or is under way again."""
    version = select(case.c.version).where(case.c.id == party.c.case).scalar_subquery() if done else None
    unit.connection.execute(
        update(party)
        .where(party.c.id == part, party.c.state.in_(("joined", "confirmed")))
        .values(state="confirmed" if done else "joined", confirmed=version)
    )


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
    finished = datetime.fromisoformat(state.finished_at) if state.finished_at else None
    return {
        "programme": state.programme,
        "digest": state.digest,
        "practice": state.practice,
        "finished": finished,
        "status": "finished" if finished else "open",
    }
