"""aiogram's session, where an answer that cannot be read is told from none.

aiogram raises the same for a gateway's error page, after which a request may be made again, and for a 200 in words
that it does not know, after which the message stands in the chat.
"""

from __future__ import annotations

import json
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientError


class Unread(ClientDecodeError):  # noqa: N818 - how things are, not a defect
    """Telegram said yes, as far as can be told, in an answer that cannot be read: what was asked is maybe done.

    `number` is that of the message that was sent, where so much can be read.
    """

    def __init__(self, original: Exception, content: str = "") -> None:
        super().__init__("An answer that cannot be read", original, "")
        self.number = _number(content)


class Session(AiohttpSession):
    """Raises `Unread` besides what aiogram raises."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's
    ) -> TelegramType:
        """As aiogram does it, except that an answer may break off after it began."""
        session = await self.create_session()
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        form = self.build_form_data(bot=bot, method=method)
        patience: Any = self.timeout if timeout is None else timeout
        status = 0
        try:
            async with session.post(url, data=form, timeout=patience) as answer:
                status = answer.status
                content = (await answer.read()).decode(errors="replace")
        except (TimeoutError, ClientError) as error:
            if _yes(status):
                raise Unread(error) from error
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error
        return cast("TelegramType", self.check_response(bot, method, status, content).result)

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """As aiogram does it."""
        try:
            response = super().check_response(bot, method, status_code, content)
        except ClientDecodeError as error:
            if _yes(status_code):
                raise Unread(error.original, content) from error
            raise
        if response.result is None:
            raise Unread(ValueError("a yes without a result"))
        return response


def _number(content: str) -> int | None:
    try:
        number = json.loads(content)["result"]["message_id"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return number if isinstance(number, int) else None


def _yes(status: int) -> bool:
    return 200 <= status <= 299
