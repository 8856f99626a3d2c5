"""Prints tried out: every document is composed empty and filled as full as it gets, and no cell is left over."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator

import jinja2
from jinja2 import nodes

from forms.documents import Document
from forms.lint.desk import Desk, Finding
from forms.parties import LEADING
from forms.printing.compose import compose
from forms.specimen import Specimen, blank, fullest

_EMPTY = re.compile(r"<td(?P<keys>[^>]*)>(?:\s|&[a-z]+;|<br>)*</td>")
_BY_HAND = re.compile(r"opinion|label|blank")  # classes of cells that nobody fills in before they are printed
_UNFILLED = "nothing fills this cell"
_BY_ITS_CLASS = "put the answer in it; a cell to be filled in by hand has the class opinion or blank"


def cells_that_nothing_fills(desk: Desk) -> Iterator[Finding]:
    """An empty cell that is neither a label nor one to be written or sealed by hand."""
    for name, text in desk.programme.prints.items():
        for cell in _EMPTY.finditer(text) if name.endswith(".html") else ():
            if not _BY_HAND.search(cell["keys"]):
                line = text.count("\n", 0, cell.start()) + 1
                yield Finding(f"print/{name}", line, _UNFILLED, _BY_ITS_CLASS)
    for name in desk.templates:
        for line in _empty_in_rows(desk.programme.prints[name]):
            yield Finding(f"print/{name}", line, _UNFILLED, _BY_ITS_CLASS)


def _empty_in_rows(template: str) -> Iterator[int]:
    """The lines of cells, among those given to the macro `row` as (label, text, columns, class), without a text."""
    # Parsed anew: whoever asks Jinja2 for the names of a tree gets tuples of constants folded in it.
    for call in jinja2.Environment(autoescape=True).parse(template).find_all(nodes.Call):
        if isinstance(call.node, nodes.Getattr) and call.node.attr == "row":
            for cell in call.find_all(nodes.Tuple):
                given = [item.value if isinstance(item, nodes.Const) else item for item in cell.items]
                if len(given) > 1 and given[1] in ("", None) and not _BY_HAND.search(str(given[3:])):
                    yield cell.lineno


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
    compose(desk.programme, document, case.answers, case.scope, case.parts)


def _told(desk: Desk, document: Document, how: str, error: Exception) -> Finding:
    frames = traceback.extract_tb(error.__traceback__)
    own = [
        frame for frame in frames if frame.filename in desk.programme.prints
    ]  # a shared macro is blameless
    file = own[-1].filename if own else document.template
    line = (own[-1].lineno if own else getattr(error, "lineno", None)) or 1
    remedy = (
        "ask for what may be absent: “… if x”, “x is defined”" if how == "empty" else "see docs/authoring.md"
    )
    return Finding(f"print/{file}", line, f"“{document.id}” cannot be printed {how}: {error}", remedy)
