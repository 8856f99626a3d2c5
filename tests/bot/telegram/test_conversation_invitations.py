"""Asking somebody in on Telegram: the link handed on, opened in another account, and the part done there."""

from __future__ import annotations

import pytest

from forms.library import Library
from tests.bot.telegram.house import forgiven, library, together
from tests.bot.telegram.parties import asks, handed, nominates, qualifies, recommends, sees, takes
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["forgiven", "library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together

NOBODY = "i_" + "A" * 43


@pytest.fixture
def expert(service: Service) -> Phone:
    return Phone(service.telegram, "老莫")


async def test_what_is_handed_on_is_ready_to_be_sent(
    phone: Phone, service: Service, library: Library
) -> None:
    await nominates(service, library, phone)
    given = await asks(phone)
    link = f"https://t.me/{service.telegram.bot['username']}?start={given.token}"
    assert given.words.text.startswith("莫振邦您好，我是农国强，想请您写一份专家推荐函")
    assert given.words.text.endswith(link)
    assert not given.words.rows, "what is forwarded has no buttons of the sender's"
    assert given.code.media == "photo"
    assert given.copied == given.shared["url"] == link
    assert "{link}" not in given.shared["text"] and "莫振邦您好" in given.shared["text"]


async def test_it_is_handed_on_once_as_long_as_its_page_is_shown(
    phone: Phone, service: Service, library: Library
) -> None:
    await nominates(service, library, phone)
    first = await asks(phone)
    phone.says("什么意思")
    await phone.hears("只能用一次")
    assert not any(message.media for message in phone.news)
    phone.says("进度")
    await phone.hears("莫振邦，链接做好了，还没打开")
    phone.press("看看莫振邦")
    again = await handed(phone)
    assert again.code.id > first.code.id and again.token == first.token
    phone.press("换一个链接")
    await phone.hears("旧链接已经作废")
    assert (await handed(phone)).token != first.token


async def test_opening_binds_nobody_and_the_token_does_not_stay(
    phone: Phone, service: Service, library: Library, expert: Phone
) -> None:
    await nominates(service, library, phone)
    given = await asks(phone)
    opened = expert.says(f"/start {given.token}")
    await expert.hears("农国强请您写一份专家推荐函")
    pasted = Phone(service.telegram)
    forwarded = pasted.says(given.words.text)
    assert "我已经从对话里删掉了" in (await pasted.hears("是您本人吗？")).text
    await service.telegram.until(lambda: opened.deleted and forwarded.deleted, "both messages to go")
    assert (await service.interview(expert)).consented_at == ""
    assert given.token[2:] not in service.told
    phone.says("进度")
    await phone.hears("莫振邦，已打开，未动笔")


@pytest.mark.parametrize("payload", ["i_", "i_abc", NOBODY[:-1], NOBODY + "A"])
async def test_a_link_that_is_not_whole_says_so(expert: Phone, payload: str) -> None:
    expert.says(f"/start {payload}")
    await expert.hears("这个邀请链接不完整")


async def test_a_link_that_opens_nothing_says_what_to_do(
    phone: Phone, service: Service, library: Library, expert: Phone
) -> None:
    expert.says(f"/start {NOBODY}")
    await expert.hears("请对方再发一个新链接")
    await nominates(service, library, phone)
    given = await asks(phone)
    await takes(expert, given.token)
    other = Phone(service.telegram)
    other.says(f"/start {given.token}")
    await other.hears("请对方再发一个新链接")


async def test_the_makers_own_link_and_a_second_half_are_kindly_refused(
    phone: Phone, service: Service, library: Library, expert: Phone
) -> None:
    await nominates(service, library, phone)
    first = await asks(phone)
    phone.says(first.words.text)
    await phone.hears("这是您自己发出的邀请链接")
    await takes(expert, first.token)
    second = await asks(phone, "覃秀兰", "同行")
    expert.says(f"/start {second.token}")
    await expert.hears("同一个人不能担两个角色")
    assert "怎么认识的" in expert.said, "the own part goes on below"


async def test_declining_is_told_at_once_with_its_reason(
    phone: Phone, service: Service, library: Library, expert: Phone
) -> None:
    await nominates(service, library, phone)
    given = await asks(phone)
    expert.says(f"/start {given.token}")
    await expert.hears("是您本人吗？")
    expert.press("是我，但写不了")
    await expert.hears("点一个原因")
    phone.listens()
    expert.press("最近太忙")
    await expert.hears("已经告诉对方了")
    await phone.hears("推荐专家一婉拒了：最近太忙")


async def test_whoever_is_under_way_is_reminded_once_a_day(
    phone: Phone, service: Service, library: Library, expert: Phone
) -> None:
    await nominates(service, library, phone)
    await takes(expert, (await asks(phone)).token)
    phone.says("进度")
    await phone.hears("莫振邦，答应了，未动笔")
    phone.press("看看莫振邦")
    await phone.hears("答应了")
    expert.listens()
    phone.press("提醒一下")
    await expert.hears("有一份材料等着您写")
    await phone.hears("一天提醒一次就够")
    assert "提醒一下" not in (await phone.sees_screen()).buttons


async def test_a_change_and_a_withdrawal_are_told_at_once(
    phone: Phone, service: Service, library: Library
) -> None:
    await nominates(service, library, phone)
    expert = await recommends(service, (await asks(phone)).token)
    await phone.hears("推荐专家一已经完成")
    expert.listens()
    await phone.tells("检查答案")
    await _edits(phone, "工作单位")
    await phone.tells("南宁建工安装有限公司")
    await expert.hears("被推荐人把工作单位改成了：南宁建工安装有限公司", 60)
    expert.press("照旧，我还这样推荐")
    await sees(expert, "您这一部分填好了")
    phone.listens()
    expert.press("不参加了")
    await expert.hears("确定吗")
    expert.press("退出，不再参加")
    await phone.hears("推荐专家一退出了")


async def test_where_no_door_can_be_reached_the_list_says_so_and_has_words_to_send(
    phone: Phone, service: Service, library: Library, expert: Phone, forgiven: list[str]
) -> None:
    forgiven.append("bot was blocked")
    await nominates(service, library, phone)
    await takes(expert, (await asks(phone)).token)
    expert.blocks()
    await service.telegram.updates.settled()
    phone.says("进度")
    await phone.hears("莫振邦，答应了，未动笔，消息发不到")
    phone.press("看看莫振邦")
    page = await phone.hears("莫振邦您好，之前请您写一份专家推荐函")
    assert "把下面这段话发给对方" in page.text and "提醒一下" not in page.buttons
    expert.unblocks()
    await service.telegram.updates.settled()
    phone.says("进度")
    assert "消息发不到" not in (await phone.hears("莫振邦，答应了，未动笔")).text


async def test_who_came_for_a_programme_and_then_for_an_invitation_begins_nothing_else(
    phone: Phone, service: Service, library: Library, expert: Phone
) -> None:
    await nominates(service, library, phone)
    given = await asks(phone)
    await expert.tells("/start p_guilin")
    await takes(expert, given.token)
    assert (await service.interview(expert)).role == "expert"
    await qualifies(expert)


async def _edits(phone: Phone, label: str) -> None:
    """Find an answer in the sections of the review, and open it."""
    keys = [key for row in phone.screen.rows for key in row] if phone.screen else []
    sections = [key["text"] for key in keys if key["callback_data"].startswith("v:s")]
    for section in sections:
        screen = await phone.chooses(section)
        if label in screen.buttons:
            await phone.chooses(label)
            return
        phone.press_like("返回")
        await phone.sees_screen()
    raise AssertionError(f"no answer “{label}” in the review:\n{phone.chat}")
