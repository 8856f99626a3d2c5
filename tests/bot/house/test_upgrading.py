"""A database of 0006 with people in every state is brought up to date, and everybody goes on where they were."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dialogs.company import Invited
from dialogs.engine import step
from dialogs.interview import Brief, Earlier, Interview
from dialogs.turn import Screen, Turn
from dialogs.words import Words
from forms.answers import scope
from forms.message import say
from forms.parties import LEADING, Parts
from forms.printing.workers import Workers
from forms.programme import Programme
from storage import interviews, tables
from storage.migrations import upgrade
from storage.sealing_rows import bring
from tests.bot.house.older import Household, Row, letters, people, write
from tests.bot.house.walks import LIBRARY, NOW, Counts, files_of, programme_of, scene
from tests.bot.household import House, Someone
from tests.storage.rings import kept_at, ring, states

#: Pages that show what belongs to the person and not to the interview: compared by all but their words.
_OF_THE_PERSON = ("mydata", "delete", "code", "devices", "leaving")


@pytest.fixture(scope="module")
def walked() -> Household:
    return people()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def upgraded(
    walked: Household, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A database of then, brought up to date. It is only looked at."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/jiangjian.sqlite"
    else:
        url = str(request.getfixturevalue("postgresql_server")())
    write(url, walked)
    up_to_date(url)
    return url


@pytest.fixture
def house(upgraded: str, tmp_path: Path, crew: Workers) -> Iterator[House]:
    """The house of today over the database of then."""
    with opened(upgraded, tmp_path, crew) as house:
        yield house


@pytest.fixture
def some(walked: Household) -> list[Row]:
    """Some of those who are alone in the world."""
    known = Counter(each.person for each in walked.rows)
    several = Counter(each.case for each in walked.rows if each.case)
    alone = [each for each in now_in(walked) if known[each.person] == 1 and several[each.case] < 2]
    return [each for each in alone if each.state.page not in _OF_THE_PERSON][::8]


@contextmanager
def opened(url: str, tmp_path: Path, crew: Workers) -> Iterator[House]:
    """The house of today over a database that it brings up to date."""
    up_to_date(url)
    database = kept_at(url)
    house = House(database, tmp_path / "files", crew, now=NOW)
    house.open(LIBRARY)
    try:
        yield house
    finally:
        database.close()


def up_to_date(url: str) -> None:
    """As a start does it."""
    upgrade(url)
    with closing(ring(url)) as keyring:
        bring(url, keyring)


def expected(found: Household, each: Row) -> Screen:
    """What the interview alone gives, in its scene: the letters and the counts that there were, what else is theirs."""
    programme = programme_of(each.state)
    theirs = [other for other in found.rows if other.person == each.person and other is not each]
    theirs.sort(key=lambda other: (-other.begun.timestamp(), other.interview))
    known = tuple((other, programme_of(other.state)) for other in theirs)
    briefs = tuple(_brief(other, of.title, each.state.locale, of) for other, of in known if of)
    earlier = tuple(Earlier(other.interview, of, other.state) for other, of in known if of)
    counted = Counter(key for case, keys in found.keys.items() if case != each.case for key in keys.values())
    around = scene(
        parts=_others(found, each, programme),
        invited=_asked(found, each, programme),
        others=briefs,
        earlier=earlier,
        counts=Counts(counted),
    )
    return step(programme, each.state, Turn("", ""), around).screen


def _others(found: Household, each: Row, programme: Programme | None) -> Parts:
    """What the others of a case have said, as far as each may know of it."""
    if programme is None or not programme.has_form("expert"):
        return {}
    if each.role == LEADING:
        return {"expert": found.of(each.case)}
    participant = programme.participant(each.role)
    reads = participant.reads if participant else frozenset()
    return {LEADING: ({name: value for name, value in _names(found, each).items() if name in reads},)}


def _asked(found: Household, each: Row, programme: Programme | None) -> Invited | None:
    if programme is None or each.role == LEADING:
        return None
    experts = [other for other in found.rows if other.case == each.case and other.role == each.role]
    experts.sort(key=lambda other: (other.begun, other.interview))
    number = [other.interview for other in experts].index(each.interview) + 1
    return Invited(each.role, number, "", str(_names(found, each).get("name", "")))


def _names(found: Household, each: Row) -> Mapping[str, Any]:
    """The names of the nominee's answers in somebody's case."""
    lead = next(other for other in found.rows if other.case == each.case and other.role == LEADING)
    programme = programme_of(lead.state)
    return scope(programme, lead.state.answers, NOW) if programme else {}


def _brief(other: Row, title: str, locale: str, of: Any) -> Brief:
    words, state = Words(locale, of), other.state
    told = say("已生成材料") if state.finished_at else say("练习") if state.practice else say("填写中")
    return Brief(other.interview, words.text(title), str(state.answers.get("name", "")), words(told))


def seen(screen: Screen, page: str) -> dict[str, Any]:
    """A Screen as a person meets it; what names the interview or counts looks is left out."""
    told = {each.name: getattr(screen, each.name) for each in fields(Screen)}
    told["buttons"] = [(b.label, b.style, b.on, b.action.verb) for b in screen.all_buttons()]
    for name in ("who", "once", "code", "parts" if page in _OF_THE_PERSON else ""):
        told.pop(name, None)
    return told


def now_in(found: Household) -> list[Row]:
    """The interviews that people are in."""
    return [each for each in found.rows if each.current]


def test_the_walks_leave_people_in_every_state(walked: Household) -> None:
    """What the tests below stand on."""
    states = [each.state for each in walked.rows]
    assert len(states) >= 200
    for name in set(Interview.model_fields) - {
        "format",
        "role",
        "due",
        "told",
        "unread",
        "consented_at",
        # These came later than what was kept then.
        "declined",
        "proposed",
        "stumbles",
        "acting",
        "amendments",
        "asked",
        "asking",
        "ground",
        "heeded",
        "subject",
        "upheld",
    }:
        kinds = {str(getattr(state, name)) for state in states}
        assert len(kinds) > 1, name
    assert {state.programme for state in states} == {"", *(each.id for each in LIBRARY.offered)}
    assert len({state.page for state in states}) >= 10
    assert {each.channel for each in walked.rows} == {"web", "telegram"}
    assert walked.keys
    assert walked.letters
    assert any(programme_of(each.state) not in LIBRARY.offered for each in walked.rows if each.state.digest)


async def test_everybody_goes_on_where_they_were(house: House, walked: Household) -> None:
    for each in now_in(walked):
        met = await house.conversation.take(each.channel, each.address, Turn(each.address, "look"))
        assert seen(met, each.state.page) == seen(expected(walked, each), each.state.page), each.state


async def test_what_they_answered_and_where_else_they_are_is_all_there(
    house: House, walked: Household
) -> None:
    for each in walked.rows:
        known = await house.database.read(lambda unit, each=each: interviews.by_id(unit, each.interview))
        # The language is the person's, and a moment is told in the time of one place.
        beside = {"locale": each.state.locale, "consented_at": each.state.consented_at}
        assert known.state.model_copy(update=beside) == each.state
        agreed = datetime.fromisoformat(known.state.consented_at)
        assert agreed == datetime.fromisoformat(each.state.consented_at)
        assert known.case == each.case
        assert known.person == each.person


async def test_files_are_tied_to_the_interviews_that_name_them(house: House, walked: Household) -> None:
    found = select(tables.attached.c.interview, tables.attached.c.file)
    rows = await house.database.read(lambda unit: set(map(tuple, unit.connection.execute(found))))
    assert rows == {(each.interview, held.file) for each in walked.rows for held in files_of(each.state)}
    assert rows
    for each in now_in(walked)[::10]:
        for held in files_of(each.state):
            assert await house.conversation.attachment(each.channel, each.address, held.file) == held


async def test_letters_count_in_the_order_in_which_they_were_begun(house: House, walked: Household) -> None:
    for case in {each.case for each in walked.rows if each.case}:
        kept = await house.database.read(lambda unit, case=case: letters(unit, case))
        assert kept == walked.of(case)


async def test_a_case_is_as_far_as_its_nominee(house: House, walked: Household) -> None:
    found = select(tables.case.c.id, tables.case.c.status, tables.case.c.finished)
    rows = await house.database.read(lambda unit: unit.connection.execute(found).all())
    told = {of.id: (of.status, of.finished is not None) for of in rows}
    for each in walked.rows:
        if each.case and each.role == "nominee":
            done = bool(each.state.finished_at)
            assert told[each.case] == ("finished" if done else "open", done)


async def test_cases_still_count_for_others_and_nothing_plain_is_left(
    house: House, walked: Household
) -> None:
    wanted = frozenset(key for keys in walked.keys.values() for key in keys.values())
    counted = Counter(key for keys in walked.keys.values() for key in keys.values())
    across = house.conversation.across
    assert await house.database.run(lambda unit: across.counts(unit, wanted, None)) == dict(counted)
    await house.conversation.expire()
    kept = select(tables.case_key.c.key, tables.case_key.c.plain)
    rows = await house.database.read(lambda unit: unit.connection.execute(kept).all())
    assert len(rows) == sum(counted.values())
    assert not any(each.plain or each.key in wanted for each in rows)
    assert await house.database.run(lambda unit: across.counts(unit, wanted, None)) == dict(counted)


async def test_recovery_codes_open_what_they_opened(
    empty_url: str, tmp_path: Path, crew: Workers, some: list[Row]
) -> None:
    write(empty_url, Household(some))
    with opened(empty_url, tmp_path, crew) as house:
        for each in some:
            someone = Someone(house, f"new-{each.person}")
            await someone.says(each.code)
            await someone.take(choice=next(iter(someone.screen.tokens())))
            met = await someone.take()
            assert seen(met, "")["asks"] == seen(expected(Household(some), each), "")["asks"]
            assert met.locale == each.state.locale


async def test_who_goes_on_keeps_all_that_there_was(
    empty_url: str, tmp_path: Path, crew: Workers, some: list[Row]
) -> None:
    """What is read in the old format is written in today's."""
    write(empty_url, Household(some))
    with opened(empty_url, tmp_path, crew) as house:
        for each in some:
            turn = Turn(each.address, "said", text="菜单" if each.state.programme else "/privacy")
            await house.conversation.take(each.channel, each.address, turn)
        kept = await house.database.read(states)
    written = {identifier: json.loads(state) for identifier, state in kept.items()}
    for each in some:
        assert written[each.interview]["format"] == Interview().format
        assert written[each.interview]["answers"] == each.state.model_dump(mode="json")["answers"]
