"""Single messages of the bot: sent, and changed where they stand."""

from __future__ import annotations

import structlog
from aiogram.methods import EditMessageReplyMarkup, EditMessageText, SendMessage
from aiogram.types import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    WebAppInfo,
)

from bot.telegram.chat import Edit
from bot.telegram.keyboards import Key, Rows
from bot.telegram.rendering import OWN_NUMBER, Bubble
from bot.telegram.sender import Refused, Sender
from bot.telegram.session import Unread
from dialogs.words import Words

log = structlog.get_logger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Messages:
    """Bubbles and edits as requests to Telegram. Raises as `Sender.send`, but for answers that cannot be read."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def send(self, chat: int, bubble: Bubble, thread: int) -> int | None:
        """Send one message; gives its number, None where Telegram's answer does not tell it."""
        markup = _below(bubble) if bubble.below else markup_of(bubble.rows)
        method = SendMessage(
            chat_id=chat,
            message_thread_id=thread or None,
            text=bubble.html,
            parse_mode="HTML",
            link_preview_options=_NO_PREVIEW,
            reply_markup=markup,
        )
        try:
            return await self._number(method, chat)
        except Refused as error:
            if not error.markup:
                raise
            log.error("telegram.markup_refused")
            plain = method.model_copy(update={"text": bubble.plain, "parse_mode": None})
            return await self._number(plain, chat)

    async def _number(self, method: SendMessage, chat: int) -> int | None:
        try:
            return (await self._sender.send(method, chat, "message")).message_id
        except Unread as error:
            log.warning("telegram.unread")
            return error.number

    async def change(self, chat: int, message: int, edit: Edit) -> None:
        """Give a message that stands another look: text and buttons, or the buttons alone."""
        markup = markup_of(edit.rows)
        method: EditMessageText | EditMessageReplyMarkup
        if edit.html is None:
            method = EditMessageReplyMarkup(chat_id=chat, message_id=message, reply_markup=markup)
        else:
            method = EditMessageText(
                chat_id=chat,
                message_id=message,
                text=edit.html,
                parse_mode="HTML",
                link_preview_options=_NO_PREVIEW,
                reply_markup=markup,
            )
        try:
            await self._sender.send(method, chat)
        except Unread:
            log.warning("telegram.unread")


def markup_of(rows: Rows) -> InlineKeyboardMarkup | None:
    """The keyboard as Telegram takes it. Built directly: aiogram's builder takes eight times as long."""
    if not rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(key) for key in row] for row in rows])


def _below(bubble: Bubble) -> ReplyKeyboardMarkup | ReplyKeyboardRemove:
    if bubble.below == "goes":
        return ReplyKeyboardRemove(remove_keyboard=True)
    label = Words(bubble.locale)(OWN_NUMBER)
    row = [KeyboardButton(text=label, request_contact=True)]
    return ReplyKeyboardMarkup(keyboard=[row], resize_keyboard=True, one_time_keyboard=True)


def _button(key: Key) -> InlineKeyboardButton:
    if key.does == "copy":
        return InlineKeyboardButton(text=key.label, copy_text=CopyTextButton(text=key.data))
    if key.does == "app":
        return InlineKeyboardButton(text=key.label, web_app=WebAppInfo(url=key.data))
    if key.does == "link":
        return InlineKeyboardButton(text=key.label, url=key.data)
    return InlineKeyboardButton(text=key.label, callback_data=key.data)
