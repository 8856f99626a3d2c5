"""Several documents at once, as albums: of two to ten, documents only, without buttons (Bot API, sendMediaGroup)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiogram.methods import SendMediaGroup
from aiogram.types import BufferedInputFile, InputMediaDocument

from bot.telegram.updates import Incoming

MOST = 10


@dataclass(frozen=True)
class Sheet:
    """A document as it is sent: its name, its bytes, what stands under it, a small picture of its first page."""

    name: str
    content: bytes
    caption: str = ""
    picture: bytes | None = None


def batches(sheets: Sequence[Sheet], largest: int) -> Iterator[tuple[Sheet, ...]]:
    """The sheets in order, in as few albums as they fit in and those alike in length; `largest` bytes in each."""
    left = list(sheets)
    while left:
        albums = -(-len(left) // MOST)
        wanted, size, batch = -(-len(left) // albums), 0, list[Sheet]()
        while left and len(batch) < wanted and (not batch or size + len(left[0].content) <= largest):
            size += len(left[0].content)
            batch.append(left.pop(0))
        yield tuple(batch)


def album(asked: Incoming, sheets: Sequence[Sheet]) -> SendMediaGroup:
    """The request that sends two to ten of them to where they were asked for."""
    media = [
        InputMediaDocument(
            media=BufferedInputFile(sheet.content, sheet.name),
            thumbnail=BufferedInputFile(sheet.picture, "preview.jpg") if sheet.picture else None,
            caption=sheet.caption or None,
            parse_mode=None,
        )
        for sheet in sheets
    ]
    return SendMediaGroup(chat_id=asked.chat, message_thread_id=asked.thread or None, media=list(media))
