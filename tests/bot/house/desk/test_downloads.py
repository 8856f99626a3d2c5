"""Who fetched what of a case stands in its trail: once a day of each seat, and before the bytes leave the house."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from bot.house.exporting import NotExported
from bot.house.trailing import OPERATOR
from dialogs.desk.staging import STAGE_LIST
from dialogs.turn import Table
from storage import seats, stays, trail
from storage.trail import Entry
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau, hands_in
from tests.bot.house.offices import person_of
from tests.bot.household import House, Someone

FETCHED = ("fetched", "downloaded", "exported")


async def told(house: House, chain: str = "") -> list[Entry]:
    """What was fetched of every case, or of one chain."""

    def look(unit: Unit) -> list[Entry]:
        chains = [chain] if chain else sorted({row.case for row in unit.connection.execute(stays.ROWS)})
        return [each for one in chains for each in trail.entries(unit, one) if each.kind in FETCHED]

    return await house.database.read(look)


async def opened(house: House) -> tuple[Bureau, Someone, Someone]:
    """A clerk with a case open, and whoever it is about."""
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await hands_in(house)
    await clerk.take()
    await clerk.presses("陆建华")
    return bureau, clerk, anna


async def test_each_document_and_scan_that_staff_fetch_is_told_once_a_day(house: House) -> None:
    _, clerk, anna = await opened(house)
    documents = [card.document for card in clerk.screen.cards]
    for _ in range(2):
        for each in documents:
            assert (await house.conversation.document("web", clerk.address, each)).content
    await clerk.presses("逐项看", "看：证书")
    (scan,) = clerk.screen.cards
    file = scan.document.removeprefix("file_")
    downloads = house.conversation.staff.downloads
    assert await downloads.evidence("web", clerk.address, file)
    assert await downloads.evidence("web", clerk.address, file)
    found = await told(house)
    assert Counter(each.about for each in found) == Counter([*documents, file])
    assert {(each.kind, each.name) for each in found} == {("fetched", "韦经办")}
    house.now += timedelta(days=1)
    assert await downloads.evidence("web", clerk.address, file)
    assert Counter(each.about for each in await told(house))[file] == 2
    assert (await house.conversation.document("web", anna.address, "application")).content
    assert len(await told(house)) == len(found) + 1, "what is one's own is no entry"


async def test_an_auditor_who_looks_at_a_document_is_told_too(house: House) -> None:
    bureau, clerk, _ = await opened(house)
    auditor = await bureau.seats("覃督", bureau.county, "auditor")
    await auditor.take()
    await auditor.says("陆建华")
    await auditor.presses("陆建华")
    await house.conversation.document("web", auditor.address, clerk.screen.cards[0].document)
    assert [each.name for each in await told(house)] == ["覃督"]


async def test_what_nobody_may_have_is_no_entry(house: House) -> None:
    _, clerk, anna = await opened(house)
    downloads = house.conversation.staff.downloads
    with pytest.raises(LookupError):
        await downloads.document("web", clerk.address, "nothing")
    assert await downloads.evidence("web", clerk.address, "f" * 32) is None
    assert await downloads.export("web", clerk.address, "f" * 32) is None
    assert await downloads.evidence("web", anna.address, "f" * 32) is None
    assert await told(house) == []


async def test_an_export_is_told_in_every_case_in_it_by_whoever_downloads_it(house: House) -> None:
    bureau, clerk, _ = await opened(house)
    await hands_in(house, "berta")
    head = await bureau.seats("黄主任", bureau.county, "head")
    await clerk.says("看板")
    await clerk.presses("更多", "导出表格和材料包", "全部材料包")
    assert await house.conversation.exports.make_next()
    await clerk.take()
    (card,) = clerk.screen.cards
    ready = card.address.rpartition("/")[2]
    downloads = house.conversation.staff.downloads
    for someone in (clerk, clerk, head):
        assert await downloads.export("web", someone.address, ready)
    found = Counter((each.kind, each.name, each.about) for each in await told(house))
    assert found == {
        ("exported", "韦经办", ready): 2,
        ("downloaded", "韦经办", ready): 2,
        ("downloaded", "黄主任", ready): 2,
    }


async def test_what_the_operator_takes_along_is_told_and_not_laid_at_the_persons_door(house: House) -> None:
    _, clerk, _ = await opened(house)
    downloads = house.conversation.staff.downloads
    with pytest.raises(NotExported):
        await downloads.at_once(COUNTY, "small", "packets", ["another"])
    assert await told(house) == []
    await downloads.at_once(COUNTY, "small", "packets")
    (entry,) = await told(house)
    assert (entry.kind, entry.seat, entry.about) == ("exported", "", OPERATOR)
    await clerk.presses("经过")
    (table,) = (part for part in clerk.screen.parts if isinstance(part, Table))
    assert table.rows[-1].cells[1:] == ("系统管理员", "导出了材料")


async def test_the_list_that_is_put_up_is_told_in_the_offices_own_chain(house: House) -> None:
    bureau, clerk, _ = await opened(house)

    def seat(unit: Unit, person: str) -> str:
        return seats.of_person(unit, person)[0].id

    person = await person_of(clerk)
    await downloads_told(house, clerk)
    own = await house.database.read(lambda unit: seat(unit, person))
    assert [(each.about.split(" ")[0], each.seat) for each in await told(house, bureau.county)] == [
        (STAGE_LIST, own)
    ]


async def downloads_told(house: House, clerk: Someone) -> None:
    """As though the list had been printed: what is printed there is tried elsewhere."""
    await house.conversation.staff.downloads._told("web", clerk.address, STAGE_LIST)
