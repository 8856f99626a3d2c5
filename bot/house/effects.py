"""What each event of a conversation does to what is kept, inside the unit that keeps the Turn.

One register: an event that stands not in it fails at start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.house import abroad, casework
from bot.house.across import Across
from bot.house.afterwards import Dropped, Gone
from bot.house.archive import Archive
from bot.house.consenting import Consenting
from bot.house.desk.receiving import Receiving
from bot.house.devices import Devices
from bot.house.doing import Doing
from bot.house.partings import Partings
from bot.house.ranking import rank
from bot.house.recovery import RecoveryCodes
from bot.house.reminding import Reminding
from bot.house.switching import switch
from bot.house.together import Together
from bot.house.tokens import Tokens
from dialogs import events as happened
from dialogs.doors import departed
from dialogs.erasing import forbidding
from dialogs.events import Event, kinds
from dialogs.view import View
from storage import people, states, uploads

Effect = Callable[[Doing, Any], None]


def nothing(doing: Doing, event: Event) -> None:
    """The history alone keeps it."""


class Effects:
    """The register; `more` are effects of events that are not the house's own. Raises TypeError where one is missing.

    To be called within `Archive.run`.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # all that events touch
        self,
        archive: Archive,
        across: Across,
        devices: Devices,
        recovery: RecoveryCodes,
        tokens: Tokens,
        reminding: Reminding,
        partings: Partings,
        receiving: Receiving,
        more: Mapping[type[Event], Effect] | None = None,
    ) -> None:
        self._archive = archive
        self._across = across
        self._devices = devices
        self._recovery = recovery
        self._partings = partings
        self._together = Together(archive, devices, tokens, reminding)
        consenting = Consenting(receiving)
        self._does: dict[type[Event], Effect] = {
            happened.Consented: consenting.consented,
            happened.Allowed: consenting.allowed,
            happened.Withheld: consenting.withheld,
            happened.NotKept: consenting.not_kept,
            happened.Spoken: _speaks,
            happened.Fitting: nothing,
            happened.Began: self._began,
            happened.Adopted: self._kept,
            happened.Afresh: nothing,
            happened.Finished: self._finished,
            happened.Reopened: self._stands,
            happened.Restarted: _emptied,
            happened.Erased: self._erased,
            happened.Switched: _switched,
            happened.Moved: nothing,  # it happens in no Turn: `bot.house.editions` does it all
            happened.Answered: self._kept,
            happened.Skipped: nothing,
            happened.PutOff: nothing,
            happened.Appealed: nothing,
            happened.Faced: nothing,
            happened.SetAside: nothing,
            happened.CodeRenewed: self._renewed,
            happened.DeviceEnded: self._ended,
            happened.Left: self._left,
            happened.Forgotten: self._forgotten,
            happened.Invited: self._together.invited,
            happened.LinkReplaced: self._together.replaced,
            happened.InvitationRevoked: self._together.revoked,
            happened.Reminded: self._together.reminded,
            happened.RemindersOff: _unreminded,
            happened.RemindersOn: _unreminded,
            happened.Joined: nothing,  # it happens at a door: `bot.house.inviting`
            happened.Declined: nothing,
            happened.Withdrew: self._together.withdrew,
            happened.LookedAgain: nothing,
            happened.Ranked: self._ranked,
            happened.Objected: self._together.objected,
            happened.Refused: self._together.refused,
            happened.HandedIn: receiving.handed_in,
            happened.TakenBack: receiving.taken_back,
            happened.Wrote: receiving.letterbox.wrote,
            happened.RemarkUpheld: nothing,  # it stands in the interview, and is sealed with it
            happened.CorrectionUndone: receiving.correction_undone,
            happened.UnionCodeIssued: nothing,
            happened.UnionCodeVoided: nothing,
            **(more or {}),
        }
        missing = set(kinds()) - self._does.keys()
        if missing:
            raise TypeError(f"no effect is known for {sorted(each.__name__ for each in missing)}")

    def of(self, doing: Doing) -> None:
        """Do what the outcome's events say, in order."""
        for event in doing.outcome.events:
            self._does[type(event)](doing, event)
        self._together.changed(doing)

    def _began(self, doing: Doing, event: happened.Began) -> None:
        casework.begun(
            doing.unit, self._archive, self._across, doing.speaker, doing.outcome.interview, doing.scene
        )
        self._kept(doing, event)

    def _finished(self, doing: Doing, event: happened.Finished) -> None:
        self._stands(doing, event)
        self._together.done(doing)

    def _stands(self, doing: Doing, event: Event) -> None:
        casework.stands(
            doing.unit, self._archive, self._across, doing.speaker, doing.outcome.interview, doing.scene
        )

    def _ranked(self, doing: Doing, event: happened.Ranked) -> None:
        programme = self._archive.pinned(doing.unit, doing.speaker.state.digest)
        if programme:
            rank(doing, programme, event.about)

    def _kept(self, doing: Doing, event: Event) -> None:
        """The first answers that are kept: from now on there is a code that leads back to them."""
        state = doing.outcome.interview
        if doing.speaker.coded or doing.told or not (state.programme and state.answers):
            return
        programme = self._archive.pinned(doing.unit, state.digest)
        if programme and forbidding(View(programme, state, doing.scene)):
            return  # to nothing that may be kept
        self._devices.first_saved(doing.unit, doing.place, doing.speaker, doing.scene.now)
        doing.told = True

    def _renewed(self, doing: Doing, event: happened.CodeRenewed) -> None:
        self._devices.renewed(doing.unit, doing.place, doing.speaker, doing.scene.now)
        doing.moved()

    def _ended(self, doing: Doing, event: happened.DeviceEnded) -> None:
        now = doing.scene.now
        self._devices.ended(doing.unit, doing.place, doing.speaker, event.about, now)
        doing.moved()

    def _erased(self, doing: Doing, event: happened.Erased) -> None:
        """What may not be collected goes at once, from offices too.

        What was said here is readable in no copy of the database any more, nor is a case that is about them. What an
        office had of a part in somebody else's case is out of the rows alone (docs/threats.md, “Not defended”).
        """
        _emptied(doing, event)
        states.renew(doing.unit, doing.speaker.interview)
        doing.after.extend(self._partings.emptied(doing.unit, doing.speaker, doing.scene.now))

    def _forgotten(self, doing: Doing, event: happened.Forgotten) -> None:
        now = doing.scene.now
        left = self._partings.forgotten(doing.unit, doing.speaker, doing.place.door, now)
        doing.after.extend(left)
        doing.again = not any(isinstance(each, Gone) for each in left)  # an office has something of theirs

    def _left(self, doing: Doing, event: happened.Left) -> None:
        code = self._recovery.of(doing.unit, doing.speaker.person, doing.scene.now)
        doing.said, doing.code = departed(doing.outcome.interview.locale, code)
        abroad.left(doing.unit, doing.place, doing.speaker.person, doing.scene.now)
        self._devices.close(doing.unit, doing.place.door)
        doing.moved()


def _speaks(doing: Doing, event: Event) -> None:
    people.speaks(doing.unit, doing.speaker.person, doing.outcome.interview)


def _emptied(doing: Doing, event: Event) -> None:
    doing.after.append(Dropped(uploads.clear(doing.unit, doing.speaker.interview)))


def _switched(doing: Doing, event: happened.Switched) -> None:
    switch(doing.unit, doing.speaker, doing.outcome.interview, event.about, doing.scene.now)
    doing.again = True


def _unreminded(doing: Doing, event: Event) -> None:
    since = doing.scene.now if isinstance(event, happened.RemindersOff) else None
    people.unreminded(doing.unit, doing.speaker.person, since)
