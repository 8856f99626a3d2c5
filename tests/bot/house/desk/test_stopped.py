"""What may not be collected (涉密) goes at once and everywhere: from offices, others' parts, doors, the disk."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from forms.loader import Source
from storage import exports, letters
from storage.desk_tables import seat, stay
from storage.tables import interview
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau
from tests.bot.house.invitees import SOURCE, asks, nominated, one_more, takes, writes
from tests.bot.household import House, Someone, library, picture, stream
from tests.dialogs.desk.desks import words
from tests.storage.rings import said

_RULES = SOURCE.files["rules.yaml"].replace(
    "condition: union_member,", "condition: union_member, erase: true, failing: blocked,"
)
#: Words that were said somewhere in it, and must be nowhere afterwards.
CANARIES = ("陆建华", "450122198409129963", "我热爱焊接", "手艺好得很", "请问签在哪里", "莫振邦")


def _copied(unit: Unit) -> dict[str, str]:
    """What a copy of the database holds of the interviews in the case, by what it is sealed for."""
    rows = unit.connection.execute(
        select(interview.c.id, interview.c.version, interview.c.state).where(interview.c.party.is_not(None))
    )
    copied = {f"{row.id}|{row.version}": row.state for row in rows}
    assert all(unit.sealed.open("interview.state", row, text) for row, text in copied.items())
    return copied


async def test_it_reaches_files_letters_outbox_prints_exports_and_invitations(house: House) -> None:
    house.open(library(Source({**SOURCE.files, "rules.yaml": _RULES})))
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await nominated(Someone(house, address="anna"))
    first, second = await asks(anna, "莫振邦"), await asks(anna, "覃秀兰")
    waits = await one_more(anna, "韦三")
    expert = await takes(Someone(house, address="expert"), first)
    await writes(expert, 0, "莫振邦", letter="手艺好得很")
    await writes(await takes(Someone(house, address="other"), second), 1, "覃秀兰")
    await anna.says("进度")
    await anna.presses("接着填")
    await anna.says("第一机床厂", "书法", "我热爱焊接", "写完了")
    kept = await house.conversation.receive("web", "anna", "证书.jpg", stream(picture()))
    await anna.take(file=kept)
    await anna.presses("发完了", "没问题", "属实", "递交", COUNTY, "递交给")
    case, office = await house.database.read(
        lambda unit: unit.connection.execute(select(stay.c.case, stay.c.office)).one()
    )
    await anna.says("找人工", "请问签在哪里？")
    before = await said(house)
    for canary in CANARIES:
        assert any(canary in text for text in before.values()), f"{canary} was never there"
    assert "请问签在哪里" in before["notice"], "and it waits at the clerk's door"
    prints = house.conversation.documents.prints
    prints.keep(case, "print", b"%PDF secret\n%%EOF", 1, house.now.timestamp())

    def taken_along(unit: Unit) -> tuple[str, str]:
        who, person = unit.connection.execute(select(seat.c.id, seat.c.person)).one()
        made = exports.order(unit, office, who, "packets", "small", [case], house.now)
        held = exports.claim(unit, house.now)
        assert held
        exports.settle(unit, held, "材料.zip", 1, "0" * 64, house.now)
        return made.id, person

    export, person = await house.database.run(taken_along)
    await anna.says("撤回")
    await anna.presses("撤回来改")
    await anna.says("检查答案")
    house.now += timedelta(minutes=1)
    copied = await house.database.read(_copied)
    await anna.presses("改：工会会员", "否")
    assert "已经填的都删除了" in words(anna.screen)

    after = await said(house)
    for canary in CANARIES:
        where = [name for name, text in after.items() if canary in text and name != "office"]
        assert where == [], canary
    assert [path for path in house.stored() if "exports" not in str(path) and "prints" not in str(path)] == []
    made = await house.database.read(lambda unit: exports.may_have(unit, person, export))
    assert made is not None
    assert made.state == "recalled"
    await house.conversation.exports.sweep()
    assert prints.find(case, "print", house.now.timestamp()) is None
    assert await house.database.read(lambda unit: letters.of_case(unit, case)) == ()
    for row, text in copied.items():
        opened = await house.database.read(
            lambda unit, row=row, text=text: unit.sealed.glance("interview.state", row, text)
        )
        assert opened == "", "what lies in an old copy of the database opens nowhere any more"
    stranger = Someone(house, address="stranger")
    await stranger.says(waits)
    assert "是我" not in " ".join(each.label for each in stranger.screen.buttons)
    await expert.take()
    assert "您写的也一起删除了" in words(expert.screen)
    await clerk.take()
    assert "不能在这里收集的内容，已经全部删除" in words(clerk.screen)
