"""Commands, in everybody's language."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from storage import interviews
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import forgiven, library, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service
from tests.storage.rings import kept_at

__all__ = ["forgiven", "library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}")


# Commands


async def test_the_menu_speaks_every_language(phone: Phone, telegram: Telegram) -> None:
    await telegram.until(lambda: telegram.called("setChatMenuButton"), "the bot to set its menu")
    chinese = telegram.profile.commands_for(phone.id, "zh")
    english = telegram.profile.commands_for(phone.id, "en")
    names = {"start", "resume", "recovery", "devices", "back", "review", "story", "help", "language"}
    names |= {"privacy", "consents", "looked", "mydata", "delete", "cancel"}
    assert {command["command"] for command in chinese} == names
    assert {command["command"] for command in english} == names
    assert not [told for command in english if re.search(r"[\u4e00-\u9fff]", told := command["description"])]
    assert not [told for command in chinese if (told := command["description"]).isascii()]
    assert telegram.profile.button_for(phone.id) == {"type": "commands"}


async def test_back_review_help_and_cancel(phone: Phone) -> None:
    await phone.begins()
    await phone.tells("是")
    assert "您是在" in (await phone.tells("/back")).text or phone.screen
    await phone.tells("/review")
    assert "推荐方式" in phone.said
    phone.says("/help")
    await phone.hears("/mydata")
    await phone.sees_screen()
    assert "都保存好了" in (await phone.tells("/cancel")).text
    await phone.tells("/start")
    unknown = "/nonsense"
    phone.says(unknown)
    await phone.hears("没有“/nonsense”这个命令")


async def test_language_there_and_back(phone: Phone, telegram: Telegram) -> None:
    await phone.begins()
    screen = await phone.tells("/language")
    assert re.search(r"[a-z]{4}", screen.text)
    assert "Privacy notice" in (await phone.tells("/privacy")).text
    await phone.chooses("Back")
    screen = await phone.tells("/language")
    assert "南宁" in screen.text or "请" in screen.text


async def test_a_stranger_asks_for_the_other_language(phone: Phone) -> None:
    await phone.tells("/start")
    assert "do you agree" in (await phone.tells("/language")).text.lower()
    assert "同意我为申报收集" in (await phone.tells("/language")).text


async def test_the_language_of_a_stranger_holds_though_nothing_is_kept(
    phone: Phone, service: Service
) -> None:
    await phone.tells("/start")
    await phone.chooses("English")
    for said in ("/start", "hello", "/review"):
        assert "agree" in (await phone.tells(said)).text.lower()
    phone.sends(voice={"file_id": "x", "file_unique_id": "y", "duration": 3})
    await phone.hears("type what you want to say")
    kept = kept_at(service.database)
    assert await kept.run(lambda unit: interviews.speaker(unit, "telegram", str(phone.id))) is None
    kept.close()
    await phone.chooses("Agree and start")
    assert not re.search(r"[\u4e00-\u9fff]{20}", phone.said)


async def test_someone_with_an_english_phone(telegram: Telegram, service: Service) -> None:
    visitor = Phone(telegram, "Ann", "en")
    screen = await visitor.tells("/start")
    assert "consent" in screen.text.lower() or "agree" in screen.text.lower()
    assert not re.search(r"[\u4e00-\u9fff]{6}", screen.text)


async def test_a_copy_of_everything(phone: Phone) -> None:
    await phone.begins()
    await phone.tells("是")
    assert "1份申报，0个文件，用过1台设备" in (await phone.tells("/mydata")).text
    phone.press("下载：我的全部内容")
    await phone.hears("正在整理")
    message = await phone.until(
        lambda: next((message for message in phone.news if message.media == "document"), None), "the copy", 30
    )
    content = phone.telegram.files.find(message.json["document"]["file_id"]).content
    assert message.json["document"]["file_name"].endswith(".zip")
    assert ZipFile(BytesIO(content)).namelist() == ["everything.json"]


async def test_nothing_is_deleted_without_a_yes(phone: Phone, service: Service) -> None:
    await phone.begins()
    assert "不能恢复" in (await phone.tells("/delete")).text
    for words in ("好", "是的"):
        assert "没看懂" in (await phone.tells(words)).text
    await phone.chooses("不删，返回")
    assert (await service.interview(phone)).answers["route"] == "unit"
    await phone.tells("删除我的资料")
    screen = await phone.chooses("全部删除")
    assert "已经按您的要求删除了" in screen.text
    assert "同意我为申报收集" in screen.text
    assert not (await service.interview(phone)).answers
    kept = kept_at(service.database)
    assert await kept.run(lambda unit: interviews.speaker(unit, "telegram", str(phone.id))) is None
    kept.close()


async def test_privacy_copy_and_deletion_before_anything_is_kept(phone: Phone) -> None:
    await phone.tells("/start")
    for command in ("/mydata", "/delete"):
        screen = await phone.tells(command)
        assert "这里没有存着您的任何内容" in screen.text
        assert "同意我为申报收集" in screen.text
    assert "0771" in (await phone.tells("/privacy")).text or "2805708" in phone.said


async def test_the_story_so_far_page_by_page(phone: Phone) -> None:
    await phone.begins()
    await phone.tells("是")
    asked = phone.screen.text if phone.screen else ""
    screen = await phone.tells("/story")
    assert "前面填的（第1到" in screen.text
    assert "推荐方式：" in screen.text
    screen = await phone.chooses("返回")
    assert asked.splitlines()[-1] in screen.text


async def test_a_link_that_nobody_knows(phone: Phone) -> None:
    phone.says("/start an.invitation")
    await phone.hears("这个链接我不认识")
    assert "同意我为申报收集" in (await phone.sees_screen()).text


async def test_two_accounts_of_one_person_share_the_case(telegram: Telegram, service: Service) -> None:
    first, second = Phone(telegram), Phone(telegram)
    await first.begins()
    await first.tells("是")
    first.says("/resume")
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", (await first.hears("15分钟")).text)
    assert code
    second.says(f"/resume {code[0]}")
    await second.hears("接着它填吗")
    kept = kept_at(service.database)
    assert await kept.run(lambda unit: interviews.speaker(unit, "telegram", str(second.id))) is None
    kept.close()
    second.press("是我的，接过来")
    await second.hears("接上了")
    assert (await service.interview(second)).answers == (await service.interview(first)).answers
    third = Phone(telegram)
    third.says(f"/resume {code[0]}")
    await third.hears("这个码不对")
    await first.hears("有人用15分钟的口令在Telegram上接上了")


async def test_the_recovery_code_is_a_picture_to_keep_and_brings_back(
    telegram: Telegram, service: Service
) -> None:
    first, second = Phone(telegram), Phone(telegram)
    await first.begins()
    first.says("/recovery")
    picture = await first.until(
        lambda: next((message for message in first.news if message.media == "photo"), None), "the picture", 30
    )
    code = CODE.search((await first.hears("这是您的恢复码")).text)
    assert picture
    assert code
    second.says(code[0].lower())
    await second.hears("接着它填吗")
    second.press("是我的，接过来")
    await second.hears("接上了")
    first.says("/devices")
    await first.hears("您的申报现在开在这些设备上")
    first.press_like("退出：")
    await first.hears("已经退出")
    assert "被退出了" in (await second.tells("/start")).text
    first.says("/leave")
    await first.hears("离开以后")
    first.press("抄好了，离开")
    assert code[0] in (await first.hears("已经离开这台设备")).text
    assert "同意我为申报收集" in (await first.tells("/start")).text


async def test_who_never_said_yes_is_not_kept(phone: Phone, service: Service) -> None:
    await phone.tells("/start")
    phone.says("450103198109129970")
    await phone.sees_screen()
    kept = kept_at(service.database)
    assert await kept.run(lambda unit: interviews.speaker(unit, "telegram", str(phone.id))) is None
    kept.close()


async def test_a_stranger_is_greeted_in_the_language_of_their_phone(
    telegram: Telegram, service: Service
) -> None:
    for language, greets, other in (
        ("zh-hant", "同意我为申报收集", "English"), ("vi", "agree", "中文"), ("en-GB", "agree", "中文"),
    ):  # fmt: skip
        visitor = Phone(telegram, "Ann", language)
        screen = await visitor.tells("/start")
        assert greets in screen.text
        assert other in screen.buttons, "the other language is one press away"


async def test_no_language_is_noted_at_telegram_before_consent(telegram: Telegram, service: Service) -> None:
    visitor = Phone(telegram, "阿强", "en")
    await visitor.tells("/start")
    await visitor.chooses("中文")
    assert not telegram.called("setMyCommands", visitor.id)
    await visitor.chooses("同意，开始")
    await telegram.until(
        lambda: telegram.profile.commands_for(visitor.id, "en")[0]["description"] == "开始或接着填", "menu"
    )


async def test_the_code_to_go_on_elsewhere_is_copied_with_a_press(phone: Phone) -> None:
    await phone.begins()
    phone.says("/resume")
    message = await phone.hears("接着填的口令")
    assert "localhost" not in message.text
    (button,) = [button for row in message.rows for button in row]
    assert button["text"] == "复制口令"
    assert button["copy_text"]["text"] in message.text
    screen = await phone.tells("/recovery")
    copied = next(button for row in screen.rows for button in row if "copy_text" in button)
    assert copied["copy_text"]["text"] in screen.text
