"""What people agree to is noted with its words; what they take back goes, from the office that has it, too."""

from __future__ import annotations

from datetime import datetime

from bot.house.afterwards import Dropped, Gone, Posted
from bot.house.desk.receiving import Receiving
from bot.house.devices import Place
from bot.house.doing import Doing
from bot.house.trailing import Trail
from dialogs import events as happened
from dialogs.words import Words
from forms.message import Own, say
from storage import consents, exports, invitations, people, stays, uploads
from storage.unit import Unit

#: The channels whose messages pass servers outside the country, and what is said of that before anybody agrees there.
CHANNELS_ABROAD = frozenset({"telegram"})
ABROAD = say("您在 Telegram 里发的话和文件，要经过境外的服务器。不想这样，请用网页填。")


class Consenting:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, receiving: Receiving, trail: Trail) -> None:
        self._receiving = receiving
        self._trail = trail

    @staticmethod
    def consented(doing: Doing, event: happened.Consented) -> None:
        """The general consent: in a party of its own for whoever was asked in, else for all that they fill in."""
        unit, speaker, now = doing.unit, doing.speaker, doing.scene.now
        if speaker.party:
            invitations.consented(unit, speaker.party, now)
        people.speaks(unit, speaker.person, doing.outcome.interview)
        consents.give(unit, speaker.person, speaker.party, "general", "", event.text, now)
        abroad(unit, doing.place, speaker.person, doing.outcome.interview.locale, now)

    @staticmethod
    def allowed(doing: Doing, event: happened.Allowed) -> None:
        """What one sensitive question asks for may be taken."""
        unit, speaker = doing.unit, doing.speaker
        consents.give(
            unit, speaker.person, speaker.party, "sensitive", event.about, event.text, doing.scene.now
        )

    def withheld(self, doing: Doing, event: happened.Withheld) -> None:
        """It may not, or no more: what was sent goes, and out of what was handed in as well."""
        unit, speaker, now = doing.unit, doing.speaker, doing.scene.now
        consents.withdraw(unit, speaker.person, speaker.party, "sensitive", event.about, now)
        doing.after.append(Dropped(uploads.clear(unit, speaker.interview)))
        row = stays.latest(unit, speaker.case) if speaker.case and speaker.party else None
        if row is None or speaker.party is None:
            return
        told = say("编号{number}，本人撤回了同意，有一份电子版删掉了，改交纸质的。", number=Own(row.number))
        self._receiving.taken_out(unit, row, speaker.party, event.about, told, now)
        exports.withdraw(unit, row.case, now)
        self._trail.note(unit, row.case, None, "consent_withdrawn", row.id, now)
        doing.after.extend((Gone(()), Posted()))

    @staticmethod
    def not_kept(doing: Doing, event: happened.NotKept) -> None:
        """A file that came before its consent goes at once."""
        doing.after.append(Dropped(uploads.refuse(doing.unit, doing.speaker.person, event.about)))


def abroad(unit: Unit, place: Place, someone: str, locale: str, now: datetime) -> None:
    """Whoever agrees, or goes on, at a door abroad was told so in a sentence of its own."""
    if place.channel in CHANNELS_ABROAD:
        consents.give(unit, someone, None, "abroad", "", Words(locale)(ABROAD), now)
