"""What an installation itself is made of: settings, database, keys, files, what waits. Nothing is made or changed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.machine import file_system, lies_on
from bot.doctor.seen import Seen, fault, ok, warning
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.masters import beside, file_of
from bot.house.settings import Settings
from forms.library import Library
from storage.figures import figures
from storage.keyring import Unusable
from storage.migrations import current, empty, newest
from storage.only_read import only_read, opened, writes_ahead
from storage.places import Place
from storage.sealing_rows import bound
from storage.unit import Unit

_TOKEN = re.compile(r"\d{5,}:[\w-]{30,}", re.ASCII)
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
#: By how much two clocks may differ; and how long what is due may wait before nobody seems to deliver.
_APART, _FAR_APART, _WAITS = timedelta(seconds=2), timedelta(seconds=30), timedelta(minutes=15)
_LOCAL = ("127.0.0.1", "::1", "localhost")


def settings(given: Settings) -> Iterator[Seen]:
    """Whether what was set fits together."""
    before = list(_settings(given))
    yield from before or [ok("settings", given.url)]


def _settings(given: Settings) -> Iterator[Seen]:
    token, secret = given.bot_token.get_secret_value(), given.webhook_secret.get_secret_value()
    if token and not _TOKEN.fullmatch(token):
        yield fault("settings", "BOT_TOKEN is no token of a bot", "copy it from @BotFather: 123456:ABC…")
    if given.webhook_url and not _SECRET.fullmatch(secret):
        yield fault("settings", "WEBHOOK_URL without a usable WEBHOOK_SECRET", "set it: openssl rand -hex 32")
    if given.webhook_url and not given.webhook_url.startswith("https://"):
        yield fault("settings", "WEBHOOK_URL is not https", "Telegram delivers to https:// alone")
    if secret and len(secret) < 16:
        yield warning("settings", "WEBHOOK_SECRET is short", "set a longer one: openssl rand -hex 32")
    if given.host not in _LOCAL and not given.public_url:
        do = "browsers are let in from there alone: https://… as people type it"
        yield fault("settings", f"JIANGJIAN_HOST={given.host} and no JIANGJIAN_PUBLIC_URL", do)
    if given.public_url and not given.public_url.startswith("https://") and not _is_local(given.public_url):
        yield fault(
            "settings", "JIANGJIAN_PUBLIC_URL is not https", "put a reverse proxy with a certificate in front"
        )
    if given.public_url and not _is_local(given.public_url) and not given.proxies:
        do = "JIANGJIAN_PROXIES=1 where a reverse proxy of yours stands in front: limits are counted by address"
        yield warning("settings", "a public address, and no proxy in front", do)
    place = given.metrics.rpartition(":")[0].strip("[]")
    if place in ("0.0.0.0", "::"):  # noqa: S104 - compared with
        yield warning(
            "settings",
            f"JIANGJIAN_METRICS={given.metrics} is open to others",
            "name an address of this machine",
        )


def _is_local(url: str) -> bool:
    return urlsplit(url).hostname in _LOCAL


def programmes(library: Library) -> Iterator[Seen]:
    """Whether there is something to offer, and nothing was left out."""
    for error in library.errors:
        yield fault("programmes", f"left out: {error}", "jiangjian check tells more")
    if not library.offered:
        yield fault(
            "programmes", "none can be offered", "see what was left out, or name more with --programmes"
        )
    else:
        yield ok("programmes", ", ".join(programme.id for programme in library.offered))


def directory(data: Path) -> Iterator[Seen]:
    """Whether the data directory is there, and nobody else's to read."""
    if not data.is_dir():
        yield warning(
            "data", f"{data.resolve()} is not there", "the first start makes it; else see JIANGJIAN_DATA"
        )
        return
    if data.stat().st_mode & 0o007:
        yield warning("data", f"{data}: every user of this machine may look into it", f"chmod 750 {data}")
    else:
        yield ok("data", str(data.resolve()))


def files(place: Place) -> Iterator[Seen]:
    """Whether files can be written."""
    try:
        place.probe()
    except OSError as error:
        yield fault(
            "files", f"cannot be written: {error.strerror or error}", "whose are they? is the disk mounted?"
        )
    else:
        yield ok("files", "can be written")


def database(given: Settings) -> Iterator[Seen]:
    """Whether the database is there, up to date, and keeps what it is given."""
    url, address = given.database_url, make_url(given.database_url)
    lite = address.get_backend_name() == "sqlite"
    path = Path(str(address.database))
    if lite:
        yield from lies_on("database", path, file_system(path.parent))
        if not path.exists():
            yield warning(
                "database", f"{path} is not there", "the first start makes it; else see JIANGJIAN_DATABASE"
            )
            return
        yield from _sound(path)
    engine = only_read(url)
    try:
        with engine.connect() as connection, connection.begin():
            yield from _version(connection)
            if not lite:
                yield from _durable(connection)
                yield from _apart(connection)
            if current(connection) == newest():
                yield from _waits(connection)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n", 1)[0]
        do = "does it run, and may this machine reach it? JIANGJIAN_DATABASE names it"
        yield fault("database", f"{wiring.named(url)}: {reason}", do)
    finally:
        engine.dispose()


def _sound(path: Path) -> Iterator[Seen]:
    sound = _checked(path)
    if sound != "ok" and path.with_name(f"{path.name}-wal").exists():
        sound = _checked(path)  # somebody opened it in between: now it is read with its log
    if sound != "ok":
        yield fault("database", f"{path} is damaged: {sound}", "stop the service and restore the last backup")
    elif not writes_ahead(path):
        yield warning(
            "database", f"{path}: a rollback journal", "the next start turns it to write-ahead logging"
        )
    else:
        yield ok("database", f"{path}, write-ahead logging")


def _checked(path: Path) -> str:
    try:
        with closing(opened(path)) as connection:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def _version(connection: Connection) -> Iterator[Seen]:
    here, ours = current(connection) or "nothing", newest()
    if here == ours:
        yield ok("tables", f"at {here}")
    elif here == "nothing" or here < ours:
        yield warning(
            "tables", f"at {here}, this version has {ours}", "the next start brings them up; back up before"
        )
    else:
        yield fault(
            "tables",
            f"at {here}, and this version has {ours}",
            "an older version cannot work with them: update 匠荐",
        )


def _durable(connection: Connection) -> Iterator[Seen]:
    def shown(name: str) -> str:
        return str(connection.execute(text(f"SHOW {name}")).scalar_one())

    number = int(shown("server_version_num"))
    off = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if shown(name) == "off"]
    if number < 130000:
        yield fault("database", f"PostgreSQL {number // 10000}", "13 or newer is needed")
    elif off:
        do = "a power cut then loses what was acknowledged: turn them on"
        yield fault("database", f"PostgreSQL {number // 10000} with {', '.join(off)} off", do)
    else:
        yield ok("database", f"PostgreSQL {number // 10000}")


def _apart(connection: Connection) -> Iterator[Seen]:
    there = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    drift = abs(datetime.now(UTC) - there)
    apart = f"{drift / timedelta(seconds=1):.1f} s from the database server's"
    if drift > _FAR_APART:
        yield fault(
            "clock", apart, "leases and deadlines go by it: timedatectl set-ntp true on both machines"
        )
    elif drift > _APART:
        yield warning("clock", apart, "let both be set by NTP")
    else:
        yield ok("clock", apart)


def _waits(connection: Connection) -> Iterator[Seen]:
    numbers = figures(Unit(connection, None), datetime.now(UTC))  # type: ignore[arg-type]  # numbers need no keys
    if numbers.oldest > _WAITS:
        how = f"{numbers.due} items are due, the oldest since {numbers.oldest}"
        yield fault(
            "outbox", how, "nobody delivers: does `jiangjian run` (or `work`) run, and what does its log say?"
        )
    elif numbers.dead:
        do = "heads see whom they concern under 更多; the log tells why (courier.not_delivered)"
        yield warning("outbox", f"{numbers.dead} could not be delivered to anybody", do)
    else:
        yield ok("outbox", f"{numbers.waiting} wait, {numbers.due} of them are due")


def keys(given: Settings) -> Iterator[Seen]:
    """Whether the keys are there, belong to this database, and lie apart from it."""
    path = file_of(given)
    stands = _there(given.keys_url)
    if path is not None and not path.exists():
        if stands or given.master_key_file:
            yield fault(
                "master key", f"{path} is missing", "restore it: nothing that people said can be read without"
            )
        else:
            yield warning(
                "master key",
                f"{path} is not there",
                "the first start makes it; better set JIANGJIAN_MASTER_KEY_FILE",
            )
        return
    if path is not None and path.stat().st_mode & 0o077:
        yield fault("master key", f"{path} may be read by others", f"chmod 600 {path}")
    if beside(given):
        do = "keep it apart: JIANGJIAN_MASTER_KEY or JIANGJIAN_MASTER_KEY_FILE"
        yield warning("master key", f"{path} lies beside what it opens", do)
    else:
        yield ok("master key", str(path or "JIANGJIAN_MASTER_KEY"))
    ring_named = f"{wiring.named(given.keys_url)} is not there"
    if stands:
        yield from _keyring(given)
    elif _there(given.database_url):
        yield fault(
            "keyring",
            ring_named,
            "restore it: nothing that people said can be read without; see JIANGJIAN_KEYS",
        )
    else:
        yield warning("keyring", ring_named, "the first start makes it; else see JIANGJIAN_KEYS")
    yield from _recovery(given)


def _keyring(given: Settings) -> Iterator[Seen]:
    try:
        with wiring.keyring(given, looked_at=True) as keyring:
            kept = sum(each.keys for each in keyring.kept())
            if not _there(given.database_url):
                yield ok("keyring", f"{kept} keys; no database yet")
                return
            engine = only_read(given.database_url)
            try:
                sealed = bound(engine, keyring)
            finally:
                engine.dispose()
    except (Failure, Unusable) as error:
        yield fault("keyring", str(error), "jiangjian keys check tells more")
        return
    except SQLAlchemyError:
        yield warning("keyring", f"{kept} keys", "whether they are this database's cannot be seen yet")
        return
    if sealed:
        yield ok("keyring", f"{kept} keys, those of this database")
    else:
        yield warning("keyring", f"{kept} keys; not every row is sealed", "the next start seals the rest")


def _there(url: str) -> bool:
    """Whether a database has something in it, as far as can be seen: why it does not answer is told where it is asked."""
    try:
        return not empty(url)
    except SQLAlchemyError:
        return True


def _recovery(given: Settings) -> Iterator[Seen]:
    path = given.data / "recovery.key"
    if given.recovery_key.get_secret_value():
        yield ok("recovery key", "JIANGJIAN_RECOVERY_KEY")
    elif not path.exists():
        do = (
            "restore it, or codes on paper cannot be shown again"
            if _there(given.database_url)
            else "the first start makes it"
        )
        yield warning("recovery key", f"{path} is not there", do)
    elif path.stat().st_mode & 0o077:
        yield fault("recovery key", f"{path} may be read by others", f"chmod 600 {path}")
    else:
        yield ok("recovery key", str(path))
