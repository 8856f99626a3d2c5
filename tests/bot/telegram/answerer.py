"""One person in front of the kill harness: answers step after step, sends files, now and then edits an answer."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

from bench.turns import pressed
from tests.bot.telegram.chats import Message
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.interview import CONSENT, FILES, answer_of, step_of, takes
from tests.bot.telegram.papers import Paper, hands_in
from tests.bot.telegram.phone import Phone

_AGAINST = ("打不开", "没有传过来", "没能记下来")
_AGREES = "改成这个"
_GLANCE = 0.5  # seconds, where nothing happens in the chat


class Answerer:
    """Does one thing after the other, and the next one only when the last one is answered on the screen.

    `edits` is how likely it is that after a step an earlier answer is edited; `files` tells that some are asked for.
    """

    def __init__(
        self, telegram: Telegram, chance: random.Random, edits: float = 0, *, files: bool = False
    ) -> None:
        self.phone = Phone(telegram)
        self.step = CONSENT - 1  # before the greeting
        self.waits = False
        self.lost = self.unshown = self.corrections = 0
        self.corrected: Counter[str] = Counter()
        self.chance = chance
        self.losses: list[str] = []
        #: Presses that had to be done again, by the id of their query, with the chat as it was then.
        self.pressed_again: dict[str, str] = {}
        self.papers: dict[str, tuple[Paper, ...]] = {}
        self.sent: list[Paper] = []
        self._edits = edits
        self._files = frozenset(FILES if files else ())
        self._messages: dict[int, Message] = {}
        self._said: dict[int, str] = {}
        self._nudged = False

    @property
    def answers(self) -> dict[str, Any]:
        """What must be kept of them, by question; of files the names."""
        texts = {
            f"q{step}": self._said.get(step, answer_of(self.phone.id, step))
            for step in range(max(self.step, 0))
        }
        return texts | {name: [paper.name for paper in papers] for name, papers in self.papers.items()}

    @property
    def at(self) -> int | None:
        return step_of(self.phone.screen)

    async def goes_on(self) -> None:
        """One step, until the next is on the screen; then perhaps a correction, until the step is there again."""
        step = self.step
        if step in self._files:
            self.papers[f"q{step}"] = await hands_in(self, step)
        else:
            await self.acts(self._takes, lambda: self.at == step + 1, lambda: self.at == step)
        self.step += 1
        if self._messages and self.chance.random() < self._edits:
            await self._corrects()

    def _takes(self) -> object:
        if self.step < CONSENT:
            return self.phone.says("/start")
        if self.step < 0 or pressed(self.step):
            return takes(self.phone, self.step)
        self._messages[self.step] = self.phone.says(answer_of(self.phone.id, self.step))
        return self._messages[self.step]

    async def _corrects(self) -> None:
        """Edit a message that was answered, often twice within a second, and agree to what is offered."""
        step, message = self.chance.choice(list(self._messages.items()))
        number = self.corrections = self.corrections + 1
        answer = f"{answer_of(self.phone.id, step)}改{number}"
        twice = self.chance.random() < 0.5

        def edits() -> None:
            if twice:
                self.phone.edits(message, f"{answer}了")
            self.phone.edits(message, answer)

        def offered() -> bool:
            screen = self.phone.screen
            return bool(screen and f"改成“{answer}”" in screen.text and _AGREES in screen.buttons)

        await self.acts(edits, offered, lambda: self.at == self.step)
        await self.acts(lambda: self.phone.press(_AGREES), lambda: self.at == self.step, offered)
        self._said[step] = answer
        self.corrected[f"q{step}"] += 1

    async def acts(
        self, act: Callable[[], object], done: Callable[[], bool], undone: Callable[[], bool]
    ) -> None:
        """Do something until it is answered; where only asking helps to see that it was undone, it was lost.

        Undone is for certain only what the bot has let go of: while an update waits, an older Screen may be shown.
        """
        acted = act()
        self.waits = True
        while not done():
            if (
                self._nudged
                and undone()
                and not self._queued()
                and any(each.rows for each in self.phone.news)
            ):
                story = f"lost at step {self.step}:\n{self.phone.chat}"
                if isinstance(acted, str):  # what the bot made of a press stands in its rows: see `kept`
                    self.pressed_again[acted] = story
                else:
                    self.lost += 1
                    self.losses.append(story)
                self._nudged = False
                acted = act()
            await self.phone.chat.pulse.next(_GLANCE)
        self.unshown += self._nudged
        self._nudged = self.waits = False

    def _queued(self) -> bool:
        """Whether the bot has not confirmed something of this person."""
        pending = self.phone.telegram.updates.pending.values()
        return any(each.payload.get("from") == self.phone.user for each in pending)

    @property
    def refused(self) -> list[str]:
        """What was said against files, all of which are good."""
        said = [message.text for message in self.phone.chat.messages.values() if message.by_bot]
        return [text for text in said if any(words in text for words in _AGAINST)]

    def nudge(self) -> None:
        """Ask for the screen, as somebody who was never answered does."""
        self._nudged = True
        self.phone.says("/start")
