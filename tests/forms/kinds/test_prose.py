from typing import Any

import pytest
from pydantic import ValidationError

from forms.attachment import Attachment, Unread
from forms.kinds.base import Answer, Given, Problem, Writing

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


def test_a_letter_without_a_limit_is_gathered_by_its_outline() -> None:
    asked = question("prose", outline=["我是怎么认识他的", "为什么推荐"])
    assert prompts(asked) == "可以分几条发，也可以发 Word 文档（docx）。"
    held = draft(asked, "我们同班八年。")
    assert prompts(asked, held) == "已收到 7 字。可以接着发，写好了请点“写好了”。"
    assert answer(asked, "我们同班八年。", document("他手艺好。"), "!done") == "我们同班八年。\n他手艺好。"
    assert "原来写了 7 字" in prompts(asked, asked.reopen("我们同班八年。"))
    assert answer(question("prose"), "我们同班八年。") == "我们同班八年。"


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


def test_a_text_that_came_whole_is_all_of_the_answer() -> None:
    asked = question("prose", limit=LONG, outline=["我是谁", "难题"])
    held = draft(asked, "前面发过的")
    reading = asked.parse(
        Given(text="【我是谁】\n我叫陆建华。\n【难题】\n\n薄板变形。", whole=True), held, DRAWN
    )
    assert isinstance(reading, Answer)
    assert reading.value == "我叫陆建华。\n薄板变形。"
    empty = asked.parse(Given(text="【我是谁】\n【难题】", whole=True), held, DRAWN)
    assert isinstance(empty, Problem)


@pytest.mark.parametrize("text", ["写好了", "撤回上一段", "改第1段", "跳过"])
def test_whole_text_is_never_a_command(text: str) -> None:
    asked = question("prose", limit=LONG)
    reading = asked.parse(Given(text=text, whole=True), draft(asked, "一", "二"), DRAWN)
    assert isinstance(reading, Answer)
    assert reading.value == text


def test_coming_back_a_paragraph_is_taken_back_and_not_all() -> None:
    asked = question("prose", limit=LONG)
    for held in (asked.continued("一\n二\n三"), draft(asked, "!append", before=asked.reopen("一\n二\n三"))):
        assert answer(asked, "!undo", "!done", draft=held) == "一\n二"


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("改第2段", 2),
        ("请修改第二段", 2),
        ("替换第 1 段", 1),
        ("重写第三段", 3),
        ("我要改第2段。", 2),
        ("改一下第2段", 2),
        ("把第2段改一下", 2),
        ("第2段重写", 2),
        ("改第2条", 2),
        ("改第2部分", 2),
        ("replace part 2", 2),
        ("Edit 3", 3),
    ],
)
def test_one_part_is_replaced(said: str, number: int) -> None:
    asked = question("prose", limit=LONG)
    parts = ["一", "二", "三"]
    held = draft(asked, *parts, said)
    assert f"第{number}段现在是：{parts[number - 1]}" in prompts(asked, held)
    parts[number - 1] = "新"
    assert answer(asked, "新", "!done", draft=held) == "\n".join(parts)
    assert answer(asked, "新", "!restore", "!done", draft=held) == "一\n二\n三"
    assert answer(asked, "!leave", "!done", draft=held) == "一\n二\n三"


@pytest.mark.parametrize(
    "said",
    [
        "删第2段",
        "删掉第二段",
        "把第2段删",
        "第2段不要了",
        "把第二段删掉",
        "去掉第2段",
        "不要第2段",
        "delete part 2",
    ],
)
def test_one_part_is_taken_out_and_put_back(said: str) -> None:
    asked = question("prose", limit=LONG)
    assert answer(asked, "一", "二", "三", said, "!done") == "一\n三"
    assert answer(asked, "一", "二", "三", said, "!restore", "!done") == "一\n二\n三"


def test_a_part_is_replaced_in_one_sentence() -> None:
    asked = question("prose", limit=LONG)
    assert answer(asked, "一", "二", "第2段改成：新的\n两行", "!done") == "一\n新的\n两行"


def test_a_part_is_chosen_by_a_button() -> None:
    asked = question("prose", limit=LONG)
    held = draft(asked, "开头", "结尾")
    assert "parts" in keys(asked, held)
    assert "1. 开头\n2. 结尾" in prompts(asked, held)
    choosing = draft(asked, "!parts", before=held)
    assert keys(asked, choosing) == ["part:1", "part:2", "leave"]
    assert answer(asked, "!part:2", "!drop", "!done", draft=choosing) == "开头"
    assert "parts" not in keys(asked, draft(asked, "只有一段"))


@pytest.mark.parametrize("said", ["改第4段", "删第0段"])
def test_a_part_that_is_not_there(said: str) -> None:
    asked = question("prose", limit=LONG)
    assert "现在只有3段" in refusal(asked, said, draft={"parts": ["一", "二", "三"]})


@pytest.mark.parametrize(
    "text",
    ["第2段焊缝改成了自动焊", "改第2段焊缝时我发现", "第三段工作从2015年开始", "删除不合格的第2段管道"],
)
def test_prose_that_speaks_of_parts_is_prose(text: str) -> None:
    asked = question("prose", limit=LONG)
    assert answer(asked, "一", "二", "三", text, "!done").endswith(f"三\n{text}")


def test_how_a_text_is_written_whole() -> None:
    asked = question("prose", limit=LONG, outline=["我是谁"])
    assert asked.writing(None, None) == Writing("", 1800, 2200, ("我是谁",))
    assert asked.writing(draft(asked, "一", "二"), None).text == "一\n二"  # type: ignore[union-attr]
    assert asked.writing(asked.reopen("原文"), "原文").text == "原文"  # type: ignore[union-attr]
    assert question("prose", limit={"value": 50}).writing(None, None) is None
    floor = question("prose", limit={"value": 500, "measure": "at_least"}).writing(None, "文")
    assert floor == Writing("文", 500, 0)
