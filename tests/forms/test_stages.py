"""How many may go on from a stage, and how long a list is up: with the arithmetic, rounded and counted as said."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from forms import stages, workdays
from forms.stages import Stage, allowed, counted, stage_of
from tests.forms.programmes.cases import programme

NANNING, LIUZHOU, GUILIN = "nanning-2026", "liuzhou-2025", "guilin"
DAGUO, NANYUE = "daguo-jiangsu-2026", "nanyue-2020"


def stage(name: str, identifier: str) -> Stage:
    found = stage_of(programme(name).stages, identifier)
    assert found
    return found


def review(ratio: str, **more: Any) -> Stage:
    return Stage(id="review", title="评审", kind="review", ratio=ratio, clause="五", **more)


def notice(**more: Any) -> Stage:
    return Stage(id="notice", title="公示", kind="notice", clause="五", **more)


# How many


def test_nanning_lets_go_on_what_its_ratios_come_to_and_says_how_they_are_rounded() -> None:
    places = programme(NANNING).places
    told = [
        allowed(stage(NANNING, each), places) for each in ("screening", "experts", "assessment", "decision")
    ]
    assert [each.number for each in told] == [50, 38, 33, 28]
    assert [str(each.sentence) for each in told] == [
        "名额25个，按1:2：25 × 2 = 50，最多50人（五（二）1）。",
        "名额25个，按1:1.5：25 × 1.5 = 37.5，四舍五入取38，最多38人（五（二）2）。",
        "名额25个，按1:1.3：25 × 1.3 = 32.5，四舍五入取33，最多33人（五（二）3）。",
        "名额25个，按1:1.1：25 × 1.1 = 27.5，四舍五入取28，最多28人（五（二）4）。",
    ]
    assert [allowed(stage(NANNING, each), places).number for each in ("notice", "naming")] == [25, 25]


def test_liuzhou_has_one_ratio_twice_and_staff_may_set_another_number_for_the_second() -> None:
    places = programme(LIUZHOU).places
    experts, assessment = stage(LIUZHOU, "experts"), stage(LIUZHOU, "assessment")
    assert allowed(experts, places).number == allowed(assessment, places).number == 39
    set_ = allowed(assessment, places, 35)
    assert (set_.number, str(set_.sentence)) == (35, "通知在这里没说清（三（五）），工作人员定了最多35人。")
    assert (stages.enters(experts, places), stages.enters(assessment, places)) == ("", "number")
    assert allowed(experts, places, 35).number == 39, "where the notice is clear nobody sets anything"
    assert allowed(stage(LIUZHOU, "decision"), places).number == 30


def test_where_nothing_bounds_a_stage_whoever_is_qualified_goes_on() -> None:
    told = allowed(stage(LIUZHOU, "qualification"), 30)
    assert (told.number, told.sure, str(told.sentence)) == (
        None,
        None,
        "通知没有写比例，不限人数（三（二））。",
    )


@pytest.mark.parametrize(
    ("places", "number", "reserves"),
    [(10, 11, 1), (20, 22, 2), (25, 28, 3), (30, 33, 3), (45, 50, 5), (50, 55, 5), (14, 15, 1), (4, 4, 0)],
)
def test_guilins_reserve_is_a_tenth_of_the_places_and_leaves_the_places_themselves(
    places: int, number: int, reserves: int
) -> None:
    told = allowed(stage(GUILIN, "decision"), places)
    assert (told.number, told.reserves, told.sure) == (number, reserves, places)
    assert f"其中后备{reserves}人" in str(told.sentence)


def test_guilin_gives_no_places_so_staff_enter_them_before_the_first_stage() -> None:
    first = stage(GUILIN, "screening")
    assert (stages.wanting(first, None), stages.wanting(first, 20)) == ("places", "")
    with pytest.raises(ValueError, match="places"):
        allowed(first, None)
    assert (
        str(allowed(first, 15).sentence)
        == "名额15个，按1:1.5：15 × 1.5 = 22.5，四舍五入取23，最多23人（第八条（三））。"
    )


@pytest.mark.parametrize(
    ("ratio", "places", "number"),
    [
        ("1:1", 7, 7),
        ("1:1.3", 10, 13),
        ("1:1.3", 18, 23),
        ("1:1.25", 10, 13),
        ("1:1.1", 1, 1),
        ("1:1.05", 30, 32),
    ],
)
def test_a_ratio_is_reckoned_exactly_and_rounded_half_up(ratio: str, places: int, number: int) -> None:
    assert allowed(review(ratio), places).number == number


@pytest.mark.parametrize("ratio", ["1:0.9", "1：1.3", "1.3", "2:3", "1:", "1:1.3.1", "1:x", "1:-2"])
def test_what_is_no_ratio_is_refused_where_somebody_would_go_by_it(ratio: str) -> None:
    with pytest.raises(ValidationError, match="no ratio"):
        review(ratio)
    assert Stage(title="评审", ratio=ratio).share is None or ratio == "1:0.9", (
        "a stage that is told is a text"
    )


# The days of a notice


def test_five_working_days_over_a_weekend() -> None:
    days = counted(stage(NANNING, "notice"), date(2026, 9, 2))
    assert (days.ends, days.settled) == (date(2026, 9, 8), True), "of 2026, whose holidays are published"
    assert str(days.sentence) == "公示5个工作日，2026年9月2日算第一天，到2026年9月8日为止（五（三））。"


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        # Mid-autumn is 25 September 2026, the National Day runs from 1 to 7 October; 20 September and 10 October are
        # days of work
        (date(2026, 9, 24), date(2026, 10, 8)),
        (date(2026, 9, 18), date(2026, 9, 23)),
        (date(2026, 9, 28), date(2026, 10, 9)),
        (date(2026, 10, 1), date(2026, 10, 13)),
        (date(2026, 10, 9), date(2026, 10, 14)),
    ],
)
@pytest.mark.parametrize("name", [NANNING, GUILIN])
def test_swapped_days_of_work_count_and_holidays_do_not(name: str, starts: date, ends: date) -> None:
    assert counted(stage(name, "notice"), starts).ends == ends


def test_a_list_that_is_put_up_on_a_day_off_counts_from_the_next_working_day() -> None:
    days = counted(notice(days=1), date(2026, 10, 3))
    assert days.ends == date(2026, 10, 8)
    assert "2026年10月3日不上班，从下一个工作日算起" in str(days.sentence)


def test_days_of_a_year_that_is_not_published_are_for_the_time_being() -> None:
    days = counted(notice(days=5), date(2199, 3, 4))
    assert not days.settled
    assert str(days.sentence).endswith("暂定：那一年的放假安排还没有公布，只跳过了周末。")
    assert counted(notice(days=5, working=False), date(2199, 3, 4)).settled, "calendar days are never swapped"


def test_calendar_days_are_counted_with_both_ends() -> None:
    days = counted(notice(days=5, working=False), date(2026, 10, 1))
    assert (days.ends, str(days.sentence)) == (
        date(2026, 10, 5),
        "公示5天，2026年10月1日算第一天，到2026年10月5日为止（五）。",
    )


@pytest.mark.parametrize("working", [True, False])
def test_where_the_first_day_does_not_count_a_notice_is_a_day_longer(working: bool) -> None:
    for number in range(30):
        starts = date(2026, 9, 14) + timedelta(days=number)
        without = counted(notice(days=5, working=working, first_day=False), starts).ends
        after = starts + timedelta(days=1)
        assert without == counted(notice(days=5, working=working), after).ends, starts


def test_the_working_days_of_a_notice_are_as_many_as_it_says() -> None:
    for number in range(400):
        starts = date(2026, 1, 1) + timedelta(days=number)
        ends = counted(notice(days=5), starts).ends
        assert workdays.until(starts, ends) == 5
        assert workdays.working(ends)


@pytest.mark.parametrize("name", [LIUZHOU, NANYUE])
def test_where_the_notice_gives_no_length_staff_enter_one(name: str) -> None:
    own = stage(name, "notice")
    assert stages.wanting(own, programme(name).places) == stages.enters(own, 30) == "days"
    with pytest.raises(ValueError, match="days"):
        counted(own, date(2026, 4, 7))
    assert counted(own, date(2026, 4, 7), 7).ends == date(2026, 4, 15)


def test_the_length_that_a_notice_gives_is_not_for_staff_to_change() -> None:
    assert counted(stage(NANNING, "notice"), date(2026, 9, 14), 1).number == 5


def test_a_day_at_the_end_of_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="counted from"):
        counted(notice(days=5), date(9999, 12, 30))


# The stages of the five


def test_each_programme_can_be_walked_from_end_to_end() -> None:
    walked = {
        name: [each.id for each in stages.walked(programme(name).stages)] for name in (NANNING, LIUZHOU)
    }
    assert walked[NANNING] == ["screening", "experts", "assessment", "decision", "notice", "naming"]
    assert walked[LIUZHOU] == [
        *("qualification", "inspection", "experts", "assessment", "decision", "notice", "naming"),
    ]
    for name in (NANNING, LIUZHOU, GUILIN, DAGUO, NANYUE):
        whole = programme(name)
        asked: dict[str, int | None] = {}
        for each in stages.walked(whole.stages):
            places = whole.places or asked.get(each.by)
            if stages.wanting(each, places) == "places":
                places = asked[each.by] = 20
            assert allowed(each, places).sentence


def test_the_stages_of_two_offices_are_two_ways() -> None:
    whole = programme(DAGUO).stages
    city, province = stage(DAGUO, "recommendation"), stage(DAGUO, "decision")
    assert (stages.earlier(whole, city), stages.earlier(whole, province)) == ((), ())
    nanning = programme(NANNING).stages
    assert [each.id for each in stages.earlier(nanning, stage(NANNING, "assessment"))] == [
        "experts",
        "screening",
    ]
    assert stage_of(nanning, "nowhere") is None
