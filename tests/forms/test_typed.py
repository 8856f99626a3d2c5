import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.typed import LONGEST, TooLong, Unacceptable, normalise


def test_text_is_composed_and_trimmed() -> None:
    assert normalise("  cafe\u0301\r\n焊工 \n") == "café\n焊工"


@pytest.mark.parametrize(
    "unseen", ["\0", "\x07", "\u200b", "\u202e", "\u2066", "\ufeff", "\u200f", "\x7f", "\ufffe"]
)
def test_what_cannot_be_seen_is_dropped(unseen: str) -> None:
    assert normalise(f"韦{unseen}立辉") == "韦立辉"


def test_lines_and_tabs_stay() -> None:
    assert normalise("一\t二\r三\u2028四") == "一\t二\n三\n四"


@pytest.mark.parametrize("rare", ["𬍛", "䶮", "葛\U000e0100"])
def test_rare_characters_stay(rare: str) -> None:
    assert normalise(rare) == rare


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("王⼩明", "王小明"),
        ("⻩小明", "黄小明"),
        ("⾦⻢⻓⻔", "金马长门"),
        ("⻰⻦⻥⻨⻬⻳", "龙鸟鱼麦齐龟"),
        ("陈\ue81e", "陈龴"),
        ("王\ue863", "王䶮"),
    ],
)
def test_what_looks_like_an_ideograph_becomes_it(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("\uf0b7 攻克难题", "• 攻克难题"),
        ("\uf06c一、", "●一、"),
        ("➢ 带徒", "▶ 带徒"),
        ("\uf0d8带徒", "▶带徒"),
        ("✔️ 合格", "√ 合格"),
        ("❖", "◆"),
    ],
)
def test_signs_that_word_processors_set_become_plain_ones(typed: str, meant: str) -> None:
    assert normalise(typed) == meant


@pytest.mark.parametrize("text", ["CO₂", "m⁻¹", "10⁶", "½", "①", "Ⅲ", "㎡", "℃"])
def test_small_figures_and_signs_stay_as_they_are(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("code", range(0x2E80, 0x2FD6))
def test_no_radical_is_left_that_an_ideograph_stands_for(code: int) -> None:
    rare = "⺀⺇⺑⺕⺗⺚⺥⺮⺳⺴⺵⺷⺸⺽⻇⻊⻎⻕⻞⻡"  # no character of a name or a text
    if unicodedata.name(chr(code), "") and chr(code) not in rare:
        assert not unicodedata.name(normalise(chr(code))).startswith(("CJK RADICAL", "KANGXI RADICAL"))


def test_word_breaks_lines_and_pages_with_marks_of_its_own() -> None:
    assert normalise("一\v二\f三") == "一\n二\n三"


@pytest.mark.parametrize("left", ["\ufffc", "\u3164", "\uffa0", "\ufe0f", "❤\ufe0f"])
def test_what_stands_for_something_that_is_not_there_goes(left: str) -> None:
    assert normalise(f"焊工{left}") == "焊工" + left[:-1]
    assert normalise("葛\ufe00") == "葛\ufe00"


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Unacceptable) as refused:
        normalise("韦\ud800")
    assert "损坏" in str(refused.value.message)


def test_too_much_at_once_is_refused_with_the_limit() -> None:
    assert len(normalise("焊" * LONGEST)) == LONGEST
    with pytest.raises(TooLong) as refused:
        normalise("焊" * (LONGEST + 1))
    assert str(refused.value) == "这一条太长了（20001 字），一次最多收 20000 字。请分成几条发。"


@given(st.text(max_size=200))
def test_what_went_through_goes_through_unchanged(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode("utf-8")
    assert "\0" not in once
