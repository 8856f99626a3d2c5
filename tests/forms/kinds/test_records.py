from typing import Any

import pytest
from pydantic import ValidationError

from forms.kinds.base import Circumstances, Question

from .speaking import TODAY, answer, draft, hear, keys, prompts, question, refusal, remarks, scan

START = {"kind": "month", "id": "start", "label": "开始", "ask": "从哪年哪月开始？"}
END = {"kind": "month", "id": "end", "label": "结束", "ask": "到哪年哪月？", "present_ok": True}
WHERE = {"kind": "text", "id": "where", "label": "单位", "ask": "在哪个单位？"}
WHAT = {"kind": "text", "id": "what", "label": "职务", "ask": "做什么？"}
TIMELINE = {"timeline": True, "start_field": "start", "end_field": "end", "start_hint": "初中"}
BORN = Circumstances(today=TODAY, scope={"birth": "1984-09-12"})

SCHOOL = {"start": "1997-09", "end": "2000-07", "where": "城东镇中学", "what": "初中"}
TRAINING = {"start": "2000-09", "end": "2003-07", "where": "第一技校", "what": "中技"}
WORK = {"start": "2003-07", "end": "至今", "where": "桂南公司", "what": "焊工"}


def resume(**more: Any) -> Question:
    return question("records", fields=[START, END, WHERE, WHAT], row_title="经历", **TIMELINE, **more)


def honours(**more: Any) -> Question:
    fields = [
        {"kind": "month", "id": "date", "label": "时间", "ask": "什么时候？"},
        {"kind": "text", "id": "name", "label": "名称", "ask": "叫什么？"},
        {
            "kind": "choice",
            "id": "level",
            "label": "级别",
            "ask": "哪一级？",
            "options": ["自治区", "市"],
            "optional": True,
        },
        {"kind": "text", "id": "by", "label": "颁发单位", "ask": "谁发的？"},
    ]
    return question("records", fields=fields, **more)


def test_one_clear_question_at_a_time() -> None:
    asked = resume()
    assert prompts(asked).endswith("从哪年哪月开始？")
    held = draft(asked, "2003年7月")
    assert prompts(asked, held) == "这一条：2003年7月\n到哪年哪月？"
    assert keys(asked, held) == ["present", "cancel"]
    assert answer(asked, "2003.7", "!present", "桂南公司", "焊工", "写完了") == [WORK]


def test_a_whole_row_in_one_line() -> None:
    asked = resume()
    for line in (
        "2003年7月—至今 桂南公司 焊工",
        "2003.7-至今，桂南公司，焊工",
        "1、2003年7月至今 桂南公司 焊工",
        "2003/07~现在 桂南公司；焊工",
        "二〇〇三年七月至今\t桂南公司\t焊工",
    ):
        assert answer(asked, line, "!done") == [WORK], line


def test_several_lines_at_once() -> None:
    lines = "1997年9月—2000年7月 城东镇中学 初中\n2000年9月—2003年7月 第一技校 中技\n\n2003年7月—至今 桂南公司 焊工"
    assert answer(resume(), lines, "!done") == [SCHOOL, TRAINING, WORK]


def test_lines_that_are_not_understood_are_named() -> None:
    asked = resume()
    reading = hear(asked, "2003年7月—至今 桂南公司 焊工\n后来调到质检科")
    assert reading.draft == {"rows": [WORK]}  # type: ignore[union-attr]
    assert "后来调到质检科" in str(reading.said[-1])  # type: ignore[union-attr]
    assert "没看懂" in refusal(asked, "从前\n后来")


def test_words_in_brackets_stay_together() -> None:
    value = answer(resume(), "2017年1月至今 桂南公司 焊接一班班长（2011—2014年，函授大专）", "!done")
    assert value[0]["what"] == "焊接一班班长（2011—2014年，函授大专）"


def test_what_a_line_leaves_out_is_asked_for() -> None:
    asked = resume()
    held = draft(asked, "2003年7月—至今 桂南公司")
    assert prompts(asked, held).endswith("做什么？")
    assert answer(asked, "2003年7月—至今 桂南公司", "焊工", "!done") == [WORK]


def test_a_guess_within_a_row_is_asked_back() -> None:
    asked = resume()
    held = draft(asked, "03年7月")
    assert prompts(asked, held) == "您说的是2003年7月，对吗？"
    assert keys(asked, held) == ["yes", "no"]
    assert answer(asked, "03年7月", "对的", "至今", "桂南公司", "焊工", "!done") == [WORK]
    assert answer(asked, "03年6月", "不是", "2003年7月", "至今", "桂南公司", "焊工", "!done") == [WORK]
    assert answer(asked, "03年6月", "2003年7月", "至今", "桂南公司", "焊工", "!done") == [WORK]


def test_an_honour_in_one_line_with_its_optional_field_or_without() -> None:
    asked = honours()
    bare = {"date": "2018-12", "name": "广西技术能手", "by": "人社厅"}
    assert answer(asked, "2018年12月 广西技术能手 人社厅", "!done") == [bare]
    assert answer(asked, "广西技术能手 2018年12月 人社厅", "!done") == [bare]
    full = {"date": "2018-12", "name": "广西技术能手", "level": "自治区", "by": "人社厅"}
    assert answer(asked, "2018年12月 广西技术能手 自治区 人社厅", "!done") == [full]


def test_an_optional_field_can_be_passed_over() -> None:
    value = answer(honours(), "!add", "2018.12", "广西技术能手", "!skip", "人社厅", "!done")
    assert value == [{"date": "2018-12", "name": "广西技术能手", "by": "人社厅"}]


def test_an_end_before_its_start_is_refused_at_once() -> None:
    asked = resume()
    held = draft(asked, "2003年7月")
    assert "还早" in refusal(asked, "2002年7月", draft=held)
    reading = hear(asked, "2003年7月—2002年7月 桂南公司 焊工")
    assert "还早" in str(reading.said[0])  # type: ignore[union-attr]
    assert "end" not in reading.draft["row"]  # type: ignore[union-attr]


def test_a_timeline_stands_in_the_order_of_its_starts() -> None:
    later, sooner = "2003年7月—至今 桂南公司 焊工", "2000年9月—2003年7月 第一技校 中技"
    assert answer(resume(), later, sooner, "!done") == [TRAINING, WORK]


def test_rows_can_be_deleted() -> None:
    asked = resume()
    held = {"rows": [SCHOOL, TRAINING, WORK]}
    assert hear(asked, "!undo", held).draft == {"rows": [SCHOOL, TRAINING]}  # type: ignore[union-attr]
    assert hear(asked, "删除第1条", held).draft == {"rows": [TRAINING, WORK]}  # type: ignore[union-attr]
    picking = draft(asked, "!pick", before=held)
    assert keys(asked, picking) == ["drop:0", "drop:1", "drop:2", "back"]
    assert hear(asked, "!drop:1", picking).draft == {"rows": [SCHOOL, WORK]}  # type: ignore[union-attr]
    assert draft(asked, "!pick", "!back", before=held) == held


def test_a_row_begun_can_be_given_up() -> None:
    assert draft(resume(), "2003年7月", "!cancel") == {"rows": []}


def test_at_least_and_at_most_so_many() -> None:
    asked = resume(min_rows=2, max_rows=2)
    held = draft(asked, "2003年7月—至今 桂南公司 焊工")
    assert "done" not in keys(asked, held)
    assert "最多写 2 条" in refusal(asked, "!add", draft={"rows": [SCHOOL, WORK]})
    assert "最多写 2 条" in refusal(asked, "2003.7-至今 甲 乙", draft={"rows": [SCHOOL, WORK]})


def test_none_is_an_answer_where_none_is_needed() -> None:
    asked = honours(min_rows=0)
    assert "done" in keys(asked)
    assert answer(asked, "!done") == []
    assert str(asked.show([])) == "没有"


def test_gaps_are_remarked_on_and_overlaps_too() -> None:
    asked = resume()
    gap = {**WORK, "start": "2003-12"}
    assert remarks(asked, [SCHOOL, TRAINING, gap]) == [
        "2003年7月到2003年12月之间空了一段，请补上，或确认确实没有。"
    ]
    assert remarks(asked, [SCHOOL, TRAINING, {**WORK, "start": "2003-11"}]) == []
    overlap = {**WORK, "start": "2003-05"}
    assert remarks(asked, [SCHOOL, TRAINING, overlap]) == [
        "第 3 条从2003年5月开始，和前面的时间重叠了，请核对。"
    ]
    assert not any(remark.blocking for remark in asked.remarks([SCHOOL, gap, overlap], BORN))


def test_a_story_reaches_from_school_until_now() -> None:
    asked = resume()
    assert remarks(asked, [SCHOOL, TRAINING, WORK], BORN) == []
    assert remarks(asked, [TRAINING, WORK], BORN) == ["第一条从2000年9月开始，请从初中写起。"]
    assert remarks(asked, [SCHOOL, TRAINING], BORN) == ["最后写到2003年7月，之后到现在的请补上。"]


def test_a_standing_answer_is_edited_from_its_rows() -> None:
    asked = resume()
    assert asked.reopen([WORK]) == {"rows": [WORK]}


def test_rows_are_shown_and_printed_in_lines() -> None:
    asked = resume()
    assert (
        asked.show([SCHOOL, WORK])
        == "1. 1997年9月—2000年7月 城东镇中学 初中\n2. 2003年7月—至今 桂南公司 焊工"
    )
    assert asked.printed([WORK]) == "2003年7月 至今 桂南公司 焊工"


def test_a_field_may_depend_on_an_earlier_one_of_its_row() -> None:
    fields = [
        {"kind": "yes-no", "id": "patented", "label": "专利", "ask": "有专利吗？"},
        {"kind": "number", "id": "count", "label": "件数", "ask": "几件？", "when": "patented"},
    ]
    asked = question("records", fields=fields)
    assert answer(asked, "!add", "!no", "!done") == [{"patented": False}]
    assert answer(asked, "!add", "!yes", "6", "!done") == [{"patented": True, "count": 6}]


def test_files_may_stand_in_a_row() -> None:
    fields = [
        {"kind": "text", "id": "name", "label": "名称", "ask": "叫什么？"},
        {"kind": "scans", "id": "proof", "label": "证书", "ask": "请发证书。", "most": 1},
    ]
    asked = question("records", fields=fields)
    value = answer(asked, "技术能手", scan(), "!done")
    assert asked.files(value) == ("s-证书.pdf",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"fields": []},
        {"fields": [START, START]},
        {"fields": [WHERE], "timeline": True},
        {"fields": [START, WHERE], "timeline": True, "start_field": "start", "end_field": "where"},
        {"fields": [{"kind": "nothing", "id": "a", "label": "a", "ask": "a"}]},
    ],
)
def test_records_that_cannot_be_asked_are_refused_when_they_are_read(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        question("records", **wrong)


@pytest.mark.parametrize(
    ("began", "late"), [("2003-07", False), ("2003-04", False), ("2003-02", True), (None, False)]
)
def test_a_story_that_starts_with_an_answer_is_held_against_it_and_not_against_an_age(
    began: str | None, late: bool
) -> None:
    asked = question("records", fields=[START, END, WHERE, WHAT], **{**TIMELINE, "start_from": "work_start"})
    known = {**BORN.scope, **({"work_start": began} if began else {})}
    said = remarks(asked, [WORK], Circumstances(today=TODAY, scope=known))
    assert said == (["第一条从2003年7月开始，请从初中写起。"] if late else [])


def test_a_story_with_pauses_may_have_gaps_and_end_early() -> None:
    later = {**SCHOOL, "start": "2004-09", "end": "2008-07"}
    assert len(remarks(resume(), [SCHOOL, later], BORN)) == 2
    assert remarks(resume(pauses=True), [SCHOOL, later], BORN) == []
    over = {**SCHOOL, "start": "1999-09", "end": "2001-07"}
    assert len(remarks(resume(pauses=True), [SCHOOL, over], BORN)) == 1


@pytest.mark.parametrize("said", ["跳过", "没有了。", "写完了"])
def test_no_more_typed_between_rows_ends_them(said: str) -> None:
    assert answer(resume(), "2003年7月—至今 桂南公司 焊工", said) == [WORK]


def test_no_more_typed_within_a_row_passes_over_an_optional_field_only() -> None:
    asked = honours()
    begun = draft(asked, "2019年5月", "五一奖章")
    assert draft(asked, "跳过", before=begun)["skipped"] == ["level"]
    assert "要填" in refusal(asked, "跳过", draft=draft(asked, "2019年5月"))
    assert "至少 1 条" in refusal(asked, "没有了")


def test_rows_and_a_row_begun_would_be_lost_by_passing_over() -> None:
    asked = honours(optional=True)
    assert not asked.holds(None)
    assert asked.holds(draft(asked, "2019年5月"))
    assert not asked.holds(draft(asked, "2019年5月", "!cancel"))
    assert asked.holds(draft(asked, "2019年5月 五一奖章 自治区 总工会"))


def test_within_a_row_the_field_in_turn_is_what_is_asked() -> None:
    asked = honours(example="2019年5月 五一奖章")
    assert asked.asked_in(None) is asked
    assert asked.asked_in(draft(asked, "2019年5月")).id == "name"


def test_a_row_asks_afresh_where_a_guess_was_wrong() -> None:
    asked = honours()
    wrong = draft(asked, "2016年", "大概2016年6月", "!no")
    assert "sub" not in wrong
    assert prompts(asked, wrong).endswith("什么时候？")


def test_a_year_within_an_honours_name_is_no_date_of_its_own() -> None:
    asked = honours()
    held = draft(asked, "2020年5月 2019年先进工作者 市 总工会")
    assert held["rows"] == [{"date": "2020-05", "name": "2019年先进工作者", "level": "市", "by": "总工会"}]


def test_a_story_that_begins_as_it_should_is_not_asked_to() -> None:
    asked = resume()
    school = {"start": "2000-09", "end": "2003-07", "where": "武鸣二中", "what": "初中"}
    assert not any("写起" in said for said in remarks(asked, [school, WORK], BORN))
