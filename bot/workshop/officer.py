"""The receiving union of a case file that brings what it writes itself: an office, and a clerk with a seat there."""

from __future__ import annotations

from bot.workshop.player import Player
from dialogs.desk.one_question import place
from dialogs.view import View
from forms.answers import scope
from forms.destinations import destinations
from forms.kinds.base import Question
from forms.offices import Office
from forms.parties import OFFICE
from storage import offices, seats, stays
from storage.unit import Unit

#: Where no answers name the union.
_UNION = "受理工会"
_CLERK = "受理经办"


class Officer(Player):
    """Takes a seat where the nominee hands in, opens the case, and answers what the union is asked."""

    party = OFFICE

    def __init__(self, host: Player) -> None:
        super().__init__(host._conversation, host._kept, host._programme, host._case, host._folder)
        self.transcript, self.differences = host.transcript, host.differences
        self.address = f"officer-of-{host.address}"
        self._host = host
        self._answers = self._case.parties[OFFICE][0]
        self._office = ""

    async def opens_office(self) -> None:
        """The union that the answers name, or any of the kind that receives the route."""

        def add(unit: Unit) -> str:
            (made,) = offices.add(unit, (self._union(),), self._case.now)
            return made

        self._office = await self._kept.run(add)

    def _union(self) -> Office:
        names = scope(self._programme, self._case.answers, self._case.now)
        route = self._programme.route(str(names["route"]))
        kinds = [kind for each in route.received_by for kind in each.kinds]
        named = (str(value) for value in self._case.answers.values() if isinstance(value, str))
        kind = kinds[0] if kinds else "city"
        for name in named:  # whichever answer it is that names it
            there = Office(name=name, kind=kind) if name.endswith("工会") else None
            if there and destinations({name: there}, self._programme, names).sole:
                return there
        return Office(name=_UNION, kind=kind, programmes=(self._programme.id,))

    async def comes(self) -> None:
        """From the seat's link to the last question, or as far as the answers lead."""
        self.transcript.append(f"── {_CLERK}")
        invite = self._conversation.staff.seating.invite
        offered = await self._kept.run(
            lambda unit: invite(unit, self._office, "clerk", _CLERK, "rehearsal", self._case.now)
        )
        await self._send(text=offered.token, shown="（打开链接）")
        await self._press("seat")
        await self._press("open")
        await self._press("statement")
        await self._press("state_next")
        while self.screen.asks and await self._says(self.screen.asks.question):
            pass
        unused = [name for name in self._answers if name not in self._given]
        if unused:
            self.differences.append(f"never asked for: {', '.join(unused)}")

    async def _says(self, name: str) -> bool:
        question = self._programme.form(OFFICE).questions[name]
        if name not in self._answers or name in self._given:
            if question.optional and self._button("pass_by", name):
                return await self._press("pass_by", name)
            self.differences.append(f"question {name}: asked, but the case has no answer")
            return False
        self._given.add(name)
        for given in question.replay(self._answers[name]):
            if given.key is not None:
                await self._press("answer", self._key(question, given.key))
            else:
                await self._send(text=given.text)
            if self._button("surely"):
                await self._press("surely")
        if self._asks(name):
            self.differences.append(f"question {name}: the answer was not taken: {self._said('problem')}")
            return False
        return True

    @staticmethod
    def _key(question: Question, key: str) -> str:
        """A key as a button of the desk names it."""
        keys = [each.value for each in question.keys(None)]
        return place(keys.index(key) if key in keys else 0, key)

    async def dossier(self) -> View | None:
        """The case as its desk shows it, with what was written there."""

        def read(unit: Unit) -> View | None:
            seat = next(iter(seats.of_office(unit, self._office)), None)
            row = next(iter(stays.of_cases(unit, self._office, (self._case_id,))), None)
            scenes = self._conversation.staff.scenes
            brief = next(iter(scenes.seats(unit, seat.person)), None) if seat and seat.person else None
            dossier = scenes.dossier(unit, brief, row.id, self._case.now) if brief and row else None
            return dossier.view if dossier else None

        self._case_id = await self._host.case()
        return await self._kept.run(read)
