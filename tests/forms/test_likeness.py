"""How much of one letter stands in another."""

from __future__ import annotations

from itertools import combinations

import pytest

from forms.expressions import expression
from forms.likeness import ALIKE, likeness
from tests.forms.programmes.cases import case_of

LETTER = str(case_of("nanning-2026", "experts").parties["expert"][0]["expert_letter"])
OTHER = str(case_of("nanning-2026", "experts").parties["expert"][1]["expert_letter"])


def with_changes(text: str, every: int) -> str:
    """Two characters of every so many are others."""
    return "".join("甲乙"[at % every] if at % every < 2 else each for at, each in enumerate(text))


def test_a_text_is_wholly_in_itself_and_of_others_hardly_anything_is() -> None:
    assert likeness(LETTER, LETTER) == 100
    assert likeness(LETTER, OTHER) < 10


@pytest.mark.parametrize(
    "copied",
    [
        LETTER.replace("农国强", "韦立辉").replace("八年", "十年"),
        "。".join(reversed(LETTER.split("。"))),
        LETTER.replace("，", ", ").replace("。", "\n"),
        with_changes(LETTER, 20),
        with_changes(LETTER, 12),
        LETTER + OTHER,
        LETTER[: len(LETTER) * 2 // 3],
    ],
    ids=["names", "order", "punctuation", "some words", "many words", "more", "cut"],
)
def test_a_copy_is_alike(copied: str) -> None:
    assert likeness(LETTER, copied) >= ALIKE
    assert likeness(copied, LETTER) == likeness(LETTER, copied)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "王䶮同志技术过硬，吃苦耐劳，同意推荐。",
            "农国强同志焊接基本功扎实，吃苦耐劳，完成的任务质量可靠，同意推荐。",
        ),
        (LETTER, LETTER[:40] + OTHER),
        (LETTER, with_changes(LETTER, 5)),
    ],
    ids=["stock words", "the same beginning", "written anew"],
)
def test_what_is_said_in_ones_own_words_is_not(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


def test_letters_of_all_case_files_are_their_own() -> None:
    for programme in ("nanning-2026", "guilin", "liuzhou-2025"):
        rows = case_of(programme, "experts").parties["expert"]
        for one, other in combinations([str(row["expert_letter"]) for row in rows], 2):
            assert likeness(one, other) < ALIKE


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("", "", 0),
        ("", LETTER, 0),
        ("。。。", "。。。", 0),
        ("同意", "同意", 100),
        ("同意", "不同意", 0),
        ("ＡＢＣＤ", "abcd", 100),
    ],
)
def test_very_short_texts_are_alike_only_where_they_are_the_same(one: str, other: str, share: int) -> None:
    assert likeness(one, other) == share


def test_rules_may_ask_for_it() -> None:
    rows = [{"letter": LETTER}, {"letter": OTHER}, {"letter": with_changes(LETTER, 20)}, {}]
    assert expression("rows|alike('letter')|length").value({"rows": rows}) == 2
    assert expression("rows|likeness('letter')").value({"rows": rows}) == likeness(LETTER, rows[2]["letter"])
    assert expression("rows|likeness('letter')").value({"rows": rows[:1]}) == 0
