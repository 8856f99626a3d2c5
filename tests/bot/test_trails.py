"""`jiangjian trail`, as an auditor types it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.house import wiring
from bot.house.archive import Archive
from bot.house.recovery import key_of
from bot.house.settings import Settings
from bot.house.trailing import Trail
from forms.library import Library
from storage import tables
from storage.database import Database
from storage.desk_tables import office, seat
from storage.desk_tables import trail as rows
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
CASE, GONE = "a" * 32, "b" * 32


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A database in which a clerk saw two cases and sent one back; the other case is gone, and the day is over."""
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path))
    settings = Settings(data=tmp_path)
    trail = Trail(key_of(tmp_path))

    def work(unit: Unit) -> None:
        run = unit.connection.execute
        union = {"id": "o", "name": "青秀区总工会", "aliases": [], "programmes": [], "kind": "union"}
        run(insert(office), {**union, "created": NOW})
        run(insert(seat), {"id": "s", "office": "o", "role": "clerk", "name": "王干事", "created": NOW})
        run(insert(tables.snapshot), {"digest": "d", "programme": "small", "source": "{}"})
        begun = {"id": CASE, "programme": "small", "digest": "d", "practice": False, "created": NOW}
        run(insert(tables.case), {**begun, "number": "NN-2026-0007"})
        trail.note(unit, CASE, "s", "seen", "", NOW)
        trail.note(unit, CASE, "s", "remarked", "photo", NOW)
        trail.note(unit, CASE, "s", "returned", "", NOW)
        trail.note(unit, GONE, "gone", "seen", "", NOW)

    async def closed(kept: Database) -> None:
        await kept.run(work)
        await trail.close_days(Archive(kept, Library((), (), {}, {})), NOW + timedelta(days=1))

    with wiring.database(settings) as kept:
        asyncio.run(closed(kept))
    return settings


def trail_of(*typed: str) -> Result:
    return CliRunner().invoke(app, ["trail", *typed])


def spoil(settings: Settings, work: Callable[[Unit], object]) -> None:
    with wiring.database(settings) as kept:
        asyncio.run(kept.run(work))


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize("called", [CASE, "NN-2026-0007", "nn-2026-0007"])
def test_it_tells_when_who_what_and_about_what(called: str) -> None:
    told = trail_of(called).output.splitlines()
    assert told[:-1] == [
        "   1  2026-06-15 12:00:00  王干事（青秀区总工会）  看了材料",
        "   2  2026-06-15 12:00:00  王干事（青秀区总工会）  写了修改意见  photo",
        "   3  2026-06-15 12:00:00  王干事（青秀区总工会）  退回修改",
    ]
    assert told[-1].startswith(
        "the trail of this case is whole; days are closed until 2026-06-15, entries by then: 4,"
    )


@pytest.mark.usefixtures("settings")
def test_what_is_gone_has_no_name() -> None:
    assert trail_of(GONE).output.startswith(
        "   1  2026-06-15 12:00:00  —  看了材料\nthe trail of this case is whole"
    )


@pytest.mark.usefixtures("settings")
def test_all_of_it_is_proven() -> None:
    assert trail_of("--check").output.startswith("the trail is whole; days are closed until 2026-06-15")


def test_a_break_is_told_and_ends_with_another_code(settings: Settings) -> None:
    spoil(settings, lambda unit: unit.connection.execute(delete(rows).where(rows.c.kind == "remarked")))
    broken = trail_of(CASE)
    assert broken.exit_code
    assert "退回修改" in broken.output
    assert str(broken.exception) == f"the trail is broken: {CASE}: entry 2 is gone"
    spoil(settings, lambda unit: unit.connection.execute(delete(rows).where(rows.c.kind == "returned")))
    broken = trail_of("--check")
    assert str(broken.exception) == (
        "the trail is broken: by the end of 2026-06-15 there were 4 entries in all, now there are 2"
    )


@pytest.mark.usefixtures("settings")
def test_what_is_not_there_and_what_was_not_said_is_told() -> None:
    assert "there is no trail of “NN-1”" in str(trail_of("NN-1").exception)
    for typed in ((), (CASE, "--check")):
        assert "say which" in str(trail_of(*typed).exception)
