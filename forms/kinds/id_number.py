"""The number of a resident identity card (居民身份证), by GB 11643-1999.

Six digits of region, eight of the birth date, three of sequence (the last of them odd for men) and an
ISO 7064 MOD 11-2 check character. 81, 82 and 83 stand for residents from Hong Kong, Macao and Taiwan. A foreign
permanent resident's card (2023 edition) has eighteen digits too: 9, the province that issued it, the country,
then as above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import ClassVar, Literal

from forms.characters import folded, narrow
from forms.dates import spoken
from forms.kinds.base import Check, Circumstances, Given, Problem, Question, Reading, Value, stale, wants_text
from forms.message import Message, Own, say
from forms.recited import figures, recited, without_dashes

Fault = Literal["format", "fifteen", "province", "birthdate", "future", "checksum"]

_SHAPE = re.compile(r"\d{17}[\dX]", re.ASCII)
_FIFTEEN = re.compile(r"\d{15}", re.ASCII)
#: What people put between the groups of a number, in whatever width, and what stands unseen among them.
_BETWEEN = r"[\s\u200b-\u200d\u2060\ufeff\-‐‑‒–—―－.．,，。·、_/]"
_GAP = f"{_BETWEEN}{{0,3}}"
#: Numbers within a text: of eighteen or fifteen digits with nothing between.
_WITHIN = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|\d{15})(?![\dXx])", re.ASCII)
#: The same with digits that slipped in.
_LONGER = re.compile(r"(?<!\d)\d{19,20}(?![\dXx])", re.ASCII)
#: Eighteen that are written apart at any place. Only the check character tells them from other numbers side by side.
_PARTED = re.compile(rf"(?<!\d)(?=(\d(?:{_GAP}\d){{16}}{_GAP}[\dXx])(?!\d))")
#: Written apart where region, birth date and sequence meet: no other numbers stand so, even where one is mistyped.
_GROUPED = re.compile(
    rf"(?<!\d)(?=(\d{{6}}{_GAP}(?:\d{{4}}{_GAP}\d\d{_GAP}\d\d{_GAP}\d{{3}}[\dXx]|\d{{6}}{_GAP}\d{{3}}))(?![\dXx]))"
)
_OLD, _LENGTH = 15, 18
#: Where one may begin that has others before or behind it with nothing between.
_RUN = re.compile(r"(?=(\d{17}[\dXx]))", re.ASCII)
#: A text with fewer digits holds none, also where some are typed as letters.
_DIGIT, _FEWEST = re.compile(r"\d"), 8
_APART = re.compile(f"{_BETWEEN}+")
_LABEL = re.compile(
    "^(?:(?:我|本人)的?)?(?:(?:居民|公民|二代)?身份证?的?(?:号码?)?|证件号?码?|号码?)?(?:就?是|为|:)*"
)
_PROVINCES = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84))
    for code in range(*codes)
)
_RESIDENTS_FROM_OUTSIDE = frozenset({"71", "81", "82", "83"})
_CHECKS = "10X98765432"
_OLDEST = 1900
#: What is typed, or read by a machine, in place of the character that it looks like.
_LIKE = str.maketrans("OOОILХ×✕✖╳*叉", "00011XXXXXXX")
_LIKE_SMALL = _LIKE | str.maketrans("oоilх", "0011X")


def fault(number: str, today: date) -> Fault | None:
    """The first thing wrong with a number, or None. A county that nobody knows is not a fault.

    Codes change and numbers stay: who holds counties against years of birth refuses every second number of people born
    before 1983 (`findings/stdnum-years-of-counties.sh`).
    """
    if _FIFTEEN.fullmatch(number):
        return "fifteen"
    if not _SHAPE.fullmatch(number):
        return "format"
    foreign = number.startswith("9")
    province = number[1:3] if foreign else number[:2]
    if province not in _PROVINCES or (foreign and province in _RESIDENTS_FROM_OUTSIDE):
        return "province"
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "birthdate"
    if birth > today:
        return "future"
    if birth.year < _OLDEST:
        return "birthdate"
    return None if number[17] == check_character(number) else "checksum"


def written_in(text: str) -> tuple[str, ...]:
    """The ID numbers that stand in a text, without what parts their digits: also mistyped ones and those of fifteen digits."""
    numbers = []
    for read in _readings(text):
        numbers += [each[0].upper() for each in _WITHIN.finditer(read) if _passes(each[0].upper())]
        numbers += [number for _, number in _apart(read)]
    return tuple(dict.fromkeys(numbers))


def veiled(text: str) -> str:
    """The text with the ID numbers in it masked: in whatever digits, written together or apart, with one digit too many.

    Whatever stands around and between them is left as it is.
    """
    plain = figures(narrow(text))
    if len(text) < _FEWEST or len(_DIGIT.findall(plain)) < _FEWEST:
        return text
    for start, end in reversed(_spans(text)):
        text = f"{text[:start]}{masked(_APART.sub('', plain[start:end]).upper())}{text[end:]}"
    return text


def _readings(text: str) -> tuple[str, str]:
    """The text as it stands, and with what looks like characters of a number read as those: both of its length."""
    plain = figures(narrow(text))
    return plain, plain.translate(_LIKE_SMALL)


def _apart(read: str) -> Iterator[tuple[tuple[int, int], str]]:
    """Where numbers stand whose digits may be written apart, and each without what parts it."""
    for proof, pattern in ((_proven, _PARTED), (_dated, _GROUPED)):
        for each in pattern.finditer(read):
            number = _APART.sub("", each[1]).upper()
            if proof(number):
                yield each.span(1), number


def _spans(text: str) -> list[tuple[int, int]]:
    """Where numbers stand in a text, in order; those that share digits are one."""
    unmerged: set[tuple[int, int]] = set()
    for read in _readings(text):
        unmerged |= {each.span() for each in _WITHIN.finditer(read) if _passes(each[0].upper())}
        unmerged |= {each.span() for each in _LONGER.finditer(read) if _dated(each[0][:_LENGTH])}
        unmerged |= {each.span(1) for each in _RUN.finditer(read) if _proven(each[1].upper())}
        unmerged |= {span for span, _ in _apart(read)}
    spans: list[tuple[int, int]] = []
    for span in sorted(unmerged):
        if spans and span[0] < spans[-1][1]:
            before = spans.pop()
            spans.append((before[0], max(before[1], span[1])))
        else:
            spans.append(span)
    return spans


def _proven(number: str) -> bool:
    """Whether the check character proves it."""
    return fault(number, date.max) is None


def _dated(number: str) -> bool:
    """Whether it has a region and a birth date that there are; a character may be mistyped."""
    whole = f"{number[:6]}19{number[6:]}0" if len(number) == _OLD else number
    return fault(whole, date.max) in (None, "checksum")


def _passes(number: str) -> bool:
    """Whether it begins with a region that there is, and one of fifteen digits has a birth date; the rest may be a slip."""
    return _dated(number) or (len(number) == _LENGTH and fault(number, date.max) == "birthdate")


def check_character(number: str) -> str:
    """The eighteenth character for the first seventeen digits."""
    return _CHECKS[sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(number[:17])) % 11]


def masked(number: str) -> str:
    """4501**********9963."""
    return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"


class IdNumberQuestion(Question):
    """Value: str, 18 characters. Derives `sex` (男, 女) and `birth` ("1984-09-12")."""

    kind: Literal["id-number"] = "id-number"

    derives: ClassVar[tuple[str, ...]] = ("sex", "birth")
    private: ClassVar[bool] = True
    gathers: ClassVar[Message | None] = say("身份证号")
    closed: ClassVar[Mapping[str, tuple[str, ...]]] = {"sex": ("男", "女")}

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A valid number, told back masked with the sex and birth date that follow from it."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        typed = _LABEL.sub("", _APART.sub("", folded(given.text)))
        readings = [recited(said).upper() for said in (typed, without_dashes(typed))]
        meant = (each.translate(_LIKE) for each in readings)
        number = next((each for each in meant if fault(each, about.today) is None), readings[0])
        wrong = fault(number, about.today)
        if wrong:
            return Problem(_explained(wrong, number))
        derived = self.derive(number)
        return Check(
            number,
            say(
                "身份证号 {number}：{sex}，{birth}出生。对吗？",
                number=masked(number),
                sex=say("女") if derived["sex"] == "女" else say("男"),
                birth=spoken(derived["birth"]),
            ),
        )

    def show(self, value: Value) -> str | Message:
        """Masked."""
        return masked(value)

    def derive(self, value: Value) -> Mapping[str, Value]:
        """Sex and birth date."""
        return {
            "sex": "男" if int(value[16]) % 2 else "女",
            "birth": f"{value[6:10]}-{value[10:12]}-{value[12:14]}",
        }

    def fullest(self) -> Value:
        """A number that was never given to anyone: the region does not exist."""
        digits = "45999919841225100"
        return digits + check_character(digits)

    def variants(self) -> tuple[Value, ...]:
        """The same for a person of 60 and one of 20 or so, since some rules turn on the age."""
        others = ("45999919641225101", "45999920041225102")
        return (self.fullest(), *(digits + check_character(digits) for digits in others))


def _explained(wrong: Fault, number: str) -> Message:
    match wrong:
        case "fifteen":
            return say("这是 15 位的旧号码。请发现在身份证上的 18 位号码。")
        case "province":
            return say("开头几位不是有效的地区代码，请对照身份证再发一次。")
        case "birthdate":
            return say(
                "第 7 到 14 位是出生日期，“{birth}”不是真实的日期，请对照身份证再发一次。", birth=number[6:14]
            )
        case "future":
            return say(
                "第 7 到 14 位是出生日期，“{birth}”还没有到，请对照身份证再发一次。", birth=number[6:14]
            )
        case "checksum":
            return say("号码里有数字打错了（最后一位对不上），请对照身份证逐位核对，再发一次。")
        case "format":
            odd = [place for place, char in enumerate(number, 1) if not (char.isascii() and char.isdigit())]
            odd = [place for place in odd if (place, number[place - 1]) != (18, "X")]
            if len(number) == 18 and 0 < len(odd) <= 4:
                return say(
                    "第 {places} 位不是数字：{chars}。前 17 位都是数字，最后一位是数字或 X。请对照身份证再发一次。",
                    places="、".join(map(str, odd)),
                    chars=Own("、".join(number[place - 1] for place in odd)),
                )
            if number.isalnum() and number.isascii() and len(number) > 10:
                return say(
                    "身份证号是 18 位，您发了 {count} 位。最后一位可能是 X。请再发一次。", count=len(number)
                )
            return say("请只发 18 位身份证号：17 位数字，加最后一位数字或 X。")
