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
