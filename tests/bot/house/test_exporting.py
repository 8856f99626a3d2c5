"""Exports of an office: ordered by whoever sits there, made under a lease, kept for a while and only for them."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import threading
import zipfile
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from bot.house.exporting import NotExported
from bot.house.packing import Packing
from bot.house.taken_along import told
from dialogs.words import Words
from storage import exports
from storage.exports import KEPT
from storage.unit import Unit
from tests.bot.house import offices
from tests.bot.house.order_desk import Desk
from tests.bot.household import House, Someone, library, picture


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


async def test_packets_are_made_and_fetched_by_whoever_sits_at_the_office(desk: Desk) -> None:
    one, two = await desk.opens("anna", "ben")
    ordered = await desk.orders(two, one, two)
    assert (ordered.state, ordered.cases, Words("zh")(told(ordered))) == (
        "waiting",
        (two, one),
        "在排队，马上开始做。共2份。",
    )
    assert await desk.fetches(desk.clerk, ordered) is None
    assert await desk.exporting.make_next() and not await desk.exporting.make_next()
    ready = await desk.looks(ordered)
    assert (ready.state, ready.done, ready.expires) == ("ready", 2, desk.house.now + KEPT)
    content = await desk.fetches(desk.clerk, ready)
    assert content is not None
    assert (ready.size, ready.digest) == (len(content), hashlib.sha256(content).hexdigest())
    assert ready.name == "小城工匠申报材料-小城总工会-2份-2026-06-15.zip"
    assert f"做好了：{ready.name}" in Words("zh")(told(ready))
    opened = zipfile.ZipFile(io.BytesIO(content))
    listed = json.loads(opened.read("manifest.json"))
    assert [each["case"] for each in listed["cases"]] == [two, one]
    assert [each["lacking"] for each in listed["cases"]] == [[], []]
    assert opened.read("001 陆建华/01 陆建华申请表.pdf").startswith(b"%PDF")
    assert desk.kept() == [ready.file]


SCAN = picture((900, 1200))


async def test_scans_lie_beside_the_documents_as_they_came(desk: Desk) -> None:
    await desk.opens()
    content = await desk.fetches(desk.clerk, await desk.makes(await desk.receives("anna", SCAN)))
    assert content
    opened = zipfile.ZipFile(io.BytesIO(content))
    assert opened.read("001 陆建华/扫描件、照片和视频/01 证书.jpg") == SCAN
    files = json.loads(opened.read("manifest.json"))["files"]
    assert [each["sent_as"] for each in files if "sent_as" in each] == ["我的证书.png"]


async def test_what_is_said_after_handing_in_is_not_the_offices_until_it_is_handed_in_again(
    desk: Desk,
) -> None:
    await desk.opens()
    case = await desk.receives("anna", SCAN)
    await offices.says(desk.house, case, name="莫振邦")
    before = await desk.rows(case)
    await offices.again(desk.house, case)
    assert [row[1] for row in (before[-1], (await desk.rows(case))[-1])] == ["陆建华", "莫振邦"]


async def test_what_was_handed_in_in_time_is_no_sample_when_the_office_looks_later(desk: Desk) -> None:
    (two,) = await desk.opens("ben")
    one = await desk.receives("anna", SCAN)
    desk.house.now += timedelta(days=60)
    marks = [
        {cell for row in await desk.rows(case) for cell in row if cell in ("样张", "草稿")}
        for case in (one, two)
    ]
    assert marks == [set(), {"草稿"}]


async def test_a_table_has_the_cases_in_the_order_of_the_selection(desk: Desk) -> None:
    one, two = await desk.opens("anna", "ben")
    ready = await desk.makes(two, one, kind="table")
    assert ready.name == "小城名册-小城总工会-2份-2026-06-15.xlsx"
    page = load_workbook(io.BytesIO(await desk.fetches(desk.clerk, ready) or b"")).active
    assert page
    rows = list(page.iter_rows(values_only=True))
    assert [row[:3] for row in rows[-2:]] == [
        ("1", "陆建华", "450122198409129963"),
        ("2", "陆建华", "450122198409129963"),
    ]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}


async def test_what_cannot_be_exported_is_refused_in_words(desk: Desk) -> None:
    (case,) = await desk.opens("anna")
    elsewhere = await offices.opened(desk.house, "大城总工会")
    ben = Someone(desk.house, "ben")
    await ben.fills()
    other = await offices.case_of(ben)
    await offices.lies(desk.house, other, elsewhere)
    for wanted, code, words in (
        ((), "export_empty", "还没有选申报"),
        ((case, other), "export_foreign", "不在您这里了"),
        (("nobody",), "export_foreign", "不在您这里了"),
    ):
        with pytest.raises(NotExported) as refused:
            await desk.orders(*wanted)
        assert refused.value.code == code and words in Words("zh")(refused.value.words)
    await offices.withdrawn(desk.house, case)
    with pytest.raises(NotExported):
        await desk.orders(case)
    assert await desk.house.rows("export") == 0
    desk.house.open(library())
    with pytest.raises(NotExported, match="export_foreign"):
        await desk.orders(case, kind="table")
    await offices.withdrawn(desk.house, other)
    await offices.lies(desk.house, other, desk.office)
    with pytest.raises(NotExported, match="export_no_table"):
        await desk.orders(other, kind="table")


async def test_only_a_standing_seat_at_that_office_fetches_it_and_only_in_time(desk: Desk) -> None:
    (case,) = await desk.opens("anna")
    ready = await desk.makes(case)
    colleague, auditor, stranger = (
        Someone(desk.house, name) for name in ("colleague", "auditor", "stranger")
    )
    for each in (colleague, auditor, stranger):
        await each.begins()
    await offices.seated(desk.house, desk.office, colleague)
    await offices.seated(desk.house, desk.office, auditor, "auditor")
    await offices.seated(desk.house, await offices.opened(desk.house, "大城总工会"), stranger)
    assert await desk.fetches(colleague, ready) and await desk.fetches(desk.clerk, ready)
    for other in (auditor, stranger, Someone(desk.house, "anna"), Someone(desk.house, "nobody")):
        assert await desk.fetches(other, ready) is None
    await offices.unseated(desk.house, desk.seat)
    assert await desk.fetches(desk.clerk, ready) is None
    desk.house.now += KEPT
    assert await desk.refused(colleague, ready) == "export_over"
    assert await desk.fetches(stranger, ready) is None, "who never might learns nothing"
    await desk.exporting.sweep()
    assert (await desk.looks(ready)).state == "expired" and desk.kept() == []
    assert await desk.refused(colleague, ready) == "export_over"
    assert "过期" in Words("zh")(told(await desk.looks(ready)))


async def test_an_export_ends_with_what_somebody_in_it_deletes(desk: Desk) -> None:
    one, two = await desk.opens("anna", "ben")
    ready = await desk.makes(one, two)
    await offices.withdrawn(desk.house, two)  # what lies at an office waits for its word
    assert await desk.house.conversation.forget("web", "ben")
    assert await desk.refused(desk.clerk, ready) == "export_recalled"
    await desk.exporting.sweep()
    assert (await desk.looks(ready)).state == "recalled" and desk.kept() == []
    assert await desk.refused(desk.clerk, ready) == "export_recalled"
    assert "不能再下载" in Words("zh")(told(await desk.looks(ready)))
    assert await desk.fetches(desk.clerk, await desk.makes(one)), "and it is made anew without"


@pytest.mark.parametrize("state", ["returned", "accepted", "passed", "refused"])
async def test_what_was_taken_along_while_it_was_here_stays_the_offices(desk: Desk, state: str) -> None:
    (case,) = await desk.opens("anna")
    ready = await desk.makes(case)
    await offices.now_is(desk.house, case, state)
    await desk.exporting.sweep()
    assert await desk.fetches(desk.clerk, ready)


async def test_what_is_recalled_while_it_is_made_is_made_anew_without_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = await desk.opens("anna", "ben")
    ordered = await desk.orders(one, two)
    packs = Packing.pieces
    recalled = False

    async def recalls(self: Packing) -> AsyncGenerator[bytes, None]:
        nonlocal recalled
        if not recalled:
            recalled = True
            await offices.withdrawn(desk.house, two)
            await desk.house.database.run(lambda unit: exports.recall(unit, [two], desk.office))
        async for piece in packs(self):
            yield piece

    monkeypatch.setattr(Packing, "pieces", recalls)
    assert await desk.exporting.make_next()
    assert (await desk.looks(ordered)).state == "waiting"
    assert await desk.exporting.make_next()
    content = await desk.fetches(desk.clerk, await desk.looks(ordered))
    assert content
    listed = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("manifest.json"))["cases"]
    assert [bool(each["lacking"]) for each in listed] == [False, True]


async def test_only_the_office_that_has_lost_a_case_loses_what_it_took_along(desk: Desk) -> None:
    (case,) = await desk.opens("anna")
    ready = await desk.makes(case)
    recall = desk.house.database.run
    assert not await recall(lambda unit: exports.recall(unit, [case], "another"))
    assert not await recall(lambda unit: exports.recall(unit, ["another"], desk.office))
    assert await desk.fetches(desk.clerk, ready)
    assert await recall(lambda unit: exports.recall(unit, [case], desk.office))
    assert await desk.refused(desk.clerk, ready) == "export_recalled"


async def test_what_is_gone_or_taken_back_meanwhile_is_named_and_all_of_it_gone_is_told(desk: Desk) -> None:
    one, two, three = await desk.opens("anna", "ben", "carl")
    ordered = await desk.orders(one, two, three)
    await offices.withdrawn(desk.house, two)
    assert await desk.exporting.make_next()
    content = await desk.fetches(desk.clerk, await desk.looks(ordered))
    assert content
    told_of = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("manifest.json"))["cases"]
    assert [each["lacking"] for each in told_of] == [[], [{"what": "", "why": "这份申报撤回了"}], []]
    again = await desk.orders(one)
    await offices.withdrawn(desk.house, one)
    assert await desk.exporting.make_next()
    failed = await desk.looks(again)
    assert (failed.state, failed.name) == ("failed", "export_gone")
    assert Words("zh")(told(failed)) == "选中的申报都已经不在了，没有可以导出的。"


async def test_what_waits_is_begun_by_nobody_while_a_case_of_it_is_leaving(desk: Desk) -> None:
    """Else its maker would still find the case at the office, and whoever takes it back would find nothing in the making."""
    (case,) = await desk.opens("anna")
    await desk.orders(case)
    leaving, left = threading.Event(), threading.Event()

    def leave(unit: Unit) -> None:
        exports.recall(unit, (case,), desk.office)
        leaving.set()
        left.wait(20)

    run, now = desk.house.database.run, desk.house.now
    gone = asyncio.ensure_future(run(leave))
    await asyncio.to_thread(leaving.wait, 20)
    begun = asyncio.ensure_future(run(lambda unit: exports.claim(unit, now)))
    await asyncio.wait({begun}, timeout=0.3)
    assert not begun.done() or begun.result() is None
    left.set()
    await gone
    assert await begun or await run(lambda unit: exports.claim(unit, now))
