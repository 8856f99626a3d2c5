"""The interview as an aiogram_dialog, polling. `python -m bench.peers.dialog DIRECTORY`.

https://aiogram-dialog.readthedocs.io: one Window a question, TextInput for what is typed and Select for what is
pressed; stack and contexts lie in the same durable storage as those of aiogram's own state machine.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import SimpleEventIsolation
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import TextInput
from aiogram_dialog.widgets.kbd import Select
from aiogram_dialog.widgets.text import Const, Format

from bench.peers import QUESTIONS, pressed
from bench.peers.storage import SqlStorage

NAME = "aiogram_dialog, SQLAlchemy + aiosqlite"
_CHOICES = ["甲", "乙", "丙"]


def answers(directory: Path) -> int:
    """How many answers are kept."""
    with sqlite3.connect(directory / "dialog.sqlite") as kept:
        rows = [
            json.loads(data) for (data,) in kept.execute("SELECT data FROM fsm WHERE key LIKE '%context%'")
        ]
    return sum(len(row.get("dialog_data", {})) for row in rows)


def dialog() -> tuple[Dialog, State]:
    group = type(
        "Form", (StatesGroup,), {f"q{number}": State() for number in range(QUESTIONS)} | {"end": State()}
    )
    states = [getattr(group, f"q{number}") for number in range(QUESTIONS)]

    def window(number: int) -> Window:
        async def typed(message: Message, widget: Any, manager: DialogManager, text: str) -> None:
            manager.dialog_data[f"q{number}"] = text
            await manager.next()

        async def chosen(query: CallbackQuery, widget: Any, manager: DialogManager, item: str) -> None:
            manager.dialog_data[f"q{number}"] = item
            await manager.next()

        asked = Const(f"请填第{number}项")
        if pressed(number):
            keys = Select(Format("{item}"), id="key", item_id_getter=str, items=_CHOICES, on_click=chosen)
            return Window(asked, keys, state=states[number])
        return Window(asked, TextInput(id="text", on_success=typed), state=states[number])

    windows = [window(number) for number in range(QUESTIONS)]
    return Dialog(*windows, Window(Const("完成"), state=group.end)), states[0]  # type: ignore[attr-defined]  # aiogram makes it


async def main(directory: Path) -> None:
    """Until killed."""
    storage = SqlStorage(directory / "dialog.sqlite")
    await storage.create()
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API"]))
    bot = Bot(os.environ["BOT_TOKEN"], session=session)
    # Without it a press that comes while the last turn is being stored meets the old window, and nothing happens.
    dispatcher = Dispatcher(storage=storage, events_isolation=SimpleEventIsolation())
    form, first = dialog()

    @dispatcher.message(CommandStart())
    async def start(message: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(first, mode=StartMode.RESET_STACK)

    dispatcher.include_router(form)
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
