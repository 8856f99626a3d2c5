"""What goes to an office is hostile, too: its trail, its histories and what is to be told hold none of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from dialogs.correspondence import MOST_WAITING
from forms.printing.workers import Workers
from storage import tables
from storage.database import Database
from tests.bot.house.desk.bureau import Bureau, hands_in
from tests.bot.household import House, Someone
from tests.hostile.strings import by_kind
from tests.hostile.test_chat import sound

KINDS = ("html", "formulas", "templates", "sql", "bidi", "json", "formats", "telegram", "script", "paths")


async def rows(house: House, *names: str) -> str:
    def dump(unit: Any) -> str:
        found = (unit.connection.execute(select(tables.metadata.tables[name])).all() for name in names)
        return "\n".join(str(tuple(row)) for each in found for row in each)

    return await house.database.run(dump)


async def test_what_is_written_to_an_office_stands_in_no_trail(
    database: Database, tmp_path: Path, crew: Workers
) -> None:
    house = House(database, tmp_path / "files", crew)
    desk = await Bureau(house).opens()
    clerk = await desk.seats("李姐", desk.county)
    anna = await hands_in(house)
    texts = [next(text for text in by_kind()[kind] if len(text) > 12) for kind in KINDS][:MOST_WAITING]
    for text in texts:
        await anna.says("留言")
        sound(await anna.says(text))
    sound(await clerk.says("工作台"))
    for label in [button.label for button in clerk.screen.buttons][:8]:
        await clerk.says("工作台")
        sound(await clerk.presses(label))
        for text in texts[:3]:  # searched for, or no answer to anything
            sound(await clerk.says(text))
    for looks in (Someone(house, "anna"), Someone(house, "李姐")):
        sound(await looks.take(message_id="look"))
    kept = await rows(
        house,
        "trail",
        "trail_head",
        "event",
        "outbox",
        "export",
    )
    assert "handed_in" in kept
    for text in texts:
        assert text not in kept and repr(text)[1:-1] not in kept, ascii(text)
