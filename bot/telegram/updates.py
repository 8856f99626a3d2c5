"""An Update as what a person did: pure reading, nothing raises whatever arrives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, Literal

import structlog
from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update, User
from pydantic import ValidationError

log = structlog.get_logger(__name__)

#: What we ask Telegram for.
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]

_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@(\w{1,64}))?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_GONE = ("kicked", "left")

What = Literal["text", "press", "file", "command", "other", "edited", "blocked", "unblocked", "group"]


@dataclass(frozen=True)
class Sent:
    """A file as Telegram knows it before it is fetched. Size in bytes, 0 where unknown; seconds of a video."""

    id: str
    name: str
    size: int = 0
    mime: str = ""
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    album: str = ""

    @property
    def video(self) -> bool:
        """Whether it is said to be a video."""
        return self.mime.startswith("video/")


@dataclass(frozen=True)
class Incoming:
    """Something that a person did.

    `key` names it for good: the bot's number with the message's or the press's own, so the same Update twice is
    the same thing, and another bot over the same database starts anew. Update ids would not do: Telegram begins
    them again at random after an idle week. `message` is the message pressed on, None where it is too old.
    """

    what: What
    user: int
    chat: int
    key: str
    text: str = ""
    argument: str = ""
    message: int | None = None
    query: str = ""
    sent: Sent | None = None
    language: str = ""


def read(raw: Any, bot: Bot) -> Incoming | None:
    """What a raw Update tells; None where it is none, or nothing that concerns us."""
    try:
        update = Update.model_validate(raw, context={"bot": bot})
    except ValidationError as error:
        # Which fields, never their values: an Update holds what people confide.
        places = sorted({".".join(map(str, each["loc"])) for each in error.errors(include_input=False)})
        log.warning("telegram.update_unreadable", places=places[:5])
        return None
    if update.callback_query:
        return _pressed(update.callback_query, bot)
    if update.message:
        return _wrote(update.message, bot)
    if update.edited_message:
        return _edited(update.edited_message, bot)
    if update.my_chat_member:
        return _membership(update.my_chat_member, bot)
    return None


def _pressed(query: CallbackQuery, bot: Bot) -> Incoming | None:
    message = query.message
    chat = message.chat if message else None
    what: What = "group" if chat and chat.type != ChatType.PRIVATE else "press"
    return Incoming(
        what,
        user=query.from_user.id,
        chat=chat.id if chat else query.from_user.id,
        key=f"{bot.id}:c{query.id}",
        text=query.data or "",
        message=message.message_id if message else None,
        query=query.id,
        language=_language(query.from_user),
    )


def _wrote(message: Message, bot: Bot) -> Incoming | None:
    somebody = message.from_user
    if somebody is None or somebody.is_bot:
        return None
    key = f"{bot.id}:m{message.message_id}"
    here = Incoming("other", somebody.id, message.chat.id, key, language=_language(somebody))
    if message.chat.type != ChatType.PRIVATE:
        spoken = message.text or message.caption or message.new_chat_members
        return replace(here, what="group") if spoken else None
    if message.text is not None:
        command = _COMMAND.fullmatch(message.text.strip())
        if command:
            return replace(here, what="command", text=command[1].lower(), argument=(command[3] or "").strip())
        return replace(here, what="text", text=message.text)
    sent = _file(message)
    if sent:
        return replace(here, what="file", sent=sent)
    if message.contact and message.contact.user_id == somebody.id:
        return replace(here, what="text", text=message.contact.phone_number)
    return here if _content(message) else None


def _edited(message: Message, bot: Bot) -> Incoming | None:
    somebody = message.from_user
    if somebody is None or message.chat.type != ChatType.PRIVATE:
        return None
    return Incoming("edited", somebody.id, message.chat.id, f"{bot.id}:e{message.message_id}")


def _membership(change: ChatMemberUpdated, bot: Bot) -> Incoming | None:
    gone = change.new_chat_member.status in _GONE
    key = f"{bot.id}:b{int(change.date.timestamp())}"
    if change.chat.type != ChatType.PRIVATE:
        arrived = not gone and change.old_chat_member.status in _GONE
        return Incoming("group", change.from_user.id, change.chat.id, key) if arrived else None
    return Incoming("blocked" if gone else "unblocked", change.from_user.id, change.chat.id, key)


def _file(message: Message) -> Sent | None:
    album = message.media_group_id or ""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Sent(
            largest.file_id,
            f"IMG_{message.message_id}.jpg",
            largest.file_size or 0,
            "image/jpeg",
            largest.width,
            largest.height,
            album=album,
        )
    for video in (message.video, message.animation):
        if video:
            return Sent(
                video.file_id,
                video.file_name or f"VID_{message.message_id}.mp4",
                video.file_size or 0,
                video.mime_type or "video/mp4",
                video.width,
                video.height,
                float(video.duration),
                album,
            )
    if message.video_note:
        note = message.video_note
        name = f"VID_{message.message_id}.mp4"
        size = note.file_size or 0
        return Sent(note.file_id, name, size, "video/mp4", note.length, note.length, float(note.duration))
    if message.document:
        paper = message.document
        return Sent(
            paper.file_id, paper.file_name or "?", paper.file_size or 0, paper.mime_type or "", album=album
        )
    return None


def _content(message: Message) -> bool:
    """Whether the person sent something, rather than Telegram telling of a change in the chat."""
    return any(
        getattr(message, kind, None) is not None
        for kind in (
            "voice",
            "audio",
            "sticker",
            "location",
            "venue",
            "contact",
            "poll",
            "dice",
            "story",
            "game",
            "paid_media",
        )
    )


def _language(user: User) -> str:
    return (user.language_code or "").partition("-")[0].lower()
