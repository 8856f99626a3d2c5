"""The bot from its start to its end: token, menu, polling or webhook, and a stop that loses nothing."""

from __future__ import annotations

import asyncio
import random
import socket
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import structlog
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import DeleteWebhook, GetMe, SendPhoto, SetWebhook
from aiogram.types import BufferedInputFile
from aiogram.utils.token import TokenValidationError
from aiohttp import web

from bot.house.conversation import Clock, Conversation, utc_now
from bot.house.failure import Failure
from bot.house.links import Links
from bot.house.settings import Settings
from bot.screens import paper
from bot.telegram import introduction, menus
from bot.telegram.chats import Chats
from bot.telegram.door import Door
from bot.telegram.forwarding import Handing
from bot.telegram.groups import Groups
from bot.telegram.order import Order
from bot.telegram.polling import REFUSED, Polling
from bot.telegram.rates import Limits, Pace
from bot.telegram.reticence import Reticence
from bot.telegram.sender import HELD_TYPES, Refused, Sender
from bot.telegram.session import Session
from bot.telegram.transfers import CHANNEL, MB, Fetching, Files
from bot.telegram.updates import WANTED
from bot.telegram.webhook import Webhook
from dialogs.turn import Code, Screen
from forms.printing.workers import Workers

log = structlog.get_logger(__name__)

T = TypeVar("T")

#: Seconds that a stop waits for turns in hand, and then for what is still to be said.
_TURNS, _WORDS = 20, 10
_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
#: Who spoke so shortly before a crash may not have been answered any more.
_UNANSWERED = timedelta(minutes=2)
#: Seconds after the start in which the updates that were not confirmed come again by themselves.
_SETTLING = 3
#: Seconds between edits in a chat that takes a message a second.
_BETWEEN_EDITS = 0.4
#: Requests to Telegram at once.
_CONNECTIONS = 200


def tell(line: str) -> None:
    """A line for the operator."""
    print(f"jiangjian: {line}", file=sys.stderr, flush=True)


class Telegram:
    """The door to Telegram. To be made within a running loop; `install` before the web application starts.

    `links` learns the bot's name. `held` keeps pydantic's response types from being built again and again.
    """

    held = HELD_TYPES

    def __init__(
        self,
        settings: Settings,
        conversation: Conversation,
        workers: Workers,
        links: Links,
        clock: Clock = utc_now,
    ) -> None:
        self._settings = settings
        self._conversation = conversation
        self._links = links
        self._bot = open_bot(settings)
        rate = settings.telegram_per_chat
        between = _BETWEEN_EDITS / rate if rate else 0
        pace = Pace(Limits(chat=rate, overall=settings.telegram_overall, between_edits=between))
        sender = Sender(self._bot, pace)
        largest = max(settings.largest_photo, settings.largest_pdf, settings.largest_video) * MB
        files = Files(conversation, sender, workers, Fetching(settings.telegram_local, largest))
        self._sender = sender
        self._handing = Handing(sender, links)
        reticence = Reticence(settings.telegram_names, links.home)
        self._chats = Chats(
            sender,
            self._blocked,
            self._relocated,
            self._above,
            links.app,
            reticence,
            self._speaks,
            settings.telegram_overall / 3,
        )
        remembered = settings.data / "telegram.groups"
        groups = Groups(sender, self._links, clock, self._chats.run, remembered)
        self.door = Door(conversation, sender, self._chats, files, groups, self._links, clock)
        self._order = Order(self._bot, self.door.handle, self.door.repeated, self.door.give_up)
        self._polling = Polling(self._bot, self._order, tell)
        self._webhook: Webhook | None = None
        if settings.webhook_url:
            secret = settings.webhook_secret.get_secret_value()
            self._webhook = Webhook(self._order, settings.webhook_url, secret)
        self._marker = _Marker(settings.data / _marked(settings))
        conversation.neighbours.hear(CHANNEL, "spoke", self._spoke)

    async def _above(self, chat: int, thread: int, screen: Screen) -> None:
        """Send what belongs above a Screen."""
        if screen.code:
            await self._pictured(chat, thread, screen.code)
        if screen.invitation:
            await self._handing.hand(chat, thread, screen.invitation, screen.locale)

    async def _pictured(self, chat: int, thread: int, code: Code) -> None:
        """Send a recovery code as a picture to keep; its Screen goes without where that cannot be done."""
        try:
            content = await asyncio.to_thread(paper.picture, code, self._links.carried_link(code.text))
            photo = BufferedInputFile(content, "code.png")
            await self._sender.send(
                SendPhoto(chat_id=chat, message_thread_id=thread or None, photo=photo), chat, "message"
            )
        except (AiogramError, Refused) as error:
            log.warning("telegram.no_picture", error=type(error).__name__)

    def install(self, app: web.Application) -> None:
        """Take deliveries at the web chat's server, where a webhook is set."""
        if self._webhook:
            self._webhook.install(app)

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. Raises `Failure` where Telegram refuses the token or the webhook's address."""
        ours = _Ours()
        leave: Callable[[], None] | None = None
        try:
            if not await _unless(stop, self._start()):
                return
            if self._webhook:
                self._opens()
                await stop.wait()
            else:
                leave = self._conversation.neighbours.alone("telegram", ours.passes)
                while await ours.begins(stop):
                    self._opens()
                    await self._polling.run(ours.over)
                    if (
                        not stop.is_set()
                    ):  # another front asks: what is in hand here counts, whoever confirms it
                        self._polling = Polling(self._bot, self._order, tell)
        finally:
            await self._stop()
            if leave:
                leave()

    async def attend(self, stop: asyncio.Event) -> None:
        """Be there to speak, and take nothing that people send: until `stop`."""
        try:
            if await _unless(stop, self._meet()):
                await stop.wait()
        finally:
            await self._chats.drain(_WORDS)
            await self._bot.session.close()

    def _opens(self) -> None:
        if self._marker.set():
            self._chats.run(self._again())
        self._chats.run(self._menu())

    async def _meet(self) -> None:
        me = await self._insist(lambda: self._bot(GetMe(), request_timeout=15))
        self._links.username = me.username or ""

    async def _start(self) -> None:
        await self._meet()
        if self._webhook:
            method = SetWebhook(
                url=self._settings.webhook_url,
                secret_token=self._settings.webhook_secret.get_secret_value(),
                allowed_updates=WANTED,
                max_connections=100,
            )
            await self._insist(lambda: self._bot(method, request_timeout=30))
        else:
            await self._insist(lambda: self._bot(DeleteWebhook(), request_timeout=15))
        how = f"delivers to {self._settings.webhook_url}" if self._webhook else "is asked for updates"
        print(f"匠荐 is @{self._links.username} on Telegram, which {how}", flush=True)

    async def _stop(self) -> None:
        if self._webhook:
            self._webhook.close()
        whole = await self._order.rest(_TURNS)
        if not self._webhook:
            await self._polling.finish()
        whole = await self._chats.drain(_WORDS) and whole
        await self._bot.session.close()
        if whole:
            self._marker.clear()

    async def _insist(self, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask until Telegram answers. Raises `Failure` where asking again does not help."""
        pause, warned = _PAUSE, False
        while True:
            try:
                return await ask()
            except (TelegramUnauthorizedError, TelegramNotFound) as error:
                raise Failure(REFUSED) from error
            except TelegramBadRequest as error:
                raise Failure(f"Telegram refuses WEBHOOK_URL: {error.message}") from error
            except TelegramRetryAfter as error:
                pause = float(error.retry_after)
            except (AiogramError, TimeoutError, OSError) as error:
                if not warned:
                    tell(f"Telegram cannot be reached ({type(error).__name__}); trying again")
                warned = True
            await asyncio.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311 - spreads, hides nothing
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _again(self) -> None:
        """After a crash: who may have been left without an answer sees their Screen again."""
        await asyncio.sleep(_SETTLING)
        for address in await self._conversation.lately(CHANNEL, _UNANSWERED):
            if address.isdecimal():
                await self.door.show(int(address))

    async def _menu(self) -> None:
        await self._tried(menus.offer(self._sender))
        await self._tried(introduction.introduce(self._sender))

    @staticmethod
    async def _tried(menu: Awaitable[object]) -> None:
        """A menu is a courtesy: commands can be typed without it, and the next start tries again."""
        try:
            await menu
        except Exception as error:
            log.warning("telegram.no_menu", error=type(error).__name__)

    def _speaks(self, chat: int, message: int) -> None:
        """A Screen stands in a chat: other processes that know the chat learn that theirs is an older one."""
        self._conversation.neighbours.tell("spoke", (CHANNEL, f"{chat} {message}"))

    def _spoke(self, about: str) -> None:
        chat, _, message = about.partition(" ")
        self._chats.overtaken(int(chat), int(message))

    async def _blocked(self, chat: int) -> None:
        await self._conversation.unreachable(CHANNEL, str(chat), True)

    async def _relocated(self, chat: int, locale: str) -> None:
        await self._tried(menus.translate(self._sender, chat, locale))


def open_bot(settings: Settings) -> Bot:
    """aiogram's Bot for the token and the Bot API server of the settings. Raises `Failure` on a token that is none."""
    api = TelegramAPIServer.from_base(settings.telegram_api, is_local=settings.telegram_local)
    try:
        return Bot(settings.bot_token.get_secret_value(), session=Session(api=api, limit=_CONNECTIONS))
    except TokenValidationError as error:
        raise Failure("BOT_TOKEN is no bot's token: ask @BotFather for the right one") from error


async def _unless(stop: asyncio.Event, work: Awaitable[None]) -> bool:
    """Do some work; False where the stop came first, which ends it."""
    working, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        await asyncio.wait((working,))
        return False
    await working
    return True


class _Ours:
    """Whether it is ours to ask for updates: of several fronts one does, and the next one when that goes."""

    def __init__(self) -> None:
        self._is = asyncio.Event()
        #: Set when it is ours no more, or all is over.
        self.over = asyncio.Event()

    def passes(self, mine: bool) -> None:
        """It is ours from now on, or no more."""
        if mine:
            self.over.clear()
            self._is.set()
        else:
            self._is.clear()
            self.over.set()

    async def begins(self, stop: asyncio.Event) -> bool:
        """Wait until it is ours; False where the stop came first. From then on the stop is `over`, too."""
        if stop.is_set() or not await _unless(stop, _waited(self._is)):
            return False
        ending = asyncio.ensure_future(stop.wait())
        ending.add_done_callback(lambda _: self.over.set())
        self._ending = ending
        return True


async def _waited(event: asyncio.Event) -> None:
    await event.wait()


def _marked(settings: Settings) -> str:
    """The name of the file that tells of a crash. One process asks at a time; several may be delivered to."""
    front = f".{socket.gethostname()}.{settings.port}" if settings.webhook_url else ""
    return f"telegram{front}.running"


class _Marker:
    """A file that is there while we run: one that is there before tells of a crash."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._set = False

    def set(self) -> bool:
        """Whether the last run came to no proper end."""
        crashed = self._path.exists()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.touch()
        self._set = True
        return crashed

    def clear(self) -> None:
        """This run comes to its end."""
        if self._set:
            self._path.unlink(missing_ok=True)
