"""Whoever a case is about learns how they came out of a stage and that they are on a list: once that can be no slip."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.house.desk.decisions import UNTIL_TOLD
from dialogs.desk.staging import TOLD_AFTER
from dialogs.turn import Table
from storage import stages as running
from storage import standings
from storage.desk_tables import stay
from storage.standings import Entry
from storage.unit import Unit
from tests.bot.house.desk.bureau import Bureau
from tests.bot.house.desk.cases import said, speaks
from tests.bot.house.desk.nominees import nominees, opened
from tests.bot.house.test_own_cases import told
from tests.bot.household import House, Someone
from tests.forms.programmes.cases import programme

NANNING, GUILIN = "nanning-2026", "guilin"
REVIEWS = ("screening", "experts", "assessment", "decision")
PASSED, OUT = "“初审”有结果了：您通过了。", "您没有通过，这次评选就到这里。"
LISTED = "名单正在公示，上面有您。"


@dataclass
class Day:
    """A selection, its head, and those whose cases take part in it."""

    house: House
    bureau: Bureau
    head: Someone
    people: tuple[Someone, ...]
    programme: str

    async def later(self, time: timedelta = UNTIL_TOLD) -> None:
        self.house.now += time
        await speaks(self.house)

    async def at(self, moment: str) -> None:
        self.house.now = datetime.fromisoformat(f"{moment}:00+08:00")
        await speaks(self.house)

    async def course(self) -> None:
        await self.head.says("看板")
        await self.head.presses("更多", "评选进度")

    async def walked(self, stage: str, reserves: int = 0, **begins: object) -> None:
        """A stage from its beginning to its end, past the desk: everybody goes on, the last so many in reserve."""
        known = programme(self.programme)
        found = next(each for each in known.stages if each.id == stage)

        def walk(unit: Unit) -> None:
            cases = unit.connection.execute(select(stay.c.case).order_by(stay.c.arrived)).scalars().all()
            sure = len(cases) - reserves
            entries = [Entry(case, "on", at + 1) for at, case in enumerate(cases[:sure])]
            entries += [Entry(case, "reserve", at + 1) for at, case in enumerate(cases[sure:])]
            own = running.begin(unit, self.bureau.city, known, found, self.house.now, **begins)  # type: ignore[arg-type]
            own = standings.record(unit, known, own, entries, None, self.house.now)
            standings.close(unit, known, own, None, self.house.now)

        await self.house.database.run(walk)

    async def sees(self, someone: Someone) -> str:
        await someone.take()
        return said(someone)


async def day(house: House, name: str, *people: str) -> Day:
    house.now = datetime(2026, 6, 20, 4, tzinfo=UTC)
    bureau = await opened(house)
    head = await bureau.seats("黄主席", bureau.city, "head")
    came = await nominees(house, bureau, name, *people)
    house.now = datetime(2026, 7, 6, 2, tzinfo=UTC)
    return Day(house, bureau, head, came, name)


@pytest.fixture
async def two(house: House) -> AsyncIterator[Day]:
    """Of two in the first sifting one was picked."""
    there = await day(house, NANNING, "陆建华", "覃秀兰")
    await there.course()
    await there.head.presses("开始“初审”", "开始", "通过：陆建华")
    yield there


@pytest.fixture
async def on_a_list(house: House) -> AsyncIterator[Day]:
    """Two have come so far that a list is to be put up; one of them is put on it."""
    there = await day(house, NANNING, "陆建华", "覃秀兰")
    for stage in REVIEWS:
        await there.walked(stage)
    await there.at("2026-09-02T12:00")
    await there.course()
    await there.head.presses("开始“公示5个工作日”", "今天", "列入：陆建华")
    yield there


def test_the_desk_tells_when_whoever_it_is_about_learns_of_it() -> None:
    assert timedelta(minutes=TOLD_AFTER) <= UNTIL_TOLD < timedelta(minutes=TOLD_AFTER + 2)


async def test_what_is_only_prepared_is_told_to_nobody(two: Day) -> None:
    await two.later()
    for each in two.people:
        assert "评选正在办“初审”" in await two.sees(each)
        assert "有结果了" not in said(each) and "申报有消息" not in said(each)


async def test_each_learns_their_own_result_once_a_review_is_over(two: Day) -> None:
    passed, out = two.people
    await two.course()
    await two.head.presses("结束“初审”", "没定的都记为未通过")
    await two.later(timedelta(minutes=9))
    assert "申报有消息" not in await two.sees(passed)
    await two.later()
    assert f"申报有消息。{PASSED}" in await two.sees(passed)
    assert OUT in await two.sees(out)
    assert "0771-2805708" in said(out)  # whom to ask why
    assert "这些还要送去" not in said(out) and "打印盖章" not in said(out)


async def test_what_is_undone_at_once_was_never_told(two: Day) -> None:
    await two.course()
    await two.head.presses("结束“初审”", "没定的都记为未通过", "重新打开")
    await two.later(timedelta(hours=1))
    for each in two.people:
        assert "申报有消息" not in await two.sees(each)
        assert "评选正在办“初审”" in said(each)


async def test_a_result_that_was_told_is_taken_back_with_a_word_and_told_anew(two: Day) -> None:
    _, other = two.people
    await two.course()
    await two.head.presses("结束“初审”", "没定的都记为未通过")
    await two.later()
    await two.course()
    await two.head.presses("重新打开")
    assert "“初审”重新在看，先前告诉您的结果先不算" in await two.sees(other)
    await two.head.presses("看名单", "通过：覃秀兰", "看评选进度", "结束“初审”", "结束")
    await two.later()
    assert await two.sees(other)
    assert said(other).count(PASSED) == 2  # as it is told, and as it stands
    assert OUT in said(other)  # what had been told stands above it until it is answered


async def test_a_list_is_told_of_on_its_day_and_not_before(house: House) -> None:
    there = await day(house, NANNING, "陆建华", "覃秀兰")
    listed, other = there.people
    for stage in REVIEWS:
        await there.walked(stage)
    await there.at("2026-09-02T12:00")
    await there.course()
    await there.head.presses("开始“公示5个工作日”")
    await there.head.says("9月7日")
    await there.head.presses("从2026年9月7日开始公示", "列入：陆建华")
    await there.at("2026-09-06T20:00")
    for each in there.people:
        assert "公示，上面" not in await there.sees(each)
    await there.at("2026-09-07T09:00")
    assert (
        f"申报有消息。{LISTED}公示5个工作日，2026年9月7日算第一天，到2026年9月11日为止"
        in await there.sees(listed)
    )
    assert "上面没有您。有人被取消资格，会有人递补" in await there.sees(other)
    assert "申报有消息" not in said(other)


async def test_who_is_taken_off_again_at_once_is_told_nothing(on_a_list: Day) -> None:
    listed, _ = on_a_list.people
    await on_a_list.head.presses("打开陆建华", "不列入，写理由")
    await on_a_list.head.says("点错了")
    await on_a_list.head.presses("放回名单")
    await on_a_list.later()
    assert (await on_a_list.sees(listed)).count(LISTED) == 2  # told once, and as it stands


async def test_an_objection_is_not_told_what_comes_of_it_is(on_a_list: Day) -> None:
    listed, other = on_a_list.people
    await on_a_list.later()
    await on_a_list.head.presses("打开陆建华", "记一条异议")
    await on_a_list.head.says("同事反映成果是班组的")
    await on_a_list.later()
    assert LISTED in await on_a_list.sees(listed)
    assert "异议" not in said(listed) and "同事" not in said(listed)
    await on_a_list.head.presses("核实了，属实")
    await on_a_list.head.says("查过，署名不实")
    await on_a_list.later()
    assert "申报有消息。公示名单上没有您了。" in await on_a_list.sees(listed)
    assert "署名" not in said(listed)
    await on_a_list.head.presses("回到名单", "递补下一位", "递补")
    await on_a_list.at("2026-09-03T09:00")
    assert "名单正在公示，上面有您。" in await on_a_list.sees(other)


async def test_an_objection_and_what_was_found_of_it_stay_with_the_name(on_a_list: Day) -> None:
    head = on_a_list.head
    await head.presses("打开陆建华", "记一条异议")
    await head.says("同事反映成果是班组的")
    await head.presses("核实了，属实")
    await head.says("查过，署名不实")
    assert "说明：同事反映成果是班组的 → 查过，署名不实" in said(head)
    await head.presses("放回名单")
    assert "说明：同事反映成果是班组的 → 查过，署名不实" in said(head)


async def test_who_moves_up_later_is_on_the_list_as_long(on_a_list: Day) -> None:
    _, other = on_a_list.people
    head = on_a_list.head
    await on_a_list.at("2026-09-04T10:00")
    await on_a_list.course()
    await head.presses("看名单", "打开陆建华", "不列入，写理由")
    await head.says("本人放弃")
    await head.presses("回到名单", "递补下一位", "递补")
    await on_a_list.later()
    assert "您递补上来了，名单正在公示，上面有您。公示5个工作日，2026年9月4日" in await on_a_list.sees(other)
    await head.presses("看评选进度")
    assert "后来递补的人，公示到2026年9月10日为止。" in said(head)
    await head.presses("结束“公示5个工作日”")
    assert "公示到2026年9月10日为止，过了那一天才能结束。" in said(head)


async def test_a_reserve_learns_that_it_waits_and_that_it_moves_up(house: House) -> None:
    there = await day(house, GUILIN, "陆建华", "覃秀兰")
    first, reserve = there.people
    await there.walked("screening", figure=10, reason="年度通知")
    await there.walked("assessment")
    await there.walked("decision", reserves=1)
    await there.at("2026-09-02T12:00")
    await there.course()
    await there.head.presses("开始“公示", "今天", "照上一步的名次列入名单")
    await there.later()
    assert "申报有消息。名单正在公示，您是后备人选" in await there.sees(reserve)
    await there.head.presses("打开陆建华", "记一条异议")
    await there.head.says("有人反映")
    await there.head.presses("核实了，属实")
    await there.head.says("取消")
    await there.head.presses("回到名单", "递补下一位", "递补")
    await there.later()
    assert "申报有消息。您递补上来了，名单正在公示，上面有您。" in await there.sees(reserve)
    assert "申报有消息。公示名单上没有您了。" in await there.sees(first)


async def test_who_has_the_title_is_told_once_that_stage_is_over(on_a_list: Day) -> None:
    listed, other = on_a_list.people
    head = on_a_list.head
    await on_a_list.at("2026-09-10T10:00")
    await on_a_list.course()
    await head.presses("结束“公示5个工作日”", "结束")
    await on_a_list.later()
    assert "公示结束了，名单上有您。" in await on_a_list.sees(listed)
    assert "申报有消息。公示结束了，名单上没有您，这次评选就到这里。" in await on_a_list.sees(other)
    await head.presses("开始“命名25人”", "开始", "全部命名（1人）")
    assert "都定好了。请点“看评选进度”，再点“结束”" in said(head)
    await on_a_list.later()
    assert "恭喜" not in await on_a_list.sees(listed)
    await head.presses("看评选进度", "结束“命名25人”", "结束")
    await on_a_list.later()
    assert "申报有消息。恭喜您！“命名25人”办完了，名单里有您。" in await on_a_list.sees(listed)
    assert "公示结束了，名单上没有您" in await on_a_list.sees(other)


async def test_in_another_language_it_is_told_in_that(two: Day) -> None:
    passed, _ = two.people
    await passed.says("English")
    await two.course()
    await two.head.presses("结束“初审”", "没定的都记为未通过")
    await two.later()
    assert "has its results: you passed." in await two.sees(passed)
    assert "有结果了" not in said(passed)


async def test_the_copy_of_ones_own_tells_what_was_told_and_no_more(on_a_list: Day) -> None:
    listed, _ = on_a_list.people
    await on_a_list.head.presses("打开陆建华", "记一条异议")
    await on_a_list.head.says("同事反映成果是班组的")
    text, (case,) = await told(listed)
    assert case["selection"] == {"stage": "公示5个工作日", "came": "listed", "now": ""}
    assert "同事反映" not in text


async def test_the_case_at_the_desk_tells_how_it_stands_and_what_was_recorded_in_which_stage(
    on_a_list: Day,
) -> None:
    head = on_a_list.head
    await head.presses("打开陆建华", "记一条异议")
    await head.says("同事反映成果是班组的")
    await head.says("看板")
    await head.presses("办完的", "打开陆建华")
    assert "评选：公示5个工作日，有异议" in said(head)
    await head.presses("经过")
    (history,) = (part for part in head.screen.parts if isinstance(part, Table))
    recorded = [row.cells[2] for row in history.rows if row.cells[1] == "黄主席" and "登记" in row.cells[2]]
    assert recorded == ["登记了“公示5个工作日”的结果"] * 2


async def test_who_looked_at_it_does_not_tell_that_somebody_objected(on_a_list: Day) -> None:
    listed, _ = on_a_list.people
    await listed.says("谁看过我的申报")
    assert "登记" not in said(listed)
    await on_a_list.head.presses("打开陆建华", "记一条异议")
    await on_a_list.head.says("同事反映成果是班组的")
    await listed.says("谁看过我的申报")
    assert "登记" not in said(listed) and "还没有人看过" in said(listed)
