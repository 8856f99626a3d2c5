"""Hostile texts in the real page, in a real browser: shown as they were typed, nothing of them acts or is fetched."""

from __future__ import annotations

from forms.typed import normalise
from tests.bot.webchat.browsing import Visits, needs_browser
from tests.bot.webchat.house import House
from tests.hostile.strings import by_kind

pytestmark = needs_browser

KINDS = ("html", "svg", "script", "css", "templates", "markdown")
WATCH = """() => { window.violated = []; addEventListener('securitypolicyviolation',
    (event) => window.violated.push(`${event.violatedDirective} ${event.blockedURI}`)); }"""
FOREIGN = """() => [...document.querySelectorAll('*')].filter((each) =>
    ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'MATH', 'PLAINTEXT', 'FOREIGNOBJECT'].includes(each.tagName.toUpperCase())
    || [...each.attributes].some((attribute) => attribute.name.startsWith('on') || /canary|javascript:/i.test(attribute.value)
        && ['href', 'src', 'style', 'action', 'data'].includes(attribute.name))).map((each) => each.outerHTML.slice(0, 200))"""


async def test_what_is_typed_is_shown_and_does_nothing(arrives: Visits, house: House) -> None:
    someone = await arrives("trade")
    page = someone.page
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    await page.evaluate(WATCH)
    texts = [text for kind in KINDS for text in by_kind()[kind][:5] if "\n" not in text]
    assert len(texts) >= 25
    for text in texts:
        if await someone.question() != "trade":
            await someone.says("上一题")
        await someone.says(text)
        shown = "".join((await page.inner_text("main")).split())
        assert "".join(normalise(text).split()) in shown, text
    assert await page.evaluate(FOREIGN) == []
    assert await page.evaluate("() => window.violated") == []
    assert dialogs == []
    assert all(
        url.startswith((house.url, house.url.replace("http", "ws"), "blob:", "data:")) for url in asked
    ), asked
