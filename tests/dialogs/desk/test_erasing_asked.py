"""What somebody wants gone while the office has it: marked, agreed to with what goes, or kept with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.desk import deeds
from dialogs.desk.deciding import LONGEST
from dialogs.desk.desk_scene import Board, ErasureBrief, SeatBrief
from dialogs.turn import Table
from tests.dialogs.desk.desks import (
    AUDITOR,
    CLERK,
    HEAD,
    NOW,
    STAY,
    at,
    dossier,
    press,
    scene,
    screen,
    types,
    words,
)

ASKED = dossier(erasures=(ErasureBrief("nominee 1", "", NOW),))
ABOUT = {"about": "nominee.1"}


def test_the_board_marks_it() -> None:
    shown = screen("board", board=Board({"next": 1}, (replace(STAY, erasing=True, state="returned"),), ""))
    (table,) = (part for part in shown.parts if isinstance(part, Table))
    assert "已退回，有人申请删除" in table.rows[0].cells


@pytest.mark.parametrize("seat", [CLERK, HEAD], ids=lambda seat: seat.role)
def test_the_case_says_who_asks_and_since_when(seat: SeatBrief) -> None:
    shown = screen("case", seat, dossier=ASKED)
    assert "陆建华6月15日 12:00申请删除，等您这里定。" in words(shown)
    change = press(shown, "去答复", at("case"), scene("case", seat, dossier=ASKED))
    assert (change.desk.page, change.desk.about) == ("erasing", "nominee.1")


def test_whoever_only_reads_answers_nothing() -> None:
    shown = screen("case", AUDITOR, dossier=ASKED)
    assert "申请删除" in words(shown)
    assert not any(each.action.verb == "erasing" for each in shown.buttons)


def test_what_goes_is_said_before_it_is_agreed_to() -> None:
    desk = at("erasing", **ABOUT)
    shown = screen("erasing", desk=desk, dossier=ASKED)
    assert "都删掉，不能恢复" in words(shown)
    change = press(shown, "同意删除", desk, scene("erasing", dossier=ASKED))
    assert change.deeds == (deeds.ErasureAgreed(STAY.id, STAY.version, "nominee 1"),)


def test_from_an_old_screen_nothing_is_agreed_to() -> None:
    desk = at("erasing", **ABOUT)
    shown = screen("erasing", desk=desk, dossier=ASKED)
    later = desk.model_copy(update={"revision": desk.revision + 1})
    assert not press(shown, "同意删除", later, scene("erasing", dossier=ASKED)).deeds


def test_it_is_kept_with_a_reason_in_words() -> None:
    desk = at("keeping", **ABOUT)
    there = scene("keeping", dossier=ASKED)
    assert "陆建华会看到" in words(screen("keeping", desk=desk, dossier=ASKED))
    assert types("公示没完", desk, there).deeds == (deeds.ErasureKept(STAY.id, "nominee 1", "公示没完"),)
    long = types("字" * (LONGEST + 1), desk, there)
    assert not long.deeds
    assert str(LONGEST) in long.said[0].text


def test_of_an_expert_only_their_own_part_goes() -> None:
    asked = dossier(erasures=(ErasureBrief("expert 1", "推荐专家1", NOW),))
    shown = screen("erasing", desk=at("erasing", about="expert.1"), dossier=asked)
    assert "推荐专家1写的、传的都删掉" in words(shown)
    assert "陆建华的申报还在" in words(shown)


@pytest.mark.parametrize("page", ["erasing", "keeping"])
def test_a_request_that_was_answered_meanwhile_is_told(page: str) -> None:
    shown = screen(page, desk=at(page, **ABOUT), dossier=dossier())
    assert "已经答复过了" in words(shown)
