"""The one use case on real databases: a message counts once, answers last, and doors lead to people."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.house.joining import TooManyAttempts
from dialogs.turn import Turn
from forms.loader import Source
from forms.printing.workers import Workers
from storage import cases, interviews, tables
from storage.database import Database
from tests.bot.household import SOURCE, House, Someone, library, picture, stream
from tests.storage.servers import database, empty_url, postgresql, url  # noqa: F401


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def house(database: Database, tmp_path: Path, workers: Workers) -> House:  # noqa: F811
    return House(database, tmp_path / "files", workers)


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house)


# Turns


async def test_looking_keeps_nothing_and_so_does_talk_before_consent(house: House, anna: Someone) -> None:
    await anna.take()
    await anna.says("我叫陆建华")
    await anna.presses("不同意")
    assert [await house.rows(table) for table in ("person", "door", "interview", "message", "event")] == [
        0
    ] * 5


async def test_answers_last_over_a_restart(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报", "焊工")
    house.open(library())
    assert (await anna.take()).asks == anna.screen.asks
    assert anna.asked == "trade_start"


async def test_a_message_sent_again_counts_once_and_shows_the_current_screen(
    house: House, anna: Someone
) -> None:
    await anna.begins()
    turn = Turn("anna", "the same", text="个人申报")
    first = await house.conversation.take("web", "anna", turn)
    again = await house.conversation.take("web", "anna", turn)
    assert first.asks and again.asks and first.asks.question == again.asks.question == "trade"
    assert await house.rows("event") == 3  # consented, began, answered


async def test_the_same_message_a_hundred_times_at_once_counts_once(house: House, anna: Someone) -> None:
    await anna.begins()
    # Two houses on one database are two processes: no lock in memory keeps them apart.
    other = House(house.database, house.files, house.workers)
    turn = Turn("anna", "the same", text="个人申报")
    screens = await asyncio.gather(
        *((house, other)[number % 2].conversation.take("web", "anna", turn) for number in range(100))
    )
    assert {screen.asks.question for screen in screens if screen.asks} == {"trade"}
    assert await house.rows("event") == 3


async def test_different_messages_at_once_are_all_taken_in_some_order(house: House, anna: Someone) -> None:
    await anna.begins()
    other = House(house.database, house.files, house.workers)
    before = await house.rows("message")
    turns = [Turn("anna", f"race-{number}", text="菜单") for number in range(40)]
    await asyncio.gather(
        *((house, other)[n % 2].conversation.take("web", "anna", turn) for n, turn in enumerate(turns))
    )
    assert await house.rows("message") == before + 40
    seat = await house.database.run(lambda unit: interviews.speaker(unit, "web", "anna"))
    assert seat and seat.state.revision == 2 + 40


async def test_a_locked_door_is_forgotten_when_nobody_stands_there(house: House, anna: Someone) -> None:
    await anna.begins()
    assert not house.conversation._turns


async def test_doors_of_different_channels_are_different_people(house: House, anna: Someone) -> None:
    await anna.begins()
    stranger = Someone(house, "anna", "terminal")
    await stranger.take()
    assert stranger.token("同意，开始")


# Cases


async def test_choosing_a_programme_opens_a_case_pinned_to_its_definition(
    house: House, anna: Someone
) -> None:
    await anna.begins()
    case, party = tables.case, tables.party
    kept = await house.database.run(
        lambda unit: unit.connection.execute(
            select(case, party.c.role).join(party, party.c.case == case.c.id)
        ).one()
    )
    assert (kept.programme, kept.digest, kept.practice, kept.finished) == (
        "small",
        SOURCE.digest,
        False,
        None,
    )
    assert kept.role == "nominee"
    assert await house.database.run(lambda unit: cases.definition(unit, SOURCE.digest)) == SOURCE


async def test_a_case_stays_with_its_definition_when_the_programme_changes(
    house: House, anna: Someone
) -> None:
    await anna.begins()
    await anna.says("个人申报")
    form = SOURCE.files["forms/application.yaml"].replace("您是什么工种？", "新版问题")
    changed = Source({**SOURCE.files, "forms/application.yaml": form})
    house.open(library(changed))
    await anna.take()
    assert "您是什么工种？" in str(anna.screen.parts)
    await anna.says("焊工")
    assert anna.asked == "trade_start"
    ben = Someone(house, "ben")
    await ben.begins()
    await ben.says("个人申报")
    assert "新版问题" in str(ben.screen.parts)
    assert await house.rows("snapshot") == 2


async def test_one_definition_is_kept_once(house: House, anna: Someone) -> None:
    people = [anna, *(Someone(house, f"p{number}") for number in range(10))]
    await asyncio.gather(*(person.begins() for person in people))
    assert (await house.rows("snapshot"), await house.rows("case")) == (1, 11)


async def test_several_applications_side_by_side(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报", "焊工")
    old = anna.token("菜单")
    await anna.says("我的申报")
    await anna.presses("另填一份")
    assert anna.token("继续：小城工匠")
    # A button of the interview that was left is not taken for one of this.
    assert "已经过去" in str((await anna.take(choice=old)).parts)
    await anna.presses("小城工匠 ·")
    assert anna.asked == "route"
    await anna.says("我的申报")
    await anna.presses("小城工匠 （填写中）")
    assert anna.asked == "trade_start"
    assert (await house.rows("case"), await house.rows("interview")) == (2, 2)
    # An interview that never chose a programme is used again rather than left behind.
    for _ in range(3):
        await anna.says("我的申报")
        await anna.presses("另填一份", "继续")
    assert await house.rows("interview") == 3


async def test_the_language_goes_along(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("菜单")
    await anna.presses("English")
    await anna.says("/mine")
    await anna.take(choice=next(t for t, b in anna.screen.tokens().items() if b.action.verb == "new"))
    assert anna.screen.locale == "en"


# Doors


async def test_a_code_opens_the_interview_at_another_device(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报")
    code = await house.conversation.resume_code("web", "anna")
    phone = Someone(house, "phone")
    assert not await house.conversation.redeem("web", "phone", "ABCDE-FGHJK")
    assert await house.conversation.redeem("web", "phone", f" {code.lower().replace('-', ' ')} ")
    await phone.take()
    assert phone.asked == "trade"
    await phone.says("焊工")
    await anna.take()
    assert anna.asked == "trade_start"
    assert not await house.conversation.redeem("web", "tablet", code)


async def test_what_was_begun_on_the_other_device_comes_along(house: House, anna: Someone) -> None:
    await anna.begins()
    phone = Someone(house, "phone")
    await phone.begins()
    await phone.says("个人申报")
    attachment = await house.conversation.receive("web", "phone", "a.jpg", stream(picture()))
    code = await house.conversation.resume_code("web", "anna")
    assert await house.conversation.redeem("web", "phone", code)
    await phone.says("我的申报")
    await phone.presses("小城工匠 （填写中）")
    assert phone.asked == "trade"
    assert await house.conversation.attachment("web", "anna", attachment.file) == attachment


async def test_a_code_expires_and_is_not_kept_in_the_clear(house: House, anna: Someone) -> None:
    await anna.begins()
    code = await house.conversation.resume_code("web", "anna")
    column = tables.resume_code.c.digest
    kept = await house.database.run(lambda unit: unit.connection.execute(select(column)).scalar_one())
    assert code.replace("-", "") not in kept and len(kept) == 64
    house.now += timedelta(minutes=15)
    assert not await house.conversation.redeem("web", "phone", code)


async def test_guessing_is_stopped_at_the_door(house: House, anna: Someone) -> None:
    await anna.begins()
    for _ in range(5):
        assert not await house.conversation.redeem("web", "phone", "22222-22222")
    code = await house.conversation.resume_code("web", "anna")
    with pytest.raises(TooManyAttempts):
        await house.conversation.redeem("web", "phone", code)
    house.now += timedelta(minutes=15)
    code = await house.conversation.resume_code("web", "anna")
    assert await house.conversation.redeem("web", "phone", code)


async def test_nobody_gets_a_code_before_anything_is_kept(house: House) -> None:
    with pytest.raises(LookupError):
        await house.conversation.resume_code("web", "anna")
