"""Sheets: the tables that a notice wants as spreadsheets, one row for each case, looking like the printed table."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from forms.documents import Sheet
from forms.expressions import Pending, sentence
from forms.programme import Programme

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

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
_A4, _A3 = 9, 8  # as spreadsheets number papers
_PAPERS = ((_A4, 297.0), (_A3, 420.0))  # millimetres across, in landscape
_MARGIN = 0.4  # inches, at the left and at the right
_INCH = 25.4  # millimetres
_POINTS = 10  # of the type in cells
_LEAST = 8  # points: no smaller on paper, however many columns there are
_FIGURE, _PADDING, _DOTS = 7, 5, 96  # pixels: of a figure, of a column beside them, of an inch
_LONGEST = 32_767  # characters that a cell of a spreadsheet holds
_LONGEST_NAME = 31  # characters of a worksheet's name
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_FIGURES = 2  # a Chinese character is as wide as two figures, in which columns are measured
_LINE = 15  # points
_MOST_LINES = 26  # in a cell: a row of a spreadsheet is at most 409 points high
_WIDEST = 240  # figures: a column of a spreadsheet is not much wider
_NAME = "姓名"  # the column that says whose row it is
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


def read_by(sheet: Sheet) -> frozenset[str]:
    """The names of a case that its row and the lines above it may read."""
    texts = (*sheet.heading, *(column.value for column in sheet.columns))
    return frozenset[str]().union(*(sentence(text).reads for text in texts)) - {ROW_NUMBER}


def workbook(programme: Programme, sheet: Sheet, cases: Sequence[Mapping[str, Any]], mark: str = "") -> bytes:
    """The sheet as .xlsx: every cell is text, none a formula or a link. The same cases give the same bytes.

    `mark` (样张, 草稿) stands above the table and on every printed page.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    # Columns are measured in figures of this font: the very one of their cells, which every machine replaces alike.
    book = Workbook(file, {**_PLAIN, "default_format_properties": {"font_name": _SONG, "font_size": _POINTS}})
    book.set_properties({"title": clean(sheet.title), "created": _MADE})
    name = clean(sheet.annex or sheet.title).translate(_NOT_IN_A_NAME)
    page = book.add_worksheet(name[:_LONGEST_NAME])
    blank = dict.fromkeys(programme.derived, "")
    body = rows(programme, sheet, cases) or ([list(sheet.example)] if sheet.example else [])
    drawing = _Drawing(book, page, sheet, mark, body)
    drawing.above([_common(line, blank, cases) for line in sheet.heading])
    drawing.table()
    drawing.below()
    book.close()
    return file.getvalue()


def clean(text: str) -> str:
    """The text as a cell can hold it: without controls and surrogates, and not longer than a cell."""
    kept = "".join(char for char in text if char == "\n" or not _refused(char))
    return kept if len(kept) <= _LONGEST else kept[: _LONGEST - 1] + "…"


def _refused(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs") or char in "\ufffe\uffff"


def _common(line: str, blank: Mapping[str, Any], cases: Sequence[Mapping[str, Any]]) -> str:
    """A line above the table: what it says of every case, or as it is of none where they differ: to be filled in."""
    said = {_text(line, {**blank, **case}) for case in cases}
    return said.pop() if len(said) == 1 else _text(line, blank)


def _text(source: str, scope: Mapping[str, Any]) -> str:
    try:
        return clean(sentence(source).text(scope).strip())
    except Pending:
        return ""


class _Drawing:
    """One worksheet being written from top to bottom."""

    def __init__(
        self,
        book: Workbook,
        page: Worksheet,
        sheet: Sheet,
        mark: str,
        body: Sequence[Sequence[str]],
    ) -> None:
        self._page, self._sheet, self._mark, self._body = page, sheet, mark, body
        self._row = 0
        self._widths = [
            _wide_enough(column.width * _FIGURES, [cells[number] for cells in body])
            for number, column in enumerate(sheet.columns)
        ]
        base = {
            "font_name": _SONG,
            "font_size": _POINTS,
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
        paper, scale = _paper(self._widths)
        page.set_paper(paper)
        page.set_print_scale(scale)
        page.set_margins(left=_MARGIN, right=_MARGIN, top=0.7, bottom=0.7)
        titles = [column.title for column in sheet.columns]
        if _NAME in titles:
            page.repeat_columns(0, titles.index(_NAME))  # should the table be wider than the paper
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

    def table(self) -> None:
        """The headings of the columns, repeated on every page, and the rows, each as high as its fullest cell."""
        head = self._row
        self._high(self._row, [clean(column.title) for column in self._sheet.columns])
        for number, column in enumerate(self._sheet.columns):
            self._put(number, clean(column.title), "label")
        self._page.repeat_rows(head)
        self._page.freeze_panes(head + 1, 0)
        self._row += 1
        for cells in self._body or [[""] * len(self._widths)]:
            self._high(self._row, cells)
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

    def _high(self, row: int, cells: Sequence[str]) -> None:
        """Set how high a row is. Not every program that opens a workbook finds out by itself."""
        most = max(_lines(text, width) for text, width in zip(cells, self._widths, strict=True))
        self._page.set_row(row, most * _LINE + 4)

    def _put(self, column: int, text: str, style: str) -> None:
        if text:
            self._page.write_string(self._row, column, text, self._formats[style])
        else:
            self._page.write_blank(self._row, column, None, self._formats[style])


def _paper(widths: Sequence[int]) -> tuple[int, int]:
    """The paper, and the scale in percent: the smallest paper that takes all columns with type that can be read.

    Where none does, the columns run on over several pages of the largest.
    """
    pixels = sum(width * _FIGURE + _PADDING for width in widths)
    table = pixels / _DOTS * _INCH
    for paper, across in _PAPERS:
        # One percent is left for what programs make of the width of a figure.
        scale = min(100, int((across - 2 * _MARGIN * _INCH) / table * 100) - 1)
        if scale * _POINTS >= _LEAST * 100:
            return paper, scale
    return _PAPERS[-1][0], _LEAST * 100 // _POINTS


def _wide_enough(width: int, texts: Sequence[str]) -> int:
    """The width, or a larger one where a text would stand higher than a row can be."""
    return next(
        wide
        for wide in range(width, _LONGEST)
        if all(_lines(text, wide) <= _MOST_LINES for text in texts) or wide >= _WIDEST
    )


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column of `width` figures."""
    figures = (sum(2 if ord(char) > 0xFF else 1 for char in line) for line in text.split("\n"))
    return sum(-(-max(count, 1) // max(width - 1, 1)) for count in figures)
