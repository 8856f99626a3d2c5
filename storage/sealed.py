"""What people said is sealed in its row, under the key of whoever it belongs to (docs/decisions/0018).

A sealed text is `s1.` + the owner of its key + `.` + base64 of nonce and ciphertext (AES-256-GCM), and stands in the
column where the text stood. What it is and in which row is part of what is authenticated: a text that was put into
another row or column, or under an older version, does not open. Nothing is kept of an empty text: it stays empty.
"""

from __future__ import annotations

import binascii
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

import structlog
from cryptography.exceptions import InvalidTag

from storage.keyring import NONCE, Key, Keyring

log = structlog.get_logger(__name__)

#: How a sealed text begins.
MARK = "s1."
_OWNER = 32


class Broken(Exception):  # noqa: N818  # told to the operator; the row is shown to nobody
    """A row that cannot be opened: it was changed, or came from another row. `what` and `row` say which."""

    def __init__(self, what: str, row: str, why: str) -> None:
        super().__init__(f"{what} of {row} {why}")
        self.what, self.row = what, row


class Keyless(Broken):
    """A row whose key was destroyed: whoever it was of has deleted it, and it is about to go."""


def owner_of(sealed: str) -> str:
    """Whose key opens a sealed text; "" for one that is not sealed."""
    return sealed[len(MARK) : sealed.find(".", len(MARK))] if sealed.startswith(MARK) else ""


@dataclass(frozen=True)
class Mark:
    """What a unit had made and destroyed by some moment."""

    born: dict[str, Key]
    dying: frozenset[str]


class Sealing:
    """The keys as one transaction uses them: what it makes and destroys counts with its commit.

    A key is durable before a row sealed with it is; a key is destroyed before the rows that it opens are gone.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._born: dict[str, Key] = {}
        self._dying: set[str] = set()

    def seal(self, owner: str, what: str, row: str, text: str) -> str:
        """A text for its row, under its owner's key; the first one makes that key.

        `what` names table and column, `row` the row in it, with its version where it has one.
        """
        if not text:
            return ""
        nonce = secrets.token_bytes(NONCE)
        body = nonce + self._made(owner).aead.encrypt(nonce, text.encode(), _place(what, row))
        return f"{MARK}{owner}.{binascii.b2a_base64(body, newline=False).decode('ascii')}"

    def open(self, what: str, row: str, sealed: str) -> str:
        """The text that was sealed for this very place. Raises Broken, and Keyless where its key is gone."""
        if not sealed:
            return ""
        owner = owner_of(sealed)
        if not owner:
            log.error("sealed.broken", what=what, row=row)
            raise Broken(what, row, "is not sealed")
        key = self.find(owner)
        if key is None:
            raise Keyless(what, row, f"has no key any more ({owner})")
        try:
            body = binascii.a2b_base64(sealed[len(MARK) + len(owner) + 1 :], strict_mode=True)
            return self._decrypted(owner, key, body, _place(what, row)).decode()
        except (InvalidTag, ValueError) as error:
            log.error("sealed.broken", what=what, row=row)
            raise Broken(what, row, "was changed, or is of another row") from error

    def _decrypted(self, owner: str, key: Key, body: bytes, place: bytes) -> bytes:
        try:
            return key.aead.decrypt(body[:NONCE], body[NONCE:], place)
        except InvalidTag:
            self._keyring.drop(owner)  # another process may have put a new one in its place
            again = self.find(owner)
            if again is None or again.secret == key.secret:
                raise
            return again.aead.decrypt(body[:NONCE], body[NONCE:], place)

    def glance(self, what: str, row: str, sealed: str | None) -> str:
        """As `open`, for a list that one odd row may not take from everybody: "" for what does not open."""
        try:
            return self.open(what, row, sealed or "")
        except Broken:
            return ""

    def find(self, owner: str) -> Key | None:
        """The key of an owner; None where there is none, or this unit destroys it."""
        if owner in self._born:
            return self._born[owner]
        return None if owner in self._dying else self._keyring.get(owner)

    def named(self, *words: str) -> str:
        """The owner of a key for what has no row of its own: the letters of somebody about a case.

        Such an owner may come again after its key was destroyed: a key that is remembered here is looked up once more.
        """
        owner = sha256(" ".join(words).encode()).hexdigest()[:_OWNER]
        self._keyring.drop(owner)
        return owner

    def make(self, owner: str) -> None:
        """See that an owner has a key, for what is not sealed here: the bytes of a file."""
        self._made(owner)

    def twin(self, owner: str, other: str) -> None:
        """Whatever opens with the key of one owner opens with that of another, new one as well."""
        if (key := self.find(owner)) is not None:
            self._born[other] = key

    def warm(self, sealed: Iterable[str | None]) -> None:
        """Have the keys of many texts at hand, fetched together."""
        self.at_hand({owner_of(each) for each in sealed if each})

    def at_hand(self, owners: Collection[str]) -> None:
        """The same for many owners: where each were fetched by itself, a list of a thousand would take a second."""
        self._keyring.warm({*owners} - self._born.keys() - self._dying - {""})

    def there(self, owners: Collection[str]) -> frozenset[str]:
        """Those of some owners that have a key in the keyring."""
        return self._keyring.there(owners)

    def owners(self, after: str = "") -> tuple[str, ...]:
        """Some owners whose keys are old enough to be of rows, in order, behind `after`."""
        return self._keyring.owners(after)

    def destroy(self, owners: Collection[str]) -> None:
        """The keys of these owners go with this unit, and with them all that they open, wherever copies lie."""
        for owner in owners:
            self._born.pop(owner, None)
        self._dying.update(owner for owner in owners if owner)

    def mark(self) -> Mark:
        """Where this unit stands, to go back to."""
        return Mark(dict(self._born), frozenset(self._dying))

    def back(self, to: Mark) -> None:
        """What was made and destroyed since then was not."""
        self._born, self._dying = dict(to.born), set(to.dying)

    @property
    def pending(self) -> bool:
        """Whether keys were made or destroyed that are not settled."""
        return bool(self._born or self._dying)

    def settle(self) -> None:
        """The last act before a commit. Conflict where another process has made one of the keys meanwhile."""
        if self.pending:
            self._keyring.settle(self._born, self._dying)
            self._born, self._dying = {}, set()

    def _made(self, owner: str) -> Key:
        key = self.find(owner)
        if key is None:
            key = self._born[owner] = Key.new()
        return key


def _place(what: str, row: str) -> bytes:
    return f"{what}|{row}".encode()
