"""The most that is looked into of files that people send."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Caps:
    """The most of everything that is looked into. Bytes, unless named otherwise.

    `ratio` is unpacked to packed size of a .docx, which holds `entries` files and `unpacked` bytes at most.
    """

    image: int = 20 * 1024 * 1024
    pdf: int = 30 * 1024 * 1024
    text: int = 10 * 1024 * 1024
    video: int = 2000 * 1024 * 1024
    pixels: int = 40_000_000
    pages: int = 200
    entries: int = 2000
    unpacked: int = 100 * 1024 * 1024
    ratio: int = 200
