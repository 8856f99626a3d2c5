"""Files as a message carries them, before they are fetched."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.types import Message


@dataclass(frozen=True)
class Sent:
    """A file as Telegram knows it before it is fetched. Size in bytes, 0 where unknown; seconds of a video.

    `id` is what it is fetched by; `unique` is the same however often it is sent.
    """

    id: str
    name: str
    size: int = 0
    mime: str = ""
    width: int | None = None
    height: int | None = None
    seconds: float | None = None
    album: str = ""
    unique: str = ""

    @property
    def video(self) -> bool:
        """Whether it is said to be a video."""
        return self.mime.startswith("video/")


def sent_in(message: Message) -> Sent | None:
    """The file of a message; None where it has none that could be of use."""
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
            unique=largest.file_unique_id,
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
                video.file_unique_id,
            )
    if message.video_note:
        note = message.video_note
        name = f"VID_{message.message_id}.mp4"
        size = note.file_size or 0
        side, seconds = note.length, float(note.duration)
        return Sent(note.file_id, name, size, "video/mp4", side, side, seconds, unique=note.file_unique_id)
    if message.document:
        paper = message.document
        return Sent(
            paper.file_id,
            paper.file_name or "?",
            paper.file_size or 0,
            paper.mime_type or "",
            album=album,
            unique=paper.file_unique_id,
        )
    return None
