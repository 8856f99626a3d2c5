"""Chinese numerals, as people type them in dates and amounts."""

from __future__ import annotations

import re

_DIGITS = {
    char: digit
    for digit, chars in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_UNITS = {"十": 10, "廿": 20, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SECTIONS, _NOUGHTS = "万亿", "〇零○"
_CHINESE = f"[{''.join(_DIGITS)}{''.join(_UNITS)}]"
#: A one that counts nothing: 一直, 一般.
_NO_NUMBER = rf"(?<![\d第{_CHINESE[1:-1]}])一(?=[直般样起定些旦向贯再律概致])"
#: Chinese digits and units, and what Arabic digits begin that count in hundreds and more: 一百二十, 3万5千, 3万2, 2亿.
_RUN = re.compile(rf"(?P<word>{_NO_NUMBER})|\d{{1,9}}[百千万亿][\d{_CHINESE[1:-1]}]*|(?!亿){_CHINESE}+")
_SIGN = re.compile(r"\d+|\D")
#: 一亿八千 is said for 180 million, and written for 100,008,000 by who leaves the 零 out: nobody can tell.
_SHORT = re.compile(f"亿(?![{_NOUGHTS}])(?=[^万]*[十廿百千])[^万亿]*$")
#: Two digits of which one follows the other are a choice of two: 五六, 十五六, 一两百.
_BETWEEN = re.compile(
    rf"(?<![{''.join(_DIGITS)}])([一二两三四五六七八])([二两三四五六七八九])(?![{''.join(_DIGITS)}])"
)


def to_arabic(text: str) -> str:
    """The text with every Chinese numeral in Arabic digits: 二〇一六年十二月 → 2016年12月, 一百二 → 120, 3万2 → 32000."""
    return _RUN.sub(lambda run: run[0] if run["word"] else _number(run[0]), text)


def between(text: str) -> str:
    """The part of a text that names one of two numbers, 五六 or 十五六; "" where none does."""
    pair = next((each for each in _BETWEEN.finditer(text) if _next_to(each)), None)
    return pair[0] if pair else ""


def _next_to(pair: re.Match[str]) -> bool:
    return _DIGITS[pair[2]] == _DIGITS[pair[1]] + 1


def _number(run: str) -> str:
    signs = _SIGN.findall(run)
    if not any(sign in _UNITS for sign in signs):
        return "".join(str(_DIGITS.get(sign, sign)) for sign in signs)
    if _SHORT.search(run):
        return run
    whole = part = 0
    digits, unit, zero = "", 1, False
    for sign in signs:
        if sign not in _UNITS:
            zero = zero or sign in _NOUGHTS
            digits += str(_DIGITS.get(sign, sign))
        elif sign in _SECTIONS:
            section = part + int(digits or 0)
            if sign == "亿":
                whole, section = 0, whole + section
            whole += (section or 1) * _UNITS[sign]
            part, digits, unit, zero = 0, "", _UNITS[sign], False
        else:
            times = 1 if sign == "廿" else int(digits or 1)
            part, digits, unit, zero = part + (times or 1) * _UNITS[sign], "", _UNITS[sign], False
    last = int(digits or 0)
    # The unit below the last one goes without saying: 一百二 is 120, 三千五 is 3500; 一百零二 is 102, 3万2000 as it stands.
    said = unit // 10 if unit >= 100 and len(digits) == 1 and not zero else 1
    return str(whole + part + last * said)
