"""Stores of files for tests: keys in memory, and what a store holds of a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from storage.files import FileStore


class KeysInMemory:
    """Keys as long as the test runs."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def make(self, owner: str) -> bytes:
        return self.keys.setdefault(owner, os.urandom(32))

    def find(self, owner: str) -> bytes | None:
        return self.keys.get(owner)

    def share(self, owner: str, other: str) -> None:
        if owner not in self.keys:
            raise LookupError(owner)
        self.keys[other] = self.keys[owner]

    def destroy(self, owners: Iterable[str]) -> None:
        for owner in owners:
            self.keys.pop(owner, None)


def content(store: FileStore, file: str) -> bytes:
    """A file as it was sent."""
    with store.kept(file).open() as stream:
        return stream.read()


def home(root: Path, file: str) -> Path:
    """Where a directory has a file."""
    return root / file[:2] / file
