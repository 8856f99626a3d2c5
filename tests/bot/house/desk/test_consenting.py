"""What people agreed to is on record; what they take back goes, from the office and all that was made of it, too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from dialogs.turn import Screen, Summary
from forms.loader import Source
from storage import consents, exports, trail
from storage.belongings import belongings
from storage.desk_tables import stay
from storage.tables import interview, metadata, person
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau
from tests.bot.household import SOURCE, House, Someone, library, picture, stream
from tests.dialogs.desk.desks import words
from tests.storage.rings import said

_FORM = SOURCE.files["forms/application.yaml"].replace(
    "{kind: scans, id: proofs, label: 证书, ask: 请拍证书。}",
    "{kind: scans, id: proofs, label: 身份证正反面, ask: 请发身份证。, sensitive: {what: 身份证照片, why: 核对身份}}",
)
SENSITIVE = Source({**SOURCE.files, "forms/application.yaml": _FORM})


def labels(screen: Screen) -> list[str]:
    return [each.label for each in screen.buttons]


def listed(screen: Screen) -> str:
    """The lines of its summary."""
    groups = (group for part in screen.parts if isinstance(part, Summary) for group in part.groups)
    return "\n".join(f"{line.label}：{line.value}" for group in groups for line in group.lines)


@pytest.fixture
async def anna(house: House) -> Someone:
    """Somebody before the question for the picture of their ID card."""
    house.open(library(SENSITIVE))
    someone = Someone(house)
    await someone.fills()
    return someone


async def sends(someone: Someone) -> str:
    kept = await someone.house.conversation.receive("web", someone.address, "身份证.jpg", stream(picture()))
    await someone.take(file=kept)
    return kept.file


async def given(house: House) -> list[tuple[str, str, bool, str]]:
    """Every consent: for what, about what, whether it stands, in which words."""

    def read(unit: Unit) -> list[tuple[str, str, bool, str]]:
        own = select(interview.c.person).where(interview.c.party.is_not(None))
        someone = unit.connection.execute(own).scalars().first()
        rows = consents.of_person(unit, someone or "")
        return [(row.purpose, row.about, row.withdrawn is None, row.text) for row in rows]

    return await house.database.read(read)


async def test_each_consent_is_on_record_with_the_words_that_were_shown(house: House, anna: Someone) -> None:
    shown = words(anna.screen)
    await anna.presses("同意")
    general, sensitive = await given(house)
    assert general[:3] == ("general", "", True)
    assert general[3].startswith("隐私说明：")
    assert sensitive[:3] == ("sensitive", "proofs", True)
    assert sensitive[3] in shown


async def test_a_file_before_the_yes_leaves_neither_row_nor_bytes(house: House, anna: Someone) -> None:
    await sends(anna)
    assert "没有收下" in words(anna.screen)
    assert await house.rows("file") == 0
    assert house.stored() == []


async def test_a_no_is_kept_as_no_consent_and_the_case_is_handed_in_without(
    house: House, anna: Someone
) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await anna.presses("不同意")
    assert [each[0] for each in await given(house)] == ["general"]
    await anna.presses("没问题", "属实", "递交", COUNTY, "递交给")
    await clerk.take()
    await clerk.presses("陆建华", "逐项看")
    assert "没同意发，交纸质的" in listed(clerk.screen)


async def hands_in(house: House, anna: Someone) -> tuple[Someone, str, str]:
    """It is handed in with the picture; gives who sits there, the file, and the case."""
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await anna.presses("同意")
    picture_ = await sends(anna)
    await anna.presses("发完了", "没问题", "属实", "递交", COUNTY, "递交给")
    await clerk.take()
    await clerk.presses("陆建华")
    case = await house.database.read(lambda unit: unit.connection.execute(select(stay.c.case)).scalar_one())
    return clerk, picture_, case


async def test_taken_back_the_picture_goes_everywhere_and_the_office_is_told(
    house: House, anna: Someone
) -> None:
    clerk, picture_, case = await hands_in(house, anna)

    def taken_along(unit: Unit) -> str:
        row = unit.connection.execute(select(stay.c.office)).scalar_one()
        seat = unit.connection.execute(select(metadata.tables["seat"].c.id)).scalar_one()
        made = exports.order(unit, row, seat, "packets", "small", [case], house.now)
        held = exports.claim(unit, house.now)
        assert held
        exports.settle(unit, held, "材料.zip", 1, "0" * 64, house.now)
        return made.id

    export = await house.database.run(taken_along)
    prints = house.conversation.documents.prints
    prints.keep(case, "print", b"%PDF of an ID card\n%%EOF", 1, house.now.timestamp())
    await anna.says("同意记录")
    await anna.presses("撤回：身份证照片")
    assert f"{COUNTY}那边也看不到了" in words(anna.screen)
    house.now += timedelta(minutes=1)
    await anna.presses("撤回，删掉")
    assert [each[:3] for each in await given(house)] == [
        ("general", "", True),
        ("sensitive", "proofs", False),
    ]
    for name, text in (await said(house)).items():
        assert picture_ not in text, name
    assert not [path for path in house.stored() if picture_ in path.name]
    who = await house.database.read(
        lambda unit: unit.connection.execute(select(metadata.tables["seat"].c.person)).scalar_one()
    )
    made = await house.database.read(lambda unit: exports.may_have(unit, who, export))
    assert made is not None
    assert made.state == "recalled"
    await house.conversation.exports.sweep()
    assert prints.find(case, "print", house.now.timestamp()) is None
    await clerk.take()
    assert "本人撤回了同意，有一份电子版删掉了，改交纸质的" in words(clerk.screen)
    await clerk.presses("逐项看")
    assert "没同意发，交纸质的" in listed(clerk.screen)
    kinds = await house.database.read(lambda unit: [each.kind for each in trail.entries(unit, case)])
    assert "consent_withdrawn" in kinds


async def test_who_looked_is_told_by_office_and_never_by_name(house: House, anna: Someone) -> None:
    clerk, _, case = await hands_in(house, anna)
    for _ in range(3):
        await clerk.presses("返回看板" if "返回看板" in labels(clerk.screen) else labels(clerk.screen)[-1])
        await clerk.says("看板")
        await clerk.presses("陆建华")
    await anna.says("谁看过我的材料")
    said = words(anna.screen)
    assert f"{COUNTY}：看了材料" in said
    assert "韦经办" not in said
    kept = await house.database.read(
        lambda unit: belongings(
            unit,
            str(
                unit.connection.execute(
                    select(interview.c.person).where(interview.c.party.is_not(None))
                ).scalar_one()
            ),
        )
    )
    assert {each["did"] for each in kept.looked} == {"看了材料"}
    assert {each["office"] for each in kept.looked} == {COUNTY}
    assert "韦经办" not in str(kept.looked)
    assert {each["case"] for each in kept.looked} == {case}


async def test_the_copy_tells_what_was_agreed_to(house: House, anna: Someone) -> None:
    await anna.presses("同意")
    kept = await house.database.read(
        lambda unit: belongings(unit, unit.connection.execute(select(person.c.id)).scalar_one())
    )
    assert [each["purpose"] for each in kept.consents] == ["general", "sensitive"]
    assert all(each["text"] for each in kept.consents)


async def test_nothing_of_it_is_left_of_whoever_deletes_everything(house: House, anna: Someone) -> None:
    await anna.presses("同意")
    await anna.says("删除我的全部内容")
    await anna.presses("全部删除")
    assert await house.rows("consent") == 0
    assert await house.rows("wording") == 2, "the words are ours and nobody's in particular"


async def test_at_a_door_abroad_that_is_agreed_to_and_left_again(house: House) -> None:
    someone = Someone(house, channel="telegram")
    await someone.begins()
    assert [each[:3] for each in await given(house)] == [("general", "", True), ("abroad", "", True)]
    assert "境外的服务器" in (await given(house))[1][3]
    await someone.says("离开这台设备")
    await someone.presses(next(each for each in labels(someone.screen) if "离开" in each))
    assert [each[2] for each in await given(house)] == [True, False]


async def test_whoever_goes_on_abroad_with_a_code_is_on_record_too(house: House) -> None:
    anna = Someone(house)
    await anna.begins()
    code = await house.conversation.resume_code("web", "anna")
    phone = Someone(house, address="phone", channel="telegram")
    await phone.comes_with(code)
    assert [each[0] for each in await given(house)] == ["general", "abroad"]


async def test_what_staff_remark_on_it_reaches_whoever_keeps_it_on_paper(house: House, anna: Someone) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await anna.presses("不同意", "没问题", "属实", "递交", COUNTY, "递交给")
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：身份证正反面")
    await clerk.presses("没写全")
    await clerk.says("请发电子版")
    await clerk.presses("看一遍意见", "确定退回")
    await anna.take()
    assert "请发电子版" in words(anna.screen)
    assert {"同意", "不同意"} <= set(labels(anna.screen))
    await anna.presses("不同意")
    await anna.says("我交纸质的")
    await anna.presses("没问题，再次递交", "属实", "再次递交")
    await clerk.says("看板")
    await clerk.presses("陆建华", "逐项看")
    assert "没同意发，交纸质的" in listed(clerk.screen)


@pytest.mark.parametrize("asked", ["我的数据", "/privacy", "删除我的全部内容", "同意记录"])
async def test_whoever_sits_at_a_desk_asks_for_their_own_from_there(house: House, asked: str) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await clerk.says(asked)
    said = words(clerk.screen)
    assert "没有存着您的任何内容" not in said
    assert "没有找到" not in said, "and it is nothing to be searched for"
    assert any(each in said for each in ("您在这里存着", "隐私说明", "要全部删除吗", "同意过"))


async def test_a_seat_goes_with_whoever_deletes_everything(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await clerk.says("删除我的全部内容")
    await clerk.presses("全部删除")
    assert await house.rows("person") == 0
    names = await house.database.read(
        lambda unit: list(unit.connection.execute(select(metadata.tables["seat"].c.name)).scalars())
    )
    assert names == [""]
