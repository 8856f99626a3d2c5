"""One message at the desk: what the seat allows is asked where it is done, and what does not count is said in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.house.desk.desk_turns import DeskTurns
from bot.house.intake import AtDesk
from bot.house.troubles import code_of, words
from dialogs.turn import Turn
from forms.attachment import Attachment
from storage import belongings, desks, interviews, seats, stays
from storage.desk_tables import stay
from storage.unit import Unit
from tests.bot.house.desk.cases import Lying, forges, lying, said, shows
from tests.bot.household import House, picture, stream


async def ends(case: Lying, name: str) -> None:
    """Somebody's seat at the county union ends."""

    def end(unit: Unit) -> None:
        seat = next(e.id for e in seats.of_office(unit, case.bureau.county) if e.name == name)
        seats.end(unit, seat, case.house.now)

    await case.house.database.run(end)


async def test_a_clerk_who_lost_their_seat_before_the_press_decides_nothing_and_finds_their_own_way(
    house: House,
) -> None:
    case = await lying(house)
    await case.opens()
    await ends(case, "韦经办")
    await forges(case.clerk, "accept_now")
    assert (await case.stay()).state == "here"
    assert "陆建华" not in shows(case.clerk)
    assert case.clerk.screen.buttons
    await case.clerk.take()
    assert "陆建华" not in shows(case.clerk)


async def test_a_clerk_who_is_demoted_between_reading_and_writing_is_told_so(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await lying(house)
    await case.bureau.seats("黄主席", case.bureau.county, "head")
    await case.opens()
    meanwhile(monkeypatch, lambda unit: _end(unit, case))
    await forges(case.clerk, "accept_now")
    assert (await case.stay()).state == "here"
    assert "席位收回了" in said(case.clerk)


async def test_whoever_has_another_seat_at_the_office_may_do_what_that_one_allows(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = await lying(house)
    invite = house.conversation.staff.seating.invite
    offered = await house.database.run(
        lambda unit: invite(unit, case.bureau.county, "auditor", "韦经办", "test", house.now)
    )
    await case.clerk.says(offered.link)
    await case.clerk.presses("是我，入座")
    clerk = await house.database.read(
        lambda unit: next(e.id for e in seats.of_office(unit, case.bureau.county) if e.role == "clerk")
    )
    await forges(case.clerk, "seat", clerk)
    await case.opens()
    meanwhile(monkeypatch, lambda unit: seats.end(unit, clerk, house.now))
    assert "您的席位不能做这一步" in await forges(case.clerk, "accept_now")
    assert (await case.stay()).state == "here"
    assert "陆建华" in said(case.clerk), "an auditor still looks at it"


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[Unit], Any]) -> None:
    """Something happens after a turn was read and thought about, once."""
    whole, times = DeskTurns._write, iter([True])

    def write(self: DeskTurns, unit: Unit, *args: Any) -> Any:
        if next(times, False):
            happens(unit)
        return whole(self, unit, *args)

    monkeypatch.setattr(DeskTurns, "_write", write)


def _end(unit: Unit, case: Lying) -> None:
    seat = next(e.id for e in seats.of_office(unit, case.bureau.county) if e.name == "韦经办")
    seats.end(unit, seat, case.house.now)


async def test_a_case_of_another_office_is_gone_whatever_is_pressed(house: House) -> None:
    case = await lying(house)
    city = await case.bureau.seats("莫科长", case.bureau.city)
    row = await case.stay()
    assert "这一件不在您这里了" in await forges(city, "open", row.id)
    assert "陆建华" not in shows(city)
    assert "回到看板" in shows(city) or "更多" in shows(city)
    assert await case.stay() == row


async def test_a_case_that_is_deleted_while_somebody_has_it_open_is_gone_in_words(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await house.database.run(lambda unit: _forgotten(unit, house))
    for verb in ("accept_now", "answers", "letters", "history"):
        assert "这一件不在您这里了" in await forges(case.clerk, verb), verb
        assert "陆建华" not in shows(case.clerk)
    await forges(case.clerk, "letters")
    await case.clerk.says("请来一趟")
    assert "没有找到" in said(case.clerk), "words at a case that is gone are a search"
    await case.clerk.says("看板")
    assert "陆建华" not in shows(case.clerk)


def _forgotten(unit: Unit, house: House) -> None:
    speaker = interviews.speaker(unit, "web", "anna")
    assert speaker
    belongings.forget(unit, speaker.person, house.now)


async def test_what_a_person_wants_to_change_while_staff_look_at_it_stays_as_it_was_handed_in(
    house: House,
) -> None:
    case = await lying(house)
    await case.anna.take()
    take_back = case.anna.token("撤回来改")
    await case.opens()
    before = await case.stay()
    await case.anna.take(choice=take_back)
    await case.anna.says("工种改成钳工")
    await forges(case.clerk, "answers")
    assert "焊工" in shows(case.clerk)
    assert "钳工" not in shows(case.clerk)
    assert await case.stay() == before
    assert "撤不回来" in said(case.anna) or "撤回来改" not in shows(case.anna)


async def test_a_file_at_the_desk_is_not_taken_and_it_is_said_what_to_do(house: House) -> None:
    case = await lying(house)
    with pytest.raises(AtDesk) as refused:
        await house.conversation.receive("web", "韦经办", "章.jpg", stream(picture()))
    assert "工作台上不收文件" in words(code_of(refused.value)).text
    await case.clerk.take(
        file=Attachment(file="f" * 32, name="章.jpg", media="image", mime="image/jpeg", size=10)
    )
    assert "工作台上不收文件" in said(case.clerk)


async def test_a_message_that_comes_again_counts_once(house: House) -> None:
    case = await lying(house)
    await case.opens()
    await forges(case.clerk, "remark", "nominee.1.q.trade")
    for _ in range(2):
        await house.conversation.take(
            "web", case.clerk.address, Turn(case.clerk.address, "same", text="写全称")
        )
    entries = [what for _, what in await case.trail()]
    assert entries.count("写了修改意见") == 1


async def test_of_many_presses_at_once_from_two_seats_one_decides(house: House) -> None:
    case = await lying(house)
    other = await case.bureau.seats("李经办", case.bureau.county)
    await case.opens()
    await case.opens(other)
    await house.database.run(_freed)
    revisions = [(each, each.screen.revision) for each in (case.clerk, other)]
    await asyncio.gather(
        *(each.take(choice=f"{revision:x}.~accept_now~") for each, revision in revisions * 3)
    )
    entries = [what for _, what in await case.trail()]
    assert entries.count("受理了") == 1


def _freed(unit: Unit) -> None:
    unit.connection.execute(stay.update().values(holder=None))


@pytest.mark.parametrize(
    "token",
    [
        "1.~tray~nothing",
        "1.~page~nothing",
        "1.~seat~nothing",
        "1.~programme~nothing",
        "1.~unit~nothing",
        "1.~remark~nothing",
        "1.~sort~nothing",
        "1.~clause~nothing",
        "1.~digest_at~99",
        "1.~digest_at~-1",
        "1.~offer~king",
        "1.~offered~nothing",
        "1.~unseat~nothing",
        "1.~open~nothing",
        "1.~drop~nothing",
        "1.~lacks~nothing",
        "1.~met~nothing",
        "1.~nothing~",
        "1.~nothing",
        "zz.~open~x",
        "1.abcdef",
        "",
        "~" * 64,
    ],
)
async def test_a_press_that_no_screen_offers_is_answered_in_words(house: House, token: str) -> None:
    case = await lying(house)
    await case.opens()
    before = await case.stay()
    await case.clerk.take(choice=token)
    assert said(case.clerk)
    assert case.clerk.screen.buttons
    await case.clerk.says("看板")
    if "看全部" in shows(case.clerk):
        await case.clerk.presses("看全部")
    assert "陆建华" in shows(case.clerk)
    let_go = {"holder": None, "held_by": ""}  # whoever goes to the board does so
    assert replace(await case.stay(), **let_go) == replace(before, **let_go)


async def test_a_desk_that_cannot_be_read_any_more_is_a_new_one(house: House) -> None:
    case = await lying(house)
    await case.opens()

    def broken(unit: Unit) -> None:
        speaker = interviews.speaker(unit, "web", case.clerk.address)
        assert speaker
        kept = desks.of(unit, speaker.person)
        assert kept
        desks.save(unit, speaker.person, kept.version, '{"format": 9, "page": "future"}')

    await house.database.run(broken)
    await case.clerk.take()
    assert "青秀区总工会 · 现在该办" in said(case.clerk)


async def test_whoever_leaves_the_desk_has_a_button_back_to_it(house: House) -> None:
    case = await lying(house)
    await case.clerk.says("看板")
    await case.clerk.presses("更多", "我自己的申报")
    assert "陆建华" not in shows(case.clerk)
    await case.clerk.says("工作台")
    assert "青秀区总工会" in said(case.clerk)


async def test_a_stay_that_there_is_not_is_at_no_office(house: House) -> None:
    assert await house.database.read(lambda unit: stays.at_office(unit, "", [""])) is None
