"""What was handed in: every part's answers as they were shown, sealed round by round."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from dialogs.interview import Interview
from dialogs.keeping import beside, read, written
from storage.conflicts import Conflict
from storage.desk_tables import case_find, handed
from storage.tables import case, new_id
from storage.unit import Unit


@dataclass(frozen=True)
class Sealed:
    """A part of what was handed in: whose, and its interview as it was then."""

    party: str
    role: str
    number: int
    state: Interview

    @property
    def key(self) -> str:
        """What names it within its case: “expert 1”."""
        return f"{self.role} {self.number}"


@dataclass(frozen=True)
class Handed:
    """A round of a case. `face` is what a list shows of it: name, unit."""

    id: str
    case: str
    round: int
    at: datetime
    digest: str
    face: Mapping[str, str]
    parts: tuple[Sealed, ...]


def seal(unit: Unit, of: str, parts: Sequence[Sealed], face: Mapping[str, str], at: datetime) -> Handed:
    """Keep a round as it was shown. Conflict where the same round is handed in at the same time."""
    last = select(func.coalesce(func.max(handed.c.round), 0)).where(handed.c.case == of)
    number = int(unit.connection.execute(last).scalar_one()) + 1
    content = _content(parts)
    digest, identifier = sha256(content.encode()).hexdigest(), new_id()
    unit.sealed.anew(of)  # it may have been handed in before, and all of that have gone
    values = {
        "id": identifier,
        "case": of,
        "round": number,
        "at": at,
        "face": _sealed_face(unit, of, identifier, face),
        "content": seal_content(unit, of, identifier, content),
        "digest": digest,
    }
    try:
        unit.connection.execute(insert(handed), values)
    except IntegrityError as error:
        raise Conflict(f"round {number} of case {of}") from error
    return Handed(identifier, of, number, at, digest, dict(face), tuple(parts))


def of_round(unit: Unit, of: str, number: int) -> Handed | None:
    """A round of a case; None where it was not handed in so often, or cannot be opened any more."""
    row = unit.connection.execute(
        select(handed).where(handed.c.case == of, handed.c.round == number)
    ).one_or_none()
    if row is None:
        return None
    opened = content_of(unit, row.id, row.content)
    if not opened:
        return None
    content = json.loads(opened)
    parts = tuple(_unpacked(part) for part in content["parts"])
    return Handed(row.id, of, number, row.at, row.digest, face_of(unit, row.id, row.face), parts)


def mend(  # noqa: PLR0913, PLR0917  # one answer
    unit: Unit, of: str, number: int, part: str, question: str, value: Any
) -> None:
    """One answer in what was handed in is another one: a slip that staff mended, or its owner undid. None: no answer."""
    sealed = of_round(unit, of, number)
    if sealed is None:
        return
    parts = tuple(_mended(each, question, value) if each.party == part else each for each in sealed.parts)
    content = _content(parts)
    unit.connection.execute(
        update(handed)
        .where(handed.c.id == sealed.id)
        .values(
            content=seal_content(unit, of, sealed.id, content), digest=sha256(content.encode()).hexdigest()
        )
    )


def take_out(unit: Unit, of: str, part: str, question: str) -> None:
    """One answer goes out of every round that was handed in: what it asks for comes on paper, as its owner wishes.

    The rounds are sealed under the same key, the case's: copies of the database from before stay readable.
    """
    rounds = unit.connection.execute(select(handed.c.round).where(handed.c.case == of)).scalars().all()
    for number in rounds:
        sealed = of_round(unit, of, number)
        if sealed is None:
            continue
        parts = tuple(_without(each, question) if each.party == part else each for each in sealed.parts)
        content = _content(parts)
        unit.connection.execute(
            update(handed)
            .where(handed.c.id == sealed.id)
            .values(
                content=seal_content(unit, of, sealed.id, content),
                digest=sha256(content.encode()).hexdigest(),
            )
        )


def _without(part: Sealed, question: str) -> Sealed:
    state = part.state
    withheld = (*(each for each in state.withheld if each != question), question)
    allowed = tuple(each for each in state.allowed if each != question)
    answers = {name: each for name, each in state.answers.items() if name != question}
    drafts = {name: each for name, each in state.drafts.items() if name != question}
    left = {"answers": answers, "drafts": drafts, "allowed": allowed, "withheld": withheld}
    return replace(part, state=state.model_copy(update=left))


def faced(unit: Unit, of: str, number: int, face: Mapping[str, str]) -> None:
    """What a list shows of a round is this from now on."""
    here = (handed.c.case == of, handed.c.round == number)
    for identifier in unit.connection.execute(select(handed.c.id).where(*here)).scalars().all():
        shown = _sealed_face(unit, of, identifier, face)
        unit.connection.execute(update(handed).where(handed.c.id == identifier).values(face=shown))


def face_of(unit: Unit, identifier: str, face: str | None) -> Mapping[str, str]:
    """What lists show of a round, from its row; nothing of one that does not open."""
    opened = unit.sealed.glance("handed.face", identifier, face)
    return dict(json.loads(opened)) if opened else {}


def content_of(unit: Unit, identifier: str, content: str) -> str:
    """What was handed in, from its row, as JSON; "" where it does not open."""
    return unit.sealed.glance(_CONTENT, identifier, content)


_CONTENT = "handed.content"


def seal_content(unit: Unit, of: str, identifier: str, content: str) -> str:
    """What was handed in, for its row."""
    return unit.sealed.seal(of, _CONTENT, identifier, content)


def _sealed_face(unit: Unit, of: str, identifier: str, face: Mapping[str, str]) -> str:
    shown = json.dumps(dict(face), ensure_ascii=False, sort_keys=True)
    return unit.sealed.seal(of, "handed.face", identifier, shown)


def _mended(part: Sealed, question: str, value: Any) -> Sealed:
    answers = {name: each for name, each in part.state.answers.items() if name != question}
    if value is not None:
        answers[question] = value
    return replace(part, state=part.state.model_copy(update={"answers": answers}))


def _content(parts: Sequence[Sealed]) -> str:
    return json.dumps({"parts": [_packed(part) for part in parts]}, ensure_ascii=False, sort_keys=True)


def at(unit: Unit, of: str, number: int) -> datetime | None:
    """When a round of a case was handed in."""
    return unit.connection.execute(
        select(handed.c.at).where(handed.c.case == of, handed.c.round == number)
    ).scalar_one_or_none()


def faces(unit: Unit, of: Sequence[tuple[str, int]]) -> Mapping[str, Mapping[str, str]]:
    """What lists show of cases, by case; each in the round named with it."""
    wanted = dict(of)
    rows = unit.connection.execute(
        select(handed.c.id, handed.c.case, handed.c.round, handed.c.face).where(handed.c.case.in_(wanted))
    ).all()
    unit.sealed.warm(row.face for row in rows)
    return {row.case: face_of(unit, row.id, row.face) for row in rows if wanted.get(row.case) == row.round}


def number_of(unit: Unit, of: str) -> str:
    """What staff call a case: eight digits that are no other case's, given when it is first handed in."""
    number = unit.connection.execute(select(case.c.number).where(case.c.id == of)).scalar_one()
    while not number:
        drawn = f"{secrets.randbelow(10**8):08d}"
        wanted = f"{drawn[:4]}-{drawn[4:]}"
        taken = unit.connection.execute(select(case.c.id).where(case.c.number == wanted)).first()
        if taken is None:
            unit.connection.execute(update(case).where(case.c.id == of).values(number=wanted))
            number = wanted
    return str(number)


def findable(unit: Unit, of: str, keys: Mapping[str, str]) -> None:
    """By what a case is found from now on: HMACs by kind, in place of those before."""
    for kind, key in keys.items():
        its_row = (case_find.c.case == of, case_find.c.kind == kind)
        changed = unit.connection.execute(update(case_find).where(*its_row).values(key=key))
        if changed.rowcount == 0:
            unit.connection.execute(insert(case_find), {"case": of, "kind": kind, "key": key})


def _packed(part: Sealed) -> dict[str, Any]:
    return {
        "party": part.party,
        "role": part.role,
        "number": part.number,
        "state": written(part.state),
        "beside": beside(part.state),
    }


def _unpacked(part: Mapping[str, Any]) -> Sealed:
    return Sealed(part["party"], part["role"], part["number"], read(part["state"], part["beside"]))
