"""What Telegram keeps: chats with their messages as they now stand, and files with their bytes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.bot.telegram.refusal import bad
from tests.bot.telegram.waiting import Pulse, T

#: The cloud Bot API hands a bot no more than this.
DOWNLOADABLE = 20 * 1024 * 1024


class Message:
    """One message. `json` is the object as the Bot API shows it, without the chat it stands in."""

    def __init__(self, chat: Chat, json: dict[str, Any]) -> None:
        self.chat = chat
        self.json = json
        self.deleted = False

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    @property
    def by_bot(self) -> bool:
        return bool(self.json["from"]["is_bot"])

    @property
    def text(self) -> str:
        """Its text or caption as it now stands, without markup."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def topic(self) -> int:
        """The topic it stands in, 0 outside of all."""
        return int(self.json.get("message_thread_id", 0))

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """Its inline keyboard."""
        rows: list[list[dict[str, Any]]] = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]

    @property
    def media(self) -> str:
        """“photo”, “document”, “video” or ""."""
        return next((kind for kind in ("photo", "video", "document") if kind in self.json), "")

    def shown(self) -> dict[str, Any]:
        """The object with its chat, as a method or an update shows it."""
        return {**self.json, "chat": self.chat.json}

    def __str__(self) -> str:
        who = "bot" if self.by_bot else "   "
        keys = "".join(f"\n        [{' | '.join(button['text'] for button in row)}]" for row in self.rows)
        media = f"<{self.media}> " if self.media else ""
        return f"#{self.id} {who} {media}{self.text}{keys}"


@dataclass(frozen=True)
class Change:
    """Something the bot did in a chat."""

    kind: Literal["sent", "edited", "deleted", "action", "answered"]
    message: Message | None = None
    value: str = ""


class Chat:
    """A private chat or a group, seen with everybody's eyes."""

    def __init__(self, json: dict[str, Any], first_message: Callable[[], int]) -> None:
        self.json = json
        self.messages: dict[int, Message] = {}
        self.changes: list[Change] = []
        self.started = False  # a private chat in which the person spoke
        self.blocked = False
        self.member = json["type"] == "private"  # whether the bot is in it
        self.keyboard: dict[str, Any] | None = None  # the one below the input field
        self.topics: set[int] = set()  # by the numbers of their first messages
        self.instance = str(secrets.randbits(60))
        self._new_id = first_message
        self.pulse = Pulse()

    @property
    def id(self) -> int:
        return int(self.json["id"])

    @property
    def private(self) -> bool:
        return bool(self.json["type"] == "private")

    @property
    def standing(self) -> list[Message]:
        return [message for message in self.messages.values() if not message.deleted]

    def add(self, sender: dict[str, Any], date: int, topic: int = 0, **content: Any) -> Message:
        """A new message; `topic` is where it stands, 0 outside of all."""
        json = {"message_id": self._new_id(), "from": sender, "date": date, **content}
        if topic:
            json |= {"message_thread_id": topic, "is_topic_message": True}
        message = Message(self, json)
        self.messages[message.id] = message
        return message

    def opens_topic(self, sender: dict[str, Any], date: int, name: str) -> Message:
        """A new topic, numbered as the message that tells of it."""
        message = self.add(sender, date, forum_topic_created={"name": name, "icon_color": 7322096})
        message.json |= {"message_thread_id": message.id, "is_topic_message": True}
        self.topics.add(message.id)
        return message

    def find(self, identifier: int, what: str) -> Message:
        message = self.messages.get(identifier)
        if message is None or message.deleted:
            raise bad(f"{what} not found")
        return message

    def note(self, change: Change) -> None:
        """Write down what the bot did, and wake whoever waits for it."""
        self.changes.append(change)
        self.pulse.beat()

    async def until(self, found: Callable[[], T | None], what: str, seconds: float = 15) -> T:
        """Wait until `found` gives something true. AssertionError with the whole chat where it never does."""
        return await self.pulse.until(found, what, seconds, lambda: self)

    def __str__(self) -> str:
        return "\n".join(str(message) for message in self.standing[-12:]) or "(nothing)"


@dataclass
class StoredFile:
    """A file on Telegram's servers. `size` may be said to be larger than the bytes at hand."""

    content: bytes
    name: str
    mime: str
    size: int
    path: str
    facts: dict[str, Any] = field(default_factory=dict)


class Files:
    """By file_id; the same bytes have another id each time they are sent."""

    def __init__(self) -> None:
        self._kept: dict[str, StoredFile] = {}

    def keep(
        self, content: bytes, name: str, mime: str, folder: str, size: int | None = None, **facts: Any
    ) -> dict[str, Any]:
        """Keep it; gives the object that a message carries."""
        number = len(self._kept)
        identifier = f"BQACAgUAAxkBAAI{number:05d}{secrets.token_urlsafe(32)}"
        suffix = f".{name.rsplit('.', 1)[-1].lower()}" if "." in name else ""
        size = len(content) if size is None else size
        stored = StoredFile(content, name, mime, size, f"{folder}/file_{number}{suffix}", facts)
        self._kept[identifier] = stored
        return {
            "file_id": identifier,
            "file_unique_id": f"AgAD{number:08d}",
            "file_size": size,
            **facts,
        }

    def find(self, identifier: str) -> StoredFile:
        if not identifier:
            raise bad("file_id not specified")
        stored = self._kept.get(identifier)
        if stored is None:
            raise bad("invalid file_id")
        return stored

    def at(self, path: str) -> StoredFile | None:
        """By the path that getFile gave; only what may be downloaded."""
        fitting = (stored for stored in self._kept.values() if stored.path == path)
        return next((stored for stored in fitting if stored.size <= DOWNLOADABLE), None)
