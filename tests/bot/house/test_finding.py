"""Cases are found at the desk by what staff type, each office its own, as they are at that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.house.finding import Finding, Twins
from storage import handing, stays
from storage.database import Database
from storage.stays import Stay
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive

KEY = b"only for tests, 32 bytes or more."
ID, OTHER_ID = "450122198409129963", "11010519491231002X"


class Office:
    """An office's search on a unit, with a clock that is told the time."""

    def __init__(self, unit: Unit, most: int = 10) -> None:
        self.now = 0.0
        self.unit = unit
        self.most = most
        self.finding = Finding(KEY, lambda: self.now)

    def get(self, name: str, employer: str, identity: str = "", at: str = "青秀", minutes: int = 0) -> Stay:
        row = receive(self.unit, at, name, employer, minutes)
        handing.findable(self.unit, row.case, self.finding.keys(name, identity, row.number))
        return row

    def finds(self, query: str, at: str = "青秀") -> list[str]:
        return list(self.finding.find(self.unit, at, query, self.most))


async def do(database: Database, work: Callable[[Office], None]) -> None:
    def within(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        work(Office(unit))

    await database.run(within)


async def test_numbers_names_parts_and_sounds_find_a_case(database: Database) -> None:
    def work(office: Office) -> None:
        row = office.get("覃小明", "柳州钢铁（集团）有限公司", ID)
        other = office.get("韦大宝", "南宁糖业", OTHER_ID)
        spoken = (
            "覃小明",
            "覃 小明",
            "小明",
            "钢铁",
            "柳州钢铁(集团)有限公司",
            "qinxiaoming",
            "tanxm",
            "QXM",
            "覃",
        )
        numbers = (row.number, row.number.replace("-", ""), f"编号{row.number}", f" {row.number[:6]}")
        identities = (ID, f"{ID[:6]} {ID[6:14]} {ID[14:]}", f"身份证号：{ID}")
        for query in (*spoken, *numbers, *identities):
            assert office.finds(query) == [row.id], query
        for query in (OTHER_ID, OTHER_ID.lower(), "11010519491231002ｘ"):
            assert office.finds(query) == [other.id], query

    await do(database, work)


@pytest.mark.parametrize(
    "query", ["", "  ", "，", "\u200b", "没有", ID[:17], ID[:6], ID[8:], "%", "_", "' OR 1=1", "x" * 500]
)
async def test_what_is_nothing_or_a_part_of_an_id_number_finds_nothing(
    database: Database, query: str
) -> None:
    def work(office: Office) -> None:
        office.get("覃小明", "柳州钢铁", ID)
        assert office.finds(query) == []

    await do(database, work)


async def test_what_is_so_called_comes_before_what_begins_so_and_what_holds_it_and_sounds_so(
    database: Database,
) -> None:
    def work(office: Office) -> None:
        sounds = office.get("王安", "糖厂")
        holds = office.get("韦王安平", "糖厂", minutes=1)
        begins = office.get("王安平", "糖厂", minutes=2)
        assert office.finds("王安") == [sounds.id, begins.id, holds.id]
        assert office.finds("wangan")[0] in {sounds.id, begins.id, holds.id}
        office.most = 2
        assert office.finds("王安") == [sounds.id, begins.id]

    await do(database, work)


async def test_an_office_finds_nothing_of_anothers(database: Database) -> None:
    def work(office: Office) -> None:
        row = office.get("覃小明", "柳州钢铁", ID, at="南宁")
        for query in ("覃小明", "小明", "钢铁", "柳州钢铁", "qxm", ID, row.number, row.number[:4]):
            assert office.finds(query) == [], query
            assert office.finds(query, "南宁") == [row.id], query

    await do(database, work)


async def test_what_came_left_or_was_handed_in_anew_is_known_at_the_next_search(database: Database) -> None:
    def work(office: Office) -> None:
        unit = office.unit
        row = office.get("覃小明", "钢厂")
        assert office.finds("小明") == [row.id]
        came = office.get("韦小明", "糖厂", minutes=60)
        assert office.finds("小明") == [came.id, row.id]
        late = office.get("张小明", "糖厂", minutes=60)  # at the very same moment
        assert set(office.finds("小明")) == {late.id, came.id, row.id}
        stays.decide(unit, late.id, 1, "passed", None, NOW + timedelta(minutes=61))
        assert set(office.finds("小明")) == {came.id, row.id}
        stays.decide(unit, row.id, 1, "returned", None, NOW + timedelta(minutes=62))
        handing.seal(unit, row.case, (), {"name": "覃大明", "unit": "钢厂"}, NOW)
        back = stays.one(unit, row.id)
        assert back
        stays.again(unit, back, 2, NOW + timedelta(minutes=63), 0, 0)
        assert office.finds("小明") == [came.id]
        assert office.finds("大明") == [row.id]
        assert stays.drop(unit, came.id)
        assert office.finds("小明") == []

    await do(database, work)


async def test_what_the_office_has_no_more_is_found_by_whole_values_alone(database: Database) -> None:
    def work(office: Office) -> None:
        row = office.get("覃小明", "钢厂", ID)
        assert office.finds("小明") == [row.id]
        stays.decide(office.unit, row.id, 1, "refused", None, NOW + timedelta(minutes=1))
        for query in ("覃小明", ID, row.number):
            assert office.finds(query) == [row.id], query
        for query in ("小明", "钢", "qxm", row.number[:5]):
            assert office.finds(query) == [], query

    await do(database, work)


async def test_an_index_is_let_go_of_when_nobody_searches_and_read_anew_in_time(database: Database) -> None:
    def work(office: Office) -> None:
        row = office.get("覃小明", "钢厂")
        for now in (0.0, 9e3, 18e3, 27e3, 90e3, 1e6):
            office.now = now
            assert office.finds("小明") == [row.id]
        office.finds("小明", "南宁")
        assert set(office.finding._drawers) == {"青秀", "南宁"}
        office.now += 20e3
        office.finds("小明", "南宁")
        assert set(office.finding._drawers) == {"南宁"}

    await do(database, work)


async def test_a_search_reads_beside_whoever_writes(database: Database) -> None:
    rows: list[Stay] = []

    def work(unit: Unit) -> None:
        found(unit, "青秀")
        rows.append(receive(unit, "青秀", "覃小明"))

    await database.run(work)
    finding = Finding(KEY)
    assert await database.read(lambda unit: finding.find(unit, "青秀", "qinxm", 10)) == (rows[0].id,)


def test_keys_are_the_same_for_what_is_only_written_otherwise_and_tell_nothing_of_another_kind() -> None:
    finding = Finding(KEY)
    one = finding.keys("阿依古丽·买买提", "11010519491231002x", "1234-5678")
    assert one == finding.keys(" 阿依古丽•买买提", "11010519491231002X", "１２３４５６７８")
    assert set(one) == {"name", "id", "number"}
    assert len({*one.values(), finding.unit_key("阿依古丽·买买提")}) == 4
    assert all(len(each) == 64 for each in one.values())
    assert finding.keys("", "", "") == {}
    assert finding.unit_key(" ") == ""
    assert finding.unit_key("柳州钢铁（集团）有限公司") == finding.unit_key("柳州钢铁(集团)有限公司 ")
    assert Finding(b"another").keys("覃", "", "") != finding.keys("覃", "", "")


async def test_twins_have_the_same_id_number_in_the_same_programme(database: Database) -> None:
    def work(office: Office) -> None:
        one, two = office.get("覃小明", "钢厂", ID), office.get("覃晓明", "糖厂", ID)
        office.get("覃小明", "钢厂", OTHER_ID)
        office.get("覃小明", "钢厂", ID, at="南宁")
        twins = office.finding.twins(office.unit, one.case, "small", "青秀")
        assert twins == Twins((two.id,), 1)

    await do(database, work)
