"""Names are found by how they sound, whichever of their readings somebody types."""

from __future__ import annotations

import pytest

from forms.pinyin import letters, readings, spellings


def typed(name: str, query: str) -> bool:
    return any(each.startswith(letters(query)) for each in spellings(name))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("覃小明", "qinxiaoming"),
        ("覃小明", "tan"),
        ("翟志刚", "zhaizhigang"),
        ("单雄", "shanx"),
        ("仇和", "qiuhe"),
        ("区志强", "ouzq"),
        ("解晓东", "xiexiaodong"),
        ("曾国华", "zengguohua"),
        ("查良", "zhaliang"),
        ("朴海", "piaohai"),
        ("盖玉", "geyu"),
        ("盖玉", "gaiyu"),
        ("乐平", "yueping"),
        ("缪斌", "miaobin"),
        ("能军", "naijun"),
        ("乜强", "nieqiang"),
        ("尉迟恭", "yuchigong"),
        ("尉迟恭", "ycg"),
        ("尉强", "weiqiang"),
        ("万俟明", "moqiming"),
        ("万明", "wanming"),
        ("长孙平", "zhangsunping"),
        ("欧阳娜", "ouyangna"),
    ],
)
def test_surnames_are_read_as_surnames_and_as_their_characters_are(name: str, query: str) -> None:
    assert typed(name, query)


@pytest.mark.parametrize(
    "query",
    ["zhangweiming", "zhangwei", "zhangwm", "zwm", "zw", "weiming", "wm", "ming", "ZHANG Wei", "zhāng"],
)
def test_whole_names_initials_and_given_names_count(query: str) -> None:
    assert typed("张伟明", query)


@pytest.mark.parametrize("query", ["hang", "angwei", "zhangm", "lisi", "eiming"])
def test_nothing_counts_from_within_a_syllable(query: str) -> None:
    assert not typed("张伟明", query)


@pytest.mark.parametrize("query", ["lvbu", "lübu", "lyubu", "lubu", "Lǚ Bù", "lb"])
def test_the_u_with_dots_may_be_typed_as_keyboards_and_passports_have_it(query: str) -> None:
    assert typed("吕布", query)


def test_a_given_name_is_found_by_each_of_its_readings() -> None:
    assert {"xing", "hang"} <= set(readings("行"))
    assert typed("李行", "lixing")
    assert typed("李行", "lihang")


def test_long_names_have_few_spellings_and_are_found_by_the_first() -> None:
    name = "阿依古丽·买买提江"
    assert typed(name, "ayigulimaimai")
    assert typed(name, "maimaitijiang")
    assert len(spellings(name)) < 400


@pytest.mark.parametrize("name", ["", "···", "Smith", "𠮷"])
def test_what_has_no_chinese_reading_has_no_spelling(name: str) -> None:
    assert spellings(name) == frozenset()
