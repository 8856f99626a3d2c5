"""A table's rows in plain text: under their heads where a line has room for them, else one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from unicodedata import combining, east_asian_width

from dialogs.turn import Mark, Row, Table
from dialogs.words import Words
from forms.message import Message, say

#: What a row's mark says.
MARKS: Mapping[Mark, Message] = {"new": say("新到"), "overdue": say("过了截止")}
#: Nothing stands in such a cell.
BLANK = frozenset(["", "—"])
#: Columns of a line that is still read as one.
_WIDEST = 120
#: And of one that a phone's screen shows in two or three.
_SHORT = 80
_BETWEEN = "  "


def table_lines(table: Table, words: Words) -> Iterator[str]:
    """The rows as lines of at most `_WIDEST` columns, aligned. Where it takes more, what is brief of a row stands on its
    first line, or its first cell alone, and the rest below, each with its head."""
    grid = [table.heads, *(_marked(row, words) for row in table.rows)]
    widths = [max(map(width, column)) for column in zip(*grid, strict=True)]
    one_line = not any("\n" in cell for cells in grid for cell in cells)
    if one_line and sum(widths) + len(_BETWEEN) * (len(widths) - 1) <= _WIDEST:
        yield from (_aligned(cells, widths) for cells in grid)
        return
    for number, row in enumerate(table.rows, 1):
        cells = _marked(row, words)
        if table.brief:
            yield f"{number}. {brief(table, cells)}"
            yield from _rest(table, cells)
        else:
            yield from _listed(number, table.heads, cells)


def short_lines(table: Table, words: Words) -> Iterator[str]:
    """Each row as it reads where a line is short: what is brief of it. Where no columns are, and a row is too long for a
    line, each cell of all of them stands under its head."""
    grid = [_marked(row, words) for row in table.rows]
    lines = [brief(table, cells) for cells in grid]
    if table.brief or all(width(line) <= _SHORT for line in lines):
        yield from lines
        return
    for cells in grid:
        pairs = zip(table.heads[1:], cells[1:], strict=True)
        yield "\n".join((cells[0], *(f"{head}：{cell}" for head, cell in pairs if cell not in BLANK)))


def brief(table: Table, cells: Sequence[str]) -> str:
    """What is enough of a row, in one line; cells that say nothing are left out."""
    chosen = [cells[at] for at in table.brief or range(len(cells))]
    return " · ".join(" ".join(cell.split("\n")) for cell in chosen if cell not in BLANK)


def mark(row: Row, words: Words) -> str:
    """A row's mark in brackets, or ""."""
    return f"［{words(MARKS[row.mark])}］" if row.mark else ""


def width(text: str) -> int:
    """Columns that a text takes where every character has one or two of them."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _marked(row: Row, words: Words) -> tuple[str, ...]:
    """Its cells, with its mark behind what it is called."""
    return (row.cells[0] + mark(row, words), *row.cells[1:])


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    filled = (cell + " " * (wide - width(cell)) for cell, wide in zip(cells, widths, strict=True))
    return _BETWEEN.join(filled).rstrip()


def _rest(table: Table, cells: Sequence[str]) -> Iterator[str]:
    pairs = enumerate(zip(table.heads, cells, strict=True))
    labelled = [
        f"{head}：{cell}" for at, (head, cell) in pairs if at not in table.brief and cell not in BLANK
    ]
    if labelled:
        yield "   " + "，".join(labelled)


def _listed(number: int, heads: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    yield f"{number}. {_below(cells[0], 3)}"
    for head, cell in zip(heads[1:], cells[1:], strict=True):
        if cell not in BLANK:
            yield f"   {head}：{_below(cell, 5)}"


def _below(text: str, indent: int) -> str:
    return text.replace("\n", "\n" + " " * indent)
