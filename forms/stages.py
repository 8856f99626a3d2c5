"""What follows once applications are in: the stages of a selection, how many may go on, the days of a public notice.

A ratio counts from the places to be given, and is rounded half up, for no notice says how. A day of a public notice is
one from the day on which the list is up, that day counted, unless its stage says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from forms import workdays
from forms.dates import spoken
from forms.kinds.base import Frozen
from forms.message import Message, say
from forms.parties import Identifier

#: What becomes of a case in a stage: it goes on, stands in reserve, is out, somebody objected, it has the title.
Outcome = Literal["on", "reserve", "out", "objected", "named"]
#: What staff decide where the notice leaves it open.
Decision = Literal["", "places", "number", "days"]

_RATIO = re.compile(r"1:(\d{1,3}(?:\.\d{1,2})?)")
_DAY = timedelta(days=1)
_LAST = date.max - timedelta(days=1000)  # a notice that begins later would run out of the calendar


class Stage(Frozen):
    """What follows once it is in.

    `kind` says what an office does with it: it sifts (review), puts a list up (notice), gives the title (naming); a
    stage that is only `told` is nothing to be done at a desk. `by` is who runs it, where that is not the one office
    that runs them all. `ratio` is as printed, “1:1.3” to the places; `most: places` stands where the notice gives the
    number itself. Of those who go on so many in a hundred of the places are in `reserve`. A public notice lasts `days`,
    working ones unless `working` is false, the first one counted unless `first_day` is false; those who fall out are
    followed by `candidates` who had come so far or by the `reserves`, "" where the notice does not say; where it
    names the reserves, too, it `shows_reserves`. An `optional` stage may be passed over. `decides` is what staff enter
    with a reason where the notice leaves it open, which `open_point` tells.
    """

    id: Identifier | Literal[""] = ""
    title: str
    kind: Literal["told", "review", "notice", "naming"] = "told"
    by: str = ""
    when: str = ""
    ratio: str = ""
    most: Literal["", "places"] = ""
    reserve: Annotated[int, Field(ge=1, le=100)] | None = None
    days: Annotated[int, Field(ge=1, le=366)] | None = None
    working: bool = True
    first_day: bool = True
    followed_by: Literal["", "candidates", "reserves"] = ""
    shows_reserves: bool = False
    optional: bool = False
    decides: Decision = ""
    open_point: Identifier | Literal[""] = ""
    clause: str = ""

    @model_validator(mode="after")
    def _readable(self) -> Self:
        if self.kind == "review" and self.ratio and (self.share is None or self.share < 1):
            raise ValueError(f"“{self.ratio}” is no ratio: 1:1.3, not below 1:1")
        return self

    @property
    def share(self) -> Decimal | None:
        """How many may go on for each place; None without a ratio."""
        ratio = _RATIO.fullmatch(self.ratio)
        return Decimal(ratio[1]) if ratio else None

    @property
    def walked(self) -> bool:
        """Whether an office has something to do in it."""
        return self.kind != "told"

    @property
    def bounded(self) -> bool:
        """Whether only so many may go on, which hangs on the places."""
        return self.kind in {"notice", "naming"} or bool(self.ratio or self.most)


@dataclass(frozen=True)
class Allowed:
    """How many may go on from a stage. `number` is None where nothing bounds it; `reserves` of them wait in reserve.

    `sentence` shows how it was reckoned and rounded, with the clause.
    """

    number: int | None
    reserves: int
    sentence: Message

    @property
    def sure(self) -> int | None:
        """How many may go on that are not in reserve."""
        return None if self.number is None else self.number - self.reserves


@dataclass(frozen=True)
class Days:
    """A public notice from `starts` to `ends`, both days of it. Not `settled`: a day of it may yet be swapped (暂定)."""

    starts: date
    ends: date
    number: int
    settled: bool
    sentence: Message


def walked(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages in which offices have something to do, in order."""
    return tuple(stage for stage in stages if stage.walked)


def stage_of(stages: Sequence[Stage], identifier: str) -> Stage | None:
    """A stage that is walked, by its id; None where there is none."""
    return next((stage for stage in walked(stages) if stage.id == identifier), None)


def beside(stages: Sequence[Stage], stage: Stage) -> tuple[Stage, ...]:
    """The stages, in order, that are walked by whoever walks this one."""
    return tuple(each for each in walked(stages) if each.by == stage.by)


def earlier(stages: Sequence[Stage], stage: Stage) -> tuple[Stage, ...]:
    """Those that whoever walks this stage walks before it, the nearest first."""
    row = beside(stages, stage)
    return tuple(reversed(row[: row.index(stage)]))


def later(stages: Sequence[Stage], stage: Stage) -> tuple[Stage, ...]:
    """Those that whoever walks this stage walks after it, in order."""
    row = beside(stages, stage)
    return row[row.index(stage) + 1 :]


def rounded(exact: Decimal) -> int:
    """Half up, as the trade does it (四舍五入): 37.5 → 38, 24.2 → 24."""
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def wanting(stage: Stage, places: int | None) -> Decision:
    """What staff have to enter before this stage can begin, because the notice does not give it; "" for nothing.

    `places` are those of the programme, or those entered before.
    """
    if stage.kind == "notice" and stage.days is None:
        return "days"
    return "places" if stage.bounded and places is None else ""


def enters(stage: Stage, places: int | None) -> Decision:
    """What a figure that staff enter at this stage would be; "" where the notice leaves nothing open."""
    return wanting(stage, places) or (stage.decides if stage.decides == "number" else "")


def allowed(stage: Stage, places: int | None, figure: int | None = None) -> Allowed:
    """How many may go on, with the arithmetic.

    `figure` is the number that staff entered in place of the notice's. Raises ValueError where the number hangs on
    places that nobody has entered.
    """
    if stage.decides == "number" and figure is not None:
        text = say(
            "通知在这里没说清（{clause}），工作人员定了最多{number}人。", clause=stage.clause, number=figure
        )
        return Allowed(figure, 0, text)
    if not stage.bounded:
        return Allowed(None, 0, say("通知没有写比例，不限人数（{clause}）。", clause=stage.clause))
    if places is None:
        raise ValueError(f"“{stage.id}” hangs on places that nobody has entered")
    if stage.share is None:
        return Allowed(places, 0, say("最多{number}人（{clause}）。", number=places, clause=stage.clause))
    number, reckoned = _reckoned(places, stage)
    if not stage.reserve:
        sentence = say(
            "{reckoned}最多{number}人（{clause}）。", reckoned=reckoned, number=number, clause=stage.clause
        )
        return Allowed(number, 0, sentence)
    exact = places * Decimal(stage.reserve) / 100
    reserves = rounded(exact)
    sentence = say(
        "{reckoned}最多{number}人，其中后备{reserves}人：{places} × {percent}% = {exact}（{clause}）。",
        reckoned=reckoned,
        number=number,
        reserves=reserves,
        places=places,
        percent=stage.reserve,
        exact=_plain(exact),
        clause=stage.clause,
    )
    return Allowed(number, reserves, sentence)


def _reckoned(places: int, stage: Stage) -> tuple[int, Message]:
    share = stage.share or Decimal(1)
    exact = places * share
    number = rounded(exact)
    values = {"places": places, "ratio": stage.ratio, "share": _plain(share), "exact": _plain(exact)}
    if exact == number:
        return number, say("名额{places}个，按{ratio}：{places} × {share} = {exact}，", **values)
    text = say(
        "名额{places}个，按{ratio}：{places} × {share} = {exact}，四舍五入取{number}，",
        **values,
        number=number,
    )
    return number, text


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(stage: Stage, starts: date, days: int | None = None) -> Days:
    """The days of a public notice whose list is up on `starts`.

    `days` are those that staff entered, where the notice gives none. Where working days are counted and the list goes
    up on a day off, the first day is the next working one. Raises ValueError without a number of days, or beyond what
    a calendar holds.
    """
    number = stage.days or days
    if not number or starts > _LAST:
        raise ValueError(f"“{stage.id}” has no days that can be counted from {starts}")
    left, day = number if stage.first_day else number + 1, starts
    settled = True
    while True:
        settled = settled and (not stage.working or workdays.settled(day))
        # A day on which nobody works is none of the days; nor, without the first day, is the one after it the first.
        if not stage.working or workdays.working(day) or (day == starts and not stage.first_day):
            left -= 1
        if left == 0:
            break
        day += _DAY
    return Days(starts, day, number, settled, _told(stage, starts, day, number, settled))


def _told(stage: Stage, starts: date, ends: date, number: int, settled: bool) -> Message:
    values = {
        "starts": spoken(starts.isoformat()),
        "ends": spoken(ends.isoformat()),
        "number": number,
        "clause": stage.clause,
    }
    if not stage.working:
        if stage.first_day:
            return say("公示{number}天，{starts}算第一天，到{ends}为止（{clause}）。", **values)
        return say("公示{number}天，从{starts}的第二天算起，到{ends}为止（{clause}）。", **values)
    if stage.first_day:
        if workdays.working(starts):
            text = say("公示{number}个工作日，{starts}算第一天，到{ends}为止（{clause}）。", **values)
        else:
            text = say(
                "公示{number}个工作日，{starts}不上班，从下一个工作日算起，到{ends}为止（{clause}）。",
                **values,
            )
    else:
        text = say(
            "公示{number}个工作日，从{starts}之后的第一个工作日算起，到{ends}为止（{clause}）。", **values
        )
    return text if settled else say("{days}暂定：那一年的放假安排还没有公布，只跳过了周末。", days=text)
