"""What is a demo's goes with it, and nothing else does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.cast import CannotPlayError, Cast
from bot.demo.premises import Hands, Premises, swept
from bot.house.failure import Failure
from bot.house.settings import Settings
from forms.printing.workers import Workers
from tests.built_in import built_in


def test_a_directory_of_the_same_name_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "demo" / "important.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    assert not swept(tmp_path)
    assert kept.read_text() == "mine"


def test_a_link_to_somewhere_else_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "made-for-the-demo.txt").write_text("")
    (tmp_path / "demo").symlink_to(elsewhere)
    assert not swept(tmp_path)
    assert (elsewhere / "made-for-the-demo.txt").exists()


def test_nothing_there_is_nothing_to_take_away(tmp_path: Path) -> None:
    assert not swept(tmp_path)


async def test_no_demo_is_made_where_something_else_lies(tmp_path: Path, crew: Workers) -> None:
    (tmp_path / "demo").mkdir()
    premises = Premises(Settings(data=tmp_path), built_in(), crew, "localhost", 0)
    with pytest.raises(Failure, match="no demo can be made"):
        await premises.open()
    assert (tmp_path / "demo").is_dir()


async def test_a_demo_that_cannot_be_played_leaves_nothing(
    tmp_path: Path, crew: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumbles(cast: Cast) -> None:
        raise CannotPlayError("a button is missing")

    monkeypatch.setattr(Cast, "plays", stumbles)
    premises = Premises(Settings(data=tmp_path), built_in(), crew, "localhost", 0)
    with pytest.raises(CannotPlayError):
        await premises.open()
    assert list(tmp_path.iterdir()) == []
    assert premises.ways == {}


async def test_its_days_only_go_on(tmp_path: Path, crew: Workers) -> None:
    premises = Premises(Settings(data=tmp_path), built_in(), crew, "localhost", 0)
    premises.clock = Hands(lambda: datetime(2026, 11, 30, 17, tzinfo=UTC))
    assert premises.today.isoformat() == "2026-12-01"
    await premises.passes(3)
    assert premises.today.isoformat() == "2026-12-04"
