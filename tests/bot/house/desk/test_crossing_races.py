"""What crosses on its way: a case goes up while its nominee deletes, is taken back while it is exported; heads at one stage."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import timedelta

from bot.house.exporting import Exporting
from storage import erasures, exports, stays
from storage import stages as running
from storage.unit import Unit
from tests.bot.house.desk.courses import NANNING, Walk, walk
from tests.bot.house.desk.pressing import (
    bureau,
    comes,
    does,
    lying,
    opens,
    says,
    sound,
    state_of,
    together,
)
from tests.bot.household import House, Someone
from tests.dialogs.desk.desks import words

#: As many in `make soak`.
ROUNDS = int(os.environ.get("JIANGJIAN_DESK_ROUNDS", "2"))
PRESSES = int(os.environ.get("JIANGJIAN_DESK_PRESSES", "8"))


async def asked_to_delete(house: House, identifier: str) -> bool:
    """Whether a request to delete the case of a stay waits for an answer."""

    def read(unit: Unit) -> bool:
        row = stays.one(unit, identifier)
        return any(each.answered is None for each in erasures.of_case(unit, row.case if row else ""))

    return await house.database.read(read)


async def test_a_case_goes_up_while_its_nominee_deletes_and_the_office_above_is_asked(house: House) -> None:
    office, people = await bureau(house, PRESSES)
    above = await office.seats("市里", office.city)
    for number in range(ROUNDS):
        anna, case = await comes(house, f"anna{number}")
        for each in people:
            await opens(each, case)
        await does(people[0], "accept_now")
        for each in people:
            await opens(each, case)
        await anna.says("删除我的全部内容")
        await together(anna.presses("全部删除"), *(does(each, "pass_now") for each in people))
        assert await state_of(house, case) == "passed"
        up = await lying(house, office.city)
        assert await asked_to_delete(house, up)
        await opens(above, up)
        await above.presses("去答复", "同意删除")
        assert says(above, "已经删除，也告诉本人了")
        assert await state_of(house, up) == await state_of(house, case) == ""
        await sound(house)


async def test_a_deletion_is_granted_or_the_case_goes_up_with_it(house: House) -> None:
    office, people = await bureau(house, PRESSES, heads=2)
    head = people[-1]
    for number in range(ROUNDS):
        anna, case = await comes(house, f"anna{number}")
        await anna.says("删除我的全部内容")
        await anna.presses("全部删除")
        for each in people:
            await opens(each, case)
        await does(people[0], "accept_now")
        for each in people:
            await opens(each, case)
        await head.presses("去答复")
        await together(head.presses("同意删除"), *(does(each, "pass_now") for each in people[:-1]))
        up = await lying(house, office.city)
        gone = not await state_of(house, case)
        assert says(head, "已经删除，也告诉本人了") == gone, words(head.screen)
        assert gone or (await state_of(house, up) == "here" and await asked_to_delete(house, up))
        await sound(house)


async def test_what_is_taken_back_while_it_is_exported_is_in_nothing_that_can_be_fetched(
    house: House,
) -> None:
    office, people = await bureau(house, 1)
    clerk = people[0]
    exporting: Exporting = house.conversation.exports
    _, kept = await comes(house, "stays")
    for number in range(ROUNDS):
        anna, case = await comes(house, f"anna{number}")
        await anna.presses("撤回")
        await clerk.says("看板")
        await clerk.presses("更多", "导出表格和材料包")
        if number % 2:
            await clerk.presses("全部材料包")
            await together(exporting.make_next(), anna.presses("撤回来改"))
        else:
            await together(clerk.presses("全部材料包"), anna.presses("撤回来改"))
        while await exporting.make_next():
            pass
        assert await state_of(house, case) == "withdrawn"
        case_ = await house.database.read(lambda unit, case=case: stays.one(unit, case))  # type: ignore[misc]
        assert case_ and case_.case not in await fetched(house, office.county)
        await sound(house)
    assert await state_of(house, kept) == "here"


async def fetched(house: House, office: str) -> set[str]:
    """The cases that are in any of what the office can fetch."""
    made = await house.database.read(lambda unit: exports.of_office(unit, office))
    found = set[str]()
    for each in made:
        if each.state != "ready":
            continue
        content = await house.conversation.exports.kept(each)
        with content.open() as stream, zipfile.ZipFile(stream) as bundle:
            listed = json.loads(bundle.read("manifest.json"))["cases"]
        found |= {one["case"] for one in listed if not one["lacking"]}
    return found


async def heads(house: House, way: Walk, many: int) -> list[Someone]:
    """As many heads at the city's desk, with the course of the selection before them."""
    people = [await way.bureau.seats(f"市负责人{each}", way.bureau.city, "head") for each in range(many)]
    for each in people:
        await way.course(each)
    return people


async def stages_of(house: House, way: Walk) -> tuple[tuple[str, bool], ...]:
    """The stages that were begun, and which of them are over."""
    course = await house.database.read(lambda unit: running.course(unit, way.bureau.city, way.programme))
    return tuple((each.stage, each.closed is not None) for each in course)


async def test_of_many_heads_who_end_a_stage_one_does_and_one_begins_the_next(house: House) -> None:
    way = await walk(house, NANNING, 3)
    people = await heads(house, way, PRESSES)
    await together(*(each.presses("开始“初审”") for each in people))
    await together(*(does(each, "begin_now") for each in people))
    assert await stages_of(house, way) == (("screening", False),)
    for number in range(ROUNDS):
        for each in people:
            await way.course(each)
            await each.presses("看名单")
        await together(*(does(each, "fill") for each in people))
        for each in people:
            await way.course(each)
            await each.presses("结束“初审”")
        await together(*(does(each, "close_now") for each in people))
        assert await stages_of(house, way) == (("screening", True),)
        assert sum(says(each, "刚才有人改过了", "已经结束了") for each in people) == len(people) - 1
        for each in people:
            await way.course(each)
        if number < ROUNDS - 1:
            await together(*(each.presses("“初审”结束错了，重新打开") for each in people))
            assert await stages_of(house, way) == (("screening", False),)
    house.now += timedelta(minutes=1)
    await together(*(each.presses("开始“专家评审”") for each in people))
    await together(*(does(each, "begin_now") for each in people))
    assert await stages_of(house, way) == (("screening", True), ("experts", False))


async def test_a_stage_is_opened_again_or_the_next_one_begins(house: House) -> None:
    way = await walk(house, NANNING, 2)
    people = await heads(house, way, PRESSES)
    await way.walks("screening", 2)
    for _ in range(ROUNDS):
        house.now += timedelta(minutes=1)
        for each in people:
            await way.course(each)
        back, on = people[::2], people[1::2]
        for each in on:
            await each.presses("开始“专家评审”")
        await together(
            *(each.presses("“初审”结束错了，重新打开") for each in back),
            *(does(each, "begin_now") for each in on),
        )
        stands = await stages_of(house, way)
        assert stands in {(("screening", False),), (("screening", True), ("experts", False))}
        if len(stands) == 2:  # nobody has come on in it: it is taken back again
            await way.course(people[0])
            await people[0].presses("“初审”结束错了，重新打开")
        await way.course(people[0])
        await people[0].presses("结束“初审”", "结束")


async def test_who_is_put_on_a_list_by_many_is_on_it_once(house: House) -> None:
    way = await walk(house, NANNING, 30)
    people = await heads(house, way, PRESSES)
    for stage in ("screening", "experts", "assessment", "decision"):
        await way.walks(stage, 28 if stage == "decision" else 30)
    await way.course(people[0])
    await people[0].presses("开始“公示5个工作日”", "今天")
    for each in people:
        await way.course(each)
        await each.presses("看名单")
    await together(
        *(does(each, "fill" if at % 2 else "pick", way.cases[at % 30]) for at, each in enumerate(people))
    )
    for each in people:
        await way.course(each)
        await each.presses("看名单")
    await together(*(does(each, "fill") for each in people))
    on = await house.database.read(
        lambda unit: running.standings(unit, way.bureau.city, way.programme, "notice")
    )
    assert len(on) == 25 and len({each.place for each in on}) == 25
