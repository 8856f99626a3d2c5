"""A page hears its first Screen before anything else, and nothing that happens meanwhile is lost on it."""

from __future__ import annotations

import asyncio
import json
from typing import Any, cast

from aiohttp import web

from bot.webchat.tabs import Tabs


class Page:
    """What a WebSocket was given to send."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    async def send_str(self, text: str) -> None:
        self.heard.append(json.loads(text))

    @property
    def tab(self) -> web.WebSocketResponse:
        return cast("web.WebSocketResponse", self)


async def test_what_happens_before_the_first_word_is_told_behind_it() -> None:
    tabs, page, other = Tabs(4, 1.0), Page(), Page()
    tabs.enter("anna", other.tab)
    await tabs.greet(other.tab, {"screen": "first"})
    tabs.enter("anna", page.tab)
    tabs.changed("anna")
    await tabs.greet(page.tab, {"screen": "first"})
    await asyncio.gather(*tabs._errands)
    assert page.heard == [{"screen": "first"}, {"changed": True}]
    assert other.heard == [{"screen": "first"}, {"changed": True}]


async def test_nothing_is_told_where_nothing_happened() -> None:
    tabs, page = Tabs(4, 1.0), Page()
    tabs.enter("anna", page.tab)
    tabs.changed("ben")
    await tabs.greet(page.tab, {"screen": "first"})
    assert page.heard == [{"screen": "first"}]
    tabs.leave("anna", page.tab)
    assert not tabs.open("anna")
