"""aiogram's finite-state machine as its documentation shows it, with a durable storage over SQLAlchemy and aiosqlite.

https://docs.aiogram.dev/en/latest/dispatcher/finite_state_machine/index.html: a StatesGroup, a handler for each
state with the state in the decorator and `F.` filters, `state.update_data` and `state.set_state` in each. The bot's
session answers at once, so that nothing of Telegram is measured.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.base import BaseSession
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from aiogram.methods import AnswerCallbackQuery, TelegramMethod
from aiogram.types import (
    CallbackQuery,
    Chat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    Update,
)
from sqlalchemy import Column, MetaData, String, Table, Text, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

_metadata = MetaData()
_kept = Table(
    "fsm",
    _metadata,
    Column("key", String, primary_key=True),
    Column("state", String),
    Column("data", Text, nullable=False, server_default="{}"),
)
_CHOICES = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=label)] for label in "甲乙丙"]
)


class _Silent(BaseSession):
    """Telegram's servers, answering at once."""

    async def close(self) -> None:
        pass

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: Any = None) -> Any:  # noqa: ASYNC109
        if isinstance(method, AnswerCallbackQuery):
            return True
        return Message(message_id=1, date=datetime.now(UTC), chat=Chat(id=1, type="private"), text="ok")

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""


class _SqlStorage(BaseStorage):
    """State and data by key, durable: each write is a transaction, unless an update has opened one."""

    def __init__(self, path: Path) -> None:
        self.engine = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 60})
        self.open: ContextVar[AsyncConnection | None] = ContextVar("open", default=None)

        @event.listens_for(self.engine.sync_engine, "connect")
        def configure(connection: Any, _record: Any) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")

    async def create(self) -> None:
        async with self.engine.begin() as connection:
            await connection.run_sync(_metadata.create_all)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[AsyncConnection]:
        known = self.open.get()
        if known is not None:
            yield known
        else:
            async with self.engine.begin() as connection:
                yield connection

    async def _write(self, key: StorageKey, **values: str | None) -> None:
        name = f"{key.chat_id}:{key.user_id}"
        statement = insert(_kept).values(key=name, **values)
        async with self._connection() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    async def _read(self, key: StorageKey, column: Column[Any]) -> Any:
        query = select(column).where(_kept.c.key == f"{key.chat_id}:{key.user_id}")
        async with self._connection() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        await self._write(key, state=state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        found: str | None = await self._read(key, _kept.c.state)
        return found

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        await self._write(key, data=json.dumps(dict(data), ensure_ascii=False))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(await self._read(key, _kept.c.data) or "{}")
        return found

    async def close(self) -> None:
        await self.engine.dispose()


def _router(questions: int, pressed: Callable[[int], bool]) -> tuple[Router, list[State]]:
    """A handler for each question, as the documentation writes them."""
    group = type("Form", (StatesGroup,), {f"q{number}": State() for number in range(questions)})
    states = [getattr(group, f"q{number}") for number in range(questions)]
    router = Router()

    async def go_on(message: Message, state: FSMContext, number: int) -> None:
        if number + 1 == questions:
            await state.set_state(None)
            await message.answer("完成")
            return
        await state.set_state(states[number + 1])
        markup = _CHOICES if pressed(number + 1) else None
        await message.answer(f"请填第{number + 1}项", reply_markup=markup)

    def typed(number: int) -> None:
        @router.message(states[number], F.text)
        async def take(message: Message, state: FSMContext) -> None:
            await state.update_data({f"q{number}": message.text})
            await go_on(message, state, number)

    def chosen(number: int) -> None:
        @router.callback_query(states[number], F.data.in_(["甲", "乙", "丙"]))
        async def take(callback: CallbackQuery, state: FSMContext) -> None:
            await callback.answer()
            await state.update_data({f"q{number}": callback.data})
            if isinstance(callback.message, Message):
                await go_on(callback.message, state, number)

    for number in range(questions):
        (chosen if pressed(number) else typed)(number)
    return router, states


class AiogramFsm:
    """The documented FSM. `transactions` a turn: 2 as its storages commit, 1 where a middleware holds one open."""

    def __init__(
        self, directory: Path, questions: int, pressed: Callable[[int], bool], *, transactions: int
    ) -> None:
        self.name = f"aiogram FSM, SQLAlchemy + aiosqlite, {transactions}/turn"
        self._pressed = pressed
        self._storage = _SqlStorage(directory / f"fsm-{transactions}.sqlite")
        self._bot = Bot("42:TEST", session=_Silent())
        self._dispatcher = Dispatcher(storage=self._storage)
        if transactions == 1:
            self._dispatcher.update.outer_middleware(self._one_transaction)
        router, self._states = _router(questions, pressed)
        self._dispatcher.include_router(router)
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
