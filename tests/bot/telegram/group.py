"""A group with the bot in it, where people talk, come and go."""

from __future__ import annotations

import secrets
from typing import Any, Literal

from tests.bot.telegram.chats import Message
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone, commands_in, until_date

#: Who speaks in the name of the group, as bots are shown it.
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
ANOTHER_BOT = {"id": 5_555, "is_bot": True, "first_name": "天气", "username": "weather_bot"}


class Group:
    """A group with the bot in it.

    In privacy mode a bot hears what is meant for it; without it (or as an administrator) it `hears_all`.
    """

    def __init__(
        self,
        telegram: Telegram,
        title: str = "焊接车间",
        *,
        kind: Literal["group", "supergroup", "channel"] = "supergroup",
        hears_all: bool = False,
    ) -> None:
        number = -secrets.randbelow(10**9) - (0 if kind == "group" else 1_000_000_000_000)
        self.telegram = telegram
        self.chat = telegram.chat({"id": number, "type": kind, "title": title})
        self.hears_all = hears_all

    @property
    def told(self) -> list[Message]:
        """What the bot said here."""
        return [each for each in self.chat.standing if each.json["from"]["id"] == self.telegram.bot["id"]]

    def invites_bot(self, phone: Phone) -> None:
        self.chat.member = True
        self.moves(phone, "left", "member")
        self._writes(phone.user, new_chat_members=[self.telegram.bot])

    def removes_bot(self, phone: Phone) -> None:
        self.moves(phone, "member", "kicked")
        self.chat.member = False

    def comes(self, phone: Phone) -> None:
        """Somebody joins the group."""
        self._writes(phone.user, new_chat_members=[phone.user])

    def goes(self, phone: Phone) -> None:
        self._writes(phone.user, left_chat_member=phone.user)

    def opens_topic(self, phone: Phone, name: str) -> int:
        message = self.chat.opens_topic(phone.user, self.telegram.now(), name)
        self._told("message", message)
        return message.topic

    def says(self, phone: Phone, text: str, topic: int = 0) -> Message:
        return self._writes(phone.user, topic=topic, text=text, **commands_in(text))

    def says_itself(self, text: str) -> Message:
        """An administrator speaks without a name."""
        return self._writes(ANONYMOUS, sender_chat=self.chat.json, text=text, **commands_in(text))

    def bot_says(self, text: str) -> Message:
        """Another bot speaks."""
        return self._writes(ANOTHER_BOT, text=text, **commands_in(text))

    def sends(self, phone: Phone, **content: Any) -> Message:
        return self._writes(phone.user, **content)

    def edits(self, message: Message, text: str) -> None:
        message.json |= {"text": text, "edit_date": self.telegram.now()} | commands_in(text)
        self._told("edited_message", message)

    def presses(self, phone: Phone, message: Message, data: str) -> str:
        """Press a button of a message; gives the id of the query."""
        identifier = str(secrets.randbits(62))
        self.telegram.query(self.chat, identifier)
        query = {"id": identifier, "from": phone.user, "chat_instance": self.chat.instance, "data": data}
        self.telegram.updates.add("callback_query", query | {"message": message.shown()}, f"c{phone.id}")
        return identifier

    def grows(self, phone: Phone) -> Group:
        """Become a supergroup, which has another number; both tell of it."""
        grown = Group(self.telegram, hears_all=self.hears_all)
        grown.chat.member = True
        self._writes(phone.user, migrate_to_chat_id=grown.chat.id)
        grown._writes(ANONYMOUS, sender_chat=grown.chat.json, migrate_from_chat_id=self.chat.id)
        return grown

    def moves(self, phone: Phone, before: str, after: str) -> None:
        """The bot's own standing in the group changes."""
        change = {
            "chat": self.chat.json,
            "from": phone.user,
            "date": self.telegram.now(),
            "old_chat_member": {"user": self.telegram.bot, "status": before} | until_date(before),
            "new_chat_member": {"user": self.telegram.bot, "status": after} | until_date(after),
        }
        self.telegram.updates.add("my_chat_member", change, f"b{self.chat.id}")

    def _writes(self, sender: dict[str, Any], topic: int = 0, **content: Any) -> Message:
        message = self.chat.add(sender, self.telegram.now(), topic, **content)
        self._told("message", message)
        return message

    def _told(self, kind: str, message: Message) -> None:
        text = str(message.json.get("text", ""))
        asked = text.startswith("/") or f"@{self.telegram.bot['username']}" in text
        if self.hears_all or asked or not text:
            self.telegram.updates.add(kind, message.shown(), f"m{self.chat.id}")
