"""Messages that were taken: each counts once, and what it was taken for can be told later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select

from storage.tables import message
from storage.unit import Unit

_COUNT = insert(message)


def count(  # noqa: PLR0913, PLR0917  # a message by its key, and what it was taken for
    unit: Unit,
    channel: str,
    conversation: str,
    message_id: str,
    at: datetime,
    identifier: str = "",
    question: str = "",
    album: str = "",
) -> None:
    """Note a message as taken, and the interview and question that it was taken for. Conflict where it was."""
    unit.connection.execute(
        _COUNT,
        {
            "channel": channel,
            "conversation": conversation,
            "message": message_id,
            "at": at,
            "interview": identifier or None,
            "question": question or None,
            "album": album or None,
        },
    )


def taken(unit: Unit, channel: str, conversation: str, message_id: str) -> bool:
    """Whether a message was noted as taken."""
    wanted = (
        message.c.channel == channel,
        message.c.conversation == conversation,
        message.c.message == message_id,
    )
    return unit.connection.execute(select(message.c.at).where(*wanted)).first() is not None


def latest(unit: Unit, channel: str, conversation: str, most: int) -> tuple[tuple[str, datetime], ...]:
    """The messages of a conversation that were taken last, and when by the clock of whoever took them."""
    here = (message.c.channel == channel, message.c.conversation == conversation)
    last = select(message.c.message, message.c.at).where(*here).order_by(message.c.at.desc()).limit(most)
    return tuple((row.message, row.at) for row in unit.connection.execute(last))


def taken_for(
    unit: Unit, channel: str, conversation: str, *, message_id: str = "", album: str = ""
) -> tuple[str, str] | None:
    """The interview and question that a message, or the first file of an album, was taken for; None where for none."""
    wanted = message.c.message == message_id if message_id else message.c.album == album
    row = unit.connection.execute(
        select(message.c.interview, message.c.question)
        .where(
            message.c.channel == channel,
            message.c.conversation == conversation,
            wanted,
            message.c.question.is_not(None),
        )
        .order_by(message.c.at)
        .limit(1)
    ).one_or_none()
    return None if row is None else (str(row.interview), str(row.question))


def taken_since(unit: Unit, channel: str, conversation: str, moment: datetime) -> tuple[tuple[str, str], ...]:
    """The interviews and questions that a conversation's messages were taken for from a moment on, in order."""
    rows = unit.connection.execute(
        select(message.c.interview, message.c.question)
        .where(
            message.c.channel == channel,
            message.c.conversation == conversation,
            message.c.at >= moment,
            message.c.question.is_not(None),
        )
        .order_by(message.c.at)
    )
    return tuple((str(identifier), str(question)) for identifier, question in rows)
