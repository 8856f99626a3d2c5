"""What one party does that others of the case must learn: asked in, done, changed, gone."""

from __future__ import annotations

from bot.house.afterwards import Dropped, Posted
from bot.house.archive import Archive
from bot.house.company import AGAIN, enough, rests
from bot.house.devices import Devices
from bot.house.doing import Doing
from bot.house.inviting import REFUSED, end_nomination
from bot.house.reminding import Reminding
from bot.house.tokens import Tokens, expires
from dialogs import events as happened
from dialogs.inviting import called
from dialogs.roles import role_of
from dialogs.words import Words
from forms.answers import scope
from forms.message import Message, Own, say
from storage import invitations, notices
from storage.invitations import Row


class Together:
    """Effects of events that concern the parties of a case. To be called within `Archive.run`."""

    def __init__(self, archive: Archive, devices: Devices, tokens: Tokens, reminding: Reminding) -> None:
        self._archive = archive
        self._devices = devices
        self._tokens = tokens
        self._reminding = reminding

    def invited(self, doing: Doing, event: happened.Invited) -> None:
        """Somebody is asked in: a party that waits for them, and its link."""
        speaker, now = doing.speaker, doing.scene.now
        party, number = event.about.rsplit(" ", 1)
        if speaker.case is None or speaker.party is None:
            return
        made = invitations.invite(doing.unit, speaker.case, party, int(number), now)
        self._link(doing, made)

    def replaced(self, doing: Doing, event: happened.LinkReplaced) -> None:
        """Another link for a party that nobody has taken yet."""
        row = _party(doing, event.about)
        if row and row.standing == "invited":
            self._link(doing, row.party)

    def _link(self, doing: Doing, part: str) -> None:
        speaker, now = doing.speaker, doing.scene.now
        programme = self._archive.pinned(doing.unit, speaker.state.digest)
        if programme and speaker.party:
            self._tokens.make(doing.unit, part, speaker.party, now, expires(programme, now))
        doing.again = True

    def revoked(self, doing: Doing, event: happened.InvitationRevoked) -> None:
        """A party is asked no more; whoever has it is told."""
        row = _party(doing, event.about)
        if row and invitations.end(doing.unit, row.party, "revoked", doing.scene.now) and row.person:
            message = say("请您的人不再请您写这一份了，谢谢您。您写过的还在，可以下载。")
            self._devices.tell_all(doing.unit, row.person, message, doing.scene.now)
            doing.after.append(Posted())
        doing.again = True

    def reminded(self, doing: Doing, event: happened.Reminded) -> None:
        """Whoever has a party is reminded at all their doors, once a day, and not at night."""
        row, now = _party(doing, event.about), doing.scene.now
        programme = self._archive.pinned(doing.unit, doing.speaker.state.digest)
        if row is None or programme is None or (row.reminded and now - row.reminded < AGAIN):
            return
        invitations.remind(doing.unit, row.party, now)
        self._reminding.asked(doing.unit, row, programme, now)
        doing.after.append(Posted())
        doing.again = True

    def withdrew(self, doing: Doing, event: happened.Withdrew) -> None:
        """Whoever had a party takes part no more; who asked them is told."""
        speaker, now = doing.speaker, doing.scene.now
        if speaker.party is None or not invitations.end(doing.unit, speaker.party, "withdrawn", now):
            return
        row = invitations.of_party(doing.unit, speaker.party)
        if row:
            self._tell_asker(doing, row, say("{who}退出了。可以再请一位。", who=self._called(doing, row)))
        doing.again = True

    def done(self, doing: Doing) -> None:
        """A part beside the nominee's is done: who asked is told, and those who are not needed any more."""
        speaker, now = doing.speaker, doing.scene.now
        programme = self._archive.pinned(doing.unit, speaker.state.digest)
        if speaker.party is None or speaker.case is None or programme is None:
            return
        participant = programme.participant(speaker.state.role)
        row = invitations.of_party(doing.unit, speaker.party)
        if participant is None or row is None:
            return
        self._tell_asker(doing, row, say("{who}已经完成。", who=self._called(doing, row)))
        rows = invitations.of_case(doing.unit, speaker.case)
        if not enough(programme, rows, row.role, now):
            return
        thanks = say("请您写的这一份，别人已经写够了。谢谢您，您不用再写；已经写的都还在。")
        for each in rows:
            if each.role == row.role and each.standing == "joined" and each.person:
                self._devices.tell_all(doing.unit, each.person, thanks, now)
                doing.after.append(Posted())

    def changed(self, doing: Doing) -> None:
        """Where the nominee's side has changed what others have confirmed, they are asked to look at exactly that.

        Once a turn, whatever has changed it and however much.
        """
        speaker, now = doing.speaker, doing.scene.now
        if speaker.case is None or doing.outcome.interview.answers == speaker.state.answers:
            return
        if speaker.alone:  # whoever was asked in since is in an interview that is past this version
            return
        programme = self._archive.pinned(doing.unit, speaker.state.digest)
        if programme is None or not programme.parties or not role_of(speaker.state.role).leads:
            return
        rows = invitations.confirmed_beside(doing.unit, speaker.case, speaker.party)
        others = [each for each in rows if each.person]
        if not others:
            return
        before, after = (
            scope(programme, state.answers, now) for state in (speaker.state, doing.outcome.interview)
        )
        for row in others:
            if row.person and rests(programme, row, before) and not rests(programme, row, after):
                self._lapsed(doing, row)

    def _lapsed(self, doing: Doing, row: Row) -> None:
        now = doing.scene.now
        news = say("您确认过的内容，被推荐人这边改了一处，请看一眼您的还照不照旧。")
        self._devices.tell_all(doing.unit, row.person or "", news, now)
        here = say("这一处改了：{who}确认过的要再看一眼，已经告诉对方。", who=self._called(doing, row))
        notices.place(doing.unit, *doing.place.door, here, now)
        doing.told = True
        doing.after.append(Posted())

    def objected(self, doing: Doing, event: happened.Objected) -> None:
        """The person whom it is about finds something wrong: whoever fills it in is told."""
        row = invitations.of_party(doing.unit, doing.speaker.party or "")
        if row:
            self._tell_asker(doing, row, say("被推荐人看了材料，说有一处不对。请看进度清单。"))

    def refused(self, doing: Doing, event: happened.Refused) -> None:
        """The person whom it is about does not agree: the nomination ends, and what was said of them goes."""
        speaker, now = doing.speaker, doing.scene.now
        if speaker.case is None or speaker.party is None:
            return
        row = invitations.of_party(doing.unit, speaker.party)
        if row is None or not invitations.end(doing.unit, speaker.party, "declined", now):
            return
        doing.after.append(Dropped(end_nomination(doing.unit, speaker.case, now)))
        self._tell_asker(doing, row, REFUSED)
        doing.again = True

    def _tell_asker(self, doing: Doing, row: Row, message: Message) -> None:
        asker = invitations.asker(doing.unit, row.party)
        if asker:
            self._devices.tell_all(doing.unit, asker, message, doing.scene.now)
            doing.after.append(Posted())

    def _called(self, doing: Doing, row: Row) -> Message | Own:
        programme = self._archive.pinned(doing.unit, doing.speaker.state.digest)
        participant = programme.participant(row.role) if programme else None
        if programme is None or participant is None:
            return say("您请的一位")
        return Own(called(Words("zh", programme), participant, row.number))


def _party(doing: Doing, key: str) -> Row | None:
    """One of the others in the speaker's case, by what names it there."""
    rows = invitations.of_case(doing.unit, doing.speaker.case) if doing.speaker.case else ()
    return next((row for row in rows if row.key == key and row.party != doing.speaker.party), None)
