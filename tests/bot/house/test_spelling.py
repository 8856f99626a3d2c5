"""What is a code among what people type: whole, a character short or long, cut in two; and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.house.spelling import Typed, lasting_code, typed

CODES = [
    lasting_code(b"some key of thirty-two bytes....", f"recovery\x00{number}\x001") for number in range(30)
]
OTHER = "K"

HARMED: dict[str, Callable[[str], str]] = {
    "a character short": lambda code: code[:7] + code[8:],
    "its last character short": lambda code: code[:-1],
    "a character long": lambda code: code[:11] + OTHER + code[11:],
    "one word and short": lambda code: code.replace("-", "")[1:],
    "one word and long": lambda code: code.replace("-", "") + OTHER,
    "with blanks and short": lambda code: code.replace("-", " ")[:-1],
}
REGROUPED: dict[str, Callable[[str], str]] = {
    "cut by a line break": lambda code: f"{code[:12]}\n{code[12:]}",
    "cut by blanks within a group": lambda code: f"{code[:7]}  {code[7:]}",
    "one word cut in two": lambda code: f"{code.replace('-', '')[:9]}\n{code.replace('-', '')[9:]}",
}


def known(harm: Callable[[str], str]) -> list[Typed | None]:
    return [typed(harm(code)) for code in CODES]


@pytest.mark.parametrize("how", HARMED)
def test_a_code_with_a_character_too_few_or_too_many_is_told_so(how: str) -> None:
    found = known(HARMED[how])
    told = [each for each in found if each and each.certain and each.wanted == 20]
    # One in twenty happens to have so many letters together that it might be words.
    assert len(told) >= len(CODES) * 0.8
    assert all(abs(len(each.code) - each.wanted) == 1 for each in told)


@pytest.mark.parametrize("how", REGROUPED)
def test_a_code_that_was_cut_is_the_code(how: str) -> None:
    for code, found in zip(CODES, known(REGROUPED[how]), strict=True):
        assert found
        assert found.code == code.replace("-", "")
        assert not found.wanted


@pytest.mark.parametrize(
    "text", ["恢复码：ABCD-2345-EFGH-678", "恢复码 ABCD-2345", "recovery code abcd2345efgh6789jkm"]
)
def test_whatever_stands_behind_the_word_for_a_code_is_held_against_its_length(text: str) -> None:
    found = typed(text)
    assert found
    assert found.certain
    assert found.wanted == 20
    short = typed("口令 AB2CD-EF3G")
    assert short
    assert short.wanted == 10


@pytest.mark.parametrize(
    "text",
    [
        "Q235、X80、304L、316L、TP347", "Q235 X80 304L 316L TP347", "6061 7075 5A06 2A12 TC4A", "T91 P91 P92 TP347H SA213",
        "weld 33 tank with 42 arcs", "MIG welding 3 years TIG 5", "GTAW-2G SMAW-3G FCAW-4G", "12CR1MOVG P91 T92 SA335",
        "914501007086321234", "91450100MA5K9X3T2B", "GXZJ2023ABCD1234567", "45 Fe3 V 12 GTAW 6G MAG",
        "ABCDEFGHJKMNPQRSTVW", "2345678923456789234", "证书编号 GX-2019-0045-0771-A1B2", "2003年7月 第一机床厂 车工",
    ],
)  # fmt: skip
def test_what_is_no_code_is_never_held_for_one(text: str) -> None:
    found = typed(text)
    assert found is None or not found.certain
