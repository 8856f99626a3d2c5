"""`jiangjian recover`, as the union's clerk types it."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.house import wiring
from bot.house.settings import Settings
from bot.house.spelling import typed
from dialogs.interview import Interview
from storage import cases, interviews
from storage.unit import Unit
from tests.built_in import built_in


@pytest.fixture
def jiangjian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A command line over a database in which 陆建华 has begun an application."""
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path))
    library = built_in()
    programme = library.named("nanning-2026")
    assert programme

    def begin(unit: Unit) -> None:
        from bot.house.conversation import utc_now

        state = Interview(
            consented_at=utc_now().isoformat(),
            programme=programme.id,
            digest=programme.digest,
            answers={"name": "陆建华"},
        )
        speaker = interviews.welcome(unit, "web", "anna", state, utc_now())
        cases.open_case(unit, speaker, state, library.source(programme.digest), utc_now())

    settings = Settings(data=tmp_path)
    with wiring.database(settings) as kept:
        asyncio.run(kept.run(begin))
    return CliRunner()


def test_find_issue_list_and_void(jiangjian: CliRunner) -> None:
    found = jiangjian.invoke(app, ["recover", "find", "陆建华"]).output
    case = re.match(r"[0-9a-f]{32}", found)
    assert case
    assert "陆*华" in found
    assert "陆建华" not in found
    issued = jiangjian.invoke(app, ["recover", "issue", case[0], "--by", "王干事"]).output
    code, told = issued.splitlines()
    assert typed(code)
    assert told.endswith("once; devices told: 1")
    listed = jiangjian.invoke(app, ["recover", "list"]).output
    assert "waiting" in listed
    assert "王干事" in listed
    assert code not in listed
    assert jiangjian.invoke(app, ["recover", "void", listed[:8], "--by", "王干事"]).output == "void\n"
    assert "void" in jiangjian.invoke(app, ["recover", "list"]).output


def test_a_clerk_says_who_they_are(jiangjian: CliRunner) -> None:
    refused = jiangjian.invoke(app, ["recover", "issue", "0" * 32])
    assert refused.exit_code == 2
    assert "--by" in refused.output


def test_what_is_not_there_is_told(jiangjian: CliRunner) -> None:
    assert "nobody of that name" in jiangjian.invoke(app, ["recover", "find", "韦立辉"]).output
    refused = jiangjian.invoke(app, ["recover", "issue", "0" * 32, "--by", "王干事"])
    assert "there is no case" in str(refused.exception)
