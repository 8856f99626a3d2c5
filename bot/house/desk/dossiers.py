"""A case as staff see it: what was handed in, judged as of the moment it was, with all that was done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.house.across import Across
from bot.house.archive import Archive
from bot.house.finding import Finding
from dialogs import inviting
from dialogs.company import Invited
from dialogs.desk.desk_scene import (
    CorrectionBrief,
    Dossier,
    ErasureBrief,
    LetterBrief,
    PaperBrief,
    PartBrief,
    RemarkBrief,
    StatementBrief,
    StayBrief,
    TwinBrief,
)
from dialogs.desk.desk_state import read
from dialogs.interview import Interview
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.view import View
from dialogs.words import Words
from forms.expressions import holds
from forms.message import say
from forms.packet import due_papers
from forms.parties import LEADING, OFFICE, Participant, Parts
from forms.printing.faces import Faces
from forms.programme import Programme
from storage import (
    desks,
    erasures,
    handing,
    invitations,
    letters,
    outcomes,
    papers_in,
    remarks,
    seats,
    settlements,
    statements,
    stays,
)
from storage.handing import Handed, Sealed
from storage.invitations import Row
from storage.stays import NEVER, Stay
from storage.unit import Unit

#: A decision may be taken back for so long, while nobody has built on it.
UNDOABLE = timedelta(minutes=10)


def brief(row: Stay, face: Mapping[str, str]) -> StayBrief:
    """A stay as a line of the board; `face` is what was handed in with it."""
    return StayBrief(
        id=row.id,
        case=row.case,
        number=row.number,
        office=row.office,
        programme=row.programme,
        state=row.state,
        version=row.version,
        round=row.round,
        arrived=row.arrived,
        since=row.since,
        due="" if row.due == NEVER else row.due,
        opened=row.opened is not None,
        doubts=row.doubts,
        lacking=row.lacking,
        name=face.get("name", ""),
        unit=face.get("unit", ""),
        holder=row.holder or "",
        held_by=row.held_by,
        assigned=row.assigned or "",
        assigned_to=row.assigned_to,
        decided=row.decided,
        decider=row.decided_by,
        clause=row.clause,
        reason=row.reason,
        rank=row.rank,
    )


class Dossiers:
    """Reads cases for staff. To be called within `Archive.run` or `read`."""

    def __init__(self, archive: Archive, across: Across, faces: Faces) -> None:
        self._archive = archive
        self._across = across
        self._faces = faces

    def of(self, unit: Unit, row: Stay, now: datetime) -> Dossier | None:
        """All that is known of a case at an office; None where what was handed in cannot be read any more."""
        sealed = handing.of_round(unit, row.case, row.round)
        parts = self.parts(unit, sealed) if sealed else ()
        if sealed is None or not parts:
            return None
        before = handing.of_round(unit, row.case, row.round - 1) if row.round > 1 else None
        view = parts[0].view
        twins = Finding.twins(unit, row.case, row.programme, row.office)
        return Dossier(
            stay=replace(brief(row, sealed.face), arrived=sealed.at),
            programme=view.programme,
            parts=parts,
            before=self.parts(unit, before) if before else (),
            remarks=tuple(
                RemarkBrief(r.id, r.key, r.question, r.sort, r.text, r.by, r.round, r.sent, r.answered)
                for r in remarks.of_case(unit, row.case)
                if r.sent or row.state == "here"  # what an office above is still writing is its own
            ),
            settled=settlements.of_case(unit, row.case),
            papers=self.papers(unit, row.case, view),
            letters=self._letters(unit, row, view.programme),
            erasures=self._erasures(unit, row, view.programme),
            corrections=tuple(
                CorrectionBrief(c.key, c.question, c.by, c.at, c.undone is not None)
                for c in remarks.corrections(unit, row.case)
            ),
            undoable=self.undoable(unit, row, now),
            twins=tuple(TwinBrief(e.id, e.number, e.state) for e in stays.several(unit, twins.here)),
            twins_elsewhere=twins.elsewhere,
            statement=self._statement(unit, row, row.round, view),
            stated_before=self._statement(unit, row, row.round - 1, view) if before else None,
            selected=outcomes.stands(unit, row.office, row.programme, row.case),
        )

    def _letters(self, unit: Unit, of: Stay, programme: Programme) -> tuple[LetterBrief, ...]:
        """What was said until the case was passed on: what comes after that is another office's."""
        until = of.decided if of.state == "passed" else None
        said = [each for each in letters.of_case(unit, of.case) if until is None or each.at <= until]
        rows = _people(unit, of.case) if said else {}
        return tuple(
            LetterBrief(
                each.id,
                row.key if row else "",
                _called(programme, row),
                each.text,
                self._name(unit, each.seat),
                each.at,
                letters.waits(each),
            )
            for each in said
            for row in (rows.get(each.person),)
        )

    @staticmethod
    def _erasures(unit: Unit, of: Stay, programme: Programme) -> tuple[ErasureBrief, ...]:
        asked = [each for each in erasures.of_case(unit, of.case) if each.answered is None]
        rows = _people(unit, of.case) if asked and of.state in stays.STANDING else {}
        return tuple(
            ErasureBrief(row.key, _called(programme, row), each.asked)
            for each in asked
            for row in (rows.get(each.person),)
            if row
        )

    def sealed(self, unit: Unit, row: Stay) -> View | None:
        """The nominee's part as it was handed in; None where it cannot be read any more."""
        content = handing.of_round(unit, row.case, row.round)
        parts = self.parts(unit, content) if content else ()
        return parts[0].view if parts else None

    def on_desk(self, unit: Unit, person: str) -> View | None:
        """The case that somebody has open at their own office, as it was handed in; None where they have none."""
        kept = desks.of(unit, person)
        desk = read(kept.state) if kept else None
        if desk is None:
            return None
        row = stays.at_office(unit, desk.stay, [each.office for each in seats.of_person(unit, person)])
        return self.sealed(unit, row) if row else None

    def parts(self, unit: Unit, sealed: Handed) -> tuple[PartBrief, ...]:
        """What every party handed in, the nominee's part first; none where a definition cannot be read any more."""
        leading = next((part for part in sealed.parts if role_of(part.state.role).leads), None)
        programme = self._archive.pinned(unit, leading.state.digest) if leading else None
        if leading is None or programme is None:
            return ()
        own = self._view(unit, sealed, leading, programme, _said(sealed, leading))
        if stated := _stated(unit, sealed, own):
            own = self._view(unit, sealed, leading, programme, {**own.scene.parts, OFFICE: (stated,)})
        others = (
            self._part(unit, sealed, part, programme, own.scope)
            for part in sealed.parts
            if part is not leading
        )
        return (PartBrief(leading.key, "", own), *others)

    def _statement(self, unit: Unit, row: Stay, number: int, nominee: View) -> StatementBrief | None:
        """What the receiving union writes itself, as of a round; None where it writes nothing."""
        programme = nominee.programme
        declared = programme.statement
        if declared is None or not holds(declared.when, nominee.scope):
            return None
        statement = statements.of_round(unit, row.case, number)
        scene = Scene(nominee.scene.now, (programme,), {LEADING: (nominee.scope,)}, faces=self._faces)
        state = Interview(role=OFFICE, answers=dict(statement.answers) if statement else {})
        view, own = View(programme, state, scene), row.before is None
        if statement is None:
            return StatementBrief(view, own=own)
        undoable = own and statement.was is not None and statement.round == row.round
        return StatementBrief(
            view,
            statement.version,
            statement.round,
            statement.by,
            statement.office_name,
            statement.at,
            own,
            undoable,
        )

    def _part(
        self, unit: Unit, sealed: Handed, part: Sealed, programme: Programme, names: Mapping[str, Any]
    ) -> PartBrief:
        participant = programme.participant(part.role)
        reads = participant.reads if participant else frozenset[str]()
        seen = (
            names if participant and participant.sees_all else {n: v for n, v in names.items() if n in reads}
        )
        view = self._view(unit, sealed, part, programme, {LEADING: (seen,)})
        called = _titled(participant, part.number) if participant else part.key
        return PartBrief(part.key, called, view)

    def _view(self, unit: Unit, sealed: Handed, part: Sealed, programme: Programme, said: Parts) -> View:
        settled = settlements.of_case(unit, sealed.case)
        scene = Scene(sealed.at, (programme,), said, faces=self._faces, settlements=settled)
        if role_of(part.state.role).leads:
            scene = self._across.counted(unit, sealed.case, programme, part.state, scene)
        else:
            scene = replace(
                scene, invited=Invited(part.role, part.number, "", sealed.face.get("name", ""), "", "")
            )
        return View(programme, part.state.model_copy(update={"page": ""}), scene)

    def left(self, unit: Unit, case: str, parts: tuple[PartBrief, ...]) -> tuple[int, int]:
        """How many verdicts on all parts wait for staff, and how many papers for the person."""
        doubts = sum(each.outcome == "verify" for part in parts for each in part.view.verdicts)
        return doubts, sum(each.lacking for each in self.papers(unit, case, parts[0].view))

    @staticmethod
    def papers(unit: Unit, of: str, view: View) -> tuple[PaperBrief, ...]:
        """The papers that are due, each with how it is in hand."""
        has = papers_in.of_case(unit, of)
        return tuple(
            PaperBrief(paper, got, Dossiers._name(unit, got.seat) if got else "")
            for paper in due_papers(view.programme, view.scope)
            for got in (has.get(paper.id),)
        )

    @staticmethod
    def _name(unit: Unit, seat: str) -> str:
        row = seats.find(unit, seat) if seat else None
        return (row.name or row.office_name) if row else ""

    @staticmethod
    def undoable(unit: Unit, row: Stay, now: datetime) -> bool:
        """Whether the last decision may be taken back now."""
        if row.decided is None or now - row.decided > UNDOABLE or row.state in {"here", "withdrawn"}:
            return False
        above = stays.above(unit, row.id)
        return above is None or (above.opened is None and above.state == "here")


def _said(sealed: Handed, leading: Sealed) -> Parts:
    said: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for part in sealed.parts:
        if part is not leading:
            said[part.role] = (*said.get(part.role, ()), part.state.answers)
    return said


def _stated(unit: Unit, sealed: Handed, nominee: View) -> Mapping[str, Any]:
    """What the receiving union has written itself, where it is asked for at all."""
    declared = nominee.programme.statement
    if declared is None or not holds(declared.when, nominee.scope):
        return {}
    statement = statements.of_round(unit, sealed.case, sealed.round)
    return statement.answers if statement else {}


def _people(unit: Unit, case: str) -> Mapping[str | None, Row]:
    """The parties of a case by whose they are."""
    return {each.person: each for each in invitations.of_case(unit, case)}


def _called(programme: Programme, row: Row | None) -> str:
    """How a party is called; "" for whoever the case is about."""
    if row is None:
        return say("已退出的人").text
    participant = programme.participant(row.role)
    return "" if participant is None else _titled(participant, row.number)


def _titled(participant: Participant, number: int) -> str:
    """As whoever it is about reads it, too: 推荐专家一."""
    return inviting.called(Words("zh"), participant, number)
