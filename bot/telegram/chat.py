"""What is known of one chat: what stands in it, what is on its way, what was asked by which message."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from bot.telegram import rendering
from bot.telegram.keyboards import Rows
from bot.telegram.rendering import Bubble
from dialogs.turn import Screen

#: Questions remembered, for files that were sent before the next one was there.
_ASKED = 8
#: Messages remembered that this process took.
TOOK = 32


@dataclass
class Showing:
    """A Screen on its way to a topic (0: outside of all), with what overtaken ones leave to be told."""

    screen: Screen
    echo: bool
    thread: int = 0
    #: Which page of its buttons is open.
    view: str = ""
    news: tuple[str, ...] = ()
    not_before: float = 0

    @property
    def question(self) -> str:
        """What it asks, or ""."""
        return self.screen.asks.question if self.screen.asks else ""

    @property
    def left(self) -> tuple[str, ...]:
        """What must still be told where it is not sent."""
        news = rendering.news(self.screen)
        return (*self.news, *(news if self.echo or not self.screen.echo else news[1:]))

    def overtakes(self, before: Showing) -> None:
        """Tell along what another one, which is not sent any more, had to tell."""
        self.news = tuple(dict.fromkeys((*before.left, *self.news)))


@dataclass
class Edit:
    """What a message is to look like: only its buttons change where there is no text."""

    html: str | None
    rows: Rows = ()
    #: Shown anew where the message cannot be edited any more.
    instead: Screen | None = None


@dataclass
class Chat:
    """One private chat, as far as it is remembered."""

    #: The message whose buttons are the current ones, as far as it is known, and whether a new one is being sent.
    live: int | None = None
    sending: bool = False
    #: The topic in which the person last spoke, 0 outside of all topics.
    thread: int = 0
    #: Whether the keyboard for the person's own number stands below the input field, as far as it is known.
    below: bool = False
    #: What stays at the head of that message, however it is changed.
    head: tuple[str, ...] = ()
    #: The token of the link that was sent to be handed on, while its Screen is shown.
    handed: str = ""
    #: What the last Screen was and whose, and which page of its buttons is open.
    view: str = ""
    question: str = ""
    title: str = ""
    who: str = ""
    revision: int | None = None
    locale: str = ""
    #: The language of the menu that the chat has as far as it is known, "" where it is not.
    menu: str = ""
    #: The messages that asked something, the newest last, with the questions in them.
    asked: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_ASKED))
    #: The messages that this process took last.
    took: deque[str] = field(default_factory=lambda: deque(maxlen=TOOK))
    showing: Showing | None = None
    sentences: list[tuple[Bubble, int]] = field(default_factory=list)
    edits: dict[int, Edit] = field(default_factory=dict)
    speaking: asyncio.Task[None] | None = None
    editing: asyncio.Task[None] | None = None

    def stays(self, screen: Screen, question: str) -> bool:
        """Whether a Screen takes the place of the one before: the same question, page or application.

        The greeting and the privacy notice stay in the chat, as what was agreed to. Nothing takes the place of what
        is somebody's or some application's that this Screen is not of: it was left, or erased.
        """
        if screen.who != self.who:
            return False
        if question and question == self.question:
            return True
        same = bool(screen.title) and screen.title == self.title
        return same or bool(self.locale and self.locale != screen.locale)

    def asks(self, message: int | None, question: str) -> None:
        """Remember what a message asks. Behind one of unknown number nothing can be told of what comes."""
        if message is None:
            self.asked.clear()
            return
        if self.asked and self.asked[-1][0] == message:
            self.asked.pop()
        self.asked.append((message, question))

    def outdated(self) -> None:
        """Another process went on here: what the last Screen asked is known no more."""
        self.question, self.view, self.head, self.revision = "", "", (), None
        self.asked.clear()

    def before(self, message: int) -> str:
        """The question that had been asked when a message was sent, "" where it is not known."""
        return next((question for number, question in reversed(self.asked) if number < message), "")
