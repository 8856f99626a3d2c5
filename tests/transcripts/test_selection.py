"""The stages after handing in, word for word, with the tables: what the union does at its desk, and what nominees see then.

In front of the lines of a talk stands `programme> its id`, then `nominees> who handed in`; `clock> a moment` lets time go
by. Whatever is due by then is delivered before the next line. The head of the city union is `head`. A transcript that
should change is written anew with JIANGJIAN_WRITE_TRANSCRIPTS=1.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.screens import plain
from dialogs.turn import Screen, Table
from forms.printing.workers import Workers
from storage.database import Database
from tests.bot.house.desk.cases import speaks
from tests.bot.house.desk.nominees import nominees, opened
from tests.bot.household import House, Someone
from tests.transcripts.speakers import numberless, read, written

KEPT = sorted((Path(__file__).parent / "selection").glob("*.talk"))


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
async def test_a_selection_is_led_as_before(
    kept: Path, database: Database, tmp_path: Path, workers: Workers
) -> None:
    house = House(database, tmp_path / "files", workers)
    told = await play(house, kept)
    if os.environ.get("JIANGJIAN_WRITE_TRANSCRIPTS"):
        kept.write_text(told, "utf-8")
    assert told == kept.read_text("utf-8")


async def play(house: House, kept: Path) -> str:
    """Let everybody do their lines; gives the transcript as it then is."""
    acts, people = read(kept), dict[str, Someone]()
    bureau = await opened(house)
    for act in acts:
        match act.who:
            case "clock":
                house.now = datetime.fromisoformat(f"{act.what}:00+08:00")
                await speaks(house)
            case "programme":
                people["head"] = await bureau.seats("黄主席", bureau.city, "head")
                programme = act.what
            case "nominees":
                came = await nominees(house, bureau, programme, *act.what.split())
                people |= {each.address: each for each in came}
            case who:
                act.told = shown(await done(people[who], act.label, act.what))
                await speaks(house)
    return written(acts)


async def done(someone: Someone, label: str, words: str) -> Screen:
    """What somebody sees after one line of theirs."""
    if label:
        offered = [each.label for each in someone.screen.all_buttons()]
        assert any(label in each for each in offered), (label, words, offered, shown(someone.screen))
        return await someone.presses(label)
    return await someone.take(**({"text": words} if words else {}))


def shown(screen: Screen) -> list[str]:
    """A Screen in plain text, with what can be pressed: buttons, then what opens a row."""
    rows = [row.opens for part in screen.parts if isinstance(part, Table) for row in part.rows if row.opens]
    told = "\n".join(plain.told(replace(screen, cards=screen.cards[:1])))
    pressed = " | ".join(plain.button_label(each) for each in (*screen.buttons, *rows))
    return [*numberless(told).split("\n"), f"［{pressed}］"]
