"""A reply or an edit offers to correct that very answer, and nothing lands elsewhere."""

from __future__ import annotations

import pytest

from forms.library import Library
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import SAMPLES, Blemishes, arrives, library, polling, telegram, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import NOON, Service

__all__ = ["library", "polling", "telegram"]
pytestmark = together


@pytest.fixture
def service(polling: Service) -> Service:
    polling.at(NOON)
    return polling


@pytest.fixture
def phone(telegram: Telegram, service: Service) -> Phone:
    return Phone(telegram)


@pytest.fixture(autouse=True)
def _no_blemish(telegram: Telegram, service: Service) -> object:
    blemishes = Blemishes(telegram, service)
    telegram.forgiven += ["message is not modified"]
    yield
    blemishes.none()


async def test_an_edit_corrects_its_answer(phone: Phone, service: Service) -> None:
    await phone.begins()
    await phone.tells("是")
    message = phone.says("焊工")
    asked = (await phone.sees_screen()).text.splitlines()[-1]
    phone.edits(message, "电焊工")
    screen = await phone.hears("从“焊工”改成“电焊工”")
    assert "改成这个" in screen.buttons
    assert (await service.interview(phone)).answers["trade"] == "焊工"
    phone.press("改成这个")
    await phone.hears(asked)
    answers = (await service.interview(phone)).answers
    assert answers == {"route": "unit", "in_area": True, "trade": "电焊工"}


async def test_a_second_edit_and_one_back(phone: Phone, service: Service) -> None:
    await phone.begins()
    await phone.tells("是")
    message = phone.says("焊工")
    await phone.sees_screen()
    for text in ("电焊工", "气焊工"):
        phone.edits(message, text)
        await phone.hears(f"改成“{text}”")
    phone.press("改成这个")
    await phone.sees_screen()
    assert (await service.interview(phone)).answers["trade"] == "气焊工"
    phone.edits(message, "焊工")
    await phone.hears("从“气焊工”改成“焊工”")
    await phone.chooses("不改")
    assert (await service.interview(phone)).answers["trade"] == "气焊工"


async def test_a_reply_to_ones_own_message_corrects_its_answer(phone: Phone, service: Service) -> None:
    await phone.begins()
    await phone.tells("是")
    message = phone.says("焊工")
    await phone.sees_screen()
    phone.says("电焊工", to=message)
    await phone.hears("从“焊工”改成“电焊工”")
    await phone.chooses("改成这个")
    assert (await service.interview(phone)).answers["trade"] == "电焊工"


async def test_a_reply_to_an_old_question_corrects_its_answer(phone: Phone, service: Service) -> None:
    await phone.begins()
    question = await phone.tells("是")
    await phone.tells("焊工")
    phone.says("电焊工", to=question)
    await phone.hears("从“焊工”改成“电焊工”")
    await phone.chooses("改成这个")
    assert (await service.interview(phone)).answers["trade"] == "电焊工"


async def test_a_reply_to_the_question_that_is_open_answers_it(phone: Phone, service: Service) -> None:
    await phone.begins()
    question = await phone.tells("是")
    phone.says("焊工", to=question)
    await phone.sees_screen()
    assert (await service.interview(phone)).answers["trade"] == "焊工"


async def test_an_edit_of_what_was_no_answer_is_told(phone: Phone, service: Service) -> None:
    message = phone.says("你好")
    await phone.sees_screen()
    await phone.begins()
    before = await service.interview(phone)
    phone.edits(message, "您好")
    await phone.until(lambda: phone.said, "an answer to the edit")
    assert (await service.interview(phone)).answers == before.answers


async def test_an_album_stays_with_its_question(phone: Phone, service: Service, library: Library) -> None:
    """Two pictures chosen at the photo: the second is no certificate."""
    await arrives(service, library, phone, "photo")
    phone.sends_album([SAMPLES / "photo-white.jpg", SAMPLES / "photo-red.jpg"])
    await phone.telegram.updates.settled(40)
    await phone.until(lambda: phone.said, "an answer")
    kept = await service.interview(phone)
    assert kept.answers["photo"]["name"].startswith("IMG_")
    assert "certificates" not in kept.answers
    assert "certificates" not in kept.drafts


async def test_another_picture_in_the_place_of_the_first(
    phone: Phone, service: Service, library: Library
) -> None:
    await arrives(service, library, phone, "photo")
    message = phone.sends_file(SAMPLES / "photo-white.jpg")
    await phone.sees_screen(30)
    first = (await service.interview(phone)).answers["photo"]["file"]
    phone.replaces(message, SAMPLES / "photo-red.jpg")
    await phone.until(lambda: phone.screen and "改成这个" in phone.screen.buttons, "the offer", 30)
    assert (await service.interview(phone)).answers["photo"]["file"] == first
    await phone.chooses("改成这个")
    assert (await service.interview(phone)).answers["photo"]["file"] != first


async def test_words_under_a_picture_are_not_lost_in_silence(
    phone: Phone, service: Service, library: Library
) -> None:
    await arrives(service, library, phone, "photo")
    phone.sends_photo(SAMPLES / "photo-white.jpg", caption="去年照的")
    await phone.hears("去年照的", 30)
    assert "photo" in (await service.interview(phone)).answers


async def test_what_was_answered_elsewhere_meanwhile(
    telegram: Telegram, phone: Phone, service: Service
) -> None:
    """Two accounts of one person: a text is for the question that its writer sees."""
    other = Phone(telegram)
    await phone.begins()
    await phone.tells("是")
    phone.says("/resume")
    code = (await phone.hears("15分钟")).text.split("接着填的口令：")[1][:11]
    other.says(f"/resume {code}")
    await other.hears("要在这台设备上接着它填吗")
    other.press("是我的，接过来")
    await other.hears("接上了")
    await other.sees_screen()
    await phone.hears("接上了您的申报")  # told of its own accord, above the question that still stands
    await other.tells("焊工")
    phone.says("电焊工")
    await phone.hears("从“焊工”改成“电焊工”")


async def test_several_facts_in_one_message_are_stored_after_a_press(phone: Phone, service: Service) -> None:
    await phone.begins()
    await phone.tells("是")
    phone.says("焊工，姓名：陆建华，手机13800000000")
    screen = await phone.hears("我记下了这些，对吗？")
    assert "138****0000" in screen.text
    assert "13800000000" not in screen.text
    assert (await service.interview(phone)).answers == {"route": "unit", "in_area": True, "trade": "焊工"}
    phone.press("对的")
    await phone.hears("从哪年哪月开始")
    answers = (await service.interview(phone)).answers
    assert (answers["name"], answers["phone"]) == ("陆建华", "13800000000")
