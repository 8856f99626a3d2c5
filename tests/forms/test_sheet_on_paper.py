"""Sheets as they come out of the printer: type that can be read, rows as high as what stands in them."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from forms.sheet import workbook
from tests.forms.programmes.cases import played, programme

SHEETS = ["liuzhou-2025", "daguo-jiangsu-2026", "nanning-2026", "guilin", "nanyue-2020"]
ACROSS = {"8": 420, "9": 297}  # millimetres of paper in landscape: A3, A4
LEAST = 8  # points
OFFICE = shutil.which("soffice")


def made(town: str, rows: int = 1) -> bytes:
    case = played(town, "maximum")
    assert case.programme.roster
    return workbook(case.programme, case.programme.roster, [case.scope] * rows)


def opened(content: bytes) -> Worksheet:
    page = load_workbook(io.BytesIO(content)).active
    assert isinstance(page, Worksheet)
    return page


def width(page: Worksheet, column: int) -> float:
    """How many figures wide a column is, with what stands beside them. Neighbours of one width are kept as one."""
    return next(each.width for each in page.column_dimensions.values() if each.min <= column <= each.max)


def table_rows(page: Worksheet) -> list[int]:
    """The numbers of the rows of the table: the one of the titles and those of the cases."""
    first = next(row for row in range(1, page.max_row) if len([c for c in page[row] if c.value]) > 3)
    return [row for row in range(first, page.max_row + 1) if page.cell(row, 2).border.left.style == "thin"]


@pytest.mark.parametrize("town", SHEETS)
def test_the_scale_leaves_type_that_can_be_read_on_paper_as_wide_as_the_table(town: str) -> None:
    page = opened(made(town))
    assert page.page_setup.orientation == "landscape"
    assert not (page.sheet_properties.pageSetUpPr and page.sheet_properties.pageSetUpPr.fitToPage)
    assert page.page_setup.scale is not None
    scale = page.page_setup.scale / 100
    sizes = {cell.font.sz for row in table_rows(page) for cell in page[row]}
    assert min(sizes) * scale >= LEAST
    # A spreadsheet's column of n figures is 7n + 5 pixels wide, of which an inch has 96.
    pixels = sum(round(width(page, cell.column) * 7) for cell in page[table_rows(page)[0]])
    margins = (page.page_margins.left + page.page_margins.right) * 25.4
    assert pixels / 96 * 25.4 * scale <= ACROSS[str(page.page_setup.paperSize)] - margins


@pytest.mark.parametrize("town", SHEETS)
def test_every_row_is_as_high_as_its_fullest_cell(town: str) -> None:
    page = opened(made(town, 3))
    for row in table_rows(page):
        height = page.row_dimensions[row].height
        assert height is not None
        for cell in page[row]:
            in_a_line = (width(page, cell.column) - 1) // 2
            at_least = sum(-(-len(line) // (2 * in_a_line)) for line in str(cell.value or "").split("\n"))
            assert height >= at_least * cell.font.sz * 1.2, cell.value


def test_what_would_stand_higher_than_a_row_can_be_gets_a_wider_column() -> None:
    case = played("liuzhou-2025", "maximum", brief="他改进了工艺。" * 200)
    page = opened(workbook(case.programme, case.programme.sheet("summary"), [case.scope]))
    assert page.row_dimensions[table_rows(page)[-1]].height <= 409
    assert width(page, 20) > programme("liuzhou-2025").sheet("summary").columns[-1].width * 2


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice here: its own view of the sheets is not looked at")
@pytest.mark.parametrize("town", SHEETS)
def test_an_office_prints_it_whole_and_legible(town: str, tmp_path: Path) -> None:
    """On every page the heads stand over the rows, whose names are repeated should the table run on across."""
    content = made(town, 3)
    (tmp_path / "sheet.xlsx").write_bytes(content)
    command = [OFFICE, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, tmp_path / "sheet.xlsx"],
        check=True,
        capture_output=True,
        timeout=300,
    )
    document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
    page = opened(content)
    heads, *rows = table_rows(page)
    scale = (page.page_setup.scale or 0) / 100
    shown = ""
    for sheet in document:
        text = sheet.get_textpage()
        whole = "".join(text.get_text_range().split())
        shown += whole
        assert (
            "姓名" in whole
            and page.cell(rows[0], [c.value for c in page[heads]].index("姓名") + 1).value[0] in whole
        )
        sizes = [
            pdfium.FPDFText_GetFontSize(text, place)
            for place in range(text.count_chars())
            if text.get_text_range(place, 1).strip()
        ]
        assert min(sizes) >= LEAST - 0.05
    for cell in (*page[heads], *page[rows[0]]):
        assert "".join(str(cell.value or "").split()) in shown
    # No text of a cell reaches out of its row: three rows with the same text stand one under the other.
    fullest = max(page[rows[0]], key=lambda cell: len(str(cell.value or "")))
    extents = _extents(document, str(fullest.value))
    assert len(extents) == len(rows)
    for top, bottom in extents:
        assert top - bottom <= page.row_dimensions[rows[0]].height * scale + 0.5


def _extents(document: pypdfium2.PdfDocument, text: str) -> list[tuple[float, float]]:
    """Where a text begins and ends on the pages, from the top, in points, each time that it stands there."""
    found = []
    for sheet in document:
        page = sheet.get_textpage()
        whole = [page.get_text_range(place, 1) for place in range(page.count_chars())]
        places = [place for place, char in enumerate(whole) if char.strip()]
        run, wanted = "".join(whole[place] for place in places), "".join(text.split())
        at = run.find(wanted)
        while at >= 0:
            boxes = [page.get_charbox(place) for place in places[at : at + len(wanted)]]
            found.append((max(box[3] for box in boxes), min(box[1] for box in boxes)))
            at = run.find(wanted, at + 1)
    return found
