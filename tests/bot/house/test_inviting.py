"""A link asks somebody in: what it says, whom it binds, and what each side sees of the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import select

from bot.house.beside import Change
from bot.house.devices import Place
from dialogs.turn import Screen, Turn
from storage import tables
from tests.bot.house.invitees import IDS, asks, gathered, nominated, one_more, takes, text, writes
from tests.bot.household import House, Someone


@pytest.fixture
def shared(house: House) -> House:
    return gathered(house)


@pytest.fixture
async def anna(shared: House) -> Someone:
    return await nominated(Someone(shared, "anna"))


@pytest.fixture
def expert(shared: House) -> Someone:
    return Someone(shared, "mo")


async def test_whoever_is_asked_is_named_and_the_link_can_be_seen_one_more(anna: Someone) -> None:
    token = await asks(anna)
    assert token.startswith("i_") and len(token) == 45
    assert (
        anna.screen.invitation and "莫振邦您好，我是陆建华，想请您写一份推荐信" in anna.screen.invitation.text
    )
    await anna.says("进度")
    assert "莫振邦，链接做好了，还没打开" in text(anna)
    await anna.presses("看看莫振邦")
    assert anna.screen.invitation and anna.screen.invitation.token == token


async def test_only_the_digest_of_a_link_is_kept(shared: House, anna: Someone) -> None:
    token = await asks(anna)
    found = select(tables.code.c.digest).where(tables.code.c.kind == "invite")
    digest = await shared.database.read(lambda unit: unit.connection.execute(found).scalar_one())
    assert len(digest) == 64 and token[2:] not in digest


async def test_opening_a_link_binds_nobody(shared: House, anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    await expert.take()
    await expert.says(token)
    assert "陆建华请您写一份推荐信" in text(expert) and "大约15分钟" in text(expert)
    assert await shared.rows("person") == 1
    other = Someone(shared, "scanner")
    await other.says(token)
    assert "是您本人吗" in text(other)
    await anna.says("进度")
    assert "已打开，未动笔" in text(anna)


async def test_the_press_binds_once(shared: House, anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    await takes(expert, token)
    other = Someone(shared, "other")
    await other.says(token)
    assert "这个链接已经用过了，只能用一次" in text(other) and "打上恢复码" in text(other)
    assert await shared.rows("person") == 2


async def test_consent_is_the_experts_own_and_says_whom_it_is_about(anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    await expert.take()
    await expert.says(token)
    await expert.presses("是我")
    assert "隐私说明" in text(expert) and "陆建华" in text(expert)
    await expert.says("莫振邦")
    assert "隐私说明" in text(expert)  # nothing is an answer before
    await expert.presses("同意，开始")
    assert expert.asked == "expert_name"


async def test_the_expert_sees_what_is_to_be_checked_and_nothing_else(anna: Someone, expert: Someone) -> None:
    await takes(expert, await asks(anna))
    await expert.says("莫振邦", IDS[0])
    await expert.presses("对的")
    assert "请您的人写的是：师傅" in text(expert)
    await expert.says("同班组八年")
    assert "姓名：陆建华" in text(expert) and "工种：焊工" in text(expert)
    assert "4501" not in text(expert)


async def test_the_nominee_learns_that_a_letter_is_in_and_never_its_text(
    shared: House, anna: Someone, expert: Someone
) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    assert "您这一部分填好了" in text(expert)
    await anna.take()
    assert "推荐专家一已经完成" in text(anna)
    await anna.says("进度")
    assert "莫振邦，已完成" in text(anna) and "还要请1位" in text(anna)
    await anna.says("检查答案")
    assert "他手艺好" not in text(anna)
    assert all(card.document != "letter" for card in anna.screen.cards)
    with pytest.raises(LookupError):
        await shared.conversation.document("web", "anna", "letter")


async def test_the_half_is_looked_at_before_it_is_confirmed(
    shared: House, anna: Someone, expert: Someone
) -> None:
    await takes(expert, await asks(anna))
    await expert.says("莫振邦", "检查答案")
    assert [(card.document, card.note) for card in expert.screen.cards] == [("letter", "草稿")]
    assert (await shared.conversation.document("web", "mo", "letter")).pages == 1


async def test_two_parties_of_a_case_cannot_become_one_person(
    shared: House, anna: Someone, expert: Someone
) -> None:
    await takes(expert, await asks(anna))
    await anna.says("恢复码")
    assert anna.screen.code is not None
    await expert.says(anna.screen.code.text)
    assert "两份都要" not in str(expert.screen.buttons)


async def test_the_expert_prints_their_own_half(shared: House, anna: Someone, expert: Someone) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    assert [card.document for card in expert.screen.cards] == ["letter"]
    printed = await shared.conversation.document("web", "mo", "letter")
    assert printed.content.startswith(b"%PDF")
    with pytest.raises(LookupError):
        await shared.conversation.document("web", "mo", "application")


async def test_declining_is_asked_about_and_tells_the_asker_why(anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    await expert.take()
    await expert.says(token)
    await expert.presses("写不了")
    assert "点错了就回去" in text(expert)
    await expert.presses("点错了，回去")
    assert "愿意写一份推荐信吗" in text(expert)
    await expert.presses("写不了")
    await expert.presses("最近太忙")
    assert "已经告诉对方" in text(expert)
    await anna.take()
    assert "推荐专家一婉拒了：最近太忙" in text(anna)
    await anna.says("进度")
    assert "还要请2位" in text(anna)


async def test_a_link_opened_by_whoever_made_it_binds_nobody(anna: Someone) -> None:
    token = await asks(anna)
    await anna.says(token)
    assert "这是您自己发出的邀请链接" in text(anna)


async def test_nobody_writes_both_halves(shared: House, anna: Someone, expert: Someone) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    second = await asks(anna, "覃秀兰", "同行")
    await expert.says(second)
    assert "同一个人不能担两个角色" in text(expert)


@pytest.mark.parametrize("taken", ["450122198409129963", IDS[0]])
async def test_one_identity_is_one_party(shared: House, anna: Someone, expert: Someone, taken: str) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    second = await takes(Someone(shared, "tan"), await asks(anna, "覃秀兰", "同行"))
    await second.says("覃秀兰", taken)
    assert "这份申报里的另一位已经用了" in text(second)
    assert second.asked == "expert_id_number"


async def test_a_replaced_link_opens_nothing(anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    await anna.presses("换一个链接")
    assert anna.screen.invitation and anna.screen.invitation.token != token
    await expert.says(token)
    assert "这个链接对方换过了" in text(expert)
    await expert.says(anna.screen.invitation.token)
    assert "是您本人吗" in text(expert)


@pytest.mark.parametrize(
    ("opened", "said"),
    [
        ("i_", "不完整"),
        ("i_abc", "不完整"),
        ("https://jiangjian.example/i#", "不完整"),
        ("https://jiangjian.example/i#abc", "不完整"),
        ("https://jiangjian.example/i%23abc", "不完整"),
        ("{link}x", "不完整"),
        ("您好，点这里开始：https://jiangjian.example/i#{cut}", "不完整"),
        ("https://t.me/jiangjian_bot?start=i_{cut}", "不完整"),
        (f"i_{'A' * 43}", "这里没有"),
        (f"https://elsewhere.example/i#{'_' * 43}", "这里没有"),
    ],
)
async def test_what_is_no_link_of_ours_is_told_so_and_is_never_an_answer(
    anna: Someone, expert: Someone, opened: str, said: str
) -> None:
    token = await asks(anna)
    await expert.begins()
    await expert.says("单位推荐")
    await expert.says(opened.format(link=token, cut=token[2:-1]))
    assert said in text(expert) and expert.asked == "trade"


@pytest.mark.parametrize(
    "sent",
    [
        "{token}",
        "{bare}",
        "莫振邦您好，点这里开始：https://a.example/i#{bare}",
        "https://a.example/i#{token} 谢谢您",
        "https://a.example/i%23{bare}",
    ],
)
async def test_a_link_is_known_within_what_was_forwarded(anna: Someone, expert: Someone, sent: str) -> None:
    token = await asks(anna)
    await expert.take()
    await expert.says(sent.format(token=token, bare=f"/i#{token[2:]}" if sent == "{bare}" else token[2:]))
    assert "是您本人吗" in text(expert)


async def test_an_expired_link_says_so(shared: House, anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    shared.now += timedelta(days=61)
    await expert.says(token)
    assert "这个链接过期了" in text(expert)


async def test_a_revoked_invitation_says_so(anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    await anna.presses("不请这一位了")
    await expert.says(token)
    assert "对方已经撤回这个邀请" in text(expert)


async def test_a_declined_one_asks_for_another_link(shared: House, anna: Someone, expert: Someone) -> None:
    token = await asks(anna)
    await expert.says(token)
    await expert.presses("写不了")
    await expert.presses("最近太忙")
    await expert.says(token)
    assert "已经婉拒了" in text(expert)


async def test_whoever_opens_their_own_link_again_goes_on_there_and_is_locked_out_of_nothing(
    shared: House, anna: Someone, expert: Someone
) -> None:
    token = await asks(anna)
    await takes(expert, token)
    for _ in range(7):
        await expert.says(token)
        assert "这个链接您已经用过了，不用再点" in text(expert) and expert.asked == "expert_name"
    await expert.says("我的申报")
    await expert.presses("另填一份")
    assert not expert.asked
    await expert.says(token)
    assert expert.asked == "expert_name"


async def test_whoever_is_asked_no_more_is_told_and_keeps_what_they_wrote(
    anna: Someone, expert: Someone
) -> None:
    await takes(expert, await asks(anna))
    await expert.says("莫振邦")
    await anna.says("进度")
    await anna.presses("看看莫振邦")
    await anna.presses("不请这一位了")
    await expert.take()
    assert "请您的人不再请您写这一份了" in text(expert)
    await expert.says("450102197001159974")
    assert not expert.asked


async def test_what_was_changed_is_to_be_looked_at_again(
    shared: House, anna: Someone, expert: Someone
) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    await anna.says("检查答案")
    await anna.presses("改：工种")
    await anna.says("钳工")
    await anna.says("进度")
    assert "等对方再看一眼" in text(anna)
    await expert.take()
    assert "被推荐人把工种改成了：钳工（您确认时是：焊工）" in text(expert)
    await expert.presses("照旧，我还这样推荐")
    assert "您这一部分填好了" in text(expert)
    await anna.says("进度")
    assert "莫振邦，已完成" in text(anna)


async def test_whoever_withdraws_counts_no_more(anna: Someone, expert: Someone) -> None:
    await takes(expert, await asks(anna))
    await writes(expert)
    await expert.presses("不参加了")
    await expert.presses("退出，不再参加")
    assert "您已经退出" in text(expert)
    assert [card.document for card in expert.screen.cards] == ["letter"]
    await anna.take()
    assert "推荐专家一退出了" in text(anna)


async def test_enough_letters_free_the_others(shared: House, anna: Someone) -> None:
    people = [Someone(shared, address) for address in ("mo", "tan", "li")]
    for each, name in zip(people, ("莫振邦", "覃秀兰", "李卫东"), strict=True):
        await takes(each, await (asks(anna, name) if each is not people[2] else one_more(anna, name)))
    for number, each in enumerate(people[:2]):
        await writes(each, number)
    await people[2].take()
    assert "别人已经写够了" in text(people[2])


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [("不请这一位了", "对方已经撤回这个邀请"), ("换一个链接", "这个链接对方换过了")],
)
@pytest.mark.parametrize("way", ["presses", "types", "looks"])
async def test_what_became_of_a_link_while_its_question_stood_is_told(
    anna: Someone, expert: Someone, meanwhile: str, told: str, way: str
) -> None:
    await expert.says(await asks(anna))
    press = expert.token("是我，开始")
    await anna.presses(meanwhile)
    if way == "presses":
        await expert.take(choice=press)
    elif way == "types":
        await expert.says("是我")
    else:
        await expert.take()
    assert told in text(expert) and "要不要接" not in text(expert)
    await expert.take()
    assert told not in text(expert)


async def test_a_device_for_several_offers_to_begin_beside_and_the_question_goes_along(
    shared: House, anna: Someone
) -> None:
    token = await asks(anna)

    async def there(address: str, **what: object) -> Screen:
        turn = replace(Turn(address, str(next(numbers))), **what)  # type: ignore[arg-type]  # text or choice
        return await shared.conversation.take("web", address, turn, several=True)

    numbers = count(900)
    screen = await there("anna", text=token)
    assert "这是您自己发出的邀请链接" in str(screen.parts)
    assert [button.label for button in screen.buttons] == ["我是另一个人，另开一处", "不用，回到我这里"]
    beside = await there("anna", choice=screen.buttons[0].action.token(screen.revision))
    assert beside.beside and beside.buttons == screen.buttons  # nothing is decided yet
    assert await shared.conversation.change_over(Place("web", "anna"), "mo", Change("aside.anna", "7391"))
    screen = await there("mo")
    assert "是您本人吗" in str(screen.parts) and "这台设备上现在是" not in str(screen.parts)
    await there("mo", choice=screen.buttons[0].action.token(screen.revision))
    assert await shared.rows("person") == 2
    back = Change("aside.mo", "", "aside.anna", "7391")
    await shared.conversation.change_over(Place("web", "mo"), "anna2", back)
    assert "是您本人吗" not in str((await there("anna2")).parts)


async def test_staying_at_ones_own_link_leaves_all_as_it_was(shared: House, anna: Someone) -> None:
    token = await asks(anna)
    turn = Turn("anna", "opens", text=token)
    screen = await shared.conversation.take("web", "anna", turn, several=True)
    stay = Turn("anna", "stays", choice=screen.buttons[1].action.token(screen.revision))
    screen = await shared.conversation.take("web", "anna", stay, several=True)
    assert screen.invitation and screen.invitation.token == token


async def test_a_newcomer_is_spoken_to_in_the_language_of_their_device(
    anna: Someone, expert: Someone
) -> None:
    token = await asks(anna)
    await expert.take(text=token, locale="en")
    await expert.take(choice=next(iter(expert.screen.tokens())), locale="en")
    assert "Privacy notice" in text(expert)


async def test_whoever_is_named_as_the_nominee_is_doubted_and_may_be_another_person(anna: Someone) -> None:
    await anna.says("进度")
    await anna.presses("去请推荐专家")
    await anna.says("陆建华")
    assert "自己不能推荐自己" in text(anna)
    await anna.says("师傅")
    assert anna.screen.invitation is not None
