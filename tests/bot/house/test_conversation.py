"""The one use case on real databases: a message counts once, answers last, and doors lead to people."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.house.turns import MovedOn
from dialogs.turn import Meant, Turn
from forms.attachment import Attachment
from forms.loader import Source
from storage import cases, interviews, tables
from storage.unit import Unit
from tests.bot.household import SOURCE, House, Someone, library, picture, stream
from tests.storage.rings import respoken, states

_PROOFS = "      - {kind: scans, id: proofs,"
WITH_A_PHOTO = Source(
    {
        name: text.replace(
            _PROOFS, f"      - {{kind: photo, id: portrait, label: 照片, ask: 请发照片。}}\n{_PROOFS}"
        )
        for name, text in SOURCE.files.items()
    }
)


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
    assert not house.conversation._locks


async def test_doors_of_different_channels_are_different_people(house: House, anna: Someone) -> None:
    await anna.begins()
    stranger = Someone(house, "anna", "terminal")
    await stranger.take()
    assert stranger.token("同意，开始")


# What a message was meant for


async def test_an_edited_message_is_known_by_what_it_answered(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报")
    await house.conversation.take("web", "anna", Turn("anna", "trade", text="焊工"))
    await anna.says("2015年7月")
    await anna.take(text="钳工", amends="trade")
    assert "“工种”从“焊工”改成“钳工”" in str(anna.screen.parts)
    await anna.presses("改成这个")
    assert anna.asked == "union_member"
    speaker = await house.database.run(lambda unit: interviews.speaker(unit, "web", "anna"))
    assert speaker and speaker.state.answers["trade"] == "钳工"


async def test_an_edit_in_another_conversation_or_application_is_no_answer(
    house: House, anna: Someone
) -> None:
    await anna.begins()
    await anna.says("个人申报")
    await house.conversation.take("web", "anna", Turn("anna", "trade", text="焊工"))
    elsewhere = Turn("other thread", "1", text="钳工", amends="trade")
    assert "没有记下" in str((await house.conversation.take("web", "anna", elsewhere)).parts)
    await anna.says("/mine")
    await anna.presses("另填一份", "小城工匠 ·")
    await anna.take(text="钳工", amends="trade")
    assert "没有记下" in str(anna.screen.parts)


async def test_files_sent_together_are_for_one_question(house: House, anna: Someone) -> None:
    await anna.fills()
    sent = [
        await house.conversation.receive("web", "anna", f"{number}.jpg", stream(picture((900, 900 + number))))
        for number in (1, 2)
    ]
    await anna.take(file=sent[0], album="a")
    await anna.presses("发完了")
    await anna.take(file=sent[1], album="a")
    speaker = await house.database.run(lambda unit: interviews.speaker(unit, "web", "anna"))
    assert speaker
    assert [scan["name"] for scan in speaker.state.answers["proofs"]] == ["1.jpg", "2.jpg"]


@pytest.fixture
async def at_the_photo(house: House, anna: Someone) -> tuple[Attachment, ...]:
    """Anna is asked for a photo, behind which certificates are asked for; three pictures have come."""
    house.open(library(WITH_A_PHOTO))
    await anna.fills()
    assert anna.asked == "portrait"
    house.now += timedelta(seconds=1)  # nobody sends a picture within the second that it is asked for in
    receive = house.conversation.receive
    return tuple(
        [
            await receive("web", "anna", f"{n}.jpg", stream(picture((600, 840 + n)) + bytes(20_000)))
            for n in (1, 2, 3)
        ]
    )


async def test_a_file_is_for_the_question_that_stood_when_it_was_sent(
    house: House, anna: Someone, at_the_photo: tuple[Attachment, ...]
) -> None:
    first, second, third = at_the_photo
    sent = house.now
    house.now += timedelta(seconds=0.8)
    await anna.take(file=first, sent=sent)
    assert anna.asked == "proofs"
    await anna.take(file=second, sent=sent)
    assert "从“1.jpg（600×841）”改成“2.jpg（600×842）”" in str(anna.screen.parts)
    await anna.presses("不改")
    await anna.take(file=third, sent=house.now + timedelta(seconds=1))
    assert "收到 1 份（3.jpg）" in str(anna.screen.parts)


@pytest.mark.parametrize("away", [timedelta(hours=-1), timedelta(days=200)], ids=["slow", "another day"])
async def test_a_clock_that_is_not_ours_sends_no_file_astray(
    house: House, anna: Someone, at_the_photo: tuple[Attachment, ...], away: timedelta
) -> None:
    await anna.take(file=at_the_photo[0], sent=house.now - away)
    await anna.take(file=at_the_photo[1], sent=house.now - away)
    assert "收到 1 份（2.jpg）" in str(anna.screen.parts)


async def test_a_text_for_a_screen_that_is_gone_is_not_taken(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报")
    meant = Meant("trade", anna.screen.revision)
    await anna.says("焊工")
    with pytest.raises(MovedOn):
        await anna.take(text="钳工", answers=meant)
    assert anna.asked == "trade_start"


# Nobody is locked out


async def test_a_language_before_consent_holds_and_nothing_is_kept(house: House, anna: Someone) -> None:
    await anna.take()
    await anna.presses("English")
    assert anna.screen.locale == "en"
    assert [await house.rows(table) for table in ("person", "door", "message")] == [0] * 3
    await anna.take(choice=anna.token("Agree"), locale="en")
    assert anna.screen.locale == "en"
    assert await house.rows("person") == 1


async def test_a_row_that_an_older_version_left_broken_opens_again(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报", "焊工")
    for broken in ('"page":"points-of-old"', '"page":3', '"moods":["good"],"page":""'):

        def spoil(unit: Unit, broken: str = broken) -> None:
            (identifier, state), *_ = states(unit).items()
            state = state.replace('"page":""', broken)
            assert broken in state
            respoken(unit, identifier, state)
            unit.connection.execute(update(tables.person).values(locale="xx"))

        await house.database.run(spoil)
        house.__post_init__()  # nothing is remembered
        assert (await anna.take()).asks
        await anna.says("上一步", "焊工")
        assert anna.asked == "trade_start"


@pytest.mark.parametrize("state", ["", "{", "null", '{"answers": 3}'])
async def test_copy_and_deletion_work_whatever_stands_in_the_row(
    house: House, anna: Someone, state: str
) -> None:
    await anna.begins()
    await house.database.run(
        lambda unit: unit.connection.execute(update(tables.interview).values(state=state))
    )
    house.__post_init__()  # nothing is remembered
    assert (await anna.take()).buttons
    copies = [copy async for copy in house.conversation.copies("web", "anna", 1 << 20)]
    assert len(copies) == 1
    assert await house.conversation.forget("web", "anna")
    assert await house.rows("person") == 0


async def test_whoever_is_in_an_interview_that_is_gone_is_in_another(house: House, anna: Someone) -> None:
    await anna.begins()
    await anna.says("个人申报")
    await house.database.run(
        lambda unit: unit.connection.execute(update(tables.person).values(current="f" * 32))
    )
    assert (await anna.take()).asks
    await anna.says("焊工")
    assert anna.asked == "trade_start"


@pytest.mark.parametrize("missing", [True, False])
async def test_a_definition_that_is_gone_or_unreadable_leaves_other_ways_on(
    house: House, anna: Someone, missing: bool
) -> None:
    await anna.begins()
    await anna.says("个人申报", "焊工")
    changed = Source({**SOURCE.files, "programme.yaml": SOURCE.files["programme.yaml"] + "\n# new\n"})

    def spoil(unit: Unit) -> None:
        snapshot = tables.snapshot
        broken = Source({"programme.yaml": "id: small\n"}).to_json()
        unit.connection.execute(update(snapshot).values(source=broken))
        if missing:
            (identifier, state), *_ = states(unit).items()
            respoken(unit, identifier, state.replace(SOURCE.digest, "0" * 64))

    await house.database.run(spoil)
    house.open(library(changed))
    await anna.take()
    assert "打不开" in str(anna.screen.parts)
    await anna.presses("另填一份", "小城工匠")
    await anna.says("个人申报")
    assert anna.asked == "trade"
    first = await house.database.run(states)
    assert any("焊工" in state for state in first.values())


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
