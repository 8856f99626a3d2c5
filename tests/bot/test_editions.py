"""`jiangjian move`, as the operator types it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.house import wiring
from bot.house.conversation import utc_now
from bot.house.settings import Settings
from dialogs.interview import Interview
from dialogs.keeping import written
from forms.library import Library
from storage import cases, interviews
from storage.unit import Unit
from tests.bot.shelf import lay

Typed = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The directory of a programme in which 陆建华 has an open case and 韦立辉 one that is handed in."""
    home = lay(tmp_path / "shelf")
    library = Library.open([home])
    programme = library.named("tiny-2026")
    assert programme

    def begin(unit: Unit) -> None:
        now = utc_now()
        for name, finished in (("陆建华", ""), ("韦立辉", now.isoformat())):
            state = Interview(
                consented_at=now.isoformat(),
                programme=programme.id,
                digest=programme.digest,
                answers={"route": "unit", "name": name, "start": "2010-07", "union": True},
                finished_at=finished,
            )
            speaker = interviews.welcome(unit, "web", name, state, now)
            cases.open_case(unit, speaker, state, library.source(programme.digest), now)

    with wiring.database(Settings(data=tmp_path)) as kept:
        asyncio.run(kept.run(begin))
    return home


@pytest.fixture
def typed(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """`jiangjian move` with these words, and these keys pressed at its question."""
    monkeypatch.setenv("JIANGJIAN_DATA", str(tmp_path))
    words = ["--programmes", str(home), "move"]
    return lambda *more, keys="": CliRunner().invoke(app, [*words, *more], input=keys)


def edit(home: Path, file: str, before: str, after: str) -> None:
    path = home / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_what_would_change_is_shown_and_moved_after_a_yes(home: Path, typed: Typed) -> None:
    assert "nothing to move" in typed("--all").output
    edit(home, "print/application.html", "{{ name }}", "<b>{{ name }}</b>")
    shown = typed("--all", keys="n\n").output
    assert "陆*华" in shown
    assert "陆建华" not in shown
    assert "韦" not in shown, "handed in"
    assert "document application" in shown
    assert shown.endswith("nothing was moved\n")
    case = re.match("[0-9a-f]{32}", shown)
    assert case
    one = typed(case[0], keys="y\n").output
    assert "changes on page 1\n" in one
    assert f"{case[0]}  moved; devices told: 1\nmoved: 1 of 1\n" in one
    assert "nothing to move" in typed(case[0]).output


def test_a_script_is_asked_nothing(home: Path, typed: Typed) -> None:
    edit(home, "print/application.html", "{{ name }}", "<b>{{ name }}</b>")
    moved = typed("--all", "--yes")
    assert moved.exit_code == 0
    assert moved.output.endswith("moved: 1 of 1\n")
    assert "drawn otherwise" in moved.output, "pages are drawn for one case alone, unless they are asked for"


def test_what_cannot_be_moved_is_told_in_a_sentence(home: Path, typed: Typed, tmp_path: Path) -> None:
    assert "say which" in str(typed().exception)
    assert "say which" in str(typed("0" * 32, "--all").exception)
    assert "there is no case" in str(typed("0" * 32).exception)
    with wiring.database(Settings(data=tmp_path)) as kept:
        speaker = asyncio.run(kept.read(lambda unit: interviews.speaker(unit, "web", "韦立辉")))
    assert speaker
    edit(home, "print/application.html", "{{ name }}", "<b>{{ name }}</b>")
    assert "is handed in" in str(typed(speaker.case, "--yes").exception)
    edit(home, "programme.yaml", "id: tiny-2026", "id: other-2026")
    told = typed("--all", "--yes")
    assert told.exit_code == 0
    assert "tiny-2026 is not on offer" in told.output
    assert "stay as they are: 1" in told.output


def test_who_hands_in_while_it_is_looked_at_stays(
    home: Path, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(home, "print/application.html", "{{ name }}", "<b>{{ name }}</b>")

    def hand_in(unit: Unit) -> None:
        speaker = interviews.speaker(unit, "web", "陆建华")
        assert speaker and speaker.case
        done = speaker.state.model_copy(update={"finished_at": utc_now().isoformat()})
        interviews.save(unit, speaker, written(done))
        cases.stands(unit, speaker.case, done, utc_now())

    def asked(question: str) -> bool:
        assert question == "move 1 now?"
        with wiring.database(Settings(data=tmp_path)) as kept:
            asyncio.run(kept.run(hand_in))
        return True

    monkeypatch.setattr(typer, "confirm", asked)
    told = typed("--all").output
    assert "is handed in" in told
    assert told.endswith("moved: 0 of 1\n")


def test_a_template_that_cannot_be_composed_is_told_with_its_side(home: Path, typed: Typed) -> None:
    edit(home, "print/application.html", "{{ name }}", "{{ name + 1 }}")
    assert "document application (申请表): then it cannot be composed: " in typed("--all", keys="n\n").output
