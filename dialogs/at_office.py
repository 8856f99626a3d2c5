"""A case at an office, as one of its parties may know of it: where it may go, how it stands there, what came back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from forms.in_hand import InHand
from forms.kinds.base import Value
from forms.message import Message, say

#: What staff find about an answer: it is wrong, something of it is missing, it is out of date.
Sort = Literal["wrong", "missing", "outdated"]
SORTS: Mapping[Sort, Message] = {
    "wrong": say("写错了"),
    "missing": say("没写全"),
    "outdated": say("过期了"),
}
#: How a case stands at the office that has or had it.
Standing = Literal["here", "returned", "accepted", "passed", "refused", "withdrawn"]
#: A case stands at an office.
STANDS = frozenset(["here", "returned", "accepted"])
#: Where somebody of the office answers for the case.
LISTENS = STANDS | {"refused"}
#: An office that has a case looks at what it was given: nothing of that may change beneath it.
IN_HAND = frozenset(["here", "accepted", "passed"])


@dataclass(frozen=True)
class Returned:
    """What was sent back on one question of this party and has not been handed in again.

    `text` is what staff wrote, `sealed` the answer as it was handed in, None where there was none.
    """

    id: str
    question: str
    sort: Sort
    text: str
    office: str
    sealed: Value = None


@dataclass(frozen=True)
class Correction:
    """A slip that an office mended in an answer of this party, which has not undone it; None stands for no answer."""

    id: str
    question: str
    was: Value
    now: Value
    office: str


@dataclass(frozen=True)
class Place:
    """An office as people find it: `until` is the day by which paper is to be there, ISO, or ""."""

    phone: str = ""
    address: str = ""
    hours: str = ""
    until: str = ""


@dataclass(frozen=True)
class Destination:
    """An office to which this very case may be handed in; `certain` where its answers and the notice name it alone."""

    id: str
    name: str
    place: Place = Place()
    certain: bool = True


@dataclass(frozen=True)
class Erasing:
    """That this party wants gone what the office has, since a day (ISO); once `answered`, it stays for now: `reason`."""

    asked: str
    answered: bool = False
    reason: str = ""


#: How a case came out of the stage that was over last, or stands on a list that is up. A review lets it go on, keeps it in
#: reserve, or it is out. While a list is up it is listed, moved up onto it, listed as a reserve, or not listed; once that is
#: over it was kept, waited in vain, or was left out; it may be taken off. It is named in the end, or not.
Came = Literal[
    "on",
    "reserve",
    "out",
    "listed",
    "moved_up",
    "listed_reserve",
    "unlisted",
    "kept",
    "waited",
    "left_out",
    "off",
    "named",
    "unnamed",
]
#: Whoever a case is about learns no more of the selection then.
LAST: frozenset[Came] = frozenset(["out", "waited", "left_out", "off", "named", "unnamed"])


@dataclass(frozen=True)
class Result:
    """How far a case has come in the selection at its office, as whoever it is about may know it.

    `came` is how it came out of `stage`, "" while it came out of none; `days` tells when its list is up; `follows` that
    somebody may yet move up onto that, `now` which stage it is in by now, "" where nobody needs to know. Reasons,
    objections and places stay with the office.
    """

    came: Came | Literal[""] = ""
    stage: str = ""
    days: Message | None = None
    follows: bool = False
    now: str = ""


@dataclass(frozen=True)
class Handed:
    """A case that was handed in: for the how manieth time, when (local, ISO to the minute), where it lies, its number.

    `clause` and `reason` are those of a refusal. `undone` tells that staff took their last decision back. `above` is the
    office to which it was passed on. `may_withdraw` tells that the case may still be taken back, `in_hand` which paper
    the office has. `owing` names the other parties that still owe an answer to what was sent back, as “expert 1”.
    `erasing` is this party's own request, `result` how far the selection has come.
    """

    state: Standing
    round: int
    when: str
    office: str
    number: str
    place: Place = Place()
    clause: str = ""
    reason: str = ""
    undone: bool = False
    above: str = ""
    may_withdraw: bool = False
    in_hand: tuple[InHand, ...] = ()
    owing: tuple[str, ...] = ()
    erasing: Erasing | None = None
    result: Result | None = None

    @property
    def listens(self) -> bool:
        """Whether words can be left for the office."""
        return self.state in LISTENS


@dataclass(frozen=True)
class Said:
    """Words between a party and offices: `by` which office, "" where the party wrote them, when (local, ISO to the
    minute). `waits` tells that nobody has answered them."""

    by: str
    when: str
    text: str
    waits: bool = False
