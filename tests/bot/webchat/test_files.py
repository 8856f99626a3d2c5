"""Files in, previews and documents out, all of it only one's own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.house.intake import Intake
from bot.webchat.documents import disposition
from bot.webchat.policy import Pace
from forms.attachment import Attachment
from forms.library import BUILT_IN
from forms.sheet import XLSX
from tests.bot.webchat.caller import Caller, Line

FILES = BUILT_IN / "_shared" / "files"
PHOTO = FILES / "photo-white.jpg"


async def begun(caller: Caller) -> Line:
    line = await caller.connects()
    await line.begins()
    return line


async def test_a_photo_goes_up_and_its_preview_comes_back(caller: Caller) -> None:
    await begun(caller)
    answer = await caller.sends(quote("照片 一.jpg"), PHOTO.read_bytes())
    assert answer.status == 201
    facts = await answer.json()
    assert (facts["name"], facts["media"], facts["trouble"]) == ("照片 一.jpg", "image", None)
    preview = await caller.get(f"/files/{facts['file']}")
    assert preview.content_type == "image/jpeg"
    assert "sandbox" in preview.headers["Content-Security-Policy"]
    assert preview.headers["Cache-Control"] == "private, no-cache"
    assert Image.open(BytesIO(await preview.read())).format == "JPEG"


@pytest.mark.parametrize("name", ["证书;甲;乙.jpg", "“甲”,乙=丙.jpg", "50%3B.jpg", "a+b;.jpg"])
async def test_a_name_comes_in_as_it_is(caller: Caller, name: str) -> None:
    """Parts of a form would lose some of them (`findings/aiohttp-semicolons-in-names.sh`)."""
    await begun(caller)
    answer = await caller.sends(quote(name), PHOTO.read_bytes())
    assert (await answer.json())["name"] == name


async def test_a_file_is_said_by_its_id(caller: Caller) -> None:
    line = await begun(caller)
    facts = await (await caller.sends("a.jpg", PHOTO.read_bytes())).json()
    await line.says(file=facts["file"])
    assert "文件" in line.text


async def test_another_persons_file_does_not_exist(caller: Caller, other: Caller) -> None:
    await begun(caller)
    theirs = await begun(other)
    file = (await (await caller.sends("a.jpg", PHOTO.read_bytes())).json())["file"]
    assert (await caller.get(f"/files/{file}")).status == 200
    assert (await other.get(f"/files/{file}")).status == 404
    assert (await theirs.says(file=file))["error"] == "not_found"


@pytest.mark.parametrize("file", ["nothing", "%2e%2e%2fjiangjian.sqlite", "a/b", "%00", "f" * 4000])
async def test_ids_of_no_file(caller: Caller, file: str) -> None:
    await begun(caller)
    assert (await caller.get(f"/files/{file}")).status in (400, 404)


async def test_before_consent_no_file_is_taken(caller: Caller) -> None:
    await caller.get("/")
    assert (await (await caller.sends("a.jpg", PHOTO.read_bytes())).json())["error"] == "not_begun"


async def test_an_upload_wants_a_name_and_bytes(caller: Caller) -> None:
    await begun(caller)
    assert (await (await caller.sends("", b"x")).json())["error"] == "bad_request"
    assert (await (await caller.sends("a.jpg", b"")).json())["error"] == "empty"


@pytest.mark.parametrize("streamed", [False, True])
async def test_an_upload_has_an_end(opens: Any, streamed: bool) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(64):
            yield b"x" * 1024

    async with Caller(await opens(max_file=10_000)) as caller:
        await begun(caller)
        refused = await caller.sends("a.jpg", endless() if streamed else b"x" * 10_001)
        assert refused.status == 413
        assert (await refused.json())["error"] == "too_large"


async def test_an_upload_that_stalls_is_given_up(opens: Any) -> None:
    async def stalls() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.sleep(2)

    async with Caller(await opens(upload_patience=0.2)) as caller:
        await begun(caller)
        refused = await caller.sends("a.jpg", stalls())
        assert refused.status == 408


async def test_uploads_have_a_pace(opens: Any) -> None:
    async with Caller(await opens(uploads=Pace(1, 1))) as caller:
        await begun(caller)
        await caller.sends("a.jpg", PHOTO.read_bytes())
        refused = await caller.sends("a.jpg", PHOTO.read_bytes())
        assert refused.status == 429
        assert 0 < int(refused.headers["Retry-After"]) <= 60


async def test_a_document_opens_and_saves_under_its_chinese_name(caller: Caller) -> None:
    line = await begun(caller)
    await line.presses("个人自主申报")
    await line.says(text="检查答案")
    card = next(card for card in line.screen["cards"] if card["document"] == "application")
    shown = await caller.get("/documents/application.pdf")
    assert (await shown.read()).startswith(b"%PDF")
    assert shown.headers["Content-Disposition"].startswith("inline;")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    saved = await caller.get("/documents/application.pdf?save")
    assert saved.headers["Content-Disposition"].startswith("attachment;")
    assert quote(card["filename"]) in saved.headers["Content-Disposition"]

    count = (await (await caller.get("/documents/application.pages")).json())["pages"]
    assert count > 1
    for page in (1, count):
        drawn = await caller.get(f"/documents/application/{page}.jpg")
        assert drawn.content_type == "image/jpeg"
        assert drawn.headers["Cache-Control"] == "private, no-store"
        picture = Image.open(BytesIO(await drawn.read()))
        assert (picture.format, picture.width) == ("JPEG", 1080)
    for page in (0, count + 1):
        assert (await caller.get(f"/documents/application/{page}.jpg")).status == 404


async def test_a_document_of_nobody_or_not_due(caller: Caller, other: Caller) -> None:
    line = await begun(caller)
    await line.presses("个人自主申报")
    await other.get("/")
    assert (await caller.get("/documents/nothing.pdf")).status == 404
    assert (await other.get("/documents/application.pdf")).status == 404
    assert (await other.get("/documents/application.pages")).status == 404
    assert (await other.get("/documents/application/1.jpg")).status == 404
    told = await other.get("/documents/application.pdf", headers={"Accept": "text/html,*/*"})
    assert told.content_type == "text/plain"
    assert "没有找到" in await told.text()


def test_a_file_name_cannot_break_out_of_its_header() -> None:
    header = disposition("attachment", '陆"建华\r\nSet-Cookie: x.pdf')
    assert "\r" not in header
    assert header.count('"') == 2


async def test_a_code_needs_something_to_continue(caller: Caller) -> None:
    await caller.get("/")
    assert (await (await caller.post("/resume/code")).json())["error"] == "no_case"


async def test_a_sheet_is_saved_as_a_spreadsheet_and_has_no_pages(caller: Caller) -> None:
    line = await caller.connects()
    await line.presses("同意")
    await line.presses("2025年度“柳州工匠”")
    await line.presses("个人自荐")
    await line.says(text="检查答案")
    card = next(card for card in line.screen["cards"] if card["document"] == "summary")
    assert card["format"] == "xlsx"
    saved = await caller.get("/documents/summary.xlsx?save")
    assert saved.content_type == XLSX
    assert saved.headers["Content-Disposition"].startswith('attachment; filename="document.xlsx"')
    assert quote(card["filename"]) in saved.headers["Content-Disposition"]
    assert load_workbook(BytesIO(await saved.read())).active
    for wrong in ("summary.pdf", "summary.pages", "summary/1.jpg", "application.xlsx"):
        assert (await caller.get(f"/documents/{wrong}")).status == 404


async def test_what_was_cleared_while_it_went_up_is_told_so(
    caller: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = await begun(caller)
    arrived, goes_on = asyncio.Event(), asyncio.Event()
    settle = Intake._settled

    async def held(intake: Intake, *known: Any) -> Attachment:
        arrived.set()
        await goes_on.wait()
        return await settle(intake, *known)

    monkeypatch.setattr(Intake, "_settled", held)
    sending = asyncio.create_task(caller.sends("a.jpg", PHOTO.read_bytes()))
    await arrived.wait()
    await line.says(text="重新开始")
    await line.presses("清空，重新开始")
    goes_on.set()
    told = await (await sending).json()
    assert told["error"] == "cleared"
    assert "再发一次" in told["say"]["zh"]
