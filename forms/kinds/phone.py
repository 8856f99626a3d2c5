"""A telephone number in China."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

import phonenumbers

from forms.characters import folded
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Keyboard,
    Problem,
    Question,
    Reading,
    Value,
    stale,
    wants_text,
)
from forms.message import Message, say
from forms.recited import figures, recited

_LABEL = re.compile(
    r"^(?:我的?|本人的?)?(?:联系|办公|单位|移动)?(?:电话|手机|方式|座机|固话|tel|phone|mobile)(?:号码?)?\s*[是为:]?\s*",
    re.IGNORECASE,
)
#: What people write behind a number that is no part of it: that it is their WeChat name too.
_BESIDE = re.compile(r"\s*[(,，、;]?\s*(?:同?微信(?:同号|号)?|微信和?电话同号)\s*\)?\s*[。.]?$")
_DASH = re.compile(r"(?<=\d)\s*[‐-―−─－ー一]\s*(?=\d)")
#: Hong Kong and Macao have eight digits behind theirs, Taiwan eight or nine.
_OUTSIDE = re.compile(r"85[23]\d{8}|886\d{8,9}")
_EXTENSION = re.compile(
    r"\s*(?:转|分机|ext\.?|#|(?<=\d{7})-)\s*(?P<extension>\d{1,5})$", re.IGNORECASE | re.ASCII
)
#: One number among words, or one of several: 座机0771-2805708转801 手机13800000000.
_ONE_OF = re.compile(
    r"(?<!\d)(?P<number>(?P<mobile>1[3-9]\d[ -]?\d{4}[ -]?\d{4})|\(?0\d{2,3}\)?[ -]?\d{7,8}|[2-8]\d{6,7})(?!\d)"
    r"(?:\s*(?:转|(?:转)?(?:分机|内线)(?:号)?|ext\.?|#|-)\s*(?P<extension>\d{1,5})(?!\d))?",
    re.ASCII | re.IGNORECASE,
)
#: That a number is not, or no more, the one to call.
_NOT_THIS = re.compile("不是|不要|别打|不用|打不通|停机|停用|注销|旧号|以前|原来|换[了掉]")
_NUMBER = re.compile(r"\+?[\d\s()./-]{5,30}", re.ASCII)
_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"(?P<area>0(?:10|2\d|[3-9]\d\d))-?(?P<local>\d{7,8})")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_NOWHERE = ("400", "800", "95")  # numbers of firms, with no area
_LONGEST = 80  # characters of what is read
_FEWEST, _MOST = 5, 15  # digits of any number in the world
_EXTENDED = "转"


class PhoneQuestion(Question):
    """Value: str: 19000000101, 0771-2805708, 0771-2805708转801, +852 2123 4567.

    `mobile` takes mobile numbers only. A number that the library does not know is kept when the person says so:
    it lacks some prefixes.
    """

    kind: Literal["phone"] = "phone"
    mobile: bool = False

    keyboard: ClassVar[Keyboard] = "tel"
    private: ClassVar[bool] = True
    gathers: ClassVar[Message | None] = say("电话")

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """The number in one way of writing; a bare local number gets the programme's area code."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        bare = _BESIDE.sub("", _LABEL.sub("", folded(given.text[:_LONGEST])))
        text = _DASH.sub("-", figures(bare)).rstrip("。.")
        several = list(_ONE_OF.finditer(text)) or list(_ONE_OF.finditer(recited(text)))
        if len(several) > 1:
            return self._one_of([each["mobile"] for each in several if each["mobile"]])
        extension = _EXTENSION.search(text)
        typed = text[: extension.start()] if extension else text
        among = None if _NUMBER.fullmatch(typed) or _NOT_THIS.search(text) else next(iter(several), None)
        if among:
            typed, extension = among["number"], among if among["extension"] else None
        elif not _NUMBER.fullmatch(typed):
            return Problem(self._wanted())
        number = re.sub(r"[^\d+]", "", typed)
        if _LOCAL.fullmatch(number):
            if not about.area_code:
                return Problem(say("座机号请加上区号，例如：0771-2805708"))
            number = about.area_code + number
        number, valid = _written(number)
        digits = sum(char.isdecimal() for char in number)
        if self.mobile and not _MOBILE.fullmatch(number) and not number.startswith("+"):
            return Problem(
                say("这里要手机号，11 位，1 开头。您发的是 {count} 位，请再发一次。", count=digits)
            )
        if not _FEWEST <= digits <= _MOST:
            return Problem(self._wanted())
        if extension:
            number = f"{number}{_EXTENDED}{extension['extension']}"
        if among and valid:
            return Check(number, say("按 {value} 记，对吗？", value=self.show(number)))
        if valid:
            return Answer(number)
        return Check(number, say("“{number}”不像常见的电话号码，请再看一眼。没有写错吗？", number=number))

    def _one_of(self, mobiles: list[str]) -> Reading:
        """The mobile number, where there is one among several."""
        if len(mobiles) != 1:
            return Problem(say("这里只填一个号码，请发最容易找到您的那一个。"))
        number, _ = _written(re.sub(r"\D", "", mobiles[0]))
        return Check(number, say("按 {value} 记，对吗？", value=self.show(number)))

    def show(self, value: Value) -> str | Message:
        """Masked: 190****0101."""
        number, mark, extension = value.partition(_EXTENDED)
        area, dash, local = number.rpartition("-")
        if dash:
            return f"{area}-***{local[-4:]}{mark}{extension}"
        return f"{number[:3]}****{number[-4:]}{mark}{extension}" if len(number) > 8 else f"***{number[-2:]}"

    def fullest(self) -> Value:
        """A mobile number, or one with an area code and an extension."""
        return "19000000101" if self.mobile else "0771-2805708转801"

    def _wanted(self) -> Message:
        if self.mobile:
            return say("请发 11 位手机号，只要数字，例如：19000000101")
        return say("请发电话号码，例如 11 位手机号，或座机 0771-2805708")


def _written(number: str) -> tuple[str, bool]:
    """The number as it is kept, and whether the library knows such numbers."""
    if _OUTSIDE.fullmatch(number) and phonenumbers.is_valid_number(phonenumbers.parse(f"+{number}")):
        number = f"+{number}"
    try:
        parsed = phonenumbers.parse(number, "CN")
    except phonenumbers.NumberParseException:
        return number, False
    valid = phonenumbers.is_valid_number(parsed)
    if parsed.country_code != 86:
        style = phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return (phonenumbers.format_number(parsed, style), True) if valid else (number, False)
    national = number.removeprefix("+86").removeprefix("0086")
    if len(national) == 13 and national.startswith("86"):
        national = national[2:]
    if _MOBILE.fullmatch(national) or national.startswith(_NOWHERE):
        return national, valid
    landline = _LANDLINE.fullmatch(national if national.startswith("0") else f"0{national}")
    return (f"{landline['area']}-{landline['local']}" if landline else national), valid
