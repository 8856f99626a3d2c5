"""Recovery codes: each follows from a key of the installation, the person and how often they took a new one.

Only digests are in the database; whoever has the database alone cannot tell a code, and whoever has the key alone
knows nobody's.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from bot.house.failure import Failure
from bot.house.spelling import digest_of, lasting_code
from storage import codes
from storage.durable import put_first
from storage.unit import Unit

_LENGTH = 32


def key_of(directory: Path, named: str = "") -> bytes:
    """The key of an installation: the one that was set, else that in `directory`, made where there is none.

    Raises `Failure` where it cannot be read or made.
    """
    if named:
        if len(named) < _LENGTH:
            raise Failure(f"JIANGJIAN_RECOVERY_KEY: at least {_LENGTH} characters are needed")
        return named.encode()
    path = directory / "recovery.key"
    try:
        if not path.exists():
            _make(path)
        text = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"{path}: the key of the recovery codes cannot be read or made ({error})") from error
    if len(text) < _LENGTH:
        raise Failure(f"{path}: this is no key of recovery codes; restore it from its backup")
    return text.encode()


def _make(path: Path) -> None:
    """A new key; of two processes that start together one makes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    put_first(path, f"{secrets.token_hex(_LENGTH)}\n".encode())


class RecoveryCodes:
    """The recovery code of every person. Its methods are to be called within a unit of work."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, unit: Unit, person: str, now: datetime) -> str:
        """A person's code; their first one, and one under a new key, is kept from now on.

        A code made under an older key goes on opening until the person takes a new one.
        """
        kept = codes.lasting(unit, person)
        if kept:
            generation, digest = kept[0]
            code = self._code(person, generation)
            if digest_of(code) == digest:
                return code
        return self._keep(unit, person, kept[0][0] + 1 if kept else 1, now)

    def renew(self, unit: Unit, person: str, now: datetime) -> str:
        """A new code in place of all older ones, which open nothing from now on."""
        kept = codes.lasting(unit, person)
        codes.void_lasting(unit, person)
        return self._keep(unit, person, kept[0][0] + 1 if kept else 1, now)

    def _keep(self, unit: Unit, person: str, generation: int, now: datetime) -> str:
        code = self._code(person, generation)
        codes.keep_lasting(unit, digest_of(code), person, generation, now)
        return code

    def _code(self, person: str, generation: int) -> str:
        return lasting_code(self._key, f"recovery\x00{person}\x00{generation}")
