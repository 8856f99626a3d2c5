"""Where the bytes of files lie otherwise: a bucket that speaks S3, by obstore (docs/decisions).

An object appears whole or not at all, and what a server has acknowledged stays: every part of it was digested by us and
compared by the server (signature version 4), so it is not read again. Credentials come from the environment, as every
S3 client reads them: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from forms.readable import Unreachable
from storage.chunks import NotWhole, Ranged
from storage.places import NoRoom, checked
from storage.signed_files import FIRST, SignedFile

if TYPE_CHECKING:
    from obstore.store import S3Store

#: Bytes of a part, of which an object may have 10,000; one comes while another is on its way. Many people send files at a
#: time, which are 50 GB at most; what is made here and may be of any size comes alone, and up to 320 GB.
_PART, _LARGE_PART = 5 << 20, 32 << 20
#: Whoever takes less room than this at first does not know how much will come.
_UNKNOWN = 1024
#: The largest object that S3 copies in one request.
_COPIED = 5 * 1000**3
#: A server that does not answer is asked again for so long.
_PATIENCE = timedelta(seconds=30)
#: For so long another process may read what it was handed.
_HANDED = timedelta(hours=6)
#: What servers say that are full or where a quota is used up.
_FULL = ("QuotaExceeded", "StorageFull", "InsufficientCapacity", "EntityTooLarge", "507 Insufficient")


@dataclass(frozen=True)
class Address:
    """A place in a bucket. `endpoint` is the server's URL, "" for AWS itself."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""

    @classmethod
    def of(cls, url: str) -> Address:
        """From `s3://bucket/prefix?endpoint=https://…&region=…`. Raises ValueError saying what is wrong with it."""
        parts = urlsplit(url)
        given = parse_qs(parts.query, strict_parsing=bool(parts.query))
        if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc:
            raise ValueError("it is to be s3://bucket/prefix; credentials come from the environment")
        if strange := given.keys() - {"endpoint", "region"}:
            raise ValueError(f"{', '.join(sorted(strange))}: only endpoint and region can be said")
        named = {name: values[-1] for name, values in given.items()}
        if named.get("endpoint") and urlsplit(named["endpoint"]).scheme not in ("http", "https"):
            raise ValueError("the endpoint is to be an http:// or https:// URL")
        return cls(parts.netloc, parts.path.strip("/"), **named)

    def key(self, file: str) -> str:
        """The name of a file's object."""
        return f"{self.prefix}/{checked(file)[:2]}/{file}".lstrip("/")

    def store(self) -> S3Store:
        """What speaks to the server, one for each place and process."""
        return _store(self)


@cache
def _store(address: Address) -> S3Store:
    from obstore.store import S3Store

    more = {"endpoint": address.endpoint, "region": address.region}
    return S3Store(
        address.bucket,
        client_options={"allow_http": address.endpoint.startswith("http://")},
        retry_config={"retry_timeout": _PATIENCE},
        **{name: value for name, value in more.items() if value},  # type: ignore[arg-type]  # strings, as it wants them
    )


@contextmanager
def _told() -> Iterator[None]:
    """Raises FileNotFoundError, NoRoom or Unreachable for what the server or the way there says."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError:
        raise
    except BaseError as error:
        said = str(error)
        if any(each in said for each in _FULL):
            raise NoRoom from error
        raise Unreachable(said.split("\n", 1)[0][:300]) from error


@dataclass(frozen=True)
class InBucket:
    """A file in a bucket."""

    address: Address
    file: str
    buffered: int = 1 << 20

    def ranged(self) -> Ranged:
        """As `storage.places.Whereabouts.ranged`."""
        return _BucketRange(self.address.store(), self.address.key(self.file))

    def __reduce__(self) -> tuple[type[SignedFile], tuple[str]]:
        """Another process is handed an URL that opens this one file for a while, and never our credentials."""
        import obstore

        return SignedFile, (obstore.sign(self.address.store(), "GET", self.address.key(self.file), _HANDED),)


class _BucketRange:
    def __init__(self, store: S3Store, key: str) -> None:
        import obstore

        self._store, self._key, self.size, self._first = store, key, 0, b""
        try:
            with _told():
                answer = obstore.get(store, key, options={"range": (0, FIRST)})
                self.size, self._first = answer.meta["size"], bytes(answer.bytes())
        except Unreachable as error:
            if " 416 " not in str(error):  # nothing is a part of an empty object
                raise

    def read_at(self, at: int, length: int) -> bytes:
        import obstore

        end = min(at + length, self.size)
        if at >= end:
            return b""
        if end <= len(self._first):
            return self._first[at:end]
        with _told():
            return bytes(obstore.get_range(self._store, self._key, start=at, end=end))

    def close(self) -> None:
        """Nothing is held."""


class _Abandoned(Exception):  # noqa: N818 - not a defect
    """Whoever wrote let go of it."""


class _ArrivingInBucket:
    """An object while it is sent, by a thread of its own: a part waits while another is on its way."""

    def __init__(self, address: Address, file: str, *, replaces: bool) -> None:
        self._store, self._key, self._replaces = address.store(), address.key(file), replaces
        self._blocks: Queue[bytes | bytearray | _Abandoned | None] = Queue(2)
        self._thread: Thread | None = None
        self._failed: BaseException | None = None
        self._ended = self._over = self._settled = False
        self._part = 0

    def claim(self, size: int) -> None:
        """A bucket takes no room beforehand."""
        self._part = self._part or (_LARGE_PART if size < _UNKNOWN else _PART)

    def write(self, block: bytes | bytearray) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._send, name=f"sending {self._key}", daemon=True)
            self._thread.start()
        self._hand(block)

    def finish(self, size: int) -> None:
        import obstore

        self._end(None)
        if self._failed:
            raise self._failed
        with _told():
            lying = obstore.head(self._store, self._key)["size"]
        if lying != size:
            raise NotWhole(f"{lying} of {size} bytes lie in the bucket")

    def settle(self) -> None:
        self._settled = True

    def close(self) -> None:
        import obstore

        if self._settled:
            return
        self._end(_Abandoned())
        if self._replaces:  # the file that was there before, or all of this one
            return
        with suppress(FileNotFoundError, Unreachable, NoRoom), _told():
            obstore.delete(self._store, self._key)

    def _hand(self, block: bytes | bytearray | _Abandoned | None) -> None:
        self._blocks.put(block)
        if self._failed and not self._ended:
            raise self._failed

    def _end(self, how: _Abandoned | None) -> None:
        if self._thread is not None and not self._ended:
            self._ended = True
            self._hand(how)
            self._thread.join()

    def _send(self) -> None:
        import obstore

        try:
            with _told():
                obstore.put(
                    self._store,
                    self._key,
                    self._coming(),
                    use_multipart=True,
                    chunk_size=self._part or _PART,
                    max_concurrency=1,
                )
        except BaseException as error:
            self._failed = error
            while not self._over:  # whoever waits to hand over more hears of it the next time
                self._next()

    def _coming(self) -> Iterator[bytes]:
        while (block := self._next()) is not None:
            if isinstance(block, _Abandoned):
                raise block
            yield bytes(block)

    def _next(self) -> bytes | bytearray | _Abandoned | None:
        """What was handed over; the last is None, or that it is abandoned."""
        block = self._blocks.get()
        self._over = block is None or isinstance(block, _Abandoned)
        return block


@dataclass(frozen=True)
class Bucket:
    """A place in a bucket; `aside` is a directory of this machine for what can be made again."""

    address: Address
    aside: Path
    free: int = field(default=sys.maxsize, init=False)

    def probe(self) -> None:
        """As `storage.places.Place.probe`: ask whether it is there and lets us in. Raises Unreachable."""
        import obstore

        with _asked():
            next(iter(obstore.list(self.address.store(), prefix=self.address.prefix or None)), None)

    def arriving(self, file: str, via: str = "") -> _ArrivingInBucket:
        """As `storage.places.Place.arriving`; nobody sees what is on its way to a bucket."""
        return _ArrivingInBucket(self.address, checked(file), replaces=bool(via))

    def whereabouts(self, file: str) -> InBucket:
        """As `storage.places.Place.whereabouts`."""
        return InBucket(self.address, checked(file))

    def twin(self, file: str, other: str) -> None:
        """As `storage.places.Place.twin`: a copy that the server makes; of what is too large for that we send it again."""
        import obstore

        store, key, double = self.address.store(), self.address.key(file), self.address.key(other)
        if self.touched(other) is not None:
            raise FileExistsError(other)
        with _told():
            if obstore.head(store, key)["size"] <= _COPIED:
                obstore.copy(store, key, double)
            else:
                parts = obstore.get(store, key).stream(min_chunk_size=_PART)
                obstore.put(store, double, parts, chunk_size=_LARGE_PART, max_concurrency=1)

    def drop(self, file: str) -> None:
        """As `storage.places.Place.drop`. What is being sent is let go by whoever sends it."""
        import obstore

        with suppress(FileNotFoundError), _told():
            obstore.delete(self.address.store(), self.address.key(file))

    def touched(self, file: str) -> float | None:
        """As `storage.places.Place.touched`."""
        import obstore

        with suppress(FileNotFoundError), _told():
            return obstore.head(self.address.store(), self.address.key(file))["last_modified"].timestamp()
        return None

    def lying(self) -> Iterator[tuple[str, set[str]]]:
        """As `storage.places.Place.lying`: a request for every thousand files.

        Servers list in order; of one that does not, two digits come again with the ids that came later.
        """
        number, ids = 0, set[str]()
        for file in self._listed():
            its_number = int(file[:2], 16)
            while its_number != number:
                yield f"{number:02x}", ids
                number, ids = (number + 1 if number < its_number else its_number), set()
            ids.add(file)
        yield f"{number:02x}", ids
        for rest in range(number + 1, 256):
            yield f"{rest:02x}", set()

    def _listed(self) -> Iterator[str]:
        """The ids of all files here; what lies in a place beside has another key."""
        import obstore

        with _told():
            for some in obstore.list(self.address.store(), self.address.prefix or None):
                for each in some:
                    file = each["path"].rpartition("/")[2]
                    if _is_id(file) and each["path"] == self.address.key(file):
                        yield file

    def beside(self, name: str) -> Bucket:
        """As `storage.places.Place.beside`."""
        there = replace(self.address, prefix=f"{self.address.prefix}/{name}".lstrip("/"))
        return Bucket(there, self.aside / name)

    def directory(self, name: str) -> Path:
        """As `storage.places.Place.directory`."""
        return self.aside / name


def _is_id(name: str) -> bool:
    with suppress(LookupError):
        return bool(checked(name))
    return False


@contextmanager
def _asked() -> Iterator[None]:
    try:
        with _told():
            yield
    except (FileNotFoundError, NoRoom) as error:
        raise Unreachable(str(error)) from error
