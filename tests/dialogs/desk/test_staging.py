"""The course of a selection: what is shown of each stage, what is asked before one begins, and before it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dialogs.desk import stage_deeds
from dialogs.desk.course_scene import Selection, StageBrief
from dialogs.desk.staging import STAGE_LIST, day_of
from dialogs.turn import Table
from forms.message import Message
from forms.stages import stage_of
from tests.dialogs.desk.desks import AUDITOR, CLERK, HEAD, at, press, scene, screen, selection, types, words
from tests.forms.programmes.cases import programme

TODAY = date(2026, 6, 15)


def ready(name: str, stage: str, places: int | None) -> Selection:
    """A programme of which this stage could begin now."""
    known = programme(name)
    found = stage_of(known.stages, stage)
    assert found
    return Selection(known, (StageBrief(found, "ready", places=places),))


def test_every_stage_tells_when_by_which_clause_and_where_it_is() -> None:
    shown = screen("stages", HEAD, selection=selection("experts"))
    (table,) = (part for part in shown.parts if isinstance(part, Table))
    assert [row.cells for row in table.rows][:4] == [
        ("申报", "2026年5月27日—6月30日", "五（一）", "不在这里办"),
        ("初审", "2026年7—8月", "五（二）1", "已结束（6月15日 12:00）"),
        ("专家评审", "2026年7—8月", "五（二）2", "正在办（6月15日 12:00开始）"),
        ("市总工会评定", "2026年7—8月", "五（二）3", "还没到"),
    ]
    assert "专家评审：还没定1人。" in words(shown)
    assert "25 × 1.5 = 37.5，四舍五入取38" in words(shown)


@pytest.mark.parametrize("seat", [CLERK, AUDITOR], ids=lambda seat: seat.role)
def test_whoever_is_no_head_may_look(seat: object) -> None:
    shown = screen("stages", seat)  # type: ignore[arg-type]
    verbs = {each.action.verb for each in shown.all_buttons()}
    assert verbs == {"listing", "board"}
    assert "由负责人来办" in words(shown)


def test_where_there_are_several_programmes_one_is_chosen() -> None:
    several = (("nanning-2026", "南宁工匠"), ("guilin", "桂林工匠"))
    there = scene("stages", HEAD, selection=None, programmes=several)
    shown = screen("stages", HEAD, selection=None, programmes=several)
    change = press(shown, "桂林工匠", at("stages"), there)
    assert (change.desk.page, change.desk.selection) == ("stages", "guilin")


def test_a_list_that_is_up_is_a_document_once_there_is_a_name_on_it() -> None:
    assert not screen("stages", HEAD, selection=selection("notice")).cards
    (card,) = screen("stages", HEAD, selection=selection("notice", "on")).cards
    assert card.document == STAGE_LIST


def test_nothing_is_entered_where_the_notice_gives_it_all() -> None:
    desk = at("beginning", about="screening", selection="nanning-2026")
    there = scene("beginning", HEAD, selection=selection(""))
    shown = screen("beginning", HEAD, desk, selection=selection(""))
    assert "最多50人" in words(shown)
    change = press(shown, "开始", desk, there)
    assert change.deeds == (stage_deeds.StageBegun("nanning-2026", "screening", None, "", ""),)


@pytest.mark.parametrize(
    ("said", "figure", "reason"),
    [
        ("20", 20, ""),
        ("二十个", 20, ""),
        ("５个工作日吧", 5, ""),
        ("公示7天", 7, ""),
        ("名额：30", 30, ""),
        ("两个", 2, ""),
        ("一共30个名额", 30, ""),
        ("30人，2026年评选通知定的", 30, "2026年评选通知定的"),
        ("定２５个。理由：领导小组会议", 25, "理由：领导小组会议"),
    ],
)
def test_places_are_read_as_people_write_them(said: str, figure: int, reason: str) -> None:
    there = ready("guilin", "screening", None)
    change = types(said, at("beginning", about="screening"), scene("beginning", HEAD, selection=there))
    assert (change.desk.figure, change.desk.reason) == (figure, reason)


@pytest.mark.parametrize("said", ["不知道", "零", "0", "看通知", "2026年通知定的", "五六天", "9.5"])
def test_what_is_no_number_is_asked_again(said: str) -> None:
    there = ready("guilin", "screening", None)
    change = types(said, at("beginning", about="screening"), scene("beginning", HEAD, selection=there))
    assert change.desk.figure is None
    assert "请打一个数字" in change.said[0].text


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("今天", "2026-06-15"),
        ("明天开始", "2026-06-16"),
        ("后天", "2026-06-17"),
        ("9月3日", "2026-09-03"),
        ("从9月3号开始公示", "2026-09-03"),
        ("九月三日", "2026-09-03"),
        ("2027年1月4日", "2027-01-04"),
        ("2026-09-03", "2026-09-03"),
        ("9.3", "2026-09-03"),
        ("9/3", "2026-09-03"),
        ("这周五", "2026-06-19"),
        ("周一", "2026-06-15"),
        ("周日", "2026-06-21"),
        ("下星期一", "2026-06-22"),
        ("下周三吧", "2026-06-24"),
    ],
)
def test_the_day_of_a_list_is_read_as_people_write_it(said: str, day: str) -> None:
    assert day_of(said, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("said", ["过几天", "9月", "2026年9月", "9月31日", "第3天", "13.1", ""])
def test_what_is_no_day_is_asked_again(said: str) -> None:
    assert isinstance(day_of(said, TODAY), Message)


@pytest.mark.parametrize(
    ("figure", "reads"), [("367", "这个数字不对"), ("999999", "这个数字不对"), ("366", "")]
)
def test_days_that_nobody_would_count_are_not_taken(figure: str, reads: str) -> None:
    there = ready("liuzhou-2025", "notice", 30)
    change = types(figure, at("beginning", about="notice"), scene("beginning", HEAD, selection=there))
    assert [reads in each.text for each in change.said] == [True] * bool(reads)


@pytest.mark.parametrize("said", ["2036年9月3日", "2016年9月3日"])
def test_a_day_of_another_year_is_asked_again(said: str) -> None:
    there = ready("nanning-2026", "notice", 25)
    change = types(said, at("beginning", about="notice"), scene("beginning", HEAD, selection=there))
    assert "太远了" in change.said[0].text


def test_ending_a_review_tells_who_is_out_by_it() -> None:
    shown = screen("closing", HEAD, selection=selection("screening"))
    assert "还有1人没有定，结束的时候都记为未通过。" in words(shown)
    change = press(shown, "结束，", at("closing", selection="n", stage="screening"), scene("closing", HEAD))
    assert change.deeds == (stage_deeds.StageClosed("n", "screening", 3),)


def test_a_programme_whose_notice_has_no_stages_says_so() -> None:
    known = programme("nanning-2026")
    bare = Selection(known.model_copy(update={"stages": ()}), ())
    assert "没有写受理以后怎么评" in words(screen("stages", HEAD, selection=bare))


def test_what_was_chosen_and_is_on_offer_no_more_is_told() -> None:
    shown = screen(
        "stages", HEAD, at("stages", selection="gone"), selection=None, programmes=(("gone", "x"),)
    )
    assert "现在不在办" in words(shown)


def test_a_stage_that_somebody_else_began_meanwhile_is_not_asked_about() -> None:
    desk = at("beginning", about="screening", selection="nanning-2026")
    shown = screen("beginning", HEAD, desk, selection=selection("screening"))
    assert "现在不能开始" in words(shown)
    assert replace(selection(), shown=None).on is not None
