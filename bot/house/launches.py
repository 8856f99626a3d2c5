"""Somebody opens the web chat inside Telegram: what their client says of them, proven, makes it a device of theirs.

The client hands the page a query string that Telegram has signed with the bot's token
(core.telegram.org/bots/webapps, “Validating data received via the Mini App”): all fields but `hash`, sorted, one a
line, under HMAC-SHA-256 with the key HMAC-SHA-256("WebAppData", token). It counts for five minutes, and once.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import parse_qsl

from bot.house.devices import Devices, Place, called
from bot.house.joining import LIFETIME
from bot.house.spelling import digest_of, short_code
from forms.hours import clock
from forms.message import say
from storage import codes, counted, interviews, notices, people
from storage.unit import Unit

#: For so long after it was signed it counts, and so far may the two clocks be apart.
LASTS = timedelta(minutes=5)
_APART = timedelta(seconds=30)
_LONGEST = 8192
_FIELDS = 64
_HASH = re.compile(r"[0-9a-f]{64}")
#: The channel whose addresses are the users that Telegram signs for, and what marks a launch among its messages.
_CHANNEL = "telegram"
_MARK = "launch "


class NotProven(Exception):  # noqa: N818 - an answer, not a defect
    """Nothing that Telegram has signed for this bot."""


class TooOld(Exception):  # noqa: N818 - an answer, not a defect
    """Signed too long ago, or used before."""


class NobodyThere(Exception):  # noqa: N818 - an answer, not a defect
    """Nothing is kept of this user: they have not agreed to it in the chat."""


@dataclass(frozen=True)
class Launch:
    """Who opened the page, by Telegram's number, and the signature, which no other launch has. `late`: too long ago."""

    user: str
    hash: str
    late: bool = False


@dataclass(frozen=True)
class Launched:
    """What came of it. `code` is to be given in the chat where another application stands at the door; else ""."""

    code: str = ""


def proven(raw: str, token: str, now: datetime) -> Launch:
    """The launch that a client tells of. Raises `NotProven`."""
    if not token or len(raw) > _LONGEST:
        raise NotProven
    try:
        pairs = parse_qsl(
            raw, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_FIELDS
        )
        fields = dict(pairs)
        if len(fields) != len(pairs) or not _HASH.fullmatch(said := fields.pop("hash", "")):
            raise NotProven
        lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
        secret = hmac.digest(b"WebAppData", token.encode(), sha256)
        if not hmac.compare_digest(hmac.digest(secret, lines.encode(), sha256).hex(), said):
            raise NotProven
        signed = datetime.fromtimestamp(int(fields["auth_date"]), UTC)
        user = json.loads(fields["user"])["id"]
    except (ValueError, LookupError, TypeError, OverflowError, OSError, RecursionError) as error:
        raise NotProven from error
    if not isinstance(user, int) or isinstance(user, bool):
        raise NotProven
    return Launch(str(user), said, late=not -_APART <= now - signed <= LASTS)


def launched(unit: Unit, devices: Devices, place: Place, launch: Launch, now: datetime) -> Launched:
    """Make a door one of the person's, and tell both. Raises `TooOld`, also where it was used before, and `NobodyThere`.

    Where somebody else's application stands at the door it is asked about, as with any code.
    """
    speaker = interviews.speaker(unit, _CHANNEL, launch.user, launch.user, _MARK + launch.hash)
    if speaker is None:
        raise NobodyThere
    here = interviews.speaker(unit, *place.door)
    if here and here.person == speaker.person:
        return Launched()  # so it is where a page inside Telegram is loaded again
    if launch.late or speaker.seen:
        raise TooOld
    counted.count(unit, _CHANNEL, launch.user, _MARK + launch.hash, now)
    if here:
        code = short_code()
        codes.issue_short(unit, digest_of(code), speaker.person, now, now + LIFETIME)
        return Launched(code)
    sentence = say(
        "{when}，您从这里打开了{device}，两边填的是同一份。不是您本人的话，打“我的设备”把它退出。",
        when=clock(now),
        device=called(place),
    )
    devices.tell_others(unit, speaker.person, place.door, sentence, now)
    notices.withdraw_all(unit, *place.door)
    people.join(unit, *place.door, speaker.person, now)
    devices.crowded(unit, speaker.person, place.door, now)
    notices.place(unit, *place.door, say("和 Telegram 里是同一份，接着填就行。"), now)
    return Launched()
