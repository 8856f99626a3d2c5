"""aiogram's HTTP session, with requests that carry no file sent as JSON: a third less work than a form."""

from __future__ import annotations

from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import ClientError, ClientTimeout

_JSON = {"Content-Type": "application/json"}


class Session(AiohttpSession):
    """As its base, but for the form of the request."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's name
    ) -> TelegramType:
        """Ask Telegram. Raises what `aiogram.exceptions` has for it."""
        files: dict[str, InputFile] = {}
        values: dict[str, Any] = {}
        for name, value in method.model_dump(warnings=False).items():
            prepared = self.prepare_value(value, bot=bot, files=files, _dumps_json=False)
            if prepared is not None:
                values[name] = prepared
        if files:
            return await super().make_request(bot, method, timeout)
        session = await self.create_session()
        try:
            async with session.post(
                self.api.api_url(token=bot.token, method=method.__api_method__),
                data=self.json_dumps(values).encode(),
                headers=_JSON,
                timeout=ClientTimeout(total=self.timeout if timeout is None else timeout),
            ) as response:
                content = await response.text()
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="Request timeout error") from error
        except ClientError as error:
            # Its words may hold the address, and with it the token.
            raise TelegramNetworkError(method=method, message=type(error).__name__) from error
        answer = self.check_response(bot=bot, method=method, status_code=response.status, content=content)
        return cast("TelegramType", answer.result)
