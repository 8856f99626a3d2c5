"""Groups, where nobody is interviewed; and what happens there does not disturb private chats."""

from __future__ import annotations

import pytest

from tests.bot.telegram.double import Telegram
from tests.bot.telegram.group import Group
from tests.bot.telegram.house import Blemishes, polling, telegram, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import NOON, Service

__all__ = ["polling", "telegram"]
pytestmark = together

LINK = "https://t.me/jiangjian_bot"
BEFORE_ONE = "2026-06-15T12:59:30+08:00"
AFTER_ONE = "2026-06-15T13:00:30+08:00"


@pytest.fixture
def service(polling: Service) -> Service:
    polling.at(NOON)
    return polling


@pytest.fixture
def phone(telegram: Telegram, service: Service) -> Phone:
    return Phone(telegram)


@pytest.fixture
def group(telegram: Telegram, service: Service) -> Group:
    """A group that the bot has been in for long, and of which it hears everything."""
    group = Group(telegram, hears_all=True)
    group.chat.member = True
    return group


@pytest.fixture(autouse=True)
def _no_blemish(telegram: Telegram, service: Service) -> object:
    blemishes = Blemishes(telegram, service)
    yield
    blemishes.none()


async def told(group: Group, lines: int = 1) -> None:
    """Wait until the bot has said so many lines, and has nothing more to do."""
    await group.chat.until(lambda: len(group.told) >= lines, f"{lines} lines in the group")
    await group.telegram.updates.settled()
    assert len(group.told) == lines


async def silent(group: Group) -> None:
    """The bot has heard everything, also what came after it, and has said nothing here."""
    await Phone(group.telegram).tells("/start")
    await group.telegram.updates.settled()
    assert not group.told


async def test_a_command_gets_one_line_with_the_private_link(phone: Phone, group: Group) -> None:
    group.says(phone, "/start@jiangjian_bot")
    await told(group)
    line = group.told[0]
    assert LINK in line.text
    assert "\n" not in line.text
    assert not line.rows


@pytest.mark.parametrize("text", ["/start", "/help", "/Start@JiangJian_Bot 你好", "/weather"])
async def test_what_is_addressed_to_the_bot(phone: Phone, group: Group, text: str) -> None:
    group.says(phone, text)
    await told(group)


async def test_being_invited_says_the_same_line_once(phone: Phone, telegram: Telegram) -> None:
    group = Group(telegram)
    group.invites_bot(phone)
    await told(group)
    assert LINK in group.told[0].text
    group.says(phone, "/start@jiangjian_bot")
    await phone.tells("/start")
    await told(group)
    group.removes_bot(phone)
    await telegram.updates.settled()


async def test_once_an_hour_at_most(phone: Phone, group: Group, service: Service) -> None:
    for _ in range(3):
        group.says(phone, "/start@jiangjian_bot")
    await told(group)
    service.at(BEFORE_ONE)
    group.says(Phone(group.telegram), "/help")
    await phone.tells("/start")
    await told(group)
    service.at(AFTER_ONE)
    group.says(phone, "/help")
    group.says(phone, "/help")
    await told(group, 2)


async def test_each_group_has_its_own_hour(phone: Phone, group: Group, telegram: Telegram) -> None:
    other = Group(telegram)
    other.chat.member = True
    for each in (group, other):
        each.says(phone, "/start@jiangjian_bot")
    for each in (group, other):
        await told(each)


async def test_other_talk_is_none_of_the_bot_s_business(phone: Phone, group: Group) -> None:
    other = Phone(group.telegram)
    said = group.says(phone, "大家好，我叫陆建华")
    group.says(phone, "@jiangjian_bot 怎么报名")
    group.says(phone, "/start@other_bot")
    group.says(phone, "看 /start@jiangjian_bot")
    group.bot_says("/start@jiangjian_bot")
    group.edits(said, "/start@jiangjian_bot")
    group.sends(phone, caption="/start@jiangjian_bot", photo=[{"file_id": "x", "file_unique_id": "y",
                                                               "width": 9, "height": 9}])  # fmt: skip
    group.sends(phone, location={"latitude": 22.8, "longitude": 108.3})
    group.comes(other)
    group.goes(other)
    group.sends(phone, new_chat_title="车间")
    await silent(group)


async def test_an_answer_in_the_topic_where_it_was_asked(phone: Phone, group: Group) -> None:
    topic = group.opens_topic(phone, "申报")
    group.opens_topic(phone, "别的")
    group.says(phone, "/start@jiangjian_bot", topic)
    await told(group)
    assert group.told[0].topic == topic


async def test_an_administrator_without_a_name_is_answered(phone: Phone, group: Group) -> None:
    group.says_itself("/start@jiangjian_bot")
    await told(group)


async def test_a_press_in_a_group_stops_spinning(phone: Phone, group: Group, telegram: Telegram) -> None:
    message = group.says(phone, "大家好")
    query = group.presses(phone, message, "0.000000000000")
    await telegram.until(lambda: query in telegram.answers, "the press to be answered")
    await silent(group)


async def test_a_group_that_becomes_a_supergroup_keeps_its_hour(phone: Phone, telegram: Telegram) -> None:
    group = Group(telegram, kind="group", hears_all=True)
    group.chat.member = True
    group.says(phone, "/start")
    await told(group)
    grown = group.grows(phone)
    await telegram.updates.settled()
    grown.says(phone, "/start")
    await silent(grown)


async def test_a_channel_is_left_alone(phone: Phone, telegram: Telegram) -> None:
    channel = Group(telegram, kind="channel")
    channel.chat.member = True
    channel.moves(phone, "left", "member")
    await silent(channel)


async def test_a_group_in_which_the_bot_may_not_speak(phone: Phone, group: Group, telegram: Telegram) -> None:
    telegram.forgiven.append("bot was kicked")
    group.says(phone, "/start@jiangjian_bot")
    group.chat.member = False
    await phone.begins()
    await telegram.updates.settled()


async def test_messages_of_one_number_here_and_there_both_count(
    phone: Phone, group: Group, service: Service
) -> None:
    """A group numbers its own messages: its message N must not make the private message N “seen”."""
    await phone.begins()
    answer = phone.chat.messages[max(phone.chat.messages)].id + 1
    while max(group.chat.messages, default=0) < answer + 3:
        group.says(phone, "/start@jiangjian_bot")
    await told(group)
    await phone.telegram.updates.settled()
    message = phone.says("是")
    assert message.id in group.chat.messages
    await phone.sees_screen()
    assert (await service.interview(phone)).answers["in_area"] is True


async def test_people_who_come_and_go_in_the_same_second(telegram: Telegram, service: Service) -> None:
    people = [Phone(telegram) for _ in range(4)]
    for person in people:
        await person.tells("/start")
    groups = [Group(telegram) for _ in people]
    for person, group in zip(people, groups, strict=True):
        person.blocks()
        person.unblocks()
        group.invites_bot(person)
    for group in groups:
        await told(group)


async def test_a_start_within_the_hour_tells_no_group_again(
    phone: Phone, group: Group, service: Service
) -> None:
    group.says(phone, "/start@jiangjian_bot")
    await told(group)
    await service.kill()
    await service.start()
    group.says(phone, "/start@jiangjian_bot")
    await phone.tells("/start")
    await told(group)
