"""An index in memory of an office's cases: a card each, found by a part of its name, unit or number, or by sound.

Nothing here goes over all the cards. Each field keeps every value once with the cards that bear it, and by each short
piece of text the values that hold it; a search looks through the shortest of these lists that its words have, and stops
when it has enough.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator
from itertools import chain, islice

from forms.pinyin import letters, spellings
from forms.unit_names import normal

#: Where a text begins and where it ends, so that pieces can be of its beginning.
_FIRST, _LAST = "\x02", "\x03"
#: Cards are numbered anew when so many more of them are gone than stand.
_GONE = 1000
#: Of cards that have one word of several, so many are looked through for the others.
_THROUGH = 20_000
#: What stands before a number when people say it.
_LABELS = ("申报编号", "编号", "号码", "no")
_PRIVATE = "Co"
_EAST = 0x2E80


def plain(text: str) -> str:
    """A name, unit or number as it is compared: its letters and digits alone, whatever way they are written.

    “１２３４－５６７８” is 12345678, “张 三” 张三, 阿依古丽·买买提 the same with any dot, 張三 as 张三.
    """
    if text.isascii() and text.isdecimal():
        return text
    return "".join(
        char for char in normal(text) if char.isalnum() or unicodedata.category(char) in {_PRIVATE, "Mn"}
    )


class CardIndex:
    """The cards of one office. Not for several threads at once."""

    def __init__(self) -> None:
        #: By stay, the number of its card and what it was read as.
        self._cards: dict[str, tuple[int, tuple[str, str, str]]] = {}
        self._stays: list[str | None] = []
        self._names, self._units, self._numbers = _Field(2), _Field(2), _Field(3)
        #: Made when something is first searched by its sound: it takes as long as all the others.
        self._heard: _Sounds | None = None

    def __len__(self) -> int:
        return len(self._cards)

    def put(self, stay: str, name: str, unit: str, number: str) -> None:
        """A card as it reads now, in place of the one before."""
        reads = plain(name), plain(unit), plain(number)
        before = self._cards.get(stay)
        if before and before[1] == reads:
            return
        self.drop(stay)
        self._add(stay, reads)

    def drop(self, stay: str) -> None:
        """The office has this one no more."""
        before = self._cards.pop(stay, None)
        if before is None:
            return
        self._stays[before[0]] = None
        if len(self._stays) > 2 * len(self._cards) + _GONE:
            self._anew()

    def find(self, query: str, most: int) -> tuple[str, ...]:
        """At most `most` stays: what is so called, then what begins so, then what holds it, then what sounds so.

        Each with the cards that came last before the others. Several words may each stand in another field.
        """
        wanted = unlabelled(plain(query))
        if not wanted:
            return ()
        words = [word for word in map(plain, query.split()) if word]
        cards = chain(self._one(wanted, _sound(query)), self._several(words) if len(words) > 1 else ())
        stays = (stay for card in cards if (stay := self._stays[card]))
        return tuple(islice(dict.fromkeys(_bounded(stays, most)), most))

    def _one(self, wanted: str, sound: str) -> Iterator[int]:
        fields = (self._numbers, self._names, self._units)
        for field in fields:
            yield from field.holding(f"{_FIRST}{wanted}{_LAST}")
        for field in fields:
            yield from field.holding(_FIRST + wanted)
        for field in fields:
            yield from field.holding(wanted)
        if sound:
            yield from self._sounds.holding(_FIRST + sound)

    def _several(self, words: list[str]) -> Iterator[int]:
        longest = max(words, key=len)
        for card in islice(self._one(longest, _sound(longest)), _THROUGH):
            if all(self._reads(card, word) for word in words if word != longest):
                yield card

    def _reads(self, card: int, word: str) -> bool:
        sound = _sound(word)
        return any(word in field.text(card) for field in (self._names, self._units, self._numbers)) or bool(
            sound and _FIRST + sound in self._sounds.text(card)
        )

    def _add(self, stay: str, reads: tuple[str, str, str]) -> None:
        card = len(self._stays)
        self._cards[stay] = card, reads
        self._stays.append(stay)
        name, unit, number = reads
        self._names.put(name)
        self._units.put(unit)
        self._numbers.put(number)
        if self._heard:
            self._heard.put(name)

    @property
    def _sounds(self) -> _Sounds:
        if self._heard is None:
            self._heard = _Sounds(4)
            names = {card: reads[0] for card, reads in self._cards.values()}
            for card in range(len(self._stays)):
                self._heard.put(names.get(card, ""))
        return self._heard

    def _anew(self) -> None:
        standing = [(stay, reads) for stay, (_, reads) in self._cards.items()]
        self.__init__()  # type: ignore[misc]  # everything from the start, and nothing else
        for stay, reads in standing:
            self._add(stay, reads)


class _Field:
    """One field of the cards: each value once, and by pieces of up to `longest` characters the values that hold them."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._known: dict[str, int] = {}
        self._texts: list[str] = []
        self._bearers: list[array[int]] = []
        self._pieces: dict[str, array[int]] = {}
        self._of: array[int] = array("I")

    def put(self, value: str) -> None:
        """What the next card has here."""
        number = self._known.get(value)
        if number is None:
            number = self._known[value] = len(self._texts)
            text = self._text(value)
            self._texts.append(text)
            self._bearers.append(array("I"))
            for piece in self._cut(text):
                values = self._pieces.get(piece)
                if values is None:
                    values = self._pieces[piece] = array("I")
                values.append(number)
        self._bearers[number].append(len(self._of))
        self._of.append(number)

    def text(self, card: int) -> str:
        """What a card has here, from its beginning to its end."""
        return self._texts[self._of[card]]

    def holding(self, needle: str) -> Iterator[int]:
        """The cards whose text holds this, the latest values first."""
        lists = [self._pieces.get(piece) for piece in self._cut(needle)]
        shortest = min((each for each in lists if each is not None), key=len, default=None)
        if shortest is None or None in lists:
            return
        texts = self._texts
        for value in reversed(shortest):
            if needle in texts[value]:
                yield from reversed(self._bearers[value])

    def _text(self, value: str) -> str:
        return f"{_FIRST}{value}{_LAST}" if value else ""

    def _cut(self, text: str) -> set[str]:
        sizes = range(1, self._longest + 1)
        return {text[at : at + size] for size in sizes for at in range(len(text) - size + 1)}


class _Sounds(_Field):
    """Names by everything from which on they can be spelt: only beginnings count."""

    def _text(self, value: str) -> str:
        return "".join(_FIRST + spelling for spelling in sorted(spellings(value)))

    def _cut(self, text: str) -> set[str]:
        sizes = range(1, self._longest)
        return {
            _FIRST + each[:size] for each in text.split(_FIRST)[1:] for size in sizes if size <= len(each)
        }


def _sound(query: str) -> str:
    """The query as letters; "" where it is none."""
    sound = "" if any(ord(char) >= _EAST for char in unicodedata.normalize("NFKC", query)) else letters(query)
    return sound if sound.isalpha() else ""


def unlabelled(query: str) -> str:
    """A number without the word before it."""
    for label in _LABELS:
        rest = query.removeprefix(label)
        if rest != query and rest.isdecimal():
            return rest
    return query


def _bounded(stays: Iterator[str], most: int) -> Iterator[str]:
    """As many as it takes to have `most` different ones."""
    seen: set[str] = set()
    for stay in stays:
        if len(seen) == most:
            return
        seen.add(stay)
        yield stay
