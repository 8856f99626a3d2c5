"""A durable storage for aiogram's state machine, over SQLAlchemy and aiosqlite."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
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


class SqlStorage(BaseStorage):
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
        statement = insert(_kept).values(key=_name(key), **values)
        async with self._connection() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    async def _read(self, key: StorageKey, column: Column[Any]) -> Any:
        query = select(column).where(_kept.c.key == _name(key))
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


def _name(key: StorageKey) -> str:
    """By the whole key: aiogram_dialog keeps a stack and contexts beside each other."""
    return f"{key.chat_id}:{key.user_id}:{key.destiny}"
