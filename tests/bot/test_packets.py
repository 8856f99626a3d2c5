"""`jiangjian packet`, as the operator types it: what the receiving office is to have."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.workshop.rehearsal import pdf_text
from forms.library import Library
from storage import tables
from storage.database import Database
from tests.bot.house.invitees import SOURCE, asks, nominated, takes, writes
from tests.bot.household import House, Someone


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The directory of a programme in which experts take part."""
    home = tmp_path / "shelf" / "small-2026"
    for name, text in SOURCE.files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    return home.parent


@pytest.fixture
def case(shelf: Path, tmp_path: Path) -> str:
    """A case with two letters in."""
    settings = Settings(data=tmp_path)
    with wiring.workers(settings) as crew, wiring.database(settings) as kept:
        house = House(kept, tmp_path / "files", crew)
        house.open(Library.open([shelf]))
        return asyncio.run(recommended(house, kept))


async def recommended(house: House, kept: Database) -> str:
    anna = await nominated(Someone(house, "anna"))
    for number, name in enumerate(("莫振邦", "覃秀兰")):
        expert = await takes(Someone(house, f"expert-{number}"), await asks(anna, name))
        await writes(expert, number, name, f"{name}看着他焊的")
    found = select(tables.case.c.id)
    return str(await kept.read(lambda unit: unit.connection.execute(found).scalar_one()))


def typed(shelf: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--programmes", str(shelf), "packet", *words])


def test_the_office_has_the_joint_letter(
    case: str, shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path))
    out = tmp_path / "out"
    result = typed(shelf, case, "--out", str(out))
    assert result.exit_code == 0, result.output
    files = {path.name: path for path in out.iterdir()}
    assert {Path(line.rpartition(" (")[0]) for line in result.output.splitlines()} == set(files.values())
    letter = pdf_text(files["推荐信.pdf"].read_bytes())
    assert "莫振邦看着他焊的" in letter and "覃秀兰看着他焊的" in letter
    assert {path.stat().st_mode & 0o077 for path in files.values()} == {0}


def test_a_case_that_is_not_there_is_named(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path))
    result = typed(shelf, "nobody", "--out", str(tmp_path / "out"))
    assert isinstance(result.exception, Failure)
    assert str(result.exception) == "there is no case “nobody” that can be printed"
    assert not (tmp_path / "out").exists()
