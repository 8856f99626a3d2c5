"""Finding cases at the desk: by whole values through HMACs in the database, by parts and by sound in memory.

What is stored for finding says nothing to whoever has the database alone; what a part is looked for in is read from
the office's own cases, held while somebody searches there, and let go of afterwards. An office finds its own cases only:
each has an index to itself, and every find is looked up again under its office before it is told.
"""

from __future__ import annotations

import hmac
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.house.card_index import CardIndex, plain, unlabelled
from forms.kinds.id_number import written_in
from storage import cards
from storage.unit import Unit

#: An index is read anew after so many seconds, whatever it has been told, and let go of when nobody searched for so long.
_OLDEST, _IDLE = 86_400.0, 14_400.0
#: How far behind the newest change is read again: a unit that was slower to commit may have come earlier.
_BEHIND = timedelta(minutes=1)
#: So many cards are held in all, at most; an office that has more by itself keeps its own alone.
_CARDS = 300_000
#: Nobody types a longer thing to search for.
_LONGEST = 100
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)


@dataclass(frozen=True)
class Twins:
    """Other cases of the programme with the same ID number: stays at this office, and how many were never here."""

    here: tuple[str, ...] = ()
    elsewhere: int = 0


class _Drawer:
    """The index of one office, how far it has read, and when it was begun and last used."""

    def __init__(self, now: float) -> None:
        self.lock = threading.Lock()
        self.index = CardIndex()
        self.until: datetime | None = None
        self.begun = self.used = now


class Finding:
    """Finds cases under one installation's key. To be called within `Archive.read` or `run`, on any thread."""

    def __init__(self, key: bytes, clock: Callable[[], float] = time.monotonic) -> None:
        self._key = hmac.digest(key, b"finding cases", "sha256")
        self._clock = clock
        self._drawers: dict[str, _Drawer] = {}
        self._lock = threading.Lock()

    def unit_key(self, name: str) -> str:
        """What names a unit on the board without telling it, however it is written; "" for none."""
        wanted = plain(name)
        return self._sealed("unit", wanted) if wanted else ""

    def keys(self, name: str, id_number: str, number: str) -> dict[str, str]:
        """By what a case is found as a whole, for `storage.handing.findable`: HMACs by kind; none of what is empty."""
        values = {"number": plain(number), "id": plain(id_number).upper(), "name": plain(name)}
        return {kind: self._sealed(kind, value) for kind, value in values.items() if value}

    def find(self, unit: Unit, office: str, query: str, most: int) -> tuple[str, ...]:
        """At most `most` of an office's stays for what somebody typed, each once; () where nothing is found.

        First what is wholly it (number, ID number, name), also of cases that the office has no more; then of those that
        it has what begins with it, holds it, and sounds so. ID numbers are found whole only.
        """
        query = query.strip()[:_LONGEST]
        wanted = plain(query)
        if not wanted or most < 1:
            return ()
        stays = dict.fromkeys(cards.whole(unit, office, self._whole(query)))
        if len(stays) < most:
            stays |= dict.fromkeys(self._parts(unit, office, query, most))
        if len(stays) < most:
            stays |= dict.fromkeys(cards.of_unit(unit, office, self.unit_key(wanted), most))
        return tuple(stays)[:most]

    @staticmethod
    def twins(unit: Unit, case: str, programme: str, office: str) -> Twins:
        """The other cases of a programme with the same ID number as one that lies at an office."""
        return Twins(*cards.twins(unit, case, programme, office))

    def _whole(self, query: str) -> Mapping[str, str]:
        """The kinds and keys of what a query may be as a whole, in the order in which they are told."""
        wanted = plain(query)
        numbers = [wanted.upper(), *written_in(query)]
        number = next((each for each in numbers if _ID.fullmatch(each)), "")
        return self.keys(wanted, number, unlabelled(wanted))

    def _parts(self, unit: Unit, office: str, query: str, most: int) -> tuple[str, ...]:
        drawer = self._drawer(office)
        with drawer.lock:
            self._freshen(unit, office, drawer)
            while True:
                stays = drawer.index.find(query, most)
                there = cards.standing(unit, office, stays)
                if len(there) == len(stays):
                    return there
                for gone in set(stays) - set(there):
                    drawer.index.drop(gone)

    @staticmethod
    def _freshen(unit: Unit, office: str, drawer: _Drawer) -> None:
        until = drawer.until
        for card in cards.cards(unit, office, until - _BEHIND if until else None):
            if card.stands:
                drawer.index.put(card.stay, card.name, card.unit, card.number)
            else:
                drawer.index.drop(card.stay)
            drawer.until = max(drawer.until or card.since, card.since)

    def _drawer(self, office: str) -> _Drawer:
        now = self._clock()
        with self._lock:
            for name, each in list(self._drawers.items()):
                if now - each.used > _IDLE or now - each.begun > _OLDEST:
                    del self._drawers[name]
            drawer = self._drawers.pop(office, None) or _Drawer(now)
            drawer.used = now
            self._drawers[office] = drawer  # the last is the one that was used last
            while len(self._drawers) > 1 and sum(len(each.index) for each in self._drawers.values()) > _CARDS:
                del self._drawers[next(iter(self._drawers))]
            return drawer

    def _sealed(self, kind: str, value: str) -> str:
        return hmac.digest(self._key, f"{kind}\0{value}".encode(), "sha256").hex()
