"""An Update as what a person did: pure reading, nothing raises whatever arrives."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, Literal

import structlog
from aiogram import Bot
from aiogram.enums import ChatType, ContentType
from aiogram.types import (
    CallbackQuery,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    Update,
    User,
)
from pydantic import ValidationError

from bot.telegram.languages import spoken
from bot.telegram.sent import Sent, sent_in
from dialogs.turn import Meant, Turn
from forms.attachment import Attachment

log = structlog.get_logger(__name__)

#: What we ask Telegram for.
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]

_COMMAND = re.compile(r"/([a-z_]{1,32})(?:@(\w{1,64}))?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
#: What begins a command in a group, whoever it is for.
_ADDRESSED = re.compile(r"/\w{1,64}(?:@(\w{1,64}))?(?=\s|$)")
_GONE = ("kicked", "left")
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
#: An unreadable field is left out, then perhaps what it stood in.
_READINGS = 4

#: Telegram telling of a change in a private chat: nobody said anything, so nobody waits for an answer.
_CHANGES = frozenset(
    (
        ContentType.PINNED_MESSAGE,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.CONNECTED_WEBSITE,
        ContentType.WRITE_ACCESS_ALLOWED,
        ContentType.MANAGED_BOT_CREATED,
        ContentType.BOOST_ADDED,
        ContentType.NEW_CHAT_PHOTO,
        ContentType.DELETE_CHAT_PHOTO,
        ContentType.PROXIMITY_ALERT_TRIGGERED,
        ContentType.CHECKLIST_TASKS_DONE,
        ContentType.CHECKLIST_TASKS_ADDED,
        ContentType.POLL_OPTION_ADDED,
        ContentType.POLL_OPTION_DELETED,
        ContentType.PAID_MESSAGE_PRICE_CHANGED,
        ContentType.FORUM_TOPIC_CREATED,
        ContentType.FORUM_TOPIC_EDITED,
        ContentType.FORUM_TOPIC_CLOSED,
        ContentType.FORUM_TOPIC_REOPENED,
    )
)

What = Literal[
    "text", "press", "file", "command", "contact", "other", "blocked", "unblocked", "group", "moved"
]


@dataclass(frozen=True)
class Incoming:
    """Something that a person did.

    `id` names it for good within its chat: the bot's number with the message's or the press's own, of an edit also
    when it was made and what it says; so the same Update twice is the same thing, and another bot over the same
    database starts anew. Update ids would not do: Telegram begins them again at random after an idle week.
    `message` is the number of the message that was written, edited or pressed on, None where it is not told, and
    `thread` the topic it stands in: 0 outside of all topics, None where it is not told.

    `text` is what was typed, a command's name, a caption, a button's data, the person's own number as Telegram knows it
    (a contact), or which kind of content is not understood. `argument` is what follows a command, or the number on
    somebody else's card. `amends` and `quotes` are those of a Turn. `says` is the same for two versions of a message where
    they say the same. `at` is when a message was written, by Telegram's clock.
    """

    what: What
    user: int
    chat: int
    id: str
    text: str = ""
    argument: str = ""
    addressed: str = ""
    message: int | None = None
    thread: int | None = None
    query: str = ""
    sent: Sent | None = None
    language: str = ""
    amends: str = ""
    quotes: str = ""
    edited: bool = False
    says: str = ""
    at: datetime | None = None

    @property
    def key(self) -> str:
        """Names it among everything that any chat sends: message numbers begin anew in every group."""
        return f"{self.chat}:{self.id}"

    def turn(
        self,
        *,
        locale: str = "",
        text: str | None = None,
        choice: str | None = None,
        file: Attachment | None = None,
        answers: str = "",
    ) -> Turn:
        """It as a Turn; `answers` is the question it was sent for, "" where that is not known.

        `locale` is the language that was last spoken with the person; "" goes by that of their phone.
        """
        return Turn(
            str(self.chat),
            self.id,
            text=text,
            choice=choice,
            file=file,
            answers=Meant(answers) if answers else None,
            amends=self.amends,
            quotes=self.quotes,
            album=self.sent.album if self.sent else "",
            sent=self.at,
            locale=locale or spoken(self.language),
        )


def read(raw: Any, bot: Bot) -> Incoming | None:
    """What a raw Update tells; None where it is none, or nothing that concerns us."""
    update = _update(raw, bot)
    if update is None:
        return None
    if update.callback_query:
        return _pressed(update.callback_query, bot)
    if update.message:
        return _wrote(update.message, bot)
    if update.edited_message:
        return _wrote(update.edited_message, bot, edited=True)
    if update.my_chat_member:
        return _membership(update.my_chat_member, bot)
    return None


def _update(raw: Any, bot: Bot) -> Update | None:
    """aiogram's Update; of a message that it cannot read in whole, what it can: somebody waits for an answer."""
    for _ in range(_READINGS):
        try:
            return Update.model_validate(raw, context={"bot": bot})
        except ValidationError as error:
            # Which fields, never their values: an Update holds what people confide.
            places = {tuple(map(str, each["loc"])) for each in error.errors(include_input=False)}
            log.warning("telegram.update_unreadable", places=sorted(".".join(place) for place in places)[:5])
            raw = _without(raw, {place[:2] for place in places})
            if raw is None:
                return None
    return None


def _without(raw: Any, fields: set[tuple[str, ...]]) -> Any:
    """An Update without these fields of what it holds; None where one of them is not there at all, but needed."""
    for field in fields:
        kind, name = field if len(field) == 2 else ("", "")
        held = raw.get(kind) if isinstance(raw, dict) else None
        if not isinstance(held, dict) or name not in held:
            return None
        raw = {**raw, kind: {each: value for each, value in held.items() if each != name}}
    return raw


def _pressed(query: CallbackQuery, bot: Bot) -> Incoming | None:
    message = query.message
    chat = message.chat if message else None
    what: What = "group" if chat and chat.type != ChatType.PRIVATE else "press"
    return Incoming(
        what,
        user=query.from_user.id,
        chat=chat.id if chat else query.from_user.id,
        id=f"{bot.id}:c{query.id}",
        text=query.data or "",
        message=message.message_id if message else None,
        thread=_thread(message) if isinstance(message, Message) else None,
        query=query.id,
        language=_language(query.from_user),
    )


def _wrote(message: Message, bot: Bot, *, edited: bool = False) -> Incoming | None:
    somebody = message.from_user
    if somebody is None:
        return None
    number = message.message_id
    here = Incoming(
        "other",
        somebody.id,
        message.chat.id,
        f"{bot.id}:m{number}",
        message=number,
        thread=_thread(message),
        language=_language(somebody),
        at=message.date,
    )
    if message.chat.type != ChatType.PRIVATE:
        return None if edited else _in_group(message, here)
    if somebody.is_bot or message.content_type in _CHANGES:
        return None
    said = _said(message, somebody, here)
    said = replace(said, says=_says(said))
    if edited:
        when = message.edit_date or 0
        said = replace(said, id=f"{bot.id}:e{number}.{when}.{said.says}", edited=True)
    if said.what not in ("text", "file"):
        return said
    amends, quotes = (here.id, "") if edited else _replied(message, somebody, bot)
    return replace(said, amends=amends, quotes=quotes)


def _said(message: Message, somebody: User, here: Incoming) -> Incoming:
    """What a message in a private chat says."""
    if message.text is not None:
        command = _COMMAND.fullmatch(message.text.strip())
        if command:
            return replace(here, what="command", text=command[1].lower(), argument=(command[3] or "").strip())
        return replace(here, what="text", text=message.text)
    sent = sent_in(message)
    if sent:
        return replace(here, what="file", sent=sent, text=message.caption or "")
    if message.contact and message.contact.user_id == somebody.id:
        return replace(here, what="contact", text=message.contact.phone_number)
    number = message.contact.phone_number if message.contact else ""
    return replace(here, text=str(ContentType(message.content_type).value), argument=number)


def _says(said: Incoming) -> str:
    file = said.sent.unique if said.sent else ""
    content = "\x00".join((said.what, said.text, said.argument, file))
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def _replied(message: Message, somebody: User, bot: Bot) -> tuple[str, str]:
    """The message of the person's own that this one replies to, or the words of ours; "" for the others."""
    before = message.reply_to_message
    if before is None or before.from_user is None or before.chat.id != message.chat.id:
        return "", ""
    if before.from_user.id == bot.id:
        return "", before.text or before.caption or ""
    if before.from_user.id == somebody.id and before.content_type not in _CHANGES:
        return f"{bot.id}:m{before.message_id}", ""
    return "", ""


def _in_group(message: Message, here: Incoming) -> Incoming | None:
    """Commands only. Who speaks for the group or for a channel looks like a bot; those that are bots are not heard."""
    if message.migrate_to_chat_id:
        return replace(here, what="moved", text=str(message.migrate_to_chat_id))
    command = _ADDRESSED.match(message.text or "")
    machine = bool(message.from_user and message.from_user.is_bot and message.sender_chat is None)
    if command is None or machine or message.is_automatic_forward or message.chat.type not in _GROUPS:
        return None
    return replace(here, what="group", addressed=command[1] or "")


def _membership(change: ChatMemberUpdated, bot: Bot) -> Incoming | None:
    before, after = change.old_chat_member, change.new_chat_member
    gone = after.status in _GONE
    moment = f"{int(change.date.timestamp())}.{change.from_user.id}.{before.status}.{after.status}"
    here = Incoming("group", change.from_user.id, change.chat.id, f"{bot.id}:b{moment}")
    if change.chat.type == ChatType.PRIVATE:
        return replace(here, what="blocked" if gone else "unblocked")
    arrived = _absent(before) and not _absent(after)
    if not arrived or change.chat.type not in _GROUPS:
        return None
    return replace(here, language=_language(change.from_user))


def _absent(member: Any) -> bool:
    return member.status in _GONE or (isinstance(member, ChatMemberRestricted) and not member.is_member)


def _thread(message: Message) -> int:
    """The topic of a forum or of a private chat; a thread of replies is none."""
    return (message.message_thread_id or 0) if message.is_topic_message else 0


def _language(user: User) -> str:
    return (user.language_code or "").partition("-")[0].lower()
