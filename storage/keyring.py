"""The keyring: the keys under which people's words are sealed, each wrapped by a master key.

It is a small database of its own, apart from the one that it opens: what was deleted lies unreadable in every backup of
that one as soon as its key is gone here. Of the keyring there is one copy, overwritten at each backup and never kept.
A key's id is that of whoever it belongs to: an interview, a file, a case, a person.
"""

from __future__ import annotations

import binascii
import secrets
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Index,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    func,
    insert,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from storage.only_read import only_read
from storage.unit import Conflict

#: Bytes of a key, and of the nonce in front of what is sealed.
KEY, NONCE = 32, 12
#: Keys that a process holds open; those that were not used the longest are let go.
_OPEN = 20_000
#: Keys that one statement names, and that one transaction wraps anew.
_AT_ONCE = 500
_CONNECTIONS = 4
_BUSY = 10_000
#: A rollback journal that is emptied and rows that are overwritten: a destroyed key is in none of the files. Write-ahead
#: logging would keep it until some later checkpoint.
_PRAGMAS = (f"busy_timeout={_BUSY}", "journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON")

_metadata = MetaData()
_key = Table(
    "sealing_key",
    _metadata,
    Column("id", String(32), primary_key=True),
    Column("wrapped", Text, nullable=False),
    Column("master", String(8), nullable=False),
    Column("created", String(32), nullable=False),
    Index("ix_sealing_key_master", "master"),
    comment="Keys, wrapped by the master key that is named by the first digits of its SHA-256.",
)


class Unusable(Exception):  # noqa: N818  # told to the operator in one line
    """The keyring or a master key is missing, or is not the one that it ought to be. Says what to do, in English."""


@dataclass(frozen=True)
class Master:
    """A master key: it wraps the others, and nothing else. `id` names it: eight hexadecimal digits of its SHA-256."""

    id: str
    _aead: AESGCM = field(repr=False, compare=False)

    @classmethod
    def of(cls, secret: bytes) -> Master:
        """A master key from its 32 bytes (ValueError)."""
        if len(secret) != KEY:
            raise ValueError(f"a master key has {KEY} bytes, not {len(secret)}")
        return cls(sha256(secret).hexdigest()[:8], AESGCM(secret))

    @classmethod
    def read(cls, written: str) -> tuple[Master, ...]:
        """Master keys in hexadecimal digits or base64, with blanks, commas or lines between them (ValueError)."""
        return tuple(cls.of(_secret(each)) for each in written.replace(",", " ").split())

    def wrap(self, owner: str, key: bytes) -> str:
        """A key of somebody's, for the keyring."""
        nonce = secrets.token_bytes(NONCE)
        sealed = nonce + self._aead.encrypt(nonce, key, self._of(owner))
        return binascii.b2a_base64(sealed, newline=False).decode("ascii")

    def unwrap(self, owner: str, wrapped: str) -> bytes:
        """The key again. Raises Unusable where it is somebody else's, or was changed."""
        try:
            sealed = binascii.a2b_base64(wrapped)
            return self._aead.decrypt(sealed[:NONCE], sealed[NONCE:], self._of(owner))
        except (InvalidTag, ValueError) as error:
            raise Unusable(f"key {owner} does not open with master key {self.id}: it was changed") from error

    def _of(self, owner: str) -> bytes:
        return f"{owner}|{self.id}".encode()


def _secret(written: str) -> bytes:
    try:
        if len(written) == 2 * KEY:
            return bytes.fromhex(written)
        return binascii.a2b_base64(written + "=" * (-len(written) % 4), strict_mode=True)
    except ValueError as error:
        raise ValueError(f"a master key is {2 * KEY} hexadecimal digits, or {KEY} bytes in base64") from error


class Key:
    """An open key: its bytes. Made anew for each text, the cipher under it takes a microsecond; kept, 2.5 KB."""

    __slots__ = ("secret",)

    def __init__(self, secret: bytes) -> None:
        self.secret = secret

    @property
    def aead(self) -> AESGCM:
        """The cipher under it."""
        return AESGCM(self.secret)

    @classmethod
    def new(cls) -> Key:
        """A key that nobody has had before."""
        return cls(secrets.token_bytes(KEY))


@dataclass(frozen=True)
class Kept:
    """How many keys are wrapped by a master key; `given` whether that is among those given now."""

    master: str
    keys: int
    given: bool


class Keyring:
    """The keyring at `url`, `sqlite:///path` or `postgresql://…`; it is made where there is none.

    `masters` gives the master keys as they are now: the first one wraps, every one opens. Any thread may use it.
    Of one that is only `looked_at` nothing is made or changed. Raises Unusable where it cannot be opened, or has keys under
    a master key that is not given.
    """

    def __init__(self, url: str, masters: Callable[[], Sequence[Master]], *, looked_at: bool = False) -> None:
        self._masters = masters
        self._given = self._asked()
        self._known: OrderedDict[str, Key] = OrderedDict()
        self._lock = Lock()
        #: Told, on whatever thread, whose keys were just destroyed here.
        self.destroyed: Callable[[Collection[str]], None] = lambda owners: None
        self._engine = only_read(url) if looked_at else _engine(url)
        try:
            if not looked_at:
                with self._engine.begin() as connection:
                    _metadata.create_all(connection)
            strange = [each.master for each in self.kept() if not each.given]
        except SQLAlchemyError as error:
            self.close()
            reason = str(getattr(error, "orig", None) or error).strip().split("\n", 1)[0]
            raise Unusable(f"the keyring cannot be opened: {reason}") from error
        if strange:
            self.close()
            raise Unusable(
                f"the keyring has keys under master key {', '.join(strange)}, which is not given "
                f"(given: {', '.join(self._given)}): set JIANGJIAN_MASTER_KEY or restore its file"
            )

    def close(self) -> None:
        """Let go of the database and of every open key."""
        self._known.clear()
        self._engine.dispose()

    def get(self, owner: str) -> Key | None:
        """The key of an owner; None where there is none, or none any more. Raises Unusable."""
        with self._lock:
            if (key := self._known.get(owner)) is not None:
                self._known.move_to_end(owner)
                return key
        with self._reading() as connection:
            row = connection.execute(
                select(_key.c.wrapped, _key.c.master).where(_key.c.id == owner)
            ).one_or_none()
        if row is None:
            return None
        key = Key(self._master(row.master).unwrap(owner, row.wrapped))
        self._hold({owner: key})
        return key

    def drop(self, owner: str) -> None:
        """Look a key up once more the next time."""
        with self._lock:
            self._known.pop(owner, None)

    def warm(self, owners: Collection[str]) -> None:
        """Open the keys of many owners at once, for what is about to be read."""
        with self._lock:
            wanted = sorted({each for each in owners if each not in self._known})
        for some in _portions(wanted):
            with self._reading() as connection:
                rows = connection.execute(select(_key).where(_key.c.id.in_(some))).all()
            self._hold({row.id: Key(self._master(row.master).unwrap(row.id, row.wrapped)) for row in rows})

    def there(self, owners: Collection[str]) -> frozenset[str]:
        """Those of some owners that have a key."""
        found: set[str] = set()
        for some in _portions(sorted(owners)):
            with self._reading() as connection:
                found.update(connection.execute(select(_key.c.id).where(_key.c.id.in_(some))).scalars())
        return frozenset(found)

    def owners(self, before: datetime, after: str = "", most: int = 10 * _AT_ONCE) -> tuple[str, ...]:
        """Owners whose keys were made before a moment: in order, behind `after`, at most so many."""
        moment = before.astimezone(UTC).isoformat(timespec="microseconds")
        with self._reading() as connection:
            rows = connection.execute(
                select(_key.c.id)
                .where(_key.c.id > after, _key.c.created < moment)
                .order_by(_key.c.id)
                .limit(most)
            )
            return tuple(rows.scalars())

    def settle(self, born: Mapping[str, Key], dying: Collection[str]) -> None:
        """Destroy keys, and keep new ones: both are durable when this returns, or neither is.

        Conflict where another process has made one of the new ones meanwhile.
        """
        now = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._engine.begin() as connection:
            _held(connection, "ROW EXCLUSIVE")
            master = (
                self._first()
            )  # read under the lock: a rotation that ends meanwhile waits for us, or we see it
            for some in _portions(sorted(dying)):
                connection.execute(delete(_key).where(_key.c.id.in_(some)))
            rows = [
                {"id": owner, "wrapped": master.wrap(owner, key.secret), "master": master.id, "created": now}
                for owner, key in born.items()
            ]
            if rows:
                try:
                    connection.execute(insert(_key), rows)
                except IntegrityError as error:
                    raise Conflict("another process has made this key first") from error
        with self._lock:
            for owner in dying:
                self._known.pop(owner, None)
        self._hold(born)
        if dying:
            self.destroyed(dying)

    def forget(self) -> None:
        """Hold no key open: another process may have destroyed any of them."""
        with self._lock:
            self._known.clear()

    def copy(self, owner: str, other: str) -> None:
        """Whatever opens with the key of one owner opens with that of another, new one as well."""
        key = self.get(owner)
        if key is not None:
            self.settle({other: key}, ())

    def kept(self) -> tuple[Kept, ...]:
        """How many keys there are under each master key."""
        with self._reading() as connection:
            rows = connection.execute(
                select(_key.c.master, func.count()).group_by(_key.c.master).order_by(_key.c.master)
            ).all()
        given = self._asked()
        return tuple(Kept(master, int(number), master in given) for master, number in rows)

    def rotate(self) -> int:
        """Wrap some keys anew that are not under the first master key; how many: 0 once all are.

        It may be ended anywhere and goes on from there. Whoever talks meanwhile notices nothing.
        """
        with self._engine.begin() as connection:
            _held(connection, "SHARE ROW EXCLUSIVE")
            first = self._first()
            rows = connection.execute(select(_key).where(_key.c.master != first.id).limit(_AT_ONCE)).all()
            for row in rows:
                wrapped = first.wrap(row.id, self._master(row.master).unwrap(row.id, row.wrapped))
                connection.execute(
                    update(_key).where(_key.c.id == row.id).values(wrapped=wrapped, master=first.id)
                )
        return len(rows)

    def damaged(self) -> Iterator[str]:
        """The owners of keys that do not open with their master key: nothing of theirs can be read. None, if all is well."""
        after = ""
        while True:
            with self._reading() as connection:
                rows = connection.execute(
                    select(_key).where(_key.c.id > after).order_by(_key.c.id).limit(_AT_ONCE)
                ).all()
            if not rows:
                return
            for row in rows:
                try:
                    self._master(row.master).unwrap(row.id, row.wrapped)
                except Unusable:
                    yield row.id
            after = rows[-1].id

    def _hold(self, keys: Mapping[str, Key]) -> None:
        with self._lock:
            self._known.update(keys)
            while len(self._known) > _OPEN:
                self._known.popitem(last=False)

    def _asked(self) -> dict[str, Master]:
        given = self._masters()
        if not given:
            raise Unusable("there is no master key: set JIANGJIAN_MASTER_KEY or JIANGJIAN_MASTER_KEY_FILE")
        return {each.id: each for each in given}

    def _first(self) -> Master:
        self._given = self._asked()
        return next(iter(self._given.values()))

    def _master(self, identifier: str) -> Master:
        if identifier not in self._given:
            self._given = self._asked()  # another one was put first while we ran
        if identifier not in self._given:
            raise Unusable(f"master key {identifier} is not given")
        return self._given[identifier]

    def _reading(self) -> Any:
        return self._engine.connect().execution_options(reads=True)


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        return create_engine(
            address.set(drivername="postgresql+psycopg"),
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_pre_ping=True,
        )
    if address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"check_same_thread": False, "isolation_level": None})

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        for each in _PRAGMAS:
            connection.execute(f"PRAGMA {each}")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def _held(connection: Connection, how: str) -> None:
    """SQLite has one writer; PostgreSQL needs to be told that a rotation and new keys go one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE sealing_key IN {how} MODE"))


def _portions(wanted: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
