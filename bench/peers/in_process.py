"""`bench.peers.aiogram_fsm` without a network: the bot's session answers at once, nothing of Telegram is measured."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.fsm.storage.base import StorageKey
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import Chat, Message, Update

from bench.peers.aiogram_fsm import router
from bench.peers.storage import SqlStorage


class _Silent(BaseSession):
    """Telegram's servers, answering at once."""

    async def close(self) -> None:
        pass

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: Any = None) -> Any:  # noqa: ASYNC109 - aiogram's own
        if isinstance(method, AnswerCallbackQuery):
            return True
        return Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), text="ok")

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""


class AiogramFsm:
    """The documented FSM. `transactions` a turn: 2 as its storages commit, 1 where a middleware holds one open."""

    def __init__(
        self, directory: Path, questions: int, pressed: Callable[[int], bool], *, transactions: int
    ) -> None:
        self.name = f"aiogram FSM, SQLAlchemy + aiosqlite, {transactions}/turn"
        self._pressed = pressed
        self._storage = SqlStorage(directory / f"fsm-{transactions}.sqlite")
        self._bot = Bot("42:TEST", session=_Silent())
        self._dispatcher = Dispatcher(storage=self._storage)
        if transactions == 1:
            self._dispatcher.update.outer_middleware(self._one_transaction)
        form, self._states = router(questions, pressed)
        self._dispatcher.include_router(form)
        self._ids = count(1)
        self._people: dict[str, int] = {}

    async def _one_transaction(
        self, handler: Callable[[Any, dict[str, Any]], Awaitable[Any]], update: Any, data: dict[str, Any]
    ) -> Any:
        async with self._storage.engine.begin() as connection:
            token = self._storage.open.set(connection)
            try:
                return await handler(update, data)
            finally:
                self._storage.open.reset(token)

    async def begin(self, person: str) -> None:
        """Put the person in the first state."""
        if not self._people:
            await self._storage.create()
        self._people[person] = len(self._people) + 1
        await self._storage.set_state(self._key(person), self._states[0])

    def _key(self, person: str) -> StorageKey:
        return StorageKey(bot_id=42, chat_id=self._people[person], user_id=self._people[person])

    async def answer(self, person: str, number: int) -> None:
        """One update, from the JSON that Telegram would send."""
        who, identifier = self._people[person], next(self._ids)
        user = {"id": who, "is_bot": False, "first_name": person}
        message = {
            "message_id": identifier,
            "date": 1_780_000_000,
            "chat": {"id": who, "type": "private", "first_name": person},
            "from": user,
            "text": f"这是第{number}项的回答",
        }
        update: dict[str, Any] = {"update_id": identifier, "message": message}
        if self._pressed(number):
            press = {
                "id": str(identifier),
                "from": user,
                "chat_instance": "1",
                "data": "甲",
                "message": message,
            }
            update = {"update_id": identifier, "callback_query": press}
        await self._dispatcher.feed_update(
            self._bot, Update.model_validate(update, context={"bot": self._bot})
        )

    async def finish(self) -> None:
        """Every interview was answered to its end."""
        for person in self._people:
            key = self._key(person)
            if await self._storage.get_state(key) or len(await self._storage.get_data(key)) != len(
                self._states
            ):
                raise AssertionError("an interview did not come to its end")
        await self._storage.close()
