"""A selection to be walked in tests: an office with cases that were accepted there, and the way through its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, update

from forms.programme import Programme
from forms.stages import Outcome, Stage, stage_of
from storage import stages as running
from storage import standings
from storage.database import Database
from storage.desk_tables import office, stay
from storage.stages import Progress
from storage.standings import Entry
from storage.tables import case, snapshot
from storage.unit import Unit
from tests.forms.programmes.cases import programme

NANNING, LIUZHOU, GUILIN, DAGUO = "nanning-2026", "liuzhou-2025", "guilin", "daguo-jiangsu-2026"
OFFICE = "city"
#: A Wednesday at noon in China, and the day on which a list is up.
NOW = datetime(2026, 9, 2, 4, tzinfo=UTC)
UP = date(2026, 9, 2)


@dataclass(frozen=True)
class Selection:
    """What one office walks: `programme` with cases of the ids c000, c001 and so on, in the order of their arrival."""

    database: Database
    programme: Programme
    office: str = OFFICE

    def stage(self, identifier: str) -> Stage:
        found = stage_of(self.programme.stages, identifier)
        assert found, identifier
        return found

    async def do(self, work: Any, *arguments: Any, **named: Any) -> Any:
        """One unit: `work` with the unit, the programme and what is given."""
        return await self.database.run(lambda unit: work(unit, self.programme, *arguments, **named))

    async def begin(self, identifier: str, at: datetime = NOW, **named: Any) -> Progress:
        return await self.database.run(
            lambda unit: running.begin(unit, self.office, self.programme, self.stage(identifier), at, **named)
        )

    async def course(self) -> list[tuple[str, bool]]:
        """Each stage that was begun, and whether it has ended."""
        rows = await self.database.run(lambda unit: running.course(unit, self.office, self.programme.id))
        return [(each.stage, each.closed is not None) for each in rows]

    async def outcomes(self, identifier: str) -> dict[str, str]:
        rows = await self.database.run(
            lambda unit: running.standings(unit, self.office, self.programme.id, identifier)
        )
        return {each.case: each.outcome for each in rows}

    async def record(self, own: Progress, entries: Sequence[Entry], at: datetime = NOW) -> Progress:
        recorded = await self.do(standings.record, own, entries, None, at)
        assert isinstance(recorded, Progress)
        return recorded

    async def close(self, own: Progress, at: datetime = NOW, **named: Any) -> Progress:
        closed = await self.do(standings.close, own, None, at, **named)
        assert isinstance(closed, Progress)
        return closed

    async def walk(self, identifier: str, entries: Sequence[Entry], **named: Any) -> Progress:
        """A stage from its beginning to its end; whoever is not among `entries` is out."""
        own = await self.record(await self.begin(identifier, **named), entries)
        return await self.close(own, rest_out=True)

    async def leaves(self, of: str, state: str = "withdrawn") -> None:
        """A case is withdrawn from the office, or refused there."""
        await self.database.run(
            lambda unit: unit.connection.execute(update(stay).where(stay.c.case == of).values(state=state))
        )


def put(numbers: Sequence[int], outcome: Outcome = "on", reason: str = "") -> list[Entry]:
    """Those cases, with the places in their order."""
    return [Entry(f"c{number:03}", outcome, place, reason) for place, number in enumerate(numbers, 1)]


async def selection(database: Database, name: str, cases: int) -> Selection:
    """An office that has accepted so many cases of a programme."""
    await database.run(lambda unit: _filled(unit, name, cases))
    return Selection(database, programme(name))


def _filled(unit: Unit, name: str, cases: int) -> None:
    add = unit.connection.execute
    add(
        insert(office),
        {
            "id": OFFICE,
            "name": "市总工会",
            "aliases": [],
            "programmes": [],
            "kind": "city",
            "created": NOW,
        },
    )
    add(insert(snapshot), {"digest": "d", "programme": name, "source": "{}"})
    for number in range(cases):
        identifier = f"c{number:03}"
        add(
            insert(case),
            {"id": identifier, "programme": name, "digest": "d", "practice": False, "created": NOW},
        )
        add(
            insert(stay),
            {
                "id": f"s{number:03}",
                "case": identifier,
                "office": OFFICE,
                "programme": name,
                "round": 1,
                "state": "accepted",
                "version": 1,
                "arrived": NOW.replace(minute=number // 60, second=number % 60),
                "since": NOW,
                "due": "9999",
            },
        )
