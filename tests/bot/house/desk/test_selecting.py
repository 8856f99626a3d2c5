"""The stages after handing in, walked from the desk: Nanning's ratios, Guilin's reserve, and what does not count."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from dialogs.turn import Table
from storage import exports
from storage.desk_tables import stay
from storage.unit import Unit
from tests.bot.house.desk.courses import GUILIN, LIUZHOU, NANNING, NOW, listed, walk
from tests.bot.household import House


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
        ("第01人", "通过，第3（最多50）"),
        ("第02人", "通过，第1（最多50）"),
        ("第03人", "通过，第2（最多50）"),
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
    assert way.rows == [
        ("第02人", "在名单上，第1（最多25）"),
        ("第03人", "在名单上，第2（最多25）"),
        ("第01人", "在名单上，第3（最多25）"),
    ]
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
    assert way.rows == [("第11人", "在名单上，第10（最多10）")]
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
