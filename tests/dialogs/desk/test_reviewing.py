"""Answers one by one: what is sent back on them, and slips that are mended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.desk import deeds
from dialogs.desk.desk_scene import RemarkBrief
from dialogs.desk.naming import name_of
from dialogs.desk.reviewing import LONGEST
from dialogs.turn import Summary
from tests.dialogs.desk.desks import CLERK, NOW, STAY, at, dossier, press, scene, screen, types, words

TRADE = name_of("nominee 1", "trade")
DRAFT = RemarkBrief("r" * 32, "nominee 1", "trade", "wrong", "工种写全称", "韦经办", 1, None, None)


def test_every_answer_stands_there_and_leads_to_what_can_be_said_of_it() -> None:
    shown = screen("answers")
    (summary,) = (part for part in shown.parts if isinstance(part, Summary))
    lines = {line.label: line for group in summary.groups for line in group.lines}
    assert lines["工种"].value == "焊工"
    assert lines["身份证号"].value.startswith("4501**")
    assert "9129963" not in lines["身份证号"].value
    change = press(shown, "看：工种", at("answers"), scene("answers"))
    assert (change.desk.page, change.desk.about) == ("remark", TRADE)


def test_a_ready_made_reason_is_two_presses() -> None:
    desk = at("remark", about=TRADE)
    change = press(screen("remark", desk=desk), "写错了", desk, scene("remark"))
    desk = change.desk
    shown = screen("remark", desk=desk)
    change = press(shown, "有错别字", desk, scene("remark"))
    (deed,) = change.deeds
    assert deed == deeds.Remarked(STAY.id, "nominee 1", "trade", "wrong", "有错别字，请改一下。")
    assert change.desk.page == "answers"


@pytest.mark.parametrize(("sort", "kept"), [("", "wrong"), ("missing", "missing"), ("outdated", "outdated")])
def test_own_words_are_a_remark_of_the_sort_that_was_pressed(sort: str, kept: str) -> None:
    change = types("写全称：电焊工", at("remark", about=TRADE, sort=sort), scene("remark"))
    assert change.deeds == (deeds.Remarked(STAY.id, "nominee 1", "trade", kept, "写全称：电焊工"),)  # type: ignore[arg-type]


def test_a_remark_that_is_too_long_is_told_with_both_numbers() -> None:
    change = types("长" * (LONGEST + 1), at("remark", about=TRADE), scene("remark"))
    assert not change.deeds
    assert f"{LONGEST}个字" in change.said[0].text
    assert f"{LONGEST + 1}个字" in change.said[0].text


def test_from_one_answer_it_goes_on_to_the_next_and_from_the_last_to_all() -> None:
    (summary,) = (part for part in screen("answers").parts if isinstance(part, Summary))
    names = [line.edit.action.about for group in summary.groups for line in group.lines]
    seen = [names[0]]
    while "看下一项" in [each.label for each in screen("remark", desk=at("remark", about=seen[-1])).buttons]:
        desk = at("remark", about=seen[-1])
        change = press(screen("remark", desk=desk), "看下一项", desk, scene("remark"))
        assert change.desk.page == "remark"
        seen.append(change.desk.about)
    assert seen == names
    desk = at("remark", about=seen[-1])
    assert press(screen("remark", desk=desk), "看别的项", desk, scene("remark")).desk.page == "answers"


def test_a_section_tells_on_how_many_of_its_answers_something_is_said() -> None:
    (summary,) = (
        part
        for part in screen("answers", dossier=dossier(remarks=(DRAFT,))).parts
        if isinstance(part, Summary)
    )
    (told,) = (group.note for group in summary.groups if "意见" in group.note)
    assert told.endswith("1项有意见")


def test_a_question_that_is_not_in_the_case_takes_no_remark() -> None:
    desk = at("remark", about=name_of("nominee 1", "unheard"))
    assert "这一项现在没有了" in words(screen("remark", desk=desk))
    change = types("写错了", desk, scene("remark"))
    assert not change.deeds
    assert (change.desk.page, "没有记下" in change.said[0].text) == ("answers", True)


def test_what_will_be_sent_back_is_read_once_more() -> None:
    case = dossier(remarks=(DRAFT,))
    shown = screen("returning", dossier=case)
    assert "工种（写错了）：工种写全称" in words(shown)
    change = press(shown, "确定退回", at("returning"), scene("returning", dossier=case))
    assert change.deeds == (deeds.Returned(STAY.id, STAY.version),)


def test_nothing_is_sent_back_before_something_is_written() -> None:
    assert "还没有写意见" in words(screen("returning"))


def test_a_remark_can_be_dropped_before_it_is_sent() -> None:
    case = dossier(remarks=(DRAFT,))
    change = press(
        screen("returning", dossier=case), "不提了", at("returning"), scene("returning", dossier=case)
    )
    assert change.deeds == (deeds.RemarkDropped(STAY.id, DRAFT.id),)


def test_a_slip_is_mended_only_where_the_office_allows_it() -> None:
    desk = at("remark", about=TRADE)
    assert "笔误" not in "".join(each.label for each in screen("remark", desk=desk).buttons)
    allowed = replace(CLERK, corrects=True)
    assert "笔误" in "".join(each.label for each in screen("remark", allowed, desk=desk).buttons)


def test_a_correction_is_read_as_its_owner_would_be() -> None:
    allowed = replace(CLERK, corrects=True)
    start = name_of("nominee 1", "trade_start")
    desk = at("correcting", about=start)
    change = types("2015年八月", desk, scene("correcting", allowed))
    assert change.deeds == (deeds.Corrected(STAY.id, "nominee 1", "trade_start", "2015-08"),)
    wrong = types("很久以前", desk, scene("correcting", allowed))
    assert not wrong.deeds
    assert wrong.said[0].tone == "problem"


def test_a_remark_stands_beside_its_answer_with_who_wrote_it() -> None:
    sent = replace(DRAFT, sent=NOW)
    shown = screen("answers", dossier=dossier(remarks=(sent,)))
    (summary,) = (part for part in shown.parts if isinstance(part, Summary))
    (line,) = (line for group in summary.groups for line in group.lines if line.label == "工种")
    assert (line.state, line.remark) == ("wrong", "写错了：工种写全称")
