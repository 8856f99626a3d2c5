"""One Party's conversation over one Form of one Case, as it is kept between turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from dialogs.events import Event
from dialogs.turn import Screen
from forms.attachment import Attachment
from forms.kinds.base import Frozen, Value
from forms.parties import LEADING
from forms.programme import Programme


class Pending(Frozen):
    """Something a person sent that was understood but waits for their yes; it is read again to say it again.

    `amends` tells that it is to replace an answer that was given before.
    """

    question: str
    text: str | None = None
    key: str | None = None
    file: Attachment | None = None
    amends: bool = False


class Proposal(Frozen):
    """A fact that a message told besides, for another question than the one on screen: in the words that were sent."""

    question: str
    text: str


class Asked(Frozen):
    """Somebody who is asked to take part: as which party, the how manieth of its kind, in the words of who asks them.

    `number` is 0 while it is still being written down.
    """

    party: str
    number: int = 0
    name: str = ""
    relation: str = ""


class Amendment(Frozen):
    """What a person finds wrong about an answer given for them: what they say, and the value it should have, if any."""

    question: str
    text: str
    value: Value = None


class Upheld(Frozen):
    """A remark of staff's, by its id, that leaves the answer as it is, with what the person says to that."""

    remark: str
    text: str = ""


class Interview(Frozen):
    """Everything that is kept of one conversation, as JSON between turns.

    The next question is never stored: it is replayed from `answers`, `skipped` (optional questions passed over)
    and `later` (required ones put off: asked for again on the summary). `focus` is a question the person asked
    to see again, `from_summary` whether they came from the summary and go back there, once the questions in `due`
    are done that a change has brought up. `drafts` are unfinished answers by question. `appealed` and `faced` hold
    ids of failed rules: taken to the staff, or walked past.
    `fitting` is set while the pre-check asks what programme would fit: there is none yet, and `answers` are to the
    questions of the pre-check. `offering` is set while the person is still to say whether answers from earlier
    applications may be used in this one.
    `page` is what the person looks at instead of the next question: one of `dialogs.register`, "" for the path itself.
    `told` is the question before which the story ends that is on that page, "" for the end of all.
    `subject` is what that page is about, where it is about one of several. `asked` are those whom the person has asked
    to take part, `asking` the one they are writing down. `ground` is what others had answered when this party
    confirmed what rests on it, by question. `acting` is the role in which an application will be begun, "" for the
    nominee. `amendments` are what the person finds wrong of what was answered for them, `heeded` those of somebody else
    that were taken or left. `upheld` are remarks of staff's that leave the answer as it is.
    `proposed` are facts that a message told of other questions; they wait for a yes.
    `declined` are questions of which nothing suggested is wanted.
    `remarked` is the question whose answer was just taken with a remark that asks to mend it.
    `stumbled` is the question that was last answered in a way that could not be taken, `stumbles` how often in a row.
    `allowed` are sensitive questions for which they agreed to that alone, `withheld` those for which they did not, or no
    more: what these ask for comes on paper.
    `unread` holds what was kept and could not be read, by field: nothing of it is asked, judged or printed.
    `revision` grows with every change, so that an old button is known for what it is. Times are ISO UTC.

    What `BESIDE` names stands beside what is kept here: the role and the consent are the party's, the language the
    person's, and `programme`, `digest` and `practice` the case's.

    It is kept and read again by `dialogs.keeping`; `format` is that of what is kept.
    """

    format: Literal[3] = 3
    role: str = Field(default=LEADING, exclude=True)
    locale: str = Field(default="zh", exclude=True)
    consented_at: str = Field(default="", exclude=True)
    programme: str = Field(default="", exclude=True)
    digest: str = Field(default="", exclude=True)
    practice: bool = Field(default=False, exclude=True)
    fitting: bool = False
    offering: bool = False
    answers: dict[str, Value] = Field(default_factory=dict)
    skipped: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    appealed: tuple[str, ...] = ()
    faced: tuple[str, ...] = ()
    focus: str = ""
    from_summary: bool = False
    due: tuple[str, ...] = ()
    page: str = ""
    told: str = ""
    subject: str = ""
    asking: Asked | None = None
    asked: tuple[Asked, ...] = ()
    ground: dict[str, str] = Field(default_factory=dict)
    acting: str = ""
    amendments: tuple[Amendment, ...] = ()
    heeded: tuple[Amendment, ...] = ()
    upheld: tuple[Upheld, ...] = ()
    remarked: str = ""
    stumbled: str = ""
    stumbles: int = 0
    declined: tuple[str, ...] = ()
    drafts: dict[str, Value] = Field(default_factory=dict)
    pending: Pending | None = None
    proposed: tuple[Proposal, ...] = ()
    finished_at: str = ""
    allowed: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    unread: dict[str, Value] = Field(default_factory=dict)
    revision: int = 0

    @property
    def kept(self) -> bool:
        """Whether anything is kept of whoever speaks, even where it cannot be read when they agreed to that."""
        return bool(self.consented_at or self.unread or self.programme or self.answers)


#: The fields of an interview that are not kept with it.
BESIDE = tuple(name for name, field in Interview.model_fields.items() if field.exclude)


@dataclass(frozen=True)
class Brief:
    """Another of the person's applications, to be listed and continued. `interview` is its id in storage."""

    interview: str
    title: str
    name: str
    state: str


@dataclass(frozen=True)
class Earlier:
    """An application of the person whose answers may be of use in another. `interview` is its id in storage."""

    interview: str
    programme: Programme
    state: Interview


@dataclass(frozen=True)
class Outcome:
    """What a turn comes to. `question` is the one that what was sent was taken for, or ""."""

    interview: Interview
    screen: Screen
    events: tuple[Event, ...] = ()
    question: str = ""
