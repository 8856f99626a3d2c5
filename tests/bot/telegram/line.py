"""Telegram at the other end of aiogram's session, without a network: for tests of single parts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.methods import EditMessageReplyMarkup, EditMessageText, SendMessage, TelegramMethod

from bot.telegram.rates import Limits
from bot.telegram.session import Session

FREE = Limits(chat=0, overall=0, group=0, between_edits=0)


class Line(Session):
    """Telegram at the other end: answers in the order of `answers`, then as if all were well."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[TelegramMethod[Any]] = []
        self.answers: list[tuple[int, dict[str, Any] | str] | Exception] = []
        self.waits: asyncio.Event | None = None
        self._numbers = count(100)

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: Any = None) -> Any:  # noqa: ASYNC109 - aiogram's own
        self.asked.append(method)
        if self.waits:
            await self.waits.wait()
        answer = self.answers.pop(0) if self.answers else (200, {"ok": True, "result": self._result(method)})
        if isinstance(answer, Exception):
            raise answer
        status, body = answer
        text = body if isinstance(body, str) else self.json_dumps(body)
        return self.check_response(bot, method, status, text).result

    def _result(self, method: TelegramMethod[Any]) -> Any:
        if isinstance(method, SendMessage):
            chat = {"id": method.chat_id, "type": "private"}
            return {"message_id": next(self._numbers), "date": 1, "chat": chat, "text": method.text}
        return True

    def refuse(self, code: int, description: str, **parameters: Any) -> None:
        body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        self.answers.append((code, {**body, "parameters": parameters} if parameters else body))

    async def close(self) -> None:
        pass

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    @property
    def said(self) -> list[str]:
        return [method.text for method in self.asked if isinstance(method, SendMessage)]

    @property
    def changed(self) -> list[tuple[int | None, str]]:
        return [
            (method.message_id, method.text if isinstance(method, EditMessageText) else "")
            for method in self.asked
            if isinstance(method, EditMessageText | EditMessageReplyMarkup)
        ]
