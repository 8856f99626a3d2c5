"""What each chat shows: one message with a keyboard, everything above it a record.

A Screen that is overtaken before it was sent is not sent: what it had to tell goes along with the newer one. Edits
of one message that wait become one. All of this is courtesy and lives in memory: after a restart the next Screen
is simply sent anew.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from bot.telegram import rendering
from bot.telegram.chat import Chat, Edit, Showing
from bot.telegram.keyboards import keyboard
from bot.telegram.messages import Messages
from bot.telegram.rendering import Bubble
from bot.telegram.sender import Refused, Sender, Unreachable
from dialogs.turn import Code, Screen

log = structlog.get_logger(__name__)

#: Chats remembered; the ones that were quiet the longest are forgotten.
_REMEMBERED = 20_000
#: Seconds before something is said again while Telegram is out of order.
_AWAY = 30.0


class Chats:
    """All private chats of the bot.

    `blocked` is told of chats that do not want to hear from it, `relocated` of those that changed their language.
    `pictured` sends the picture of a recovery code, which stands above the Screen that shows it.
    """

    def __init__(
        self,
        sender: Sender,
        blocked: Callable[[int], Awaitable[None]],
        relocated: Callable[[int, str], Coroutine[Any, Any, None]],
        pictured: Callable[[int, Code], Awaitable[None]] | None = None,
    ) -> None:
        self._pictured = pictured
        self._sender = sender
        self._messages = Messages(sender)
        self._blocked = blocked
        self._relocated = relocated
        self._chats: OrderedDict[int, Chat] = OrderedDict()
        self._errands: set[asyncio.Task[Any]] = set()

    def knows(self, chat: int) -> bool:
        """Whether something was shown here since the start."""
        return bool(self.locale(chat))

    def locale(self, chat: int) -> str:
        """The language of the last Screen here, or ""."""
        known = self._chats.get(chat)
        return known.locale if known else ""

    def begun(self, chat: int) -> bool:
        """Whether the last Screen here was one of an application, so that what was done is kept."""
        known = self._chats.get(chat)
        return bool(known and known.title)

    def heard(self, chat: int, thread: int | None) -> None:
        """The person spoke in a topic (0: outside of all, None: it is not known), so that is where we answer."""
        if thread is not None:
            self._known(chat).thread = thread

    def question(self, chat: int, file: int | None = None) -> str:
        """The question that something is for, "" where it is not known.

        A text answers the last one that we know of, so that quick texts go from question to question. A file, the
        message of that number, belongs to the one that had been asked when it was sent.
        """
        known = self._chats.get(chat)
        if known is None:
            return ""
        if file is None:
            return known.question
        return known.before(file)

    def live(self, chat: int) -> int | None:
        """The message that shows the current Screen; None while it is on its way or cannot be sent."""
        known = self._chats.get(chat)
        return known.live if known and known.showing is None and not known.sending else None

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
        unchanged = (known.who, known.revision) == (screen.who, screen.revision)
        question = screen.asks.question if screen.asks else ""
        view = known.view if question and question == known.question else ""
        stays = known.stays(screen, question)
        if known.locale and known.locale != screen.locale:
            self.run(self._relocated(chat, screen.locale))
        known.revision, known.locale = screen.revision, screen.locale
        if known.who != screen.who:
            known.asked.clear()  # what one application asked is no question of another
        known.question, known.title, known.who = question, screen.title, screen.who
        if pressed is not None:
            busy = known.showing is not None or known.sending
            current = not busy and known.live in (pressed, None)
            if not current and unchanged and rendering.brief(screen):
                self._edit(chat, pressed, Edit(None))
                return rendering.notice(screen)
            if current and stays and not screen.echo and not screen.code:
                bubbles = rendering.messages(screen, view=view, news=known.head)
                if len(bubbles) == 1:
                    known.head = known.head if known.live == pressed else ()
                    known.live, known.view = pressed, view
                    known.asks(pressed, question)
                    self._edit(chat, pressed, Edit(bubbles[0].html, bubbles[0].rows, instead=screen))
                    return ""
            above = known.head if known.live == pressed else ()
            self._edit(chat, pressed, Edit(rendering.record(screen, above).html if screen.echo else None))
            known.live = None if known.live == pressed else known.live
        not_before = asyncio.get_running_loop().time() + hold
        showing = Showing(screen, echo=pressed is None, thread=known.thread, not_before=not_before)
        if known.showing:
            showing.overtakes(known.showing)
        known.showing = showing
        self._speak(chat, known)
        return ""

    def turn(self, chat: int, message: int, screen: Screen, view: str) -> None:
        """Show another page of the buttons under a message."""
        known = self._known(chat)
        if known.live in (message, None):
            known.live, known.view, known.revision = message, view, screen.revision
            known.question, known.title = screen.asks.question if screen.asks else "", screen.title
            known.locale, known.who = screen.locale, screen.who
        self._edit(chat, message, Edit(None, keyboard(screen, view), instead=screen))

    def tell(self, chat: int, bubble: Bubble) -> None:
        """Say something besides the Screen, which stays as it is."""
        known = self._known(chat)
        known.sentences.append((bubble, known.thread))
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

    def _known(self, chat: int) -> Chat:
        known = self._chats.get(chat)
        if known is None:
            known = self._chats[chat] = Chat()
            while len(self._chats) > _REMEMBERED:
                self._chats.popitem(last=False)
        else:
            self._chats.move_to_end(chat)
        return known

    # Speaking: sentences in order, then the Screen, then the older keyboard goes.

    def _speak(self, chat: int, known: Chat) -> None:
        if known.speaking is None:
            known.speaking = self._task(self._spoken(chat, known))

    async def _spoken(self, chat: int, known: Chat) -> None:
        try:
            while known.sentences or known.showing:
                showing = known.showing
                wait = showing.not_before - asyncio.get_running_loop().time() if showing else 0
                if known.sentences:
                    sentence, known.sentences[:1] = known.sentences[0], []
                    if not await self._try(chat, self._messages.send(chat, *sentence)):
                        known.sentences.insert(0, sentence)
                elif wait > 0:
                    await asyncio.sleep(wait)
                elif showing:
                    known.showing = None
                    if not await self._try(chat, self._screen(chat, known, showing)):
                        if known.showing:
                            known.showing.overtakes(showing)
                        else:
                            known.showing = showing
        finally:
            known.speaking = None

    async def _screen(self, chat: int, known: Chat, showing: Showing) -> None:
        before, known.live, known.sending = known.live, None, True
        try:
            if showing.screen.code and self._pictured:
                await self._pictured(chat, showing.screen.code)
            for bubble in rendering.messages(showing.screen, echo=showing.echo, news=showing.news):
                known.live, known.view = await self._messages.send(chat, bubble, showing.thread), ""
        except BaseException:
            known.live = before
            raise
        finally:
            known.sending = False
        known.head = (*showing.news, *rendering.head(showing.screen, echo=showing.echo))
        known.asks(known.live, showing.question)
        if before is not None:
            self._edit(chat, before, Edit(None))

    async def _try(self, chat: int, work: Coroutine[Any, Any, Any]) -> bool:
        """Do one thing; False where Telegram is out of order and it is to be done again.

        Where it cannot be done at all, the next thing the person does shows the Screen again.
        """
        try:
            await work
        except Unreachable:
            known = self._chats.pop(chat, None)
            if known:
                known.sentences.clear()
                known.edits.clear()
                known.showing = None
            await self._blocked(chat)
        except (TelegramServerError, TelegramNetworkError, ClientDecodeError, TelegramRetryAfter) as error:
            log.warning("telegram.away", error=type(error).__name__)
            await asyncio.sleep(error.retry_after if isinstance(error, TelegramRetryAfter) else _AWAY)
            return False
        except Exception as error:
            log.error("telegram.not_sent", error=type(error).__name__)
        return True

    # Editing: the latest look of each message.

    def _edit(self, chat: int, message: int, edit: Edit) -> None:
        known = self._known(chat)
        waiting = known.edits.get(message)
        if waiting and edit.html is None and waiting.html is not None:
            edit.html = waiting.html  # new buttons under a text that is still to come
        known.edits[message] = edit
        if known.editing is None:
            known.editing = self._task(self._edited(chat, known))

    async def _edited(self, chat: int, known: Chat) -> None:
        try:
            while known.edits:
                await self._sender.ready(chat, "edit")
                if known.edits:
                    message = next(iter(known.edits))
                    edit = known.edits.pop(message)
                    if not await self._try(chat, self._changed(chat, known, message, edit)):
                        known.edits.setdefault(message, edit)
        finally:
            known.editing = None

    async def _changed(self, chat: int, known: Chat, message: int, edit: Edit) -> None:
        try:
            await self._messages.change(chat, message, edit)
        except Refused as error:
            if error.unchanged or edit.instead is None:
                return
            # Deleted or too old: what it was to show is said anew, unless something newer is on its way.
            if known.showing is None:
                known.live = None if known.live == message else known.live
                known.head = ()
                known.showing = Showing(edit.instead, echo=False, thread=known.thread)
                self._speak(chat, known)

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._done)
        return task
