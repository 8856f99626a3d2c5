"""What people agreed to: for what, to which words, since when, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.conflicts import Conflict
from storage.tables import consent, wording
from storage.unit import Unit

#: What is kept of them at all; that what they say passes servers abroad; what one sensitive question asks for.
Purpose = Literal["general", "abroad", "sensitive"]


@dataclass(frozen=True)
class Consent:
    """A consent: of the sensitive ones, `about` which question. `text` is what was shown, "" where nobody knows."""

    purpose: str
    about: str
    party: str
    text: str
    given: datetime
    withdrawn: datetime | None


def give(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, someone: str, part: str | None, purpose: Purpose, about: str, text: str, at: datetime
) -> None:
    """A person agrees to these words; one of the same that stood is withdrawn by that."""
    withdraw(unit, someone, part, purpose, about, at)
    digest = sha256(text.encode()).hexdigest() if text else ""
    if text:
        _word(unit, digest, text)
    values = {"person": someone, "party": part, "purpose": purpose, "about": about}
    unit.connection.execute(insert(consent), {**values, "digest": digest, "given": at})


def _word(unit: Unit, digest: str, text: str) -> None:
    """Keep the words once. Conflict where somebody else keeps them at this moment."""
    if unit.connection.execute(select(wording.c.digest).where(wording.c.digest == digest)).first() is None:
        try:
            unit.connection.execute(insert(wording), {"digest": digest, "text": text})
        except IntegrityError as error:
            raise Conflict("the words of a consent") from error


def withdraw(  # noqa: PLR0913, PLR0917  # which row
    unit: Unit, someone: str, part: str | None, purpose: Purpose, about: str, at: datetime
) -> bool:
    """A consent stands no more. False where none stood."""
    ended = unit.connection.execute(
        update(consent)
        .where(
            consent.c.person == someone,
            consent.c.party.is_(None) if part is None else consent.c.party == part,
            consent.c.purpose == purpose,
            consent.c.about == about,
            consent.c.withdrawn.is_(None),
        )
        .values(withdrawn=at)
    )
    return bool(ended.rowcount)


def of_person(unit: Unit, someone: str) -> tuple[Consent, ...]:
    """Everything that a person ever agreed to and is still kept, the oldest first."""
    rows = unit.connection.execute(
        select(
            consent.c.purpose,
            consent.c.about,
            func.coalesce(consent.c.party, ""),
            func.coalesce(wording.c.text, ""),
            consent.c.given,
            consent.c.withdrawn,
        )
        .outerjoin(wording, wording.c.digest == consent.c.digest)
        .where(consent.c.person == someone)
        .order_by(consent.c.id)
    )
    return tuple(Consent(*row) for row in rows)
