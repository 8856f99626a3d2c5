"""Sheets: the tables that a notice wants as spreadsheets, one row for each case, looking like the printed table."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from forms.expressions import Pending, sentence
from forms.programme import Programme, Sheet

#: The media type of a workbook.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: What a column may read besides the names of its case: its place in the table, from 1.
ROW_NUMBER = "number"

_MADE = datetime(2000, 1, 1)  # one moment for all: the same answers give the same bytes
_PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_A4 = 9
_LONGEST = 32_767  # characters that a cell of a spreadsheet holds
_LONGEST_NAME = 31  # characters of a worksheet's name
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_FIGURES = 2  # a Chinese character is as wide as two figures, in which columns are measured
_LINE = 16  # points
_SONG, _HEI = "宋体", "黑体"


def rows(programme: Programme, sheet: Sheet, cases: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The cells of every case, column by column; a cell that hangs on a missing answer is empty.

    `cases` are scopes as `forms.answers.scope` makes them, in the order of the table.
    """
    blank = dict.fromkeys(programme.derived, "")
    return [
        [_text(column.value, {**blank, **case, ROW_NUMBER: number}) for column in sheet.columns]
        for number, case in enumerate(cases, 1)
    ]


def workbook(programme: Programme, sheet: Sheet, cases: Sequence[Mapping[str, Any]], mark: str = "") -> bytes:
    """The sheet as .xlsx: every cell is text, none a formula or a link. The same cases give the same bytes.

    `mark` (样张, 草稿) stands above the table and on every printed page.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, _PLAIN)
    book.set_properties({"title": clean(sheet.title), "created": _MADE})
    name = clean(sheet.annex or sheet.title).translate(_NOT_IN_A_NAME)
    page = book.add_worksheet(name[:_LONGEST_NAME])
    blank = dict.fromkeys(programme.derived, "")
    first = {**blank, **cases[0]} if cases else blank
    drawing = _Drawing(book, page, sheet, mark)
    drawing.above([_text(line, first) for line in sheet.heading])
    drawing.table(rows(programme, sheet, cases) or ([list(sheet.example)] if sheet.example else []))
    drawing.below()
    book.close()
    return file.getvalue()


def clean(text: str) -> str:
    """The text as a cell can hold it: without controls and surrogates, and not longer than a cell."""
    kept = "".join(char for char in text if char == "\n" or not _refused(char))
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def _refused(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff"


def _text(source: str, scope: Mapping[str, Any]) -> str:
    try:
        return clean(sentence(source).text(scope).strip())
    except Pending:
        return ""


class _Drawing:
    """One worksheet being written from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, page: Worksheet, sheet: Sheet, mark: str) -> None:
        self._page, self._sheet, self._mark = page, sheet, mark
        self._row = 0
        self._widths = [column.width * _FIGURES for column in sheet.columns]
        base = {
            "font_name": _SONG,
            "font_size": 10,
            "text_wrap": True,
            "valign": "vcenter",
            "num_format": "@",
        }
        line = {**base, "border": 1, "align": "center"}
        self._formats = {
            "annex": book.add_format({**base, "font_name": _HEI, "font_size": 14, "text_wrap": False}),
            "mark": book.add_format(
                {**base, "font_size": 14, "font_color": "#C81E1E", "align": "right", "text_wrap": False}
            ),
            "title": book.add_format({**base, "font_size": 20, "bold": True, "align": "center"}),
            "line": book.add_format({**base, "font_size": 11}),
            "label": book.add_format({**line, "font_name": _HEI}),
            "cell": book.add_format(line),
            "long": book.add_format({**line, "align": "left"}),
        }
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)  # as wide as the paper, however many pages long
        page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
        page.center_horizontally()
        page.set_footer("&C&P")
        if mark:
            page.set_header(f"&C&20{mark}")
        for number, width in enumerate(self._widths):
            page.set_column(number, number, width)

    def above(self, heading: Sequence[str]) -> None:
        """What stands before the table: the annex, the title, the lines that say whose table it is."""
        if self._sheet.annex or self._mark:
            self._put(0, clean(self._sheet.annex), "annex")
            if self._mark:
                self._put(len(self._widths) - 1, self._mark, "mark")
            self._row += 1
        self._across(clean(self._sheet.title), "title", 36)
        for text in heading:
            self._across(text, "line", _LINE * 1.5)

    def table(self, body: Sequence[Sequence[str]]) -> None:
        """The headings of the columns, repeated on every page, and the rows."""
        head = self._row
        for number, column in enumerate(self._sheet.columns):
            self._put(number, clean(column.title), "label")
        self._page.repeat_rows(head)
        self._page.freeze_panes(head + 1, 0)
        self._row += 1
        for cells in body or [[""] * len(self._widths)]:
            for number, text in enumerate(cells):
                self._put(number, text, "long" if _lines(text, self._widths[number]) > 3 else "cell")
            self._row += 1

    def below(self) -> None:
        """The notice's remark under the table."""
        if self._sheet.note:
            lines = _lines(self._sheet.note, sum(self._widths))
            self._across(clean(self._sheet.note), "line", lines * _LINE + 4)

    def _across(self, text: str, style: str, height: float) -> None:
        """A line over all columns. Merged cells do not grow by themselves, so their height is given."""
        self._page.set_row(self._row, height)
        if len(self._widths) > 1:
            self._page.merge_range(self._row, 0, self._row, len(self._widths) - 1, "", self._formats[style])
        self._put(0, text, style)
        self._row += 1

    def _put(self, column: int, text: str, style: str) -> None:
        if text:
            self._page.write_string(self._row, column, text, self._formats[style])
        else:
            self._page.write_blank(self._row, column, None, self._formats[style])


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of `width` figures."""
    figures = (sum(2 if ord(char) > 0xFF else 1 for char in line) for line in text.split("\n"))
    return sum(-(-max(count, 1) // max(width - 1, 1)) for count in figures)
