"""Requests to Telegram: at its pace, again where that helps, and with its refusals understood."""

from __future__ import annotations

import asyncio
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.types import File, Message

from bot.telegram.rates import Pace, What
from bot.telegram.session import Unread

log = structlog.get_logger(__name__)

T = TypeVar("T")

#: Seconds before a request is tried again that met no answer or a fault of Telegram's.
PAUSES = (0.3, 1, 3, 10, 30)
#: A chat that Telegram holds back longer than this, in seconds, is not waited for.
_LONGEST_HOLD = 15 * 60

#: pydantic forgets generic types that nobody holds, and building one again stalls everybody for milliseconds.
HELD_TYPES = (
    Response[Message],
    Response[Message | bool],
    Response[bool],
    Response[File],
    Response[list[Any]],
)


class Unreachable(Exception):  # noqa: N818 - how things are, not a defect
    """The person has blocked the bot, or the chat is gone."""


class Refused(Exception):  # noqa: N818 - what the caller has to make do with
    """Telegram will not do this, however often it is asked; `str()` is its reason in lower case."""

    @property
    def unchanged(self) -> bool:
        """The message looks like that already."""
        return "not modified" in str(self)

    @property
    def markup(self) -> bool:
        """The text's markup was not understood."""
        return "parse entities" in str(self)

    @property
    def gone(self) -> bool:
        """The message that was to be deleted is not there any more."""
        return "message to delete not found" in str(self)

    @property
    def topic(self) -> bool:
        """The topic that it was meant for is gone."""
        return "thread not found" in str(self)


class Sender:
    """One bot's requests. Those of different chats go side by side."""

    def __init__(self, bot: Bot, pace: Pace, pauses: tuple[float, ...] = PAUSES) -> None:
        self.bot = bot
        self._pace = pace
        self._pauses = pauses

    async def ready(self, chat: int, what: What) -> None:
        """Wait until something may go to this chat that is then sent as “other”: it may still change meanwhile."""
        await self._pace.turn(chat, what)

    async def send(
        self, method: TelegramMethod[T], chat: int, what: What = "other", patience: int | None = None
    ) -> T:
        """Have a request done for a chat; `patience` are the seconds to wait for an answer.

        A request that got no answer is made again: rather a message twice than none. One whose answer cannot be read
        is not: it is maybe done. Where its topic is gone, it goes to the chat itself. Raises Unreachable, Refused,
        Unread, and what Telegram answered last where it stays out of order.
        """
        try:
            return await self._sent(method, chat, what, patience)
        except Refused as error:
            if not error.topic:
                raise
            anywhere = method.model_copy(update={"message_thread_id": None})
            return await self._sent(anywhere, chat, what, patience)

    async def _sent(self, method: TelegramMethod[T], chat: int, what: What, patience: int | None) -> T:
        pauses = iter(self._pauses)
        while True:
            await self._pace.turn(chat, what)
            try:
                return await self.bot(method, request_timeout=patience)
            except TelegramRetryAfter as error:
                if error.retry_after > _LONGEST_HOLD:
                    raise
                log.info("telegram.held", seconds=error.retry_after)
                self._pace.hold(chat, error.retry_after)
            except TelegramForbiddenError as error:
                raise Unreachable(error.message) from error
            except (
                TelegramBadRequest,
                TelegramNotFound,
                TelegramEntityTooLarge,
                TelegramMigrateToChat,
            ) as error:
                reason = error.message.lower()
                raise Unreachable(reason) if "chat not found" in reason else Refused(reason) from error
            except Unread:
                raise
            except (TelegramServerError, TelegramNetworkError, ClientDecodeError) as error:
                pause = next(pauses, None)
                if pause is None:
                    raise
                log.info("telegram.again", error=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
