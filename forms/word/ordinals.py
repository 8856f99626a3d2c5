"""Numbers as Word writes them before the paragraphs of a list (ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LONGEST_ROMAN = 3999


def counted(number: int, way: str) -> str:
    """A number in one of Word's ways, such as `chineseCounting`; in figures where the way is not known."""
    return _WAYS.get(way, str)(number)


def circled(number: int) -> str:
    """①, up to 50; beyond that the plain figures."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return "⓪" if number == 0 else str(number)


def _thousands(number: int, digits: str, units: str, zero: str) -> str:
    """As it is spoken, up to 9999: 一百零五, 十二."""
    if not 0 < number <= 9999:
        return "".join(digits[int(figure)] for figure in str(number)) if number >= 0 else str(number)
    spoken, gap = "", False
    for power in (3, 2, 1, 0):
        figure = number // 10**power % 10
        if not figure:
            gap = bool(spoken)
            continue
        spoken += (zero if gap else "") + digits[figure] + (units[power - 1] if power else "")
        gap = False
    return spoken


def _spoken(number: int) -> str:
    spoken = _thousands(number, _DIGITS, "十百千", "零")
    return spoken.removeprefix("一") if 10 <= number <= 19 else spoken


def _counting(number: int) -> str:
    """Beyond ninety-nine one figure after the other."""
    return _spoken(number) if number <= 99 else _one_by_one(number)


def _one_by_one(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(max(number, 0)))


def _legal(number: int) -> str:
    return _thousands(number, _LEGAL, "拾佰仟", "零")


def _letters(number: int) -> str:
    """A to Z, then AA, BB."""
    if number < 1:
        return str(number)
    times, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * min(times + 1, 9)


def _roman(number: int) -> str:
    if not 0 < number <= _LONGEST_ROMAN:
        return str(number)
    numeral = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral


def _from(row: str) -> Callable[[int], str]:
    return lambda number: row[number - 1] if 0 < number <= len(row) else str(number)


def _block(start: int, most: int) -> Callable[[int], str]:
    return lambda number: chr(start + number - 1) if 0 < number <= most else str(number)


_WAYS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(max(number, 0))),
    "decimalFullWidth2": lambda number: "".join(chr(ord(figure) + 0xFEE0) for figure in str(max(number, 0))),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _block(0x2474, 20),
    "decimalEnclosedFullstop": _block(0x2488, 20),
    "ideographEnclosedCircle": _block(0x3280, 10),
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "chineseCounting": _counting,
    "chineseCountingThousand": _spoken,
    "japaneseCounting": _spoken,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _spoken,
    "ideographDigital": _one_by_one,
    "japaneseDigitalTenThousand": _one_by_one,
    "taiwaneseDigital": _one_by_one,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "none": lambda _: "",
}
