"""What is noted of the files that people sent; their bytes lie in `storage.files`.

A file's row stands before its first byte arrives, with what is reserved for it: so what is under way counts against
the quota, every file on the disk has a row, and who is forgotten meanwhile takes the row along. A row is good for a
while only and has to be renewed while bytes come; what a crash left behind runs out by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, insert, literal, or_, select, update

from forms.attachment import Attachment
from storage.interviews import Speaker
from storage.tables import attached, file, interview, person
from storage.unit import Unit

#: How long a file may be on its way before it is said again that it still is.
LEASE = timedelta(minutes=2)
#: What of a file is sealed in its row, under a key of its own: an application that names it may outlast the one in which
#: it was sent.
NAME, FACTS = "file.name", "file.facts"


class QuotaExceeded(Exception):  # noqa: N818 - a limit, not a defect
    """The person keeps as many files or bytes as they may, those on their way included."""


class Forgotten(LookupError):  # noqa: N818 - not a defect
    """The file's row is gone: who sent it was forgotten, or what it belonged to was cleared, while it arrived."""


@dataclass(frozen=True)
class Quota:
    """What one person may keep: number of files, and bytes in all."""

    files: int = 400
    size: int = 2 * 1024**3


@dataclass(frozen=True)
class Wanted:
    """Room that is asked for: `wish` bytes, or what is left within the quota if that is at least `least`."""

    least: int
    wish: int
    quota: Quota
    at: datetime

    def of(self, room: int) -> int:
        """The bytes given, where `room` is left. Raises QuotaExceeded."""
        if self.least > room:
            raise QuotaExceeded
        return min(self.wish, room)


def reserve(unit: Unit, speaking: Speaker, identifier: str, wanted: Wanted, message: str = "") -> int:
    """Reserve room for a file that is about to arrive: the bytes reserved. Raises QuotaExceeded.

    `message` names what brings it, where that may come again.
    """
    reserved = wanted.of(_room(unit, speaking.person, wanted))
    unit.sealed.make(identifier)  # its bytes are sealed while they come
    unit.connection.execute(
        insert(file),
        {
            "id": identifier,
            "person": speaking.person,
            "interview": speaking.interview,
            "name": "",
            "size": reserved,
            "facts": "",
            "created": wanted.at,
            "arriving": wanted.at + LEASE,
            "message": message or None,
        },
    )
    return reserved


def extend(unit: Unit, identifier: str, wanted: Wanted) -> int:
    """Reserve more for a file on its way, as `reserve` does. Raises QuotaExceeded and Forgotten."""
    row = unit.connection.execute(
        select(file.c.person).where(file.c.id == identifier, file.c.arriving.is_not(None))
    ).one_or_none()
    if row is None:
        raise Forgotten(identifier)
    reserved = wanted.of(_room(unit, row.person, wanted, but=identifier))
    _change(unit, identifier, size=reserved, arriving=wanted.at + LEASE)
    return reserved


def renew(unit: Unit, identifier: str, at: datetime) -> None:
    """Say that a file is still on its way. Raises Forgotten."""
    _change(unit, identifier, arriving=at + LEASE)


def settle(unit: Unit, attachment: Attachment, size: int, digest: str) -> None:
    """Note what has arrived: all of it, `size` bytes of that SHA-256, or nothing that is kept (0 bytes).

    Raises Forgotten.
    """
    _change(
        unit,
        attachment.file,
        name=unit.sealed.seal(attachment.file, NAME, attachment.file, attachment.name),
        size=size,
        facts=unit.sealed.seal(attachment.file, FACTS, attachment.file, attachment.model_dump_json()),
        digest=digest,
        arriving=None,
    )


def release(unit: Unit, identifier: str) -> None:
    """Forget a file that nobody was told to have arrived."""
    _deleted(unit, file.c.id == identifier)


def run_out(unit: Unit, at: datetime) -> tuple[str, ...]:
    """Forget files that were on their way when whoever took them in went away: their ids."""
    return _deleted(unit, file.c.arriving < at)


def find(unit: Unit, someone: str, identifier: str) -> Attachment | None:
    """A person's own file; None for anyone else's, and while it is on its way."""
    return _attachment(unit, file.c.id == identifier, file.c.person == someone)


def brought(unit: Unit, someone: str, message: str) -> Attachment | None:
    """What a message of a person brought; None where nothing has arrived with it."""
    return _attachment(unit, file.c.person == someone, file.c.message == message)


def _attachment(unit: Unit, *these: ColumnElement[bool]) -> Attachment | None:
    row = unit.connection.execute(
        select(file.c.id, file.c.facts)
        .where(*these, file.c.arriving.is_(None))
        .order_by(file.c.created.desc())
        .limit(1)
    ).one_or_none()
    facts = unit.sealed.glance(FACTS, row.id, row.facts) if row else ""
    return Attachment.model_validate_json(facts) if facts else None


def digest_of(unit: Unit, identifier: str) -> str:
    """The SHA-256 of a file's bytes; "" where it was never noted."""
    digest = select(file.c.digest).where(file.c.id == identifier)
    return str(unit.connection.execute(digest).scalar_one_or_none() or "")


def clear(unit: Unit, identifier: str) -> tuple[str, ...]:
    """Forget what was sent in an interview, but not what any application of the person still names: the ids.

    To be called once the interview is saved as it now stands.
    """
    whose = select(interview.c.person).where(interview.c.id == identifier)
    _one_by_one(unit, unit.connection.execute(whose).scalar_one())
    named = exists(literal(1)).where(attached.c.file == file.c.id)
    return _deleted(unit, file.c.interview == identifier, ~named)


def refuse(unit: Unit, someone: str, identifier: str) -> tuple[str, ...]:
    """Forget one file of a person's that no application of theirs names: its id, where it was there."""
    _one_by_one(unit, someone)
    named = exists(literal(1)).where(attached.c.file == file.c.id)
    return _deleted(unit, file.c.person == someone, file.c.id == identifier, ~named)


def spare(unit: Unit, someone: str, before: datetime) -> tuple[str, ...]:
    """Forget what a person sent before a moment and no application of theirs names any more: the ids.

    That is what they have replaced or taken out again, and what was refused.
    """
    _one_by_one(unit, someone)
    named = exists(literal(1)).where(attached.c.file == file.c.id)
    whole = (file.c.arriving.is_(None), file.c.created < before)
    return _deleted(unit, file.c.person == someone, *whole, ~named)


def unnamed(unit: Unit, someone: str) -> tuple[str, ...]:
    """Forget what a person sent and no interview names, whenever that was: the ids."""
    _one_by_one(unit, someone)
    named = exists(literal(1)).where(attached.c.file == file.c.id)
    return _deleted(unit, file.c.person == someone, ~named)


def disown(unit: Unit, someone: str) -> tuple[str, ...]:
    """Forget everything that a person sent, or that was sent in their interviews: the ids."""
    _one_by_one(unit, someone)
    own = select(interview.c.id).where(interview.c.person == someone)
    return _deleted(unit, or_(file.c.person == someone, file.c.interview.in_(own)))


def noted(unit: Unit, prefix: str) -> dict[str, bool]:
    """The files whose ids begin with `prefix`, and of each whether its bytes are to be on the disk, whole."""
    rows = unit.connection.execute(
        select(file.c.id, file.c.arriving.is_(None) & (file.c.size > 0)).where(
            file.c.id >= prefix, file.c.id < f"{prefix}g"
        )
    )
    return {identifier: bool(whole) for identifier, whole in rows}


def digests(unit: Unit, prefix: str) -> dict[str, str]:
    """The files whose ids begin with `prefix` and whose bytes are there, whole: their SHA-256, "" where it was not noted."""
    rows = unit.connection.execute(
        select(file.c.id, file.c.digest).where(
            file.c.id >= prefix, file.c.id < f"{prefix}g", file.c.arriving.is_(None), file.c.size > 0
        )
    )
    return {row.id: row.digest for row in rows}


def lost(unit: Unit, identifiers: tuple[str, ...]) -> None:
    """Forget files whose bytes are gone."""
    _deleted(unit, file.c.id.in_(identifiers))


def doubled(unit: Unit, identifier: str, name: str, facts: str, double: str) -> dict[str, str]:
    """What the row of a file says where the same bytes have a second id: they open with the key of either."""
    unit.sealed.twin(identifier, double)
    words = unit.sealed.glance(FACTS, identifier, facts).replace(identifier, double)
    return {
        "id": double,
        "name": unit.sealed.seal(double, NAME, double, unit.sealed.glance(NAME, identifier, name)),
        "facts": unit.sealed.seal(double, FACTS, double, words),
    }


def _room(unit: Unit, someone: str, wanted: Wanted, but: str = "") -> int:
    """Bytes that a person may still send. Raises QuotaExceeded where they keep as many files as they may."""
    _one_by_one(unit, someone)
    files, size = unit.connection.execute(
        select(func.count(), func.coalesce(func.sum(file.c.size), 0)).where(
            file.c.person == someone,
            file.c.id != but,
            or_(file.c.arriving.is_(None), file.c.arriving >= wanted.at),
        )
    ).one()
    if files >= wanted.quota.files:
        raise QuotaExceeded
    return wanted.quota.size - int(size)


def _one_by_one(unit: Unit, someone: str) -> None:
    """Whoever else does this for the same person waits until this unit is through."""
    unit.connection.execute(select(person.c.id).where(person.c.id == someone).with_for_update())


def _change(unit: Unit, identifier: str, **values: object) -> None:
    changed = unit.connection.execute(
        update(file).where(file.c.id == identifier, file.c.arriving.is_not(None)).values(**values)
    )
    if changed.rowcount != 1:
        raise Forgotten(identifier)


def _deleted(unit: Unit, *these: ColumnElement[bool]) -> tuple[str, ...]:
    gone = tuple(unit.connection.execute(delete(file).where(*these).returning(file.c.id)).scalars())
    unit.sealed.destroy(gone)
    return gone
