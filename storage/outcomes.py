"""How far a selection has come for one case, as whoever it is about may know it.

What staff only prepare is nobody's business: a review tells once it is over, a list from the day on which it is up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, literal, select

from dialogs.at_office import IN_HAND, Came, Result
from forms import stages
from forms.programme import Programme
from forms.stages import Stage
from storage import stages as running
from storage import stays
from storage.desk_tables import progress, standing, stay
from storage.stages import Progress
from storage.stays import Stay
from storage.unit import Unit

#: Whoever came out so comes into the next stage, or onto a list.
_GOES_ON = frozenset(["", "on", "reserve", "kept"])

_REVIEWED: Mapping[str, Came] = {"on": "on", "reserve": "reserve", "out": "out"}


def so_far(unit: Unit, programme: Programme, last: Stay, now: datetime) -> Result | None:
    """How far a case has come at the office where it stands, else at the one below; None where it takes part in nothing.

    `programme` is as it is on offer today: desks walk its stages.
    """
    if last.state not in IN_HAND:
        return None
    good = [each.office for each in stays.of_case(unit, last.case) if each.state in {"accepted", "passed"}]
    today = programme.window.today(now)
    results = (result(unit, office, programme, last.case, today) for office in reversed(good))
    return next((each for each in results if each), None)


def result(unit: Unit, office: str, programme: Programme, case: str, today: date) -> Result | None:
    """How far a case that an office found good has come there by `today`; None while no stage was begun."""
    course = {each.stage: each for each in running.course(unit, office, programme.id)}
    if not course:
        return None
    stood = _stood(unit, case)
    reached = Result()
    for at, stage in enumerate(stage for stage in stages.walked(programme.stages) if stage.id in course):
        if at and not reached.came:
            return None  # it came after the others had been looked at
        if reached.came not in _GOES_ON:
            break
        reached = _after(unit, course[stage.id], stage, stood.get(stage.id), reached, today)
    return reached if reached.came or reached.now else None


def stands(unit: Unit, office: str, programme: str, case: str) -> tuple[str, str]:
    """The stage at an office in which something was recorded of a case last, and what; ("", "") where nothing was."""
    rows = unit.connection.execute(
        select(standing.c.stage, standing.c.outcome)
        .join(progress, progress.c.stage == standing.c.stage)
        .where(standing.c.case == case, progress.c.office == office, progress.c.programme == programme)
        .order_by(progress.c.begun.desc(), standing.c.at.desc())
        .limit(1)
    ).all()
    return (rows[0].stage, rows[0].outcome) if rows else ("", "")


def _stood(unit: Unit, case: str) -> Mapping[str, Any]:
    query = select(standing.c.stage, standing.c.outcome, standing.c.was, standing.c.place, standing.c.listed)
    rows = unit.connection.execute(query.where(standing.c.case == case))
    return {row.stage: row for row in rows}


def _after(  # noqa: PLR0913, PLR0917  # a stage, and somebody in it
    unit: Unit, own: Progress, stage: Stage, stood: Any, before: Result, today: date
) -> Result:
    """The result, a stage later."""
    counts = (stood.was or stood.outcome) if stood else ""
    if stage.kind == "notice":
        return _listed(unit, own, stage, stood, before, today)
    if own.closed is None:
        return Result(before.came, before.stage, now=stage.title)
    if stage.kind == "naming":
        return Result("named" if counts == "named" else "unnamed", stage.title)
    return Result(_REVIEWED[counts], stage.title) if counts in _REVIEWED else Result()


def _listed(  # noqa: PLR0913, PLR0917  # a list, and somebody on it
    unit: Unit, own: Progress, stage: Stage, stood: Any, before: Result, today: date
) -> Result:
    counts = (stood.was or stood.outcome) if stood else ""
    listed = date.fromisoformat(stood.listed) if stood and stood.listed else None
    days = running.notice_days(own, stage, listed)
    if days is None or today < days.starts or not (counts or _up(unit, own)):
        return before
    if counts == "out" and stood.place is not None:  # it was on the list
        return Result("off", stage.title)
    if own.closed:
        closed: Mapping[str, Came] = {"on": "kept", "reserve": "waited"}
        return Result(closed.get(counts, "left_out"), stage.title)
    if counts == "on":
        late = before.came == "reserve" or (
            listed is not None and own.starts is not None and listed > own.starts
        )
        return Result("moved_up" if late else "listed", stage.title, days.sentence)
    if counts == "reserve" and stage.shows_reserves:
        return Result("listed_reserve", stage.title, days.sentence)
    return Result("unlisted", stage.title, follows=bool(stage.followed_by) and counts != "out")


def _up(unit: Unit, own: Progress) -> bool:
    """Whether the list of a stage names anybody yet."""
    there = select(stay.c.case).where(stay.c.office == own.office, stay.c.programme == own.programme)
    names = exists(literal(1)).where(
        standing.c.stage == own.stage, standing.c.outcome.in_(("on", "objected")), standing.c.case.in_(there)
    )
    return bool(unit.connection.execute(select(names)).scalar())
