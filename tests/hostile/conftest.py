"""The web door, and the page in a real browser, as their own tests have them."""

from __future__ import annotations

from tests.bot.webchat.browsing import arrives, browser, case, house, programme, starts, visits
from tests.bot.webchat.conftest import conversation, opens, server

__all__ = [
    "arrives",
    "browser",
    "case",
    "conversation",
    "house",
    "opens",
    "programme",
    "server",
    "starts",
    "visits",
]
