"""What months and dates have in common."""

from __future__ import annotations

import re
from typing import ClassVar

from pydantic import Field

from forms.characters import folded
from forms.dates import (
    EARLIEST,
    LATEST,
    PRESENT,
    Moment,
    Unreadable,
    by_the_moon,
    checked,
    heard,
    means_present,
    spoken,
)
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Key,
    Problem,
    Question,
    Reading,
    Remark,
    Unfinished,
    Value,
    pressed,
    stale,
    wants_text,
)
from forms.message import Message, say
from forms.numerals import between, to_arabic

_YEARED = re.compile(r"\d{4}|年")
_LONGEST = 60
#: A year that is told by the way: 03年就来南宁了. 20年了 and 干了20年 are no years but how long it was.
_BY_THE_WAY = re.compile(
    r"(?<![\d了有近快约干满])((?:19|20)\d\d(?=年来)|(?:19|20)\d\d(?=年(?![了多前左度级]))|[089]\d(?=年(?![了多前左度级来])|年来(?![，,。的]|一直|$)))年"
)
#: How long ago it was, or how long it has lasted: 三十年前, 干了三十年了, 快30年了. 三十多年 may be ten years more.
_AGO = re.compile(
    r"(?P<lead>(?:我|大概|大约|差不多|应该|算|从|在|都|已经?|就|一共|总共|这行|这个|到现在|到今年|工龄|烧焊|电焊)*"
    r"(?:(?:干|做|搞|学|烧|开|当|入行|进厂|从事|工作|来)(?:[^\d\s，,。]{0,6}?)(?:了|有|快|近|满|将近|差不多|大概)*|有|快|近|将近|满){0,2})"
    r"(?P<years>[1-6]\d|[1-9])\s*年(?:(?P<ago>前|以前|之前|了)|整|左右|吧|的|光景|样子)*[^\d\s，,。多]{0,6}[。.！!]*"
)
#: Of two months only the year is known.
_UNSURE_MONTH = re.compile("还是|或者?")
#: A day without its year, where a day is asked for: 6月20日, 6.20.
_DAY_ALONE = re.compile(r"\D*?(\d{1,2})\s*[月./-]\s*(\d{1,2})[日号]?\D*")
_YEAR, _MONTH, _DAY = len("2016"), len("2016-06"), len("2016-06-20")


class MomentQuestion(Question):
    """Value: ISO text, or “至今”. Draft: {"known": "2016"} while only the year (or month) is known.

    `past` refuses what lies after today; `present_ok` takes 至今; `not_before` is the id of an earlier month or date
    question, before which the answer may not lie.
    """

    past: bool = True
    present_ok: bool = False
    not_before: str = Field("", pattern=r"^([a-z][a-z0-9_]*)?$")

    #: Lengths of ISO text: how fine an answer must be at least and is kept at most.
    coarsest: ClassVar[int] = _MONTH
    finest: ClassVar[int] = _MONTH

    def wanted(self) -> int:
        """How fine an answer must be, as a length of ISO text."""
        return self.coarsest

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A date in any of the ways people type one; a missing month or day is asked for."""
        if refusal := wants_text(given):
            return refusal
        key = pressed(given, self.keys(draft))
        if key == "present" and self.present_ok:
            return Answer(PRESENT)
        if given.text is None:
            return stale()
        if means_present(given.text):
            if self.present_ok:
                return Answer(PRESENT)
            return Problem(say("这里要写具体时间，不能写“至今”。例如：2016年6月"))
        try:
            moment = _completed(given.text, draft) or heard(given.text, about.today)
        except Unreadable as error:
            if by_the_moon(given.text):
                return Problem(error.message)
            if draft and _YEARED.search(to_arabic(folded(given.text[:_LONGEST]))):
                return Unfinished({}, (error.message,))  # another year is meant than the one known so far
            return self._half_said(given.text, draft, about) or Problem(self._example(error.message))
        iso = moment if isinstance(moment, str) else moment.iso
        iso = iso[: self.finest]
        if self.past and iso > about.today.isoformat()[: len(iso)]:
            return Problem(say("{moment}还没有到，请写已经过去的时间。", moment=spoken(iso)))
        if len(iso) < self.wanted():
            return Unfinished({"known": iso})
        if early := self._early(iso, about):
            return Problem(early)
        if not isinstance(moment, str) and not moment.sure and not self._only_one(moment, about):
            return Check(iso, say("您说的是{moment}，对吗？", moment=spoken(iso)))
        return Answer(iso, tuple(remark.message for remark in self.remarks(iso, about)))

    def _half_said(self, text: str, draft: Value, about: Circumstances) -> Reading | None:
        """The year that a sentence tells, or the day of a year that goes without saying; None where neither is said."""
        plain = to_arabic(folded(text[:_LONGEST]))
        if self.past and not self.not_before and not draft and (years_ago := _ago(text)):
            told_year = str(about.today.year - years_ago)
            counted = say("到今年{years}年，就是{year}年。", years=years_ago, year=told_year)
            return Unfinished({"known": told_year}, (counted,))
        years = _BY_THE_WAY.findall(plain)
        month = re.search(r"\d\s*月", plain) and not _UNSURE_MONTH.search(plain)
        if len(years) == 1 and not draft and not month:
            told_year = heard(f"{years[0]}年", about.today).iso
            return Unfinished({"known": told_year}) if told_year <= about.today.isoformat() else None
        alone = _DAY_ALONE.fullmatch(plain) if self.wanted() == _DAY and not draft else None
        if alone is None:
            return None
        for year in (about.today.year, about.today.year - 1):
            try:
                day = checked(year, int(alone[1]), int(alone[2]))
            except Unreadable:
                continue
            if not (self.past and day > about.today.isoformat()):
                return Check(day, say("您说的是{moment}，对吗？", moment=spoken(day)))
        return None

    def _example(self, message: Message) -> Message:
        """A day in place of a month in what is told, where a day is asked for."""
        if self.wanted() != _DAY or "几月，例如" not in message.text:
            return message
        return say("没看懂这个时间。请写几年几月几日，例如：2016年6月20日")

    def _only_one(self, moment: Moment, about: Circumstances) -> bool:
        """Whether the year's other century is none: still to come, before the birth, or before what came before."""
        if not moment.century:
            return False
        year, floors = int(moment.iso[:_YEAR]), [about.scope.get(name) for name in ("birth", self.not_before)]
        years = [
            int(floor[:_YEAR]) for floor in floors if isinstance(floor, str) and floor[:_YEAR].isdecimal()
        ]
        earliest = max(years, default=EARLIEST)
        latest = about.today.year if self.past else LATEST
        return [each for each in (year - 100, year, year + 100) if earliest <= each <= latest] == [year]

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """What is still missing of a half-given date."""
        if not draft:
            return ()
        if len(draft["known"]) == _YEAR:
            return (say("{moment}几月？只发数字也行，例如：6", moment=spoken(draft["known"])),)
        return (say("{moment}几日？只发数字也行，例如：20", moment=spoken(draft["known"])),)

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """至今, where it may be said."""
        return (Key("present", say("至今")),) if self.present_ok else ()

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """Nothing a person tells of themselves is older than they are; what begins earlier may have been changed."""
        if early := self._early(value, about):
            return (Remark(early, blocking=True),)
        birth = about.scope.get("birth")
        if self.past and isinstance(birth, str) and value != PRESENT and value < birth[: len(value)]:
            return (
                Remark(
                    say(
                        "{moment}比出生年月（{birth}）还早，请核对。",
                        moment=spoken(value),
                        birth=spoken(birth[:_MONTH]),
                    ),
                    blocking=True,
                ),
            )
        return ()

    def _early(self, value: str, about: Circumstances) -> Message | None:
        """What is wrong with an answer that lies before the one it may not lie before."""
        other = about.scope.get(self.not_before) if self.not_before else None
        if not isinstance(other, str) or PRESENT in (value, other):
            return None
        common = min(len(value), len(other))
        if value[:common] >= other[:common]:
            return None
        return say(
            "结束的{moment}比开始的{other}还早，请核对后再写一次。",
            moment=spoken(value),
            other=spoken(other),
        )

    def show(self, value: Value) -> str | Message:
        """2016年6月."""
        return spoken(value)

    def printed(self, value: Value) -> str:
        """2016年6月; a form with another style prints through the filter `month`."""
        return str(spoken(value))


def _ago(text: str) -> int:
    """How many years ago a text says that something began; 0 where it does not, or not for certain."""
    said = _AGO.fullmatch(to_arabic(folded(text[:_LONGEST])))
    if said is None or between(text) or not (said["lead"] or said["ago"]):
        return 0
    return int(said["years"])


def _completed(text: str, draft: Value) -> str | None:
    """The known year or month with the bare number that was asked for; None for any other text."""
    if not draft:
        return None
    number = to_arabic(folded(text)[:8]).strip("月日号份 。.")
    if not (number.isascii() and number.isdecimal() and len(number) <= 2):
        return None
    parts = [int(part) for part in draft["known"].split("-")] + [int(number)]
    return checked(parts[0], parts[1], parts[2] if len(parts) > 2 else None)
