"""`jiangjian export`, as the operator types it: an office's cases as a file."""

from __future__ import annotations

import asyncio
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.settings import Settings
from forms.library import Library
from tests.bot.house import offices
from tests.bot.house.order_desk import WITH_A_ROSTER
from tests.bot.household import House, Someone


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path))
    home = tmp_path / "shelf" / "small"
    for name, text in WITH_A_ROSTER.files.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, "utf-8")
    return home.parent


@pytest.fixture
def cases(shelf: Path, tmp_path: Path) -> list[str]:
    """Two cases that lie at an office."""
    settings = Settings(data=tmp_path)
    with wiring.workers(settings) as crew, wiring.database(settings) as kept:
        house = House(kept, tmp_path / "files", crew)
        house.open(Library.open([shelf]))
        return asyncio.run(received(house))


async def received(house: House) -> list[str]:
    office, cases = await offices.opened(house), []
    for address in ("anna", "ben"):
        someone = Someone(house, address)
        await someone.fills()
        cases.append(await offices.case_of(someone))
        await offices.lies(house, cases[-1], office)
    return cases


def typed(shelf: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--programmes", str(shelf), "export", "small", *words])


def test_all_packets_of_an_office_or_those_named_in_their_order(
    cases: list[str], shelf: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = typed(shelf, "--office", "小城总工会", "--out", str(out))
    assert result.exit_code == 0, result.output
    (file,) = out.iterdir()
    assert result.output.startswith(f"{file} (2 cases, ") and file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as opened:
        assert opened.testzip() is None
        assert {"001 陆建华/01 陆建华申请表.pdf", "002 陆建华/01 陆建华申请表.pdf"} < set(opened.namelist())
    result = typed(shelf, "--office", "小城总工会", "--out", str(out), "--packets", cases[1])
    assert result.exit_code == 0 and "(1 cases, " in result.output


def test_the_table_too(cases: list[str], shelf: Path, tmp_path: Path) -> None:
    result = typed(shelf, "--office", "小城总工会", "--out", str(tmp_path / "out"), "--table", *cases)
    assert result.exit_code == 0, result.output
    page = load_workbook(next((tmp_path / "out").iterdir())).active
    assert page and [row[1] for row in page.iter_rows(values_only=True)][-2:] == ["陆建华", "陆建华"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--office", "大城总工会"), "there is no office “大城总工会”; see: office list"),
        (("--office", "小城总工会", "nobody"), "not all of these cases lie at that office"),
    ],
)
def test_what_cannot_be_exported_is_told_and_leaves_no_file(
    cases: list[str], shelf: Path, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    assert cases
    result = typed(shelf, "--out", str(tmp_path / "out"), *words)
    assert isinstance(result.exception, Failure) and str(result.exception) == why
    assert not (tmp_path / "out").exists()


def test_the_office_is_named_as_people_say_it(cases: list[str], shelf: Path, tmp_path: Path) -> None:
    assert cases
    result = typed(shelf, "--office", "小城工会", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output


def test_a_programme_that_nobody_knows_is_named(cases: list[str], shelf: Path, tmp_path: Path) -> None:
    assert cases
    words = [
        "--programmes",
        str(shelf),
        "export",
        "smal",
        "--office",
        "小城总工会",
        "--out",
        str(tmp_path / "out"),
    ]
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, Failure)
    assert str(result.exception).startswith("there is no programme “smal” (known: ")
