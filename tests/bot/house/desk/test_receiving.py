"""A case is handed in: sealed as it was shown, and it comes back question by question."""

from __future__ import annotations

from datetime import timedelta

from dialogs.turn import Table
from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.household import House, picture
from tests.dialogs.desk.desks import words


async def test_a_case_that_is_handed_in_lies_on_the_desk_of_its_office(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    assert COUNTY in words(clerk.screen)
    someone = await hands_in(house)
    assert f"已递交给{COUNTY}" in words(someone.screen)
    await clerk.take()
    assert "新到一件：陆建华" in words(clerk.screen)
    (table,) = (part for part in clerk.screen.parts if isinstance(part, Table))
    assert [row.cells[0] for row in table.rows] == ["陆建华"]


async def test_exactly_what_was_sent_back_is_asked_again_and_seen_side_by_side(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
    assert "已退回（韦经办" in words(clerk.screen)
    await someone.take()
    assert someone.asked == "trade"
    assert "写错了：有错别字" in words(someone.screen)
    assert "现在填的是：焊工" in words(someone.screen)
    await someone.says("电焊工")
    await someone.presses("没问题", "属实", "再次递交")
    assert "第2次" in words(someone.screen)
    await clerk.says("看板")
    await clerk.presses("陆建华", "和上一次对比")
    (table,) = (part for part in clerk.screen.parts if isinstance(part, Table))
    assert [row.cells for row in table.rows] == [("工种", "焊工", "电焊工", "有错别字，请改一下。")]


async def test_a_decision_counts_and_stands_in_the_history(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "受理")
    assert "纸质还差：申请表、证书复印件" in words(clerk.screen)
    await clerk.presses("还是受理")
    assert "已受理（韦经办" in words(clerk.screen)
    await clerk.presses("经过")
    (table,) = (part for part in clerk.screen.parts if isinstance(part, Table))
    assert [(row.cells[1], row.cells[2]) for row in table.rows] == [
        ("本人", "递交了"),
        ("韦经办", "看了材料"),
        ("韦经办", "受理了"),
    ]


async def test_the_office_opens_the_documents_that_were_handed_in(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华")
    for card in clerk.screen.cards:
        printed = await house.conversation.document("web", clerk.address, card.document)
        assert printed.content
    await clerk.presses("逐项看", "看：证书")
    (scan,) = clerk.screen.cards
    evidence = house.conversation.staff.downloads.evidence
    found = await evidence("web", clerk.address, scan.document.removeprefix("file_"))
    assert found
    with found[0].open() as stream:
        assert stream.read() == picture()
    assert await evidence("web", clerk.address, "f" * 32) is None
    assert await evidence("web", "anna", scan.document.removeprefix("file_")) is None


async def test_the_same_id_number_in_two_cases_is_told_on_either(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华")
    assert "同一个身份证号" not in words(clerk.screen)
    first = str(clerk.screen.parts).partition("编号 ")[2][:9]
    await hands_in(house, "berta")
    await clerk.says("看板", first)
    await clerk.presses("打开陆建华")
    assert "同一个身份证号在这个项目里还有：" in words(clerk.screen)
    other = next(each.label for each in clerk.screen.buttons if each.label.startswith("打开"))
    await clerk.presses(other)
    assert f"还有：{first}（在办）。请核对是不是重复申报。" in words(clerk.screen)


async def test_what_was_passed_on_cannot_be_taken_back_any_more(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "上报", "上报")
    await someone.take()
    assert not any("撤回来改" in each.label for each in someone.screen.buttons)


async def test_the_second_handing_in_has_a_day_of_its_own(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
    house.now += timedelta(days=3)
    await someone.take()
    await someone.says("电焊工")
    await someone.presses("没问题", "属实", "再次递交")
    assert "第2次，2026年6月18日" in words(someone.screen)
    await clerk.says("看板")
    await clerk.presses("陆建华")
    assert "第2次递交，6月18日" in words(clerk.screen)


async def test_what_is_upheld_reaches_the_desk_with_the_words_of_whoever_upholds_it(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
    await someone.take()
    await someone.presses("照旧，我没写错")
    await someone.says("证书上就是焊工")
    await someone.presses("没问题", "属实", "再次递交")
    await clerk.says("看板")
    await clerk.presses("陆建华", "和上一次对比")
    (table,) = (part for part in clerk.screen.parts if isinstance(part, Table))
    assert [row.cells for row in table.rows] == [
        ("工种", "焊工", "焊工", "有错别字，请改一下。；本人：照旧，证书上就是焊工")
    ]


async def test_a_second_remark_on_one_question_says_that_it_stands_for_the_first(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：工种", "写错了", "有错别字")
    await clerk.presses("看：工种", "写错了")
    await clerk.says("写全称")
    assert "换成了这一条" in words(clerk.screen)
