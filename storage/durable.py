"""Files of our own that only this service may read: new ones that stay, and one that takes another's place whole.

A power cut leaves a file as it was before or as it is afterwards: bytes are on the disk before their name is.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def created(path: Path) -> BinaryIO:
    """A new file, to be written. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def new(path: Path) -> Iterator[BinaryIO]:
    """A new file whose bytes stay when this ends; its name stays once its directory is flushed. Raises FileExistsError."""
    with created(path) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def put(path: Path, content: bytes) -> None:
    """Write a file whole, in the place of one that may be there."""
    with _beside(path, content) as draft:
        draft.replace(path)
    flush(path.parent)


def put_first(path: Path, content: bytes) -> None:
    """Write a file whole where there is none; of several processes that do so at once the first one's stays."""
    with _beside(path, content) as draft:
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    flush(path.parent)


def flush(directory: Path) -> None:
    """Wait until the names in a directory stay."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content, durable under another name that is gone afterwards."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with new(draft) as file:
            file.write(content)
        yield draft
    finally:
        draft.unlink(missing_ok=True)
