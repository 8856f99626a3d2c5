"""No page of a desk tells in Telegram who it is about, unless the installation wants that."""

from __future__ import annotations

import pytest

from bot.telegram.keyboards import keyboard
from bot.telegram.rendering import messages, news
from bot.telegram.reticence import Reticence
from dialogs.desk.desk_pages import PAGES
from dialogs.desk.desk_scene import SeatBrief
from dialogs.interview import Interview
from dialogs.reception import welcome
from dialogs.scene import Scene
from dialogs.turn import Say, Screen
from tests.dialogs.desk.desks import ANSWERS, AUDITOR, CLERK, HEAD, NOW, STAY, at, press, scene, screen

#: What tells who it is.
PERSON = (STAY.name, STAY.unit, ANSWERS["id_number"], ANSWERS["trade"])


def said(shown: Screen) -> str:
    """All that comes to the chat of a Screen: its messages, its buttons in every view, what is told along with others."""
    rows = [row for view in ("", "c", "s0", "p0", "r0") for row in keyboard(shown, view)]
    labels = [key.label for row in rows for key in row]
    return "\n".join([*(each.plain for each in messages(shown)), *labels, *news(shown)])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("seat", [CLERK, HEAD, AUDITOR], ids=lambda seat: seat.role)
def test_no_page_tells_who_it_is_about(page: str, seat: SeatBrief) -> None:
    found = (STAY,) if page == "search" else ()
    whole = screen(page, seat, found=found).telling(
        (Say(f"{STAY.name}的材料已经有人办了。", "problem"),) if PAGES[page].case else (),
        echo=f"✓ {STAY.name}",
    )
    shown = Reticence().shown(whole)
    assert not [word for word in PERSON if word in said(shown)]
    assert not shown.cards
    assert Reticence(names=True).shown(whole) is whole
    assert STAY.name in said(whole) or page not in {"board", "search", "case"}


@pytest.mark.parametrize("role", ["nominee", "expert", "worker"])
def test_before_they_agree_people_are_told_that_messages_pass_servers_abroad(role: str) -> None:
    greeting = welcome(Interview(role=role), None, Scene(NOW, ()))
    told = [
        part.text
        for part in Reticence(home="https://gh.example").shown(greeting).parts
        if isinstance(part, Say)
    ]
    assert "境外的服务器" in told[-2] and "https://gh.example" in told[-2]
    assert told[-1].startswith("同意我")
    in_english = Reticence().shown(welcome(Interview(role=role, locale="en"), None, Scene(NOW, ())))
    assert "outside the country" in said(in_english)


def test_once_they_have_agreed_it_is_not_said_again() -> None:
    assert "境外" not in said(Reticence().shown(screen("menu")))


@pytest.mark.parametrize("page", [name for name, page in PAGES.items() if page.case])
def test_an_open_case_is_its_number_its_programme_and_how_it_stands(page: str) -> None:
    shown = Reticence(home="https://jiangjian.example.org").shown(screen(page))
    words = said(shown)
    assert STAY.number in words and "在办" in words and "https://jiangjian.example.org" in words
    assert {button.action.verb for button in shown.buttons} <= {"board", "menu", "own"}


@pytest.mark.parametrize("page", ["board", "search"])
def test_a_line_of_the_board_opens_its_case_by_its_number(page: str) -> None:
    shown = Reticence().shown(screen(page, found=(STAY,)))
    assert f"1. 打开{STAY.number}" in said(shown)
    change = press(shown, STAY.number, at(page), scene(page, found=(STAY,)))
    assert change.desk.stay == STAY.id
