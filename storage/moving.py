"""A party that goes over to a new person: it, its interview and its files, and nothing else of whoever had it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import exists, insert, literal, select, update

from dialogs.interview import Interview
from dialogs.keeping import attached as attached_in
from dialogs.keeping import read
from storage import interviews, states, uploads
from storage.tables import attached, consent, file, interview, new_id, party, person
from storage.unit import Unit


def move_party(unit: Unit, part: str, at: datetime, twin: Callable[[str, str], None]) -> tuple[str, str]:
    """Give a party to a new person; gives the new one and the old one.

    A file that another application of the old person holds too is there twice from now on: `twin` lets the bytes of
    a file stand under a second id. Raises sqlalchemy.exc.NoResultFound where there is no such party.
    """
    run = unit.connection.execute
    old = str(run(select(party.c.person).where(party.c.id == part)).scalar_one())
    held = select(interview.c.id, interview.c.version, interview.c.state).where(interview.c.party == part)
    moved, version, state = run(held).one()
    text = states.text_of(unit, moved, version, state)
    new = new_id()
    also = run(select(person.c.locale, person.c.consented).where(person.c.id == old)).one()
    run(insert(person), {"id": new, "current": moved, "created": at, **also._mapping})
    run(update(party).where(party.c.id == part).values(person=new))
    run(update(interview).where(interview.c.id == moved).values(person=new))
    _agreed_too(unit, old, new, part)
    text = _with_files(unit, old, new, moved, text, twin)
    again = states.sealed(unit, moved, version + 1, text)
    run(update(interview).where(interview.c.id == moved).values(state=again, version=version + 1))
    interviews.attach(unit, moved, attached_in(text))
    if run(select(person.c.current).where(person.c.id == old)).scalar_one() == moved:
        _settle_elsewhere(unit, old, text, at)
    return new, old


def _agreed_too(unit: Unit, old: str, new: str, part: str) -> None:
    """What was agreed to in the party goes along, and what was agreed to for everything is the new person's as well."""
    run = unit.connection.execute
    run(update(consent).where(consent.c.party == part).values(person=new))
    columns = [each for each in consent.c if each.name not in {"id", "person"}]
    whole = select(literal(new), *columns).where(consent.c.person == old, consent.c.party.is_(None))
    run(insert(consent).from_select(["person", *(each.name for each in columns)], whole))


def _with_files(  # noqa: PLR0913, PLR0917  # whose files, to whom, in which text
    unit: Unit, old: str, new: str, moved: str, text: str, twin: Callable[[str, str], None]
) -> str:
    """The state with its files as the new person's own."""
    run = unit.connection.execute
    elsewhere = exists(literal(1)).where(attached.c.file == file.c.id, attached.c.interview != moved)
    own = run(select(file, elsewhere.label("shared")).where(file.c.person == old)).mappings().all()
    for row in own:
        held = row["id"] in text
        if not held and (row["interview"] != moved or row["shared"]):
            continue
        if not row["shared"]:
            run(update(file).where(file.c.id == row["id"]).values(person=new, interview=moved))
            continue
        double = new_id()
        values = {name: value for name, value in row.items() if name != "shared"}
        run(insert(file), {**values, **uploads.doubled(unit, row["id"], row["name"], row["facts"], double)})
        run(update(file).where(file.c.id == double).values(person=new, interview=moved))
        if row["size"]:
            twin(row["id"], double)
        text = text.replace(row["id"], double)
    # What was sent in it and stayed with the old person was sent in none of their other applications.
    run(update(file).where(file.c.person == old, file.c.interview == moved).values(interview=None))
    return text


def _settle_elsewhere(unit: Unit, old: str, text: str, at: datetime) -> None:
    """The old person is in the latest of what they have left, or in a new interview."""
    latest = unit.connection.execute(
        select(interview.c.id).where(interview.c.person == old).order_by(interview.c.created.desc()).limit(1)
    ).scalar_one_or_none()
    if latest is None:
        interviews.begin(unit, old, Interview(revision=read(text).revision + 1), at)
    else:
        interviews.enter(unit, old, latest)
