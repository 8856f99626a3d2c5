"""Cases that no office has to do with any more, and since when: those are let go after a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, literal, select

from forms.programme import Programme
from forms.stages import Stage
from storage.desk_tables import handed, progress, standing, stay
from storage.stays import latest
from storage.tables import case
from storage.unit import Unit


@dataclass(frozen=True)
class Quiet:
    """A case about which no office has decided anything for a while; `digest` is its programme's."""

    case: str
    digest: str


def quiet(unit: Unit, before: datetime, after: str, most: int) -> tuple[Quiet, ...]:
    """Cases that were accepted or refused, and whose stays have not changed since `before`; by id, behind `after`.

    Of one that was let go nothing that was handed in is left.
    """
    other = stay.alias("other")
    at = other.c.case == case.c.id
    decided = exists(literal(1)).where(at, other.c.state.in_(("accepted", "refused")))
    lately = exists(literal(1)).where(at, other.c.since >= before)
    waiting = exists(literal(1)).where(at, other.c.state.in_(("here", "returned")))
    content = exists(literal(1)).where(handed.c.case == case.c.id)
    rows = unit.connection.execute(
        select(case.c.id, case.c.digest)
        .where(decided, content, ~lately, ~waiting, case.c.id > after)
        .order_by(case.c.id)
        .limit(most)
    )
    return tuple(Quiet(*row) for row in rows)


def since(unit: Unit, programme: Programme, of: str) -> datetime | None:
    """When the last word on a case was said; None while it is under way, or was taken back.

    That is its refusal; or that it fell out of a stage which is over, or that the selection it took part in is over. An
    accepted case of a programme whose selection has not come to its end is under way, however long that takes.
    """
    row = latest(unit, of)
    if row is None or row.state in {"here", "returned", "withdrawn"}:
        return None
    if row.state == "refused":
        return row.since
    walked = [each for each in programme.stages if each.walked]
    if not walked:
        return row.since
    over = _over(unit, programme, of, walked)
    return max(row.since, over) if over else None


def _over(unit: Unit, programme: Programme, of: str, walked: Sequence[Stage]) -> datetime | None:
    offices = select(stay.c.office).where(stay.c.case == of)
    rows = unit.connection.execute(
        select(progress.c.stage, progress.c.closed).where(
            progress.c.programme == programme.id, progress.c.office.in_(offices)
        )
    ).all()
    if any(row.closed is None for row in rows):
        return None
    closed = {row.stage: row.closed for row in rows}
    out = unit.connection.execute(
        select(standing.c.stage, standing.c.outcome, standing.c.at).where(standing.c.case == of)
    ).all()
    moments = [
        max(row.at, closed[row.stage])
        for row in out
        if row.outcome in {"out", "named"} and row.stage in closed
    ]
    if walked[-1].id in closed:
        moments.append(closed[walked[-1].id])
    latest_word = [row.at for row in out]
    return max((*moments, *latest_word)) if moments else None
