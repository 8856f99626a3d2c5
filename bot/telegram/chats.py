"""What each chat shows: one message with a keyboard, everything above it a record.

A Screen that is overtaken before it was sent is not sent: what it had to tell goes along with the newer one. Edits
of one message that wait become one. All of this is courtesy and lives in memory: after a restart the next Screen
is simply sent anew.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
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
from bot.telegram.languages import spoken
from bot.telegram.messages import Messages
from bot.telegram.rates import window
from bot.telegram.rendering import Bubble
from bot.telegram.reticence import Reticence
from bot.telegram.sender import Refused, Sender, Unreachable
from dialogs.turn import Screen

log = structlog.get_logger(__name__)

#: Chats remembered; the ones that were quiet the longest are forgotten.
_REMEMBERED = 20_000
#: Seconds before something is said again while Telegram is out of order.
_AWAY = 30.0
#: How far the clocks of two machines may be apart.
_APART = timedelta(seconds=5)
#: Seconds that the next stranger would wait where they stand in line.
_CROWDED = 1.5


class Chats:
    """All private chats of the bot.

    `blocked` is told of chats that do not want to hear from it, `relocated` of those whose menu is in another language.
    `above` sends to a chat's topic what belongs above a Screen: the picture of a recovery code, and what is to be handed
    on, once as long as its Screen is shown. `app` is the web
    chat's address inside Telegram, "" where there is none. `reticence` says what of a desk may be shown at all.
    `strangers` is how many of those who have not begun are answered in a second, 0 for any number: they stand in a line
    of their own.
    `speaks` is told of every message that shows a Screen, for those who know the same chats elsewhere.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what differs from bot to bot
        self,
        sender: Sender,
        blocked: Callable[[int], Awaitable[None]],
        relocated: Callable[[int, str], Coroutine[Any, Any, None]],
        above: Callable[[int, int, Screen], Awaitable[None]] | None = None,
        app: str = "",
        reticence: Reticence | None = None,
        speaks: Callable[[int, int], None] | None = None,
        strangers: float = 0,
    ) -> None:
        self._strangers = window(strangers, 1) if strangers else None
        self._app = app
        self._speaks = speaks or (lambda chat, message: None)
        self.reticence = reticence or Reticence()
        self._above = above
        self._sender = sender
        self._messages = Messages(sender)
        self._blocked = blocked
        self._relocated = relocated
        self._chats: OrderedDict[int, Chat] = OrderedDict()
        self._errands: set[asyncio.Task[Any]] = set()

    @property
    def crowded(self) -> bool:
        """Whether strangers stand in line."""
        return bool(self._strangers and self._strangers.ahead(asyncio.get_running_loop().time()) > _CROWDED)

    def knows(self, chat: int) -> bool:
        """Whether something was shown here since the start."""
        return bool(self.locale(chat))

    def locale(self, chat: int) -> str:
        """The language of the last Screen here, or ""."""
        talk = self._chats.get(chat)
        return talk.locale if talk else ""

    def begun(self, chat: int) -> bool:
        """Whether the last Screen here was one of an application, so that what was done is kept."""
        talk = self._chats.get(chat)
        return bool(talk and talk.title)

    def heard(self, chat: int, thread: int | None, language: str = "") -> None:
        """The person spoke in a topic (0: outside of all, None: it is not known), so that is where we answer.

        `language` is that of their phone, in which Telegram shows them the menu.
        """
        talk = self._known(chat)
        talk.menu = talk.menu or spoken(language)
        if thread is not None:
            talk.thread = thread

    def question(self, chat: int, file: int | None = None) -> str:
        """The question that something is for, "" where it is not known.

        A text answers the last one that we know of, so that quick texts go from question to question. A file, the
        message of that number, belongs to the one that had been asked when it was sent.
        """
        talk = self._chats.get(chat)
        if talk is None:
            return ""
        if file is None:
            return talk.question
        return talk.before(file)

    def live(self, chat: int) -> int | None:
        """The message that shows the current Screen; None while it is on its way or cannot be sent."""
        talk = self._chats.get(chat)
        return talk.live if talk and talk.showing is None and not talk.sending else None

    def took(self, chat: int, message: str) -> None:
        """This process took a message here, by its number in the house."""
        if talk := self._chats.get(chat):
            talk.took.append(message)

    def caught_up(self, chat: int, latest: Sequence[tuple[str, datetime]]) -> None:
        """The messages that were taken here last: where another process took one since ours, what was asked here is over.

        Clocks of two machines may be apart: one that was taken about when ours was counts as later.
        """
        talk = self._chats.get(chat)
        if talk is None:
            return
        ours = next((at for message, at in latest if message in talk.took), None)
        if ours is None or any(message not in talk.took and at > ours - _APART for message, at in latest):
            talk.outdated()

    def overtaken(self, chat: int, message: int) -> None:
        """A newer Screen was shown here by another process, in this message: what is known of the chat is over."""
        talk = self._chats.get(chat)
        if talk is None or talk.showing or talk.sending or (talk.live or 0) >= message:
            return
        before, talk.live = talk.live, message
        talk.outdated()
        if before is not None:
            self._edit(chat, before, Edit(None))

    async def shown(self, chat: int, patience: float) -> None:
        """Wait until all is said that is to be said here, `patience` seconds at most."""
        talk = self._chats.get(chat)
        tasks = [task for task in (talk.speaking, talk.editing) if task] if talk else []
        if tasks:
            await asyncio.wait(tasks, timeout=patience)

    def show(self, chat: int, screen: Screen, *, pressed: int | None = None, hold: float = 0) -> str:
        """Show what follows from a Turn; `pressed` is the message whose button was the Turn.

        Nothing is waited for. `hold` are seconds within which a newer Screen is expected. Gives a notice to pop up
        where the press changed nothing and the Screen stands below already, else "".
        """
        talk, screen = self._known(chat), self.reticence.shown(screen)
        unchanged = (talk.who, talk.revision) == (screen.who, screen.revision)
        question = screen.asks.question if screen.asks else ""
        view = talk.view if question and question == talk.question else ""
        stays = talk.stays(screen, question)
        if (
            talk.menu and talk.menu != screen.locale and screen.who
        ):  # before consent nothing is kept, at Telegram neither
            self.run(self._relocated(chat, screen.locale))
            talk.menu = screen.locale
        token = _token(screen)
        talk.handed = talk.handed if talk.handed == token else ""
        talk.revision, talk.locale = screen.revision, screen.locale
        if talk.who != screen.who:
            talk.asked.clear()  # what one application asked is no question of another
        talk.question, talk.title, talk.who = question, screen.title, screen.who
        if pressed is not None:
            busy = talk.showing is not None or talk.sending
            current = not busy and talk.live in (pressed, None)
            if not current and unchanged and rendering.brief(screen):
                self._edit(chat, pressed, Edit(None))
                return rendering.notice(screen)
            fits = talk.below == rendering.numbers(screen)  # another keyboard below takes a new message
            alone = not screen.code and talk.handed == token  # nothing is to be sent above it
            if current and stays and fits and alone and not screen.agreed and not screen.echo:
                bubbles = rendering.messages(screen, view=view, news=talk.head, app=self._app)
                if len(bubbles) == 1:
                    above = talk.head if talk.live == pressed else ()
                    talk.head = tuple(dict.fromkeys((*above, *rendering.told(screen))))
                    talk.live, talk.view = pressed, view
                    talk.asks(pressed, question)
                    self._edit(chat, pressed, Edit(bubbles[0].html, bubbles[0].rows, instead=screen))
                    return ""
            above = talk.head if talk.live == pressed else ()
            record = screen.echo and not screen.agreed
            self._edit(chat, pressed, Edit(rendering.record(screen, above).html if record else None))
            talk.live = None if talk.live == pressed else talk.live
        now = asyncio.get_running_loop().time()
        not_before = now + hold
        if self._strangers and not screen.who:
            not_before = talk.showing.not_before if talk.showing else self._strangers.reserve(not_before)
        showing = Showing(
            screen, echo=screen.agreed or pressed is None, thread=talk.thread, not_before=not_before
        )
        if talk.showing:
            showing.overtakes(talk.showing)
        talk.showing = showing
        self._speak(chat, talk)
        return ""

    def again(self, chat: int, screen: Screen) -> None:
        """Show the Screen once more below what was sent, its buttons as they were opened."""
        talk = self._known(chat)
        same = (talk.who, talk.revision) == (screen.who, screen.revision)
        view = talk.view if same else ""
        self.show(chat, screen)
        if talk.showing:
            talk.showing.view = view

    def turn(self, chat: int, message: int, screen: Screen, view: str) -> None:
        """Show another page of the buttons under a message."""
        talk, screen = self._known(chat), self.reticence.shown(screen)
        if talk.live in (message, None):
            talk.live, talk.view, talk.revision = message, view, screen.revision
            talk.question, talk.title = screen.asks.question if screen.asks else "", screen.title
            talk.locale, talk.who = screen.locale, screen.who
        self._edit(chat, message, Edit(None, keyboard(screen, view, self._app), instead=screen))

    def tell(self, chat: int, bubble: Bubble) -> None:
        """Say something besides the Screen, which stays as it is."""
        talk = self._known(chat)
        talk.sentences.append((bubble, talk.thread))
        self._speak(chat, talk)

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
        talk = self._chats.get(chat)
        if talk is None:
            talk = self._chats[chat] = Chat()
            while len(self._chats) > _REMEMBERED:
                self._chats.popitem(last=False)
        else:
            self._chats.move_to_end(chat)
        return talk

    # Speaking: sentences in order, then the Screen, then the older keyboard goes.

    def _speak(self, chat: int, talk: Chat) -> None:
        if talk.speaking is None:
            talk.speaking = self._task(self._spoken(chat, talk))

    async def _spoken(self, chat: int, talk: Chat) -> None:
        try:
            while talk.sentences or talk.showing:
                showing = talk.showing
                wait = showing.not_before - asyncio.get_running_loop().time() if showing else 0
                if talk.sentences:
                    sentence, talk.sentences[:1] = talk.sentences[0], []
                    if not await self._try(chat, self._messages.send(chat, *sentence)):
                        talk.sentences.insert(0, sentence)
                elif wait > 0:
                    await asyncio.sleep(wait)
                elif showing:
                    talk.showing = None
                    if not await self._try(chat, self._screen(chat, talk, showing)):
                        if talk.showing:
                            talk.showing.overtakes(showing)
                        else:
                            talk.showing = showing
        finally:
            talk.speaking = None

    async def _screen(self, chat: int, talk: Chat, showing: Showing) -> None:
        before, talk.live, talk.sending = talk.live, None, True
        try:
            token = _token(showing.screen)
            if self._above and (showing.screen.code or talk.handed != token):
                await self._above(chat, showing.thread, showing.screen)
                talk.handed = token
            echo = showing.echo
            if talk.below != rendering.numbers(showing.screen):
                bubble = rendering.below(showing.screen, showing.screen.echo if echo else "")
                await self._messages.send(chat, bubble, showing.thread)
                talk.below = not talk.below
                echo = echo and talk.below
            view, news, app = showing.view, showing.news, self._app
            for bubble in rendering.messages(showing.screen, view=view, echo=echo, news=news, app=app):
                talk.live, talk.view = await self._messages.send(chat, bubble, showing.thread), view
        except BaseException:
            talk.live = before
            raise
        finally:
            talk.sending = False
        talk.head = (*showing.news, *rendering.head(showing.screen, echo=showing.echo))
        talk.asks(talk.live, showing.question)
        if talk.live is not None:
            self._speaks(chat, talk.live)
        if before is not None:
            self._edit(chat, before, Edit(None))

    async def _try(self, chat: int, work: Coroutine[Any, Any, Any]) -> bool:
        """Do one thing; False where Telegram is out of order and it is to be done again.

        Where it cannot be done at all, the next thing the person does shows the Screen again.
        """
        try:
            await work
        except Unreachable:
            talk = self._chats.pop(chat, None)
            if talk:
                talk.sentences.clear()
                talk.edits.clear()
                talk.showing = None
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
        talk = self._known(chat)
        waiting = talk.edits.get(message)
        if waiting and edit.html is None and waiting.html is not None:
            edit.html = waiting.html  # new buttons under a text that is still to come
        talk.edits[message] = edit
        if talk.editing is None:
            talk.editing = self._task(self._edited(chat, talk))

    async def _edited(self, chat: int, talk: Chat) -> None:
        try:
            while talk.edits:
                await self._sender.ready(chat, "edit")
                if talk.edits:
                    message = next(iter(talk.edits))
                    edit = talk.edits.pop(message)
                    if not await self._try(chat, self._changed(chat, talk, message, edit)):
                        talk.edits.setdefault(message, edit)
        finally:
            talk.editing = None

    async def _changed(self, chat: int, talk: Chat, message: int, edit: Edit) -> None:
        try:
            await self._messages.change(chat, message, edit)
        except Refused as error:
            if error.unchanged or edit.instead is None:
                return
            # Deleted or too old: what it was to show is said anew, unless something newer is on its way.
            if talk.showing is None:
                talk.live = None if talk.live == message else talk.live
                talk.head = ()
                talk.showing = Showing(edit.instead, echo=False, thread=talk.thread)
                self._speak(chat, talk)

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._done)
        return task


def _token(screen: Screen) -> str:
    """That of the link that a Screen has to be handed on; "" where there is none."""
    return screen.invitation.token if screen.invitation else ""
