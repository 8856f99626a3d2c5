"""The stages after handing in, as they are walked at the desk: begun, decided, put up, closed; each counts once.

Every case whose standing a deed has changed tells of it in its trail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from bot.house.desk.heralding import Heralding, into
from bot.house.desk.not_done import NotDone
from bot.house.desk.selections import Selections
from bot.house.trailing import Trail
from dialogs.desk import stage_deeds
from forms import stages
from forms.message import say
from forms.programme import Programme
from forms.stages import Outcome, Stage
from storage import boards, standings
from storage import stages as running
from storage.stages import Progress, Standing
from storage.standings import Entry
from storage.unit import Unit

if TYPE_CHECKING:
    from bot.house.desk.errands import Errands

_Stood = Mapping[tuple[str, str], Standing]


class Selecting:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, selections: Selections, heralding: Heralding, trail: Trail) -> None:
        self._selections = selections
        self._heralding = heralding
        self._trail = trail

    def begun(self, errands: Errands, deed: stage_deeds.StageBegun) -> None:
        """A stage begins."""
        programme, stage = self._of(errands, deed.programme, deed.stage)
        starts = _day(deed.starts)
        with _told():
            running.begin(
                errands.unit,
                errands.seat.office,
                programme,
                stage,
                errands.now,
                deed.figure,
                deed.reason,
                starts,
            )

    def set(self, errands: Errands, deed: stage_deeds.StandingSet) -> None:
        """How one case comes out; the one that comes last stands last."""

        def work(programme: Programme, stage: Stage, own: Progress) -> None:
            stood = self._stood(errands, programme, stage)
            before = next((each for each in stood if each.case == deed.case), None)
            if stage.kind == "naming" and deed.outcome == "named":
                standings.name(errands.unit, programme, own, errands.seat.id, errands.now, (deed.case,))
                return
            place = _behind(stood, deed.outcome)
            if before and before.outcome == deed.outcome:
                place = before.place or place
            # What was found of somebody on a list stays with the name, whatever becomes of it.
            reason = deed.reason or (before.reason if before and stage.kind == "notice" else "")
            entry = Entry(deed.case, deed.outcome, None if deed.outcome == "out" else place, reason)
            standings.record(errands.unit, programme, own, (entry,), errands.seat.id, errands.now)

        self._walk(errands, deed, work)

    def placed(self, errands: Errands, deed: stage_deeds.StandingPlaced) -> None:
        """One case moves to a place, and the others close up."""

        def work(programme: Programme, stage: Stage, own: Progress) -> None:
            stood = self._stood(errands, programme, stage)
            one = next((each for each in stood if each.case == deed.case), None)
            if one is None or one.outcome not in {"on", "reserve"}:
                raise NotDone(say("这个人还没有记为通过，没有名次可以改。"))
            row = [each for each in stood if each.counts_as == one.outcome and each is not one]
            if any(each.outcome == "objected" for each in row):
                raise NotDone(say("有异议没有核实完的时候，名次先不改。"))
            if not 1 <= deed.place <= len(row) + 1:
                raise NotDone(say("名次从1到{most}。", most=len(row) + 1))
            row.insert(deed.place - 1, one)
            entries = [Entry(e.case, e.outcome, at, e.reason) for at, e in enumerate(row, 1)]
            standings.record(errands.unit, programme, own, entries, errands.seat.id, errands.now)

        self._walk(errands, deed, work)

    def filled(self, errands: Errands, deed: stage_deeds.StageFilled) -> None:
        """Whoever has no outcome yet goes on, in order; onto a list as far as it goes, with the reserves behind them."""

        def work(programme: Programme, stage: Stage, own: Progress) -> None:
            unit, office = errands.unit, errands.seat.office
            stood = self._stood(errands, programme, stage)
            recorded = {each.case for each in stood}
            left = [
                case for case in running.candidates(unit, office, programme, stage) if case not in recorded
            ]
            sure = running.allowance(unit, office, programme, stage).sure
            place, reserves = _behind(stood, "on"), frozenset[str]()
            if stage.kind == "notice":
                reserves = self._reserves(errands, programme, stage)
                room = len(left) if sure is None else max(0, sure - sum(e.counts_as == "on" for e in stood))
                on = [case for case in left if case not in reserves][:room]
            else:
                on = left  # more than may is refused, with the sentence that reckons it
            entries = [Entry(case, "on", place + at) for at, case in enumerate(on)]
            behind = [case for case in left if case in reserves]
            first = _behind(stood, "reserve")
            entries.extend(Entry(case, "reserve", first + at) for at, case in enumerate(behind))
            standings.record(unit, programme, own, entries, errands.seat.id, errands.now)

        self._walk(errands, deed, work)

    @staticmethod
    def _reserves(errands: Errands, programme: Programme, stage: Stage) -> frozenset[str]:
        """Who stood in reserve in the stage before."""
        unit, office = errands.unit, errands.seat.office
        begun = {each.stage for each in running.course(unit, office, programme.id)}
        before = next((e for e in stages.earlier(programme.stages, stage) if e.id in begun), None)
        if before is None:
            return frozenset()
        stood = running.standings(unit, office, programme.id, before.id)
        return frozenset(each.case for each in stood if each.outcome == "reserve")

    def objected_to(self, errands: Errands, deed: stage_deeds.ObjectedTo) -> None:
        """An objection is written down."""
        self._walk(
            errands,
            deed,
            lambda programme, stage, own: standings.object_to(
                errands.unit, programme, own, deed.case, deed.reason, errands.seat.id, errands.now
            ),
        )

    def answered(self, errands: Errands, deed: stage_deeds.ObjectionAnswered) -> None:
        """An objection was looked into."""
        self._walk(
            errands,
            deed,
            lambda programme, stage, own: standings.answer(
                errands.unit,
                programme,
                own,
                deed.case,
                deed.reason,
                errands.seat.id,
                errands.now,
                true=deed.true,
            ),
        )

    def moved_up(self, errands: Errands, deed: stage_deeds.MovedUp) -> None:
        """Somebody who waits moves up."""
        self._walk(
            errands,
            deed,
            lambda programme, stage, own: standings.move_up(
                errands.unit, programme, own, errands.seat.id, errands.now, deed.case or None, deed.reason
            ),
        )

    def named(self, errands: Errands, deed: stage_deeds.TitleGiven) -> None:
        """The title is given to all who are left."""
        self._walk(
            errands,
            deed,
            lambda programme, stage, own: standings.name(
                errands.unit, programme, own, errands.seat.id, errands.now
            ),
        )

    def closed(self, errands: Errands, deed: stage_deeds.StageClosed) -> None:
        """A stage is over; the others of a review are out."""

        def work(programme: Programme, stage: Stage, own: Progress) -> None:
            rest_out = stage.kind == "review"
            ended = standings.close(
                errands.unit, programme, own, errands.seat.id, errands.now, rest_out=rest_out
            )
            self._heralding.over(
                errands, programme, stage, ended, into(errands.unit, ended, programme, stage)
            )

        self._walk(errands, deed, work)

    def reopened(self, errands: Errands, deed: stage_deeds.StageReopened) -> None:
        """A stage goes on again."""

        def work(programme: Programme, stage: Stage, own: Progress) -> None:
            self._heralding.reopened(errands, programme, stage, own)
            running.reopen(errands.unit, programme, own)

        self._walk(errands, deed, work)

    # What all of them have in common

    def _walk(
        self,
        errands: Errands,
        deed: stage_deeds.OnStage,
        work: Callable[[Programme, Stage, Progress], object],
    ) -> None:
        programme, stage = self._of(errands, deed.programme, deed.stage)
        unit, office = errands.unit, errands.seat.office
        own = next((e for e in running.course(unit, office, programme.id) if e.stage == stage.id), None)
        before = _all_stood(unit, office, programme)
        with _told():
            if own is None:
                raise running.Refused("not_begun", stage=stage.title)
            if own.version != deed.version:
                raise running.Refused("moved_on", stage=stage.title)
            work(programme, stage, own)
        after = _all_stood(unit, office, programme)
        if stage.kind == "notice":
            kept = next(each for each in running.course(unit, office, programme.id) if each.stage == stage.id)
            moved = [
                case
                for case, name in sorted(before.keys() | after.keys())
                if name == stage.id and _counts(before.get((case, name))) != _counts(after.get((case, name)))
            ]
            self._heralding.listed(errands, programme, stage, kept, moved)
        for case, name in sorted(before.keys() | after.keys()):
            was, now = before.get((case, name)), after.get((case, name))
            if _said(was) != _said(now):
                outcome = now.outcome if now else ""
                self._trail.note(unit, case, errands.seat.id, "stage_moved", name, errands.now, outcome)

    def _of(self, errands: Errands, programme: str, stage: str) -> tuple[Programme, Stage]:
        """Raises NotDone where the office has no such programme, or that no such stage."""
        definition = self._selections.programme(programme)
        has_cases = programme in boards.programmes(errands.unit, errands.seat.office)
        walked = stages.stage_of(definition.stages, stage) if definition and has_cases else None
        if definition is None or walked is None:
            raise NotDone(say("这一步现在不能办，请看一下评选进度。"))
        return definition, walked

    @staticmethod
    def _stood(errands: Errands, programme: Programme, stage: Stage) -> Sequence[Standing]:
        return running.standings(errands.unit, errands.seat.office, programme.id, stage.id)


@contextmanager
def _told() -> Iterator[None]:
    """What a stage refuses is told to whoever pressed."""
    try:
        yield
    except running.Refused as error:
        raise NotDone(error.message) from error


def _all_stood(unit: Unit, office: str, programme: Programme) -> _Stood:
    begun = running.course(unit, office, programme.id)
    return {
        (each.case, each.stage): each
        for progress in begun
        for each in running.standings(unit, office, programme.id, progress.stage)
    }


def _said(each: Standing | None) -> tuple[object, ...] | None:
    return (each.outcome, each.was, each.place, each.reason, each.listed) if each else None


def _counts(each: Standing | None) -> tuple[object, ...] | None:
    """What anybody on a list would learn of: not that somebody objects, nor what was written."""
    return (each.counts_as, each.listed) if each else None


def _behind(stood: Sequence[Standing], outcome: Outcome) -> int:
    """The place behind all who come out so."""
    return max((each.place or 0 for each in stood if each.counts_as == outcome), default=0) + 1


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return None
