"""kill -9 while cases are handed in, decided, undone and told of: none is between two states, each is told of once."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.courier import Courier
from bot.house.desk.dossiers import UNDOABLE
from forms.printing.workers import Workers
from storage import handing, notices, tables, trail
from storage.database import Database
from storage.desk_tables import stay
from storage.unit import Unit
from tests.bot.house.desk.bureau import CITY, COUNTY, Bureau
from tests.bot.house.desk.officer import SILENT, STEPS, TOGETHER, Receiver, officer
from tests.bot.house.desk.standing import faults
from tests.bot.household import House
from tests.nursery import Child

#: More in `make soak`.
KILLS = int(os.environ.get("JIANGJIAN_DESK_KILLS", "3"))
NAMES = tuple(STEPS)
#: Steps in a life, of all lanes together.
MOST = TOGETHER * len(STEPS)


def case_of(unit: Unit, nominee: str) -> str:
    """The case of whoever has this door; "" where there is none yet."""
    person = select(tables.door.c.person).where(tables.door.c.address == nominee).scalar_subquery()
    return str(
        unit.connection.execute(select(tables.party.c.case).where(tables.party.c.person == person)).scalar()
        or ""
    )


def stays_of(unit: Unit, nominee: str) -> list[Any]:
    """The stays of a nominee's case, the first one first."""
    rows = unit.connection.execute(select(stay).where(stay.c.case == case_of(unit, nominee)))
    return sorted(rows.all(), key=lambda row: row.before is not None)


def standing(unit: Unit, nominee: str) -> str:
    """How far a case is by its trail, which all rows must fit; "" where it was not handed in."""
    case, rows = case_of(unit, nominee), stays_of(unit, nominee)
    kinds = [each.kind for each in trail.entries(unit, case)]
    assert kinds == [kind for kind, _, _ in STEPS.values()][: len(kinds)], kinds  # each once, in this order
    if not kinds:
        assert not rows
        return ""
    step = NAMES[len(kinds) - 1]
    _, at_county, at_city = STEPS[step]
    assert [row.state for row in rows] == [each for each in (at_county, at_city) if each], step
    rounds = [handing.of_round(unit, case, number) for number in (1, 2, 3)]
    said = [each.parts[0].state.answers["trade"] for each in rounds if each]
    assert said == ["焊工", "电焊工"][: 1 + (NAMES.index(step) >= NAMES.index("again"))]
    return step


async def live_and_die(  # where it lives, and when it dies
    url: str, files: Path, life: int, told: Path, many: int, seconds: float
) -> dict[str, str]:
    """Let a process work for so many steps and a moment, then kill it: the last step of each case that it told of."""
    words = ("tests.bot.house.desk.officer", url, str(files), str(life), str(told))
    process, steps, count = await Child.start(*words, environment=os.environ), dict[str, str](), 0

    async def listen() -> None:
        nonlocal count
        while line := await process.stdout.readline():
            if line.startswith(b"step ") and line.endswith(b"\n"):
                _, case, step = line.decode().split()
                steps[case] = step
                count += 1

    listening = asyncio.ensure_future(listen())
    while count < many:
        assert process.returncode is None, (await process.stderr.read()).decode()
        await asyncio.sleep(0.01)
    await asyncio.sleep(seconds)
    assert process.returncode is None, "it must live until it is killed"
    process.kill()
    assert await process.wait() == -9
    await listening
    return steps


async def seated(house: House) -> None:
    """The offices, whoever works there, and somebody at each who only listens."""
    office = await Bureau(house).opens()
    for name, identifier in ((COUNTY, office.county), (CITY, office.city)):
        for lane in range(TOGETHER):
            await office.seats(officer(house, name, lane).address, identifier)
        await office.seats(f"{SILENT} {name}", identifier)


async def all_is_told(house: House, told: Path) -> None:
    """Whatever waits is delivered: leases have run out by now, and nothing can be taken back any more."""
    courier = Courier(house.conversation, {"web": Receiver(told)})
    house.now += UNDOABLE + timedelta(hours=1)
    for _ in range(3):
        while await courier.round():
            pass
        house.now += timedelta(hours=1)


def heard(unit: Unit, office: str) -> dict[int, str]:
    """What waits for whoever only listens at an office, by its number: its beginning and the number of the case.

    A door keeps the latest only: it is listened to after each life.
    """
    waits = notices.waiting(unit, "web", f"{SILENT} {office}")
    return {
        each.id: f"{each.message.text} {each.message.values['number']} {each.message.values.get('came', '')}"
        for each in waits
    }


async def test_nothing_stands_between_two_states_and_each_card_comes_once(
    database: Database, url: str, tmp_path: Path, crew: Workers
) -> None:
    house, told = House(database, tmp_path / "files", crew), tmp_path / "told"
    await seated(house)
    chance, acknowledged = random.Random(7), dict[str, str]()
    ever: dict[str, dict[int, str]] = {COUNTY: {}, CITY: {}}
    for life in range(1, KILLS + 1):
        acknowledged |= await live_and_die(
            url, house.files, life, told, chance.randrange(1, MOST), chance.uniform(0.0, 0.2)
        )
        found = await database.read(lambda unit: faults(unit, house.key))
        assert not found, "\n".join(found)
        await listened(database, ever)
    reached = Counter[str]()
    for case, step in acknowledged.items():
        stands = await database.read(lambda unit, case=case: standing(unit, case))
        assert NAMES.index(stands) - NAMES.index(step) in {0, 1}, (case, step, stands)  # what was on its way
        reached[stands] += 1
    assert len(reached) > 1 and reached.total() > reached["done"], "the kills must meet cases on their way"
    await all_is_told(house, told)
    await listened(database, ever)
    await each_once(house, told, ever)
    print(
        f"{KILLS} kills, {reached.total()} cases:",
        ", ".join(f"{n} {reached[n]}" for n in NAMES if reached[n]),
    )


async def listened(database: Database, ever: dict[str, dict[int, str]]) -> None:
    """Whoever only listens has heard what waits there by now."""
    for office, known in ever.items():
        known.update(await database.read(partial(heard, office=office)))


async def each_once(house: House, told: Path, ever: dict[str, dict[int, str]]) -> None:
    """Every card was put in once, and the door has the message by which each was settled."""
    messages = {line.split()[0] for line in told.read_text().splitlines()}

    def check(unit: Unit) -> None:
        sent = unit.connection.execute(select(tables.outbox)).all()
        assert {row.state for row in sent} == {"sent"}
        assert len({row.key for row in sent}) == len(sent)
        settled = [row.message for row in sent if row.message]
        assert len(set(settled)) == len(settled) and set(settled) <= messages
        rounds = unit.connection.execute(select(stay.c.round, stay.c.before)).all()
        came = Counter(ever[COUNTY].values())
        assert set(came.values()) == {1}
        assert came.total() == sum(row.round for row in rounds if row.before is None)
        passed = Counter(ever[CITY].values())
        assert set(passed.values()) <= {1}
        assert passed.total() == sum(row.before is not None for row in rounds)

    await house.database.read(check)
