from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.household import House, Someone
from tests.dialogs.desk.desks import words
async def test_x(house: House) -> None:
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    def pr(s): print("----"); print(words(s)); print([b.label for b in s.buttons])
    pr(clerk.screen)
    from tests.bot.house.desk.bureau import finishes
    s = await finishes(house); pr(s.screen)
    await s.presses("递交", COUNTY); pr(s.screen)
    await s.presses("递交给"); pr(s.screen)
    await clerk.take(); pr(clerk.screen)
    await clerk.presses("陆建华"); pr(clerk.screen)
    await clerk.presses("逐项看"); pr(clerk.screen)
    await clerk.presses("看：工种"); pr(clerk.screen)
    await clerk.presses("写错了"); pr(clerk.screen)
    await clerk.presses("有错别字"); pr(clerk.screen)
    await clerk.presses("看一遍意见"); pr(clerk.screen)
    await clerk.presses("确定退回"); pr(clerk.screen)
    await s.take(); pr(s.screen)
    await s.says("电焊工"); pr(s.screen)
    await s.presses("没问题"); pr(s.screen)
    await s.presses("属实"); pr(s.screen)
    await s.presses("再次递交"); pr(s.screen)
    await clerk.says("看板"); pr(clerk.screen)
    await clerk.presses("陆建华"); pr(clerk.screen)
    await clerk.presses("和上一次对比"); pr(clerk.screen); print(clerk.screen.parts)
    await clerk.presses("回到这一件"); pr(clerk.screen)
    await clerk.presses("受理"); pr(clerk.screen)
    await clerk.presses("还是受理"); pr(clerk.screen)
    await clerk.presses("经过"); print(clerk.screen.parts)
    assert 0
