from dataclasses import replace

import pytest

from forms.dates import leading

from .speaking import HERE, answer, checked, draft, prompts, question, refusal


@pytest.mark.parametrize(
    "said",
    [
        "2016年6月20日",
        "2016.6.20",
        "20160620",
        "2016年6月20日 下午3:30",
        "2016年6月20日 上午9:05",
        "2016-06-20 15:30",
        "二〇一六年六月二十日",
        "20/6/2016",
        "Jun 20, 2016",
        "2016 06 20",
        "2016‐06‐20",
        "2016−6−20",
        "2016一6一20",
    ],
)
def test_a_day_as_people_type_it(said: str) -> None:
    assert answer(question("date"), said) == "2016-06-20"


@pytest.mark.parametrize("said", ["2009年元月5日", "二〇〇九年元月五号"])
def test_a_day_of_january_by_its_name(said: str) -> None:
    assert answer(question("date"), said) == "2009-01-05"


@pytest.mark.parametrize("kind", ["date", "month"])
@pytest.mark.parametrize(
    "said",
    [
        "农历1978年八月十五",
        "1978年8月15日（农历）",
        "我是阴历1978年8月15日生的",
        "旧历6月20日",
        "1978年八月初三",
        "1978年八月廿三",
        "1954年冬月初一",
        "1984年闰十月",
        "1990年腊月",
    ],
)
def test_a_day_of_the_moon_is_asked_for_in_the_solar_calendar(kind: str, said: str) -> None:
    assert "公历" in refusal(question(kind), said)


def test_a_day_of_the_moon_noted_beside_a_solar_day_does_not_matter() -> None:
    assert answer(question("date"), "1978年9月17日（农历八月十五）") == "1978-09-17"
    assert answer(question("date"), "1978年9月17日(阴历8月15)") == "1978-09-17"


@pytest.mark.parametrize(
    ("line", "dates", "rest"),
    [
        ("2003年7月―2009年12月 桂南公司", ["2003年7月", "2009年12月"], " 桂南公司"),
        ("2003年7月一2009年12月 桂南公司", ["2003年7月", "2009年12月"], " 桂南公司"),
        ("2003.7‒2009.12 桂南公司", ["2003.7", "2009.12"], " 桂南公司"),
        ("2018年度先进工作者 2019年1月 公司", [], "2018年度先进工作者 2019年1月 公司"),
        ("2005级学徒", [], "2005级学徒"),
    ],
)
def test_the_dates_that_a_line_begins_with(line: str, dates: list[str], rest: str) -> None:
    assert leading(line) == (dates, rest)


def test_a_month_is_completed_by_the_bare_day() -> None:
    asked = question("date")
    assert prompts(asked, draft(asked, "2016年6月")) == "2016年6月几日？只发数字也行，例如：20"
    assert answer(asked, "2016年", "6", "20日") == "2016-06-20"


def test_the_month_is_enough_where_the_question_says_so() -> None:
    asked = question("date", month_enough=True)
    assert answer(asked, "2016.6") == "2016-06"
    assert answer(asked, "2016.6.20") == "2016-06-20"


def test_a_day_that_never_was_is_refused() -> None:
    assert refusal(question("date"), "2015年2月29日") == "2015年2月没有 29 日，最多到 28 日。请再写一次。"
    assert "还没有到" in refusal(question("date"), "2026年6月16日")


@pytest.mark.parametrize("kind", ["month", "date"])
def test_an_end_before_its_start_is_refused_in_plain_words(kind: str) -> None:
    asked = question(kind, not_before="begun")
    about = replace(HERE, scope={"begun": "2016-06-20"})
    assert refusal(asked, "2016年5月1日", about=about).startswith("结束的2016年5月")
    assert answer(asked, "2016年6月20日", about=about) == "2016-06-20"[: 7 if kind == "month" else 10]
    assert answer(asked, "2016年5月1日") == "2016-05-01"[: 7 if kind == "month" else 10]


def test_an_end_that_a_later_start_overtakes_must_be_mended() -> None:
    asked = question("date", not_before="begun")
    [remark] = asked.remarks("2016-06-20", replace(HERE, scope={"begun": "2016-06-21"}))
    assert remark.blocking
    assert str(remark.message) == "结束的2016年6月20日比开始的2016年6月21日还早，请核对后再写一次。"
    assert asked.remarks("2016-06-20", replace(HERE, scope={"begun": "2016-06-20"})) == ()


@pytest.mark.parametrize(
    ("said", "year"), [("03年就来南宁了", "2003"), ("98年就在这里", "1998"), ("2009年的时候过来的", "2009")]
)
def test_of_a_year_told_by_the_way_the_month_is_asked_for(said: str, year: str) -> None:
    assert draft(question("date", month_enough=True), said) == {"known": year}


@pytest.mark.parametrize("said", ["七八年前", "05年开始干，07年来南宁"])
def test_how_long_it_was_is_no_year(said: str) -> None:
    refusal(question("date", month_enough=True), said)


@pytest.mark.parametrize("said", ["干了20年", "20年了"])
def test_how_long_it_has_lasted_is_not_2020(said: str) -> None:
    assert draft(question("date", month_enough=True), said) == {"known": "2006"}


@pytest.mark.parametrize("said", ["6月1日", "6.1", "六月一号"])
def test_a_day_alone_is_that_of_the_last_year_in_which_it_was(said: str) -> None:
    assert checked(question("date"), said)[0].endswith("-06-01")


def test_a_day_is_what_is_wanted_where_a_day_is_asked_for() -> None:
    assert "几月几日" in refusal(question("date"), "上周五")
    assert "几月几日" not in refusal(question("date", month_enough=True), "上周五")
