"""A desk as the page sees it: Screens with rows come over the wire, and what is pressed or typed is answered here.

The house behind the page is the real one; of what it says, only the Screens are others.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.async_api import BrowserContext, WebSocketRoute

from bot.screens.wire import screen_json
from dialogs.turn import Screen
from tests.bot.screens.tables import board

Answers = Callable[[dict[str, Any]], Screen]


class Desk:
    """Shows a Screen to whoever comes; `said` is what was pressed and typed, `answers` gives what follows from it."""

    def __init__(self, screen: Screen | None = None, answers: Answers | None = None) -> None:
        self.screen = screen or board()
        self.said: list[dict[str, Any]] = []
        self._answers = answers or (lambda said: self.screen)
        self._lines: list[WebSocketRoute] = []

    async def opens(self, context: BrowserContext) -> BrowserContext:
        """Stand between the pages of this context and the house."""
        await context.route_web_socket("**/chat*", self._joins)
        return context

    def changes(self, screen: Screen) -> None:
        """Somebody else did something: the page hears of it."""
        self.screen = screen
        for line in self._lines:
            line.send(json.dumps({"screen": screen_json(screen)}))

    def _joins(self, line: WebSocketRoute) -> None:
        house = line.connect_to_server()
        self._lines.append(line)

        def hears(message: str | bytes) -> None:
            heard = json.loads(message)
            if "screen" in heard:
                heard["screen"] = screen_json(self.screen)
            line.send(json.dumps(heard))

        def says(message: str | bytes) -> None:
            said = json.loads(message)
            if "choice" in said or "text" in said:
                self.said.append(said)
                self.screen = self._answers(said)
                line.send(json.dumps({"for": said["id"], "screen": screen_json(self.screen)}))
            else:
                house.send(message)

        house.on_message(hears)
        line.on_message(says)
