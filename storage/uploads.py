"""What is noted of the files that people sent; their bytes lie in `storage.files`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from forms.attachment import Attachment
from storage.interviews import Speaker
from storage.tables import file, person
from storage.unit import Unit


@dataclass(frozen=True)
class Kept:
    """How much a person has stored: files, and bytes in all."""

    files: int
    size: int


def kept(unit: Unit, someone: str) -> Kept:
    """How much a person has stored. Others who ask for the same person wait until this unit is through."""
    unit.connection.execute(select(person.c.id).where(person.c.id == someone).with_for_update())
    files, size = unit.connection.execute(
        select(func.count(), func.coalesce(func.sum(file.c.size), 0)).where(file.c.person == someone)
    ).one()
    return Kept(int(files), int(size))


def add(unit: Unit, speaking: Speaker, attachment: Attachment, size: int, at: datetime) -> None:
    """Note a stored file as the person's own; `size` is the bytes that were kept."""
    unit.connection.execute(
        insert(file),
        {
            "id": attachment.file,
            "person": speaking.person,
            "interview": speaking.interview,
            "name": attachment.name,
            "size": size,
            "facts": attachment.model_dump_json(),
            "created": at,
        },
    )


def find(unit: Unit, someone: str, identifier: str) -> Attachment | None:
    """A person's own file; None for anyone else's."""
    facts = unit.connection.execute(
        select(file.c.facts).where(file.c.id == identifier, file.c.person == someone)
    ).scalar_one_or_none()
    return None if facts is None else Attachment.model_validate_json(facts)
