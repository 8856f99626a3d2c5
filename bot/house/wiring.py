"""Where everything meets: the one Conversation, put together from the settings."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from pathlib import Path

import structlog
from pydantic import SecretStr
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.house.across import Across
from bot.house.afterwards import Afterward, Afterwards, Dropped
from bot.house.archive import Archive
from bot.house.conversation import Clock, Conversation, utc_now
from bot.house.desk.dossiers import Dossiers
from bot.house.devices import Devices
from bot.house.directory import Directory
from bot.house.documents import Documents
from bot.house.editions import Editions
from bot.house.failure import Failure
from bot.house.links import Links
from bot.house.masters import masters, needed
from bot.house.partings import Partings
from bot.house.recovery import RecoveryCodes, key_of
from bot.house.retaining import Retaining
from bot.house.seating import Seating
from bot.house.settings import Settings
from bot.house.trailing import Trail
from forms.caps import Caps
from forms.library import Library
from forms.printing.faces import Faces
from forms.printing.workers import Workers
from forms.readable import Unreachable
from storage import places
from storage.database import Database
from storage.files import FileStore
from storage.keyring import KEY, Keyring, Unusable
from storage.migrations import empty, upgrade
from storage.s3 import Address, Bucket
from storage.sealing_rows import bring
from storage.uploads import Quota

_MB = 1024 * 1024
log = structlog.get_logger(__name__)


@contextmanager
def workers(settings: Settings) -> Iterator[Workers]:
    """The processes that print and inspect, ended afterwards."""
    crew = Workers(settings.workers)
    try:
        yield crew
    finally:
        crew.close()


@contextmanager
def keyring(settings: Settings, *, looked_at: bool = False) -> Iterator[Keyring]:
    """The keys of all that is sealed, closed afterwards; only `looked_at` none are made.

    Raises `Failure` where it cannot be used.
    """
    _apart(settings)
    try:
        _stands(settings)
        opened = Keyring(settings.keys_url, masters(settings), looked_at=looked_at)
    except (ArgumentError, ImportError) as error:
        raise Failure(f"the keyring's URL cannot be used: {_first_line(error)}") from error
    except Unusable as error:
        raise Failure(str(error)) from error
    except SQLAlchemyError as error:
        raise Failure(f"the keyring cannot be opened: {_first_line(error)}") from error
    with closing(opened):
        yield opened


def _stands(settings: Settings) -> None:
    """Nothing is made in place of a keyring that is missing."""
    if empty(settings.keys_url) and needed(settings):
        raise Failure(
            f"the keyring is missing ({named(settings.keys_url)}), and what people said is sealed in the database: restore "
            "it, or set JIANGJIAN_KEYS to where it is"
        )


def named(url: str) -> str:
    """A database URL as it may be shown: without its password."""
    return make_url(url).render_as_string(hide_password=True)


def _apart(settings: Settings) -> None:
    """A keyring in the database that it opens would be in each of its backups."""
    ring, kept = make_url(settings.keys_url), make_url(settings.database_url)
    if (ring.get_backend_name(), ring.host, ring.port, ring.database) == (
        kept.get_backend_name(),
        kept.host,
        kept.port,
        kept.database,
    ):
        raise Failure(
            "the keyring needs a database of its own: JIANGJIAN_KEYS names the same as JIANGJIAN_DATABASE"
        )


def passing(settings: Settings, directory: Path) -> Settings:
    """The settings of a house that goes with its directory: its keys are its own, and its master key is kept nowhere."""
    nothing = SecretStr("")
    own: dict[str, object] = {"data": directory, "database": "", "keys": "", "files": ""}
    own |= {"recovery_key": nothing, "bot_token": nothing}
    return settings.model_copy(
        update={**own, "master_key": SecretStr(secrets.token_hex(KEY)), "master_key_file": None}
    )


@contextmanager
def database(settings: Settings) -> Iterator[Database]:
    """The database with its tables up to date and its rows sealed, closed afterwards, as is its keyring.

    Raises `Failure` where one of them cannot be used.
    """
    with ExitStack() as stack:
        yield _opened(settings, stack)


def _opened(settings: Settings, stack: ExitStack) -> Database:
    url = settings.database_url
    try:
        upgrade(url)
        keys = stack.enter_context(keyring(settings))
        bring(url, keys, _told)
        return stack.enter_context(closing(Database(url, keys)))
    except Unusable as error:
        raise Failure(str(error)) from error
    except (ArgumentError, ImportError) as error:
        raise Failure(f"the database URL cannot be used: {_first_line(error)}") from error
    except SQLAlchemyError as error:
        raise Failure(f"the database cannot be opened: {_first_line(error)}") from error


def _told(table: str, rows: int) -> None:
    log.info("database.sealed", table=table, rows=rows)


def links_of(settings: Settings, url: str = "") -> Links:
    """Where the doors are (at `url` where that is known), and who answers for what is kept, as the settings say."""
    contact = settings.operator_contact if settings.operator else ""
    return Links(
        url or settings.url, public=bool(settings.public_url), operator=settings.operator, contact=contact
    )


def conversation(  # noqa: PLR0913, PLR0917  # where everything meets
    settings: Settings,
    library: Library,
    kept: Database,
    crew: Workers,
    clock: Clock = utc_now,
    links: Links | None = None,
    files: FileStore | None = None,
) -> Conversation:
    """The one use case over a database and printing processes.

    `links` lead to other doors, and `files` is where people's files lie: both as the settings say where none are given.
    """
    caps = Caps(
        image=settings.largest_photo * _MB, pdf=settings.largest_pdf * _MB, video=settings.largest_video * _MB
    )
    quota = Quota(size=settings.largest_person * _MB)
    key = key_of(settings.data, settings.recovery_key.get_secret_value())
    made = Conversation(
        kept,
        library,
        files or store(settings, kept),
        crew,
        Faces.load(),
        key=key,
        caps=caps,
        quota=quota,
        token=settings.bot_token.get_secret_value(),
        links=links or links_of(settings),
        names=settings.telegram_names,
        retention=timedelta(days=settings.retention_days),
        clock=clock,
    )
    if not settings.print_ahead:
        made.documents.preparing = None
    return made


def footing(settings: Settings, library: Library) -> dict[str, str]:
    """What all machines of one house are to have alike, as digests that tell nothing else."""
    key = key_of(settings.data, settings.recovery_key.get_secret_value())
    alike = {
        "recovery_key": "",
        "bot_token": settings.bot_token.get_secret_value(),
        "public_url": settings.public_url,
        "files": settings.files,
        "programmes": " ".join(sorted(each.digest for each in library.offered)),
    }
    return {
        name: hmac.digest(key, f"{name} {value}".encode(), "sha256").hex()[:16]
        for name, value in alike.items()
    }


def editions(
    settings: Settings, library: Library, kept: Database, crew: Workers | None = None, clock: Clock = utc_now
) -> tuple[Editions, Documents | None]:
    """What brings open cases to today's definition, and what draws their documents where there are processes for it."""
    archive, faces = Archive(kept, library), Faces.load()
    across = Across(key_of(settings.data, settings.recovery_key.get_secret_value()))
    files = store(settings, kept)
    dossiers = Dossiers(archive, across, faces)
    drawn = Documents(archive, across, dossiers, files, crew, faces, clock) if crew else None
    return Editions(archive, across, faces, clock), drawn


def retaining(settings: Settings, library: Library, kept: Database) -> tuple[Retaining, Afterwards]:
    """What lets go of finished cases, and does what is left to do then where no chat is open in this process.

    Doors are woken by the process that has them, which looks now and again.
    """
    key = key_of(settings.data, settings.recovery_key.get_secret_value())
    files = store(settings, kept)
    archive, trail = Archive(kept, library), Trail(key)
    partings = Partings(archive, Devices(RecoveryCodes(key)))

    def drop(dropped: Dropped) -> None:
        for file in dropped.files:
            files.drop(file)

    elsewhere = dict.fromkeys(set(Afterward.__subclasses__()) - {Dropped}, lambda left: None)
    return (
        Retaining(archive, partings, trail, timedelta(days=settings.retention_days)),
        Afterwards({Dropped: drop, **elsewhere}),
    )


def directory(settings: Settings, library: Library, kept: Database, clock: Clock = utc_now) -> Directory:
    """The unions of this installation and who sits there."""
    key = key_of(settings.data, settings.recovery_key.get_secret_value())
    links = links_of(settings)
    return Directory(Archive(kept, library), Seating(key, links), library.offered, clock)


def store(settings: Settings, kept: Database) -> FileStore:
    """What keeps the bytes of files, sealed with the keys of the database. Raises `Failure` where it cannot be used."""
    return FileStore(place(settings), keyring=kept.keyring)


def place(settings: Settings, *, looked_at: bool = False) -> places.Place:
    """Where the bytes of files lie; only `looked_at` no directory is made. Raises `Failure` where it cannot be used."""
    own = settings.data / "files"
    if not looked_at:
        _made(own)
    if not settings.files:
        floor = None if settings.disk_floor is None else settings.disk_floor * _MB
        return places.Directory(own, floor, looked_at=looked_at)
    try:
        bucket = Bucket(Address.of(settings.files), own)
        bucket.probe()
    except ValueError as error:
        raise Failure(f"JIANGJIAN_FILES cannot be used: {error}") from error
    except Unreachable as error:
        raise Failure(f"{settings.files} cannot be used: {error}") from error
    return bucket


def _made(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(f"{path}: the data directory cannot be made ({error.strerror})") from error


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).strip().split("\n", 1)[0]
