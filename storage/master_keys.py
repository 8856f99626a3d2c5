"""The master keys, which wrap all others, and the keys that are wrapped: the only places with a cipher for keys."""

from __future__ import annotations

import binascii
import secrets
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

#: Bytes of a key, and of the nonce in front of what is sealed.
KEY, NONCE = 32, 12


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
    """An open key: its bytes. Made anew for each text, the cipher under it takes a microsecond; kept, 2.5 KB.

    `before` are the keys that it is to replace: until that is certain they open as well.
    """

    __slots__ = ("before", "secret")

    def __init__(self, secret: bytes, before: tuple[Key, ...] = ()) -> None:
        self.secret = secret
        self.before = before

    @property
    def aead(self) -> AESGCM:
        """The cipher under it."""
        return AESGCM(self.secret)

    @classmethod
    def new(cls) -> Key:
        """A key that nobody has had before."""
        return cls(secrets.token_bytes(KEY))
