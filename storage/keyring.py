"""The keyring: the keys under which people's words are sealed, each wrapped by a master key.

It is a small database of its own, apart from the one that it opens: what was deleted lies unreadable in every backup of
that one as soon as its key is gone here. Of the keyring there is one copy, overwritten at each backup and never kept.
A key's id is that of whoever it belongs to: an interview, a file, a case, a person.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Index,
    MetaData,
    Select,
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
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from storage.conflicts import Conflict
from storage.master_keys import KEY, NONCE, Key, Master, Unusable
from storage.only_read import only_read

__all__ = ["KEY", "NONCE", "Kept", "Key", "Keyring", "Master", "Unusable"]

#: Keys that a process holds open; those that were not used the longest are let go.
_OPEN = 20_000
#: Keys that one statement names, and that one transaction wraps anew.
_AT_ONCE = 500
#: A key that is younger may be of a row that is not written yet.
SETTLES = timedelta(hours=1)
#: Connections to PostgreSQL: to read with, as many as units are worked at a time, and to write with.
_READING, _WRITING = 8, 4
_BUSY = 10_000
#: PostgreSQL's deadlock_detected and serialization_failure.
_YIELD = ("40P01", "40001")
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
    comment="Keys, wrapped by the master key that is named by the first digits of its SHA-256; behind one, with a blank "
    "between, those that it is to replace.",
)


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
        #: How often keys were let go, and when which: a key that was read before that is held by nobody.
        self._age = self._floor = 0
        self._gone: OrderedDict[str, int] = OrderedDict()
        self._lock = Lock()
        #: Told, on whatever thread, whose keys were just destroyed here.
        self.destroyed: Callable[[Collection[str]], None] = lambda owners: None
        #: By which keys are as old as they are, whatever clock the house goes by.
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._engine, self._reads = 2 * (only_read(url),) if looked_at else _engines(url)
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
        self._reads.dispose()

    def get(self, owner: str) -> Key | None:
        """The key of an owner; None where there is none, or none any more. Raises Unusable."""
        with self._lock:
            if (key := self._known.get(owner)) is not None:
                self._known.move_to_end(owner)
                return key
        return self._fetched((owner,)).get(owner)

    def drop(self, owner: str) -> None:
        """Look a key up once more the next time."""
        self._let_go((owner,))

    def forget(self) -> None:
        """Hold no key open: another process may have destroyed any of them."""
        with self._lock:
            self._age += 1
            self._floor = self._age
            self._known.clear()

    def warm(self, owners: Collection[str]) -> None:
        """Open the keys of many owners at once, for what is about to be read."""
        with self._lock:
            wanted = sorted({each for each in owners if each not in self._known})
        for some in _portions(wanted):
            self._fetched(some)

    def there(self, owners: Collection[str]) -> frozenset[str]:
        """Those of some owners that have a key."""
        keyed: set[str] = set()
        for some in _portions(sorted(owners)):
            keyed.update(row.id for row in self._rows(select(_key.c.id).where(_key.c.id.in_(some))))
        return frozenset(keyed)

    def owners(self, after: str = "", most: int = 10 * _AT_ONCE) -> tuple[str, ...]:
        """Owners whose keys are old enough to be of rows: in order, behind `after`, at most so many."""
        wanted = select(_key.c.id).where(_key.c.id > after, self._settled)
        return tuple(row.id for row in self._rows(wanted.order_by(_key.c.id).limit(most)))

    def settle(
        self, born: Mapping[str, Key], dying: Collection[str], used: Collection[str] = ()
    ) -> Mapping[str, str]:
        """Destroy keys, and keep new ones: all of it is durable when this returns, or nothing is.

        `used` are owners without a row of their own: their keys are there still, and as if new. An owner that is both born
        and dying has another key from now on, which the one before stays behind: to be given to `replace` once the unit is
        durable. Conflict where another process has made or destroyed one of the keys meanwhile.
        """
        replaced: dict[str, str] = {}
        age = self._age
        try:
            with self._engine.begin() as connection:
                for some in _portions(sorted({*dying} - born.keys())):
                    connection.execute(delete(_key).where(_key.c.id.in_(some)))
                self._touch(connection, sorted(used))
                if born:
                    replaced = self._bear(connection, born, dying)
        except IntegrityError as error:
            raise Conflict("another process has made this key first") from error
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) in _YIELD:
                raise Conflict("another process was in the way") from error
            raise
        self._hold(born, age)
        self._let_go(dying)
        if dying:
            self.destroyed(dying)
        return replaced

    def _touch(self, connection: Connection, used: Sequence[str]) -> None:
        """Whoever lets idle keys go sees that these are not, or was first."""
        for some in _portions(used):
            touched = update(_key).where(_key.c.id.in_(some)).values(created=self._moment())
            if connection.execute(touched).rowcount != len(some):
                raise Conflict("another process has destroyed this key")

    def _bear(
        self, connection: Connection, born: Mapping[str, Key], dying: Collection[str]
    ) -> dict[str, str]:
        """Gives the rows of keys that were put in front of others."""
        _held(connection, "ROW EXCLUSIVE")
        master = self._first()  # under the lock: a rotation that ends meanwhile waits for us, or we see it
        replaced: dict[str, str] = {}
        new = []
        for owner, key in sorted(born.items()):
            row = {"wrapped": master.wrap(owner, key.secret), "master": master.id, "created": self._moment()}
            here = _key.c.id == owner
            before = select(_key).where(here).with_for_update()
            if owner in dying and (old := connection.execute(before).one_or_none()):
                row["wrapped"] += f" {self._wrapped_by(master, old)}"
                connection.execute(update(_key).where(here).values(row))
                replaced[owner] = row["wrapped"]
            else:
                new.append({"id": owner, **row})
        if new:
            connection.execute(insert(_key), new)
        return replaced

    def replace(self, replaced: Mapping[str, str]) -> None:
        """Of some owners the first key stays alone, where their row is still what `settle` or `doubled` gave."""
        with self._engine.begin() as connection:
            for owner, wrapped in sorted(replaced.items()):
                here = (_key.c.id == owner, _key.c.wrapped == wrapped)
                connection.execute(update(_key).where(*here).values(wrapped=wrapped.split(" ", 1)[0]))
        self._let_go(replaced)
        self.destroyed(replaced.keys())

    def doubled(self) -> Mapping[str, str]:
        """Owners whose key was to be replaced by a unit that was ended, with their rows: which key is needed tell theirs."""
        twice = select(_key).where(_key.c.wrapped.contains(" "), self._settled)
        return {row.id: row.wrapped for row in self._rows(twice)}

    def let_idle(self, owners: Collection[str]) -> int:
        """Destroy the keys of owners that were idle, but of those that are used since; how many went."""
        gone: list[str] = []
        with self._engine.begin() as connection:
            for some in _portions(sorted(owners)):
                idle = delete(_key).where(_key.c.id.in_(some), self._settled).returning(_key.c.id)
                gone += connection.execute(idle).scalars()
        self._let_go(gone)
        self.destroyed(gone)
        return len(gone)

    def kept(self) -> tuple[Kept, ...]:
        """How many keys there are under each master key."""
        rows = self._rows(select(_key.c.master, func.count()).group_by(_key.c.master).order_by(_key.c.master))
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
                anew = {"wrapped": self._wrapped_by(first, row), "master": first.id}
                connection.execute(update(_key).where(_key.c.id == row.id).values(anew))
        return len(rows)

    def damaged(self) -> Iterator[str]:
        """The owners of keys that do not open with their master key: nothing of theirs can be read. None, if all is well."""
        after = ""
        while True:
            rows = self._rows(select(_key).where(_key.c.id > after).order_by(_key.c.id).limit(_AT_ONCE))
            if not rows:
                return
            for row in rows:
                try:
                    self._opened(row)
                except Unusable:
                    yield row.id
            after = rows[-1].id

    def _moment(self, ago: timedelta = timedelta()) -> str:
        return (self.clock() - ago).astimezone(UTC).isoformat(timespec="microseconds")

    @property
    def _settled(self) -> ColumnElement[bool]:
        return _key.c.created < self._moment(SETTLES)

    def _fetched(self, owners: Collection[str]) -> dict[str, Key]:
        age = self._age
        keys = {row.id: self._opened(row) for row in self._rows(select(_key).where(_key.c.id.in_(owners)))}
        self._hold(keys, age)
        return keys

    def _opened(self, row: Any) -> Key:
        secret, *before = self._secrets(row)
        return Key(secret, tuple(Key(each) for each in before))

    def _secrets(self, row: Any) -> list[bytes]:
        master = self._master(row.master)
        return [master.unwrap(row.id, each) for each in row.wrapped.split(" ")]

    def _wrapped_by(self, master: Master, row: Any) -> str:
        return " ".join(master.wrap(row.id, each) for each in self._secrets(row))

    def _let_go(self, owners: Iterable[str]) -> None:
        with self._lock:
            self._age += 1
            for owner in owners:
                self._known.pop(owner, None)
                self._gone[owner] = self._age
                self._gone.move_to_end(owner)
            while len(self._gone) > _AT_ONCE:
                self._floor = self._gone.popitem(last=False)[1]

    def _hold(self, keys: Mapping[str, Key], age: int) -> None:
        with self._lock:
            for owner, key in keys.items():
                if max(self._gone.get(owner, 0), self._floor) <= age:
                    self._known[owner] = key
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

    def _rows(self, wanted: Select[Any]) -> Sequence[Any]:
        """What a look gives; it is looked again where a connection has ended since the last time."""
        try:
            return self._looked(wanted)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._looked(wanted)

    def _looked(self, wanted: Select[Any]) -> Sequence[Any]:
        with self._reads.connect().execution_options(reads=True) as connection:
            return connection.execute(wanted).all()


def _engines(url: str) -> tuple[Engine, Engine]:
    """One that writes and one that reads, on PostgreSQL in one way there and back; SQLite has one for both."""
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
        return (
            create_engine(address, pool_size=_WRITING, max_overflow=0, pool_pre_ping=True),
            create_engine(address, pool_size=_READING, max_overflow=0, isolation_level="AUTOCOMMIT"),
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

    return engine, engine


def _held(connection: Connection, how: str) -> None:
    """SQLite has one writer; PostgreSQL needs to be told that a rotation and new keys go one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"LOCK TABLE sealing_key IN {how} MODE"))


def _portions(wanted: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]
