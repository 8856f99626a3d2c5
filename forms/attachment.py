"""A file that a person sent, as the forms see it: facts, never bytes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Trouble = Literal[
    "empty", "too_large", "too_many_pixels", "unreadable", "unknown_type", "disguised", "locked"
]
Media = Literal["image", "pdf", "text", "video", "unknown"]
Background = Literal["white", "red", "blue", "grey", "mixed"]


class Attachment(BaseModel):
    """What the inspection at the door found out about one file.

    `file` is the name the store gave it; `name` is the sender's own and only ever shown, never opened.
    Sizes are bytes, `width`/`height` pixels after EXIF rotation, `seconds` the length of a video.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    name: str
    media: Media
    mime: str
    size: int
    trouble: Trouble | None = None
    width: int | None = None
    height: int | None = None
    background: Background | None = None
    pages: int | None = None
    seconds: float | None = None
    text: str | None = None
