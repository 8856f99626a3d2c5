"""Rows of 0006 that are odd or broken: nobody is kept out by them, and nobody else loses anything."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.house.spelling import digest_of, long_code
from dialogs.interview import Interview
from dialogs.turn import Screen, Turn
from forms.printing.workers import Workers
from storage import interviews, tables
from storage.tables import new_id
from tests.bot.house.older import BEGAN, Household, Row, letters, people, row, spoil, write
from tests.bot.house.test_upgrading import expected, now_in, opened, seen
from tests.bot.house.walks import NOW
from tests.bot.household import House, Someone
from tests.storage.rings import states

STATE = "UPDATE interview SET state = :state WHERE id = :id"


@pytest.fixture(scope="module")
def walked() -> Household:
    return people()


@pytest.fixture(scope="module")
def going(walked: Household) -> Row:
    """Somebody in the middle of an application, on the web, in Chinese."""
    return next(
        each
        for each in now_in(walked)
        if (each.role, each.channel, each.state.locale) == ("nominee", "web", "zh")
        and each.state.answers
        and each.case
        and not (each.state.finished_at or each.state.page)
    )


def alike(known: Row, state: Interview | None = None, **more: Any) -> Row:
    """Somebody else who is as far."""
    return row(state or known.state, **{"case": new_id(), **more})


async def looks(house: House, at: Row) -> Screen:
    return await house.conversation.take(at.channel, at.address, Turn(at.address, "look"))


def own(each: Row) -> dict[str, Any]:
    """What they met before."""
    return seen(expected(Household([each]), each), "")


ODD = {
    "no JSON": "{",
    "a list": "[]",
    "nothing": "",
    "very deep": "[" * 5000 + "]" * 5000,
    "no object within": '{"answers": 7, "page": {"a": 1}, "revision": "many"}',
    "another page": '{"party":"nominee","locale":"zh","consented_at":"2026-05-01T04:00:00+00:00","page":"maze"}',
    "another language": '{"party":"nominee","locale":"tlhIngan Hol","consented_at":"2026-05-01T04:00:00+00:00"}',
    "odd beside": '{"party":7,"locale":["zh"],"consented_at":{"a":1},"answers":{"name":"陆建华"}}',
    "half a character": '{"party":"nominee","locale":"zh","consented_at":"","answers":{"name":"\\ud800"}}',
}


@pytest.mark.parametrize("kept", ODD.values(), ids=ODD)
async def test_they_keep_nobody_out_and_nobody_else(
    empty_url: str, tmp_path: Path, crew: Workers, going: Row, kept: str
) -> None:
    beside, alone, part = alike(going), alike(going, Interview(), case=None), alike(going)
    write(empty_url, Household([beside, alone, part]))
    for odd in (alone, part):
        spoil(empty_url, STATE, state=kept, id=odd.interview)
    with opened(empty_url, tmp_path, crew) as house:
        for odd in (alone, part):
            assert (await looks(house, odd)).all_buttons()
            left = (await house.database.read(states))[odd.interview]
            assert left == kept, "what nobody can read stays as it was"
        assert seen(await looks(house, beside), "") == own(beside)


@pytest.mark.parametrize("agreed", ["2026-05-01T12:00:00", "2026-05-01", "yes"])
async def test_who_agreed_at_a_moment_that_nobody_can_place_agreed_all_the_same(
    empty_url: str, tmp_path: Path, crew: Workers, going: Row, agreed: str
) -> None:
    chosen = alike(going, Interview(consented_at=NOW.isoformat(), locale="en"), case=None)
    everybody = [alike(going), chosen]
    write(empty_url, Household(everybody))
    for each in everybody:
        odd = json.loads(each.text) | {"consented_at": agreed}
        spoil(empty_url, STATE, state=json.dumps(odd), id=each.interview)
    with opened(empty_url, tmp_path, crew) as house:
        for each in everybody:
            assert seen(await looks(house, each), "") == own(each)


@pytest.mark.parametrize("lost", ["broken", "gone"])
async def test_who_is_in_an_interview_that_cannot_be_read_has_agreed_in_their_others(
    empty_url: str, tmp_path: Path, crew: Workers, lost: str
) -> None:
    first = row(Interview(consented_at=NOW.isoformat(), locale="en"), current=False)
    here = row(first.state, person=first.person, begun=NOW)
    write(empty_url, Household([first, here]))
    spoil(empty_url, STATE, state="{", id=here.interview)
    if lost == "gone":
        spoil(empty_url, "DELETE FROM interview WHERE id = :id", id=here.interview)
    with opened(empty_url, tmp_path, crew) as house:
        assert (await looks(house, here)).locale == "en"
        state = await house.database.read(lambda unit: interviews.by_id(unit, first.interview).state)
        assert state.consented_at


async def test_an_expert_who_finished_has_not_closed_the_case(
    empty_url: str, tmp_path: Path, crew: Workers, going: Row
) -> None:
    """As the code of then did it; who changed their letter opened one that was handed in."""
    done = going.state.model_copy(update={"finished_at": NOW.isoformat()})
    under_way, handed_in = alike(going), alike(going, done)
    write(empty_url, Household([under_way, handed_in]))
    statement = 'UPDATE "case" SET finished = :at WHERE id = :id'
    spoil(empty_url, statement, at="2026-06-30T00:00:00.000000+00:00", id=under_way.case)
    spoil(empty_url, statement, at=None, id=handed_in.case)
    with opened(empty_url, tmp_path, crew) as house:
        found = select(tables.case.c.id, tables.case.c.status, tables.case.c.finished)
        rows = await house.database.read(lambda unit: unit.connection.execute(found).all())
    assert set(map(tuple, rows)) == {(under_way.case, "open", None), (handed_in.case, "finished", NOW)}


async def test_letters_that_were_begun_at_the_same_moment_keep_their_order(
    empty_url: str, tmp_path: Path, crew: Workers, walked: Household
) -> None:
    expert = next(each for each in walked.rows if each.role == "expert" and each.state.finished_at)
    lead = next(each for each in walked.rows if each.case == expert.case and each.role == "nominee")
    told = [
        row(
            expert.state.model_copy(update={"answers": {**expert.state.answers, "expert_name": name}}),
            role="expert",
            case=lead.case,
            begun=BEGAN,
        )
        for name in "甲乙丙丁戊己"
    ]
    write(empty_url, Household([replace(lead, current=True), *told]))
    with opened(empty_url, tmp_path, crew) as house:
        kept = await house.database.read(lambda unit: letters(unit, lead.case or ""))
    assert kept == tuple(each.state.answers for each in sorted(told, key=lambda each: each.interview))


async def test_the_unions_code_opens_the_part_that_it_was_issued_for(
    empty_url: str, tmp_path: Path, crew: Workers, going: Row
) -> None:
    known, code = alike(going), long_code()
    write(empty_url, Household([known]))
    moments = {"created": BEGAN, "opens": NOW - timedelta(days=1), "expires": NOW + timedelta(days=9)}
    spoil(
        empty_url,
        "INSERT INTO code (digest, kind, party, issuer, created, opens, expires) "
        "VALUES (:digest, 'union', :party, '王干事', :created, :opens, :expires)",
        digest=digest_of(code),
        party=known.party,
        **{name: moment.isoformat(timespec="microseconds") for name, moment in moments.items()},
    )
    with opened(empty_url, tmp_path, crew) as house:
        someone = Someone(house, "anew")
        await someone.comes_with(code)
        assert seen(await someone.take(), "")["asks"] == own(known)["asks"]
