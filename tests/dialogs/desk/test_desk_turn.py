"""A turn at the desk: what is pressed and typed, from which Screen, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.desk import deeds
from dialogs.desk.board import STATES
from dialogs.desk.desk_pages import PAGES
from dialogs.desk.desk_state import Desk, read
from dialogs.desk.desk_turn import take
from dialogs.trail_words import KINDS
from dialogs.turn import Turn
from dialogs.words import Words
from forms.attachment import Attachment
from tests.dialogs.desk.desks import (
    AUDITOR,
    CLERK,
    HEAD,
    STAY,
    at,
    dossier,
    press,
    scene,
    screen,
    types,
    words,
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("seat", [CLERK, HEAD, AUDITOR], ids=lambda seat: seat.role)
def test_every_page_is_shown_to_every_seat_and_its_buttons_travel(page: str, seat: object) -> None:
    shown = screen(page, seat)  # type: ignore[arg-type]
    assert shown.parts
    assert all(len(token) <= 64 for token in shown.tokens())


@pytest.mark.parametrize("page", [name for name, page in PAGES.items() if page.case])
def test_a_case_that_is_not_here_any_more_is_told(page: str) -> None:
    assert "不在您这里" in words(screen(page, dossier=None))


def test_a_line_of_the_board_opens_the_case() -> None:
    change = press(screen("board"), "陆建华", at("board"), scene())
    assert change.deeds == (deeds.Opened(STAY.id),)
    assert (change.desk.page, change.desk.stay) == ("case", STAY.id)
    assert change.desk.revision == 8


def test_a_line_of_an_older_board_still_opens_its_case() -> None:
    shown = screen("board")
    change = press(shown, "陆建华", at("board", revision=30), scene())
    assert change.deeds == (deeds.Opened(STAY.id),)


def test_a_decision_on_an_older_screen_does_not_count() -> None:
    change = press(screen("accepting"), "受理", at("accepting", revision=30), scene("accepting"))
    assert not change.deeds
    assert "那一步已经过去了" in change.said[0].text


def test_a_decision_is_bound_to_what_was_shown() -> None:
    change = press(screen("accepting"), "受理", at("accepting"), scene("accepting"))
    assert change.deeds == (deeds.Accepted(STAY.id, STAY.version),)


def test_whoever_only_looks_decides_nothing() -> None:
    change = press(screen("accepting"), "受理", at("accepting"), scene("accepting", AUDITOR))
    assert not change.deeds
    assert "席位不能做" in change.said[0].text


def test_a_made_up_press_is_nothing() -> None:
    change = take(at("board"), Turn("", "1", choice="7.~launch~x"), scene())
    assert not change.deeds
    assert change.desk.page == "board"


def test_what_is_typed_at_the_board_is_searched_for() -> None:
    change = types("陆建", at("board"), scene())
    assert (change.desk.page, change.desk.query) == ("search", "陆建")


@pytest.mark.parametrize("word", ["看板", "首页", "/start"])
def test_a_word_leads_home_from_everywhere(word: str) -> None:
    assert types(word, at("remark"), scene("remark")).desk.page == "board"


def test_a_file_is_not_taken() -> None:
    change = take(
        at("case"),
        Turn("", "1", file=Attachment(file="f", name="a.jpg", size=1, media="image", mime="image/jpeg")),
        scene("case"),
    )
    assert "不收文件" in change.said[0].text


def test_a_desk_that_cannot_be_read_is_a_new_one() -> None:
    assert read('{"page":"board","oddity":1}') == Desk()
    assert read("nothing") == Desk()


def test_a_page_that_this_version_does_not_know_is_the_board() -> None:
    assert "青秀区总工会" in words(screen("unheard", desk=at("unheard"), board=scene().board))


def test_in_english_a_button_says_what_to_do_and_a_state_what_was_done() -> None:
    english, shown = Words("en"), screen("case", locale="en")
    assert {"Accept", "Refuse"} <= {button.label for button in shown.buttons}
    assert [english(STATES[each]) for each in ("accepted", "refused")] == ["Accepted", "Refused"]
    assert (english(KINDS["accepted"]), english(KINDS["refused"])) == ("accepted it", "refused it")


@pytest.mark.parametrize(
    ("page", "before"), [("remark", "answers"), ("papers", "case"), ("case", "board"), ("menu", "board")]
)
def test_a_word_leads_to_the_page_before(page: str, before: str) -> None:
    assert types("返回", at(page), scene(page)).desk.page == before


@pytest.mark.parametrize("word", ["帮助", "谢谢", "你好", "？"])
@pytest.mark.parametrize("page", ["board", "remark", "settling", "refusing", "correcting"])
def test_help_and_kind_words_are_kept_nowhere(word: str, page: str) -> None:
    desk = at(page, about="years" if page != "board" else "", sort="met")
    change = types(word, desk, scene(page))
    assert (change.desk, change.deeds) == (desk, ())
    assert change.said


def test_a_kind_word_to_a_person_is_for_the_person() -> None:
    assert types("谢谢", at("letters"), scene("letters")).deeds


def test_what_a_button_reads_may_be_typed() -> None:
    change = types("还是受理", at("accepting"), scene("accepting", dossier=replace(dossier(), papers=())))
    assert change.deeds == (deeds.Accepted(STAY.id, STAY.version),)
