"""One person, one profile, several cases: on the real conversation, database, files and printer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from dialogs.turn import Screen
from forms.library import BUILT_IN, Library
from forms.loader import Source, load
from forms.printing.workers import Workers
from storage import interviews, tables, uploads
from storage.database import Database
from storage.interviews import Speaker
from tests.bot.household import House, Someone, stream
from tests.dialogs.towns import EAST, WEST, source

NORTH = source("north", "北城", "2026-07-31", 8, "white")
PHOTO = BUILT_IN / "_shared" / "files" / "photo-white.jpg"


def shelf(*sources: Source) -> Library:
    programmes = tuple(load(source) for source in sources)
    return Library(programmes, (), {source.digest: source for source in sources}, {})


@pytest.fixture
def house(database: Database, tmp_path: Path, crew: Workers) -> House:
    house = House(database, tmp_path / "files", crew)
    house.open(shelf(EAST, NORTH, WEST))
    return house


async def begins(person: Someone, title: str) -> Screen:
    await person.take()
    if any(button.action.verb == "consent" for button in person.screen.buttons):
        await person.presses("同意，开始")
    return await person.presses(f"{title} ·")


async def fills(person: Someone, title: str = "东城工匠", name: str = "陆建华") -> None:
    """A whole application, up to the summary."""
    number = {"陆建华": "450122198409129963", "韦立辉": "450124199603219978"}[name]
    await begins(person, title)
    await person.says("自己报名", "是", "焊工", "2015年7月", "2016年1月", "是", "跳过")
    await person.says(name, number, "对的", "41", "19000000101", "我热爱焊接")
    photo = await person.house.conversation.receive(
        person.channel, person.address, "照片.jpg", stream(PHOTO.read_bytes())
    )
    await person.take(file=photo)


async def another(person: Someone, title: str) -> Screen:
    person.house.now += timedelta(minutes=1)
    await person.says("我的申报")
    await person.presses("另填一份")
    return await begins(person, title)


async def seat(person: Someone) -> Speaker:
    found = await person.house.database.run(
        lambda unit: interviews.speaker(unit, person.channel, person.address)
    )
    assert found
    return found


async def asks(person: Someone, *answers: str) -> list[str]:
    asked = []
    for answer in answers:
        asked.append(person.asked)
        await person.says(answer)
    return asked


async def test_the_second_case_asks_only_what_is_missing_and_prints_the_rest(
    house: House, anna: Someone
) -> None:
    await fills(anna)
    first = (await seat(anna)).interview
    await another(anna, "北城工匠")
    assert "沿用以前填过的资料吗？（陆建华，东城工匠）" in str(anna.screen.parts)
    await anna.presses("是")
    assert "满8年，符合（二）" in str(anna.screen.parts)
    asked = await asks(anna, "自己报名", "是", "2016年1月", "是", "跳过")
    assert asked == ["route", "in_area", "area_start", "unit_consent", "hobby"]
    assert anna.token("没问题，生成盖章材料")

    printed = await house.conversation.document("web", "anna", "application")
    page = pypdfium2.PdfDocument(printed.content)[0]
    text = page.get_textpage().get_text_range()
    assert all(word in text for word in ("陆建华", "450122198409129963", "19000000101", "我热爱焊接", "焊工"))
    assert [each.type for each in page.get_objects()].count(3) == 1  # FPDF_PAGEOBJ_IMAGE

    # The file is the person's own, kept once; neither case can take it from the other.
    assert await house.rows("file") == 1
    assert await house.database.run(lambda unit: uploads.clear(unit, first)) == ()
    assert (await house.rows("case"), await house.rows("interview")) == (2, 2)


async def test_the_history_tells_where_answers_came_from_but_not_what_they_are(
    house: House, anna: Someone
) -> None:
    await fills(anna)
    first = (await seat(anna)).interview
    await another(anna, "北城工匠")
    await anna.presses("是")
    kind = tables.event.c.kind
    row = await house.database.run(
        lambda unit: unit.connection.execute(select(tables.event).where(kind == "adopted")).one()
    )
    assert (row.about, row.details) == ("north", {"interview": first, "answers": "8"})


async def test_a_clerk_chooses_whose_data_and_a_third_nominee_begins_afresh(
    house: House, anna: Someone
) -> None:
    await fills(anna)
    await another(anna, "东城工匠")
    await anna.presses("不沿用")
    assert (await seat(anna)).state.answers == {}
    await anna.says("自己报名", "是", "钳工", "2012年7月", "2016年1月", "是", "跳过")
    await anna.says("韦立辉", "450124199603219978", "对的")
    await another(anna, "北城工匠")
    assert [button.label for button in anna.screen.buttons] == [
        "韦立辉（4501**********9978），东城工匠",
        "陆建华（4501**********9963），东城工匠",
        "不沿用",
    ]
    await anna.presses("韦立辉")
    answers = (await seat(anna)).state.answers
    assert (answers["name"], answers["trade"]) == ("韦立辉", "钳工")
    assert not {"photo", "story", "phone"} & set(answers)


async def test_the_offer_stands_over_a_restart_and_at_another_door(house: House, anna: Someone) -> None:
    await fills(anna)
    await another(anna, "北城工匠")
    house.open(shelf(EAST, NORTH, WEST))
    code = await house.conversation.resume_code("web", "anna")
    phone = Someone(house, "phone")
    await phone.comes_with(code)
    await phone.says("是")
    assert (await seat(anna)).state.answers["name"] == "陆建华"


async def test_earlier_answers_come_from_a_programme_that_is_no_longer_on_offer(
    house: House, anna: Someone
) -> None:
    await fills(anna)
    house.open(shelf(NORTH))
    await another(anna, "北城工匠")
    await anna.presses("是")
    assert (await seat(anna)).state.answers["name"] == "陆建华"


async def test_nobody_is_offered_what_somebody_else_filled_in(house: House, anna: Someone) -> None:
    await fills(anna)
    ben = Someone(house, "ben")
    await begins(ben, "北城工匠")
    assert ben.asked == "route"


async def test_the_pre_check_opens_no_case_and_lasts_over_a_restart(house: House, anna: Someone) -> None:
    await anna.take()
    await anna.presses("同意，开始", "哪个项目适合我？", "在北城工作", "选好了")
    await anna.says("焊工")
    house.open(shelf(EAST, NORTH, WEST))
    await anna.take()
    assert anna.asked == "trade_start"
    await anna.says("2017年7月", "2016年1月", "41")
    assert await house.rows("case") == 0
    await anna.presses("开始填：北城工匠")
    kept = await seat(anna)
    assert kept.case and kept.state.answers["trade_start"] == "2017-07"
    assert anna.asked == "route"


async def test_a_pre_check_that_was_left_begins_with_the_list_of_programmes(
    house: House, anna: Someone
) -> None:
    await fills(anna)
    await anna.says("我的申报")
    await anna.presses("另填一份", "哪个项目适合我？", "在北城工作", "选好了")
    await anna.says("我的申报")
    await anna.presses("东城工匠 陆建华")
    await anna.says("我的申报")
    await anna.presses("另填一份")
    assert "请选要申报的项目" in str(anna.screen.parts)
    await anna.presses("哪个项目适合我？")
    assert anna.asked == "trade"
    assert await house.rows("interview") == 2
