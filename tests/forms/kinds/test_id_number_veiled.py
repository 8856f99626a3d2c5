"""ID numbers that stand in what is said are masked, and nothing else of it is touched."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.kinds.id_number import check_character, masked, veiled, written_in

_DIGITS = "45010219840912201"
NUMBER = _DIGITS + check_character(_DIGITS)
OTHER = "450122198409129963"
SLIP, SLIP_SHOWN = f"{NUMBER[:17]}1", f"4501{'*' * 10}2011"
SHOWN, OTHER_SHOWN = masked(NUMBER), masked(OTHER)
_WITH_X = next(
    digits + "X" for order in range(999) if check_character(digits := f"45010219840912{order:03d}") == "X"
)
_WIDE = str.maketrans("0123456789X-., /_", "０１２３４５６７８９Ｘ－．，　／＿")
_BETWEEN = " \t\n\u3000-‐–—－.．,，。·、_/\u200b"


def grouped(number: str, gap: str) -> str:
    return gap.join((number[:6], number[6:14], number[14:]))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(("110101", "450102", "310115", "650102", "830000")))
    born = date(1930, 1, 1) + timedelta(days=draw(st.integers(0, 30000)))
    digits = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return digits + check_character(digits)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number as somebody writes it, and what may be read of it."""
    number = draw(numbers())
    gap = draw(st.text(_BETWEEN, max_size=3))
    text = draw(st.sampled_from((number, grouped(number, gap), gap.join(number))))
    if draw(st.booleans()):
        text = text.translate(_WIDE)
    if draw(st.booleans()):
        text = text.replace("X", "x").replace("Ｘ", "ｘ")
    return text, masked(number)


#: Anything but digits, and what is taken for them beside a number.
_around = st.text(
    st.characters(exclude_categories=("Nd", "Cs"), exclude_characters="OoIiLlXxОоХх×✕✖╳*ＸｘＯｏＩｉＬｌ"),
    max_size=12,
)


@given(st.lists(st.tuples(_around, written()), max_size=4), _around)
@example([("ß", (grouped(NUMBER, "　"), SHOWN)), ("ŉ，", (grouped(OTHER, "、"), OTHER_SHOWN))], "ﬁ １２")
def test_what_stands_around_and_between_numbers_is_left_as_it_is(
    said: list[tuple[str, tuple[str, str]]], end: str
) -> None:
    text = "".join(f"{before}号{number}号" for before, (number, _) in said) + end
    assert veiled(text) == "".join(f"{before}号{read}号" for before, (_, read) in said) + end


@given(st.lists(st.tuples(_around, written()), min_size=1, max_size=4))
def test_what_is_found_as_a_number_is_masked_and_nothing_is_found_any_more(
    said: list[tuple[str, tuple[str, str]]],
) -> None:
    text = "".join(f"{before}号{number}号" for before, (number, _) in said)
    assert {masked(number) for number in written_in(text)} == {read for _, (_, read) in said}
    assert not written_in(veiled(text))


@given(_around)
def test_text_without_numbers_is_the_same(text: str) -> None:
    assert veiled(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"{grouped(NUMBER, ' ')} {grouped(OTHER, ' ')}", f"{SHOWN} {OTHER_SHOWN}"),
        (f"{grouped(NUMBER, ' ')} {grouped(NUMBER, ' ')}", f"{SHOWN} {SHOWN}"),
        (f"{' '.join(NUMBER)}  {' '.join(OTHER)}", f"{SHOWN}  {OTHER_SHOWN}"),
        (f"{NUMBER}{OTHER}", f"{SHOWN}{OTHER_SHOWN}"),
        (f"{_WITH_X}{OTHER}", f"{masked(_WITH_X)}{OTHER_SHOWN}"),
        (f"{grouped(_WITH_X.lower(), '-')}和{OTHER}", f"{masked(_WITH_X)}和{OTHER_SHOWN}"),
        (f"{NUMBER}，{grouped(NUMBER, '　')}", f"{SHOWN}，{SHOWN}"),
        (f"Straße {grouped(NUMBER, '、')} ß", f"Straße {SHOWN} ß"),
        (f"{grouped(NUMBER, '，')}，电话13800138000", f"{SHOWN}，电话13800138000"),
        ("45O10219840912201O", "45O1**********201O"),
        ("45o1o21984o9122o1o", "45O1**********2O1O"),
        (f"{_WITH_X[:17]}×", f"{masked(_WITH_X)[:17]}×"),
        (f"{_WITH_X[:17]}Ｘ，{_WITH_X[:17]}ｘ", f"{masked(_WITH_X)}，{masked(_WITH_X)}"),
        ("１２号" + NUMBER, "１２号" + SHOWN),
        ("旧证450102840912201", "旧证4501*******2201"),
        ("旧证 450102 840912 201、新证 " + NUMBER, "旧证 4501*******2201、新证 " + SHOWN),
        ("旧证４５０１０２－８４０９１２－２０１", "旧证4501*******2201"),
        ("①450102840912201②" + NUMBER, f"①4501*******2201②{SHOWN}"),
        (f"{grouped(SLIP, ' ')}，{SLIP[:14]}－{SLIP[14:]}", f"{SLIP_SHOWN}，{SLIP_SHOWN}"),
        ("450102 1984 09 12 2011", SLIP_SHOWN),
        ("450102，1984-09-12，2011", SLIP_SHOWN),
        (f"13800138000{NUMBER}", f"13800138000{SHOWN}"),
        (f"{NUMBER}13800138000", f"{SHOWN}13800138000"),
        (f"{grouped(NUMBER, ' ')} 13800138000", f"{SHOWN} 13800138000"),
        (f"我{NUMBER}，爱人{OTHER}，电话13800138000，卡号6222021234567890123",
         f"我{SHOWN}，爱人{OTHER_SHOWN}，电话13800138000，卡号6222021234567890123"),
        (f"1、{grouped(NUMBER, ' ')}\n2、{grouped(OTHER, ' ')}", f"1、{SHOWN}\n2、{OTHER_SHOWN}"),
        ("𝟒𝟓𝟎𝟏𝟎𝟐𝟏𝟗𝟖𝟒𝟎𝟗𝟏𝟐𝟐𝟎𝟏𝟎", SHOWN),
        (f"{NUMBER}1", f"4501{'*' * 11}0101"),
    ],
)  # fmt: skip
def test_however_it_is_written_only_its_ends_are_read(text: str, shown: str) -> None:
    assert veiled(text) == shown


@pytest.mark.parametrize(
    "text",
    ["电话13800138000、0771-2805708", "2009.07-2012.03，2015.09-2018.11", "6222021234567890123",
     "13800138000\n13900139000\n15000000000", "138 0013 8000 139 0013 9000", "１３８００１３８０００",
     "6222 0212 3456 7890 123", "91450100MA5KXXXX12", "专利ZL201910123456.7、ZL202010654321.0",
     "2015.06.20-2018.01.02，2018年1月至2020年12月", "450102 841312 201", "产值450102、198499、122011万元",
     "110101 2025-2026 1：30 12", "证书编号4501021984",
"1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11. 12. 13. 14. 15."],
)  # fmt: skip
def test_other_numbers_are_left_as_they_are(text: str) -> None:
    assert veiled(text) == text


def test_long_rows_of_digits_and_marks_are_read_at_once() -> None:
    for text in ("1" * 20_000, "1 " * 20_000, "1、　，" * 20_000):
        assert len(veiled(text)) <= len(text)
