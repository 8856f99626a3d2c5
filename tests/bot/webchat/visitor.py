"""A person at the page in a real browser: reads, presses, types, sends files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from playwright.async_api import Locator, Page

from bot.workshop.player import answered_by_files
from forms.casefile import CaseFile
from forms.kinds.base import Given, Question
from forms.programme import Programme

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: What can be pressed has been there long enough to be read; before that the page takes no press.
_READ = "() => !document.querySelector('#choices.unread')"
#: A turn is answered: nothing is on its way, neither files nor words. The next can be typed.
_ANSWERED = """() => !document.querySelector('#choices.held, .upload-strip:not([hidden])')
    && document.querySelector('.block')"""
#: And the buttons may be pressed.
_SETTLED = """() => !document.querySelector('#choices.held, #choices.unread, .upload-strip:not([hidden])')
    && document.querySelector('.block')"""
DECLINES = "都不要，我自己填"
ENDS = ("选好了", "都没有", "写完了", "写好了", "发完了", "没有，跳过")
ADDS = ("一项一项填", "再加一条")


class Visitor:
    """Drives one page. Every act waits for its answer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def opens(self, url: str) -> None:
        await self.page.goto(url)
        await self.settled()

    async def settled(self) -> None:
        await self.page.wait_for_function(_SETTLED)

    async def answered(self) -> None:
        await self.page.wait_for_function(_ANSWERED)

    @property
    def live(self) -> Locator:
        """The block that is not yet answered."""
        return self.page.locator(".block").last

    async def question(self) -> str:
        return await self.page.locator("#composer").get_attribute("data-question") or ""

    async def says(self, *texts: str) -> None:
        for text in texts:
            await self._types(text)
        await self.settled()

    async def _types(self, text: str) -> None:
        await self.page.fill("#text", text)
        await self.page.click("#send")
        await self.answered()

    async def unfolds(self, section: str) -> None:
        """Open a section of the review."""
        await self.says("检查答案")
        await self.page.locator(".summary summary", has_text=section).last.click()

    def choice(self, label: str) -> Locator:
        """The button with this label, which may go on after a blank, a colon or a comma."""
        exact = re.compile(rf"^{re.escape(label)}($|[ ，：])")
        return self.page.locator(
            "#choices .choice", has=self.page.locator(".choice-label", has_text=exact)
        ).first

    async def presses(self, *labels: str) -> None:
        for label in labels:
            await self._presses(label)
        await self.settled()

    async def _presses(self, label: str) -> None:
        await self.page.wait_for_function(_READ)
        if not await self.offers(label) and await self.page.locator(".opener").count():
            await self._finds(label)
        else:
            await self.choice(label).click()
        await self.answered()

    async def offers(self, label: str) -> bool:
        return await self.choice(label).count() > 0

    async def _finds(self, label: str) -> None:
        await self.page.locator(".opener").click()
        await self.page.fill("dialog input", label)
        await self.page.locator(f'dialog .choice-label:text-is("{label}")').first.click()

    async def sends(self, *files: Path) -> None:
        await self.chooses(*files)
        await self.settled()

    async def chooses(self, *files: Path) -> None:
        """Send files without waiting for what becomes of them."""
        await self.page.click("#attach")
        if await self.page.locator("dialog").count():
            async with self.page.expect_file_chooser() as chooser:
                await self.page.locator("dialog .menu-row").last.click()
        else:
            raise AssertionError("the page should ask which way on a touch screen")
        await (await chooser.value).set_files(files)

    async def begins(self, title: str) -> None:
        await self.presses("同意，开始", title)

    async def plays(
        self, programme: Programme, case: CaseFile, folder: Path, until: str = "", role: str = "nominee"
    ) -> None:
        """Answer as the case says, up to the question `until` or to the end of the questions."""
        questions = programme.form(role).questions
        given: set[str] = set()
        while await self._asked() and (name := await self.question()) and name != until:
            assert name not in given, f"{name} was not taken: {await self.live.inner_text()}"
            given.add(name)
            await self._answers(questions[name], case, folder)
        await self.settled()

    async def _asked(self) -> bool:
        """Every question is asked: what is suggested together is declined."""
        while await self.offers(DECLINES):
            await self._presses(DECLINES)
        return True

    async def _answers(self, question: Question, case: CaseFile, folder: Path) -> None:
        if question.id not in case.answers:
            await self._presses("跳过")
            return
        value = case.answers[question.id]
        if await self.offers("都对"):  # one thing is suggested: it is mended
            await self._presses("改")
        if await self.offers("对的，就这些"):
            await self._presses("不对")
        if answered_by_files(question):
            files = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
            await self.sends(*((folder / str(file)).resolve() for file in files))
            if await self.question() == question.id:
                await self._first_of(ENDS)
            return
        for each in question.replay(value):
            await self._gives(question, each)

    async def _gives(self, question: Question, given: Given) -> None:
        if given.text is not None:
            await self._types(given.text)
        elif given.key in ("done", "add"):
            await self._first_of(ENDS if given.key == "done" else ADDS)
        else:
            await self._presses(label_of(question, str(given.key)))
        if await self.question() == question.id and await self.offers("对的"):
            await self._presses("对的")

    async def _first_of(self, labels: Sequence[str]) -> None:
        for label in labels:
            if await self.offers(label):
                await self._presses(label)
                return


def label_of(question: Question, key: str) -> str:
    """What stands on the button for a key."""
    for known in question.keys(None):
        if known.value == key:
            return str(known.label)
    return str(question.option(key).shown)  # type: ignore[attr-defined]  # the long lists of choices
