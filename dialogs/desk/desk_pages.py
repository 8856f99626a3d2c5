"""The register of the desk's pages: their Screens, what they need to be read, and what is typed there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dialogs.desk import (
    board,
    choosing,
    deciding,
    dossier,
    erasing_asked,
    exported,
    paperwork,
    reviewing,
    slips,
    so_far,
    staffing,
    staging,
    stating,
)
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView
from dialogs.desk.one_reply import Asked
from dialogs.turn import Say, Screen

Typed = Callable[[DeskView, str], DeskChange | None]


@dataclass(frozen=True)
class DeskPage:
    """One page. `case` tells that it shows the case that is open, `staff` that it shows who sits at the office,
    `course` that it shows the stages of a selection. `typed` takes what is typed there; where the page `asks` one
    question of a form, all that is typed is said to that. `before` is the page that one comes back to, `confirms` tells
    that it only asks whether something shall be done, `courteous` that a kind word is for somebody there. `public` is
    what it shows where no names may stand.
    """

    name: str
    screen: Callable[[DeskView], Screen]
    case: bool = False
    staff: bool = False
    course: bool = False
    typed: Typed | None = None
    asks: Asked | None = None
    before: str = "board"
    confirms: bool = False
    courteous: bool = False
    public: Callable[[DeskView], tuple[Say, ...]] | None = None


def _of_case(
    name: str,
    screen: Callable[[DeskView], Screen],
    typed: Typed | None = None,
    before: str = "case",
    **other: Any,
) -> DeskPage:
    return DeskPage(name, screen, case=True, typed=typed, before=before, public=dossier.outside, **other)


def _of_course(
    name: str, screen: Callable[[DeskView], Screen], typed: Typed | None = None, **other: Any
) -> DeskPage:
    return DeskPage(name, screen, course=True, typed=typed, before="stages", **other)


PAGES: Mapping[str, DeskPage] = {
    page.name: page
    for page in (
        DeskPage("board", board.screen),
        DeskPage("search", board.search),
        DeskPage("menu", board.menu),
        DeskPage("exports", exported.screen),
        _of_case("case", dossier.screen, before="board"),
        _of_case("verdicts", dossier.verdicts),
        _of_case("points", dossier.points),
        _of_case("compare", dossier.compare),
        _of_case("history", so_far.history),
        _of_case("answers", reviewing.answers),
        _of_case("remark", reviewing.remark, reviewing.typed_remark, before="answers"),
        _of_case("returning", reviewing.returning, confirms=True),
        _of_case("correcting", slips.screen, before="answers", asks=slips.ASKED),
        _of_case("accepting", deciding.accepting, confirms=True),
        _of_case("passing", deciding.passing, confirms=True),
        _of_case("refusing", deciding.refusing, deciding.typed_refusal, confirms=True),
        _of_case("settling", deciding.settling, deciding.typed_settlement),
        _of_case("papers", paperwork.screen),
        _of_case("paper", paperwork.one),
        _of_case("lacking", paperwork.lacking, paperwork.typed_lack),
        _of_case("letters", staffing.letters, staffing.typed_letter, courteous=True),
        _of_case("erasing", erasing_asked.screen),
        _of_case("keeping", erasing_asked.keeping, erasing_asked.typed_reason),
        _of_case("statement", stating.screen),
        _of_case("stating", stating.asking, before="statement", asks=stating.ASKED),
        _of_case("assigning", staffing.assigning, staff=True),
        _of_case("recovering", staffing.recovering),
        DeskPage("colleagues", staffing.colleagues, staff=True),
        DeskPage("offering", staffing.offering, typed=staffing.typed_offer),
        DeskPage("offered", staffing.offered),
        DeskPage("unseating", staffing.unseating, staff=True),
        DeskPage("digest", staffing.digest),
        _of_course("stages", staging.screen),
        _of_course("beginning", staging.beginning, staging.typed_beginning, confirms=True),
        _of_course("choosing", choosing.screen),
        _of_course("people", choosing.people),
        _of_course("standing", choosing.one, choosing.typed_one, public=choosing.outside),
        _of_course("closing", staging.closing, confirms=True),
    )
}


def page_of(name: str) -> DeskPage:
    """The page of this name; the board for one that this version does not know."""
    return PAGES.get(name, PAGES["board"])
