"""Where the master keys come from: the environment, a file, or one that was made at the first start."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from bot.house.failure import Failure
from bot.house.settings import PREFIX, Settings
from storage import durable
from storage.keyring import KEY, Master
from storage.sealing_rows import anything_sealed


def file_of(settings: Settings) -> Path | None:
    """The file with the master keys; None where the environment holds them."""
    if settings.master_key.get_secret_value():
        return None
    return settings.master_key_file or settings.data / "master.key"


def beside(settings: Settings) -> bool:
    """Whether the master key lies in the data directory, beside what it opens."""
    path = file_of(settings)
    return path is not None and path.resolve().is_relative_to(settings.data.resolve())


def masters(settings: Settings) -> Callable[[], tuple[Master, ...]]:
    """Gives the master keys as they are now, the one that wraps first: a file is read anew each time.

    One that was not set is made where there is no keyring yet. Raises `Failure` where they cannot be read or made.
    """
    path = file_of(settings)
    if path is None:
        given = _read(settings.master_key.get_secret_value(), f"{PREFIX}MASTER_KEY")
        return lambda: given
    if settings.master_key_file is None and not path.exists():
        _first(settings, path)

    def again() -> tuple[Master, ...]:
        try:
            return _read(path.read_text("ascii"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise Failure(f"{path}: the master key cannot be read ({error})") from error

    again()
    return again


def needed(settings: Settings) -> bool:
    """Whether the database has something that only its own keyring opens. Raises `Failure` where that cannot be seen."""
    try:
        return anything_sealed(settings.database_url)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n", 1)[0]
        raise Failure(f"the database cannot be opened: {reason}") from error


def _read(written: str, where: str) -> tuple[Master, ...]:
    try:
        given = Master.read(written)
    except ValueError as error:
        raise Failure(f"{where}: {error}") from error
    if not given:
        raise Failure(f"{where}: there is no master key in it")
    return given


def _first(settings: Settings, path: Path) -> None:
    """Make a master key, unless there are keys already that another one wraps."""
    ring = settings.data / "keys.sqlite"
    if settings.keys or (ring.exists() and ring.stat().st_size) or needed(settings):
        raise Failure(
            f"{path}: the master key is missing; restore it, or set {PREFIX}MASTER_KEY or {PREFIX}MASTER_KEY_FILE"
        )
    try:
        write(path, (secrets.token_hex(KEY),), new=True)
    except OSError as error:
        raise Failure(f"{path}: the master key cannot be made ({error})") from error


def write(path: Path, keys: tuple[str, ...], *, new: bool = False) -> None:
    """Master keys in their file, whole and durable or not at all; of two processes that make a `new` one, one does."""
    path.parent.mkdir(parents=True, exist_ok=True)
    written = "".join(f"{key}\n" for key in keys).encode("ascii")
    (durable.put_first if new else durable.put)(path, written)
