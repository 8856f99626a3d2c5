"""One life of a selection at Telegram and the web: handed in, returned, mended, accepted, listed, objected to, named.

Each is told what concerns them at the door where they are, once, and nobody else is.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.house import wiring
from bot.house.links import Links
from bot.house.recovery import key_of
from bot.house.seating import Seating
from bot.house.settings import Settings
from tests.bot.household import picture
from tests.bot.selection import ANSWERS, NUMBERS, SOURCE, UNION, laid, seated
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service
from tests.bot.webchat.caller import Caller, Line

DAY = "2026-06-15"
NEWS = "的申报有消息。"


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as servers:
        yield servers


async def does(phone: Phone, *acts: str) -> None:
    """Type, or press “[…]”, and see the Screen that follows each."""
    for act in acts:
        if act.startswith("["):
            phone.press_like(act[1:-1])
        else:
            phone.says(act)
        await phone.sees_screen(60)


async def applies(phone: Phone, name: str) -> None:
    """From the greeting to having handed in."""
    own = (each.format(name=name, number=NUMBERS[name]) for each in ANSWERS)
    await does(phone, "/start", "[同意，开始]", "[小城工匠]", "[个人申报]", *own)
    phone.sends_photo(picture())
    await phone.hears("收到 1 份", 60)
    await does(phone, "[发完了]", "[没问题]", "[属实]", "[递交]", f"[{UNION}]", "[递交给]")


async def applies_on_the_web(browser: Caller, line: Line, name: str) -> None:
    """The same at the web chat."""
    for each in ("[同意，开始]", "[小城工匠]", "[个人申报]", *ANSWERS):
        said = each.format(name=name, number=NUMBERS[name])
        await (line.presses(said[1:-1]) if said.startswith("[") else line.says(text=said))
    sent = await browser.sends("证书.jpg", picture())
    await line.says(file=(await sent.json())["file"])
    for label in ("发完了", "没问题", "属实", "递交", UNION, "递交给"):
        await line.presses(label)


async def reads(line: Line, words: str) -> None:
    """The page is told that something changed, and has it there."""
    while words not in line.text:
        assert await line.hears() == {"changed": True}
        await line.says()


def news(phone: Phone) -> list[str]:
    """What a chat was told of an application, in order, each time that it was told."""
    told = (message.text.split("\n\n")[0] for message in phone.chat.messages.values() if message.by_bot)
    found = (line.partition(NEWS)[2] for text in told for line in text.splitlines() if NEWS in line)
    return [each.partition("。")[0] for each in found]


async def test_a_selection_from_handing_in_to_the_title(telegram: Telegram, tmp_path: Path) -> None:
    settings = {
        "JIANGJIAN_PROGRAMMES": laid(SOURCE, tmp_path / "programmes"),
        "JIANGJIAN_TELEGRAM_NAMES": "1",
    }
    service = Service(telegram, tmp_path / "bot", **settings)
    clerk, head, anna, stranger = (Phone(telegram, name) for name in ("wei", "zhang", "anna", "other"))

    def at(time: str, day: str = DAY) -> None:
        service.at(f"{day}T{time}:00+08:00")

    with wiring.database(Settings(data=service.directory)) as rows:
        seating = Seating(key_of(service.directory, ""), Links("http://localhost"))
        seats = await seated(
            rows, seating, datetime.fromisoformat(f"{DAY}T09:00:00+08:00"), wei="clerk", zhang="head"
        )
    async with service, Caller(service.url, service.url) as browser:
        at("09:00")
        await does(clerk, f"/start {seats['wei']}", "[是我，入座]")
        await does(head, f"/start {seats['zhang']}", "[是我，入座]")
        await does(stranger, "/start", "[同意，开始]", "[小城工匠]", "[个人申报]", "电工")
        line = await browser.connects()
        await applies_on_the_web(browser, line, "覃秀兰")
        at("09:01")
        await applies(anna, "陆建华")

        # Returned by one question, and mended.
        at("09:02")
        for each in (clerk, head):
            await each.hears("新到一件：陆建华")
        clerk.listens()
        head.listens()
        await does(clerk, "看板", "[打开陆建华]", "[逐项看]", "[看：基本情况]", "[事迹]", "[没写全]")
        await does(clerk, "请写一件具体的事", "[看一遍意见]")
        anna.listens()
        await does(clerk, "[确定退回]")
        asked = await anna.hears("退回了，有1处请您改一下")
        assert "没写全：请写一件具体的事" in asked.text and "写一段事迹。" in asked.text
        at("09:03")
        await does(anna, "我带出了八个徒弟", "[没问题，再次递交]", "[属实]", "[递交给]")
        assert "第2次" in anna.said

        # Accepted, each of them, and told when that can be no slip any more.
        await clerk.hears("改好又交来一件")
        await head.hears("改好又交来一件")
        at("09:04")
        anna.listens()
        for name in ("陆建华", "覃秀兰"):
            await does(clerk, "看板", f"[打开{name}]", "[纸质材料]", "[都收到了]", "[回到这一件]")
            await does(clerk, "[受理]", "[受理]")
        at("09:15")
        await anna.hears("受理了您的申报")
        await reads(line, "受理了您的申报")

        # Both pass, one of them is put on the list; each learns of it ten minutes later.
        at("09:20")
        await does(head, "看板", "[更多]", "[评选进度]", "[开始“初审”]", "[开始]", "[没定的2人都通过]")
        await does(head, "[看评选进度]", "[结束“初审”]", "[结束]")
        assert news(anna) == []
        at("09:35")
        await anna.hears("“初审”有结果了：您通过了。")
        await does(head, "[开始“公示", "[今天", "[列入：陆建华]")
        at("09:50")
        anna.listens()
        await does(head, "[打开陆建华]", "[记一条异议]", "同事反映成果是班组的")
        await anna.hears("名单正在公示，上面有您。")

        # What was objected is told to nobody, what came of it is: to the one at the phone, to the other at the page.
        at("10:00")
        await does(head, "[核实了，属实]", "查过，署名不实", "[回到名单]", "[列入：覃秀兰]")
        at("10:15")
        anna.listens()
        await anna.hears("公示名单上没有您了。")
        await reads(line, "名单正在公示，上面有您。")

        at("09:00", "2026-06-24")
        await does(
            head,
            "看板",
            "[更多]",
            "[评选进度]",
            "[结束“公示",
            "[结束",
            "[开始“命名",
            "[开始]",
            "[全部命名",
            "[看评选进度]",
        )
        await does(head, "[结束“命名", "[结束]")
        at("09:15", "2026-06-24")
        await reads(line, "恭喜您！“命名”办完了，名单里有您。")
    assert news(anna) == ["“初审”有结果了：您通过了", "名单正在公示，上面有您", "公示名单上没有您了"]
    for phone in (clerk, head, stranger):
        assert news(phone) == []
    everything = "\n".join(each.text for phone in (anna, stranger) for each in phone.chat.messages.values())
    assert "同事反映" not in everything and "署名" not in everything and "同事" not in line.text
    assert "覃秀兰" not in everything and "陆建华" not in line.text
    assert not telegram.refusals and not service.faults
