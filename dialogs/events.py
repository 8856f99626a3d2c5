"""What happens in a turn: one frozen class for each, for the history and for whoever keeps what follows from it.

An event never carries an answer's value. What the house does about each stands in `bot.house.effects`; one that is
not known there fails at start. The history keeps `kind`, `about` and `details`, so a kind is never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar


@dataclass(frozen=True)
class Event:
    """Something that happened. `about` names what it happened to: a question, a rule, a programme, a device."""

    kind: ClassVar[str]

    about: str = ""

    @property
    def details(self) -> Mapping[str, str]:
        """What else the history keeps of it, as text."""
        kept = (each for each in fields(self) if each.name != "about" and each.metadata.get("kept", True))
        own = {each.name: str(getattr(self, each.name)) for each in kept}
        return {name: value for name, value in own.items() if value}


def kinds(of: type[Event] = Event) -> tuple[type[Event], ...]:
    """Every class of event that there is."""
    return tuple(each for kind in of.__subclasses__() for each in (kind, *kinds(kind)))


# To an application.


@dataclass(frozen=True)
class Consented(Event):
    """The person agreed to what is kept of them; `text` is what they agreed to."""

    kind = "consented"

    text: str = field(default="", repr=False, metadata={"kept": False})


@dataclass(frozen=True)
class Allowed(Event):
    """The person agreed by itself to what the sensitive question `about` asks for; `text` is what they agreed to."""

    kind = "allowed"

    text: str = field(default="", repr=False, metadata={"kept": False})


@dataclass(frozen=True)
class Withheld(Event):
    """The person did not agree to what the sensitive question `about` asks for, or withdrew that: it comes on paper."""

    kind = "withheld"


@dataclass(frozen=True)
class NotKept(Event):
    """The file `about` came before its consent, and is not kept."""

    kind = "not_kept"


@dataclass(frozen=True)
class Spoken(Event):
    """The person speaks the language `about` from now on."""

    kind = "language"


@dataclass(frozen=True)
class Fitting(Event):
    """The pre-check began."""

    kind = "fitting"


@dataclass(frozen=True)
class Began(Event):
    """An application to the programme `about`."""

    kind = "began"


@dataclass(frozen=True)
class Adopted(Event):
    """Answers of an earlier application were taken over into one to the programme `about`."""

    kind = "adopted"

    interview: str = ""
    answers: int = 0


@dataclass(frozen=True)
class Afresh(Event):
    """Answers of earlier applications were not taken over."""

    kind = "afresh"


@dataclass(frozen=True)
class Finished(Event):
    """The part is done."""

    kind = "finished"


@dataclass(frozen=True)
class Reopened(Event):
    """A part that was done is changed again."""

    kind = "reopened"


@dataclass(frozen=True)
class Restarted(Event):
    """All answers were cleared at the person's word."""

    kind = "restarted"


@dataclass(frozen=True)
class Erased(Event):
    """All answers were cleared because the rule `about` allows none to be kept."""

    kind = "erased"


@dataclass(frozen=True)
class Switched(Event):
    """The person goes over to another interview of theirs, `about`; "" for a new one."""

    kind = "switched"


@dataclass(frozen=True)
class Moved(Event):
    """The case of the programme `about` went over to the definition on offer; `before` and `after` are digests."""

    kind = "moved"

    before: str = ""
    after: str = ""


# To the parties of a case; `about` names one as “expert 1”.


@dataclass(frozen=True)
class Invited(Event):
    """Somebody is asked to take part as the party `about`."""

    kind = "invited"


@dataclass(frozen=True)
class LinkReplaced(Event):
    """The party `about` has another link; the one before opens nothing any more."""

    kind = "link_replaced"


@dataclass(frozen=True)
class InvitationRevoked(Event):
    """The party `about` is asked no more."""

    kind = "revoked"


@dataclass(frozen=True)
class Reminded(Event):
    """The party `about` is reminded."""

    kind = "reminded"


@dataclass(frozen=True)
class RemindersOff(Event):
    """The person wants no reminders any more."""

    kind = "reminders_off"


@dataclass(frozen=True)
class RemindersOn(Event):
    """The person wants reminders again."""

    kind = "reminders_on"


@dataclass(frozen=True)
class Joined(Event):
    """Whoever was asked took their part."""

    kind = "joined"


@dataclass(frozen=True)
class Declined(Event):
    """Whoever was asked does not take part, for the reason `about`."""

    kind = "declined"


@dataclass(frozen=True)
class Withdrew(Event):
    """Whoever took part does so no more."""

    kind = "withdrew"


@dataclass(frozen=True)
class LookedAgain(Event):
    """What others had changed was looked at, and the part stands."""

    kind = "looked_again"


@dataclass(frozen=True)
class Objected(Event):
    """The person whom it is about finds the answer to `about` wrong."""

    kind = "objected"


@dataclass(frozen=True)
class Refused(Event):
    """The person whom it is about does not agree to be put forward."""

    kind = "refused"


@dataclass(frozen=True)
class Ranked(Event):
    """Among those for whom the person fills in, the application `about` goes one place up; "" for this one."""

    kind = "ranked"


# To a case at an office.


@dataclass(frozen=True)
class HandedIn(Event):
    """The case is handed in to the office `about`, as it stands."""

    kind = "handed_in"


@dataclass(frozen=True)
class TakenBack(Event):
    """The case is taken back from the office that has it."""

    kind = "taken_back"


@dataclass(frozen=True)
class RemarkUpheld(Event):
    """What staff remarked on the question `about` leaves its answer as it is."""

    kind = "remark_upheld"


@dataclass(frozen=True)
class CorrectionUndone(Event):
    """The correction `about`, which staff made, is undone by whoever owns the answer."""

    kind = "correction_undone"


@dataclass(frozen=True)
class Wrote(Event):
    """Words for the office that has the case; `text` is kept as a letter, and in no history."""

    kind = "wrote"

    text: str = field(default="", repr=False, metadata={"kept": False})


# To a question or a rule.


@dataclass(frozen=True)
class Answered(Event):
    """The question `about`."""

    kind = "answered"


@dataclass(frozen=True)
class Skipped(Event):
    """The question `about`, which need not be answered."""

    kind = "skipped"


@dataclass(frozen=True)
class PutOff(Event):
    """The question `about`, until the end."""

    kind = "later"


@dataclass(frozen=True)
class Appealed(Event):
    """The failed rule `about` is taken to the staff."""

    kind = "appealed"


@dataclass(frozen=True)
class Faced(Event):
    """The failed rule `about` was walked past."""

    kind = "faced"


@dataclass(frozen=True)
class SetAside(Event):
    """Something that was kept could not be read and was set aside."""

    kind = "set_aside"


# To a person and their doors.


@dataclass(frozen=True)
class CodeRenewed(Event):
    """The recovery code is another one now."""

    kind = "code_renewed"


@dataclass(frozen=True)
class DeviceEnded(Event):
    """The device `about` leads to the person no more."""

    kind = "device_ended"


@dataclass(frozen=True)
class Left(Event):
    """This device leads to the person no more."""

    kind = "left"


@dataclass(frozen=True)
class Forgotten(Event):
    """Everything kept of the person is to go."""

    kind = "forgotten"


@dataclass(frozen=True)
class UnionCodeIssued(Event):
    """The union issued a code to this part; `by` is whoever did."""

    kind = "union_code_issued"

    by: str = ""


@dataclass(frozen=True)
class UnionCodeVoided(Event):
    """The union's code to this part opens nothing any more; `by` is whoever of the union voided it, or ""."""

    kind = "union_code_voided"

    by: str = ""
