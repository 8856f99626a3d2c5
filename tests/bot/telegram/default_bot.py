"""A bot as aiogram's documentation shows it, over the same Conversation and storage as ours.

`python -m tests.bot.telegram.default_bot` polls with `Dispatcher.start_polling`, which by default hands updates to
tasks and confirms them at once. It is here to show that the kill harness finds what is lost that way.
"""

from __future__ import annotations

import asyncio
from html import escape
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import settings
from dialogs.turn import Say, Screen, Summary, Turn
from forms.library import Library


def text_of(screen: Screen) -> str:
    lines = []
    for part in screen.parts:
        if isinstance(part, Say):
            lines.append(part.text)
        elif isinstance(part, Summary):
            lines.extend(f"【{group.title}】" for group in part.groups)
    return "\n".join(map(escape, lines))


def markup_of(screen: Screen) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=button.label, callback_data=button.action.token(screen.revision))]
            for button in screen.buttons
        ]
    )


def dispatcher(conversation: Conversation) -> Dispatcher:
    made = Dispatcher()

    async def show(bot: Bot, user: int, key: str, **what: Any) -> None:
        screen = await conversation.take("telegram", str(user), Turn(str(user), key, **what))
        await bot.send_message(user, text_of(screen), parse_mode="HTML", reply_markup=markup_of(screen))

    @made.message()
    async def written(message: Message, bot: Bot) -> None:
        assert message.from_user
        text = message.text if message.text != "/start" else None
        await show(bot, message.from_user.id, f"m{message.message_id}", text=text)

    @made.callback_query()
    async def pressed(query: CallbackQuery, bot: Bot) -> None:
        await show(bot, query.from_user.id, f"c{query.id}", choice=query.data)
        await query.answer()

    return made


async def run() -> None:
    known = settings()
    session = AiohttpSession(api=TelegramAPIServer.from_base(known.telegram_api))
    bot = Bot(known.bot_token.get_secret_value(), session=session)
    with wiring.workers(known) as crew, wiring.database(known) as kept:
        conversation = wiring.conversation(known, Library.open(known.programmes), kept, crew)
        print("the default bot is open at http://localhost", flush=True)
        await dispatcher(conversation).start_polling(bot)


if __name__ == "__main__":
    asyncio.run(run())
