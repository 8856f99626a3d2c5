"""A file in a bucket for a process that has no credentials: an address that was signed for it, and opens it alone."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from forms.readable import Unreachable
from storage.chunks import Ranged

#: Bytes that the first request brings along with the size: all of a small file.
FIRST = 1 << 17
#: How often it is asked, for how many seconds each time, and seconds in between.
_TRIES, _PATIENCE, _PAUSE = 4, 30.0, 0.5


@dataclass(frozen=True)
class SignedFile:
    """A file in a bucket, for whoever has its URL."""

    url: str = field(repr=False)
    buffered: int = 1 << 20

    def ranged(self) -> Ranged:
        """As `storage.places.Whereabouts.ranged`."""
        return _SignedRange(self.url)


class _SignedRange:
    def __init__(self, url: str) -> None:
        self._url = url
        self._first, content_range = self._asked(0, FIRST)
        self.size = int(content_range.rpartition("/")[2] or len(self._first))

    def read_at(self, at: int, length: int) -> bytes:
        end = min(at + length, self.size)
        if at >= end:
            return b""
        return self._first[at:end] if end <= len(self._first) else self._asked(at, end)[0]

    def _asked(self, start: int, end: int) -> tuple[bytes, str]:
        """Bytes from one place to another, and what is told of all of them. Raises FileNotFoundError and Unreachable."""
        request = Request(self._url, headers={"Range": f"bytes={start}-{end - 1}"})  # noqa: S310 - we have signed it
        for left in reversed(range(_TRIES)):
            try:
                with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - we have signed it
                    return answer.read(), answer.headers.get("Content-Range", "")
            except HTTPError as error:
                error.close()
                if error.code == HTTPStatus.NOT_FOUND:
                    raise FileNotFoundError(error.reason) from None
                if error.code < HTTPStatus.INTERNAL_SERVER_ERROR or not left:
                    raise Unreachable(f"{error.code} {error.reason}") from None
            except (OSError, HTTPException) as error:
                if not left:
                    raise Unreachable(type(error).__name__) from None
            time.sleep(_PAUSE)
        raise Unreachable

    def close(self) -> None:
        """Nothing is held."""
