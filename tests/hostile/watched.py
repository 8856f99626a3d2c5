"""Something that must not be fetched and something that must not be opened, both watched by the kernel, not by belief."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET = "canary-4f2b9c17e6d80a53"
_ANY_OPENING = 0x00000020 | 0x00000001  # IN_OPEN | IN_ACCESS (linux/inotify.h)


@dataclass
class Watch:
    """`url` leads to a server that should hear of nobody, `file` to a file that nobody should open."""

    url: str
    file: str
    _server: socket.socket
    _notices: int

    @property
    def fetched(self) -> bool:
        """Whether anybody has called the server."""
        try:
            connection, _ = self._server.accept()
        except BlockingIOError:
            return False
        connection.close()
        return True

    @property
    def opened(self) -> bool:
        """Whether any process has opened the file."""
        try:
            return len(os.read(self._notices, 4096)) >= struct.calcsize("iIII")
        except BlockingIOError:
            return False


@contextmanager
def watched(directory: Path) -> Iterator[Watch]:
    """Both, for as long as this lasts."""
    canary = directory / "canary.svg"
    canary.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{SECRET}</text></svg>'
    )
    kernel = ctypes.CDLL(None, use_errno=True)
    notices = kernel.inotify_init1(os.O_NONBLOCK)
    assert kernel.inotify_add_watch(notices, str(canary).encode(), _ANY_OPENING) > 0
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/canary.svg"
        try:
            yield Watch(url, str(canary), server, notices)
        finally:
            os.close(notices)
