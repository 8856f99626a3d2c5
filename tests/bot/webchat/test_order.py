"""Texts, presses and files go out in the order in which they were sent, each for the question it was sent for."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.async_api import Dialog, Error, Page, Route, expect

from tests.bot.webchat.browsing import FILES, Visits, needs_browser, usable
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

CERTIFICATES = (FILES / "certificate.jpg", FILES / "certificate.pdf")


class Gate:
    """Uploads stand before it until they are let through, one by one."""

    def __init__(self) -> None:
        self._let = asyncio.Semaphore(0)
        self.uploads = 0

    async def closes(self, page: Page) -> None:
        await page.route("**/files", self._stands)

    def lets(self, count: int = 1) -> None:
        for _ in range(count):
            self._let.release()

    async def _stands(self, route: Route) -> None:
        self.uploads += 1
        await self._let.acquire()
        with suppress(Error):  # the page may have given it up meanwhile
            await route.continue_()


def listens(page: Page) -> list[dict[str, Any]]:
    """What the page says over the line from now on; it is called again to speak over a new line."""
    said: list[dict[str, Any]] = []

    def hear(frame: str | bytes) -> None:
        message = json.loads(frame)
        if message.keys() & {"text", "choice", "file"}:
            said.append(message)

    page.on("websocket", lambda line: line.on("framesent", hear))
    return said


async def heard(arrives: Visits, question: str, **device: Any) -> tuple[Visitor, list[dict[str, Any]], Gate]:
    someone = await arrives(question, **device)
    said = listens(someone.page)
    await someone.page.reload()
    await someone.settled()
    gate = Gate()
    await gate.closes(someone.page)
    return someone, said, gate


async def test_a_text_stands_after_the_document_that_was_sent_before_it(arrives: Visits) -> None:
    someone, said, gate = await heard(arrives, "brief")
    page = someone.page
    await someone.chooses(FILES / "narrative.docx")
    await page.fill("#text", "以上是我写的，这是后来补的一句。")
    await page.click("#send")
    await page.fill("#text", "再补一句。")
    await page.click("#send")
    waiting = page.locator(".own .delivery", has_text="还有1个在传，传完就继续")
    await expect(waiting).to_have_count(2)
    await usable(page)
    assert said == []
    gate.lets()
    await expect(waiting).to_have_count(0)
    await someone.settled()
    assert [*(list(message)[1] for message in said)] == ["file", "text", "text"]
    assert {message["question"] for message in said} == {"brief"}
    assert await someone.question() == "brief"
    await someone.presses("写好了")
    echo = await page.locator(".own .words").last.inner_text()
    assert "后来补的" not in echo  # the answer begins with the document


async def test_what_ends_a_question_waits_for_its_files(arrives: Visits) -> None:
    someone, said, gate = await heard(arrives, "certificates")
    page = someone.page
    gate.lets()
    await someone.sends(FILES / "id-card.pdf")
    await someone.chooses(*CERTIFICATES)
    await someone.choice("发完了").click()
    told = page.locator(".own .delivery").last
    await expect(told).to_contain_text("还有2个在传，传完就继续")
    await usable(page)
    gate.lets()
    await expect(told).to_contain_text("还有1个在传，传完就继续")
    assert await someone.question() == "certificates"
    gate.lets()
    await expect(page.locator("#composer")).to_have_attribute("data-question", "video")
    assert [message["question"] for message in said if "file" in message] == ["certificates"] * 3
    assert await page.locator(".own .words").last.inner_text() == "获奖和各类证书：3 份"


async def test_the_files_that_something_waits_for_can_be_stopped(arrives: Visits) -> None:
    someone, said, gate = await heard(arrives, "certificates")
    page = someone.page
    await someone.chooses(*CERTIFICATES)
    await someone.choice("稍后再补").click()
    await page.get_by_role("button", name="不传了").click()
    await expect(page.locator("#composer")).to_have_attribute("data-question", "video")
    await expect(page.locator(".upload")).to_have_count(0)
    assert [list(message)[1] for message in said] == ["choice"]
    gate.lets(2)


async def test_two_pictures_for_one_photo_both_say_that_they_are_for_it(arrives: Visits) -> None:
    someone, said, gate = await heard(arrives, "photo")
    gate.lets(2)
    await someone.sends(FILES / "photo-white.jpg", FILES / "photo-blue.jpg")
    assert [(message["question"], type(message["revision"])) for message in said] == [("photo", int)] * 2
    assert said[0]["revision"] == said[1]["revision"]
    # The second is no certificate: it would take the first one's place.
    await expect(someone.live).to_contain_text("photo-blue.jpg")
    await expect(someone.live).to_contain_text("对吗")
    await someone.presses("不改")
    assert await someone.question() == "certificates"


async def test_a_press_that_its_files_made_needless_is_told(arrives: Visits) -> None:
    someone, said, gate = await heard(arrives, "photo")
    await someone.chooses(FILES / "photo-white.jpg")
    await someone.choice("稍后再补").click()
    gate.lets()
    await expect(someone.page.locator("#composer")).to_have_attribute("data-question", "certificates")
    await someone.settled()
    await expect(someone.page.locator(".own", has_text="稍后再补")).to_contain_text("没有用上")
    assert [list(message)[1] for message in said] == ["file"]


async def test_a_file_that_is_refused_or_stopped_holds_up_nothing(arrives: Visits, tmp_path: Path) -> None:
    someone, said, gate = await heard(arrives, "certificates")
    page = someone.page
    empty, unlucky = tmp_path / "empty.jpg", tmp_path / "unlucky.jpg"
    empty.write_bytes(b"")
    unlucky.write_bytes(b"x")
    broken = 0

    async def breaks(route: Route) -> None:
        nonlocal broken
        if route.request.headers.get("x-file-name") == "unlucky.jpg":
            broken += 1
            await route.fulfill(status=503, json={"retry": 3600})
        else:
            await route.fallback()

    await page.route("**/files", breaks)
    gate.lets(5)
    await someone.chooses(empty, unlucky, *CERTIFICATES)
    await expect(page.locator(".own", has_text="empty.jpg")).to_contain_text("这个文件是空的")
    await expect(page.locator(".own", has_text="unlucky.jpg")).to_contain_text("待发送")
    await page.get_by_role("button", name="取消 unlucky.jpg").click()
    await expect(someone.live).to_contain_text("收到 2 份")
    assert broken == 1
    assert len(said) == 2


async def test_leaving_the_page_while_files_go_up_is_asked_about(arrives: Visits) -> None:
    someone, _, gate = await heard(arrives, "certificates")
    page = someone.page
    await someone.chooses(*CERTIFICATES)
    async with page.expect_event("dialog") as asked:
        await page.evaluate("() => void setTimeout(() => location.reload())")
    dialog: Dialog = await asked.value
    assert dialog.type == "beforeunload"
    await dialog.dismiss()
    gate.lets(2)
    await expect(someone.live).to_contain_text("收到 2 份")
