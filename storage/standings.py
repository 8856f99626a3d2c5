"""How cases come out of a stage: who goes on, waits in reserve or is out, objections, who moves up, who has the title.

Each function takes the `Progress` that somebody was shown and gives the one that is there now, so that the next change
goes by it. Nobody goes on beyond the number of the stage: the whole unit is refused, with the sentence that reckons it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update

from forms import stages
from forms.dates import spoken
from forms.programme import Programme
from forms.stages import Outcome, Stage
from storage.desk_tables import standing
from storage.stages import (
    Progress,
    Refused,
    Standing,
    allowance,
    candidates,
    course,
    end,
    grip,
    notice_days,
    standings,
    title,
)
from storage.unit import Unit

#: What can be recorded in a stage; objections and who moves up have functions of their own.
_RECORDED: Mapping[str, tuple[Outcome, ...]] = {
    "review": ("on", "reserve", "out"),
    "notice": ("on", "reserve", "out"),
    "naming": ("named", "out"),
}
_LISTED = frozenset({"on", "named"})


@dataclass(frozen=True)
class Entry:
    """How a case is to come out: its outcome, its place among the others (from 1), and why."""

    case: str
    outcome: Outcome
    place: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class _Stage:
    """A stage that is gripped: nobody else changes it until the unit is done."""

    unit: Unit
    programme: Programme
    stage: Stage
    own: Progress

    @property
    def title(self) -> str:
        return self.stage.title

    def stood(self) -> dict[str, Standing]:
        """How each case stands in it, in order."""
        own = self.own
        return {each.case: each for each in standings(self.unit, own.office, own.programme, own.stage)}

    def candidates(self) -> tuple[str, ...]:
        return candidates(self.unit, self.own.office, self.programme, self.stage)

    def write(self, case: str, seat: str | None, at: datetime, **values: Any) -> None:
        """A standing, as it is from now on."""
        here = (standing.c.case == case, standing.c.stage == self.stage.id)
        reason = self.unit.sealed.seal(case, "standing.reason", f"{case}|{self.stage.id}", values["reason"])
        values |= {"seat": seat, "at": at, "reason": reason}
        if self.unit.connection.execute(update(standing).where(*here).values(**values)).rowcount == 0:
            self.unit.connection.execute(insert(standing), {"case": case, "stage": self.stage.id, **values})

    def bounded(self) -> None:
        """Raises Refused where more go on than may."""
        allowed = allowance(self.unit, self.own.office, self.programme, self.stage)
        if allowed.number is None or allowed.sure is None:
            return
        counts = [each.counts_as for each in self.stood().values()]
        sure, reserves = sum(each in _LISTED for each in counts), counts.count("reserve")
        sentence = allowed.sentence
        if sure > allowed.sure:
            raise Refused(
                "beyond",
                count=sure,
                most=allowed.sure,
                sentence=sentence,
            )
        if self.stage.reserve and reserves > allowed.reserves:
            raise Refused(
                "beyond.reserves",
                count=reserves,
                most=allowed.reserves,
                sentence=sentence,
            )


def record(  # noqa: PLR0913, PLR0917  # who, what, when
    unit: Unit, programme: Programme, own: Progress, entries: Sequence[Entry], seat: str | None, at: datetime
) -> Progress:
    """How some cases come out of a stage that is on; those that were recorded before are recorded anew.

    Whoever is put onto a list that is up already is listed from the day of `at` on. Raises Refused: beyond the number,
    a case that did not come this far, two in one place, an outcome that the stage has not, no reason where one is due.
    """
    here = _gripped(unit, programme, own)
    allowed, stood = frozenset(here.candidates()), here.stood()
    today = programme.window.today(at)
    if not entries:
        raise Refused("nothing")
    unit.sealed.at_hand([entry.case for entry in entries])
    up = any(each.outcome in {"on", "objected"} for each in stood.values())
    for entry in entries:
        _may_be(here, entry, allowed, stood.get(entry.case))
        before = stood.get(entry.case)
        listed = before.listed if before else None
        if (
            here.stage.kind == "notice"
            and up
            and entry.outcome == "on"
            and (not before or before.counts_as != "on")
        ):
            listed = _listed_from(here, before, today)
        place = entry.place if entry.place is not None else (before.place if before else None)
        values = {"outcome": entry.outcome, "was": "", "place": place, "reason": entry.reason.strip()}
        here.write(entry.case, seat, at, **values, listed=listed.isoformat() if listed else None)
    _places_apart(here)
    here.bounded()
    return here.own


def _may_be(here: _Stage, entry: Entry, allowed: frozenset[str], before: Standing | None) -> None:
    if entry.case not in allowed:
        raise Refused("not_here", stage=here.title)
    if entry.outcome not in _RECORDED[here.stage.kind]:
        raise Refused("outcome", stage=here.title)
    if entry.place is not None and entry.place < 1:
        raise Refused("place")
    if before and before.outcome == "objected":
        raise Refused("objected")
    if entry.outcome == "out" and here.stage.kind != "review" and not entry.reason.strip():
        raise Refused("reason_missing")


def _places_apart(here: _Stage) -> None:
    """Raises Refused where two that go on, or two in reserve, have one place."""
    taken: set[tuple[str, int]] = set()
    for each in here.stood().values():
        if each.place is None or each.outcome == "out":
            continue
        key = ("reserve" if each.counts_as == "reserve" else "on", each.place)
        if key in taken:
            raise Refused("place.twice", place=each.place)
        taken.add(key)


def _listed_from(here: _Stage, before: Standing | None, today: date) -> date | None:
    """From when somebody who comes onto a list that is up is named by it: not before the list itself."""
    if here.stage.shows_reserves and before and before.counts_as == "reserve":
        return here.own.starts  # was named as a reserve from the first day
    return max(today, here.own.starts) if here.own.starts else today


def waiting(unit: Unit, programme: Programme, own: Progress) -> tuple[str, ...]:
    """Who could move up, in order: those in reserve by their places, then, onto a list, the others who came this far.

    Where the notice lets only reserves follow, they alone.
    """
    stage = _stage(programme, own)
    stood = {each.case: each for each in standings(unit, own.office, own.programme, own.stage)}
    came = candidates(unit, own.office, programme, stage)
    reserves = [each.case for each in stood.values() if each.outcome == "reserve" and each.case in came]
    if stage.kind == "review":
        return tuple(reserves)
    others = tuple(case for case in came if case not in stood)
    if stage.followed_by == "reserves":
        earlier = _reserves_before(unit, programme, own, stage)
        others = tuple(case for case in others if case in earlier)
    return (*reserves, *others)


def _reserves_before(unit: Unit, programme: Programme, own: Progress, stage: Stage) -> frozenset[str]:
    begun = {each.stage for each in course(unit, own.office, own.programme)}
    before = next((each for each in stages.earlier(programme.stages, stage) if each.id in begun), None)
    if before is None:
        return frozenset()
    stood = standings(unit, own.office, own.programme, before.id)
    return frozenset(each.case for each in stood if each.outcome == "reserve")


def move_up(  # noqa: PLR0913, PLR0917  # who, what, when
    unit: Unit,
    programme: Programme,
    own: Progress,
    seat: str | None,
    at: datetime,
    case: str | None = None,
    reason: str = "",
) -> tuple[Progress, str]:
    """Somebody moves up in place of one who fell out (递补): `case`, or the first who waits. Gives the case, too.

    Out of turn, and where the notice does not say that anybody follows, only with a reason. Raises Refused, also where
    there is no room or nobody waits.
    """
    here = _gripped(unit, programme, own)
    if here.stage.kind == "naming":
        raise Refused("outcome.naming")
    queue = waiting(unit, programme, own)
    if not queue:
        raise Refused("nobody.waiting")
    chosen = case or queue[0]
    if chosen not in queue:
        raise Refused("not_here.waiting")
    if here.stage.kind == "notice" and not here.stage.followed_by and not reason.strip():
        raise Refused("reason_missing.unwritten")
    if chosen != queue[0] and not reason.strip():
        raise Refused("reason_missing.turn")
    stood = here.stood()
    listed = _listed_from(here, stood.get(chosen), programme.window.today(at)) if here.own.starts else None
    last = max((each.place or 0 for each in stood.values() if each.counts_as == "on"), default=0)
    values = {"outcome": "on", "was": "", "place": last + 1, "reason": reason.strip()}
    here.write(chosen, seat, at, **values, listed=listed.isoformat() if listed else None)
    here.bounded()
    return here.own, chosen


def object_to(  # noqa: PLR0913, PLR0917  # who, what, when
    unit: Unit, programme: Programme, own: Progress, case: str, reason: str, seat: str | None, at: datetime
) -> Progress:
    """Somebody objects to a name on the list; it keeps its place until that is looked into. Raises Refused."""
    here = _gripped(unit, programme, own)
    if here.stage.kind != "notice":
        raise Refused("outcome.objection")
    if not reason.strip():
        raise Refused("reason_missing.objection")
    before = here.stood().get(case)
    if before is None or before.outcome not in {"on", "reserve"}:
        raise Refused("not_listed")
    reasons = _behind(before.reason, reason)
    here.write(case, seat, at, outcome="objected", was=before.outcome, reason=reasons)
    return here.own


def answer(  # noqa: PLR0913, PLR0917  # who, what, when
    unit: Unit,
    programme: Programme,
    own: Progress,
    case: str,
    reason: str,
    seat: str | None,
    at: datetime,
    *,
    true: bool,
) -> Progress:
    """What was found of an objection: `true` takes the person off, else they stay where they were. Raises Refused."""
    here = _gripped(unit, programme, own)
    before = here.stood().get(case)
    if before is None or before.outcome != "objected":
        raise Refused("no_objection")
    if not reason.strip():
        raise Refused("reason_missing.answer")
    reasons = _behind(before.reason, reason)
    here.write(case, seat, at, outcome="out" if true else before.was, was="", reason=reasons)
    return here.own


def _behind(before: str, reason: str) -> str:
    """What was written of a name so far, with what is found now behind it: an objection stays beside its answer."""
    return " → ".join(filter(None, (before, reason.strip())))


def name(  # noqa: PLR0913, PLR0917  # who, what, when
    unit: Unit,
    programme: Programme,
    own: Progress,
    seat: str | None,
    at: datetime,
    cases: Iterable[str] = (),
) -> Progress:
    """The title is given: to these cases, or to all who are left on the list. Raises Refused."""
    here = _gripped(unit, programme, own)
    if here.stage.kind != "naming":
        raise Refused("outcome", stage=here.title)
    came, stood = here.candidates(), here.stood()
    chosen = tuple(cases) or tuple(case for case in came if case not in stood)
    if not chosen:
        raise Refused("nobody.named")
    if not frozenset(chosen) <= frozenset(came):
        raise Refused("not_here", stage=here.title)
    for case in chosen:
        here.write(case, seat, at, outcome="named", was="", place=came.index(case) + 1, reason="")
    here.bounded()
    return here.own


def close(  # noqa: PLR0913  # who, what, when
    unit: Unit, programme: Programme, own: Progress, seat: str | None, at: datetime, *, rest_out: bool = False
) -> Progress:
    """A stage ends; `rest_out` takes out all of whom nothing was recorded.

    Raises Refused where nobody goes on, somebody has no outcome, an objection is open, or the days are not over.
    """
    here = _gripped(unit, programme, own)
    stood = here.stood()
    if not any(each.outcome in {"on", "named", "objected"} for each in stood.values()):
        raise Refused("nobody", stage=here.title)
    if here.stage.kind == "notice":
        _over(here, stood.values(), programme.window.today(at))
    else:
        left = [case for case in here.candidates() if case not in stood]
        if left and here.stage.kind == "naming":
            raise Refused("undecided.named", count=len(left))
        if left and not rest_out:
            raise Refused("undecided", stage=here.title, count=len(left))
        for case in left:
            here.write(case, seat, at, outcome="out", was="", reason="")
    here.bounded()
    end(unit, here.own, at)
    return next(each for each in course(unit, own.office, own.programme) if each.stage == own.stage)


def until(own: Progress, stage: Stage, stood: Iterable[Standing]) -> date | None:
    """The last day of a list, for whoever came onto it last as well; None where none is up, or nobody is on it."""
    ends = (
        days.ends
        for each in stood
        if each.counts_as in {"on", "reserve"} and (days := notice_days(own, stage, each.listed))
    )
    return max(ends, default=None)


def _over(here: _Stage, stood: Iterable[Standing], today: date) -> None:
    """Raises Refused while a public notice is not over, for anybody who is on its list."""
    stood = tuple(stood)
    objections = sum(each.outcome == "objected" for each in stood)
    if objections:
        raise Refused("objected.open", count=objections)
    last = until(here.own, here.stage, stood)
    if last and today <= last:
        raise Refused("not_over", day=spoken(last.isoformat()))


def _stage(programme: Programme, own: Progress) -> Stage:
    stage = stages.stage_of(programme.stages, own.stage)
    if stage is None:
        raise Refused("unknown", stage=title(programme, own.stage))
    return stage


def _gripped(unit: Unit, programme: Programme, own: Progress) -> _Stage:
    stage = _stage(programme, own)
    return _Stage(unit, programme, stage, grip(unit, own, stage.title))
