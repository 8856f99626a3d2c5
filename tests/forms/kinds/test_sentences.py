"""Which of several things a sentence names."""

from __future__ import annotations

import pytest

from forms.kinds.sentences import named

NAMES = {
    "guangxi": frozenset(["广西技术能手"]),
    "all": frozenset(["全国技术能手", "国家技术能手"]),
    "welder": frozenset(["焊工", "电焊"]),
    "senior": frozenset(["高级技师"]),
    "plain": frozenset(["技师"]),
}


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("我是广西技术能手，2019年评的", ("guangxi",)),
        ("2019年评上了广西技术能手", ("guangxi",)),
        ("全国技术能手和广西技术能手", ("all", "guangxi")),
        ("全国技术能手、广西技术能手都有", ("all", "guangxi")),
        ("不仅是广西技术能手，还是全国技术能手", ("guangxi", "all")),
        ("我是高级技师", ("senior",)),
        ("我是电焊工", ("welder",)),
        ("没评上全国技术能手，评上了广西技术能手", ("guangxi",)),
        ("不是高级技师，是技师", ("plain",)),
    ],
)
def test_what_is_named_is_said(sentence: str, said: tuple[str, ...]) -> None:
    assert named(sentence, NAMES).said == said


@pytest.mark.parametrize(
    ("sentence", "denied"),
    [
        ("我不是广西技术能手", ("guangxi",)),
        ("没拿过广西技术能手", ("guangxi",)),
        ("还没评上广西技术能手和全国技术能手", ("guangxi", "all")),
        ("广西技术能手没拿过", ("guangxi",)),
        ("广西技术能手我没有", ("guangxi",)),
        ("从来没得过全国技术能手", ("all",)),
        ("并非高级技师", ("senior",)),
        ("未获得广西技术能手称号", ("guangxi",)),
        ("高级技师还不是", ("senior",)),
    ],
)
def test_what_is_denied_is_never_said(sentence: str, denied: tuple[str, ...]) -> None:
    found = named(sentence, NAMES)
    assert found.said == ()
    assert found.denied == denied


@pytest.mark.parametrize(
    "sentence", ["焊工班长", "学焊工的学校", "可能是高级技师", "是不是技师", "高级技师吗", "高级技师还是技师"]
)
def test_what_is_part_of_more_or_doubted_is_not_plain(sentence: str) -> None:
    assert not named(sentence, NAMES).plainly


def test_the_longest_name_counts_and_a_single_character_only_by_itself() -> None:
    people = {"yi": frozenset(["彝族", "彝"]), "han": frozenset(["汉族", "汉"])}
    assert named("汉", people).said == ("han",)
    assert named("好汉一条", people).said == ()
    assert named("高级技师", NAMES).said == ("senior",)
