"""What offices keep, as tables: who sits there, what was handed in, where a case lies, and what staff did with it.

They stand beside those of the conversations (`storage.tables`), and as there the migrations say the same.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    BindParameter,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    literal,
)

from storage.tables import Counter, Instant, metadata


def _as_written(value: str | int) -> BindParameter[Any]:
    return literal(value, literal_execute=True)


office = Table(
    "office",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    # What else it is called, and the programmes it receives: none named means every one that names it.
    Column("aliases", JSON, nullable=False),
    Column("programmes", JSON, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("above", ForeignKey("office.id"), index=True),
    Column("phone", Text, nullable=False, server_default=""),
    Column("address", Text, nullable=False, server_default=""),
    Column("hours", Text, nullable=False, server_default=""),
    Column("corrects", Boolean, nullable=False, server_default=false()),
    Column("created", Instant, nullable=False),
    Column("closed", Instant),
    comment="A union that receives cases; `above` is where it passes them on to.",
)

seat = Table(
    "seat",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("office", ForeignKey("office.id"), nullable=False, index=True),
    Column("person", ForeignKey("person.id"), index=True),
    Column("role", String(8), nullable=False),
    Column("name", Text, nullable=False),
    Column("created", Instant, nullable=False),
    Column("taken", Instant),
    Column("ended", Instant),
    # At which hour of the day a digest comes; NULL: none.
    Column("digest", Integer),
    comment="A person of an office: head, clerk or auditor. No person before an invitation is taken.",
)
_SITS = seat.c.ended.is_(None) & seat.c.person.is_not(None)
Index(
    "uq_seat_standing",
    seat.c.office,
    seat.c.person,
    seat.c.role,
    unique=True,
    sqlite_where=_SITS,
)

desk = Table(
    "desk",
    metadata,
    Column("person", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    # Whether the person's doors show the desk now, and not an application of their own.
    Column("open", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    comment="What somebody with a seat looks at: a page of the desk, as JSON between turns.",
)

handed = Table(
    "handed",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    # What lists show of it and what it is searched by, as JSON: the rest is far larger, and most never ask for it.
    Column("face", Text, nullable=False),
    # What was shown when it was handed in: every part's answers, as JSON, and their SHA-256.
    Column("content", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("case", "round", name="uq_handed_round"),
    comment="A version of a case that was handed in, sealed as it was shown.",
)

stay = Table(
    "stay",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), nullable=False),
    Column("office", ForeignKey("office.id"), nullable=False),
    Column("programme", Text, nullable=False),
    Column("round", Integer, nullable=False),
    # here, returned, accepted, passed, refused, withdrawn: at most one stay of a case is none of the last three.
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    Column("arrived", Instant, nullable=False),
    Column("since", Instant, nullable=False),
    # The nearest deadline of what is to be done next, as an ISO day, "9999" where there is none: it sorts last.
    Column("due", String(10), nullable=False),
    Column("opened", Instant),
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("lacking", Integer, nullable=False, server_default="0"),
    Column("assigned", ForeignKey("seat.id")),
    Column("holder", ForeignKey("seat.id")),
    Column("held", Instant),
    Column("decided", Instant),
    Column("decider", ForeignKey("seat.id")),
    # Why it was refused: the clause of the notice, and words of staff.
    Column("clause", Text, nullable=False, server_default=""),
    Column("reason", Text, nullable=False, server_default=""),
    # The stay at the office below that passed it on.
    Column("before", ForeignKey("stay.id")),
    Column("unit", String(64), nullable=False, server_default=""),
    Column("rank", Integer),
    Index("ix_stay_board", "office", "state", "due", "since", "id"),
    Index("ix_stay_programme", "office", "programme", "state", "due", "since", "id"),
    Index("ix_stay_unit", "office", "unit", "state", "due", "since", "id"),
    Index("ix_stay_case", "case", "office"),
    Index("ix_stay_holder", "holder"),
    Index("ix_stay_since", "office", "since"),
    comment="A case at an office: from its arrival until it is passed on, accepted, refused or withdrawn.",
)
#: What lies at an office and waits for it, by what it wants: each is a tray of the board, as flat with many as with few.
#: They are written into statements as they stand here: a database uses such an index where it sees the same condition,
#: and not where a value is still to come.
HERE = stay.c.state == _as_written("here")
NEW = HERE & stay.c.opened.is_(None)
DOUBTFUL = HERE & (stay.c.doubts > _as_written(0))
COMPLETE = HERE & (stay.c.doubts == _as_written(0)) & (stay.c.lacking == _as_written(0))
DONE = stay.c.state.in_([_as_written(each) for each in ("accepted", "passed", "refused")])
WORKED_ON = stay.c.state.in_([_as_written(each) for each in ("here", "returned", "accepted")])
# The same condition, so that two who send a case to two offices are no two stays.
Index("uq_stay_standing", stay.c.case, unique=True, sqlite_where=WORKED_ON)
Index(
    "ix_stay_assigned",
    stay.c.assigned,
    stay.c.office,
    stay.c.due,
    stay.c.since,
    stay.c.id,
    sqlite_where=WORKED_ON,
)
# With the state too, which is always the same there: SQLite takes the index that has more of what is asked for.
for _name, _holds in (("new", NEW), ("doubtful", DOUBTFUL), ("complete", COMPLETE), ("done", DONE)):
    Index(
        f"ix_stay_{_name}",
        stay.c.office,
        *([] if _holds is DONE else [stay.c.state]),
        stay.c.due,
        stay.c.since,
        stay.c.id,
        sqlite_where=_holds,
    )
#: What came last, at whichever office: it is printed before anybody asks.
Index("ix_stay_arrived", stay.c.arrived, sqlite_where=HERE)

case_find = Table(
    "case_find",
    metadata,
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("key", String(64), nullable=False),
    Index("ix_case_find_key", "kind", "key"),
    comment="By what a case that was handed in is found: HMAC of its whole name, ID number, number of the case.",
)

remark = Table(
    "remark",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("party", ForeignKey("party.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("question", Text, nullable=False),
    # wrong, missing, outdated
    Column("sort", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("seat", ForeignKey("seat.id")),
    Column("at", Instant, nullable=False),
    # In which round it was written; in which it was answered: sent back and handed in again.
    Column("round", Integer, nullable=False),
    Column("sent", Instant),
    Column("answered", Integer),
    Column("dropped", Instant),
    comment="What staff send back on one question. Not sent while it is being written.",
)

settled = Table(
    "settled",
    metadata,
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("rule", Text, primary_key=True),
    # met, not_met
    Column("outcome", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    # A digest of the answers that it rests on: it lapses with them.
    Column("ground", Text, nullable=False),
    Column("seat", ForeignKey("seat.id")),
    Column("at", Instant, nullable=False),
    comment="What staff decided where a rule leaves it to them.",
)

statement = Table(
    "statement",
    metadata,
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("round", Integer, primary_key=True),
    # Grows with every change, through all rounds: two who write at once are told.
    Column("version", Integer, nullable=False),
    # The answers, and those before the last change, as JSON.
    Column("content", Text, nullable=False),
    Column("office", ForeignKey("office.id"), nullable=False),
    Column("seat", ForeignKey("seat.id")),
    Column("at", Instant, nullable=False),
    comment="What a receiving union writes itself about a case, by the round that it read.",
)

paper_in = Table(
    "paper_in",
    metadata,
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("paper", Text, primary_key=True),
    Column("copies", Integer, nullable=False),
    # What is still wrong with it: a seal or copies that lack; "" where nothing is.
    Column("lacks", Text, nullable=False, server_default=""),
    Column("seat", ForeignKey("seat.id")),
    Column("at", Instant, nullable=False),
    Column("given_back", Instant),
    comment="Paper that an office has in hand.",
)

correction = Table(
    "correction",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("party", ForeignKey("party.id", ondelete="CASCADE"), nullable=False),
    Column("question", Text, nullable=False),
    # The values before and after, as JSON; undone by whoever owns the answer.
    Column("was", Text, nullable=False),
    Column("now", Text, nullable=False),
    Column("seat", ForeignKey("seat.id")),
    Column("at", Instant, nullable=False),
    Column("undone", Instant),
    comment="A slip that staff mended on somebody's behalf.",
)

letter = Table(
    "letter",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("person", ForeignKey("person.id"), nullable=False),
    # Who of the office wrote it; NULL: the person did.
    Column("seat", ForeignKey("seat.id")),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("answered", Instant),
    sqlite_autoincrement=True,
    comment="Words between a person and the office that has their case.",
)
#: Words of a person that nobody has answered.
WAITS = letter.c.seat.is_(None) & letter.c.answered.is_(None)
Index("ix_letter_waits", letter.c.case, sqlite_where=WAITS)

erasure = Table(
    "erasure",
    metadata,
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("person", ForeignKey("person.id"), primary_key=True),
    Column("asked", Instant, nullable=False),
    # When somebody of the office answered that it stays for now, and why.
    Column("answered", Instant),
    Column("seat", ForeignKey("seat.id")),
    Column("reason", Text, nullable=False, server_default=""),
    comment="Somebody wants gone what an office has of them; the office settles it.",
)

trail = Table(
    "trail",
    metadata,
    Column("id", Counter, primary_key=True, autoincrement=True),
    # No foreign keys: what was done stays known when the case is gone, and then resolves to nothing.
    Column("case", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("seat", String(32)),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("value", String(64), nullable=False, server_default=""),
    Column("chain", String(64), nullable=False),
    UniqueConstraint("case", "number", name="uq_trail_number"),
    comment="What staff saw, changed, exported and decided: ids and keyed digests, never values; one chain for each case.",
)

trail_head = Table(
    "trail_head",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("entries", Counter, nullable=False),
    Column("head", String(64), nullable=False),
    comment="The trail as it stood when a day was over.",
)

progress = Table(
    "progress",
    metadata,
    Column("office", ForeignKey("office.id"), primary_key=True),
    Column("programme", Text, primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("begun", Instant, nullable=False),
    Column("closed", Instant),
    # What the notice leaves open and staff decided, with the reason: places, the length of a public notice, a number.
    Column("figure", Integer),
    Column("reason", Text, nullable=False, server_default=""),
    Column("starts", String(10)),
    Column("version", Integer, nullable=False, server_default="1"),
    comment="How far a selection is: a stage after handing in, at the office that runs it.",
)

standing = Table(
    "standing",
    metadata,
    Column("case", ForeignKey("case.id", ondelete="CASCADE"), primary_key=True),
    Column("stage", Text, primary_key=True),
    # on, reserve, out, objected, named
    Column("outcome", String(8), nullable=False),
    # What it was before somebody objected.
    Column("was", String(8), nullable=False, server_default=""),
    Column("place", Integer),
    Column("reason", Text, nullable=False, server_default=""),
    # The day from which a public notice names it, where it came onto the list later than the others.
    Column("listed", String(10)),
    Column("seat", ForeignKey("seat.id")),
    Column("at", Instant, nullable=False),
    comment="How a case came out of a stage.",
)

export = Table(
    "export",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("office", ForeignKey("office.id"), nullable=False, index=True),
    Column("seat", ForeignKey("seat.id"), nullable=False),
    # table, packets
    Column("kind", String(8), nullable=False),
    Column("programme", Text, nullable=False),
    # The cases in it, in order, as JSON.
    Column("cases", JSON, nullable=False),
    Column("state", String(8), nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("size", BigInteger),
    Column("digest", String(64), nullable=False, server_default=""),
    Column("lease_until", Instant),
    comment="A table or packets that an office takes along, made in the background.",
)
