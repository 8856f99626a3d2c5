"""Chinese numerals, as people type them in dates and amounts."""

from __future__ import annotations

import re

_DIGITS = {
    char: digit
    for digit, chars in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_UNITS = {"十": 10, "廿": 20, "百": 100, "千": 1000}
_RUN = re.compile(f"[{''.join(_DIGITS)}{''.join(_UNITS)}万]+")
_MIXED = re.compile(r"(\d{1,9})([百千万]+)")  # 3万, 2千


def to_arabic(text: str) -> str:
    """The text with every Chinese numeral in Arabic digits: 二〇一六年十二月 → 2016年12月, 一百二十 → 120, 3万 → 30000."""
    plain = _MIXED.sub(lambda found: str(int(found[1]) * int(_number(found[2]))), text)
    return _RUN.sub(lambda found: _number(found[0]), plain)


def _number(run: str) -> str:
    if all(char in _DIGITS for char in run):
        return "".join(str(_DIGITS[char]) for char in run)
    whole = part = digit = 0
    for char in run:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            whole, part, digit = (whole + part + digit or 1) * 10_000, 0, 0
        elif char == "廿":
            part, digit = part + _UNITS[char], 0
        else:
            part, digit = part + (digit or 1) * _UNITS[char], 0
    return str(whole + part + digit)
