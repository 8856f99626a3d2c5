"""What surrounds a turn: passed in, so that the engine reads nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Protocol, TypeVar, cast

from dialogs.at_office import Correction, Destination, Handed, Returned, Said
from dialogs.company import Invited, PartyBrief
from dialogs.interview import Amendment, Brief, Earlier, Interview
from forms.answers import NOBODY
from forms.kinds.base import Question
from forms.message import Message
from forms.parties import Parts
from forms.programme import Programme
from forms.settling import Settlement

T = TypeVar("T")

#: Which programmes are shown first, by the state of their window.
WINDOWS = {"open": 0, "not_yet": 1, "unset": 1, "closed": 2}


class Coverage(Protocol):
    """What the print fonts can draw."""

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that no font can draw."""
        ...


@dataclass(frozen=True)
class Held:
    """A case that an office has, with the person's word in it: it is not theirs alone to delete."""

    programme: str
    number: str
    office: str
    may_withdraw: bool = False


@dataclass(frozen=True)
class Kept:
    """How much is kept of the person: applications, files, doors that lead to them; and what offices `held` of it."""

    applications: int
    files: int
    doors: int
    held: tuple[Held, ...] = ()


@dataclass(frozen=True)
class DoorBrief:
    """A device on which the person goes on: what it is, since when and when last, whether it is this one.

    `since` is a local ISO time to the minute, which tells two alike devices apart; `used` is an ISO day.

    `id` names it to others and opens nothing.
    """

    id: str
    kind: Message
    device: str
    since: str
    used: str
    here: bool = False


@dataclass(frozen=True)
class Agreed:
    """A consent of the person: for which purpose, of a sensitive one about which question; ISO days, `withdrawn` or "".

    `elsewhere` tells that it was given in another application.
    """

    purpose: str
    about: str
    given: str
    withdrawn: str = ""
    elsewhere: bool = False


@dataclass(frozen=True)
class Looked:
    """What an office did with what was handed in: the number of its entry in the trail, the moment, its local ISO day."""

    number: int
    at: datetime
    day: str
    office: str
    kind: str


class Memo:
    """What was worked out of things that do not change, found again for the very same things.

    They are compared by identity, and held, so that no other thing can have it.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, ...], tuple[tuple[object, ...], object]] = {}
        self._last: dict[Hashable, tuple[Hashable, ...]] = {}
        self._read: list[object] = []

    def same(self, read: T) -> T:
        """What was read anew, or the equal thing that something was worked out of before. Neither may be changed."""
        for earlier in self._read:
            if earlier == read:
                return earlier
        self._read.append(read)
        return read

    def once(self, about: Hashable, of: tuple[object, ...], find: Callable[[], T]) -> T:
        """What `find` gives, found once. `of` must not be changed."""
        return self.onward(about, of, lambda before: find())

    def onward(self, about: Hashable, of: tuple[object, ...], find: Callable[[T | None], T]) -> T:
        """As `once`. `find` is given what was found last about this, of the same first thing and whatever others."""
        key = (about, *map(id, of))
        entry = self._known.get(key)
        if entry is None:
            last = self._known.get(self._last.get(about, ()))
            before = cast("T", last[1]) if last and last[0][0] is of[0] else None
            entry = self._known[key] = (of, find(before))
            self._last[about] = key
        return cast("T", entry[1])

    def of(self, *wanted: object) -> Memo:
        """What is known of these things alone."""
        narrowed, ids = Memo(), set(map(id, wanted))
        narrowed._known = {key: value for key, value in self._known.items() if not ids.isdisjoint(key[1:])}
        narrowed._last = {about: key for about, key in self._last.items() if key in narrowed._known}
        used = {each for key in narrowed._known for each in key[1:]}
        narrowed._read = [read for read in self._read if id(read) in used]
        return narrowed


#: Most interviews have no rule across cases.
_NO_COUNTS: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True)
class Scene:
    """The clock, the programmes on offer, what other parties of the case have said, the person's other cases.

    `now` is aware. `parts` are what other parties of the case have said, by party, as far as this one may know of it.
    `counts` tell for keys of `forms.across` how many other finished cases have them. `earlier` are the person's other
    applications with what was answered in them, latest first. `common` are the questions that programmes share, in
    their own words.
    `code` is the person's recovery code and `doors` are their devices, `kept` is how much is kept of them, each where
    a page shows it. `parties` are the others of the case, to whoever may ask them in, `invited` by whom and about whom
    this party was asked, `identities` the numbers of the others' identity papers, which are shown to nobody,
    `amendments` what the person whom it is about finds wrong. `destinations` are the offices to which the case may be
    handed in, `handed` is how it stands where it was, `returned` what came back to this party, `corrections` what staff
    mended in its answers, `letters` what it wrote to offices and they to it, where a page shows it. `token` is that of
    the link on the page, where one is. `unreminded` tells that the person wants no reminders. `settlements` are what
    staff decided where a rule left it to them; `seated` tells that the person has a seat at an office.
    For so many days (`retention`) offices keep cases that are finished. `operator` is who answers for all that is kept,
    and `contact` how to reach them, each "" where nobody has said so. `agreed` are the person's consents and `looked`
    what offices did with the case, the first first, each where a page shows it.
    `memo` is what is known of the interview already: interviews that differ
    in where somebody is share what their answers come to.
    """

    now: datetime
    offered: tuple[Programme, ...]
    parts: Parts = field(default_factory=lambda: NOBODY)
    others: tuple[Brief, ...] = ()
    faces: Coverage | None = None
    counts: Mapping[str, int] = field(default_factory=lambda: _NO_COUNTS)
    earlier: tuple[Earlier, ...] = ()
    common: Mapping[str, Question] = field(default_factory=dict)
    code: str = ""
    doors: tuple[DoorBrief, ...] = ()
    kept: Kept | None = None
    parties: tuple[PartyBrief, ...] = ()
    invited: Invited | None = None
    identities: tuple[str, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    destinations: tuple[Destination, ...] = ()
    handed: Handed | None = None
    returned: tuple[Returned, ...] = ()
    corrections: tuple[Correction, ...] = ()
    letters: tuple[Said, ...] = ()
    token: str = ""
    unreminded: bool = False
    settlements: tuple[Settlement, ...] = ()
    seated: bool = False
    retention: int = 730
    operator: str = ""
    contact: str = ""
    agreed: tuple[Agreed, ...] = ()
    looked: tuple[Looked, ...] = ()
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)

    def keeps(self, interview: Interview) -> bool:
        """Whether anything is kept of whoever speaks: what they said, or that they have a seat."""
        return interview.kept or self.seated

    @property
    def in_order(self) -> tuple[Programme, ...]:
        """The programmes on offer: open ones first, closed ones last, later notices before earlier ones."""
        return tuple(
            sorted(self.offered, key=lambda p: (WINDOWS[p.window.state(self.now)], -p.issued.toordinal()))
        )
