"""kill -9 at a chosen call of the system in a case of five people: nothing is lost, doubled, or shown to the wrong person.

A case is first played undisturbed under `strace`, which writes down every call that changes a file, or that goes to
PostgreSQL. Of those the points are chosen, some of each kind, evenly over the whole case. Each point has a case of its
own: the process is killed as it makes that call, some lives after it are killed as well, and the last plays the case to
its end. What was sent and acknowledged, and what stood on each Screen, is noted here, outside of what is killed.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from storage import tables
from storage.database import open_engine
from tests.bot.house.desk.deaths import Case, Ledger, Point, points_of
from tests.bot.house.desk.grounds import Ground, on_postgresql, on_sqlite
from tests.bot.house.desk.whole_case import SCRIPT
from tests.storage.servers import PostgreSQL

#: More in `make soak`.
KILLS = int(os.environ.get("JIANGJIAN_CASE_KILLS", "4"))
#: After every so manieth kill the life that comes next is killed as well, at one of its first calls.
_EARLY, _FIRST = 4, 40
#: Of the kills so many may meet nothing that was sent and not acknowledged, beside those between an answer and a step.
_IDLE = 0.2


@pytest.fixture(params=["sqlite", "postgresql"])
async def ground(request: pytest.FixtureRequest, tmp_path: Path) -> Ground:
    if request.param == "sqlite":
        return await on_sqlite(tmp_path)
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    return await on_postgresql(tmp_path, server, request.getfixturevalue("postgresql_up_to_date"))


async def test_a_case_of_five_people_survives_a_kill_at_any_call(ground: Ground) -> None:
    with ground.place("undisturbed") as place:
        undisturbed = Case(place, Ledger())
        await undisturbed.lives(looking=True)
        wanted = await undisturbed.portrait()
    with ground.place("traced") as place:
        traced = Case(place, Ledger())
        log = await traced.lives(traced=True)
        assert await traced.faults(undisturbed.ledger, wanted) == []
    chance, killed, idle, missed, faults = random.Random(5), Counter[str](), 0, 0, list[str]()
    points = points_of(log, KILLS)
    for number, point in enumerate(points, 1):
        with ground.place(str(number)) as place:
            case = Case(place, Ledger())
            deaths = [point]
            if number % _EARLY == 0:
                deaths.append(Point(point.call, chance.randrange(1, _FIRST), point.kind))
            for each in deaths:
                if hit := await case.dies(each):
                    killed[hit] += 1
                    idle += case.ledger.sent is None and "answers" not in hit
                else:
                    missed += 1
                    if each is point and point.nth > 1:  # that thread has done less this time
                        points.append(Point(point.call, point.nth // 2, point.kind))
            await case.lives()
            found = await case.faults(undisturbed.ledger, wanted)
        faults += [f"{number}, killed at {deaths}: {each}" for each in found]
        print(f"{number}: {point} {'; '.join(found) or 'no fault'}", flush=True)
    print(f"{killed.total()} kills, {idle} with nothing in flight, {missed} points not reached:")
    print(", ".join(f"{kind} {count}" for kind, count in sorted(killed.items())), flush=True)
    assert not faults, "\n".join(faults)
    assert killed.total() >= 0.9 * KILLS
    assert idle <= max(1, _IDLE * killed.total()), "the kills must meet work to prove anything"


@pytest.mark.parametrize("ground", ["sqlite"], indirect=True)
async def test_an_answer_that_is_lost_or_counts_twice_is_found(ground: Ground) -> None:
    """Whoever judges the others is judged: a house that forgets, and one that is told something twice."""
    with ground.place("undisturbed") as place:
        undisturbed = Case(place, Ledger())
        await undisturbed.lives(looking=True)
        wanted = await undisturbed.portrait()
    told = SCRIPT.index(next(each for each in SCRIPT if each.what == "书法"))

    async def of(*, forgets: bool = False, repeats: bool = False) -> str:
        with ground.place("harmed") as place:
            case = Case(place, Ledger())
            links = 2  # each is a line of its own
            await case.dies(Point("writev", 2 * told + links + 1, "answers"))
            assert case.ledger.number == told
            if forgets:  # it was acknowledged, says the ledger, and no row knows of it
                case.ledger.number, case.ledger.sent = told + 1, None
            await case.lives()
            if repeats:
                once_more(place.url)
            return "\n".join(await case.faults(undisturbed.ledger, wanted))

    assert await of() == ""
    assert "lost" in await of(forgets=True)
    assert "doubled" in await of(repeats=True)


def once_more(url: str) -> None:
    """The last that happened stands twice."""
    columns = [each for each in tables.event.c if each.name != "id"]
    last = select(*columns).order_by(tables.event.c.id.desc()).limit(1)
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(tables.event).from_select([each.name for each in columns], last))
    engine.dispose()
