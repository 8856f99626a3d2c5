"""Who goes on, who is out: the list's presses, one nominee, and what their words mean there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.desk import deeds, stage_deeds
from dialogs.desk.course_scene import Selection
from tests.dialogs.desk.desks import HEAD, STAY, at, press, scene, screen, selection, types, words

PAGE = at("choosing", selection="nanning-2026", stage="screening")
ONE = at("standing", selection="nanning-2026", stage="screening", about=STAY.case)
KNOWN = ("nanning-2026", "screening", STAY.version, STAY.case)


@pytest.mark.parametrize(
    ("outcome", "mode", "label", "becomes"),
    [
        ("", "", "通过：", "on"),
        ("on", "", "取消：", "out"),
        ("out", "", "通过：", "on"),
        ("reserve", "", "通过：", "on"),
        ("on", "reserve", "后备：", "reserve"),
        ("reserve", "reserve", "取消：", "out"),
    ],
)
def test_a_press_on_the_list_puts_somebody_there_and_a_second_takes_them_off(
    outcome: str, mode: str, label: str, becomes: str
) -> None:
    desk, there = PAGE.model_copy(update={"sort": mode}), selection("screening", outcome)
    shown = screen("choosing", HEAD, desk, selection=there)
    change = press(shown, f"{label}{STAY.name}", desk, scene("choosing", HEAD, selection=there))
    assert change.deeds == (stage_deeds.StandingSet(*KNOWN, becomes),)  # type: ignore[arg-type]
    assert change.desk.page == "choosing", "the list stays, with its page"


def test_a_list_of_many_is_turned_page_by_page() -> None:
    there = replace(selection(), of=25)
    desk = PAGE.model_copy(update={"leaf": 1})
    shown = screen("choosing", HEAD, desk, selection=there)
    assert press(shown, "下一页（3/3）", desk, scene("choosing", HEAD)).desk.leaf == 2
    assert press(shown, "上一页", desk, scene("choosing", HEAD)).desk.leaf == 0


def test_a_list_is_come_back_to_where_it_was_left_and_begins_anew_from_the_stages() -> None:
    desk = ONE.model_copy(update={"leaf": 2})
    there = selection("screening", "on")
    shown = screen("standing", HEAD, desk, selection=there)
    assert press(shown, "回到名单", desk, scene("standing", HEAD, selection=there)).desk.leaf == 2
    stages = at("stages", selection="nanning-2026", stage="screening", leaf=2)
    change = press(screen("stages", HEAD, stages), "看名单", stages, scene("stages", HEAD))
    assert (change.desk.page, change.desk.about, change.desk.leaf) == ("choosing", "screening", 0)


def test_all_go_on_by_one_press_only_where_there_is_room() -> None:
    there = replace(selection(), counts={"": 50}, of=50)
    assert "没定的50人都通过" in labels(there)
    assert not [each for each in labels(replace(there, counts={"": 51}, of=51)) if "都通过" in each]


def labels(there: Selection) -> list[str]:
    return [each.label for each in screen("choosing", HEAD, PAGE, selection=there).all_buttons()]


@pytest.mark.parametrize(
    ("stage", "outcome", "sort", "said", "deed"),
    [
        ("notice", "on", "object", "年限不够", stage_deeds.ObjectedTo(*KNOWN, "年限不够")),
        ("notice", "objected", "true", "属实", stage_deeds.ObjectionAnswered(*KNOWN, "属实", True)),
        ("notice", "objected", "false", "不实", stage_deeds.ObjectionAnswered(*KNOWN, "不实", False)),
        ("notice", "on", "out", "本人放弃", stage_deeds.StandingSet(*KNOWN, "out", "本人放弃")),
        ("notice", "", "up", "前一位病了", stage_deeds.MovedUp(*KNOWN, "前一位病了")),
        ("screening", "on", "", "国赛冠军", stage_deeds.StandingSet(*KNOWN, "on", "国赛冠军")),
        ("screening", "on", "", "第三名", stage_deeds.StandingPlaced(*KNOWN, 3)),
        ("screening", "reserve", "", "2", stage_deeds.StandingPlaced(*KNOWN, 2)),
        ("screening", "out", "", "材料不全", stage_deeds.StandingSet(*KNOWN, "out", "材料不全")),
    ],
)
def test_words_are_what_the_page_asks_for(
    stage: str, outcome: str, sort: str, said: str, deed: deeds.Deed
) -> None:
    there = scene("standing", HEAD, selection=selection(stage, outcome))
    change = types(said, ONE.model_copy(update={"sort": sort}), there)
    assert change.deeds == (deed,)
    assert (change.desk.page, change.desk.about, change.desk.sort) == ("standing", STAY.case, "")


def test_a_name_that_is_typed_where_nothing_is_asked_is_searched_for() -> None:
    change = types("陆建华", ONE, scene("standing", HEAD, selection=selection("notice", "on")))
    assert (change.desk.page, change.desk.query) == ("search", "陆建华")


def test_a_reason_that_nobody_would_read_is_not_taken() -> None:
    change = types("长" * 301, ONE, scene("standing", HEAD, selection=selection("screening", "on")))
    assert not change.deeds
    assert "最多300个字" in change.said[0].text


def test_an_objection_can_be_found_true_or_not() -> None:
    shown = screen("standing", HEAD, ONE, selection=selection("notice", "objected"))
    assert {each.label for each in shown.buttons} >= {"核实了，属实", "核实了，不属实"}


def test_whoever_is_not_in_the_stage_any_more_is_told() -> None:
    shown = screen("standing", HEAD, ONE, selection=replace(selection(), one=None))
    assert "不在正在办的这一步里" in words(shown)


def test_where_nobody_came_so_far_the_way_there_is_told() -> None:
    there = replace(selection(), candidates=(), of=0, counts={})
    assert "还没有人走到这一步" in words(screen("choosing", HEAD, PAGE, selection=there))
