"""What grows by being repeated, and what is left of people who only passed by: found, and let go.

Each function does a bounded part of it: it is called again until there is nothing left to do.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, literal, select

from storage.desk_tables import seat
from storage.tables import door, event, file, interview, message, party, person
from storage.unit import Unit


@dataclass(frozen=True)
class Repeated:
    """The same thing in one history, again and again."""

    interview: str
    kind: str
    about: str


def forget_messages(unit: Unit, before: datetime, most: int) -> int:
    """Forget messages that were taken before a moment: gives how many."""
    old = select(message.c.channel, message.c.conversation, message.c.message).where(message.c.at < before)
    rows = unit.connection.execute(old.order_by(message.c.at).limit(most)).all()
    for channel, conversation, number in rows:
        key = (
            message.c.channel == channel,
            message.c.conversation == conversation,
            message.c.message == number,
        )
        unit.connection.execute(delete(message).where(*key))
    return len(rows)


def talkative(unit: Unit, since: datetime, most: int) -> tuple[tuple[str, str], ...]:
    """The conversations, by channel and name, of more than so many messages since a moment."""
    rows = unit.connection.execute(
        select(message.c.channel, message.c.conversation)
        .where(message.c.at >= since)
        .group_by(message.c.channel, message.c.conversation)
        .having(func.count() > most)
    )
    return tuple((channel, conversation) for channel, conversation in rows)


def thin_messages(unit: Unit, channel: str, conversation: str, keep: int) -> None:
    """Of a conversation's messages only the latest are known."""
    here = (message.c.channel == channel, message.c.conversation == conversation)
    newest = select(message.c.at).where(*here).order_by(message.c.at.desc())
    last = unit.connection.execute(newest.offset(keep - 1).limit(1)).scalar_one_or_none()
    if last is not None:
        unit.connection.execute(delete(message).where(*here, message.c.at < last))


def last_event(unit: Unit) -> int:
    """The number of the last event of all; 0 where there is none."""
    return int(unit.connection.execute(select(func.coalesce(func.max(event.c.id), 0))).scalar_one())


def repeated(unit: Unit, since: int, most: int) -> tuple[Repeated, ...]:
    """What happened more often than so since an event, by its number."""
    same = (event.c.interview, event.c.kind, event.c.about)
    rows = unit.connection.execute(
        select(*same).where(event.c.id > since).group_by(*same).having(func.count() > most)
    )
    return tuple(Repeated(*row) for row in rows)


def thin_events(unit: Unit, same: Repeated, keep: int) -> None:
    """Of what happened again and again, the history keeps the first and the latest."""
    here = (event.c.interview == same.interview, event.c.kind == same.kind, event.c.about == same.about)
    first = select(func.min(event.c.id)).where(*here).scalar_subquery()
    last = select(event.c.id).where(*here).order_by(event.c.id.desc()).offset(keep).limit(1)
    until = unit.connection.execute(last).scalar_one_or_none()
    if until is not None:
        unit.connection.execute(delete(event).where(*here, event.c.id <= until, event.c.id > first))


def passers_by(
    unit: Unit, before: datetime, nothing: Collection[str], most: int, among: Collection[str] | None = None
) -> tuple[str, ...]:
    """People of whom nothing is kept but that they agreed, and who were last here before a moment.

    `nothing` are the kinds of event that are nothing by themselves; `among` some people, where it is asked of them only.
    """
    own = interview.c.person == person.c.id
    something = select(event.c.id).join(interview, interview.c.id == event.c.interview)
    rows = (
        select(person.c.id)
        .where(
            person.c.created < before,
            ~exists(literal(1)).where(
                door.c.person == person.c.id, func.coalesce(door.c.seen, door.c.created) >= before
            ),
            ~exists(literal(1)).where(party.c.person == person.c.id),
            ~exists(literal(1)).where(file.c.person == person.c.id),
            ~exists(literal(1)).where(seat.c.person == person.c.id),
            ~something.where(own, event.c.kind.not_in(nothing)).exists(),
        )
        .order_by(person.c.created)
        .limit(most)
    )
    some = rows if among is None else rows.where(person.c.id.in_(among))
    return tuple(unit.connection.execute(some).scalars())
