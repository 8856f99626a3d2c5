"""ID numbers are found wherever they stand in a text."""

from __future__ import annotations

import pytest

from forms.kinds.id_number import check_character, veiled, written_in

_DIGITS = "45010219840912201"
NUMBER = _DIGITS + check_character(_DIGITS)
_WITH_X = next(
    digits + "X" for order in range(999) if check_character(digits := f"45010219840912{order:03d}") == "X"
)


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"我叫陆建华，身份证号{NUMBER}，电话13800138000",
        f"No{NUMBER}",
        f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
        f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
        " ".join(NUMBER),
        f"13800138000 {NUMBER}",
        "".join(chr(ord(char) + 0xFEE0) for char in NUMBER),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str) -> None:
    assert written_in(text) == (NUMBER,)


@pytest.mark.parametrize("end", ["X", "x", "×", "Х", "*"])
def test_the_last_character_as_people_type_it(end: str) -> None:
    assert written_in(f"身份证{_WITH_X[:17]}{end}。") == (_WITH_X,)


def test_a_mistyped_one_tells_as_much() -> None:
    wrong = NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")
    assert written_in(wrong) == (wrong,)
    assert written_in("450102198413122010") == ("450102198413122010",), "there is no month 13"


def test_one_of_fifteen_digits() -> None:
    assert written_in("旧身份证450102840912201") == ("450102840912201",)


@pytest.mark.parametrize(
    "text",
    ["", "13800138000", "0771-2805708转801", "2009.07-2012.03 2015.09-2018.11", "6222021234567890123",
     "91450100MA5KXXXX12", "001234567890123456", "2019年度先进工作者", f"{NUMBER}1", "15000000000 15100000000"],
)  # fmt: skip
def test_other_numbers_are_none(text: str) -> None:
    assert written_in(text) == ()


def test_in_what_is_said_only_the_ends_of_a_number_are_read() -> None:
    assert veiled(f"✓ 姓名：陆建华 {NUMBER}。") == f"✓ 姓名：陆建华 4501{'*' * 10}2010。"
    assert veiled("电话13800138000") == "电话13800138000"
