"""Channels whose messages pass servers outside the country: what is said of it, and that it was agreed to."""

from __future__ import annotations

from datetime import datetime

from bot.house.devices import Place
from dialogs.words import Words
from forms.message import say
from storage import consents, people
from storage.unit import Unit

CHANNELS = frozenset({"telegram"})
#: Stands, in a sentence of its own, wherever somebody agrees there or goes on from another door.
ABROAD = say("您在 Telegram 里发的话和文件，要经过境外的服务器。不想这样，请用网页填。")


def agreed(unit: Unit, place: Place, someone: str, locale: str, now: datetime) -> None:
    """Whoever agreed, or went on, at a door abroad was told so; elsewhere nothing is noted."""
    if place.channel in CHANNELS:
        consents.give(unit, someone, None, "abroad", "", Words(locale)(ABROAD), now)


def left(unit: Unit, place: Place, someone: str, now: datetime) -> None:
    """Whoever left the last of their doors abroad has taken that back."""
    if place.channel in CHANNELS and all(
        (each.channel, each.address) == place.door or each.channel not in CHANNELS
        for each in people.doors(unit, someone)
    ):
        consents.withdraw(unit, someone, None, "abroad", "", now)
