import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.counting import WIDE, count


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("焊工", 2),
        ("焊工，班长。", 6),
        ("“陈𬍛跳焊法”", 7),
        ("3 mm筋板", 4),
        ("12.5%", 1),
        ("co2 welding", 2),
        ("棚温超过45℃", 6),
        ("Ⅰ级片", 3),
        ("从2.8 mm压到0.6 mm以内", 9),
        ("一\n\n二", 2),
        ("！？：；", 4),
        ("……", 2),
        ("２０１６", 4),
    ],
)
def test_a_text_is_counted_as_word_counts_it(text: str, length: int) -> None:
    assert count(text) == length


@given(st.text(st.sampled_from("焊工。“ \u3000\n\t\x85\xa0ab1%-é😀𬍛"), max_size=40))
def test_each_wide_character_is_one_and_each_run_of_others_is_one(text: str) -> None:
    assert count(text) == len(re.findall(f"[{WIDE}]|[^\\s{WIDE}]+", text))
