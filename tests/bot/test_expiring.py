"""`jiangjian retention`, as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.house.failure import Failure
from bot.house.settings import Settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path))


def test_it_says_how_many_would_go_and_how_many_went() -> None:
    told = CliRunner().invoke(app, ["retention", "--dry-run"])
    assert told.output.strip() == "0 cases are finished for 730 days and would go"
    done = CliRunner().invoke(app, ["retention", "--now"])
    assert done.output.strip() == "0 cases are gone"


@pytest.mark.parametrize("options", [[], ["--dry-run", "--now"]])
def test_one_of_the_two_is_to_be_said(options: list[str]) -> None:
    with pytest.raises(Failure):
        CliRunner().invoke(app, ["retention", *options], catch_exceptions=False)


def test_the_time_is_the_installations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGJIAN_RETENTION_DAYS", "90")
    assert Settings().retention_days == 90
