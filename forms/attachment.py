"""A file that a person sent, as the forms see it: facts, never bytes."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Trouble = Literal[
    "empty", "too_large", "too_many_pixels", "unreadable", "unknown_type", "disguised", "locked"
]
Media = Literal["image", "pdf", "text", "video", "unknown"]
Background = Literal["white", "red", "blue", "grey", "mixed"]
#: What a file really is, or what is the matter with it, where that is known more exactly than its `trouble`.
Detail = Literal[
    # Texts in other formats
    "word97", "wps", "rtf", "odt", "pages", "html", "web_archive", "word_xml", "plain_text", "ofd", "xps", "epub", "hwp",
    # Tables and slides
    "xls", "xlsx", "ods", "ppt", "pptx", "odp",
    # Pictures and drawings
    "picture", "svg", "psd", "raw_photo", "metafile", "postscript", "cad", "jpeg_xl", "jpeg_2000",
    # Films, sounds, packed files, programs
    "film", "other_film", "sound", "archive", "program", "shortcut", "pdf", "docx",
    # What is the matter
    "cut_off", "no_pages", "fields_only", "only_pictures", "long_text", "many_pages",
]  # fmt: skip


class Unread(BaseModel):
    """Something in a text that could not be read, and the characters before it, by which its place is found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Literal["formula", "symbol", "insert", "object"]
    after: str = ""


class Attachment(BaseModel):
    """What the inspection at the door found out about one file.

    `file` is the name the store gave it; `name` is the sender's own and only ever shown, never opened.
    Sizes are bytes, `width`/`height` pixels as seen: after EXIF rotation, a video's with square pixels. `seconds` is
    the length of a video, `broken_off` that its file ends before its pictures do.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    name: str
    media: Media
    mime: str
    size: int
    trouble: Trouble | None = None
    detail: Detail | None = None
    width: int | None = None
    height: int | None = None
    background: Background | None = None
    pages: int | None = None
    seconds: float | None = None
    broken_off: bool | None = None
    text: str | None = None
    unread: tuple[Unread, ...] | None = None
