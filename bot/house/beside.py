"""Several people at one device: one speaks, the others stand aside until they give the digits that they set.

Whoever stands aside has a door that no session leads to. The digits are four to six, so they are kept as a slow hash,
tried a few times only, and are no good once they were wrong too often: then the recovery code leads back.
"""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import scrypt
from itertools import pairwise

from bot.house.archive import Archive
from bot.house.attempts import Attempts
from bot.house.devices import Devices, Place
from bot.house.holdings import holding, name_in
from dialogs.interview import Interview
from storage import aside, codes, interviews
from storage.unit import Unit

#: Wrong digits in all, after which only the recovery code leads back.
MOST = 10
_DIGITS = re.compile(r"[0-9]{4,6}")
_COST, _BLOCK = 2**14, 8
_MEMORY = 64 * 1024 * 1024


class WrongPin(Exception):  # noqa: N818  # an answer, not a defect
    """These are not the digits."""


class NoPin(Exception):  # noqa: N818  # an answer, not a defect
    """Nobody stands aside there whom digits bring back."""


class PlainPin(Exception):  # noqa: N818  # an answer, not a defect
    """Digits that anybody would try first, or too few or too many of them."""


@dataclass(frozen=True)
class Person:
    """Somebody at a device, as others may read it: their name masked ("" where they gave none), their programme.

    `address` is where they stand aside; `pin` tells whether digits bring them back.
    """

    address: str
    name: str
    programme: str
    pin: bool


@dataclass(frozen=True)
class Change:
    """One person gives way to another at a device.

    Whoever speaks now stands `aside` from then on, brought back by the digits `own` ("": by the recovery code alone).
    Whoever stands at `back` comes, with the digits `given`; "" for somebody new. `others` are all who stand aside there.
    """

    aside: str
    own: str = ""
    back: str = ""
    given: str = ""
    others: tuple[str, ...] = ()


def digits(text: str) -> str:
    """The digits that somebody typed, as they are hashed. Raises `PlainPin`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _DIGITS.fullmatch(plain) or (len(set(_steps(plain))) == 1 and abs(_steps(plain)[0]) <= 1):
        raise PlainPin
    return plain


def _steps(plain: str) -> list[int]:
    return [int(after) - int(before) for before, after in pairwise(plain)]


def hashed(plain: str, salt: bytes = b"") -> str:
    """Digits under a salt of their own, slowly: some 50 ms of work."""
    salt = salt or secrets.token_bytes(16)
    key = scrypt(plain.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY, dklen=32)
    return f"{salt.hex()}${key.hex()}"


def _fits(plain: str, kept: str) -> bool:
    return hmac.compare_digest(hashed(plain, bytes.fromhex(kept.partition("$")[0])), kept)


class Beside:
    """The people at shared devices."""

    def __init__(self, archive: Archive, devices: Devices, key: bytes) -> None:
        self._archive = archive
        self._devices = devices
        self._attempts = Attempts(key, "digits")

    async def listed(self, place: Place, others: tuple[str, ...]) -> tuple[Person | None, tuple[Person, ...]]:
        """Who speaks at a device, None where nothing is kept of them, and who stands aside there."""

        def read(unit: Unit) -> tuple[Person | None, tuple[Person, ...]]:
            speaker = interviews.speaker(unit, *place.door)
            here = self._person(unit, place.address, speaker.person, False) if speaker else None
            asides = ((address, aside.find(unit, place.channel, address)) for address in others)
            return here, tuple(
                self._person(unit, address, each.person, bool(each.pin))
                for address, each in asides
                if each and not (speaker and each.person == speaker.person)
            )

        return await self._archive.read(read)

    def _person(self, unit: Unit, address: str, person: str, pin: bool) -> Person:
        states = interviews.of(unit, person)
        state = next(
            (each for each in states if name_in(self._archive.pinned(unit, each.digest), each)), None
        )
        state = state or next(iter(states), Interview())
        pinned = self._archive.pinned(unit, state.digest)
        programme = pinned.translate(pinned.title, state.locale) if pinned else ""
        return Person(address, holding(pinned, state).name, programme, pin)

    async def change(self, place: Place, fresh: str, change: Change, now: datetime) -> bool:
        """Let somebody else speak at a device, at the address `fresh`; gives whether whoever spoke stands aside.

        Raises WrongPin, NoPin, PlainPin, and `bot.house.attempts.TooManyAttempts`; nothing has changed then.
        """
        pin = await asyncio.to_thread(hashed, digits(change.own)) if change.own else ""
        proven = await self._proven(place, change, now) if change.back else ""

        def done(unit: Unit) -> bool:
            speaker = interviews.speaker(unit, *place.door)
            if change.back:
                there = aside.find(unit, place.channel, change.back)
                if there is None or there.pin != proven:
                    raise NoPin
                aside.move(unit, place.channel, change.back, fresh)
            if self._invited(unit, place, now):
                aside.carry(unit, place.channel, place.address, fresh)
            if speaker is None:
                return False
            for address in change.others:  # a door that they left here before is one too many
                older = aside.find(unit, place.channel, address)
                if older and older.person == speaker.person:
                    self._devices.close(unit, (place.channel, address))
            aside.move(unit, place.channel, place.address, change.aside, pin)
            return True

        return await self._archive.run(done)

    @staticmethod
    def _invited(unit: Unit, place: Place, now: datetime) -> bool:
        """Whether it is an invitation that is asked about: that one is for whoever comes."""
        asked = codes.asked(unit, *place.door)
        code = codes.find(unit, asked[0], now) if asked else None
        return code is not None and code.kind == "invite"

    async def _proven(self, place: Place, change: Change, now: datetime) -> str:
        """The hash that the digits given fit. Each try is counted before it is looked at."""
        door = (place.channel, change.back)

        def counted(unit: Unit) -> str:
            there = aside.find(unit, *door)
            if there is None or not there.pin:
                raise NoPin
            self._attempts.check(unit, door, place.network, now)
            self._attempts.wrong(unit, door, place.network, now)
            return there.pin

        pin = await self._archive.run(counted)
        plain = unicodedata.normalize("NFKC", change.given).strip()
        right = bool(_DIGITS.fullmatch(plain)) and await asyncio.to_thread(_fits, plain, pin)
        if not right:
            await self._archive.run(lambda unit: aside.missed(unit, *door, MOST))
            raise WrongPin
        await self._archive.run(lambda unit: self._attempts.right(unit, door, place.network))
        return pin
