"""The doors of a person as they see them, and what is told there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.house import attempts
from bot.house.post import tell
from bot.house.recovery import RecoveryCodes
from dialogs.doors import name
from dialogs.scene import DoorBrief
from forms.hours import clock
from forms.message import Message, say
from storage import codes, interviews, notices, people
from storage.interviews import Speaker
from storage.notices import CodeOf
from storage.people import Door
from storage.unit import Unit

#: How long a door leads to its person while nobody comes, by channel. Telegram's is that of somebody's account.
LASTS: Mapping[str, timedelta] = {"web": timedelta(days=120)}

#: How long a sentence waits at a door that leads to nobody.
_WAITS = max(LASTS.values())

#: So many browsers lead to one person.
MOST = 30

_ZONE = ZoneInfo("Asia/Shanghai")
_KINDS: Mapping[str, Message] = {
    "web": say("网页"),
    "telegram": say("Telegram"),
    "terminal": say("终端"),
}


@dataclass(frozen=True)
class Place:
    """One door, by which somebody comes: its channel, its address in it, and what it knows of them.

    `network` is where they come from on the network, "" where that says nothing; `device` a short word on the device.
    `several` tells that another person may begin there beside the one whose door it is.
    """

    channel: str
    address: str
    network: str = ""
    device: str = ""
    several: bool = False

    @property
    def door(self) -> tuple[str, str]:
        """Channel and address."""
        return self.channel, self.address


def speaking(  # noqa: PLR0913  # a door, a message there, and the moment
    unit: Unit, channel: str, address: str, now: datetime, *, conversation: str = "", message_id: str = ""
) -> Speaker | None:
    """Who speaks at a door, as `interviews.speaker`; None too where the door was not used for too long.

    Whatever reads or keeps something of a person asks here: between the day on which a door runs out and the sweep
    that closes it, it leads nowhere already.
    """
    speaker = interviews.speaker(unit, channel, address, conversation, message_id)
    return None if speaker and lapsed(channel, speaker, now) else speaker


def lapsed(channel: str, speaker: Speaker, now: datetime) -> bool:
    """Whether the door that somebody speaks at was not used for so long that it leads to them no more."""
    lasts = LASTS.get(channel)
    return lasts is not None and speaker.used is not None and now - speaker.used >= lasts


def brief(door: Door, here: tuple[str, str], now: datetime) -> DoorBrief:
    """A door to be listed. Its address stays here: that of a web session is a key to it."""
    mark = sha256(f"{door.channel}\x00{door.address}".encode()).hexdigest()[:16]
    own = (door.channel, door.address) == here
    used = now if own else max(door.since, door.seen or door.since)
    return DoorBrief(mark, kind(door.channel), door.device, minute(door.since), day(used), own)


def kind(channel: str) -> Message:
    """What a channel is called."""
    return _KINDS.get(channel, say("另一处"))


def called(place: Place) -> Message:
    """What the device at a door is called."""
    return name(DoorBrief("", kind(place.channel), place.device, "", ""))


def day(moment: datetime) -> str:
    """The day of a moment, as ISO text."""
    return moment.astimezone(_ZONE).date().isoformat()


def minute(moment: datetime) -> str:
    """The local time of a moment to the minute, as ISO text."""
    return moment.astimezone(_ZONE).strftime("%Y-%m-%dT%H:%M")


class Devices:
    """What a person does about their devices. Its methods are to be called within a unit of work."""

    def __init__(self, recovery: RecoveryCodes) -> None:
        self._recovery = recovery

    def listed(self, unit: Unit, person: str, here: tuple[str, str], now: datetime) -> tuple[DoorBrief, ...]:
        """All doors of a person, this one first."""
        briefs = (brief(door, here, now) for door in people.doors(unit, person))
        return tuple(sorted(briefs, key=lambda each: not each.here))

    @staticmethod
    def close(unit: Unit, door: tuple[str, str]) -> None:
        """A door leads nowhere any more. What waited there was meant for somebody else than who comes next."""
        people.end(unit, *door)
        notices.withdraw_all(unit, *door)
        codes.answered(unit, *door)

    def crowded(self, unit: Unit, person: str, here: tuple[str, str], now: datetime) -> None:
        """Of too many browsers those that were not used for the longest lead to a person no more, and are told.

        Everything that is told goes to each of them: a code that opens thousands would tell it to as many.
        """
        browsers = [each for each in people.doors(unit, person) if each.channel in LASTS]
        browsers.sort(key=lambda each: max(each.since, each.seen or each.since), reverse=True)
        for each in browsers[MOST:]:
            if (there := (each.channel, each.address)) != here:
                self.close(unit, there)
                if each.seen and day(each.seen) != day(each.since):  # a browser that was ever come back to
                    notices.place(unit, *there, _CROWDED, now)

    def expire(self, unit: Unit, door: tuple[str, str], now: datetime) -> None:
        """A door that was not used for too long leads nowhere any more; whoever comes next is told."""
        self.close(unit, door)
        notices.place(unit, *door, _EXPIRED, now)

    def sweep(self, unit: Unit, now: datetime) -> list[tuple[str, str]]:
        """Close every door that was not used for too long; what waits at doors for nobody any more goes.

        A question that is over, and a sentence at a door that leads nowhere, wait for as long as a door is kept: what is
        said there may still be meant for them, until the cookie has run out too.
        """
        codes.run_out(unit, now)
        attempts.run_out(unit, now)
        codes.abandoned(unit, now - _WAITS)
        notices.abandoned(unit, now - _WAITS)
        closed = []
        for channel, lasts in LASTS.items():
            for door in people.unused(unit, channel, now - lasts):
                self.expire(unit, (door.channel, door.address), now)
                closed.append((door.channel, door.address))
        return closed

    def tell_others(
        self, unit: Unit, person: str, but: tuple[str, str], message: Message, now: datetime
    ) -> None:
        """Tell all doors of a person except one."""
        for door in people.doors(unit, person):
            if (door.channel, door.address) != but:
                tell(unit, (door.channel, door.address), message, now)

    @staticmethod
    def tell_all(unit: Unit, person: str, message: Message, now: datetime, quiet: str = "") -> None:
        """Tell all doors of a person; `quiet` is a time zone where nobody is to be spoken to at night."""
        for door in people.doors(unit, person):
            tell(unit, (door.channel, door.address), message, now, quiet=quiet)

    def first_saved(self, unit: Unit, place: Place, speaker: Speaker, now: datetime) -> None:
        """The word at the first save: the person's code."""
        self._recovery.of(unit, speaker.person, now)
        notices.place(unit, *place.door, say(_FIRST.text, code=CodeOf(speaker.person)), now)

    def renewed(self, unit: Unit, place: Place, speaker: Speaker, now: datetime) -> None:
        """The recovery code is another one now; the doors are told."""
        self._recovery.renew(unit, speaker.person, now)
        notices.place(unit, *place.door, say("换好了，旧的恢复码已经作废。请把新的抄下来。"), now)
        notice = say(
            "{when}，恢复码在{device}上换过了，旧的已经作废。", when=clock(now), device=called(place)
        )
        self.tell_others(unit, speaker.person, place.door, notice, now)

    def ended(self, unit: Unit, place: Place, speaker: Speaker, wanted: str, now: datetime) -> None:
        """Another door of the person, by its id in the list, leads to them no more."""
        for door in people.doors(unit, speaker.person):
            device = brief(door, place.door, now)
            if device.id == wanted and not device.here:
                there = (door.channel, door.address)
                notice = say(
                    "{when}，这台设备在另一台设备上被退出了。要回来，请打上恢复码。", when=clock(now)
                )
                self.close(unit, there)
                tell(unit, there, notice, now)
                done = say("已经退出：{device}。那边看不到您填的了。", device=name(device))
                notices.place(unit, *place.door, done, now)


_FIRST = say("已经存好了。您的恢复码是 {code}，换手机、丢手机都靠它回来，请抄在纸上。")
_CROWDED = say("打开这一份的设备太多了，这台最久没用，已经退出，填过的都还在。打上恢复码就能接着填。")
_EXPIRED = say("很久没来，这台设备已经自动退出，填过的都还在。打上恢复码就能接着填。")
