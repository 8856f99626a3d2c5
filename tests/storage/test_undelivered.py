"""What nobody heard of: at a door that is closed to us, or given up, until it is read; for people of the office alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from dialogs.interview import Interview
from forms.message import say
from storage import interviews, notices, outbox, people, stays, undelivered
from storage.database import Database
from storage.desk_tables import seat
from storage.stays import Stay
from storage.tables import new_id, party
from storage.undelivered import Undelivered
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive


def somebody(unit: Unit, name: str, row: Stay | None = None) -> None:
    """A person with a door, about whom a case is, or who sits at the office."""
    who = interviews.welcome(unit, "telegram", name, Interview(locale="zh"), NOW).person
    if row is None:
        unit.connection.execute(update(seat).where(seat.c.id == "s-青秀").values(person=who))
        return
    part = {"id": new_id(), "case": row.case, "role": "nominee", "number": 1, "state": "confirmed"}
    unit.connection.execute(insert(party), {**part, "person": who})


def given_up(unit: Unit, number: int) -> None:
    """A notice was tried until the last time."""
    outbox.enqueue(unit, "notice", f"notice {number}", {"notice": str(number)}, NOW)
    for times in range(len(outbox.PAUSES) + 1):
        now = NOW + timedelta(days=times)
        for item in outbox.claim(unit, now, timedelta(seconds=1), 10):
            outbox.postpone(unit, item, now)


@pytest.mark.parametrize("how", ["blocked", "given up"])
async def test_it_is_told_whom_it_concerns_until_they_have_read_it(database: Database, how: str) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "兴宁")
        row = receive(unit, "青秀")
        receive(unit, "兴宁")
        somebody(unit, "anna", row)
        somebody(unit, "wei")
        for name in ("anna", "wei"):
            number = notices.place(unit, "telegram", name, say("好的"), NOW)
            assert undelivered.of_office(unit, "青秀").staff == (), "it may still arrive"
            if how == "blocked":
                people.unreachable(unit, "telegram", name, NOW)
            else:
                given_up(unit, number)
            if name == "anna":
                assert undelivered.of_office(unit, "青秀") == Undelivered(1, ((row.id, row.number),), ())
        assert undelivered.of_office(unit, "青秀") == Undelivered(2, ((row.id, row.number),), ("青秀干事",))
        assert undelivered.of_office(unit, "兴宁") == Undelivered()
        notices.shown(unit, "telegram", "anna", NOW)
        assert undelivered.of_office(unit, "青秀") == Undelivered(1, (), ("青秀干事",))

    await database.run(work)


async def test_whose_case_went_on_is_the_next_offices_to_call(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        row = receive(unit, "青秀")
        somebody(unit, "anna", row)
        notices.place(unit, "telegram", "anna", say("好的"), NOW)
        people.unreachable(unit, "telegram", "anna", NOW)
        assert stays.decide(unit, row.id, row.version, "passed", "s-青秀", NOW)
        up = stays.arrive(unit, row.case, "南宁", "small", 1, NOW, "", 0, 0, "", row.id)
        assert undelivered.of_office(unit, "青秀") == Undelivered()
        assert undelivered.of_office(unit, "南宁") == Undelivered(1, ((up, row.number),))

    await database.run(work)
