"""A selection as it is read for the desk: its course, who comes into the stage that is looked at, the list to be put up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.house.archive import Archive
from bot.house.desk.dossiers import Dossiers
from dialogs.desk.board import PAGE
from dialogs.desk.course_scene import Candidate, Selection, StageBrief, Where
from dialogs.desk.desk_pages import page_of
from dialogs.desk.desk_state import Desk, read
from forms import stages
from forms.message import Message
from forms.printing.compose import Composed
from forms.printing.faces import Faces
from forms.printing.notice_sheet import Contact, Listed, notice_sheet
from forms.programme import Programme
from forms.stages import Stage
from storage import boards, desks, handing, offices, seats, standings, stays
from storage import stages as running
from storage.stages import Progress, Standing
from storage.unit import Unit

#: The answer that says what somebody works as, in every programme that asks for it.
TRADE = "trade"


class Selections:
    """Of one house. To be called within `Archive.run` or `read`."""

    def __init__(self, archive: Archive, dossiers: Dossiers, faces: Faces) -> None:
        self._archive = archive
        self._dossiers = dossiers
        self._faces = faces

    def programme(self, identifier: str) -> Programme | None:
        """Today's definition of a programme; None where it is on offer no more."""
        return self._archive.library.named(identifier)

    @staticmethod
    def shown(unit: Unit, office: str, desk: Desk) -> Desk:
        """The desk with what its next Screen shows: the one programme where there is one only, the stage that is on."""
        if not page_of(desk.page).course:
            return desk
        programmes = boards.programmes(unit, office)
        chosen = (
            desk.selection if desk.selection in programmes else programmes[0] if len(programmes) == 1 else ""
        )
        on = running.stage_on(unit, office, chosen) if chosen else None
        update = {
            "selection": chosen,
            "stage": on.stage if on else "",
            "seen": on.version if on else 0,
        }
        return desk.model_copy(update=update)

    def of(self, unit: Unit, office: str, desk: Desk) -> Selection | None:
        """The selection that a desk looks at; None where it looks at none, or its programme is on offer no more."""
        programme = self.programme(desk.selection) if desk.selection else None
        if programme is None or programme.id not in boards.programmes(unit, office):
            return None
        course = {each.stage: each for each in running.course(unit, office, programme.id)}
        ready = frozenset(each.id for each in running.ready(unit, office, programme))
        briefs = tuple(
            _brief(unit, office, programme, each, course, each.id in ready) for each in programme.stages
        )
        quota = self.quota(unit, office, programme.id)
        whole = Selection(programme, briefs, reopens=_last(briefs), quota=quota)
        wanted = whole.brief(desk.about) if desk.page in {"choosing", "people"} else None
        shown = wanted if wanted and wanted.begun else whole.on
        if shown is None:
            return whole
        return self._filled(unit, office, replace(whole, shown=shown), course[shown.stage.id], desk)

    def quota(self, unit: Unit, office: str, programme: str) -> Message | None:
        """How many nominees an office may put forward, and how many it has found good; None where no notice says so."""
        definition = self.programme(programme)
        kept = offices.find(unit, office) if definition and definition.quotas else None
        quota = definition.quota(kept.office.kind) if definition and kept else None
        return quota.told(stays.good(unit, office, programme)) if quota else None

    def _filled(self, unit: Unit, office: str, whole: Selection, own: Progress, desk: Desk) -> Selection:
        """The selection with those who come into the stage that is shown."""
        programme, shown = whole.programme, whole.shown
        if shown is None:
            return whole
        stage = shown.stage
        stood = {each.case: each for each in running.standings(unit, office, programme.id, stage.id)}
        cases = running.candidates(unit, office, programme, stage)
        if shown.where == "over":
            cases = tuple(dict.fromkeys((*stood, *cases)))  # as it came out of it
        counts = Counter(stood[case].counts_as if case in stood else "" for case in cases)
        counts["objected"] = sum(each.outcome == "objected" for each in stood.values())
        leaf = min(desk.leaf, max(0, (len(cases) - 1) // PAGE))
        page = cases[leaf * PAGE : (leaf + 1) * PAGE]
        one = (desk.about,) if desk.page == "standing" and desk.about in cases else ()
        waits = (
            standings.waiting(unit, programme, own)[:1]
            if shown.where == "on" and stage.kind != "naming"
            else ()
        )
        candidates = self._candidates(unit, office, (*page, *one, *waits), stood, own, stage)
        return replace(
            whole,
            allowance=running.allowance(unit, office, programme, stage),
            counts=counts,
            candidates=tuple(candidates[case] for case in page if case in candidates),
            of=len(cases),
            one=candidates.get(one[0]) if one else None,
            next_up=candidates.get(waits[0]) if waits else None,
            until=standings.until(own, stage, stood.values()),
        )

    @staticmethod
    def _candidates(  # noqa: PLR0913, PLR0917  # who, and how they stand
        unit: Unit,
        office: str,
        cases: Sequence[str],
        stood: Mapping[str, Standing],
        own: Progress,
        stage: Stage,
    ) -> Mapping[str, Candidate]:
        rows = {row.case: row for row in stays.of_cases(unit, office, cases)}
        faces = handing.faces(unit, [(row.case, row.round) for row in rows.values()])
        positions = _positions(stood)
        candidates = {}
        for case in dict.fromkeys(cases):
            row, face, standing = rows.get(case), faces.get(case, {}), stood.get(case)
            number, place = (row.number, row.rank) if row else ("", None)
            made = Candidate(case, number, face.get("name", ""), face.get("unit", ""), place)
            if standing:
                made = replace(
                    made,
                    outcome=standing.outcome,
                    was=standing.was,
                    position=positions.get(case, 0),
                    reason=standing.reason,
                    days=running.notice_days(own, stage, standing.listed) if standing.listed else None,
                )
            candidates[case] = made
        return candidates

    def ordered(self, unit: Unit, office: str, programme: str, cases: Sequence[str]) -> tuple[str, ...]:
        """Cases in the order of the selection as far as it is: who goes on, who is in reserve, who is not decided yet, the
        others as they were. As they were where no stage was begun."""
        definition = self.programme(programme)
        course = running.course(unit, office, programme)
        stage = stages.stage_of(definition.stages, course[-1].stage) if definition and course else None
        if definition is None or stage is None:
            return tuple(cases)
        stood = {each.case: each.counts_as for each in running.standings(unit, office, programme, stage.id)}
        came = running.candidates(unit, office, definition, stage)
        goes = {"named": 0, "on": 0, "reserve": 1, "": 2}
        places = {
            case: (goes.get(stood.get(case, ""), 3), at)
            for at, case in enumerate(dict.fromkeys((*stood, *came)))
        }
        return tuple(sorted(cases, key=lambda case: places.get(case, (len(goes), 0))))

    def sheet(self, unit: Unit, person: str) -> Composed:
        """The list to be put up of the selection that somebody has open at their own office.

        Raises LookupError where no list is up, or nobody is on it.
        """
        kept = desks.of(unit, person)
        desk = read(kept.state) if kept else Desk()
        own = seats.of_person(unit, person)
        seat = next((each for each in own if each.id == desk.seat), next(iter(own), None))
        programme = self.programme(desk.selection) if desk.selection else None
        if seat is None or programme is None:
            raise LookupError(desk.selection)
        course = running.course(unit, seat.office, programme.id)
        begun = ((each, stages.stage_of(programme.stages, each.stage)) for each in reversed(course))
        up = next(((each, stage) for each, stage in begun if stage and stage.kind == "notice"), None)
        days = running.notice_days(*up) if up else None
        if up is None or days is None:
            raise LookupError(desk.selection)
        progress, stage = up
        stood = running.standings(unit, seat.office, programme.id, stage.id)
        rows = {
            kind: [
                self._listed(unit, seat.office, each, progress, stage)
                for each in stood
                if each.counts_as == kind
            ]
            for kind in ("on", "reserve")
        }
        if not rows["on"]:
            raise LookupError(desk.selection)
        office = offices.find(unit, seat.office)
        contact = (
            Contact(seat.office_name, office.office.phone, office.office.address) if office else Contact("")
        )
        return notice_sheet(
            programme, stage, rows["on"], days, contact, reserves=rows["reserve"], faces=self._faces
        )

    def _listed(self, unit: Unit, office: str, each: Standing, own: Progress, stage: Stage) -> Listed:
        row = next(iter(stays.of_cases(unit, office, (each.case,))), None)
        if row is None:
            raise LookupError(each.case)
        view = self._dossiers.sealed(unit, row)
        trade = str(view.scope.get(TRADE, "")) if view else ""  # a definition that cannot be read any more
        face = handing.faces(unit, [(row.case, row.round)]).get(row.case, {})
        late = each.listed and each.listed != own.starts
        later = running.notice_days(own, stage, each.listed) if late else None
        return Listed(face.get("name", ""), face.get("unit", ""), trade, later)


def _brief(  # noqa: PLR0913, PLR0917  # a stage, and what was begun
    unit: Unit, office: str, programme: Programme, stage: Stage, course: Mapping[str, Progress], ready: bool
) -> StageBrief:
    own = course.get(stage.id) if stage.walked else None
    if own is None:
        after = stages.later(programme.stages, stage) if stage.walked else ()
        where: Where = "to_come"
        if not stage.walked:
            where = "told"
        elif ready:
            where = "ready"
        elif any(each.id in course for each in after):
            where = "passed_over"
        places = running.places(unit, office, programme, stage) if ready else None
        return StageBrief(stage, where, places=places)
    return StageBrief(
        stage,
        "over" if own.closed else "on",
        own.begun,
        own.closed,
        own.figure,
        own.reason,
        days=running.notice_days(own, stage),
        version=own.version,
    )


def _last(briefs: Sequence[StageBrief]) -> StageBrief | None:
    """The stage that was over last, if any."""
    over = [each for each in briefs if each.where == "over" and each.closed]
    return max(over, key=lambda each: (each.closed, briefs.index(each)), default=None)


def _positions(stood: Mapping[str, Standing]) -> Mapping[str, int]:
    """The place of each among those who come out as they do, in order; nobody who is out has one."""
    seen: Counter[str] = Counter()
    positions = {}
    for case, each in stood.items():
        if each.counts_as in {"on", "reserve", "named"}:
            seen[each.counts_as] += 1
            positions[case] = seen[each.counts_as]
    return positions
