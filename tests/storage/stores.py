"""What a store of files holds."""

from __future__ import annotations

from pathlib import Path

from storage.files import FileStore


def content(store: FileStore, file: str) -> bytes:
    """A file as it was sent."""
    with store.kept(file).open() as stream:
        return stream.read()


def home(root: Path, file: str) -> Path:
    """Where a directory has a file."""
    return root / file[:2] / file
