"""The stages after handing in, walked from the desk: Nanning's ratios, Guilin's reserve, and what does not count."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from sqlalchemy import insert, select, update

from dialogs.interview import Interview
from dialogs.turn import Table
from storage import exports, handing, standings, stays
from storage import stages as running
from storage.desk_tables import stay, trail
from storage.handing import Sealed
from storage.standings import Entry
from storage.tables import case, new_id, snapshot
from storage.unit import Unit
from tests.bot.house.desk.bureau import Bureau
from tests.bot.household import House, Someone
from tests.built_in import built_in
from tests.dialogs.desk.desks import words
from tests.forms.programmes.cases import played, programme

NANNING, GUILIN, LIUZHOU = "nanning-2026", "guilin", "liuzhou-2025"
#: A case file of each, for what a list says of somebody.
PLAYED = {NANNING: "self", GUILIN: "self"}
NOW = datetime(2026, 9, 2, 4, tzinfo=UTC)  # a Wednesday noon in China


@dataclass
class Walk:
    """A head at the city union's desk, and the cases that it has accepted."""

    bureau: Bureau
    head: Someone
    programme: str
    cases: tuple[str, ...]

    @property
    def said(self) -> str:
        return words(self.head.screen)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Who, and how they stand."""
        table = next(part for part in self.head.screen.parts if isinstance(part, Table))
        return [(row.cells[0], row.cells[3]) for row in table.rows]

    @property
    def labels(self) -> list[str]:
        return [each.label for each in self.head.screen.all_buttons()]

    async def course(self, someone: Someone | None = None) -> None:
        """The page with the stages."""
        someone = someone or self.head
        await someone.says("看板")
        await someone.presses("更多", "评选进度")

    async def walks(self, stage: str, on: int, reserves: int = 0, **begins: object) -> None:
        """A stage from its beginning to its end, past the desk: the first so many go on."""
        entries = [Entry(self.cases[at], "on", at + 1) for at in range(on)]
        entries += [Entry(self.cases[on + at], "reserve", at + 1) for at in range(reserves)]
        known, house = programme(self.programme), self.bureau.house
        found = next(each for each in known.stages if each.id == stage)

        def do(unit: Unit) -> None:
            own = running.begin(unit, self.bureau.city, known, found, house.now, **begins)  # type: ignore[arg-type]
            own = standings.record(unit, known, own, entries, None, house.now)
            standings.close(unit, known, own, None, house.now, rest_out=True)

        await house.database.run(do)

    async def moved(self) -> list[tuple[str, str]]:
        """Which cases' trails tell of a stage, in order."""
        query = select(trail.c.case, trail.c.about).where(trail.c.kind == "stage_moved").order_by(trail.c.id)
        rows = await self.bureau.house.database.run(lambda unit: unit.connection.execute(query).all())
        return [(row[0], row[1]) for row in rows]


async def walk(house: House, name: str, many: int) -> Walk:
    house.now = NOW
    house.open(built_in())
    bureau = await Bureau(house).opens()
    head = await bureau.seats("黄主席", bureau.city, "head")
    answers = dict(played(name, PLAYED[name]).answers) if name in PLAYED else {}

    def accept(unit: Unit) -> tuple[str, ...]:
        known = programme(name)
        unit.connection.execute(insert(snapshot), {"digest": known.digest, "programme": name, "source": "{}"})
        made = []
        for number in range(many):
            of, at = new_id(), NOW - timedelta(days=9) + timedelta(minutes=number)
            row = {"id": of, "programme": name, "digest": known.digest, "practice": False, "created": at}
            unit.connection.execute(insert(case), row)
            state = Interview(programme=name, digest=known.digest, answers=answers)
            face = {"name": f"第{number + 1:02}人", "unit": "南宁机械厂"}
            handing.seal(unit, of, (Sealed(new_id(), "nominee", 1, state),), face, at)
            handing.number_of(unit, of)
            stays.arrive(unit, of, bureau.city, name, 1, at, "", 0, 0)
            made.append(of)
        unit.connection.execute(update(stay).values(state="accepted"))
        return tuple(made)

    cases = await house.database.run(accept)
    return Walk(bureau, head, name, cases)


async def test_nanning_is_walked_from_the_first_sifting_to_the_title(house: House) -> None:
    """Four nominees for 25 places, so that the numbers bar nobody: each stage is begun, decided, closed."""
    way = await walk(house, NANNING, 4)
    await way.course()
    assert "评选进度" in way.said and "开始“初审”" in way.labels
    await way.head.presses("开始“初审”")
    assert "名额25个，按1:2：25 × 2 = 50，最多50人（五（二）1）。" in way.said
    await way.head.presses("开始")
    assert way.rows[0] == ("第01人", "还没定")
    await way.head.presses("通过：第02人", "通过：第01人", "通过：第03人", "取消：第01人", "通过：第01人")
    assert way.rows == [
        ("第01人", "通过，第3"),
        ("第02人", "通过，第1"),
        ("第03人", "通过，第2"),
        ("第04人", "还没定"),
    ]
    assert "初审：通过3人、还没定1人。" in way.said
    await way.course()
    await way.head.presses("结束“初审”")
    assert "还有1人没有定，结束的时候都记为未通过。" in way.said
    await way.head.presses("没定的都记为未通过")
    assert {each for each, _ in await way.moved()} == set(way.cases)
    for stage in ("专家评审", "市总工会评定", "领导小组审定"):
        await way.head.presses(f"开始“{stage}”", "开始", "都通过")
        await way.course()
        await way.head.presses(f"结束“{stage}”", "结束")
    await way.head.presses("开始“公示5个工作日”")
    assert "到2026年9月8日为止" in way.said
    await way.head.presses("今天", "照上一步的名次列入名单")
    assert way.rows == [("第02人", "在名单上，第1"), ("第03人", "在名单上，第2"), ("第01人", "在名单上，第3")]
    (card,) = way.head.screen.cards
    printed = await house.conversation.document("web", way.head.address, card.document)
    assert printed.pages == 1
    await way.course()
    await way.head.presses("结束“公示5个工作日”", "结束")
    assert "公示到2026年9月8日才满" in way.said
    house.now = NOW + timedelta(days=7)
    await way.course()
    await way.head.presses("结束“公示5个工作日”", "结束", "开始“命名25人”", "开始", "全部命名（3人）")
    assert [how for _, how in way.rows] == ["已命名，第1", "已命名，第2", "已命名，第3"]
    await way.course()
    await way.head.presses("结束“命名25人”", "结束")
    assert "各步都走完了。" in way.said


async def test_the_list_names_who_is_on_it_and_never_an_id_number(house: House) -> None:
    way = await walk(house, NANNING, 2)
    for stage in ("screening", "experts", "assessment", "decision"):
        await way.walks(stage, 2)
    await way.course()
    await way.head.presses("开始“公示", "今天", "照上一步的名次列入名单")
    text = await listed(house, way.head)
    assert "1第01人南宁机械厂焊工2第02人南宁机械厂焊工" in text
    assert "2026年9月2日至2026年9月8日（5个工作日）" in text
    assert "南宁市总工会反映" in text and "0771-2805708" in text


async def test_guilins_places_are_entered_with_a_reason_and_its_reserve_moves_up(house: House) -> None:
    way = await walk(house, GUILIN, 13)
    await way.course()
    await way.head.presses("开始“初审”")
    assert "通知没有写名额" in way.said
    await way.head.says("不知道")
    assert "请打一个数字" in way.said
    await way.head.says("十个")
    assert "为什么定10？" in way.said
    await way.head.says("2026年评选通知")
    assert "名额10个，按1:1.5：10 × 1.5 = 15" in way.said
    await way.head.presses("开始", "没定的13人都通过")
    assert "10是工作人员定的，理由：2026年评选通知" in way.said
    await way.course()
    await way.head.presses("结束“初审”", "结束")
    await way.walks("assessment", 13)
    await way.course()
    await way.head.presses("开始“领导小组审定", "开始")
    assert "最多11人，其中后备1人" in way.said
    for number in range(1, 11):
        await way.head.presses(f"第{number:02}人")
    assert "通过10人" in way.said
    await way.head.presses("下一页", "第11人")
    assert "超过人数了：这样有11人，最多10人。没有记下。" in way.said
    await way.head.presses("改成点后备的", "后备：第11人")
    assert "通过10人、后备1人、还没定2人" in way.said
    await way.head.presses("后备：第12人")
    assert "后备超过人数了：这样有2人，最多1人" in way.said
    await way.course()
    await way.head.presses("结束", "没定的都记为未通过", "开始“公示", "今天", "照上一步的名次列入名单")
    assert "在名单上10人、后备1人" in way.said
    await way.head.presses("打开第03人", "记一条异议")
    await way.head.says("论文是别人写的")
    assert "有异议" in way.said and "论文是别人写的" in way.said
    await way.head.presses("核实了，属实")
    await way.head.says("查实，取消")
    assert "不在名单上" in way.said
    await way.head.presses("回到名单", "递补下一位", "递补")
    assert way.rows[2] == ("第03人", "不在名单上")
    assert "在名单上10人、不在名单上1人" in way.said
    await way.head.presses("下一页")
    assert way.rows == [("第11人", "在名单上，第10")]
    text = await listed(house, way.head)
    assert "第03人" not in text and "10第11人" in text


async def test_an_objection_that_is_not_true_leaves_the_name_on_the_list(house: House) -> None:
    way = await walk(house, NANNING, 2)
    for stage in ("screening", "experts", "assessment", "decision"):
        await way.walks(stage, 2)
    await way.course()
    await way.head.presses("开始“公示", "今天", "照上一步的名次列入名单", "打开第02人", "记一条异议")
    await way.head.says("年限不够")
    house.now = NOW + timedelta(days=9)
    await way.course()
    assert "有1个异议还没有核实完" in way.said
    await way.head.presses("结束“公示", "结束")
    assert "还有1个异议没有核实完，公示不能结束。" in way.said
    await way.head.presses("看名单", "打开第02人", "核实了，不属实")
    await way.head.says("年限够")
    assert "在名单上，第2" in way.said
    await way.course()
    await way.head.presses("结束“公示", "结束", "开始“命名", "开始", "打开第01人", "不命名，写理由")
    await way.head.says("本人放弃")
    await way.head.presses("回到名单", "全部命名（1人）")
    assert way.rows == [("第01人", "未通过"), ("第02人", "已命名，第1")]


async def test_a_list_begins_on_the_day_that_is_typed_and_its_end_may_yet_move(house: House) -> None:
    way = await walk(house, NANNING, 1)
    for stage in ("screening", "experts", "assessment", "decision"):
        await way.walks(stage, 1)
    await way.course()
    await way.head.presses("开始“公示")
    await way.head.says("下个星期吧")
    assert "没看懂是哪一天" in way.said
    await way.head.says("9月28日")
    assert "到2026年10月" in way.said  # over the National Day holidays
    await way.head.says("2027年1月4日")
    assert "暂定" in way.said
    await way.head.presses("从2027年1月4日开始公示")
    assert "正在办" not in way.said and "没列入1人" in way.said


async def test_liuzhous_days_are_entered_with_the_reason(house: House) -> None:
    way = await walk(house, LIUZHOU, 1)
    for stage in ("qualification", "experts", "assessment", "decision"):
        await way.walks(stage, 1)
    await way.course()
    await way.head.presses("开始“社会公示”")
    await way.head.says("公示7个工作日，领导小组定的")
    await way.head.presses("今天")
    assert "7是工作人员定的，理由：领导小组定的" in way.said
    assert "公示7个工作日" in way.said


async def test_liuzhous_second_ratio_may_be_left_as_written_or_set(house: House) -> None:
    way = await walk(house, LIUZHOU, 1)
    for stage in ("qualification", "experts"):
        await way.walks(stage, 1)
    await way.course()
    await way.head.presses("开始“市总工会评定”", "照通知")
    assert "按1:1.3" in way.said
    await way.head.presses("先不开始", "开始“市总工会评定”")
    await way.head.says("35 领导小组会议纪要")
    assert "最多35人" in way.said
    await way.head.presses("开始")
    assert "35是工作人员定的，理由：领导小组会议纪要" in way.said


# What does not count


async def test_whoever_is_withdrawn_cannot_go_on(house: House) -> None:
    way = await walk(house, NANNING, 2)
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    gone = update(stay).where(stay.c.case == way.cases[0]).values(state="withdrawn")
    await house.database.run(lambda unit: unit.connection.execute(gone))
    await way.head.presses("通过：第01人")
    assert "没走到“初审”这一步的，没有记下" in way.said
    assert way.rows == [("第02人", "还没定")]
    assert await way.moved() == []


async def test_of_two_heads_at_once_one_counts_and_the_other_sees_why(house: House) -> None:
    way = await walk(house, NANNING, 2)
    other = await way.bureau.seats("李主席", way.bureau.city, "head")
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    await way.course(other)
    await other.presses("看名单")
    await way.head.presses("通过：第01人")
    await other.presses("通过：第02人")
    assert "“初审”刚才有人改过了，这一次没有记下。" in words(other.screen)
    table = next(part for part in other.screen.parts if isinstance(part, Table))
    assert [row.cells[3] for row in table.rows] == ["通过，第1", "还没定"]
    await other.presses("通过：第02人")
    assert "通过2人" in words(other.screen)


@pytest.mark.parametrize("role", ["clerk", "auditor"])
async def test_whoever_is_no_head_sees_and_moves_nothing(house: House, role: str) -> None:
    way = await walk(house, NANNING, 2)
    someone = await way.bureau.seats("韦经办", way.bureau.city, role)  # type: ignore[arg-type]
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    pressed = way.head.token("通过：第01人")
    await way.course(someone)
    assert "由负责人来办" in words(someone.screen)
    await someone.presses("看“初审”的名单")
    assert not [each for each in someone.screen.all_buttons() if each.action.verb in {"pick", "fill"}]
    revision = someone.screen.revision
    await someone.take(choice=f"{revision:x}.{pressed.partition('.')[2]}")
    assert "您的席位不能做这一步" in words(someone.screen)
    assert await way.moved() == []


async def test_a_stage_that_was_closed_too_soon_goes_on_again(house: House) -> None:
    way = await walk(house, NANNING, 2)
    await way.walks("screening", 1)
    await way.course()
    await way.head.presses("“初审”结束错了，重新打开", "看名单", "通过：第02人")
    assert "通过2人" in way.said


async def test_a_place_moves_one_and_the_others_close_up(house: House) -> None:
    way = await walk(house, NANNING, 3)
    await way.course()
    await way.head.presses("开始“初审”", "开始", "没定的3人都通过", "写理由、改名次", "打开第03人")
    await way.head.says("第1名")
    assert "通过，第1" in way.said
    await way.head.says("9")
    assert "名次从1到3。" in way.said
    await way.head.says("国赛冠军")
    assert "说明：国赛冠军" in way.said
    await way.head.presses("回到名单")
    assert [how for _, how in way.rows] == ["通过，第2", "通过，第3", "通过，第1"]


async def test_an_older_screen_moves_nobody(house: House) -> None:
    way = await walk(house, NANNING, 2)
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    old = way.head.token("通过：第02人")
    await way.head.presses("通过：第01人")
    await way.head.take(choice=old)
    assert "那一步已经过去了" in way.said
    assert [how for _, how in way.rows] == ["通过，第1", "还没定"]


async def test_an_office_without_a_list_that_is_up_has_none_to_print(house: House) -> None:
    way = await walk(house, NANNING, 1)
    await way.course()
    with pytest.raises(LookupError):
        await house.conversation.document("web", way.head.address, "stage_list")


async def listed(house: House, someone: Someone) -> str:
    """The words of the list that is put up, without blanks."""
    printed = await house.conversation.document("web", someone.address, "stage_list")
    with pypdfium2.PdfDocument(printed.content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"\s|\u200b", "", "".join(pages))


async def test_what_is_taken_along_stands_in_the_selections_order(house: House) -> None:
    way = await walk(house, NANNING, 4)
    first, second, third, fourth = way.cases

    async def taken() -> tuple[str, ...]:
        await way.head.says("看板")
        await way.head.presses("更多", "导出表格和材料包", "全部材料包")
        ordered = await house.database.run(lambda unit: exports.of_office(unit, way.bureau.city, 1))
        return ordered[0].cases

    assert await taken() == way.cases
    await way.course()
    await way.head.presses(
        "开始“初审”", "开始", "通过：第03人", "通过：第02人", "通过：第01人", "取消：第01人"
    )
    house.now += timedelta(minutes=1)
    assert await taken() == (third, second, fourth, first)


async def test_those_of_one_unit_stand_as_it_prefers_them(house: House) -> None:
    way = await walk(house, NANNING, 3)

    def prefer(unit: Unit) -> None:
        for case_, place in zip(way.cases, (3, 1, 2), strict=True):
            query = update(stay).where(stay.c.case == case_)
            unit.connection.execute(query.values(unit="key of the unit", rank=place))

    await house.database.run(prefer)
    await way.course()
    await way.head.presses("开始“初审”", "开始")
    assert [who for who, _ in way.rows] == ["第02人", "第03人", "第01人"]
    await way.head.says("看板")
    await way.head.presses("办完的")


async def test_an_office_sees_how_many_it_may_put_forward(house: House) -> None:
    way = await walk(house, "daguo-jiangsu-2026", 4)
    await way.head.says("看板")
    assert "推荐名额2到3名（三），受理和上报了4名，多了1名。" in way.said
    await way.course()
    assert "受理和上报了4名，多了1名" in way.said
    (table,) = (part for part in way.head.screen.parts if isinstance(part, Table))
    assert table.heads[-1] == "谁来办"
    assert {"推荐单位", "江苏省总工会"} <= {row.cells[-1] for row in table.rows}
