"""Every hostile text, said in a conversation on both databases: answered in words, kept as it was taken, told nowhere else."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.screens.plain import told
from bot.screens.wire import screen_json
from bot.telegram import rendering
from dialogs.turn import Screen
from forms.printing.workers import Workers
from storage import interviews, tables
from storage.database import Database
from tests.bot.household import House, Someone
from tests.bot.telegram.html import parsed
from tests.hostile.strings import every
from tests.hostile.test_strings import UNSEEN


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path / "files", cast("Workers", None))


def sound(screen: Screen) -> None:
    """Whatever door shows it, a Screen is text: JSON for the page, HTML that Telegram takes, lines for a terminal."""
    assert screen.parts
    sent = json.dumps(screen_json(screen), ensure_ascii=False)
    assert json.loads(sent)["parts"]
    sent.encode()
    for bubble in rendering.messages(screen, view="", echo=True):
        parsed(bubble.html)
    "\n".join(told(screen)).encode()


async def kept(house: House, someone: Someone) -> Any:
    speaker = await house.database.run(
        lambda unit: interviews.speaker(unit, someone.channel, someone.address)
    )
    assert speaker
    return speaker


async def elsewhere(house: House) -> str:
    """All that is kept but what people said: histories, messages, what is to be told, the trail."""
    names = ("event", "message", "outbox", "notice", "crossing", "door", "trail", "attempt", "code")

    def dump(unit: Any) -> str:
        return "\n".join(
            str(tuple(row))
            for name in names
            for row in unit.connection.execute(select(tables.metadata.tables[name]))
        )

    return await house.database.run(dump)


async def test_every_text_is_answered_and_kept_as_it_was_taken(house: House) -> None:
    anna = Someone(house)
    await anna.begins()
    await anna.says("个人申报")
    assert anna.asked == "trade"
    answers: dict[str, str] = {}
    with capture_logs() as logs:
        for text in every():
            house.now += timedelta(seconds=1)
            sound(await anna.says(text))
            speaker = await kept(house, anna)
            value = speaker.state.answers.get("trade")
            if anna.asked == "trade_start" and value is not None:
                answers[text] = value
                assert not UNSEEN & set(map(ord, value)), ascii(text)
                assert value in str(anna.screen.parts) + anna.screen.echo, ascii(text)
            if anna.asked != "trade":  # a command, a page, a question: back to where it is asked
                for back in ("取消", "继续", "上一题", "上一题"):
                    if anna.asked != "trade":
                        sound(await anna.says(back))
                if anna.asked != "trade":
                    anna = Someone(house, f"anna {len(answers)} {abs(hash(text))}")
                    await anna.begins()
                    await anna.says("个人申报")
    assert len(answers) >= 300
    others = await elsewhere(house)
    leaked = [
        value
        for value in answers.values()
        if len(value) > 12 and (value in others or repr(value)[1:-1] in others)
    ]
    assert not leaked, ascii(leaked[:3])
    assert not any(value in str(logs) for value in answers.values() if len(value) > 12)
    assert not [entry for entry in logs if entry["log_level"] in ("error", "critical")], logs[:2]


async def test_of_a_stranger_nothing_is_kept_whatever_they_say(house: House) -> None:
    stranger = Someone(house, "stranger")
    await stranger.take()
    for text in every():
        if text.casefold() in ("true", "yes"):
            continue  # they agree
        sound(await stranger.says(text))
        assert not stranger.screen.who, ascii(text)
    kept = {name: number for name in tables.metadata.tables if (number := await house.rows(name))}
    assert set(kept) <= {"attempt"}, kept
