"""What earlier answers suggest: on one card, agreed to at once, mended line by line, never kept without a word."""

from __future__ import annotations

import pytest

from dialogs.interview import Interview
from tests.dialogs.talking import Person
from tests.forms.programmes.cases import case_of, programme

SELF = case_of("nanning-2026", "self").answers
NANNING = programme("nanning-2026")


def at(question: str, **changed: object) -> Person:
    """Somebody who has answered all that comes before a question, as the case does."""
    names = [name for name in NANNING.leading.questions if name in SELF]
    before = {name: SELF[name] for name in names[: names.index(question)]}
    answers = {"route": "self", **before, **changed}
    skipped = ("trade_pause", "area_pause") if answers.get("frontline") is not None else ()
    if answers.pop("video", None):
        skipped = (*skipped, "video")
    files = tuple(name for name in ("photo", "certificates") if answers.pop(name, None))
    interview = Interview(
        consented_at="2026-06-15T09:00:00+08:00",
        programme=NANNING.id,
        digest=NANNING.digest,
        answers={name: value for name, value in answers.items() if value is not None},
        skipped=skipped,
        later=files,
    )
    return Person(NANNING, interview=interview)


def test_what_is_usual_is_agreed_to_in_one_press_and_stored_as_each_questions_answer() -> None:
    person = at("frontline", frontline=None)
    assert "是否在一线岗位：在一线" in person.text
    assert "中间改行的时间：没有" in person.text
    person.presses("都对")
    kept = person.interview
    assert (kept.answers["frontline"], kept.answers["union_member"], kept.answers["public_official"]) == (
        True,
        True,
        False,
    )
    assert kept.skipped == ("trade_pause", "area_pause")
    assert "✓ 是否工会会员：是" in person.screen.echo
    assert person.screen.asks is not None
    assert person.screen.asks.question == "conditions"


def test_nothing_is_kept_before_the_yes() -> None:
    person = at("frontline", frontline=None)
    person.look()
    assert "frontline" not in person.interview.answers
    person.says("对")
    assert person.interview.answers["frontline"] is True


def test_a_line_is_mended_by_itself_and_the_card_goes_on_with_the_rest() -> None:
    person = at("frontline", frontline=None)
    person.presses("有，填：中间到外地工作的时间")
    person.says("24")
    assert person.interview.answers["area_pause"] == 24
    assert "中间改行的时间：没有" in person.text
    assert "中间到外地工作的时间：没有" not in person.text
    person.presses("改：是否工会会员")
    person.presses("否")
    assert person.interview.answers["union_member"] is False


def test_a_pause_that_is_told_is_counted_off() -> None:
    person = at("frontline", frontline=None)
    person.presses("有，填：中间改行的时间")
    person.says("12个月")
    assert "扣除中断的1年" in person.text


@pytest.mark.parametrize("no", ["不对", "都不要，我自己填", "不是"])
def test_a_no_asks_each_question_as_ever(no: str) -> None:
    person = at("frontline", frontline=None)
    person.says(no)
    assert person.screen.asks is not None
    assert person.screen.asks.question == "trade_pause"
    person.presses("跳过", "跳过")
    assert person.screen.asks is not None
    assert person.screen.asks.question == "frontline"


def test_facts_that_are_typed_to_a_card_are_taken_up() -> None:
    person = at("frontline", frontline=None)
    person.says("手机13800000000")
    assert "13800000000" not in person.interview.answers.values()
    assert person.interview.proposed


def test_what_the_card_does_not_understand_changes_nothing() -> None:
    person = at("frontline", frontline=None)
    person.says("今天天气真好")
    assert person.interview.answers == at("frontline", frontline=None).interview.answers


def test_the_class_of_work_and_the_start_follow_from_the_trade() -> None:
    person = at("category", category=None, work_start=None, title=None)
    assert "选树指导目录类别：制造业" in person.text
    assert "参加工作时间：2010年8月" in person.text  # in Nanning before the trade
    person.presses("都对")
    assert person.interview.answers["category"] == "制造业"
    assert person.interview.answers["work_start"] == "2010-08"


def test_a_trade_that_no_class_names_is_asked() -> None:
    person = at("category", trade="管道安装工", category=None, work_start=None, title=None)
    person.presses("都对")
    assert person.screen.asks is not None
    assert person.screen.asks.question == "category"


UNIONS = [
    ("南宁市江南区总工会", "county"),
    ("横州市总工会", "county"),
    ("宾阳县总工会", "county"),
    ("南宁经济技术开发区总工会", "county"),
    ("南宁高新技术产业开发区工会工作委员会", "committee"),
    ("南宁市教育工会工委", "committee"),
    ("南宁市轻工产业工会", "industry"),
    ("南宁市总工会", None),
    ("广西壮族自治区总工会", None),
    ("南宁轨道交通集团有限责任公司工会委员会", None),
]


@pytest.mark.parametrize(("name", "sort"), UNIONS, ids=[name for name, _ in UNIONS])
def test_a_unions_full_name_tells_its_class_or_else_it_is_asked(name: str, sort: str | None) -> None:
    person = at("office_name")
    person.says(name)
    assert person.interview.answers.get("channel") == sort
    assert ("✓ 受理的工会：" in person.screen.echo) == (sort is not None)
    if sort is None:
        assert person.screen.asks is not None
        assert person.screen.asks.question == "channel"


def test_what_a_name_told_goes_with_the_name() -> None:
    person = at("office_name")
    person.says("南宁市江南区总工会")
    person.says("检查")
    person.presses("改：受理工会全称")
    person.says("南宁市轻工产业工会")
    assert person.interview.answers["channel"] == "industry"
    person.presses("改：受理工会全称")
    person.says("南宁轨道交通集团有限责任公司工会委员会")
    assert "channel" not in person.interview.answers


def test_a_class_that_was_chosen_stays() -> None:
    person = at("channel", office_name="南宁轨道交通集团有限责任公司工会委员会")
    person.presses("市属基层工会")
    person.says("检查")
    person.presses("改：受理工会全称")
    person.says("南宁市江南区总工会")
    assert person.interview.answers["channel"] == "grassroots"


def test_the_contest_is_not_asked_twice() -> None:
    person = at("contest_kind", contest_kind=None, contest_place=None)
    assert "大赛：南宁职工职业技能大赛" in person.text
    assert "名次：第1名" in person.text
    person.presses("都对")
    assert person.interview.answers["contest_place"] == 1
    assert person.interview.answers["cultivated"] is False


def test_honours_begin_with_what_was_said_and_are_done_with_one_press() -> None:
    person = at("honours", contest_honour="2022年9月南宁职工职业技能大赛焊工第一名", skill_titles={})
    assert "南宁职工职业技能大赛焊工第一名" in person.text
    person.presses("对的，就这些")
    assert person.interview.answers["honours"] == [
        {"date": "2022-09", "what": "南宁职工职业技能大赛焊工第一名"}
    ]


def test_only_what_is_missing_of_an_honour_is_asked() -> None:
    person = at("honours")
    assert "南宁市首席技师" in person.text
    person.presses("对的，就这些")
    for month in ("9月", "2023年5月", "2024年1月"):
        assert "honours" not in person.interview.answers
        person.says(month)
    honours = person.interview.answers["honours"]
    assert [row["what"] for row in honours] == [
        "南宁职工职业技能大赛焊工第一名",
        "广西技术能手",
        "南宁市首席技师",
    ]
    assert [row["date"] for row in honours] == ["2022-09", "2023-05", "2024-01"]


def test_honours_are_written_anew_over_what_was_suggested() -> None:
    person = at("honours")
    person.says("2019年7月 南宁市劳动模范 南宁市人民政府\n2020年5月 广西工匠 自治区总工会\n写完了")
    assert [row["what"] for row in person.interview.answers["honours"]] == ["南宁市劳动模范", "广西工匠"]
