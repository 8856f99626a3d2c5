"""Remarks: one on a question at a time while it is written, sent at one moment, taken back, answered with a round."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import insert

from storage import remarks
from storage.database import Database
from storage.tables import new_id, party
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive

LATER = NOW + timedelta(hours=1)


def parts(unit: Unit, case: str) -> tuple[str, str]:
    """A nominee and a technician of a case."""
    made = (new_id(), new_id())
    for identifier, role in zip(made, ("nominee", "expert"), strict=True):
        row = {"id": identifier, "case": case, "role": role, "number": 1, "state": "confirmed"}
        unit.connection.execute(insert(party), row)
    return made


async def test_a_remark_takes_the_place_of_one_that_was_not_sent_and_of_no_other(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        of = receive(unit, "青秀").case
        nominee, expert = parts(unit, of)
        remarks.write(unit, of, nominee, "trade", "wrong", "写全称", "s-青秀", NOW, 1)
        assert remarks.send(unit, of, NOW) == (nominee,)
        remarks.write(unit, of, nominee, "trade", "wrong", "再看看", "s-青秀", LATER, 1)
        remarks.write(unit, of, nominee, "trade", "missing", "还是没写全", "s-青秀", LATER, 1)
        remarks.write(unit, of, expert, "trade", "wrong", "写清楚", "s-青秀", LATER, 1)
        told = [(each.key, each.text, each.sent is not None) for each in remarks.of_case(unit, of)]
        assert sorted(told) == [
            ("expert 1", "写清楚", False),
            ("nominee 1", "写全称", True),
            ("nominee 1", "还是没写全", False),
        ]

    await database.run(work)


async def test_what_was_sent_is_not_dropped_and_another_cases_is_not_either(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        of, other = receive(unit, "青秀").case, receive(unit, "青秀").case
        nominee, _ = parts(unit, of)
        made = remarks.write(unit, of, nominee, "trade", "wrong", "写全称", "s-青秀", NOW, 1)
        assert not remarks.drop(unit, other, made)
        remarks.send(unit, of, NOW)
        assert not remarks.drop(unit, of, made)
        assert remarks.recall(unit, of, NOW) == (nominee,)
        assert remarks.drop(unit, of, made)
        assert not remarks.drop(unit, of, made)

    await database.run(work)


async def test_only_what_was_sent_at_that_moment_and_not_answered_is_recalled(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        of = receive(unit, "青秀").case
        nominee, expert = parts(unit, of)
        remarks.write(unit, of, nominee, "trade", "wrong", "写全称", "s-青秀", NOW, 1)
        remarks.send(unit, of, NOW)
        remarks.answered(unit, of, 2)
        remarks.write(unit, of, expert, "letter", "wrong", "写具体些", "s-青秀", LATER, 2)
        assert remarks.send(unit, of, LATER) == (expert,)
        assert remarks.recall(unit, of, NOW) == ()
        assert not remarks.open_of(unit, nominee)
        assert [each.text for each in remarks.open_of(unit, expert)] == ["写具体些"]
        assert remarks.open_of(unit, "nobody") == ()

    await database.run(work)


async def test_a_slip_is_undone_once(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        of, other = receive(unit, "青秀").case, receive(unit, "青秀").case
        nominee, _ = parts(unit, of)
        made = remarks.correct(unit, of, nominee, "name", None, {"a": ["陆"]}, "s-青秀", NOW)
        (kept,) = remarks.corrections(unit, of)
        assert (kept.key, kept.was, kept.now, kept.by, kept.undone) == (
            "nominee 1",
            None,
            {"a": ["陆"]},
            "青秀干事",
            None,
        )
        assert not remarks.undo(unit, other, made, LATER)
        assert remarks.undo(unit, of, made, LATER)
        assert not remarks.undo(unit, of, made, LATER)

    await database.run(work)
