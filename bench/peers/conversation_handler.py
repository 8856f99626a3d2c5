"""python-telegram-bot's ConversationHandler, polling. `python -m bench.peers.conversation_handler DIRECTORY`.

https://docs.python-telegram-bot.org/en/stable/examples.persistentconversationbot.html: a handler for each state,
persistent, with PicklePersistence written as often as its `update_interval` lets it (by default every 60 s).
"""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from bench.peers import QUESTIONS, pressed

NAME = "python-telegram-bot, PicklePersistence"
_INTERVAL = 0.001  # seconds; nothing is on the disk in between
_CHOICES = InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=label)] for label in "甲乙丙"])


def answers(directory: Path) -> int:
    """How many answers are kept."""
    with (directory / "pickled").open("rb") as file:
        return sum(map(len, pickle.load(file)["user_data"].values()))


async def _ask(update: Update, number: int) -> int:
    message = update.effective_message
    assert message
    if number == QUESTIONS:
        await message.reply_text("完成")
        return ConversationHandler.END
    await message.reply_text(f"请填第{number}项", reply_markup=_CHOICES if pressed(number) else None)
    return number


def _handler(number: int) -> Any:
    async def typed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        assert context.user_data is not None
        assert update.message
        context.user_data[f"q{number}"] = update.message.text
        return await _ask(update, number + 1)

    async def chosen(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        query = update.callback_query
        assert query
        assert context.user_data is not None
        await query.answer()
        context.user_data[f"q{number}"] = query.data
        return await _ask(update, number + 1)

    return (
        CallbackQueryHandler(chosen)
        if pressed(number)
        else MessageHandler(filters.TEXT & ~filters.COMMAND, typed)
    )


async def _start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    return await _ask(update, 0)


def main(directory: Path) -> None:
    """Until killed."""
    persistence: Any = PicklePersistence(directory / "pickled", update_interval=_INTERVAL)
    base = os.environ["TELEGRAM_API"]
    application = (
        Application.builder()
        .token(os.environ["BOT_TOKEN"])
        .base_url(f"{base}/bot")
        .persistence(persistence)
        .build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", _start)],
            states={number: [_handler(number)] for number in range(QUESTIONS)},
            fallbacks=[],
            name="form",
            persistent=True,
        )
    )
    application.run_polling()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
