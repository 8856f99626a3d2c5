"""The stages after handing in, walked from the desk: Nanning's ratios, Guilin's reserve, and what does not count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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


async def test_nanning_is_walked_from_the_first_sifting_to_the_title(house: House) -> None:
    """Four nominees for 25 places, so that the numbers bar nobody: each stage is begun, decided, closed."""
    way = await walk(house, NANNING, 4)
    await way.course()
    assert "评选进度" in way.said and "开始“初审”" in way.labels
    await way.head.presses("开始“初审”")
    assert "名额25个，按1:2：25 × 2 = 50，最多50人（五（二）1）。" in way.said
    await way.head.presses("开始")
    assert way.rows[0] == ("第01人", "还没定")
    await way.head.presses("通过：第02人", "通过：第01人", "通过：第03人", "取消：第01人", "通过：第01人")
    assert way.rows == [
        ("第01人", "通过，第3"),
        ("第02人", "通过，第1"),
        ("第03人", "通过，第2"),
        ("第04人", "还没定"),
    ]
    assert "初审：通过3人、还没定1人。" in way.said
    await way.course()
    await way.head.presses("结束“初审”")
    assert "还有1人没有定，结束的时候都记为未通过。" in way.said
    await way.head.presses("没定的都记为未通过")
    assert {each for each, _ in await way.moved()} == set(way.cases)
    for stage in ("专家评审", "市总工会评定", "领导小组审定"):
        await way.head.presses(f"开始“{stage}”", "开始", "都通过")
        await way.course()
        await way.head.presses(f"结束“{stage}”", "结束")
    await way.head.presses("开始“公示5个工作日”")
    assert "到2026年9月8日为止" in way.said
    await way.head.presses("今天", "照上一步的名次列入名单")
    assert way.rows == [("第02人", "在名单上，第1"), ("第03人", "在名单上，第2"), ("第01人", "在名单上，第3")]
    (card,) = way.head.screen.cards
    printed = await house.conversation.document("web", way.head.address, card.document)
    assert printed.pages == 1
    await way.course()
    await way.head.presses("结束“公示5个工作日”", "结束")
    assert "公示到2026年9月8日才满" in way.said
    house.now = NOW + timedelta(days=7)
    await way.course()
    await way.head.presses("结束“公示5个工作日”", "结束", "开始“命名25人”", "开始", "全部命名（3人）")
    assert [how for _, how in way.rows] == ["已命名，第1", "已命名，第2", "已命名，第3"]
    await way.course()
    await way.head.presses("结束“命名25人”", "结束")
    assert "各步都走完了。" in way.said
