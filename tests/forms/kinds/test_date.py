import pytest

from .speaking import answer, draft, prompts, question, refusal


@pytest.mark.parametrize(
    "said",
    [
        "2016年6月20日",
        "2016.6.20",
        "20160620",
        "二〇一六年六月二十日",
        "20/6/2016",
        "Jun 20, 2016",
        "2016 06 20",
    ],
)
def test_a_day_as_people_type_it(said: str) -> None:
    assert answer(question("date"), said) == "2016-06-20"


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
