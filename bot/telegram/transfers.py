"""Files: fetched from Telegram into the conversation, and documents sent the other way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.methods import GetFile, SendChatAction, SendDocument
from aiogram.types import BufferedInputFile, InputFile
from aiohttp import ClientError

from bot.house.conversation import Conversation
from bot.house.copies import Copy
from bot.house.documents import PDF
from bot.house.pieces import pieces
from bot.telegram.albums import Sheet, album, batches
from bot.telegram.sender import Refused, Sender, Unreachable
from bot.telegram.sent import Sent
from bot.telegram.session import Unread
from bot.telegram.thumbnail import first_page
from bot.telegram.updates import Incoming
from dialogs.turn import Card, Screen, Turn
from forms.attachment import Attachment
from forms.printing.queue import Errand
from forms.printing.renderer import RenderFailed
from forms.printing.workers import Workers

log = structlog.get_logger(__name__)

CHANNEL = "telegram"
MB = 1024 * 1024
#: What a bot may fetch and send through Telegram's own servers; a local Bot API server does 2000 MB both ways.
_CLOUD_FETCHED, _CLOUD_SENT = 20 * MB, 50 * MB
_LOCAL = 2000 * MB

_TRIES = 3
_PAUSE = 1.0
_PATIENCE = 600
#: “is uploading a document” fades after five seconds.
_ACTION_LASTS = 4.0
_CHUNK = 256 * 1024
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f"/\\]+')


class TooBig(Exception):  # noqa: N818 - a limit, not a defect
    """More than a bot may fetch here. `largest` is in bytes; `elsewhere` tells whether the web chat takes it."""

    def __init__(self, largest: int, elsewhere: bool) -> None:
        super().__init__(largest)
        self.largest = largest
        self.elsewhere = elsewhere


class TooHeavy(Exception):  # noqa: N818 - a limit, not a defect
    """A document larger than a bot may send. `size` is in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


class NotFetched(Exception):  # noqa: N818 - the person is asked to send it again
    """Telegram did not hand the file over."""


@dataclass(frozen=True)
class Fetching:
    """What may be fetched: whether the Bot API server is our own, and the largest file taken anywhere, in bytes."""

    local: bool
    largest: int

    @property
    def limit(self) -> int:
        """The largest file that can be fetched."""
        return _LOCAL if self.local else _CLOUD_FETCHED

    @property
    def sending(self) -> int:
        """The largest file that can be sent."""
        return _LOCAL if self.local else _CLOUD_SENT


class Files:
    """One bot's files."""

    def __init__(
        self, conversation: Conversation, sender: Sender, workers: Workers, fetching: Fetching
    ) -> None:
        self._conversation = conversation
        self._sender = sender
        self._workers = workers
        self.fetching = fetching

    async def take(self, incoming: Incoming, sent: Sent, turn: Turn) -> Screen:
        """Take a file as `turn` with it. What a video is known to be is weighed before it is fetched.

        Raises TooBig, NotFetched, `bot.house.intake.NotBegun`, `storage.uploads.QuotaExceeded` and
        `storage.files.NoRoom`.
        """
        address = str(incoming.user)
        if await self._conversation.taken(CHANNEL, address, turn):
            return await self._conversation.take(CHANNEL, address, turn)
        if sent.video:
            announced = Attachment(
                file="",
                name=sent.name,
                media="video",
                mime=sent.mime,
                size=sent.size,
                width=sent.width,
                height=sent.height,
                seconds=sent.seconds,
            )
            refused = await self._conversation.weigh(CHANNEL, address, announced)
            if refused:
                return refused
        if sent.size > self.fetching.limit:
            raise TooBig(min(self.fetching.limit, self.fetching.largest), sent.size <= self.fetching.largest)
        attachment = await self._received(incoming, sent, turn)
        return await self._conversation.take(CHANNEL, address, replace(turn, file=attachment))

    async def _received(self, incoming: Incoming, sent: Sent, turn: Turn) -> Attachment:
        for tried in range(1, _TRIES + 1):
            try:
                return await self._conversation.receive(
                    CHANNEL,
                    str(incoming.user),
                    sent.name,
                    self._chunks(incoming.chat, sent),
                    sent.size or None,
                    f"{CHANNEL} {turn.conversation} {turn.message_id}",
                )
            except Refused as error:
                if "too big" in str(error):
                    raise TooBig(self.fetching.limit, elsewhere=True) from error
                raise NotFetched from error
            except (ClientError, TimeoutError, TelegramAPIError, ClientDecodeError, Unreachable) as error:
                log.info("telegram.fetch_failed", error=type(error).__name__, tried=tried)
                if tried == _TRIES:
                    raise NotFetched from error
                await asyncio.sleep(_PAUSE * tried)
        raise NotFetched

    async def _chunks(self, chat: int, sent: Sent) -> AsyncIterator[bytes]:
        file = await self._sender.send(GetFile(file_id=sent.id), chat)
        path = file.file_path or ""
        session = self._sender.bot.session
        if session.api.is_local:
            stream: AsyncIterator[bytes] = pieces(Path(path))
        else:
            url = session.api.file_url(self._sender.bot.token, path)
            stream = session.stream_content(url, timeout=_PATIENCE, chunk_size=_CHUNK)
        async for chunk in stream:
            yield chunk

    async def open(self, incoming: Incoming, document: str, caption: str) -> None:
        """Print a document and send it.

        Raises LookupError and RenderFailed as `Conversation.document` does, and `TooHeavy`.
        """
        async with _Busy(self._sender, incoming):
            printed = await self._conversation.document(CHANNEL, str(incoming.user), document)
            if len(printed.content) > self.fetching.sending:
                raise TooHeavy(len(printed.content))
            picture = await self._preview(printed.content, incoming.user) if printed.mime == PDF else None
            await self.send(incoming, printed.filename, printed.content, caption, picture)

    async def open_all(self, incoming: Incoming, cards: Sequence[Card]) -> tuple[str, ...]:
        """Print these documents and send them together; gives the titles of those that could not be had."""
        sheets, lacking = [], []
        async with _Busy(self._sender, incoming):
            for card in cards:
                try:
                    printed = await self._conversation.document(CHANNEL, str(incoming.user), card.document)
                except (LookupError, RenderFailed) as error:
                    log.warning("telegram.no_document", error=type(error).__name__)
                    lacking.append(card.title)
                    continue
                if len(printed.content) > self.fetching.sending:
                    lacking.append(card.title)
                    continue
                picture = await self._preview(printed.content, incoming.user) if printed.mime == PDF else None
                name = _NOT_IN_NAMES.sub("_", printed.filename)
                sheets.append(Sheet(name, printed.content, caption(card), picture))
            for batch in batches(sheets, self.fetching.sending):
                if len(batch) == 1:
                    sheet = batch[0]
                    await self.send(incoming, sheet.name, sheet.content, sheet.caption, sheet.picture)
                else:
                    with suppress(Unread):
                        method = album(incoming, batch)
                        await self._sender.send(method, incoming.chat, "message", patience=_PATIENCE)
        return tuple(lacking)

    async def send(
        self,
        asked: Incoming,
        filename: str,
        content: bytes | Copy,
        caption: str = "",
        picture: bytes | None = None,
    ) -> None:
        """Send a file under its own name to where it was asked for."""
        name = _NOT_IN_NAMES.sub("_", filename)
        method = SendDocument(
            chat_id=asked.chat,
            message_thread_id=asked.thread or None,
            document=BufferedInputFile(content, name)
            if isinstance(content, bytes)
            else _Flowing(content, name),
            thumbnail=BufferedInputFile(picture, "preview.jpg") if picture else None,
            caption=caption or None,
            parse_mode=None,
        )
        with suppress(Unread):
            await self._sender.send(method, asked.chat, "message", patience=_PATIENCE)

    async def _preview(self, content: bytes, user: int) -> bytes | None:
        try:
            return await self._workers.run(first_page, content, errand=Errand(f"{CHANNEL} {user}"))
        except Exception as error:
            # The document is what was asked for; it goes without its picture.
            log.warning("telegram.no_preview", error=type(error).__name__)
            return None


def caption(card: Card) -> str:
    """What stands under a document."""
    return card.title + (f"（{card.note}）" if card.note else "")


class _Flowing(InputFile):
    """A copy on its way, read as it is sent; sent again, it is read again."""

    def __init__(self, copy: Copy, filename: str) -> None:
        super().__init__(filename)
        self._copy = copy

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        """Its bytes."""
        async for piece in self._copy.pieces():
            yield piece


class _Busy:
    """Shows “is uploading a document” as long as something takes."""

    def __init__(self, sender: Sender, asked: Incoming) -> None:
        self._sender = sender
        self._chat = asked.chat
        self._method = SendChatAction(
            chat_id=asked.chat, message_thread_id=asked.thread or None, action="upload_document"
        )

    async def __aenter__(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._show())

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.wait((self._task,))

    async def _show(self) -> None:
        while True:
            try:
                await self._sender.send(self._method, self._chat)
            except (TelegramAPIError, ClientDecodeError, Refused, Unreachable):
                return  # a courtesy
            await asyncio.sleep(_ACTION_LASTS)
