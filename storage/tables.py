"""What is kept, as tables. The migrations say the same and a test holds the two together.

Ids are random and made here, never by the database, so that every machine can make them and none can be
guessed. What people confide is sealed in its row before it is written (`storage.sealed_columns` names every column);
nothing here can be searched for it. A condition of an index is written once, for SQLite; PostgreSQL's migrations have the
same, and to name that dialect here would load all of it at every start.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)


def new_id() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


class Instant(TypeDecorator[datetime]):
    """A moment, kept as ISO UTC text of one fixed length, which sorts as time does in every database.

    Takes aware datetimes only (ValueError) and gives them back in UTC.
    """

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware datetime to text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Text to aware datetime; None for a text that is no moment, so that an odd row keeps nobody out."""
        try:
            return None if value is None else datetime.fromisoformat(value)
        except ValueError:
            return None


#: SQLite counts rows by INTEGER only.
Counter = BigInteger().with_variant(Integer, "sqlite")

#: States of a party that has not ended.
STANDING = ("invited", "joined", "confirmed")
#: Why a party is asked no more: the application that it was for is gone.
GONE = "gone"

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

person = Table(
    "person",
    metadata,
    Column("id", String(32), primary_key=True),
    # No foreign key: interview refers to person already, and SQLite cannot add the second one afterwards.
    Column("current", String(32), nullable=False),
    Column("created", Instant, nullable=False),
    # Last, as the migration adds them: the language they speak, and when they agreed to what is kept of them.
    Column("locale", String(8), nullable=False, server_default="zh"),
    # Which consents were given to what words stands in `consent`; this is the moment of the general one that stands.
    Column("consented", Instant),
    # Since when they want no reminders.
    Column("unreminded", Instant),
    comment="Someone who speaks with us through one door or several; `current` is the interview they are in.",
)

door = Table(
    "door",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("created", Instant, nullable=False),
    # Last, as the migrations add them: since when nothing can be delivered there; a word on the device, and when it
    # was last used, written once a day.
    Column("unreachable", Instant),
    Column("device", Text),
    Column("seen", Instant),
    # Of a door that stands aside: the digits that bring it back, as a slow hash, and how often they were wrong.
    Column("pin", Text),
    Column("misses", Integer, nullable=False, server_default="0"),
    comment="Where a person speaks from. The address of a web session is the SHA-256 of its token.",
)

snapshot = Table(
    "snapshot",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("programme", Text, nullable=False),
    Column("source", Text, nullable=False),
    comment="The text of a programme as a case began with it.",
)

case = Table(
    "case",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("programme", Text, nullable=False),
    Column("digest", ForeignKey("snapshot.digest"), nullable=False),
    Column("practice", Boolean, nullable=False),
    Column("created", Instant, nullable=False),
    Column("finished", Instant),
    # Last, as the migration adds them: what a board lists it by, and the version that other parts' ends are counted
    # against; it grows with every change of where the nominee's own part stands.
    Column("status", String(12), nullable=False, server_default="open"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("changed", Instant),
    # What staff call it, once it was handed in.
    Column("number", String(24), unique=True),
    comment="One nominee's application to one programme, pinned to the definition it began with.",
)

case_key = Table(
    "case_key",
    metadata,
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("key", String(64), nullable=False, index=True),
    # Last, as the migration adds it: kept by a version that put no secret into it.
    Column("plain", Boolean, nullable=False, server_default=false(), index=True),
    comment="What a finished case has in common with others, by rule: an HMAC, never the answers themselves.",
)

party = Table(
    "party",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case", ForeignKey("case.id"), nullable=False),
    Column("person", ForeignKey("person.id"), index=True),
    Column("role", String(16), nullable=False),
    # Last, as the migrations add them: which of its role; invited, joined, confirmed, declined, withdrawn, revoked; when
    # whoever it is agreed; at which version of the case it was confirmed.
    Column("number", Integer, nullable=False, server_default="1"),
    Column("state", String(12), nullable=False, server_default="joined"),
    Column("consented", Instant),
    Column("confirmed", Integer),
    # Why whoever was asked declined, out of a few; when they were last reminded; since when it stands as it does.
    Column("reason", String(16), nullable=False, server_default=""),
    Column("reminded", Instant),
    Column("changed", Instant),
    UniqueConstraint("case", "role", "number", name="uq_party_number"),
    comment="A person's part in a case: nominee, expert, unit clerk.",
)
wording = Table(
    "wording",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    comment="What people were shown when they agreed, by its SHA-256: sentences of ours, of nobody in particular.",
)

consent = Table(
    "consent",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("person", ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
    # In which part, where it was given in one; NULL: for whatever they fill in themselves.
    Column("party", ForeignKey("party.id", ondelete="CASCADE"), index=True),
    # general, abroad, sensitive; of the last, which question.
    Column("purpose", String(12), nullable=False),
    Column("about", Text, nullable=False, server_default=""),
    # What they were shown, in `wording`; "" where it was given before this was noted.
    Column("digest", String(64), nullable=False, server_default=""),
    Column("given", Instant, nullable=False),
    Column("withdrawn", Instant),
    comment="What a person agreed to, when, and until when: one row each time.",
)

_STANDS = party.c.state.in_(STANDING)
#: Nobody has the same part in a case twice; whoever has ended one may be asked again.
Index(
    "uq_party_standing",
    party.c.case,
    party.c.person,
    party.c.role,
    unique=True,
    sqlite_where=_STANDS,
)

interview = Table(
    "interview",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("party", ForeignKey("party.id"), unique=True),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created", Instant, nullable=False),
    comment="A party's conversation over one form. No party before a programme is chosen.",
)

message = Table(
    "message",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("conversation", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    Column("at", Instant, nullable=False),
    # Last, as the migration adds them: what it was taken for, whatever became of that since.
    Column("interview", String(32)),
    Column("question", Text),
    Column("album", Text),
    Index("ix_message_album", "album"),
    Index("ix_message_at", "at"),
    comment="What was taken already: a message counts once.",
)

event = Table(
    "event",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("interview", ForeignKey("interview.id"), nullable=False, index=True),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("details", JSON, nullable=False),
    comment="The history, only ever added to. Never an answer's value.",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("due", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Instant),
    Column("message", Text),
    Index("ix_outbox_state", "state", "due"),
    comment="What others must learn: waiting, sent (with the channel's message id) or dead.",
)

file = Table(
    "file",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", ForeignKey("person.id"), nullable=False, index=True),
    Column("interview", ForeignKey("interview.id")),
    Column("name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("facts", Text, nullable=False),
    Column("created", Instant, nullable=False),
    # Last, as the migration adds them: the bytes' SHA-256 ("" where none are kept or it was not yet noted), and
    # until when they may still be on their way, when `size` is what is reserved for them; NULL once all are here;
    # and the message that brought it, where the same message may come again.
    Column("digest", String(64), nullable=False, server_default=""),
    Column("arriving", Instant, index=True),
    Column("message", Text),
    comment="A file that a person sent; `size` is the bytes kept, 0 where they were refused.",
)

attached = Table(
    "attached",
    metadata,
    Column("interview", ForeignKey("interview.id", ondelete="CASCADE"), primary_key=True),
    Column("file", ForeignKey("file.id", ondelete="CASCADE"), primary_key=True, index=True),
    comment="Which files an interview names.",
)

code = Table(
    "code",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("person", ForeignKey("person.id"), index=True),
    Column("party", ForeignKey("party.id"), index=True),
    Column("generation", Integer),
    Column("issuer", Text),
    Column("created", Instant, nullable=False),
    Column("opens", Instant),
    Column("expires", Instant),
    Column("used", Instant),
    Column("void", Instant),
    # Last, as the migration adds it: when an invitation was first opened; opening binds nobody.
    Column("opened", Instant),
    # And the seat that whoever presses that it is theirs is to have; no foreign key, for SQLite cannot add it.
    Column("seat", String(32)),
    comment="Codes by their SHA-256: they lead a door to a person; the union's take one party to a new person; an "
    "invitation's make whoever presses that it is theirs the party.",
)

crossing = Table(
    "crossing",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("address", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("expires", Instant, nullable=False),
    # Last, as the migration adds it: how far the question has come.
    Column("stage", String(12), nullable=False, server_default=""),
    comment="The question that stands at a door after a code was given there: whether to go over.",
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("source", String(64), nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Index("ix_attempt_source", "source", "at"),
    comment="Wrong codes of the last quarter of an hour, by an HMAC of the door or the network that they came from.",
)

notice = Table(
    "notice",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    Column("values", JSON, nullable=False),
    # The code of the union that it tells of: it stays until somebody there has said a word to it.
    Column("code", String(64)),
    Column("shown", Instant),
    # Of which case it tells, where it holds words of somebody's: it goes with them. No foreign key, as with `seat`.
    Column("case", String(32), index=True),
    Index("ix_notice_door", "channel", "address"),
    # The outbox names notices that may be gone: on SQLite too, no number is used again.
    sqlite_autoincrement=True,
    comment="What is to be told at a door, in front of its next Screen. The door may be gone: that is told there, too.",
)

sealed_by = Table(
    "sealed_by",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("token", Text, nullable=False),
    comment="One row, once every row of a version that did not seal is sealed: it opens with the keyring alone.",
)
