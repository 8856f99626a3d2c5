"""A desk that orders what an office takes along, and whoever fetches it."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from bot.house.exporting import Exporting, NotExported
from dialogs.words import Words
from forms.loader import Source
from storage import exports
from storage.exports import Export, Kind
from tests.bot.house import offices
from tests.bot.household import SOURCE, House, Someone, library, stream

ROSTER = """\
sheets:
  - id: roster
    title: 小城名册
    roster: true
    columns:
      - {title: 序号, value: "{{ number }}"}
      - {title: 姓名, value: "{{ name }}"}
      - {title: 身份证号, value: "{{ id_number }}"}
documents:
"""
WITH_A_ROSTER = Source(
    {**SOURCE.files, "programme.yaml": SOURCE.files["programme.yaml"].replace("documents:\n", ROSTER)}
)


class Desk:
    """An office of a house with a clerk, and cases that lie there."""

    def __init__(self, house: House) -> None:
        self.house = house
        house.open(library(WITH_A_ROSTER))
        self.clerk = Someone(house, "clerk")
        self.nominees: dict[str, Someone] = {}

    async def opens(self, *nominees: str) -> list[str]:
        """Give the office its clerk and a case of each nominee: their ids."""
        self.office = await offices.opened(self.house)
        await self.clerk.begins()
        self.seat = await offices.seated(self.house, self.office, self.clerk)
        cases = []
        for address in nominees:
            someone = self.nominees[address] = Someone(self.house, address)
            await someone.fills()
            cases.append(await offices.case_of(someone))
            await offices.lies(self.house, cases[-1], self.office)
        return cases

    async def receives(self, address: str, scan: bytes) -> str:
        """A case that was filled in to its end and lies at the office: its id."""
        anna = self.nominees[address] = Someone(self.house, address)
        await anna.fills()
        found = await self.house.conversation.receive("web", address, "我的证书.png", stream(scan))
        await anna.take(file=found)
        await anna.presses("发完了", "没问题，生成", "属实，生成材料")
        case = await offices.case_of(anna)
        await offices.lies(self.house, case, self.office)
        return case

    @property
    def exporting(self) -> Exporting:
        return self.house.conversation.exports

    async def orders(self, *cases: str, kind: Kind = "packets") -> Export:
        """Order an export, as the clerk's deed does."""
        return await self.house.database.run(
            lambda unit: self.exporting.order(
                unit, self.office, self.seat, kind, "small", cases, self.house.now
            )
        )

    async def looks(self, export: Export) -> Export:
        found = await self.house.database.read(lambda unit: exports.find(unit, export.id))
        assert found
        return found

    async def makes(self, *cases: str, kind: Kind = "packets") -> Export:
        ordered = await self.orders(*cases, kind=kind)
        assert await self.exporting.make_next()
        return await self.looks(ordered)

    async def fetches(self, who: Someone, export: Export) -> bytes | None:
        found = await self.exporting.may_have(who.channel, who.address, export.id)
        if found is None:
            return None
        with (await self.exporting.kept(found)).open() as stream:
            return stream.read()

    async def refused(self, who: Someone, export: Export) -> str:
        """Why somebody cannot fetch what was ready once: a code."""
        with pytest.raises(NotExported) as refused:
            await self.exporting.may_have(who.channel, who.address, export.id)
        assert "再导出一次" in Words("zh")(refused.value.words), "with a way on"
        return refused.value.code

    async def rows(self, *cases: str) -> list[tuple[object, ...]]:
        """The table of cases, row by row."""
        content = await self.fetches(self.clerk, await self.makes(*cases, kind="table"))
        page = load_workbook(io.BytesIO(content or b"")).active
        assert page
        return list(page.iter_rows(values_only=True))

    def kept(self) -> list[str]:
        return [path.name for path in self.house.stored() if "exports" in path.parts]
