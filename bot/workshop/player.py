"""Someone who answers as a case file says: presses what is on the screen, types, sends files."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot.house.company import ALONE, Company, company
from bot.house.conversation import Conversation
from bot.house.pieces import pieces
from bot.screens import plain
from dialogs import suggesting
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Button, Say, Screen, Turn
from dialogs.view import View
from forms.across import NEARLY, keys, supposed
from forms.answers import scope
from forms.casefile import CaseFile
from forms.kinds.base import Given, Question, Value
from forms.parties import LEADING
from forms.programme import Programme
from storage import cases, interviews
from storage.database import Database
from storage.unit import Unit

#: A recovery code is another one each time; a transcript has this in its place.
_CODE = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}\b")
_ANY_CODE = "ABCD-2345-EFGH-6789-JKMN"
#: And this in the place of a link.
_LINK = "（链接）"
_MOST_STEPS = 2000  # more than any form has: a conversation that turns in circles ends here


class Player:
    """Plays the nominee of a case.

    Whatever does not go as the case says is noted in `differences`, and the play goes on. `refused` is what was said of
    answers that were not taken, where the case expects so, by question.
    """

    channel = "rehearsal"
    address = "nominee"
    party = LEADING

    def __init__(
        self, conversation: Conversation, kept: Database, programme: Programme, case: CaseFile, folder: Path
    ) -> None:
        self.transcript: list[str] = []
        self.differences: list[str] = []
        self.screen = Screen(parts=())
        self.refused: dict[str, str] = {}
        self._answers = case.answers
        self._refusals: Collection[str] = ()
        self._conversation = conversation
        self._kept = kept
        self._programme = programme
        self._case = case
        self._folder = folder
        self._numbers = count(1)
        self._given: set[str] = set()

    async def play(self) -> None:
        """From the greeting to the packet, or as far as the answers lead."""
        await self._send()
        await self._press("consent")
        await self._press("programme", self._programme.id)
        if self._case.peers:
            await self._kept.run(self._seat_peers)
        await self.goes_on()

    async def goes_on(self) -> None:
        """As far as the answers lead."""
        for _ in range(_MOST_STEPS):
            if not await self._step() and not await self._gathers():
                break
        else:
            self.differences.append("the conversation came to no end")
        stands = (await self.view()).interview.answers
        self._given.update(name for name, value in self._answers.items() if stands.get(name) == value)
        unused = [name for name in self._answers if name not in self._given]
        if unused and not self.refused:
            self.differences.append(f"never asked for: {', '.join(unused)}")

    async def case(self) -> str:
        """The id of the case that is played; "" where none was opened."""
        seat = await self._kept.run(lambda unit: interviews.speaker(unit, self.channel, self.address))
        return seat.case or "" if seat else ""

    async def view(self) -> View:
        """The interview as it now stands, with its verdicts."""

        def standing(unit: Unit) -> tuple[Interview, Company]:
            seat = interviews.speaker(unit, self.channel, self.address)
            if seat is None:
                return Interview(), ALONE
            return seat.state, company(unit, self._programme, seat, self._case.now)

        state, others = await self._kept.run(standing)
        scene = Scene(self._case.now, (self._programme,), parts=others.parts, invited=others.invited)
        counts = supposed(self._programme, View(self._programme, state, scene).scope, self._case.peers)
        return View(self._programme, state, replace(scene, counts=counts))

    async def _step(self) -> bool:
        """One question answered or one screen passed; False where there is nothing left to do."""
        if self._button("agree"):
            return await self._looked_over()
        if allow := self._button("allow"):
            name = allow.action.about
            return await self._press("withhold" if name in self._case.withholds else "allow", name)
        if self.screen.asks and not self._button("face"):
            return await self._answer(self.screen.asks.question)
        appeal = self._button("appeal")
        if appeal and appeal.action.about in self._case.appeal:
            return await self._press("appeal", appeal.action.about)
        if self._button("finish") and self._asks_in():
            return False
        if self._button("finish"):
            stands = (await self.view()).interview.answers
            for name, value in self._answers.items():
                if name not in self._given and name in stands and stands[name] != value:
                    return await self._press("edit", name)  # told for certain, and the case says otherwise
        for verb in ("face", "finish", "declare"):
            if self._button(verb):
                return await self._press(verb)
        return False

    async def _looked_over(self) -> bool:
        """A card of what is suggested: the first that the case says otherwise is mended, else all is agreed to."""
        answers = self._answers
        view = await self.view()
        suggested = suggesting.card(view)
        for each in suggested:
            name = each.question.id
            as_said = name not in answers if each.skip else name in answers and answers[name] == each.value
            if not as_said:
                asked = name in answers or not self._button(
                    "decline"
                )  # what it does not say is asked in its turn
                return await self._press("edit", name) if asked else await self._press("decline")
        self._given.update(each.question.id for each in suggested)
        return await self._press("agree")

    async def _answer(self, name: str) -> bool:
        question = self._programme.form(self.party).questions[name]
        if name not in self._answers or name in self._given:
            if self._answers.keys() <= self._given and not question.optional:
                return False  # the case says no more: a short one that is about its verdicts ends here
            return await self._pass(question)
        self._given.add(name)
        value = self._answers[name]
        if answered_by_files(question):
            await self._upload(name, value)
        else:
            given = self.said(question, value)
            if self._button("pick", f"{name}:enough") and given and given[0].key:
                await self._press("pick", f"{name}:no")
            for each in given:
                await self._give(name, each)
        if self._asks(name) and self._button("keep"):  # with a remark: the case means what it says
            await self._press("keep")
        if self._asks(name) and not self._button("face"):
            problem = self._said("problem")
            if name in self._refusals:
                self.refused[name] = problem
                return False
            self.differences.append(
                f"question {name}: the answer was not taken{': ' * bool(problem)}{problem}"
            )
            return await self._pass(question, noted=True)
        return True

    def said(self, question: Question, value: Value) -> Sequence[Given]:
        """How the case's answer to a question is given: press by press and field by field."""
        return question.replay(value)

    async def _give(self, name: str, given: Given) -> None:
        if given.key is not None:
            await self._press("pick", f"{name}:{given.key}")
        else:
            await self._send(text=given.text)
        if self._asks(name) and self._button("confirm"):
            await self._press("confirm")

    async def _upload(self, name: str, value: Value) -> None:
        for relative in value if isinstance(value, list | tuple) else [value]:
            path = self._folder / str(relative)
            if not path.is_file():
                self.differences.append(f"question {name}: there is no file {path}")
                continue
            received = await self._conversation.receive(
                self.channel, self.address, path.name, pieces(path), path.stat().st_size
            )
            await self._send(file=received)
        if self._button("pick", f"{name}:done"):
            await self._press("pick", f"{name}:done")

    async def _pass(self, question: Question, noted: bool = False) -> bool:
        """Go on without an answer: only what is optional may be passed without a word."""
        if not question.optional and not noted:
            self.differences.append(f"question {question.id}: asked, but the case has no answer")
        for verb in ("keep", "skip", "later"):
            if self._button(verb):
                return await self._press(verb)
        done = f"{question.id}:done"
        return await self._press("pick", done) if self._button("pick", done) else False

    def _asks(self, name: str) -> bool:
        return self.screen.asks is not None and self.screen.asks.question == name

    def _button(self, verb: str, about: str = "") -> Button | None:
        for button in self.screen.all_buttons():
            if button.action.verb == verb and about in ("", button.action.about):
                return button
        return None

    async def _press(self, verb: str, about: str = "") -> bool:
        button = self._button(verb, about)
        if button is None:
            self.differences.append(f"no button “{verb} {about}” on the screen “{self._said()[:80]}”")
            return False
        await self._send(choice=button.action.token(self.screen.revision), shown=plain.button_label(button))
        return True

    async def _send(self, shown: str = "", **what: object) -> None:
        turn = Turn(self.address, str(next(self._numbers)), **what)  # type: ignore[arg-type]  # one of its fields
        said = shown or turn.text or (f"[{turn.file.name}]" if turn.file else "")
        if said:
            self.transcript.append(f"  > {said}")
        self.screen = await self._conversation.take(self.channel, self.address, turn)
        self.transcript.extend(
            _CODE.sub(_ANY_CODE, line).replace("{link}", _LINK) for line in plain.told(self.screen)
        )

    def _said(self, tone: str = "") -> str:
        """The bubbles on screen, or those of one tone."""
        bubbles = [part for part in self.screen.parts if isinstance(part, Say)]
        return " / ".join(bubble.text for bubble in bubbles if tone in ("", bubble.tone))

    def _asks_in(self) -> bool:
        """Whether somebody is still to be asked in."""
        return False

    async def _gathers(self) -> bool:
        """Asks in whoever is to do their part before this one ends; False where there is nobody left to ask."""
        return False

    def _seat_peers(self, unit: Unit) -> None:
        """Other finished cases that share what the case's rules across cases compare."""
        shared = keys(self._programme, scope(self._programme, self._case.answers, self._case.now))
        source = cases.definition(unit, self._programme.digest)
        if source is None:
            self.differences.append("no case was opened, so it has no peers")
            return
        for rule, number in self._case.peers.items():
            if number and rule not in shared:
                self.differences.append(f"peers of {rule}: the case does not say what they would share")
                continue
            for place in range(number):
                seat = interviews.welcome(
                    unit, self.channel, f"peer-{rule}-{place}-of-{self.address}", Interview(), self._case.now
                )
                state = Interview(programme=self._programme.id, digest=self._programme.digest)
                opened = cases.open_case(unit, seat, state, source, self._case.now)
                also = {each: shared[each] for each in (rule, rule + NEARLY) if each in shared}
                self._conversation.across.keep(unit, opened, also)


def answered_by_files(question: Question) -> bool:
    """Whether nothing but files answers a question, so that a case names paths for it."""
    return question.accepts_files and question.keyboard == "none"
