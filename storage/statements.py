"""What receiving unions write themselves about a case (`forms.statements`), by the round of it that they read.

A row stands until another round is written on. What is confided stands in its one column `content`, sealed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.conflicts import Conflict
from storage.desk_tables import office, seat, statement
from storage.unit import Unit

_WHAT = "statement.content"


@dataclass(frozen=True)
class Stated:
    """As it stands: the answers by question, and those before the last change (None where there was none).

    `version` grows with every change, through all rounds; `round` is the one in which it was written. `by` and
    `office_name` are whose words they are, "" for a seat that has no name any more.
    """

    office: str
    round: int
    version: int
    answers: Mapping[str, Any] = field(default_factory=dict)
    was: Mapping[str, Any] | None = None
    by: str = ""
    office_name: str = ""
    at: datetime | None = None


def of_round(unit: Unit, case: str, number: int) -> Stated | None:
    """What stands about a case in a round of it: what was written then, else before; None where nothing was."""
    row = unit.connection.execute(
        select(
            statement.c.office,
            statement.c.round,
            statement.c.version,
            statement.c.content,
            func.coalesce(seat.c.name, ""),
            func.coalesce(office.c.name, ""),
            statement.c.at,
        )
        .outerjoin(seat, seat.c.id == statement.c.seat)
        .outerjoin(office, office.c.id == statement.c.office)
        .where(statement.c.case == case, statement.c.round <= number)
        .order_by(statement.c.round.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    at_office, round_, version, content, by, name, at = row
    return Stated(
        at_office, round_, version, *_opened(unit, f"{case}|{round_}|{version}", content), by, name, at
    )


def state(  # noqa: PLR0913  # one row
    unit: Unit,
    case: str,
    number: int,
    version: int,
    answers: Mapping[str, Any],
    *,
    was: Mapping[str, Any] | None,
    at_office: str,
    seat_id: str | None,
    at: datetime,
) -> bool:
    """Write it in a round of the case, over the `version` that was read (0: nothing). Whether nobody was quicker.

    Conflict where somebody writes the first words of the same round at this moment.
    """
    standing = of_round(unit, case, number)
    if (standing.version if standing else 0) != version:
        return False
    values = {
        "version": version + 1,
        "content": _sealed(unit, case, f"{case}|{number}|{version + 1}", answers, was),
        "office": at_office,
        "seat": seat_id,
        "at": at,
    }
    if standing and standing.round == number:
        here = (statement.c.case == case, statement.c.round == number, statement.c.version == version)
        return unit.connection.execute(update(statement).where(*here).values(values)).rowcount > 0
    try:
        unit.connection.execute(insert(statement), {"case": case, "round": number, **values})
    except IntegrityError as error:
        raise Conflict(f"the statement of case {case} in round {number}") from error
    return True


def arrived(unit: Unit, case: str, number: int, at_office: str, at: datetime) -> None:
    """A round was handed in to an office: what another one wrote before does not stand there."""
    standing = of_round(unit, case, number)
    if standing and standing.office != at_office and standing.answers:
        state(unit, case, number, standing.version, {}, was=None, at_office=at_office, seat_id=None, at=at)


def _sealed(
    unit: Unit, case: str, row: str, answers: Mapping[str, Any], was: Mapping[str, Any] | None
) -> str:
    """What is kept of the words."""
    content = {"answers": dict(answers), "was": None if was is None else dict(was)}
    return unit.sealed.seal(case, _WHAT, row, json.dumps(content, ensure_ascii=False, sort_keys=True))


def _opened(unit: Unit, row: str, content: str) -> tuple[Mapping[str, Any], Mapping[str, Any] | None]:
    """The words that were kept: the answers, and those before the last change."""
    kept = json.loads(unit.sealed.glance(_WHAT, row, content) or "{}")
    return kept.get("answers", {}), kept.get("was")
