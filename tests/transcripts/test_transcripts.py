"""Whole conversations, word for word: every case file played through the real conversation to its PDFs.

A transcript that should change is written anew with JIANGJIAN_WRITE_TRANSCRIPTS=1; the difference is then read
in review like any other.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from bot.house.settings import Settings
from bot.workshop.rehearsal import play
from forms.casefile import read_case
from forms.library import BUILT_IN, Library
from forms.printing.workers import Workers
from tests.built_in import built_in

HERE = Path(__file__).parent
CASES = sorted(BUILT_IN.glob("*/cases/*.yaml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return built_in()


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.parent.name}/{path.stem}")
async def test_a_case_is_led_as_before_and_comes_out_as_it_says(
    path: Path, crew: Workers, library: Library, tmp_path: Path
) -> None:
    name = path.parent.parent.name
    programme = library.named(name)
    assert programme is not None
    case = read_case(str(path), path.read_text("utf-8"))
    played = await play(Settings(), library, crew, (path, case, programme), tmp_path)
    assert played.differences == []
    kept = HERE / name / f"{path.stem}.txt"
    # What a case is called at its office is drawn anew each time.
    told = re.sub(r"\b\d{4}-\d{4}\b", "0000-0000", "\n".join(played.transcript) + "\n")
    if os.environ.get("JIANGJIAN_WRITE_TRANSCRIPTS"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(told, "utf-8")
    assert told == kept.read_text("utf-8")


def test_every_transcript_has_its_case() -> None:
    told = {f"{path.parent.name}/{path.stem}" for path in HERE.glob("*/*.txt")}
    assert told == {f"{path.parent.parent.name}/{path.stem}" for path in CASES}
