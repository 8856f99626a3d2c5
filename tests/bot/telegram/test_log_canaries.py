"""A whole application on Telegram, with Telegram out of order: nothing of what was said stands in the log."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from forms.library import Library
from forms.printing.workers import Workers
from tests.bot.telegram.double import Telegram, Trouble
from tests.bot.telegram.house import CASES, case_of, library, whole_application
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service

__all__ = ["library"]

TROUBLES: tuple[tuple[Trouble, str], ...] = (
    ("internal", "sendMessage"),
    ("too_many", "sendDocument"),
    ("bad_gateway", "getUpdates"),
    ("garbled_after", "getUpdates"),
    ("lost_before", "getFile"),
    ("lost_before", "deleteMessage"),
)


@pytest.fixture
async def service(telegram: Telegram, tmp_path: Path) -> AsyncIterator[Service]:
    async with Service(telegram, tmp_path / "bot") as running:
        yield running


def said(value: object) -> Iterator[str]:
    """Every piece of a case's answers that tells of somebody: Chinese words, and numbers of persons and telephones."""
    if isinstance(value, dict):
        for each in value.values():
            yield from said(each)
    elif isinstance(value, list):
        for each in value:
            yield from said(each)
    elif isinstance(value, str):
        for piece in value.split():
            if (len(piece) > 1 and not piece.isascii()) or len(piece) > 10:
                yield piece


@pytest.mark.timeout(600)
async def test_no_answer_stands_in_the_log(
    telegram: Telegram, service: Service, library: Library, crew: Workers, tmp_path: Path
) -> None:
    for trouble, method in TROUBLES:
        telegram.fail(trouble, method)
    canaries = set(said(case_of(CASES / "unit.yaml").answers))
    assert {"陆建华", "450103198109129970", "19000000997"} <= canaries and len(canaries) > 40
    await whole_application(service, library, crew, tmp_path)

    # What no door can read: what should be a text or a name is something else that tells of somebody.
    phone = Phone(telegram)
    await phone.tells("/start")
    message = phone.says("/menu").shown()
    for odd in ({"text": {"陆建华": "450103198109129970"}}, {"陆建华": 1, "entities": "450103198109129970"}):
        telegram.updates.add("message", {**message, **odd}, "odd")
    await phone.tells("/menu")
    await service.stop()

    told = service.told
    assert not [each for each in canaries if each in told]
    lines = [json.loads(line) for line in service.errors if line.startswith("{")]
    events = {line["event"] for line in lines}
    assert "telegram.update_unreadable" in events and len(lines) > 3, "it was out of order, and said so"
    spoken = ("{", "warning: ", "jiangjian: ")  # to whoever started it, in sentences of ours
    assert [line for line in service.errors if not line.startswith(spoken)] == []
