from typing import Any

import pytest
from pydantic import ValidationError

from forms.attachment import Attachment, Unread

from .speaking import DRAWN, answer, draft, hear, keys, prompts, question, refusal, remarks, scan, talk

LONG = {"value": 2000, "measure": "about"}


def document(text: str) -> Attachment:
    return Attachment(file="t.docx", name="事迹.docx", media="text", mime="text/plain", size=999, text=text)


def test_a_short_text_is_one_message() -> None:
    asked = question("prose", limit={"value": 100})
    assert answer(asked, "  第一段。\n\n　　第二段。  ") == "第一段。\n第二段。"
    assert prompts(asked) == "不超过 100 字"


def test_a_tab_in_a_text_is_a_blank() -> None:
    assert (
        answer(question("prose", limit={"value": 100}), "一、\t攻克薄板焊接变形") == "一、 攻克薄板焊接变形"
    )


def test_a_long_text_is_gathered_with_a_live_count() -> None:
    asked = question("prose", limit=LONG)
    held = draft(asked, "焊" * 1024)
    assert prompts(asked, held) == (
        "已收到 1024 字，要求 2000 字左右（1800–2200），还差约 776 字。可以接着发，写好了请点“写好了”。"
    )
    assert answer(asked, "焊" * 1024, "接" * 900, "写好了") == "焊" * 1024 + "\n" + "接" * 900


def test_the_count_says_when_it_is_right_and_when_it_is_too_much() -> None:
    asked = question("prose", limit=LONG)
    assert "字数合适" in prompts(asked, draft(asked, "焊" * 1900))
    assert "多了约 300 字" in prompts(asked, draft(asked, "焊" * 2500))
    hard = question("prose", limit={"value": 2000})
    assert "还可以写 100 字" in prompts(hard, draft(hard, "焊" * 1900))


def test_a_word_document_is_a_part_like_any_other() -> None:
    asked = question("prose", limit=LONG)
    assert answer(asked, "开头", document("中间\n结尾"), "!done") == "开头\n中间\n结尾"


@pytest.mark.parametrize("limit", [LONG, {"value": 100}])
def test_what_of_a_document_could_not_be_read_is_told_with_its_place(limit: dict[str, Any]) -> None:
    sent = document("热输入按计算。").model_copy(
        update={"unread": (Unread(what="formula", after="热输入按"), Unread(what="object"))}
    )
    said = [str(each) for each in talk(question("prose", limit=limit), sent).said]  # type: ignore[union-attr]
    assert said[:2] == [
        "“热输入按”后面的公式读不出来，没有收进来。请用文字补上。",
        "开头的图表或嵌入的文件读不出来，没有收进来。请用文字补上。",
    ]


def test_a_part_can_be_taken_back_and_all_of_it_written_anew() -> None:
    asked = question("prose", limit=LONG)
    assert answer(asked, "一", "二", "!undo", "三", "!done") == "一\n三"
    assert answer(asked, "一", "二", "!restart", "三", "!done") == "三"
    assert keys(asked, draft(asked, "一")) == ["done", "undo", "restart"]


def test_a_standing_text_is_replaced_or_continued() -> None:
    asked = question("prose", limit=LONG)
    before = asked.reopen("原文")
    assert keys(asked, before) == ["append", "done"]
    assert "原来写了 2 字" in prompts(asked, before)
    replaced = draft(asked, "新文", before=before)
    assert hear(asked, "!done", replaced).value == "新文"  # type: ignore[union-attr]
    continued = draft(asked, "!append", "补充", before=before)
    assert hear(asked, "!done", continued).value == "原文\n补充"  # type: ignore[union-attr]
    assert hear(asked, "!done", before).value == "原文"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("measure", "length", "blocking"),
    [
        ("within", 2000, None),
        ("within", 2001, True),
        ("within", 10, None),
        ("about", 1800, None),
        ("about", 2200, None),
        ("about", 1799, False),
        ("about", 2201, False),
        ("about", 1399, True),
        ("about", 2601, True),
        ("bare", 2200, None),
        ("bare", 9000, False),
        ("bare", 10, False),
    ],
)
def test_what_each_measure_makes_of_a_length(measure: str, length: int, blocking: bool | None) -> None:
    asked = question("prose", limit={"value": 2000, "measure": measure})
    found = asked.remarks("焊" * length, DRAWN)
    assert [remark.blocking for remark in found] == ([] if blocking is None else [blocking])


def test_an_overlong_text_is_kept_and_told() -> None:
    asked = question("prose", limit={"value": 5})
    assert answer(asked, "一二三四五六七") == "一二三四五六七"
    assert remarks(asked, "一二三四五六七") == ["现在 7 字，规定 5 字以内，请删掉至少 2 字再提交。"]


def test_nothing_beyond_all_measure_is_kept() -> None:
    asked = question("prose", limit=LONG)
    held = {"parts": ["焊" * 19_000] * 3}
    assert "太长" in refusal(asked, "焊" * 19_000, draft=held)


def test_a_pdf_is_refused_with_what_would_do() -> None:
    assert "docx" in refusal(question("prose"), scan())


def test_an_unprintable_character_is_refused_and_the_rest_is_kept() -> None:
    asked = question("prose", limit=LONG)
    assert "U+2603" in refusal(asked, "雪☃", about=DRAWN)


def test_a_long_text_is_shown_by_its_beginning() -> None:
    assert str(question("prose").show("焊" * 100)) == "焊" * 60 + "……（共 100 字）"


@pytest.mark.parametrize(
    ("length", "blocking"), [(1799, False), (1800, None), (2000, None), (2001, True), (10, False)]
)
def test_a_cap_with_a_least_length_only_remarks_on_shorter_texts(length: int, blocking: bool | None) -> None:
    asked = question("prose", limit={"value": 2000, "least": 1800})
    found = asked.remarks("焊" * length, DRAWN)
    assert [remark.blocking for remark in found] == ([] if blocking is None else [blocking])
    assert "2000 字左右（1800–2000）" in prompts(asked)


@pytest.mark.parametrize(
    ("limit", "length", "told"),
    [
        ({"value": 500, "measure": "at_least"}, 499, "请再写至少 1 字"),
        ({"value": 500, "measure": "at_least"}, 500, None),
        ({"value": 500, "measure": "at_least"}, 5000, None),
        ({"value": 1500, "least": 500, "measure": "between"}, 499, "请再写至少 1 字"),
        ({"value": 1500, "least": 500, "measure": "between"}, 500, None),
        ({"value": 1500, "least": 500, "measure": "between"}, 1500, None),
        ({"value": 1500, "least": 500, "measure": "between"}, 1501, "请删掉至少 1 字"),
    ],
)
def test_a_floor_blocks_what_is_shorter(limit: dict[str, Any], length: int, told: str | None) -> None:
    asked = question("prose", limit=limit)
    found = asked.remarks("焊" * length, DRAWN)
    assert all(remark.blocking for remark in found)
    assert [told in str(remark.message) for remark in found if told] == ([True] if told else [])
    assert bool(found) is bool(told)
    assert "不少于 500 字" in prompts(asked)


@pytest.mark.parametrize(
    "limit",
    [
        {"value": 100, "least": 200},
        {"value": 100, "least": 90, "measure": "about"},
        {"value": 100, "measure": "between"},
    ],
)
def test_a_least_length_that_makes_no_sense_is_refused(limit: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="least"):
        question("prose", limit=limit)


def test_a_text_that_was_cleared_can_be_brought_back() -> None:
    asked = question("prose", limit=LONG)
    cleared = draft(asked, "一", "二", "!restart")
    assert keys(asked, cleared) == ["restore"]
    assert asked.holds(cleared)
    assert answer(asked, "一", "二", "!restart", "!restore", "!done") == "一\n二"
    assert "restore" not in keys(asked, draft(asked, "一", "!restart", "三"))


def test_a_part_that_was_taken_back_can_be_brought_back() -> None:
    assert answer(question("prose", limit=LONG), "一", "二", "!undo", "!restore", "!done") == "一\n二"


def test_the_end_is_the_way_on() -> None:
    asked = question("prose", limit=LONG)
    first, *others = asked.keys(draft(asked, "一"))
    assert (first.value, first.primary) == ("done", True)
    assert not any(key.primary for key in others)
