"""A desk to look at without a house: a clerk's seat, a board, and a case of the small programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from dialogs.desk.board import TRAYS
from dialogs.desk.course_scene import Candidate, Selection, StageBrief
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_pages import page_of
from dialogs.desk.desk_scene import Board, DeskScene, Dossier, PaperBrief, PartBrief, SeatBrief, StayBrief
from dialogs.desk.desk_state import Desk
from dialogs.desk.desk_turn import show, take
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Say, Screen, Turn
from dialogs.view import View
from forms.loader import load, read
from forms.packet import due_papers
from forms.stages import Stage, allowed, counted
from tests.forms.programmes.cases import programme

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
_SMALL = Path(__file__).parents[1] / "small"
PROGRAMME = load(read(_SMALL, _SMALL.parent / "_none"))
CLERK = SeatBrief("c" * 32, "o" * 32, "青秀区总工会", "clerk", "韦经办", above="南宁市总工会")
HEAD = replace(CLERK, id="d" * 32, role="head", name="黄主席")
AUDITOR = replace(CLERK, id="e" * 32, role="auditor", name="审计")
STAY = StayBrief(
    id="a" * 32,
    case="b" * 32,
    number="4821-7730",
    office=CLERK.office,
    programme=PROGRAMME.id,
    state="here",
    version=3,
    round=1,
    arrived=NOW,
    since=NOW,
    due="2026-06-30",
    opened=False,
    doubts=0,
    lacking=2,
    name="陆建华",
    unit="南宁机械厂",
)
ANSWERS: dict[str, Any] = {
    "route": "self",
    "trade": "焊工",
    "trade_start": "2015-07",
    "name": "陆建华",
    "id_number": "450122198409129963",
}


def dossier(**other: Any) -> Dossier:
    """A case as it was handed in."""
    state = Interview(
        programme=PROGRAMME.id, digest=PROGRAMME.digest, consented_at=NOW.isoformat(), answers=ANSWERS
    )
    view = View(PROGRAMME, state, Scene(NOW, (PROGRAMME,)))
    papers = tuple(PaperBrief(each) for each in due_papers(PROGRAMME, view.scope))
    return replace(Dossier(STAY, PROGRAMME, (PartBrief("nominee 1", "", view),), papers=papers), **other)


def selection(on: str = "screening", outcome: str = "", **other: Any) -> Selection:
    """Nanning's course at an office, with one nominee in the stage that is on; "" for none."""
    known = programme("nanning-2026")
    walked = [each.id for each in known.stages if each.walked]
    at = walked.index(on) if on else 0
    briefs = tuple(
        _brief(each, walked.index(each.id) - at if each.walked else 0, on) for each in known.stages
    )
    whole = Selection(known, briefs)
    if whole.on is None:
        return replace(whole, **other)
    one = Candidate(STAY.case, STAY.number, STAY.name, STAY.unit, None, outcome)
    told = allowed(whole.on.stage, known.places)
    made = replace(
        whole, shown=whole.on, allowance=told, counts={outcome: 1}, candidates=(one,), of=1, one=one
    )
    return replace(made, **other)


def _brief(stage: Stage, from_on: int, on: str) -> StageBrief:
    if not stage.walked:
        return StageBrief(stage, "told")
    if from_on > 0 or not on:
        return StageBrief(stage, "ready" if not from_on else "to_come", places=25)
    days = counted(stage, date(2026, 9, 2)) if stage.kind == "notice" else None
    if from_on < 0:
        return StageBrief(stage, "over", NOW, NOW, days=days, version=4)
    return StageBrief(stage, "on", NOW, days=days, version=STAY.version)


def scene(page: str = "board", seat: SeatBrief = CLERK, **other: Any) -> DeskScene:
    """What a page shows."""
    shown = page_of(page)
    board = Board(dict.fromkeys(TRAYS, 0) | {"next": 1}, (STAY,), "") if page == "board" else None
    case = dossier() if shown.case else None
    staff = (CLERK, HEAD) if shown.staff else ()
    made = DeskScene(
        NOW,
        (seat,),
        board=board,
        dossier=case,
        colleagues=staff,
        selection=selection() if shown.course else None,
        titles={PROGRAMME.id: PROGRAMME.title},
    )
    return replace(made, **other)


def at(page: str, **other: Any) -> Desk:
    """A desk with a page open."""
    return Desk(page=page, stay=STAY.id, seen=STAY.version, revision=7).model_copy(update=other)


def screen(page: str, seat: SeatBrief = CLERK, desk: Desk | None = None, **other: Any) -> Screen:
    """The Screen of a page."""
    return show(desk or at(page), scene(page, seat, **other))


def words(shown: Screen) -> str:
    """All that a Screen says."""
    return "\n".join(part.text for part in shown.parts if isinstance(part, Say))


def press(shown: Screen, label: str, desk: Desk, there: DeskScene) -> DeskChange:
    """Press the button that reads so."""
    token = next(token for token, button in shown.tokens().items() if label in button.label)
    return take(desk, Turn("", "1", choice=token), there)


def types(text: str, desk: Desk, there: DeskScene) -> DeskChange:
    """Type something."""
    return take(desk, Turn("", "1", text=text), there)
