"""The others of a case file: asked in by the nominee, each at an address of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.workshop.officer import Officer
from bot.workshop.player import Player
from dialogs.inviting import called
from dialogs.view import View
from dialogs.words import Words
from forms.casefile import PartyExpectation
from forms.expressions import expression
from forms.parties import OFFICE, plural
from forms.programme import Programme

#: How the nominee says that they know whom they ask, where it is offered.
_RELATION = "同行"


class Host(Player):
    """The nominee of a case, who asks the others in from the task list before the end, or where the case says no more."""

    def __init__(self, *what: Any) -> None:
        super().__init__(*what)
        self.guests: list[Guest] = []
        #: Whoever receives the case and writes what is the union's own, where the case file brings that.
        self.officer = Officer(self) if self._case.parties.get(OFFICE) else None

    async def play(self) -> None:
        """From the greeting to the packet; with the union's own words where the case file brings them."""
        if self.officer:
            await self.officer.opens_office()
        await super().play()
        if self.officer:
            await self._hands_in()
            await self.officer.comes()

    async def _hands_in(self) -> None:
        await self._press("hand_in")
        if self._button("hand_to"):
            await self._press("hand_to")
        await self._press("hand_over")

    async def view(self) -> View:
        """The interview as it now stands; as its desk shows it, where a union has it."""
        dossier = await self.officer.dossier() if self.officer and await self.case() else None
        return dossier or await super().view()

    @property
    def _awaited(self) -> Sequence[tuple[str, int]]:
        """Who is still to be asked in: a kind of party, and its place in the case file."""
        parties = {party: said for party, said in self._case.parties.items() if party != OFFICE}
        everybody = [(party, at) for party, said in parties.items() for at in range(len(said))]
        return everybody[len(self.guests) :]

    def _asks_in(self) -> bool:
        return bool(self._awaited)

    async def _answer(self, name: str) -> bool:
        asked = self._programme.form(self.party).questions[name]
        read = expression(asked.when).names if asked.when else frozenset()
        if name not in self._answers and any(plural(party) in read for party, _ in self._awaited):
            return await self._gathers()  # one of them says it
        return await super()._answer(name)

    async def _gathers(self) -> bool:
        awaited = self._awaited
        if not awaited:
            return False
        tokens = []
        for party, at in awaited:
            guest = Guest(self, self._programme, party, at)
            self.guests.append(guest)
            tokens.append(await self._invites(guest))
        for guest, token in zip(self.guests, tokens, strict=True):
            self.transcript.append(f"── {guest.name}（{guest.called}）")
            await guest.comes(token)
        self.transcript.append(f"── {self._answers.get('name', self.address)}")
        await self._send(text="进度")
        return await self._press("resume" if self._button("resume") else "summary")

    async def _invites(self, guest: Guest) -> str:
        """The token of the link that asks somebody in."""
        if not self._button("invite", guest.party):
            await self._send(text="进度")
        await self._press("invite", guest.party)
        await self._send(text=guest.name)
        await self._press("relation", _RELATION if self._button("relation", _RELATION) else "")
        return self.screen.invitation.token if self.screen.invitation else ""


class Guest(Player):
    """One of the others: opens the link, consents, answers their own form, and confirms."""

    def __init__(self, host: Host, programme: Programme, party: str, at: int) -> None:
        super().__init__(host._conversation, host._kept, programme, host._case, host._folder)
        self.transcript, self.differences = host.transcript, host.differences
        self.party = party
        self.address = f"{party}-{at + 1}-of-{host.address}"
        self._answers = self._case.parties[party][at]
        expected = self._case.expect.parties.get(party, ())
        self.expected = expected[at] if at < len(expected) else PartyExpectation()
        self._refusals = self.expected.problems
        participant = programme.participant(party)
        self.called = called(Words("zh", programme), participant, at + 1) if participant else party
        self.name = str(self._answers.get(programme.form(party).named_by, self.called))

    async def comes(self, token: str) -> None:
        """From the link to the end of their part, or as far as their answers lead."""
        await self._send(text=token, shown="（打开链接）")
        await self._press("invited")
        await self._press("consent")
        await self.goes_on()
