"""Automatic numbers are written, though they stand nowhere in a document's text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from forms.word.ordinals import counted

from .documents import docx, level, listed, looked_at, numbering, p

Read = Callable[..., str | None]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return lambda body, part, **parts: (
        looked_at(docx(body, parts={"numbering": part, **parts}), tmp_path).text
    )


@pytest.mark.parametrize(
    ("way", "text", "first", "second"),
    [
        ("decimal", "%1.", "1. 甲", "2. 乙"),
        ("decimal", "%1、", "1、甲", "2、乙"),
        ("chineseCounting", "%1、", "一、甲", "二、乙"),
        ("chineseCountingThousand", "（%1）", "（一）甲", "（二）乙"),
        ("japaneseCounting", "第%1条", "第一条 甲", "第二条 乙"),
        ("ideographDigital", "%1、", "一、甲", "二、乙"),
        ("ideographTraditional", "%1、", "甲、甲", "乙、乙"),
        ("chineseLegalSimplified", "%1、", "壹、甲", "贰、乙"),
        ("decimalEnclosedCircleChinese", "%1", "① 甲", "② 乙"),
        ("decimalFullWidth", "%1．", "１．甲", "２．乙"),
        ("upperLetter", "%1.", "A. 甲", "B. 乙"),
        ("lowerRoman", "%1)", "i)甲", "ii)乙"),
        ("bullet", "\uf0b7", "• 甲", "• 乙"),
        ("bullet", "■", "■ 甲", "■ 乙"),
        ("none", "", "甲", "乙"),
    ],
)
def test_the_ways_of_counting(read: Read, way: str, text: str, first: str, second: str) -> None:
    font = '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>' if text == "\uf0b7" else ""
    assert read(listed("甲") + listed("乙"), numbering(level(0, way, text, font))) == f"{first}\n{second}"


@pytest.mark.parametrize(
    ("number", "way", "written"),
    [
        (10, "chineseCounting", "十"),
        (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"),
        (99, "chineseCounting", "九十九"),
        (105, "chineseCounting", "一〇五"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCountingThousand", "一百一十"),
        (10, "ideographDigital", "一〇"),
        (27, "upperLetter", "AA"),
        (4, "upperRoman", "IV"),
        (21, "decimalEnclosedCircle", "㉑"),
        (3, "decimalZero", "03"),
        (7, "somethingNew", "7"),
    ],
)
def test_a_number_in_a_way(number: int, way: str, written: str) -> None:
    assert counted(number, way) == written


def test_levels_count_within_the_one_above(read: Read) -> None:
    part = numbering(level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    body = "".join(
        listed(text, level=at) for text, at in (("甲", 0), ("子", 1), ("丑", 1), ("乙", 0), ("寅", 1))
    )
    assert read(body, part) == "一、甲\n1.1 子\n1.2 丑\n二、乙\n2.1 寅"


def test_a_level_that_never_restarts(read: Read) -> None:
    part = numbering(level(0, "decimal", "%1."), level(1, "decimal", "(%2)", '<w:lvlRestart w:val="0"/>'))
    body = "".join(listed(text, level=at) for text, at in (("甲", 0), ("子", 1), ("乙", 0), ("丑", 1)))
    assert read(body, part) == "1. 甲\n(1)子\n2. 乙\n(2)丑"


def test_a_list_starts_where_it_says_and_again_where_it_says(read: Read) -> None:
    lists = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    part = numbering(level(0, "decimal", "%1.", start=5), lists=lists)
    body = listed("甲") + listed("乙") + listed("丙", 2) + listed("丁", 2) + listed("戊", 3)
    assert read(body, part) == "5. 甲\n6. 乙\n1. 丙\n2. 丁\n3. 戊"


def test_a_list_by_style(read: Read) -> None:
    style = '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    headed = p("甲", properties='<w:pStyle w:val="H"/>')
    off = p("乙", properties='<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    part = numbering(level(0, "chineseCounting", "%1、"))
    assert read(headed + off + headed, part, styles=style) == "一、甲\n乙\n二、甲"


def test_numbers_are_counted_over_paragraphs_without_one_and_over_empty_ones(read: Read) -> None:
    part = numbering(level(0, "decimal", "%1."))
    assert read(listed("甲") + p("说明") + listed("乙") + listed("") + listed("丁"), part) == (
        "1. 甲\n说明\n2. 乙\n\n4. 丁"
    )


def test_a_deleted_paragraph_is_not_counted(read: Read) -> None:
    part = numbering(level(0, "decimal", "%1."))
    gone = p(
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
        properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>',
    )
    assert read(listed("甲") + gone + listed("乙"), part) == "1. 甲\n2. 乙"


def test_a_list_that_is_nowhere_described_has_no_numbers(read: Read) -> None:
    assert read(listed("甲", 9), numbering(level(0, "decimal", "%1."))) == "甲"
