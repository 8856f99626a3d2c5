"""One life of a selection in real browsers: handed in, returned, mended, accepted, listed, objected to, named.

The nominee sits at a phone, the union at a desk; what concerns the one comes to their page by itself, and to nobody else's.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer, unused_port
from playwright.async_api import expect

from bot.courier import Courier
from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import Settings
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.policy import Pace, Policy
from bot.webchat.server import application, listening
from forms.library import Library
from forms.printing.workers import Workers
from storage.database import Database
from tests.bot.household import picture
from tests.bot.selection import ANSWERS, NUMBERS, SOURCE, UNION, laid, seated
from tests.bot.webchat.browsing import Visits, needs_browser
from tests.bot.webchat.caller import Caller
from tests.bot.webchat.house import NOON
from tests.bot.webchat.test_accessible import DESK
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser
NEWS = "的申报有消息。"
_SOON = 30_000  # milliseconds, on a machine that does much else


@dataclass
class Union:
    """The house behind a port, whose clock is set by hand."""

    url: str
    conversation: Conversation
    database: Database
    now: list[datetime] = field(default_factory=list)

    def later(self, **time: int) -> None:
        """Let time go by; what is due by then is told."""
        self.now[:] = [self.now[0] + timedelta(**time)]
        self.conversation.post.wake()


@pytest_asyncio.fixture(loop_scope="session")
async def union(tmp_path: Path, crew: Workers) -> AsyncIterator[Union]:
    port, now = unused_port(), [NOON]
    url, settings = f"http://127.0.0.1:{port}", Settings(data=tmp_path)
    library = Library.open([laid(SOURCE, tmp_path / "programmes")])
    with wiring.database(settings) as kept:
        behind = wiring.conversation(settings, library, kept, crew, lambda: now[0])
        policy = Policy(public_url=url, messages=Pace(1000, 6000))
        app = application(behind, policy)
        async with TestServer(app, port=port, **listening(policy)):
            courier = asyncio.create_task(Courier(behind, {CHANNEL: app[DOOR]}).run())
            yield Union(url, behind, kept, now)
            courier.cancel()


async def opens(someone: Visitor, label: str) -> None:
    """Press what opens a row of a table, or a line of a summary."""
    page = someone.page
    await someone.settled()
    await page.locator(f'.row-open[aria-label*="{label}"], .line-row[data-edit="{label}"]').last.click()
    await someone.settled()


async def told(someone: Visitor, words: str) -> None:
    """Wait until the page says something by itself."""
    await expect(someone.page.locator("#log")).to_contain_text(words, timeout=_SOON)
    await someone.settled()


async def applies(someone: Visitor, name: str, certificate: Path) -> None:
    """From the greeting to having handed in."""
    for each in ("[同意，开始]", "[小城工匠]", "[个人申报]", *ANSWERS):
        said = each.format(name=name, number=NUMBERS[name])
        await (someone.presses(said[1:-1]) if said.startswith("[") else someone.says(said))
    await someone.sends(certificate)
    await someone.presses("发完了", "没问题", "属实", "递交", UNION, f"递交给{UNION}")


async def begins(caller: Caller) -> None:
    """Somebody else has an application and does not hand it in."""
    line = await caller.connects()
    for label in ("同意，开始", "小城工匠", "个人申报"):
        await line.presses(label)


@pytest.mark.timeout(600)
async def test_a_selection_from_handing_in_to_the_title(union: Union, visits: Visits, tmp_path: Path) -> None:
    certificate = tmp_path / "证书.jpg"
    certificate.write_bytes(picture())
    seats = await seated(union.database, union.conversation.staff.seating, NOON, head="head")
    async with Caller(union.url, union.url) as caller:
        await begins(caller)
        head, anna = await visits(url=union.url, **DESK), await visits(url=union.url)
        await head.says(seats["head"])
        await head.presses("是我，入座")
        await applies(anna, "陆建华", certificate)

        # Returned by one question, and mended.
        await told(head, "新到一件：陆建华")
        await opens(head, "打开陆建华")
        await head.presses("逐项看")
        await head.page.locator(".summary summary", has_text="基本情况").last.click()
        await opens(head, "看：事迹")
        await head.presses("没写全")
        await head.says("请写一件具体的事")
        await head.presses("看一遍意见", "确定退回")
        await told(anna, "没写全：请写一件具体的事")
        assert await anna.question() == "story"
        union.later(minutes=1)
        await anna.says("我带出了八个徒弟")
        await anna.presses("没问题", "属实", f"再次递交给{UNION}")

        # Accepted, and told when that can be no slip any more.
        await told(head, "改好又交来一件")
        union.later(minutes=1)
        await head.presses("纸质材料", "都收到了（2样）", "回到这一件", "受理", "受理")
        union.later(minutes=15)
        await told(anna, "受理了您的申报")

        # A review, the list, an objection that comes to nothing, the title.
        await head.says("看板")
        await head.presses("更多", "评选进度", "开始“初审”", "开始")
        await opens(head, "通过：陆建华")
        await head.presses("看评选进度", "结束“初审”", "结束")
        union.later(minutes=15)
        await told(anna, "“初审”有结果了：您通过了。")
        await head.presses("开始“公示5天”", "今天（2026年6月15日）开始公示")
        await opens(head, "列入：陆建华")
        await opens(head, "打开陆建华")
        await head.presses("记一条异议")
        await head.says("同事反映成果是班组的")
        union.later(minutes=15)
        await told(anna, "名单正在公示，上面有您。")
        await head.presses("核实了，不属实")
        await head.says("查过，是本人的")
        union.later(days=9)
        await head.says("看板")
        await head.presses(
            "更多", "评选进度", "结束“公示5天”", "结束", "开始“命名”", "开始", "全部命名（1人）"
        )
        await head.presses("看评选进度", "结束“命名”", "结束")
        union.later(minutes=15)
        await told(anna, "恭喜您！“命名”办完了，名单里有您。")

        everything = await anna.page.locator("#log").inner_text()
        assert "同事反映" not in everything and "查过" not in everything
        await head.says("看板")
        assert NEWS not in await head.page.locator("#log").inner_text()
        stranger = await caller.connects()
        assert NEWS not in stranger.text and "陆建华" not in stranger.text
