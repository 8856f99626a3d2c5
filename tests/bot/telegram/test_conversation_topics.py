"""Private chats with topics: an answer stands where the person spoke."""

from __future__ import annotations

from forms.library import Library
from tests.bot.telegram.house import arrives, forgiven, library, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["forgiven", "library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together


async def test_every_answer_stands_in_the_topic_of_its_question(phone: Phone) -> None:
    phone.opens_topic("申报")
    await phone.begins()
    await phone.tells("是")
    phone.says("/privacy")
    await phone.hears("隐私")
    said = [message for message in phone.chat.standing if message.by_bot]
    assert {message.topic for message in said} == {phone.topic}


async def test_who_goes_on_elsewhere_is_answered_there(phone: Phone, service: Service) -> None:
    phone.opens_topic("申报")
    asked = await phone.begins()
    first = phone.topic
    phone.opens_topic("第二个")
    screen = await phone.tells("是")
    assert (asked.topic, screen.topic) == (first, phone.topic)
    phone.topic = 0
    screen = await phone.tells("焊工")
    assert screen.topic == 0
    answers = (await service.interview(phone)).answers
    assert (answers["in_area"], answers["trade"]) == (True, "焊工")


async def test_a_topic_that_is_gone(phone: Phone, forgiven: list[str]) -> None:
    forgiven.append("message thread not found")
    phone.opens_topic("申报")
    await phone.begins()
    phone.says("是")
    phone.chat.topics.clear()
    screen = await phone.sees_screen()
    assert screen.topic == 0


async def test_a_copy_of_everything_comes_where_it_was_asked_for(
    phone: Phone, service: Service, library: Library
) -> None:
    await arrives(service, library, phone, "trade")
    phone.opens_topic("我的资料")
    await phone.tells("/mydata")
    phone.press("下载：我的全部内容")
    message = await phone.until(
        lambda: next((message for message in phone.news if message.media == "document"), None), "the copy", 30
    )
    assert message.topic == phone.topic


async def test_a_recovery_code_and_its_picture_stand_where_they_were_asked_for(phone: Phone) -> None:
    await phone.begins()
    phone.opens_topic("恢复码")
    await phone.tells("/recovery")
    photo = next(message for message in phone.news if message.media == "photo")
    assert photo.topic == phone.topic
