"""aiogram's finite-state machine as its documentation shows it, polling. `python -m bench.peers.aiogram_fsm DIRECTORY`.

https://docs.aiogram.dev/en/latest/dispatcher/finite_state_machine/index.html: a StatesGroup, a handler for each
state with the state in the decorator and `F.` filters, `state.update_data` and `state.set_state` in each.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bench.peers import QUESTIONS, pressed
from bench.peers.storage import SqlStorage

NAME = "aiogram FSM, SQLAlchemy + aiosqlite"
_CHOICES = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=label)] for label in "甲乙丙"]
)


def answers(directory: Path) -> int:
    """How many answers are kept."""
    with sqlite3.connect(directory / "fsm.sqlite") as kept:
        return sum(len(json.loads(data)) for (data,) in kept.execute("SELECT data FROM fsm"))


def router(questions: int, pressed: Callable[[int], bool]) -> tuple[Router, list[State]]:
    """A handler for each question, as the documentation writes them."""
    group = type("Form", (StatesGroup,), {f"q{number}": State() for number in range(questions)})
    states = [getattr(group, f"q{number}") for number in range(questions)]
    made = Router()

    async def go_on(message: Message, state: FSMContext, number: int) -> None:
        if number + 1 == questions:
            await state.set_state(None)
            await message.answer("完成")
            return
        await state.set_state(states[number + 1])
        markup = _CHOICES if pressed(number + 1) else None
        await message.answer(f"请填第{number + 1}项", reply_markup=markup)

    def typed(number: int) -> None:
        @made.message(states[number], F.text)
        async def take(message: Message, state: FSMContext) -> None:
            await state.update_data({f"q{number}": message.text})
            await go_on(message, state, number)

    def chosen(number: int) -> None:
        @made.callback_query(states[number], F.data.in_(["甲", "乙", "丙"]))
        async def take(callback: CallbackQuery, state: FSMContext) -> None:
            await callback.answer()
            await state.update_data({f"q{number}": callback.data})
            if isinstance(callback.message, Message):
                await go_on(callback.message, state, number)

    for number in range(questions):
        (chosen if pressed(number) else typed)(number)
    return made, states


async def main(directory: Path) -> None:
    """Until killed."""
    storage = SqlStorage(directory / "fsm.sqlite")
    await storage.create()
    session = AiohttpSession(api=TelegramAPIServer.from_base(os.environ["TELEGRAM_API"]))
    bot = Bot(os.environ["BOT_TOKEN"], session=session)
    dispatcher = Dispatcher(storage=storage)
    form, states = router(QUESTIONS, pressed)

    @dispatcher.message(CommandStart())
    async def start(message: Message, state: FSMContext) -> None:
        await state.set_state(states[0])
        await message.answer("请填第0项")

    dispatcher.include_router(form)
    await dispatcher.start_polling(bot)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
