"""A party that goes over to a new person: it, its interview and its files, and nothing else of whoever had it.

A file that another application of the old person holds too is there twice from then on. Its bytes are copied before the
unit in which the party goes over, which waits for the database alone: until then the second one is on its way, as a file
that is being sent, and one that comes to nothing runs out as those do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists, insert, literal, select, update

from dialogs.interview import Interview
from dialogs.keeping import attached as attached_in
from dialogs.keeping import read
from storage import interviews, states, uploads
from storage.conflicts import Conflict
from storage.tables import attached, consent, file, interview, new_id, party, person
from storage.unit import Unit

#: How long copying may take: it goes through a network, and twice where the server copies nothing so large.
_COPYING = timedelta(minutes=30)


class Undoubled(Conflict):
    """Files are another application's too: nothing is moved before each has a second one. `files` are their ids."""

    def __init__(self, files: Collection[str]) -> None:
        super().__init__(f"{len(files)} files are shared")
        self.files = tuple(files)


def double(unit: Unit, files: Collection[str], at: datetime) -> Mapping[str, str]:
    """A second id for each of these files; its bytes are to be there under it before `move_party` is handed these ids."""
    doubles: dict[str, str] = {}
    for row in unit.connection.execute(select(file).where(file.c.id.in_(files))).mappings().all():
        made = doubles[row["id"]] = new_id()
        words = uploads.doubled(unit, row["id"], row["name"], row["facts"], made)
        on_its_way = {"interview": None, "arriving": at + _COPYING}
        unit.connection.execute(insert(file), {**row, **words, **on_its_way})
    return doubles


def move_party(unit: Unit, part: str, at: datetime, doubles: Mapping[str, str]) -> tuple[str, str]:
    """Give a party to a new person; gives the new one and the old one.

    `doubles` are second files of what another application of the old person holds too (`double`), by the first's id.
    Raises Undoubled where one lacks, and sqlalchemy.exc.NoResultFound where there is no such party.
    """
    run = unit.connection.execute
    old = str(run(select(party.c.person).where(party.c.id == part)).scalar_one())
    held = select(interview.c.id, interview.c.version, interview.c.state).where(interview.c.party == part)
    moved, version, state = run(held).one()
    text = states.text_of(unit, moved, version, state)
    shut = text.startswith(states.SHUT)
    # What does not open keeps what it was known to name.
    named = select(attached.c.file).where(attached.c.interview == moved)
    names = frozenset(run(named).scalars()) if shut else attached_in(text)
    new = new_id()
    also = run(select(person.c.locale, person.c.consented).where(person.c.id == old)).one()
    run(insert(person), {"id": new, "current": moved, "created": at, **also._mapping})
    run(update(party).where(party.c.id == part).values(person=new))
    run(update(interview).where(interview.c.id == moved).values(person=new))
    _agreed_too(unit, old, new, part)
    shared = _with_files(unit, old, new, moved, names, doubles)
    again: dict[str, Any] = {"version": version + 1}
    if not shut:
        for each in shared:
            text = text.replace(each, doubles[each])
        again["state"] = states.sealed(unit, moved, version + 1, text)
    run(update(interview).where(interview.c.id == moved).values(**again))
    interviews.attach(unit, moved, frozenset(doubles[each] if each in shared else each for each in names))
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


def _with_files(  # noqa: PLR0913, PLR0917  # whose files, to whom, of which interview
    unit: Unit, old: str, new: str, moved: str, names: frozenset[str], doubles: Mapping[str, str]
) -> frozenset[str]:
    """The files are the new person's own; gives those of which it is the second one that is."""
    run = unit.connection.execute
    elsewhere = exists(literal(1)).where(attached.c.file == file.c.id, attached.c.interview != moved)
    own = run(
        select(file.c.id, file.c.interview, elsewhere.label("shared")).where(file.c.person == old)
    ).all()
    goes = [row for row in own if row.id in names or (row.interview == moved and not row.shared)]
    shared = frozenset(row.id for row in goes if row.shared)
    alone = [row.id for row in goes if not row.shared]
    run(update(file).where(file.c.id.in_(alone)).values(person=new, interview=moved))
    for each in shared:
        second = (file.c.id == doubles.get(each, ""), file.c.person == old, file.c.arriving.is_not(None))
        taken = update(file).where(*second).values(person=new, interview=moved, arriving=None)
        if not run(taken).rowcount:
            raise Undoubled(shared)
    # What was sent in it and stayed with the old person was sent in none of their other applications.
    run(update(file).where(file.c.person == old, file.c.interview == moved).values(interview=None))
    return shared


def _settle_elsewhere(unit: Unit, old: str, text: str, at: datetime) -> None:
    """The old person is in the latest of what they have left, or in a new interview."""
    latest = unit.connection.execute(
        select(interview.c.id).where(interview.c.person == old).order_by(interview.c.created.desc()).limit(1)
    ).scalar_one_or_none()
    if latest is None:
        interviews.begin(unit, old, Interview(revision=read(text).revision + 1), at)
    else:
        interviews.enter(unit, old, latest)
