"""A selection at the city union's desk: a head who walks its stages, and the cases that were accepted there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pypdfium2
from sqlalchemy import insert, select, update

from dialogs.interview import Interview
from dialogs.turn import Table
from storage import handing, standings, stays
from storage import stages as running
from storage.desk_tables import stay, trail
from storage.handing import Sealed
from storage.standings import Entry
from storage.tables import case, new_id, snapshot
from storage.unit import Unit
from tests.bot.house.desk.bureau import Bureau
from tests.bot.household import House, Someone
from tests.built_in import built_in
from tests.dialogs.desk.desks import words
from tests.forms.programmes.cases import played, programme

NANNING, GUILIN, LIUZHOU = "nanning-2026", "guilin", "liuzhou-2025"
#: A case file of each, for what a list says of somebody.
PLAYED = {NANNING: "self", GUILIN: "self"}
NOW = datetime(2026, 9, 2, 4, tzinfo=UTC)  # a Wednesday noon in China


@dataclass
class Walk:
    """A head at the city union's desk, and the cases that it has accepted."""

    bureau: Bureau
    head: Someone
    programme: str
    cases: tuple[str, ...]

    @property
    def said(self) -> str:
        return words(self.head.screen)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Who, and how they stand."""
        table = next(part for part in self.head.screen.parts if isinstance(part, Table))
        return [(row.cells[0], row.cells[3]) for row in table.rows]

    @property
    def labels(self) -> list[str]:
        return [each.label for each in self.head.screen.all_buttons()]

    async def course(self, someone: Someone | None = None) -> None:
        """The page with the stages."""
        someone = someone or self.head
        await someone.says("看板")
        await someone.presses("更多", "评选进度")

    async def walks(self, stage: str, on: int, reserves: int = 0, **begins: object) -> None:
        """A stage from its beginning to its end, past the desk: the first so many go on."""
        entries = [Entry(self.cases[at], "on", at + 1) for at in range(on)]
        entries += [Entry(self.cases[on + at], "reserve", at + 1) for at in range(reserves)]
        known, house = programme(self.programme), self.bureau.house
        found = next(each for each in known.stages if each.id == stage)

        def do(unit: Unit) -> None:
            own = running.begin(unit, self.bureau.city, known, found, house.now, **begins)  # type: ignore[arg-type]
            own = standings.record(unit, known, own, entries, None, house.now)
            standings.close(unit, known, own, None, house.now, rest_out=True)

        await house.database.run(do)

    async def moved(self) -> list[tuple[str, str]]:
        """Which cases' trails tell of a stage, in order."""
        query = select(trail.c.case, trail.c.about).where(trail.c.kind == "stage_moved").order_by(trail.c.id)
        rows = await self.bureau.house.database.run(lambda unit: unit.connection.execute(query).all())
        return [(row[0], row[1]) for row in rows]


async def walk(house: House, name: str, many: int) -> Walk:
    house.now = NOW
    house.open(built_in())
    bureau = await Bureau(house).opens()
    head = await bureau.seats("黄主席", bureau.city, "head")
    answers = dict(played(name, PLAYED[name]).answers) if name in PLAYED else {}

    def accept(unit: Unit) -> tuple[str, ...]:
        known = programme(name)
        unit.connection.execute(insert(snapshot), {"digest": known.digest, "programme": name, "source": "{}"})
        made = []
        for number in range(many):
            of, at = new_id(), NOW - timedelta(days=9) + timedelta(minutes=number)
            row = {"id": of, "programme": name, "digest": known.digest, "practice": False, "created": at}
            unit.connection.execute(insert(case), row)
            state = Interview(programme=name, digest=known.digest, answers=answers)
            face = {"name": f"第{number + 1:02}人", "unit": "南宁机械厂"}
            handing.seal(unit, of, (Sealed(new_id(), "nominee", 1, state),), face, at)
            handing.number_of(unit, of)
            stays.arrive(unit, of, bureau.city, name, 1, at, "", 0, 0)
            made.append(of)
        unit.connection.execute(update(stay).values(state="accepted"))
        return tuple(made)

    cases = await house.database.run(accept)
    return Walk(bureau, head, name, cases)


async def listed(house: House, someone: Someone) -> str:
    """The words of the list that is put up, without blanks."""
    printed = await house.conversation.document("web", someone.address, "stage_list")
    with pypdfium2.PdfDocument(printed.content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"\s|\u200b", "", "".join(pages))
