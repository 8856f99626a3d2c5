"""A sixth programme, as data alone: an invented notice with what the five real ones lack.

Two of five conditions, a shorter term for the young, lists that exclude, figures of a workers' congress, an A3 form,
four copies, opinions of offices that depend on who the nominee is. Nothing in the code knows of it.
"""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from bot.house import wiring
from bot.house.settings import Settings
from bot.workshop.catalogues import ROOT
from bot.workshop.checking import programme_problems
from bot.workshop.rehearsal import rehearse
from forms.library import Library
from forms.printing.workers import Workers

HOME = Path(__file__).parent / "sixth" / "lanjiang-2027"
CASES = sorted((HOME / "cases").glob("*.yaml"))
A3, A4 = (1190.55, 841.89), (595.28, 841.89)  # points; the A3 sheet lies crosswise


@pytest.fixture
def play(
    crew: Workers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Any:
    """Plays a case through the real conversation; gives what the rehearsal tells of it."""
    monkeypatch.setattr(wiring, "workers", lambda settings: nullcontext(crew))

    def play(case: Path) -> dict[str, Any]:
        rehearse(Settings(), Library.open([HOME.parent]), [case], tmp_path, as_json=True)
        told: dict[str, Any] = json.loads(capsys.readouterr().out)
        return told

    return play


def test_nothing_is_wrong_with_it() -> None:
    assert list(programme_problems(HOME)) == []


def test_no_code_knows_of_it() -> None:
    for package in ("forms", "dialogs", "storage", "bot"):
        for path in (ROOT / package).rglob("*"):
            if path.suffix in (".py", ".js", ".html", ".css") and path.is_file():
                assert "lanjiang" not in path.read_text("utf-8"), path
                assert "澜江" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_passes_through_the_conversation_as_it_says(play: Any, case: Path) -> None:
    assert play(case)["differences"] == []


def test_the_recommendation_form_is_an_a3_sheet_and_the_others_are_a4(play: Any) -> None:
    told = play(HOME / "cases" / "congress.yaml")
    sizes = {name: size_of(Path(document["file"])) for name, document in told["documents"].items()}
    assert sizes == {"form": A3, "vote": A4, "opinions": A4}
    assert all(document["pages"] == 1 for document in told["documents"].values())


def size_of(file: Path) -> tuple[float, float]:
    width, height = pypdfium2.PdfDocument(file.read_bytes())[0].get_size()
    return round(width, 2), round(height, 2)


def test_everything_is_due_four_times() -> None:
    programme = Library.open([HOME]).named("lanjiang-2027")
    assert programme is not None
    copies = programme.figures["copies"].value
    assert copies == 4
    assert {each.copies for each in (*programme.documents, *programme.papers)} == {copies}


def test_the_vote_is_told_with_its_arithmetic(
    crew: Workers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(wiring, "workers", lambda settings: nullcontext(crew))
    case = HOME / "cases" / "one-vote-short.yaml"
    rehearse(Settings(), Library.open([HOME]), [case], tmp_path, as_json=False)
    told = capsys.readouterr().out
    assert "代表121人，三分之二是81人，到会100人（82.6%），到会的够了，符合（四（一））" in told
    assert "要81票，同意80票（66.1%），票数不够，不符合（四（一））" in told
