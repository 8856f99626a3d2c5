"""From the greeting to the PDF with the keyboard alone: Tab, Enter, Escape and what is typed."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Locator, expect

from forms.casefile import CaseFile
from forms.programme import Programme
from tests.bot.webchat.browsing import CASES, Visits, needs_browser
from tests.bot.webchat.test_accessible import DESK
from tests.bot.webchat.visitor import Visitor

pytestmark = needs_browser

#: Whoever has to press Tab more often than this to come somewhere has no way there.
MOST = 90


class Typist(Visitor):
    """A person without a pointer."""

    async def reaches(self, wanted: Locator) -> None:
        """Press Tab until it has the focus, and see that this shows."""
        await expect(wanted).to_be_visible()
        for _ in range(MOST):
            if await wanted.evaluate("element => element === document.activeElement"):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {wanted}")

    async def enters(self, wanted: Locator) -> None:
        await self.reaches(wanted)
        await self.page.keyboard.press("Enter")

    async def says(self, *texts: str) -> None:
        for text in texts:
            await self.reaches(self.page.locator("#text"))
            await self.page.keyboard.insert_text(text)
            await self.page.keyboard.press("Control+Enter")
            await self.settled()

    async def presses(self, *labels: str) -> None:
        for label in labels:
            await self.page.wait_for_function("() => !document.querySelector('#choices.unread')")
            if await self.offers(label):
                await self.enters(self.choice(label))
            else:
                await self.enters(self.page.locator(".opener"))
                await self.reaches(self.page.locator("dialog input"))
                await self.page.keyboard.insert_text(label)
                await self.enters(
                    self.page.locator(f'dialog .choice:has(.choice-label:text-is("{label}"))').first
                )
            await self.settled()

    async def chooses(self, *files: Path) -> None:
        async with self.page.expect_file_chooser() as chooser:
            await self.enters(self.page.locator("#attach"))
        await (await chooser.value).set_files(files)


async def test_from_the_greeting_to_the_pdf(visits: Visits, programme: Programme, case: CaseFile) -> None:
    someone = Typist((await visits(**DESK)).page)
    page = someone.page
    await someone.begins(programme.title)
    await someone.plays(programme, case, CASES)
    await someone.presses("没问题", "属实")
    await expect(someone.live).to_contain_text("材料生成好了")
    look = page.get_by_role("button", name="查看").first
    await someone.enters(look)
    await expect(page.locator("img.page").nth(1)).to_be_visible()
    await someone.reaches(page.locator("dialog .sheet-body"))
    await page.keyboard.press("PageDown")
    await page.wait_for_function("() => document.querySelector('dialog .sheet-body').scrollTop > 0")
    link = page.get_by_role("link", name="打开 PDF")
    async with page.context.expect_page() as opening:
        await someone.enters(link)
    assert (await opening.value).url.endswith(".pdf") or await link.get_attribute("href")
    await page.bring_to_front()
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_have_count(0)
    await expect(look).to_be_focused()


async def test_a_sheet_holds_the_focus_and_gives_it_back(visits: Visits, programme: Programme) -> None:
    someone = Typist((await visits(**DESK)).page)
    page = someone.page
    await someone.begins(programme.title)
    await someone.enters(page.locator("#menu"))
    await expect(page.locator("dialog")).to_be_visible()
    for _ in range(30):
        await page.keyboard.press("Tab")
        within = (
            "() => document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
        assert await page.evaluate(within)
    await page.keyboard.press("Escape")
    await expect(page.locator("#menu")).to_be_focused()
