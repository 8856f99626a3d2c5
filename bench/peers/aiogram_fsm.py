"""aiogram's finite-state machine as its documentation shows it, polling. `python -m bench.peers.aiogram_fsm DIRECTORY`."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bench.contenders import _router, _SqlStorage
from bench.peers import QUESTIONS, pressed

NAME = "aiogram FSM, SQLAlchemy + aiosqlite"


def answers(directory: Path) -> int:
    """How many answers are kept."""
    with sqlite3.connect(directory / "fsm.sqlite") as kept:
        return sum(len(json.loads(data)) for (data,) in kept.execute("SELECT data FROM fsm"))


async def main(directory: Path) -> None:
    """Until killed."""
    storage = _SqlStorage(directory / "fsm.sqlite")
    await storage.create()
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API"]))
    bot = Bot(os.environ["BOT_TOKEN"], session=session)
    dispatcher = Dispatcher(storage=storage)
    router, states = _router(QUESTIONS, pressed)

    @dispatcher.message(CommandStart())
    async def start(message: Message, state: FSMContext) -> None:
        await state.set_state(states[0])
        await message.answer("请填第0项")

    dispatcher.include_router(router)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
