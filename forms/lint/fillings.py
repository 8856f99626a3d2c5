"""Prints tried out: every document is composed empty and filled as full as it gets, and no cell is left over."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator

import jinja2

from forms.lint.desk import Desk, Finding
from forms.printing.compose import compose
from forms.programme import LEADING, Document
from forms.specimen import Specimen, blank, fullest

_EMPTY = re.compile(r"<td(?P<keys>[^>]*)>(?:\s|&[a-z]+;|<br>)*</td>")
_BY_HAND = re.compile(r"opinion|label|blank")  # classes of cells that nobody fills in before they are printed
_QUOTED = re.compile(r"(?:attribute|element|no filter named) '(\w+)'|^'(\w+)' is")


def cells_that_nothing_fills(desk: Desk) -> Iterator[Finding]:
    """An empty cell that is neither a label nor one to be written or sealed by hand."""
    for name, text in desk.programme.prints.items():
        for cell in _EMPTY.finditer(text) if name.endswith(".html") else ():
            if not _BY_HAND.search(cell["keys"]):
                line = text.count("\n", 0, cell.start()) + 1
                remedy = "put the answer in it; a cell to be filled in by hand has the class opinion or blank"
                yield Finding(f"print/{name}", line, "nothing fills this cell", remedy)


def prints_that_fail(desk: Desk) -> Iterator[Finding]:
    """A template that stops half way: a row, box or route that is not there, a sum over an empty answer."""
    programme = desk.programme
    if not programme.has_form(LEADING):
        return
    empty = blank(programme)
    for document in programme.documents:
        if document.template not in desk.templates:
            continue  # told by the checks of templates
        for how, case in (("empty", empty), ("full", fullest(programme, document.when))):
            try:
                _compose(desk, document, case)
            except jinja2.TemplateNotFound:
                break  # told by `prints.unreadable_templates`
            except (
                Exception
            ) as error:  # whatever a template does wrong, its author is to read a line about it
                yield _told(desk, document, how, error)
                break


def _compose(desk: Desk, document: Document, case: Specimen) -> None:
    compose(desk.programme, document, case.answers, case.scope, case.experts)


def _told(desk: Desk, document: Document, how: str, error: Exception) -> Finding:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    line = (frames[-1].lineno if frames else getattr(error, "lineno", None)) or 1
    quoted = _QUOTED.search(str(error))
    word = next((group for group in quoted.groups() if group), "") if quoted else ""
    file = document.template
    if word and not _stands(desk.programme.prints[file], line, word):  # it happened in a template taken in
        others = (name for name, text in desk.programme.prints.items() if _stands(text, line, word))
        file = next(others, file)
    remedy = (
        "ask for what may be absent: “… if x”, “x is defined”" if how == "empty" else "see docs/authoring.md"
    )
    return Finding(f"print/{file}", line, f"“{document.id}” cannot be printed {how}: {error}", remedy)


def _stands(text: str, line: int, word: str) -> bool:
    lines = text.split("\n")
    return line <= len(lines) and word in lines[line - 1]
