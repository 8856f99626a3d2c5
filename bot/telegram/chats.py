"""What each chat shows: one message with a keyboard, everything above it a record.

A Screen that is overtaken before it was sent is not sent: what it had to tell goes along with the newer one. Edits
of one message that wait become one. All of this is courtesy and lives in memory: after a restart the next Screen
is simply sent anew.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import structlog
from aiogram.methods import EditMessageReplyMarkup, EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions

from bot.telegram import rendering
from bot.telegram.keyboards import Rows, keyboard
from bot.telegram.rendering import Bubble
from bot.telegram.sender import Refused, Sender, Unreachable
from dialogs.turn import Screen

log = structlog.get_logger(__name__)

#: Chats remembered; the ones that were quiet the longest are forgotten.
_REMEMBERED = 20_000
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass
class _Showing:
    """A Screen on its way, with what overtaken ones leave to be told."""

    screen: Screen
    echo: bool
    news: tuple[str, ...] = ()
    not_before: float = 0


@dataclass
class _Edit:
    """What a message is to look like: only its buttons change where there is no text."""

    html: str | None
    rows: Rows = ()
    #: Shown anew where the message cannot be edited any more.
    instead: Screen | None = None


@dataclass
class _Chat:
    #: The message whose buttons are the current ones, as far as it is known, and whether a new one is being sent.
    live: int | None = None
    sending: bool = False
    #: What stays at the head of that message, however it is changed.
    head: tuple[str, ...] = ()
    #: What the last Screen was, and which page of its buttons is open.
    view: str = ""
    question: str = ""
    title: str = ""
    revision: int | None = None
    locale: str = ""
    showing: _Showing | None = None
    sentences: list[Bubble] = field(default_factory=list)
    edits: dict[int, _Edit] = field(default_factory=dict)
    speaking: asyncio.Task[None] | None = None
    editing: asyncio.Task[None] | None = None


class Chats:
    """All private chats of the bot.

    `blocked` is told of chats that do not want to hear from it, `relocated` of those that changed their language.
    """

    def __init__(
        self,
        sender: Sender,
        blocked: Callable[[int], Awaitable[None]],
        relocated: Callable[[int, str], Coroutine[Any, Any, None]],
    ) -> None:
        self._sender = sender
        self._blocked = blocked
        self._relocated = relocated
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._errands: set[asyncio.Task[Any]] = set()

    def knows(self, chat: int) -> bool:
        """Whether something was shown here since the start."""
        return chat in self._chats

    def locale(self, chat: int) -> str:
        """The language of the last Screen here, or ""."""
        known = self._chats.get(chat)
        return known.locale if known else ""

    def begun(self, chat: int) -> bool:
        """Whether the last Screen here was one of an application, so that what was done is kept."""
        known = self._chats.get(chat)
        return bool(known and known.title)

    async def shown(self, chat: int, patience: float) -> None:
        """Wait until all is said that is to be said here, `patience` seconds at most."""
        known = self._chats.get(chat)
        tasks = [task for task in (known.speaking, known.editing) if task] if known else []
        if tasks:
            await asyncio.wait(tasks, timeout=patience)

    def show(self, chat: int, screen: Screen, *, pressed: int | None = None, hold: float = 0) -> str:
        """Show what follows from a Turn; `pressed` is the message whose button was the Turn.

        Nothing is waited for. `hold` are seconds within which a newer Screen is expected. Gives a notice to pop up
        where the press changed nothing and the Screen stands below already, else "".
        """
        known = self._known(chat)
        unchanged = known.revision == screen.revision
        question = screen.asks.question if screen.asks else ""
        view = known.view if question and question == known.question else ""
        stays = self._stays(known, screen, question)
        if known.locale and known.locale != screen.locale:
            self.run(self._relocated(chat, screen.locale))
        known.revision, known.locale = screen.revision, screen.locale
        known.question, known.title = question, screen.title
        if pressed is not None:
            busy = known.showing is not None or known.sending
            current = not busy and known.live in (pressed, None)
            if not current and unchanged:
                self._edit(chat, pressed, _Edit(None))
                return rendering.notice(screen)
            if current and stays and not screen.echo:
                bubbles = rendering.messages(screen, view=view, news=known.head)
                if len(bubbles) == 1:
                    known.head = known.head if known.live == pressed else ()
                    known.live, known.view = pressed, view
                    self._edit(chat, pressed, _Edit(bubbles[0].html, bubbles[0].rows, instead=screen))
                    return ""
            above = known.head if known.live == pressed else ()
            self._edit(chat, pressed, _Edit(rendering.record(screen, above).html if screen.echo else None))
            known.live = None if known.live == pressed else known.live
        before = known.showing
        known.showing = _Showing(
            screen,
            echo=pressed is None,
            news=tuple(dict.fromkeys((*before.news, *self._left(before)))) if before else (),
            not_before=asyncio.get_running_loop().time() + hold,
        )
        self._speak(chat, known)
        return ""

    @staticmethod
    def _stays(known: _Chat, screen: Screen, question: str) -> bool:
        """Whether a Screen takes the place of the one before: the same question, page or application.

        The greeting and the privacy notice stay in the chat, as what was agreed to.
        """
        if question and question == known.question:
            return True
        same = bool(screen.title) and screen.title == known.title
        return same or bool(known.locale and known.locale != screen.locale)

    @staticmethod
    def _left(overtaken: _Showing) -> tuple[str, ...]:
        told = rendering.news(overtaken.screen)
        return told if overtaken.echo or not overtaken.screen.echo else told[1:]

    def turn(self, chat: int, message: int, screen: Screen, view: str) -> None:
        """Show another page of the buttons under a message."""
        known = self._known(chat)
        if known.live in (message, None):
            known.live, known.view, known.revision = message, view, screen.revision
            known.question, known.title = screen.asks.question if screen.asks else "", screen.title
            known.locale = screen.locale
        self._edit(chat, message, _Edit(None, keyboard(screen, view), instead=screen))

    def tell(self, chat: int, bubble: Bubble) -> None:
        """Say something besides the Screen, which stays as it is."""
        known = self._known(chat)
        known.sentences.append(bubble)
        self._speak(chat, known)

    def run(self, errand: Coroutine[Any, Any, None]) -> None:
        """Do something aside that nobody waits for; `drain` does, for a while."""
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._errands.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("telegram.errand_failed", error=type(error).__name__, exc_info=None)

    async def drain(self, patience: float) -> bool:
        """Wait for everything under way, `patience` seconds at most; False where something was cut off."""
        loop = asyncio.get_running_loop()
        until = loop.time() + patience
        while self._errands and loop.time() < until:
            await asyncio.wait(self._errands, timeout=until - loop.time())
        left = tuple(self._errands)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        return not left

    def _known(self, chat: int) -> _Chat:
        known = self._chats.get(chat)
        if known is None:
            known = self._chats[chat] = _Chat()
            while len(self._chats) > _REMEMBERED:
                self._chats.popitem(last=False)
        else:
            self._chats.move_to_end(chat)
        return known

    # Speaking: sentences in order, then the Screen, then the older keyboard goes.

    def _speak(self, chat: int, known: _Chat) -> None:
        if known.speaking is None:
            known.speaking = self._task(self._spoken(chat, known))

    async def _spoken(self, chat: int, known: _Chat) -> None:
        try:
            while known.sentences or known.showing:
                wait = known.showing.not_before - asyncio.get_running_loop().time() if known.showing else 0
                if known.sentences:
                    await self._try(chat, self._message(chat, known.sentences.pop(0)))
                elif wait > 0:
                    await asyncio.sleep(wait)
                else:
                    await self._try(chat, self._screen(chat, known))
        finally:
            known.speaking = None

    async def _screen(self, chat: int, known: _Chat) -> None:
        showing, known.showing = known.showing, None
        if showing is None:
            return
        before, known.live, known.sending = known.live, None, True
        try:
            for bubble in rendering.messages(showing.screen, echo=showing.echo, news=showing.news):
                known.live, known.view = await self._message(chat, bubble), ""
            known.head = (*showing.news, *rendering.head(showing.screen, echo=showing.echo))
        finally:
            known.sending = False
        if before is not None:
            self._edit(chat, before, _Edit(None))

    async def _try(self, chat: int, work: Coroutine[Any, Any, Any]) -> None:
        """Do one thing; where it cannot be done, the next thing the person does shows the Screen again."""
        try:
            await work
        except Unreachable:
            known = self._chats.pop(chat, None)
            if known:
                known.sentences.clear()
                known.edits.clear()
                known.showing = None
            await self._blocked(chat)
        except Exception as error:
            log.error("telegram.not_sent", error=type(error).__name__)

    async def _message(self, chat: int, bubble: Bubble) -> int:
        markup = markup_of(bubble.rows)
        method = SendMessage(
            chat_id=chat,
            text=bubble.html,
            parse_mode="HTML",
            link_preview_options=_NO_PREVIEW,
            reply_markup=markup,
        )
        try:
            return (await self._sender.send(method, chat, "message")).message_id
        except Refused as error:
            if not error.markup:
                raise
            log.error("telegram.markup_refused")
            method = SendMessage(chat_id=chat, text=bubble.plain, parse_mode=None, reply_markup=markup)
            return (await self._sender.send(method, chat, "message")).message_id

    # Editing: the latest look of each message.

    def _edit(self, chat: int, message: int, edit: _Edit) -> None:
        known = self._known(chat)
        waiting = known.edits.get(message)
        if waiting and edit.html is None and waiting.html is not None:
            edit.html = waiting.html  # new buttons under a text that is still to come
        known.edits[message] = edit
        if known.editing is None:
            known.editing = self._task(self._edited(chat, known))

    async def _edited(self, chat: int, known: _Chat) -> None:
        try:
            while known.edits:
                await self._sender.ready(chat, "edit")
                if known.edits:
                    message = next(iter(known.edits))
                    await self._try(chat, self._changed(chat, known, message, known.edits.pop(message)))
        finally:
            known.editing = None

    async def _changed(self, chat: int, known: _Chat, message: int, edit: _Edit) -> None:
        markup = markup_of(edit.rows)
        method: EditMessageText | EditMessageReplyMarkup
        if edit.html is None:
            method = EditMessageReplyMarkup(chat_id=chat, message_id=message, reply_markup=markup)
        else:
            method = EditMessageText(
                chat_id=chat,
                message_id=message,
                text=edit.html,
                parse_mode="HTML",
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup,
            )
        try:
            await self._sender.send(method, chat)
        except Refused as error:
            if error.unchanged or edit.instead is None:
                return
            # Deleted or too old: what it was to show is said anew, unless something newer is on its way.
            if known.showing is None:
                known.live = None if known.live == message else known.live
                known.head = ()
                known.showing = _Showing(edit.instead, echo=False)
                self._speak(chat, known)

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._done)
        return task


def markup_of(rows: Rows) -> InlineKeyboardMarkup | None:
    """The keyboard as Telegram takes it. Built directly: aiogram's builder takes eight times as long."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=key.label, callback_data=key.data) for key in row] for row in rows
        ]
    )
