"""What people send and what is printed for them: within limits, made once, and only ever their own."""

from __future__ import annotations

import asyncio
import io
import zipfile

import pytest
from openpyxl import load_workbook

from bot.house.afterwards import Shown
from bot.house.documents import ZIP
from bot.house.intake import NotBegun
from bot.house.preparing import Preparing
from bot.workshop.rehearsal import pdf_text
from forms.inspection import Caps
from forms.loader import Source, first_edition
from forms.packet import BUNDLE, PACKET
from forms.printing.renderer import RenderFailed
from forms.printing.workers import Unanswered, Workers
from forms.sheet import XLSX
from storage.uploads import Quota, QuotaExceeded
from tests.bot.household import SOURCE, House, Someone, library, picture, stream

SHEET = """\
sheets:
  - id: table
    title: 汇总表
    columns:
      - {title: 姓名, value: "{{ name }}"}
      - {title: 工种, value: "{{ trade }}"}
documents:
  - {id: table, title: 汇总表, sheet: table, filename: "{{ name }}汇总表"}
"""
WITH_A_SHEET = Source(
    {
        **SOURCE.files,
        "programme.yaml": SOURCE.files["programme.yaml"].replace("documents:\n", SHEET),
    }
)


# Files


async def test_a_picture_is_kept_inspected_and_shown_to_its_owner_only(house: House, anna: Someone) -> None:
    await anna.begins()
    receive = house.conversation.receive
    attachment = await receive("web", "anna", "证书.jpg", stream(picture()))
    assert (attachment.media, attachment.trouble, attachment.width) == ("image", None, 600)
    assert [path.name for path in house.stored()] == [attachment.file]
    assert await house.conversation.attachment("web", "anna", attachment.file) == attachment
    preview = await house.conversation.photo("web", "anna", attachment.file)
    assert preview and preview.startswith(b"\xff\xd8")
    await Someone(house, "ben").begins()
    for address in ("ben", "nobody"):
        assert await house.conversation.attachment("web", address, attachment.file) is None
        assert await house.conversation.photo("web", address, attachment.file) is None
    assert await house.conversation.attachment("web", "anna", "../../etc/passwd") is None


async def test_no_file_is_blamed_for_a_machine_that_is_too_busy_to_look_at_it(
    house: House, anna: Someone, crew: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unanswered(*_: object, **__: object) -> None:
        raise Unanswered

    await anna.begins()
    receive = house.conversation.receive
    with monkeypatch.context() as busy:
        busy.setattr(crew, "run", unanswered)
        with pytest.raises(Unanswered):
            await receive("web", "anna", "a.jpg", stream(picture()))
    assert house.stored() == []
    assert await house.rows("file") == 0
    assert (await receive("web", "anna", "a.jpg", stream(picture()))).trouble is None


async def test_a_broken_file_is_known_but_not_kept(house: House, anna: Someone) -> None:
    await anna.begins()
    attachment = await house.conversation.receive("web", "anna", "a.jpg", stream(b"%PDF-1.4 no picture"))
    assert attachment.trouble == "disguised"
    assert house.stored() == []
    assert await house.conversation.attachment("web", "anna", attachment.file) == attachment
    assert await house.conversation.photo("web", "anna", attachment.file) is None


async def test_a_file_beyond_every_cap_is_cut_off(house: House, anna: Someone) -> None:
    await anna.begins()
    house.open(library(), caps=Caps(image=5000, pdf=5000, text=5000, video=5000))
    attachment = await house.conversation.receive("web", "anna", "big\x00.jpg", stream(b"x" * 20_000))
    assert (attachment.trouble, attachment.name) == ("too_large", "big.jpg")
    assert 5000 < attachment.size < 10_000
    assert house.stored() == []
    assert await house.conversation.attachment("web", "anna", attachment.file) == attachment


async def test_nothing_is_kept_of_someone_who_has_not_consented(house: House, anna: Someone) -> None:
    with pytest.raises(NotBegun):
        await house.conversation.receive("web", "anna", "a.jpg", stream(picture()))
    await anna.take()
    await anna.presses("English")
    with pytest.raises(NotBegun):
        await house.conversation.receive("web", "anna", "a.jpg", stream(picture()))
    assert house.stored() == []


async def test_quotas_hold_also_when_many_come_at_once(house: House, anna: Someone) -> None:
    await anna.begins()
    house.open(library(), Quota(files=3))
    results = await asyncio.gather(
        *(house.conversation.receive("web", "anna", "a.jpg", stream(picture((60, 84)))) for _ in range(8)),
        return_exceptions=True,
    )
    assert sum(isinstance(result, QuotaExceeded) for result in results) == 5
    assert len(house.stored()) == await house.rows("file") == 3
    house.open(library(), Quota(size=sum(path.stat().st_size for path in house.stored()) + 100))
    with pytest.raises(QuotaExceeded):
        await house.conversation.receive("web", "anna", "a.jpg", stream(picture()))
    assert len(house.stored()) == 3


# Documents


async def test_a_document_is_printed_once_for_all_who_ask(house: House, anna: Someone) -> None:
    await anna.fills()
    printed = await asyncio.gather(
        *(house.conversation.document("web", "anna", "application") for _ in range(5))
    )
    assert printed[0].content.startswith(b"%PDF") and printed[0].pages >= 1
    assert printed[0].filename == "陆建华申请表.pdf"
    assert all(each is printed[0] for each in printed)


@pytest.mark.parametrize("pinned", ["first edition", "with the definition"])
async def test_a_case_keeps_the_print_macros_it_began_with(house: House, anna: Someone, pinned: str) -> None:
    page = {"print/application.html": '{% import "macros.html" as draw %}<p>{{ name }}{{ draw.seal() }}'}
    files = {name: text for name, text in SOURCE.files.items() if not name.startswith("_shared/print/")}
    first = {f"_shared/print/{name}": text for name, text in first_edition().items()}
    later = {**first, "_shared/print/macros.html": "{% macro seal() %}<p>另一版</p>{% endmacro %}"}
    house.open(library(Source({**files, **page, **({} if pinned == "first edition" else first)})))
    await anna.fills()
    before = await house.conversation.document("web", "anna", "application")
    house.open(library(Source({**files, **page, **later})))
    assert await house.conversation.document("web", "anna", "application") == before
    ben = Someone(house, "ben")
    await ben.fills()
    assert "另一版" in pdf_text((await house.conversation.document("web", "ben", "application")).content)
    assert "另一版" not in pdf_text(before.content)


async def test_only_documents_of_ones_own_case_exist(house: House, anna: Someone) -> None:
    await anna.fills()
    for address, document in (("anna", "letter"), ("ben", "application"), ("anna", "")):
        with pytest.raises(LookupError):
            await house.conversation.document("web", address, document)


async def test_what_a_summary_shows_is_printed_ahead(house: House, anna: Someone) -> None:
    await anna.fills()
    await anna.says("检查答案")
    assert anna.screen.cards
    preparing = house.conversation.documents.preparing
    assert preparing
    await asyncio.gather(*preparing.tasks)
    assert len(house.conversation.documents._prints) == 1
    await house.conversation.document("web", "anna", "application")
    assert len(house.conversation.documents._prints) == 1


async def test_what_a_press_would_finish_is_printed_as_it_will_be_then(house: House, anna: Someone) -> None:
    await anna.fills()
    sent = await house.conversation.receive("web", "anna", "证书.jpg", stream(picture()))
    await anna.take(file=sent)
    await anna.presses("发完了")
    documents = house.conversation.documents
    assert documents.preparing
    await asyncio.gather(*documents.preparing.tasks)
    ahead = len(documents._prints), len(documents._pages)
    assert all(ahead)
    await anna.presses("没问题，生成", "属实，生成材料")
    for card in anna.screen.cards:
        if card.document not in (PACKET, BUNDLE):
            printed = await house.conversation.document("web", "anna", card.document)
            await house.conversation.page(printed, 1, "anna")
    assert (len(documents._prints), len(documents._pages)) == ahead


async def test_everybodys_documents_are_opened_ahead_and_what_is_offered_anew_takes_the_place_of_the_rest() -> (
    None
):
    opened: list[str] = []

    async def opens(shown: Shown) -> None:
        document = shown.documents[0]
        opened.append(document)
        await asyncio.sleep(0)
        if document == "first":
            preparing.shown(Shown(("web", "anna"), ("newer",)))
        if document == "broken":
            raise RenderFailed("a fault of it")

    preparing = Preparing(opens)
    preparing.shown(Shown(("web", "anna"), ("first", "stale")))
    preparing.shown(Shown(("web", "ben"), ("broken", "after")))
    await asyncio.gather(*preparing.tasks)
    assert opened == ["first", "broken", "newer"]
    preparing.shown(Shown(("web", "ben"), ("again",)))
    await asyncio.gather(*preparing.tasks)
    assert opened[-1] == "again"


async def test_where_documents_are_opened_elsewhere_nothing_is_printed_ahead(
    house: House, anna: Someone
) -> None:
    house.conversation.documents.preparing = None
    await anna.fills()
    await anna.says("检查答案")
    assert anna.screen.cards
    assert not house.conversation.documents._prints
    assert await house.conversation.document("web", "anna", "application")


async def test_a_sheet_is_handed_over_as_a_spreadsheet(house: House, anna: Someone) -> None:
    house.open(library(WITH_A_SHEET))
    await anna.fills()
    await anna.says("检查答案")
    assert [(card.document, card.format) for card in anna.screen.cards] == [
        ("table", "xlsx"),
        ("application", "pdf"),
    ]
    printed = await house.conversation.document("web", "anna", "table")
    assert (printed.filename, printed.pages, printed.mime) == ("陆建华汇总表.xlsx", 0, XLSX)
    page = load_workbook(io.BytesIO(printed.content)).active
    assert page and [[cell.value for cell in row] for row in page.iter_rows()] == [
        [None, "草稿"],
        ["汇总表", None],
        ["姓名", "工种"],
        ["陆建华", "焊工"],
    ]


async def test_the_whole_packet_is_one_pdf_and_one_zip(house: House, anna: Someone) -> None:
    house.open(library(WITH_A_SHEET))
    await anna.fills()
    whole = await house.conversation.document("web", "anna", PACKET)
    alone = await house.conversation.document("web", "anna", "application")
    table = await house.conversation.document("web", "anna", "table")
    assert whole.content.startswith(b"%PDF") and whole.pages == alone.pages
    assert whole.filename.startswith("全部材料-陆建华-") and whole.filename.endswith(".pdf")
    assert await house.conversation.document("web", "anna", PACKET) is whole
    bundle = await house.conversation.document("web", "anna", BUNDLE)
    assert (bundle.mime, bundle.pages) == (ZIP, 0) and bundle.filename.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as packed:
        assert packed.namelist() == ["01 陆建华汇总表.xlsx", "02 陆建华申请表.pdf"]
        assert [packed.read(name) for name in packed.namelist()] == [table.content, alone.content]
    with pytest.raises(LookupError):
        await house.conversation.document("web", "ben", PACKET)
