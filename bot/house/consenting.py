"""What people agree to is noted with its words; what they take back goes, from the office that has it, too."""

from __future__ import annotations

from bot.house import abroad
from bot.house.afterwards import Dropped, Gone, Posted
from bot.house.desk.receiving import Receiving
from bot.house.devices import day
from bot.house.doing import Doing
from dialogs import events as happened
from dialogs.roles import role_of
from dialogs.scene import Agreed, Looked
from dialogs.trail_words import LOOKED, TOLD
from forms.message import Own, say
from storage import consents, exports, invitations, people, stays, trail, uploads
from storage.interviews import Speaker
from storage.unit import Unit


class Consenting:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, receiving: Receiving) -> None:
        self._receiving = receiving

    @staticmethod
    def consented(doing: Doing, event: happened.Consented) -> None:
        """The general consent: in a party of its own for whoever was asked in, else for all that they fill in."""
        unit, speaker, now = doing.unit, doing.speaker, doing.scene.now
        if speaker.party:
            invitations.consented(unit, speaker.party, now)
        people.speaks(unit, speaker.person, doing.outcome.interview)
        consents.give(unit, speaker.person, speaker.party, "general", "", event.text, now)
        abroad.agreed(unit, doing.place, speaker.person, doing.outcome.interview.locale, now)

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
        message = say(
            "编号{number}，本人撤回了同意，有一份电子版删掉了，改交纸质的。", number=Own(row.number)
        )
        self._receiving.taken_out(unit, row, speaker.party, event.about, message, now)
        exports.recall(unit, (row.case,))
        self._receiving.trail.note(unit, row.case, None, "consent_withdrawn", row.id, now)
        doing.after.extend((Gone(()), Posted()))

    @staticmethod
    def not_kept(doing: Doing, event: happened.NotKept) -> None:
        """A file that came before its consent goes at once."""
        doing.after.append(Dropped(uploads.refuse(doing.unit, doing.speaker.person, event.about)))


def agreed(unit: Unit, speaker: Speaker) -> tuple[Agreed, ...]:
    """Everything that whoever speaks agreed to."""
    return tuple(
        Agreed(
            each.purpose,
            each.about,
            day(each.given),
            day(each.withdrawn) if each.withdrawn else "",
            each.purpose == "sensitive" and each.party != speaker.party,
        )
        for each in consents.of_person(unit, speaker.person)
    )


def looked(unit: Unit, speaker: Speaker) -> tuple[Looked, ...]:
    """What offices did with the speaker's case, as far as it is theirs to know."""
    kinds = TOLD if role_of(speaker.state.role).leads else LOOKED
    return tuple(
        Looked(each.number, each.at, day(each.at), each.office, each.kind)
        for each in trail.entries(unit, speaker.case or "")
        if each.kind in kinds and each.office and each.at
    )
