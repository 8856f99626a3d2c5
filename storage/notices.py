"""What is to be told at a door: sentences that wait for its next Screen."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, insert, literal, select, update

from forms.message import Message, Own
from storage.sealed_columns import owner_at
from storage.tables import door, notice
from storage.unit import Unit

#: So many sentences wait at one door.
MOST = 50
#: Addresses that one statement names: databases count them.
_AT_ONCE = 500


@dataclass(frozen=True)
class CodeOf:
    """In a sentence: the recovery code of a person as it is when the sentence is shown. It is kept nowhere."""

    person: str


@dataclass(frozen=True)
class Notice:
    """A sentence that waits at a door. `code` is the digest of the union's code that it tells of, or ""."""

    id: int
    message: Message
    code: str = ""


def place(  # noqa: PLR0913, PLR0917  # one row
    unit: Unit, channel: str, address: str, message: Message, at: datetime, code: str = "", case: str = ""
) -> int:
    """Tell this at a door, behind what waits there already; gives its number.

    What holds words of somebody's names the `case` with which it goes.
    Of what waits for no word, the latest `MOST` do: nobody reads more, and a door that is never come by fills no table.
    """
    here = (notice.c.channel == channel, notice.c.address == address, notice.c.code.is_(None))
    last = select(notice.c.id).where(*here).order_by(notice.c.id.desc()).offset(MOST - 1).limit(1)
    unit.connection.execute(delete(notice).where(*here, notice.c.id <= last.scalar_subquery()))
    row = {"channel": channel, "address": address, "at": at, "text": message.text, "code": code or None}
    row["case"] = case or None
    made = unit.connection.execute(insert(notice).values({**row, "values": {}}).returning(notice.c.id))
    number = int(made.scalar_one())
    if message.values:
        values = {name: _packed(value) for name, value in message.values.items()}
        kept = unit.sealed.seal(owner_at(unit, channel, address), _WHAT, str(number), json.dumps(values))
        unit.connection.execute(update(notice).where(notice.c.id == number).values({"values": kept}))
    return number


def _values(unit: Unit, number: int, kept: Any) -> Mapping[str, object] | None:
    """What stands in a sentence; None where it does not open: whoever it was for has deleted what is theirs."""
    if not isinstance(kept, str):
        return {}
    opened = unit.sealed.glance(_WHAT, str(number), kept)
    return {name: _unpacked(each) for name, each in json.loads(opened).items()} if opened else None


_WHAT = "notice.values"


def where(unit: Unit, number: int) -> tuple[str, str] | None:
    """The door at which a notice waits; None where it was told there already."""
    row = unit.connection.execute(
        select(notice.c.channel, notice.c.address).where(notice.c.id == number, notice.c.shown.is_(None))
    ).one_or_none()
    return None if row is None else (row.channel, row.address)


def beside(unit: Unit, number: int) -> tuple[int, ...]:
    """The numbers of all that waits where a notice does; none where it was told there already."""
    here = where(unit, number)
    if here is None:
        return ()
    waits = select(notice.c.id).where(notice.c.channel == here[0], notice.c.address == here[1])
    return tuple(int(each) for each in unit.connection.execute(waits).scalars())


def unseen(unit: Unit, channel: str, addresses: Sequence[str]) -> tuple[str, ...]:
    """Those of a channel's addresses at which something waits that nobody was shown."""
    with_unseen: set[str] = set()
    for start in range(0, len(addresses), _AT_ONCE):
        some = addresses[start : start + _AT_ONCE]
        here = (notice.c.channel == channel, notice.c.address.in_(some), notice.c.shown.is_(None))
        with_unseen.update(unit.connection.execute(select(notice.c.address).where(*here)).scalars())
    return tuple(sorted(with_unseen))


def read(unit: Unit, number: int, at: datetime) -> None:
    """A notice was told in a message of its own; it goes with the next thing the person does."""
    unit.connection.execute(update(notice).where(notice.c.id == number).values(shown=at))


def told(unit: Unit, numbers: Collection[int], at: datetime) -> None:
    """Notices stand in a chat, in a message that was sent for them: they are over, less what waits for a word."""
    unit.connection.execute(delete(notice).where(notice.c.id.in_(numbers), notice.c.code.is_(None)))
    unit.connection.execute(update(notice).where(notice.c.id.in_(numbers)).values(shown=at))


def waiting(unit: Unit, channel: str, address: str) -> tuple[Notice, ...]:
    """What waits at a door, in order."""
    rows = unit.connection.execute(
        select(notice.c.id, notice.c.text, notice.c["values"], notice.c.code)
        .where(notice.c.channel == channel, notice.c.address == address)
        .order_by(notice.c.id)
    )
    waits = ((number, text, _values(unit, number, kept), of or "") for number, text, kept, of in rows)
    return tuple(
        Notice(int(number), Message(text, values), of)
        for number, text, values, of in waits
        if values is not None
    )


def shown(unit: Unit, channel: str, address: str, at: datetime) -> None:
    """What waits at a door stands on the Screen that follows something the person did.

    It goes with the next thing they do: until then a crash or a reload shows it again.
    """
    unit.connection.execute(
        update(notice)
        .where(notice.c.channel == channel, notice.c.address == address, notice.c.shown.is_(None))
        .values(shown=at)
    )


def passed(unit: Unit, channel: str, address: str) -> None:
    """What was shown is over, less what waits for a word."""
    unit.connection.execute(
        delete(notice).where(
            notice.c.channel == channel,
            notice.c.address == address,
            notice.c.shown.is_not(None),
            notice.c.code.is_(None),
        )
    )


def withdraw_all(unit: Unit, channel: str, address: str) -> None:
    """Nothing waits at this door any more."""
    unit.connection.execute(delete(notice).where(notice.c.channel == channel, notice.c.address == address))


def abandoned(unit: Unit, since: datetime) -> None:
    """What has waited since before a moment at a door that leads to nobody is told to nobody any more."""
    leads = exists(literal(1)).where(door.c.channel == notice.c.channel, door.c.address == notice.c.address)
    unit.connection.execute(delete(notice).where(notice.c.at < since, ~leads))


def withdraw(unit: Unit, code: str, channel: str = "", address: str = "") -> None:
    """What told of a code of the union is over, at one door or at all."""
    here = (notice.c.channel == channel, notice.c.address == address) if channel else ()
    unit.connection.execute(delete(notice).where(notice.c.code == code, *here))


def forget_cases(unit: Unit, cases: Collection[str]) -> None:
    """What tells of these cases in words of somebody's is told nowhere any more."""
    unit.connection.execute(delete(notice).where(notice.c.case.in_(cases)))


def _packed(value: object) -> Any:
    match value:
        case Own():
            return {"own": str(value)}
        case Message(text=text, values=values):
            return {"text": text, "values": {name: _packed(each) for name, each in values.items()}}
        case CodeOf(person=person):
            return {"code_of": person}
        case tuple():
            return [_packed(each) for each in value]
    return value


def _unpacked(value: Any) -> object:
    match value:
        case {"own": str(words)}:
            return Own(words)
        case {"text": str(text), "values": Mapping() as values}:
            return Message(text, {name: _unpacked(each) for name, each in values.items()})
        case {"code_of": str(person)}:
            return CodeOf(person)
        case list():
            return tuple(_unpacked(each) for each in value)
    return value
