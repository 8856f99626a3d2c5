"""What is sealed opens in its own place alone, with a key that counts with the unit that made or destroyed it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from dialogs.interview import Interview
from storage import interviews
from storage.conflicts import Conflict
from storage.database import Database
from storage.sealed import Broken, Keyless, Sealing, owner_of
from storage.tables import interview, new_id
from storage.unit import Unit
from tests.storage.rings import ring

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
OWNER = "a" * 32
TEXT = "450122198409129963 陆建华\x7f，🙂"
WORDS = "我是陆建华，在南宁机械厂当焊工"


@pytest.fixture
def sealing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealing]:
    with closing(ring(f"sqlite:///{tmp_path_factory.mktemp('ring')}/jiangjian.sqlite")) as keyring:
        yield Sealing(keyring)


@pytest.mark.parametrize("text", [TEXT, "a", "x" * 100_000, "s1.", f"s1.{OWNER}.AAAA"])
def test_a_text_opens_where_it_was_sealed(sealing: Sealing, text: str) -> None:
    sealed = sealing.seal(OWNER, "letter.text", "7", text)
    assert owner_of(sealed) == OWNER
    assert sealed.isascii()
    assert len(text) < 4 or text.startswith("s1.") or text not in sealed
    assert sealing.open("letter.text", "7", sealed) == text


def test_the_same_text_is_never_sealed_alike(sealing: Sealing) -> None:
    assert len({sealing.seal(OWNER, "letter.text", "7", TEXT) for _ in range(50)}) == 50


def test_nothing_is_kept_of_nothing(sealing: Sealing) -> None:
    assert sealing.seal(OWNER, "letter.text", "7", "") == ""
    assert sealing.open("letter.text", "7", "") == ""
    assert not sealing.pending


@pytest.mark.parametrize(
    "place", [("letter.text", "8"), ("remark.text", "7"), ("letter.text", "7|2"), ("letter.tex", "t|7")]
)
def test_in_another_row_or_column_or_version_it_does_not_open(
    sealing: Sealing, place: tuple[str, str]
) -> None:
    sealed = sealing.seal(OWNER, "letter.text", "7", TEXT)
    with pytest.raises(Broken):
        sealing.open(*place, sealed)
    assert sealing.glance(*place, sealed) == ""


def test_whatever_letter_of_it_is_changed_it_does_not_open(sealing: Sealing) -> None:
    sealing.seal("b" * 32, "letter.text", "7", "another key")
    sealed = sealing.seal(OWNER, "letter.text", "7", TEXT)
    for at in range(3, len(sealed) - 4):  # the last letters of base64 have bits that mean nothing
        changed = sealed[:at] + ("B" if sealed[at] != "B" else "C") + sealed[at + 1 :]
        with pytest.raises(Broken):
            sealing.open("letter.text", "7", changed)
    for cut in (sealed[:-4], sealed[:36], sealed[:40], sealed + "AAAA", sealed.replace("a" * 32, "b" * 32)):
        with pytest.raises(Broken):
            sealing.open("letter.text", "7", cut)


@pytest.mark.parametrize("text", [TEXT, '{"format":3}', "{}", "s2.x"])
def test_what_is_not_sealed_is_not_believed(sealing: Sealing, text: str) -> None:
    with pytest.raises(Broken, match="not sealed"):
        sealing.open("letter.text", "7", text)


def test_without_its_key_nothing_opens(sealing: Sealing) -> None:
    sealed = sealing.seal(OWNER, "letter.text", "7", TEXT)
    sealing.settle()
    assert sealing.open("letter.text", "7", sealed) == TEXT
    sealing.destroy([OWNER])
    with pytest.raises(Keyless):
        sealing.open("letter.text", "7", sealed)
    sealing.settle()
    again = sealing.seal(OWNER, "letter.text", "7", TEXT)
    sealing.settle()
    assert sealing.open("letter.text", "7", again) == TEXT, "another key of the same name"
    with pytest.raises(Broken):
        sealing.open("letter.text", "7", sealed)


def test_a_process_that_remembers_a_key_finds_the_one_that_another_put_in_its_place(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    url = f"sqlite:///{tmp_path_factory.mktemp('ring')}/jiangjian.sqlite"
    with closing(ring(url)) as one, closing(ring(url)) as other:
        here, there = Sealing(one), Sealing(other)
        before = here.seal(OWNER, "letter.text", "7", TEXT)
        here.settle()
        assert there.open("letter.text", "7", before) == TEXT
        here.destroy([OWNER])
        after = here.seal(OWNER, "letter.text", "7", TEXT)
        here.settle()
        assert there.open("letter.text", "7", before) == TEXT, "until the unit is durable"
        here.committed()
        assert there.open("letter.text", "7", after) == TEXT
        with pytest.raises(Broken):
            there.open("letter.text", "7", before)
        assert here.open("letter.text", "7", there.seal(OWNER, "letter.text", "7", TEXT)) == TEXT


def test_a_key_under_another_name_opens_the_same(sealing: Sealing) -> None:
    sealing.make(OWNER)
    sealing.twin(OWNER, "b" * 32)
    sealing.settle()
    one, other = sealing.find(OWNER), sealing.find("b" * 32)
    assert one
    assert other
    assert one.secret == other.secret
    sealing.destroy([OWNER])
    sealing.settle()
    assert sealing.find("b" * 32)


# Within units


async def test_a_unit_that_fails_leaves_no_key_behind(database: Database) -> None:
    def work(unit: Unit) -> None:
        unit.sealed.seal(OWNER, "letter.text", "7", TEXT)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.run(work)
    assert database.keyring.get(OWNER) is None


async def test_of_units_that_are_kept_together_each_has_its_own_keys(database: Database) -> None:
    def kept(owner: str, fails: bool) -> None:
        def work(unit: Unit) -> str:
            sealed = unit.sealed.seal(owner, "letter.text", "7", TEXT)
            if fails:
                raise Conflict(owner)
            return sealed

        return work  # type: ignore[return-value]

    owners = [new_id() for _ in range(40)]
    done = await asyncio.gather(
        *(database.run(kept(each, at % 3 == 0)) for at, each in enumerate(owners)), return_exceptions=True
    )
    for at, (each, result) in enumerate(zip(owners, done, strict=True)):
        assert isinstance(result, Conflict) == (at % 3 == 0)
        assert (database.keyring.get(each) is None) == (at % 3 == 0)


async def test_a_key_that_a_failing_unit_destroys_stays(database: Database) -> None:
    await database.run(lambda unit: unit.sealed.make(OWNER))

    def work(unit: Unit) -> None:
        unit.sealed.destroy([OWNER])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.run(work)
    assert database.keyring.get(OWNER)
    await database.run(lambda unit: unit.sealed.destroy([OWNER]))
    assert database.keyring.get(OWNER) is None


async def test_what_is_sealed_while_reading_is_done_once_more_where_it_is_kept(database: Database) -> None:
    sealed = await database.read(lambda unit: unit.sealed.seal(OWNER, "letter.text", "7", TEXT))
    assert await database.read(lambda unit: unit.sealed.open("letter.text", "7", sealed)) == TEXT


# Rows


def said(unit: Unit, address: str, words: str = WORDS) -> str:
    state = Interview(programme="small", answers={"brief": words})
    return interviews.welcome(unit, "web", address, state, NOW).interview


async def test_a_row_holds_nothing_that_was_said_and_opens_as_it_was(database: Database) -> None:
    identifier = await database.run(lambda unit: said(unit, "anna"))
    row = select(interview.c.state).where(interview.c.id == identifier)
    kept = await database.read(lambda unit: unit.connection.execute(row).scalar_one())
    assert owner_of(kept) == identifier
    assert not any(word in kept for word in ("陆", "brief", "format"))
    state = await database.read(lambda unit: interviews.by_id(unit, identifier).state)
    assert state.answers["brief"] == WORDS


async def test_rows_that_were_swapped_are_not_believed_and_keep_nobody_out(database: Database) -> None:
    one, other = await database.run(lambda unit: (said(unit, "anna"), said(unit, "bert", "别人的话")))

    def swap(unit: Unit) -> None:
        run = unit.connection.execute
        texts = {row.id: row.state for row in run(select(interview.c.id, interview.c.state))}
        for here, there in ((one, other), (other, one)):
            run(update(interview).where(interview.c.id == here).values(state=texts[there]))

    await database.run(swap)
    speaker = await database.run(lambda unit: interviews.speaker(unit, "web", "anna"))
    assert speaker
    assert "别人的话" not in speaker.state.model_dump_json()
    assert speaker.state.answers == {}
    assert speaker.state.unread


async def test_an_older_text_of_the_same_row_does_not_open_under_a_newer_version(database: Database) -> None:
    identifier = await database.run(lambda unit: said(unit, "anna"))
    here = interview.c.id == identifier
    row = select(interview.c.state).where(here)
    old = await database.run(lambda unit: unit.connection.execute(row).scalar_one())
    known = await database.run(lambda unit: interviews.by_id(unit, identifier))
    later = interviews.written(known.state.model_copy(update={"answers": {"brief": "后来的话"}}))
    await database.run(lambda unit: interviews.save(unit, known, later))
    await database.run(lambda unit: unit.connection.execute(update(interview).where(here).values(state=old)))
    state = await database.read(lambda unit: interviews.by_id(unit, identifier).state)
    assert state.answers == {}


async def test_text_put_into_a_row_by_hand_is_no_answer_of_anybody(database: Database) -> None:
    identifier = await database.run(lambda unit: said(unit, "anna"))
    forged = Interview(programme="small", answers={"brief": "我放弃"}).model_dump_json()
    here = interview.c.id == identifier
    await database.run(
        lambda unit: unit.connection.execute(update(interview).where(here).values(state=forged))
    )
    state = await database.read(lambda unit: interviews.by_id(unit, identifier).state)
    assert state.answers == {}
    assert state.programme == ""
