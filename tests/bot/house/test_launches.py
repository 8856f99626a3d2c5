"""Only what Telegram has signed for this bot is believed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from aiogram.utils.web_app import check_webapp_signature

from bot.house.launches import NotProven, proven
from tests.bot.launching import TOKEN, signed

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)


def test_it_is_read_as_aiogram_reads_it() -> None:
    raw = signed(7, NOW)
    assert check_webapp_signature(TOKEN, raw)
    found = proven(raw, TOKEN, NOW)
    assert (found.user, found.late) == ("7", False)
    assert re.fullmatch(r"[0-9a-f]{64}", found.hash)


@pytest.mark.parametrize(
    "raw",
    [
        "", "x", "hash=", f"hash={'0' * 64}", signed(7, NOW, "1:another"),
        signed(7, NOW).replace("%22id%22%3A+7", "%22id%22%3A+8"),
        signed(7, NOW) + "&more=1", signed(7, NOW) + "&user=%7B%7D", signed(7, NOW)[:-1], signed(7, NOW).upper(),
        "a=1&" * 100, "%ff=1&hash=" + "0" * 64, signed(7, NOW) + "x" * 9000, signed(7, NOW, user="[]"),
        signed(7, NOW, user='{"id": "7"}'), signed(7, NOW, user='{"id": true}'), signed(7, NOW, user="{" * 5000),
        signed(7, NOW, auth_date="soon"), signed(7, NOW, auth_date="9" * 30),
    ],
)  # fmt: skip
def test_nothing_else_is_believed(raw: str) -> None:
    with pytest.raises(NotProven):
        proven(raw, TOKEN, NOW)


def test_without_a_bot_nobody_signs() -> None:
    with pytest.raises(NotProven):
        proven(signed(7, NOW, ""), "", NOW)


@pytest.mark.parametrize(("age", "late"), [(0, False), (299, False), (301, True), (-29, False), (-60, True)])
def test_it_counts_for_five_minutes(age: int, late: bool) -> None:
    assert proven(signed(7, NOW - timedelta(seconds=age)), TOKEN, NOW).late is late
