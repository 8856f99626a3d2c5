"""What staff do, one frozen class each. The house does them in one unit with what they say, or refuses with a sentence.

`stay` is a case at an office; a deed that decides is bound to the `version` of the stay that was on the Screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from dialogs.at_office import Sort
from forms.kinds.base import Value
from forms.seats import Act, Role

Settlement = Literal["met", "not_met"]


@dataclass(frozen=True)
class Deed:
    """Something that somebody does from a seat; `act` is what the seat must allow."""

    act: ClassVar[Act] = "read"


#: A case is at an office, to be worked on there.
_STANDS = frozenset({"here", "returned", "accepted"})
#: The office answers for it: it is there, or was refused there.
_ANSWERS = _STANDS | {"refused"}
_EVER = _ANSWERS | {"passed"}


@dataclass(frozen=True)
class OnStay(Deed):
    """A deed on one case; `states` are those of a stay in which it may be done."""

    states: ClassVar[frozenset[str]] = _STANDS

    stay: str


@dataclass(frozen=True)
class Decision(OnStay):
    """One that counts only where nobody has decided since: who was quicker is told."""

    states = _EVER

    version: int


@dataclass(frozen=True)
class Opened(OnStay):
    """The case was opened: it is marked with who has it, where nobody has."""

    states = _EVER


@dataclass(frozen=True)
class PutDown(Deed):
    """The case is no longer looked at: whoever holds it lets go, unless something half written waits there.

    It is no `OnStay`: whatever became of the case, nobody is kept from going on.
    """

    stay: str


@dataclass(frozen=True)
class TakenOver(OnStay):
    """Somebody else had it open."""

    act = "take"


@dataclass(frozen=True)
class Remarked(OnStay):
    """A remark is written on one question of a part (“nominee 1”); it is not sent yet."""

    act = "return"
    states = frozenset({"here"})

    part: str
    question: str
    sort: Sort
    text: str


@dataclass(frozen=True)
class RemarkDropped(OnStay):
    """A remark that was not sent is none."""

    act = "return"

    remark: str


@dataclass(frozen=True)
class Returned(Decision):
    """The remarks are sent: whoever owes the answers is asked again."""

    act = "return"


@dataclass(frozen=True)
class Settled(OnStay):
    """What a rule left to staff is decided, with the reason."""

    act = "settle"

    rule: str
    outcome: Settlement
    reason: str


@dataclass(frozen=True)
class Unsettled(OnStay):
    """What was decided is open again."""

    act = "settle"

    rule: str


@dataclass(frozen=True)
class Corrected(OnStay):
    """A slip is mended on somebody's behalf, where the office may: the answer is this from now on."""

    act = "correct"
    states = frozenset({"here"})

    part: str
    question: str
    value: Value


@dataclass(frozen=True)
class Stated(OnStay):
    """What the office writes itself is this, since its `version`, all of it; None: the last change is taken back."""

    act, states = "state", frozenset({"here", "accepted"})

    version: int
    answers: Mapping[str, Value] | None


@dataclass(frozen=True)
class Ticked(OnStay):
    """A paper is in hand, all of it, or with what it `lacks`, or so many `copies` of it (0: all that are due)."""

    act = "tick"

    paper: str
    lacks: str = ""
    copies: int = 0


@dataclass(frozen=True)
class Unticked(OnStay):
    """A paper is not in hand after all."""

    act = "tick"

    paper: str


@dataclass(frozen=True)
class GivenBack(OnStay):
    """Originals were given back."""

    act = "tick"

    paper: str


@dataclass(frozen=True)
class Accepted(Decision):
    """The office accepts the case."""

    act = "accept"


@dataclass(frozen=True)
class PassedUp(Decision):
    """The office passes the case on to the one above; knowingly `without` what it has not written itself."""

    act = "pass_up"

    without: bool = False


@dataclass(frozen=True)
class Refused(Decision):
    """The office refuses the case: by which rule (its id, or "" for words of their own), and why."""

    act = "refuse"

    rule: str
    reason: str


@dataclass(frozen=True)
class Undone(Decision):
    """The last decision is taken back."""

    act = "accept"


@dataclass(frozen=True)
class Assigned(OnStay):
    """A colleague is to work on it; "" for nobody."""

    act = "assign"

    seat: str


@dataclass(frozen=True)
class TakenOn(OnStay):
    """Whoever has it open is to work on it."""

    act = "take"


@dataclass(frozen=True)
class Replied(OnStay):
    """Words to a party of the case, by its key; `until` is the last letter that was on the Screen."""

    act = "answer"
    states = _ANSWERS

    text: str
    part: str
    until: int


@dataclass(frozen=True)
class LettersRead(OnStay):
    """What a party wrote, up to a letter, needs no answer."""

    act = "answer"
    states = _ANSWERS

    part: str
    until: int


@dataclass(frozen=True)
class ErasureAgreed(Decision):
    """What a party asked to be deleted goes."""

    act = "erase"
    states = _STANDS

    part: str


@dataclass(frozen=True)
class ErasureKept(OnStay):
    """What a party asked to be deleted stays for now, with the reason."""

    act = "erase"

    part: str
    reason: str


@dataclass(frozen=True)
class CodeIssued(OnStay):
    """Whoever lost every way back, and showed their ID card, gets a new code."""

    act = "help_back"
    states = _ANSWERS


@dataclass(frozen=True)
class SeatOffered(Deed):
    """A colleague is invited to the office: in which role, by what name."""

    act = "invite"

    office: str
    role: Role
    name: str


@dataclass(frozen=True)
class SeatEnded(Deed):
    """A colleague's seat is taken back."""

    act = "remove"

    seat: str


@dataclass(frozen=True)
class DigestAt(Deed):
    """At which hour a digest comes; None: not at all."""

    hour: int | None


@dataclass(frozen=True)
class Exported(Deed):
    """All cases of a programme that the office has are to be taken along: in one table, or as packets."""

    kind: Literal["table", "packets"]
    programme: str

    act = "export"


@dataclass(frozen=True)
class LeftDesk(Deed):
    """The person goes to applications of their own."""


def kinds() -> Iterator[type[Deed]]:
    """Every deed there is."""
    waiting = [Deed]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if not each.__subclasses__():
                yield each
