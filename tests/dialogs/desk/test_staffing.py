"""Colleagues and their seats, words with the person, the way back in."""

from __future__ import annotations

import pytest

from dialogs.desk import deeds
from dialogs.desk.desk_scene import LetterBrief
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


def test_a_head_invites_a_colleague_by_role_and_name() -> None:
    change = press(screen("colleagues", HEAD), "请一位经办人", at("colleagues"), scene("colleagues", HEAD))
    named = types("覃小勤", change.desk, scene("offering", HEAD))
    assert named.deeds == (deeds.SeatOffered(HEAD.office, "clerk", "覃小勤"),)


@pytest.mark.parametrize("seat", [CLERK, AUDITOR], ids=lambda seat: seat.role)
def test_nobody_else_invites(seat: object) -> None:
    shown = screen("colleagues", seat)  # type: ignore[arg-type]
    assert not any(each.action.verb in {"offer", "unseat"} for each in shown.buttons)


def test_a_name_that_is_too_long_is_told() -> None:
    change = types("名" * 21, at("offering", sort="clerk"), scene("offering", HEAD))
    assert not change.deeds
    assert "21个字" in change.said[0].text


def test_taking_a_seat_back_is_asked_about() -> None:
    change = press(screen("colleagues", HEAD), "收回韦经办", at("colleagues"), scene("colleagues", HEAD))
    assert change.desk.page == "unseating"
    shown = screen("unseating", HEAD, desk=change.desk)
    gone = press(shown, "收回", change.desk, scene("unseating", HEAD))
    assert gone.deeds == (deeds.SeatEnded(CLERK.id),)


def test_what_is_typed_at_the_letters_goes_to_the_person() -> None:
    asked = LetterBrief(4, "nominee 1", "", "周三能来交吗？", "", NOW, waits=True)
    case = dossier(letters=(asked,))
    assert "陆建华，6月15日 12:00：周三能来交吗？" in words(screen("letters", dossier=case))
    change = types("能，九点以后都行。", at("letters", letter=4), scene("letters", dossier=case))
    assert change.deeds == (deeds.Replied(STAY.id, "能，九点以后都行。", "nominee 1", 4),)


def test_who_wrote_is_said_and_an_answer_goes_to_them() -> None:
    asked = LetterBrief(4, "expert 1", "推荐专家1", "签名签哪里？", "", NOW, waits=True)
    there = scene("letters", dossier=dossier(letters=(asked,)))
    desk = at("letters", letter=4, about="expert.1")
    shown = screen("letters", desk=desk, dossier=there.dossier)
    assert "推荐专家1，6月15日 12:00：签名签哪里？" in words(shown)
    assert "直接打字，就发给推荐专家1。" in words(shown)
    assert types("右下角", desk, there).deeds == (deeds.Replied(STAY.id, "右下角", "expert 1", 4),)
    other = press(shown, "写给陆建华", desk, there).desk
    assert types("请来一趟", other, there).deeds[0] == deeds.Replied(STAY.id, "请来一趟", "nominee 1", 4)
    assert press(shown, "这几条不用回", desk, there).deeds == (deeds.LettersRead(STAY.id, "expert 1", 4),)


def test_a_head_gives_a_case_to_a_colleague_and_a_clerk_takes_it_on() -> None:
    given = press(screen("assigning", HEAD), "分给韦经办", at("assigning"), scene("assigning", HEAD))
    assert given.deeds == (deeds.Assigned(STAY.id, CLERK.id),)
    taken = press(screen("assigning"), "由我来办", at("assigning"), scene("assigning"))
    assert taken.deeds == (deeds.TakenOn(STAY.id),)


def test_a_code_is_given_after_a_look_at_the_id_card_and_a_press_that_says_so() -> None:
    shown = screen("recovering")
    assert "身份证" in words(shown)
    change = press(shown, "看过身份证", at("recovering"), scene("recovering"))
    assert change.deeds == (deeds.CodeIssued(STAY.id),)


@pytest.mark.parametrize(("label", "hour"), [("每天9点", 9), ("每天17点", 17)])
def test_a_digest_comes_at_an_hour_of_ones_choice(label: str, hour: int) -> None:
    change = press(screen("digest"), label, at("digest"), scene("digest"))
    assert change.deeds == (deeds.DigestAt(hour),)
