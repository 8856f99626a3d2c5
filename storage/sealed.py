"""What people said is sealed in its row, under the key of whoever it belongs to (docs/decisions/0018).

A sealed text is `s1.` + the owner of its key + `.` + base64 of nonce and ciphertext (AES-256-GCM), and stands in the
column where the text stood. What it is and in which row is part of what is authenticated: a text that was put into
another row or column, or under an older version, does not open. Nothing is kept of an empty text: it stays empty.
"""

from __future__ import annotations

import binascii
import secrets
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

import structlog
from cryptography.exceptions import InvalidTag
from sqlalchemy.exc import SQLAlchemyError

from storage.keyring import NONCE, Key, Keyring

log = structlog.get_logger(__name__)

#: How a sealed text begins.
MARK = "s1."
#: Letters that an owner has; and what stands within that of one that has no row, and in no id.
OWNER, _APART = 32, "-"


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
    """What a unit had made, destroyed and used by some moment."""

    born: dict[str, Key]
    dying: frozenset[str]
    used: frozenset[str]


class Sealing:
    """The keys as one transaction uses them: what it makes and destroys counts with its commit.

    A key is durable before a row sealed with it is; a key is destroyed before the rows that it opens are gone.
    """

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        self._born: dict[str, Key] = {}
        self._dying: set[str] = set()
        self._used: set[str] = set()
        self._replaced: Mapping[str, str] = {}

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
        with suppress(InvalidTag):
            return _decrypted(key, body, place)
        self._keyring.drop(owner)  # another process may have put a new one in its place
        again = self.find(owner)
        if again is None:
            raise InvalidTag
        return _decrypted(again, body, place)

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

        Such an owner may come again after its key was destroyed: a key that is remembered here is looked up once more, and
        is to be there still when something was sealed with it. It begins with the first word.
        """
        digest = sha256(" ".join(words).encode()).hexdigest()
        owner = f"{words[0]}{_APART}{digest}"[:OWNER]
        self.anew(owner)
        return owner

    def anew(self, owner: str) -> None:
        """Look a key up once more the next time: its owner may come again after it was destroyed."""
        self._keyring.drop(owner)

    def make(self, owner: str) -> None:
        """See that an owner has a key, for what is not sealed here: the bytes of a file."""
        self._made(owner)

    def twin(self, owner: str, other: str) -> None:
        """Whatever opens with the key of one owner opens with that of another, new one as well."""
        if (key := self.find(owner)) is not None:
            self._born[other] = Key(key.secret)

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
            self._used.discard(owner)
        self._dying.update(owner for owner in owners if owner)

    def mark(self) -> Mark:
        """Where this unit stands, to go back to."""
        return Mark(dict(self._born), frozenset(self._dying), frozenset(self._used))

    def back(self, to: Mark) -> None:
        """What was made, destroyed and used since then was not."""
        self._born, self._dying, self._used = dict(to.born), set(to.dying), set(to.used)

    @property
    def pending(self) -> bool:
        """Whether keys were made, destroyed or used that are not settled."""
        return bool(self._born or self._dying or self._used)

    def settle(self) -> None:
        """The last act before a commit. Conflict where another process has made or destroyed one of the keys meanwhile."""
        if self.pending:
            self._replaced = self._keyring.settle(self._born, self._dying, self._used)
            self._born, self._dying, self._used = {}, set(), set()

    def committed(self) -> None:
        """The first act after a commit: nobody needs what was replaced. Where this cannot be done a sweep does it."""
        if self._replaced:
            try:
                self._keyring.replace(self._replaced)
            except SQLAlchemyError as error:
                log.warning("keys.not_replaced", error=type(error).__name__)

    def _made(self, owner: str) -> Key:
        key = self.find(owner)
        if key is None:
            key = self._born[owner] = Key.new()
        elif _APART in owner and owner not in self._born:
            self._used.add(owner)
        return key


def _decrypted(key: Key, body: bytes, place: bytes) -> bytes:
    """What opens with a key, or with one that it is to replace. Raises InvalidTag."""
    for each in (key, *key.before):
        with suppress(InvalidTag):
            return each.aead.decrypt(body[:NONCE], body[NONCE:], place)
    raise InvalidTag


def _place(what: str, row: str) -> bytes:
    return f"{what}|{row}".encode()
