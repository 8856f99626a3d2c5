"""How far a selection is at an office: which stage is on, who comes into it, how many may go on, how it begins and ends.

Whatever changes a stage goes by the version of its `progress` that somebody was shown: one change counts, whoever was
slower is told. How cases come out of a stage is written by `storage.standings`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, insert, literal, select, update

from forms import stages
from forms.halts import halt
from forms.message import Own
from forms.preferring import preferred
from forms.programme import Programme
from forms.stages import Allowed, Days, Outcome, Stage
from storage.desk_tables import progress, standing, stay
from storage.unit import Unit

#: A case takes part where it was found good: its stay at the office is in one of these.
_TAKES_PART = ("accepted", "passed")
_HALF_A_YEAR = 183  # days: a list further off is one of a wrong year
_MOST = 100_000  # places and days are numbers that people count by hand


class Refused(Exception):  # noqa: N818  # not an error: it is said to whoever pressed
    """A stage cannot be changed so. Nothing of the unit is kept; `message` says why, `code` names the sort."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.message = code.partition(".")[0], halt(code, **values)


@dataclass(frozen=True)
class Progress:
    """A stage that was begun at an office. `figure` is what staff entered with `reason`; `starts` the day a list is up."""

    office: str
    programme: str
    stage: str
    begun: datetime
    closed: datetime | None
    figure: int | None
    reason: str
    starts: date | None
    version: int


@dataclass(frozen=True)
class Standing:
    """How a case stands in a stage. `was` is its outcome before an objection, `listed` the day of its own on the list."""

    case: str
    stage: str
    outcome: Outcome
    was: str
    place: int | None
    reason: str
    listed: date | None
    seat: str | None
    at: datetime

    @property
    def counts_as(self) -> str:
        """Its outcome, or the one it keeps while an objection is looked into."""
        return self.was or self.outcome


_COURSE = select(
    progress.c.office,
    progress.c.programme,
    progress.c.stage,
    progress.c.begun,
    progress.c.closed,
    progress.c.figure,
    progress.c.reason,
    progress.c.starts,
    progress.c.version,
)
_STANDINGS = select(
    standing.c.case,
    standing.c.stage,
    standing.c.outcome,
    standing.c.was,
    standing.c.place,
    standing.c.reason,
    standing.c.listed,
    standing.c.seat,
    standing.c.at,
).order_by(standing.c.place.is_(None), standing.c.place, standing.c.at, standing.c.case)


def course(unit: Unit, office: str, programme: str) -> tuple[Progress, ...]:
    """Every stage that was begun at an office, in the order in which they were."""
    rows = unit.connection.execute(
        _COURSE.where(progress.c.office == office, progress.c.programme == programme).order_by(
            progress.c.begun, progress.c.stage
        )
    )
    return tuple(
        Progress(*row[:6], unit.sealed.glance(*_why(row), row.reason), _day(row[7]), row[8]) for row in rows
    )


def _why(row: Any) -> tuple[str, str]:
    """What the reason of a stage's figure is, and in which row."""
    return "progress.reason", f"{row.office}|{row.programme}|{row.stage}"


def stage_on(unit: Unit, office: str, programme: str) -> Progress | None:
    """The stage that is on at an office; None while none is."""
    return next((each for each in course(unit, office, programme) if each.closed is None), None)


def ready(unit: Unit, office: str, programme: Programme) -> tuple[Stage, ...]:
    """The stages that could be begun now: the next one, and that behind an optional one; none while one is on.

    Where a programme has stages of several who run them, the first of each of them.
    """
    begun = {each.stage: each for each in course(unit, office, programme.id)}
    if any(each.closed is None for each in begun.values()):
        return ()
    return tuple(
        stage
        for stage in stages.walked(programme.stages)
        if stage.id not in begun
        and not any(each.id in begun for each in stages.later(programme.stages, stage))
        and all(each.id in begun or each.optional for each in stages.earlier(programme.stages, stage))
    )


def places(unit: Unit, office: str, programme: Programme, stage: Stage) -> int | None:
    """The places to be given: those of the notice, else those that staff entered at this stage or one before."""
    if programme.places is not None:
        return programme.places
    figures = {each.stage: each.figure for each in course(unit, office, programme.id)}
    row = (*reversed(stages.earlier(programme.stages, stage)), stage)
    asked = (figures.get(each.id) for each in row if each.decides == "places")
    return next((figure for figure in asked if figure is not None), None)


def allowance(unit: Unit, office: str, programme: Programme, stage: Stage) -> Allowed:
    """How many may go on from a stage, with the sentence. Raises ValueError while nobody has entered the places."""
    own = next((each for each in course(unit, office, programme.id) if each.stage == stage.id), None)
    return stages.allowed(stage, places(unit, office, programme, stage), own.figure if own else None)


def notice_days(own: Progress, stage: Stage, listed: date | None = None) -> Days | None:
    """The days of a public notice, or those of somebody who came onto its list later; None where no list is up."""
    starts = listed or own.starts
    return stages.counted(stage, starts, own.figure) if starts and stage.kind == "notice" else None


def standings(unit: Unit, office: str, programme: str, stage: str) -> tuple[Standing, ...]:
    """How cases of an office stand in a stage, in their order. One that was withdrawn or refused takes no part."""
    here = exists(literal(1)).where(
        stay.c.case == standing.c.case,
        stay.c.office == office,
        stay.c.programme == programme,
        stay.c.state.in_(_TAKES_PART),
    )
    rows = unit.connection.execute(_STANDINGS.where(standing.c.stage == stage, here)).all()
    unit.sealed.warm(row.reason for row in rows)
    return tuple(
        Standing(
            *row[:5],
            unit.sealed.glance("standing.reason", f"{row.case}|{row.stage}", row.reason),
            _day(row[6]),
            *row[7:],
        )
        for row in rows
    )


def candidates(unit: Unit, office: str, programme: Programme, stage: Stage) -> tuple[str, ...]:
    """The cases that come into a stage, in order: whoever goes on from the one before, else all that were accepted,
    as they arrived, those of one unit as that prefers them.

    Those in reserve come along where the ratio of the stage before counts them, and to a public notice: who moves up
    onto its list is one of them.
    """
    begun = {each.stage for each in course(unit, office, programme.id)}
    before = next((each for each in stages.earlier(programme.stages, stage) if each.id in begun), None)
    if before is None:
        accepted = select(stay.c.case, stay.c.unit, stay.c.rank).where(
            stay.c.office == office, stay.c.programme == programme.id, stay.c.state.in_(_TAKES_PART)
        )
        rows = unit.connection.execute(accepted.order_by(stay.c.arrived, stay.c.id))
        return preferred({row.case: (row.case, row.unit, row.rank) for row in rows}.values())
    go_on = {"on", "reserve"} if before.reserve or stage.kind == "notice" else {"on"}
    stood = standings(unit, office, programme.id, before.id)
    # Those in reserve come behind the others, whatever place they were given among themselves.
    stood = tuple(sorted(stood, key=lambda each: each.outcome == "reserve"))
    return tuple(each.case for each in stood if each.outcome in go_on)


def begin(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit,
    office: str,
    programme: Programme,
    stage: Stage,
    at: datetime,
    figure: int | None = None,
    reason: str = "",
    starts: date | None = None,
) -> Progress:
    """A stage begins at an office. `figure` and `reason` are what the notice leaves open, `starts` the day a list is up.

    Raises Refused where it is not its turn, or something of these is missing or not for staff to say; Conflict where
    somebody began it at the same moment.
    """
    _its_turn(unit, office, programme, stage)
    given_places = places(unit, office, programme, stage)
    wanted = stages.wanting(stage, given_places)
    if wanted and figure is None:
        raise Refused(f"figure_missing.{wanted}")
    if figure is not None:
        if not stages.enters(stage, given_places):
            raise Refused("figure_given", stage=stage.title, clause=stage.clause)
        if not 1 <= figure <= _MOST or (wanted == "days" and figure > 366):
            raise Refused("figure_wrong", figure=figure)
        if not reason.strip():
            raise Refused("reason_missing.figure")
    if (stage.kind == "notice") != (starts is not None):
        raise Refused("starts_missing" if starts is None else "starts_missing.needless")
    if starts is not None and abs((starts - programme.window.today(at)).days) > _HALF_A_YEAR:
        raise Refused("starts_wrong")
    values: dict[str, Any] = {"office": office, "programme": programme.id, "stage": stage.id, "begun": at}
    values |= {"figure": figure, "reason": reason.strip(), "starts": starts.isoformat() if starts else None}
    row = f"{office}|{programme.id}|{stage.id}"
    values["reason"] = unit.sealed.seal(office, "progress.reason", row, reason.strip())
    unit.connection.execute(insert(progress), {**values, "version": 1})
    return Progress(office, programme.id, stage.id, at, None, figure, reason.strip(), starts, 1)


def _its_turn(unit: Unit, office: str, programme: Programme, stage: Stage) -> None:
    """Raises Refused where a stage cannot begin now. What went before stays as it is until the unit is done."""
    begun = _locked(unit, office, programme.id)
    if any(each.stage == stage.id for each in begun):
        raise Refused("begun", stage=stage.title)
    running = next((each for each in begun if each.closed is None), None)
    if running:
        raise Refused("still_on", stage=title(programme, running.stage))
    if stage not in ready(unit, office, programme):
        raise Refused("not_its_turn", stage=stage.title)


def grip(unit: Unit, own: Progress, name: str, *, closed: bool = False) -> Progress:
    """The stage as it is written next, locked for the rest of the unit; `closed` for one that has ended.

    Raises Refused where somebody changed it since `own` was read, or it has ended (or not).
    """
    ended = progress.c.closed.is_not(None) if closed else progress.c.closed.is_(None)
    done = unit.connection.execute(
        update(progress)
        .where(*_here(own), progress.c.version == own.version, ended)
        .values(version=own.version + 1)
    )
    if done.rowcount == 1:
        return next(each for each in course(unit, own.office, own.programme) if each.stage == own.stage)
    kept = next((each for each in course(unit, own.office, own.programme) if each.stage == own.stage), None)
    if kept is None:
        raise Refused("not_begun", stage=name)
    if kept.version == own.version and not closed:
        raise Refused("closed", stage=name)
    raise Refused("moved_on", stage=name)


def end(unit: Unit, own: Progress, at: datetime | None) -> None:
    """A stage that is gripped ends, or goes on again."""
    unit.connection.execute(update(progress).where(*_here(own)).values(closed=at))


def reopen(unit: Unit, programme: Programme, own: Progress) -> Progress:
    """A stage that has ended goes on again, while nothing was built on it. Raises Refused.

    A later stage in which nobody has come on yet is taken back; whoever fell out there falls out here.
    """
    name = title(programme, own.stage)
    gripped = grip(unit, own, name, closed=True)
    stage = stages.stage_of(programme.stages, own.stage)
    after = {each.id for each in stages.later(programme.stages, stage)} if stage else set()
    for each in _locked(unit, own.office, own.programme):
        if each.stage in after:
            _take_back(unit, programme, each, own.stage)
        elif each.closed is None:
            raise Refused("still_on", stage=title(programme, each.stage))
    end(unit, gripped, None)
    return next(each for each in course(unit, own.office, own.programme) if each.stage == own.stage)


def _take_back(unit: Unit, programme: Programme, later: Progress, stage: str) -> None:
    stood = standings(unit, later.office, later.programme, later.stage)
    if later.closed is not None or any(each.outcome != "out" for each in stood):
        raise Refused(
            "built_on",
            later=title(programme, later.stage),
            stage=title(programme, stage),
        )
    for each in stood:
        here = (standing.c.case == each.case, standing.c.stage == stage)
        why = unit.sealed.seal(each.case, "standing.reason", f"{each.case}|{stage}", each.reason)
        values = {"outcome": "out", "was": "", "reason": why, "seat": each.seat, "at": each.at}
        unit.connection.execute(update(standing).where(*here).values(**values))
        unit.connection.execute(
            delete(standing).where(standing.c.case == each.case, standing.c.stage == later.stage)
        )
    unit.connection.execute(delete(progress).where(*_here(later)))


def _locked(unit: Unit, office: str, programme: str) -> tuple[Progress, ...]:
    """Every stage that was begun at an office; nobody else changes one until the unit is done."""
    whole = update(progress).where(progress.c.office == office, progress.c.programme == programme)
    unit.connection.execute(whole.values(version=progress.c.version))
    return course(unit, office, programme)


def _here(own: Progress) -> tuple[ColumnElement[bool], ...]:
    return (
        progress.c.office == own.office,
        progress.c.programme == own.programme,
        progress.c.stage == own.stage,
    )


def title(programme: Programme, identifier: str) -> str | Own:
    """What a stage is called; its id, where the programme has it no more."""
    stage = stages.stage_of(programme.stages, identifier)
    return stage.title if stage else Own(identifier)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
