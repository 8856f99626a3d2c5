"""The durable storage of `bench.contenders`, with room for several entries of one person."""

from __future__ import annotations

from typing import Any

from aiogram.fsm.storage.base import StorageKey
from sqlalchemy import Column, select
from sqlalchemy.dialects.sqlite import insert

from bench.contenders import _kept, _SqlStorage


class Storage(_SqlStorage):
    """State and data by the whole key: aiogram_dialog keeps a stack and contexts beside each other."""

    async def _write(self, key: StorageKey, **values: str | None) -> None:
        statement = insert(_kept).values(key=_name(key), **values)
        async with self._connection() as connection:
            await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    async def _read(self, key: StorageKey, column: Column[Any]) -> Any:
        query = select(column).where(_kept.c.key == _name(key))
        async with self._connection() as connection:
            return (await connection.execute(query)).scalar_one_or_none()


def _name(key: StorageKey) -> str:
    return f"{key.chat_id}:{key.user_id}:{key.destiny}"
