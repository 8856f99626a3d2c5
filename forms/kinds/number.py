"""A whole number, with its unit."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field

from forms.characters import folded, simplified
from forms.dates import spoken
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Keyboard,
    Problem,
    Question,
    Reading,
    Remark,
    Value,
    stale,
    wants_text,
)
from forms.message import Message, say
from forms.numerals import between, to_arabic
from forms.spans import as_fine, months_to
from forms.understanding import Meaning, meaning

_VAGUE = re.compile(r"大概|大约|约|左右|多(?=\D*$)|将近|差不多|吧")
_LEAD = re.compile(r"^(?:[一总]?共|[有是第嗯，,\s])+")
_UNIT = re.compile(r"[年项个人次件名位岁元]$")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_YEARS = re.compile(
    r"(\d{1,3})(?:\.(?P<tenths>\d))?\s*年(?:(?P<half>半)|零?\s*(?P<months>\d{1,2})\s*个?月?)?"
)
#: Two and three in one word with what is counted.
_PAIRS = str.maketrans({"俩": "两个", "仨": "三个"})
_MONTHS = "个月"
_HALF_MORE = re.compile(r"(?<=\d)年半")
_HALF_A_YEAR = re.compile("半年")
#: A number that stands in a sentence: 前后停了1个月, 快20年了, 10来项; “O” among digits is a nought.
_LETTER_O = re.compile(r"(?<=\d)[oOоО](?![A-Za-z])|(?<![A-Za-z])[oOоО](?=\d)")
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
_MOST_DIGITS = 9
_NTH = re.compile(r"第\s*(\d{1,4})(?!\d)")
#: What makes of a number in a sentence something else than the answer: a denial, a span, a bound, a date.
_OTHERWISE = re.compile(
    r"[没不无未别非半几~～\-—至]|从|到(?!过|了)|以[上下前内]|超过|[前后](?=\d)|\d{4}年|(?:^|\D)0\d年|\d(?:月|号|日)|[?？]|\.\d"
)
#: That it never came to it: 没停过, 中间没有中断, 一直没离开.
_NEVER = re.compile(
    "(?:我们?|本人|中间|中途|期间|一直|从来|从|都|也|就|倒|还|可)*(?:没有?|冇有?|未|不曾)"
    "(?!数|算|统计|记|填|写|想|看|搞|问|听|见|说|事|有|收|带|发)[\u4e00-\u9fff]{1,5}"
)
#: That it went on all the while: 一直在干, 我一直都是做这个的. Nothing of a span was left out.
_ALL_ALONG = re.compile(
    "(?:我们?|本人|这些年|从来)*一直(?:没有|[都就还是在没不干做搞这一行个停断换过着的了呢啊])*"
)
_PLACE = "名"
_LONGEST = 40
_A_YEAR = 12  # months
_PLACES = (
    re.compile("冠军|状元|头名|头一名|榜首|金牌"),
    re.compile("亚军|榜眼|银牌"),
    re.compile("季军|探花|铜牌"),
)
_NO_PLACE = re.compile("[没不无非未]")


class NumberQuestion(Question):
    """Value: int from `min` to `max`; `unit` (项, 年, 人) is shown behind it. With the unit 名 it is a place: 第1名.

    `within` is the id of an earlier month or date question: the months given lie between its answer and the day to
    which years are counted, so they are no more than those.
    """

    kind: Literal["number"] = "number"
    min: int = 0
    max: int | None = None
    unit: str = ""
    within: str = Field("", pattern=r"^([a-z][a-z0-9_]*)?$")

    keyboard: ClassVar[Keyboard] = "number"

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """The number in Arabic or Chinese digits, with or without its unit; “约” is asked back."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        text = simplified(folded(given.text[:_LONGEST])).translate(_PAIRS)
        if self.min <= 0 and meaning(text) in ("none", "no"):
            return Answer(0)
        if self.unit == _PLACE and (place := _placed(text)):
            return Answer(place)
        either = between(text)
        if either:
            return Problem(
                say(
                    "“{either}”可能是两个数，请只发一个，例如：{example}",
                    either=either,
                    example=self._likely(),
                )
            )
        bare = _LEAD.sub("", _VAGUE.sub("", text)).strip(" 。.!").removesuffix(self.unit)
        plain = self._in_months(text) or _GROUPED.sub("", to_arabic(_UNIT.sub("", bare).strip()))
        if not re.fullmatch(r"[-+]?\d{1,12}", plain):
            if (heard := self._heard(text)) is not None and self._fits(heard, about):
                return Check(heard, say("按 {value} 记，对吗？", value=self.show(heard)))
            if re.fullmatch(r"\d+\.\d+", plain):
                return Problem(say("请填整数，不要小数点，例如：{example}", example=self._likely()))
            return Problem(say("请只发一个数字，例如：{example}", example=self._likely()))
        value = int(plain)
        if value < self.min:
            return Problem(say("不能小于 {min}{unit}，请再发一次。", min=self.min, unit=self.unit))
        if self.max is not None and value > self.max:
            return Problem(say("不能大于 {max}{unit}，请再发一次。", max=self.max, unit=self.unit))
        if more := self._more(value, about):
            return Problem(more)
        if _VAGUE.search(text):
            return Check(value, say("按 {value} 记，对吗？", value=self.show(value)))
        return Answer(value)

    def names(self, text: str) -> bool:
        """Whether it is a number: 88 is eighty-eight here, and no farewell."""
        return text.strip().isdecimal()

    def takes(self, meant: Meaning, draft: Value) -> bool:
        """That there is none, where nought is a number here."""
        return self.min <= 0 and meant in ("none", "no")

    def lacking(self) -> Message | None:
        """Nought, where it is a number here."""
        return say("没有就发0。") if self.min <= 0 and not self.optional else None

    def _heard(self, text: str) -> int | None:
        """The one number that a sentence says; None where it says none, several, or what it says of it is in doubt."""
        bare = text.strip(" 。.!")
        if self.min <= 0 and self.optional and _NEVER.fullmatch(bare):
            return 0
        if self.min <= 0 and self.within and _ALL_ALONG.fullmatch(bare):
            return 0
        plain = _LETTER_O.sub("0", to_arabic(re.sub("前前?后后?", "", bare)))
        numbers = _NUMBERS.findall(plain)
        if any(len(number) > _MOST_DIGITS for number in numbers):
            return None
        if self.unit == _PLACE:
            places = _NTH.findall(plain)
            return (
                int(places[0]) if len(places) == len(numbers) == 1 and not _OTHERWISE.search(plain) else None
            )
        if self.unit == _MONTHS:
            spans = list(_YEARS.finditer(plain))
            if len(spans) == 1 and not _OTHERWISE.search(plain[: spans[0].start()] + plain[spans[0].end() :]):
                rest = plain[: spans[0].start()] + plain[spans[0].end() :]
                return None if _NUMBERS.search(rest) else int(self._in_months(spans[0][0]))
        if self.unit == "年":
            plain = _HALF_MORE.sub("年", plain)
        return int(numbers[0]) if len(numbers) == 1 and not _OTHERWISE.search(plain) else None

    def _fits(self, value: int, about: Circumstances) -> bool:
        return self.min <= value <= (value if self.max is None else self.max) and not self._more(value, about)

    def _in_months(self, text: str) -> str:
        """Years as the months that are asked for: 24 of “2年”, 6 of 半年; empty for anything else."""
        if self.unit == _MONTHS and _HALF_A_YEAR.fullmatch(
            _LEAD.sub("", _VAGUE.sub("", text)).strip(" 。.!")
        ):
            return "6"
        years = _YEARS.fullmatch(to_arabic(_LEAD.sub("", _VAGUE.sub("", text))).strip(" 。.!"))
        if self.unit != _MONTHS or not years:
            return ""
        less = int(years["tenths"] or 0) * 12 // 10 + (6 if years["half"] else int(years["months"] or 0))
        return str(int(years[1]) * 12 + less)

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """More months than there were, since the beginning was changed."""
        more = self._more(value, about)
        return (Remark(more, blocking=True),) if more else ()

    def _more(self, value: int, about: Circumstances) -> Message | None:
        """What is wrong with more months than lie within the span."""
        start = about.scope.get(self.within) if self.within else None
        end = about.scope.get("counted_to") or about.today.isoformat()
        if (
            not isinstance(start, str)
            or not isinstance(end, str)
            or value <= (months := months_to(start, end))
        ):
            return None
        return say(
            "{value}个月太长了：{start}到{end}一共只有{months}个月。请核对后再写一次。",
            value=value,
            start=spoken(as_fine(start, end)),
            end=spoken(as_fine(end, start)),
            months=max(months, 0),
        )

    def show(self, value: Value) -> str | Message:
        """14项, 第1名."""
        if self.unit == _PLACE:
            return say("第{value}名", value=value)
        return say("{value}{unit}", value=value, unit=self.unit)

    def printed(self, value: Value) -> str:
        """The number alone: forms print the unit themselves."""
        return str(value)

    def fullest(self) -> Value:
        """The largest; two figures where none is given; a year of a span that is not known here."""
        if self.within:
            return min(_A_YEAR, self.max if self.max is not None else _A_YEAR)
        return self.max if self.max is not None else max(self.min, 99)

    def variants(self) -> tuple[Value, ...]:
        """The largest and the smallest."""
        return self.fullest(), self.min

    def _likely(self) -> int:
        return max(self.min, min(3, self.max if self.max is not None else 3))


def _placed(text: str) -> int | None:
    """The place that a word for it means (冠军 is the first); None where there is no such word, or it is denied."""
    places = [place for place, word in enumerate(_PLACES, 1) if word.search(text)]
    return places[0] if len(places) == 1 and not _NO_PLACE.search(text) else None
