"""A person with Telegram open: types, presses, sends files, reads the chat as it now stands."""

from __future__ import annotations

import mimetypes
import re
import secrets
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from tests.bot.telegram.chats import Chat, Message
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.html import units
from tests.bot.telegram.sending import sizes

_numbers = count(5_000_000_001)
_LONGEST = 4096
#: What a keyboard may put around a label: a tick, a number, an emoji, the marks of a cut.
_TICK = re.compile(r"^(?:[☑☐✓✔✅⬜▫▪•◻◽🔘⚪]\ufe0f?\s*)+")
_NUMBER = re.compile(r"^\d+\.\s+")


def bare(label: str) -> str:
    """A button's words without its tick and its number."""
    return _NUMBER.sub("", _TICK.sub("", label)).strip()


def means(label: str, wanted: str) -> bool:
    """Whether the button with this label is the one that was meant; a long label may be cut short."""
    shown = bare(label)
    if shown.endswith("…") and wanted != label:
        return wanted.startswith(shown[:-1]) and len(shown) > 6
    return wanted in (label, shown)


class Phone:
    """One person. Every act is an Update of its own; `since` is where the chat stood at the last act."""

    def __init__(self, telegram: Telegram, name: str = "阿华", language: str = "zh-hans") -> None:
        number = next(_numbers)
        self.telegram = telegram
        self.user: dict[str, Any] = {
            "id": number,
            "is_bot": False,
            "first_name": name,
            "language_code": language,
        }
        self.chat: Chat = telegram.chat({"id": number, "type": "private", "first_name": name})
        self.since = 0
        self.presses: list[str] = []
        self.pressed: dict[str, Any] = {}  # the last of them, as bots are told of it
        self.topic = 0  # where the person writes, in a chat with topics

    @property
    def id(self) -> int:
        return int(self.user["id"])

    # Acts

    def says(self, text: str, to: Message | None = None) -> Message:
        """Type a text, perhaps as a reply. What is longer than a message goes as several, as apps do."""
        pieces = list(in_messages(text))
        for piece in pieces[:-1]:
            self._writes(text=piece)
        return self._writes(text=pieces[-1], **commands_in(pieces[-1]), **_reply(to))

    def sends_photo(self, file: Path | bytes, caption: str = "", album: str = "") -> Message:
        """As a photo: Telegram keeps sizes of it and forgets its name."""
        content = file if isinstance(file, bytes) else file.read_bytes()
        return self._writes(photo=sizes(self.telegram, content), **_optional(caption, album))

    def sends_file(
        self,
        file: Path | bytes,
        name: str = "",
        size: int | None = None,
        caption: str = "",
        album: str = "",
        to: Message | None = None,
    ) -> Message:
        """As a file, with its name. `size` says it is larger than its bytes."""
        document = self._document(file, name, size)
        return self._writes(document=document, **_optional(caption, album), **_reply(to))

    def sends_video(
        self, file: Path, seconds: int, width: int = 1280, height: int = 720, size: int | None = None
    ) -> Message:
        kept = self.telegram.files.keep(file.read_bytes(), file.name, "video/mp4", "videos", size)
        facts = {"duration": seconds, "width": width, "height": height}
        return self._writes(video=kept | facts | {"file_name": file.name, "mime_type": "video/mp4"})

    def sends_album(self, files: Sequence[Path]) -> list[Message]:
        """Several at once: each is an Update, they share only the album's id."""
        album = str(secrets.randbits(54))
        pictures = all(mimetypes.guess_type(file.name)[0] in ("image/jpeg", "image/png") for file in files)
        send = self.sends_photo if pictures else self.sends_file
        return [send(file, album=album) for file in files]

    def sends(self, **content: Any) -> Message:
        """Anything else: contact=…, location=…, sticker=…"""
        return self._writes(**content)

    def presses_on(self, message: Message, label: str) -> str:
        """Press one of a message's buttons as it now stands; gives the id of the callback query."""
        for row in message.rows:
            for button in row:
                if means(button["text"], label) and "callback_data" in button:
                    return self.sends_data(button["callback_data"], message)
        raise AssertionError(f"no button “{label}” on\n{message}")

    def press(self, label: str) -> str:
        """Press the newest button with this label in the chat."""
        for message in reversed(self.chat.standing):
            if any(means(shown, label) for shown in message.buttons):
                return self.presses_on(message, label)
        raise AssertionError(f"no button “{label}” in the chat:\n{self.chat}")

    def press_like(self, part: str) -> str:
        """Press the newest button whose label has this in it."""
        for message in reversed(self.chat.standing):
            label = next((shown for shown in message.buttons if part in shown), None)
            if label:
                return self.presses_on(message, label)
        raise AssertionError(f"no button with “{part}” in the chat:\n{self.chat}")

    def sends_data(self, data: str, message: Message | None = None) -> str:
        """A callback query with any data, as a forged client can send it."""
        shown = message or next(each for each in reversed(self.chat.standing) if each.by_bot)
        return self._queries(data=data, message=shown.shown())

    def sends_old_data(self, data: str, message: Message) -> str:
        """A press on a message that has become inaccessible to bots."""
        gone = {"chat": self.chat.json, "message_id": message.id, "date": 0}
        return self._queries(data=data, message=gone)

    def edits(self, message: Message, text: str) -> None:
        """Change the text that was written before, or the caption."""
        name = "caption" if message.media else "text"
        self._edits(message, **({name: text} | (commands_in(text) if name == "text" else {})))

    def replaces(self, message: Message, file: Path | bytes, name: str = "", caption: str = "") -> None:
        """Put another file in the place of the one that was sent before."""
        self._edits(message, document=self._document(file, name), **_optional(caption, ""))

    def previews(self, message: Message) -> None:
        """Telegram finds a picture for a link: the message is told anew, and says the same."""
        self._edits(message, link_preview_options={"url": "https://example.org"})

    def moves_on(self, message: Message, step: int) -> None:
        """A live location: the message changes by itself as the person walks."""
        self._edits(message, location=message.json["location"] | {"longitude": 108.3 + step / 1000})

    def opens_topic(self, name: str = "新话题") -> None:
        """Begin a topic in the chat with the bot; what is said from now on stands in it."""
        message = self.chat.opens_topic(self.user, self.telegram.now(), name)
        self.topic = message.id
        self.telegram.updates.add("message", message.shown(), f"m{self.id}")

    def deletes(self, message: Message) -> None:
        """Take a message away, also one of the bot's: bots are not told."""
        message.deleted = True

    def blocks(self) -> None:
        self._membership("member", "kicked")
        self.chat.blocked = True

    def unblocks(self) -> None:
        self._membership("kicked", "member")
        self.chat.blocked = False

    def _document(self, file: Path | bytes, name: str = "", size: int | None = None) -> dict[str, Any]:
        content = file if isinstance(file, bytes) else file.read_bytes()
        name = name or (file.name if isinstance(file, Path) else "file")
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        kept = self.telegram.files.keep(content, name, mime, "documents", size)
        return kept | {"file_name": name, "mime_type": mime}

    def _edits(self, message: Message, **content: Any) -> None:
        kept = {name: value for name, value in message.json.items() if name != "entities"}
        message.json = kept | {"edit_date": self.telegram.now()} | content
        self._mark()
        self.telegram.updates.add("edited_message", message.shown(), f"m{self.id}")

    def _writes(self, **content: Any) -> Message:
        self._mark()
        self.chat.started, self.chat.blocked = True, False
        message = self.chat.add(self.user, self.telegram.now(), self.topic, **content)
        self.telegram.updates.add("message", message.shown(), f"m{self.id}")
        return message

    def _queries(self, **content: Any) -> str:
        self._mark()
        identifier = str(secrets.randbits(62))
        self.telegram.query(self.chat, identifier)
        query = {"id": identifier, "from": self.user, "chat_instance": self.chat.instance, **content}
        self.telegram.updates.add("callback_query", query, f"c{self.id}")
        self.presses.append(identifier)
        self.pressed = query
        return identifier

    def _membership(self, before: str, after: str) -> None:
        change = {
            "chat": self.chat.json,
            "from": self.user,
            "date": self.telegram.now(),
            "old_chat_member": {"user": self.telegram.bot, "status": before} | until_date(before),
            "new_chat_member": {"user": self.telegram.bot, "status": after} | until_date(after),
        }
        self.telegram.updates.add("my_chat_member", change, f"b{self.id}")

    def _mark(self) -> None:
        self.since = len(self.chat.changes)

    def listens(self) -> None:
        """What comes from now on is news."""
        self._mark()

    # Reading

    @property
    def news(self) -> list[Message]:
        """What the bot sent or changed since the last act, as it stands, each once."""
        changed = [
            change.message for change in self.chat.changes[self.since :] if change.kind in ("sent", "edited")
        ]
        return [message for message in dict.fromkeys(changed) if message and not message.deleted]

    @property
    def screen(self) -> Message | None:
        """The newest message with buttons."""
        return next((message for message in reversed(self.chat.standing) if message.rows), None)

    @property
    def said(self) -> str:
        """The texts since the last act."""
        return "\n".join(message.text for message in self.news)

    async def hears(self, text: str, seconds: float = 15) -> Message:
        """Wait until the bot has said this since the last act."""
        return await self.chat.until(
            lambda: next((message for message in self.news if text in message.text), None),
            f"“{text}”",
            seconds,
        )

    async def sees_screen(self, seconds: float = 15) -> Message:
        """Wait until a message with buttons was sent, or changed to have them, since the last act."""
        return await self.chat.until(
            lambda: next((message for message in reversed(self.news) if message.rows), None),
            "a screen",
            seconds,
        )

    async def until(self, found: Callable[[], Any], what: str, seconds: float = 15) -> Any:
        return await self.chat.until(found, what, seconds)

    async def tells(self, text: str) -> Message:
        """Type and wait for the screen that follows."""
        self.says(text)
        return await self.sees_screen()

    async def chooses(self, *labels: str) -> Message:
        """Press one after the other and wait for the screen that follows each."""
        for label in labels:
            self.press(label)
            screen = await self.sees_screen()
        return screen

    async def presses_and_goes_on(self, label: str, pages: int = 30) -> Message:
        """Press a label, turning pages until it is there."""
        for _ in range(pages):
            if self.screen and any(means(shown, label) for shown in self.screen.buttons):
                break
            await self.chooses("›")
        return await self.chooses(label)

    async def begins(self, programme: str = "南宁工匠", route: str = "单位推荐") -> Message:
        """From the greeting to the first question after the route."""
        await self.tells("/start")
        await self.chooses("同意，开始")
        self.press_like(programme)
        await self.sees_screen()
        return await self.chooses(route)


def until_date(status: str) -> dict[str, int]:
    return {"until_date": 0} if status == "kicked" else {}


def _optional(caption: str, album: str) -> dict[str, str]:
    return ({"caption": caption} if caption else {}) | ({"media_group_id": album} if album else {})


def _reply(to: Message | None) -> dict[str, Any]:
    """As Telegram shows a reply: the message as it stood then, without what it replied to itself."""
    if to is None:
        return {}
    return {
        "reply_to_message": {name: value for name, value in to.shown().items() if name != "reply_to_message"}
    }


def commands_in(text: str) -> dict[str, Any]:
    command = re.match(r"/[A-Za-z0-9_]+(@\w+)?", text)
    return (
        {"entities": [{"type": "bot_command", "offset": 0, "length": units(command[0])}]} if command else {}
    )


def in_messages(text: str) -> list[str]:
    """Messages of at most 4096 units, broken between lines where there are any."""
    pieces, current = [], ""
    for line in text.split("\n"):
        joined = f"{current}\n{line}" if current else line
        if units(joined) > _LONGEST and current:
            pieces.append(current)
            joined = line
        while units(joined) > _LONGEST:
            pieces.append(joined[: _LONGEST // 2])
            joined = joined[_LONGEST // 2 :]
        current = joined
    return [*pieces, current]
