"""A file as forms see it: bytes that can be read from any place, wherever and however they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol


class Unreachable(OSError):  # noqa: N818 - named for what is told
    """The place where files lie gives no answer: nothing is known of the file, and nothing is wrong with it."""


class Readable(Protocol):
    """A small value that may be handed to another process, which opens the file there."""

    def open(self) -> BinaryIO:
        """The bytes from the beginning, to be closed by whoever asked. Raises OSError, also while they are read."""
        ...

    @property
    def size(self) -> int:
        """How many bytes there are. Raises OSError."""
        ...


@dataclass(frozen=True)
class PlainFile:
    """A file of this machine as it lies there."""

    path: Path

    def open(self) -> BinaryIO:
        """As `Readable.open`."""
        return self.path.open("rb")

    @property
    def size(self) -> int:
        """As `Readable.size`."""
        return self.path.stat().st_size
