"""What tests in a real browser share: the server behind it, the browser, and people who visit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from forms.casefile import CaseFile, read_case
from forms.library import BUILT_IN
from forms.programme import Programme
from tests.bot.webchat.house import House
from tests.bot.webchat.visitor import CHROMIUM, FLAGS, Visitor
from tests.bot.webchat.walking import walked
from tests.built_in import built_in

installed = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser: {CHROMIUM} is not installed")
#: Tests at the page share one browser, and the event loop that it speaks in. Each has contexts of its own.
together = pytest.mark.asyncio(loop_scope="session")
needs_browser = [installed, together]

CASES = BUILT_IN / "nanning-2026" / "cases"
FILES = BUILT_IN / "_shared" / "files"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SEEN = (Path(__file__).parent / "seen.js").read_text("utf-8")

Visits = Callable[..., Awaitable[Visitor]]
Starts = Callable[[], Awaitable[Browser]]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("house"))
    try:
        house.open()
        yield house
    finally:
        house.kill()


@pytest.fixture(scope="module")
def programme() -> Programme:
    found = built_in().named("nanning-2026")
    assert found
    return found


@pytest.fixture(scope="module")
def case() -> CaseFile:
    path = CASES / "unit.yaml"
    return read_case(path.name, path.read_text("utf-8"))


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def starts() -> AsyncIterator[Starts]:
    """Gives the run's one browser, started anew where it has died."""
    async with async_playwright() as playwright:
        running: list[Browser] = []

        async def start() -> Browser:
            if not running or not running[-1].is_connected():
                running.append(await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS))
            return running[-1]

        yield start
        for browser in running:
            await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def browser(starts: Starts) -> AsyncIterator[Browser]:
    """A browser in which nobody is yet."""
    browser = await starts()
    yield browser
    for context in browser.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visits(browser: Browser, house: House) -> AsyncIterator[Visits]:
    """Open the page as somebody new, or as the one whose context is given. No page may complain."""
    complaints: list[str] = []

    async def visit(context: BrowserContext | None = None, url: str = house.url, **device: Any) -> Visitor:
        context = context or await browser.new_context(**{**PHONE, **device})
        page = await context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if _is_complaint(said.text) else None)
        visitor = Visitor(page)
        await visitor.opens(url)
        return visitor

    yield visit
    assert complaints == []


@pytest.fixture
def arrives(browser: Browser, visits: Visits, house: House, programme: Programme, case: CaseFile) -> Visits:
    """Open the page as somebody who has come as far as a question."""

    async def arrive(question: str, **device: Any) -> Visitor:
        token = await walked(house.url, programme, case, question)
        context = await browser.new_context(**{**PHONE, **device})
        await context.add_cookies([{"name": "jiangjian", "value": token, "url": house.url}])
        someone = await visits(context)
        assert await someone.question() == question
        return someone

    return arrive


def _is_complaint(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text


async def usable(page: Page) -> None:
    # What is still fading in is not yet as it will be seen.
    await page.wait_for_function(
        "() => document.getAnimations().every((each) => each.playState === 'finished')"
    )
    assert await page.evaluate(SEEN) == []
