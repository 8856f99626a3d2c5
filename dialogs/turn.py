"""What a person sent and what they see next. Neither knows its channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal

from forms.attachment import Attachment
from forms.kinds.base import Keyboard, Writing


@dataclass(frozen=True)
class Meant:
    """Which question something was sent for, and the interview's revision when that question was on the screen.

    `revision` is None where only the question is known. `who` is the Screen's, "" where the door does not tell.
    """

    question: str
    revision: int | None = None
    who: str = ""


@dataclass(frozen=True)
class Turn:
    """One thing a person sent: text, a press on a button (its token) or a file, which may carry text as its caption.

    `conversation` names the person's thread in the channel and `message_id` this message in it; together they
    make a message count once. A Turn with nothing set asks for the current Screen again.

    The rest is what the door knows of its purpose. `answers` is the question it was sent for. `amends` is the
    `message_id` of an earlier message of the person's own that this one edits or replies to, `quotes` the words of
    ours that it replies to. `whole` tells that a text is all of the answer, written in a field of its own. Files with
    one `album` were sent together. `sent` is when, in whole seconds rounded down, by the channel's clock.
    `locale` is the language of the device, for someone who has not begun.
    """

    conversation: str
    message_id: str
    text: str | None = None
    choice: str | None = None
    file: Attachment | None = None
    answers: Meant | None = None
    amends: str = ""
    quotes: str = ""
    whole: bool = False
    album: str = ""
    sent: datetime | None = None
    locale: str = ""

    @property
    def looks(self) -> bool:
        """Whether nothing was sent but the wish to see the Screen."""
        return self.text is None and self.choice is None and self.file is None


@dataclass(frozen=True)
class Action:
    """What a button means: a verb and what it is about. Never leaves the engine; buttons carry its token."""

    verb: str
    about: str = ""

    def token(self, revision: int) -> str:
        """At most 64 bytes, opaque, bound to this revision of the interview."""
        mark = blake2b(f"{self.verb}\x00{self.about}".encode(), digest_size=6).hexdigest()
        return f"{revision:x}.{mark}"


Style = Literal["option", "primary", "plain", "danger"]


@dataclass(frozen=True)
class Button:
    """A choice to press. `on` is None where there is nothing to tick.

    `says` is set where the Screen asks for a yes or a no: which of them, typed in whatever words, presses this one.
    What destroys something is never pressed like that.
    """

    action: Action
    label: str
    style: Style = "plain"
    on: bool | None = None
    says: bool | None = None


Tone = Literal["say", "ask", "note", "help", "problem", "met", "not_met", "verify", "pending", "record"]


@dataclass(frozen=True)
class Say:
    """A bubble. The tone tells what it is, never how it looks.

    `dials` are the telephone numbers in it that a person may call: as they read, and what is dialled (`tel:…`).
    """

    text: str
    tone: Tone = "say"
    dials: tuple[tuple[str, str], ...] = ()


LineState = Literal["ok", "missing", "skipped", "wrong"]


@dataclass(frozen=True)
class Line:
    """One answer on the summary with its way to edit it. `state` marks what still needs a hand."""

    label: str
    value: str
    edit: Button
    state: LineState = "ok"
    remark: str = ""


@dataclass(frozen=True)
class Group:
    """A section on the summary. One that is `folded` opens to its lines; `note` says beside its title what is in it."""

    title: str
    lines: tuple[Line, ...]
    note: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Summary:
    """All answers to be checked, section by section."""

    groups: tuple[Group, ...]


Mark = Literal["", "new", "overdue"]


@dataclass(frozen=True)
class Row:
    """A row of a table: its cells, and the button that opens it, if any.

    `mark` is what sets it apart, which doors say in a word of their own: the cells do not say it. `public` is what its
    button is called where no names may stand, "" where its label has none.
    """

    cells: tuple[str, ...]
    opens: Button | None = None
    mark: Mark = ""
    public: str = ""


@dataclass(frozen=True)
class Table:
    """Rows under their heads, at a desk; where there is no room for columns, one after the other.

    `private` are the columns that tell of a person, by number from 0. `brief` are those that are enough where a row is
    one line, in this order; () is all of them.
    """

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    private: frozenset[int] = frozenset()
    brief: tuple[int, ...] = ()


Part = Say | Summary | Table


@dataclass(frozen=True)
class Card:
    """A document of the packet that can be opened; `document` is its id in the programme.

    A spreadsheet has no pages to look at, nor has a ZIP, which is the whole packet or the copy of everything that is
    kept of the person: they can only be saved. `address` is where the web chat has one that lies elsewhere than the
    documents do: an export, or a `file` as it was sent.
    """

    document: str
    title: str
    filename: str
    note: str = ""
    format: Literal["pdf", "xlsx", "zip", "file"] = "pdf"
    address: str = ""


@dataclass(frozen=True)
class Code:
    """A recovery code to be written down: how it reads, what it is and what it is for, one line each.

    Doors show it as text, as a picture to keep and as a QR code that opens the web chat with it, below the bubble with
    the words `below`, which announce it, or else below all of them.
    """

    text: str
    title: str
    purpose: str
    below: str = ""


@dataclass(frozen=True)
class Invitation:
    """A link to be handed on: its token, whom it is for, and what may be sent along with it (`{link}` is its place).

    Doors turn the token into addresses of their own, and into a QR code.
    """

    token: str
    title: str
    text: str


@dataclass(frozen=True)
class Progress:
    """Where in the form: section title and questions done of those that apply now, in it and in all.

    What was put off is not done; `put_off` counts it, in all.
    """

    section: str
    done: int
    of: int
    all_done: int
    all_of: int
    put_off: int = 0


@dataclass(frozen=True)
class Asks:
    """Which question is open, and how a channel may help to answer it.

    `field` is the field in turn of a row, "" elsewhere: what is typed for one is no answer to another. What is typed
    for a `private` question is never written to the device. `writing` is set where a longer text may be written whole,
    in a field of its own.
    """

    question: str
    keyboard: Keyboard = "text"
    files: bool = False
    multiline: bool = False
    many_options: bool = False
    placeholder: str = ""
    private: bool = False
    field: str = ""
    writing: Writing | None = None


@dataclass(frozen=True)
class Screen:
    """What a person sees next. `echo` is how the turn just taken reads in the record (“✓ 学历：大专”).

    `who` is an opaque word of 16 characters for whose it is, set where it is known: the first half stands for the
    person, the second for the interview. "" before consent. The first `once` of the parts are said this once: the
    Screen shown again does not say them. `agreed` tells that the press agreed to what stood on the Screen before: it
    stays to be read where other Screens give way to their answer. `beside` tells that whoever came is to begin beside
    the one whose device it is, which is the door's to do. `public` is set on a page that tells of somebody else's case:
    what a door that is to carry no names shows in place of all of it. The first `waited` of the parts waited at the door
    and stand there until the person does something: a door where they can still be read need not say them again.
    """

    parts: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()
    asks: Asks | None = None
    progress: Progress | None = None
    cards: tuple[Card, ...] = ()
    code: Code | None = None
    invitation: Invitation | None = None
    revision: int = 0
    echo: str = ""
    locale: str = "zh"
    title: str = ""
    who: str = ""
    once: int = 0
    agreed: bool = False
    beside: bool = False
    public: tuple[Say, ...] = ()
    waited: int = 0

    @property
    def told(self) -> tuple[Say, ...]:
        """What is said this once."""
        return tuple(part for part in self.parts[: self.once] if isinstance(part, Say))

    def telling(self, said: tuple[Say, ...], **other: Any) -> Screen:
        """The Screen with something said this once in front of all else, and with these `other` fields."""
        return replace(self, parts=said + self.parts, once=len(said) + self.once, **other)

    def all_buttons(self) -> tuple[Button, ...]:
        """The buttons below, the edit links of a summary and what opens a row; a line that stands there twice has one."""
        edits = tuple(
            line.edit
            for part in self.parts
            if isinstance(part, Summary)
            for group in part.groups
            for line in group.lines
        )
        rows = tuple(
            row.opens for part in self.parts if isinstance(part, Table) for row in part.rows if row.opens
        )
        return tuple(dict.fromkeys(self.buttons + edits + rows))

    def tokens(self) -> Mapping[str, Button]:
        """Every button by its token."""
        return {button.action.token(self.revision): button for button in self.all_buttons()}
