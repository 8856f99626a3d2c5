import pytest

from forms.kinds.base import Circumstances, Given, Unfinished

from .speaking import TODAY, answer, checked, draft, keys, prompts, question, refusal, remarks

BORN = Circumstances(today=TODAY, scope={"birth": "1984-09-12"})


@pytest.mark.parametrize(
    "said",
    [
        "2016年6月",
        "2016.6",
        "2016-06",
        "201606",
        "２０１６年６月",
        "二〇一六年六月",
        "二○一六年六月",
        "2016/6",
        "2016 6",
        "2016年06月份",
        "2016年6月起",
        "6/2016",
        "June 2016",
        "June of 2016",
        "in June 2016",
        "the 20th of June 2016",
        "2016 June",
        "I started working in June 2016",
        "2016年6月20日",
        "20160620",
        "2016。6",
        "自2016年6月",
        "2016‐6",
        "2016―06",
        "2016−6",
        "2016一6",
    ],
)
def test_june_2016_as_people_type_it(said: str) -> None:
    assert answer(question("month"), said) == "2016-06"


@pytest.mark.parametrize("said", ["2009年元月", "二〇〇九年元月", "2009年元月份"])
def test_january_has_a_name_of_its_own(said: str) -> None:
    assert answer(question("month"), said) == "2009-01"


@pytest.mark.parametrize("said", ["16年6月", "16.6", "大概2016年6月", "一六年六月", "160601"])
def test_a_guess_is_asked_back(said: str) -> None:
    assert checked(question("month"), said) == ("2016-06", "您说的是2016年6月，对吗？")


@pytest.mark.parametrize(
    ("said", "month"),
    [("03年7月", "2003-07"), ("零三年七月", "2003-07"), ("99.3", "1999-03"), ("26.1", "2026-01")],
)
def test_of_two_centuries_the_one_before_the_birth_is_none(said: str, month: str) -> None:
    assert answer(question("month"), said, about=BORN) == month
    assert checked(question("month"), f"大概{said}", about=BORN)[0] == month


@pytest.mark.parametrize("said", ["85年3月", "85.3", "八五年三月"])
def test_of_two_centuries_the_one_still_to_come_is_none(said: str) -> None:
    assert answer(question("month"), said) == "1985-03"
    assert checked(question("month", past=False), said)[0] == "1985-03"


def test_where_neither_century_or_both_will_do_it_is_asked_back() -> None:
    young = Circumstances(today=TODAY, scope={"birth": "1994-09-12"})
    old = Circumstances(today=TODAY, scope={"birth": "1902-01-01"})
    assert checked(question("month"), "85年3月", about=young)[0] == "1985-03"
    assert checked(question("month"), "03年7月", about=old)[0] == "2003-07"
    assert checked(question("month"), "03年7月")[0] == "2003-07"


def test_of_two_centuries_the_one_before_the_beginning_is_none() -> None:
    begun = Circumstances(today=TODAY, scope={"start": "1998-09"})
    assert answer(question("month", not_before="start"), "03年7月", about=begun) == "2003-07"


@pytest.mark.parametrize(("said", "month"), [("去年6月", "2025-06"), ("上个月", "2026-05")])
def test_times_told_from_today(said: str, month: str) -> None:
    assert checked(question("month"), said)[0] == month


def test_a_year_alone_is_completed_by_the_bare_month() -> None:
    asked = question("month")
    held = draft(asked, "2016年")
    assert prompts(asked, held) == "2016年几月？只发数字也行，例如：6"
    assert answer(asked, "2016", "6") == "2016-06"
    assert answer(asked, "2016", "六月") == "2016-06"
    assert answer(asked, "2016", "2015年3月") == "2015-03"
    assert "13" in refusal(asked, "2016", "13")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("2016年13月", "没有 13 月"),
        ("2026年7月", "还没有到"),
        ("1816年6月", "1816"),
        ("很久以前", "例如：2016年6月"),
        ("2003年7月—2009年12月", "只填一个时间"),
        ("至今", "不能写“至今”"),
        ("2" * 100, "例如"),
        ("6/7/2016", "分不清"),
    ],
)
def test_nonsense_is_refused_with_what_is_wrong(said: str, why: str) -> None:
    assert why in refusal(question("month"), said)


def test_the_future_is_fine_where_the_question_says_so() -> None:
    assert answer(question("month", past=False), "2030年1月") == "2030-01"


def test_up_to_now_only_where_it_may_be_said() -> None:
    asked = question("month", present_ok=True)
    assert answer(asked, "现在") == "至今"
    assert answer(asked, "!present") == "至今"
    assert asked.printed("至今") == "至今"
    assert keys(asked) == ["present"]
    assert refusal(question("month"), "!present")


def test_before_ones_birth_has_to_be_mended() -> None:
    assert remarks(question("month"), "1980-01", BORN) == ["1980年1月比出生年月（1984年9月）还早，请核对。"]
    assert [remark.blocking for remark in question("month").remarks("1980-01", BORN)] == [True]
    assert remarks(question("month"), "2003-07", BORN) == []


def test_it_is_shown_as_people_say_it() -> None:
    assert str(question("month").show("2016-06")) == "2016年6月"


def test_a_date_within_a_sentence_is_asked_back() -> None:
    assert checked(question("month"), "我2012年7月份到的南宁") == ("2012-07", "您说的是2012年7月，对吗？")


@pytest.mark.parametrize("said", ["2012年7月到2015年3月在南宁", "我1979年13月到的", "我到南宁12年了"])
def test_a_sentence_with_no_one_date_is_not_guessed(said: str) -> None:
    assert refusal(question("month"), said)


def test_another_year_that_cannot_be_read_gives_up_the_one_known_so_far() -> None:
    asked = question("month")
    held = draft(asked, "去年")
    assert prompts(asked, held).startswith("2025年几月")
    assert prompts(asked, draft(asked, "1979.13", before=held)) == ""
    assert "没有 13 月" in refusal(asked, "13", draft=held)


@pytest.mark.parametrize(
    "said",
    [
        "三十年前",
        "30年前",
        "干了三十年了",
        "快三十年了",
        "有三十年了",
        "我烧焊烧了三十年了",
        "工龄三十年",
        "大概三十年前吧",
    ],
)
def test_how_long_ago_it_was_tells_the_year_and_the_month_is_asked_for(said: str) -> None:
    asked = question("month")
    reading = asked.parse(Given(text=said), None, BORN)
    assert isinstance(reading, Unfinished) and reading.draft == {"known": "1996"}
    assert [str(message) for message in reading.said] == ["到今年30年，就是1996年。"]
    assert answer(asked, said, "9月") == "1996-09"


@pytest.mark.parametrize("said", ["三十多年前", "干了有二十七八年了", "几十年了", "3年", "0年前"])
def test_how_long_ago_is_not_guessed(said: str) -> None:
    assert "没看懂" in refusal(question("month"), said)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("我2010年来的南宁一直都在南宁做", "2010"),
        ("2003年7月还是8月记不清", "2003"),
    ],
)
def test_where_only_the_year_is_certain_the_month_is_asked_for(said: str, known: str) -> None:
    assert draft(question("month"), said) == {"known": known}


def test_a_one_that_counts_nothing_hides_no_date() -> None:
    assert checked(question("month"), "从1998年9月开始一直干到现在")[0] == "1998-09"
