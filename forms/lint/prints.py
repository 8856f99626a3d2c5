"""Print templates and sheets: they exist, can be read, and name only what a print may read."""

from __future__ import annotations

from collections.abc import Iterator

import jinja2
from jinja2 import meta, nodes

from forms.filters import FILTERS
from forms.lint.desk import Desk, Finding
from forms.lint.names import resembling
from forms.printing.compose import PRINT_NAMES
from forms.specimen import fullest

_ENV = jinja2.Environment(autoescape=True)
_ENV.filters.update(FILTERS)


def missing_templates(desk: Desk) -> Iterator[Finding]:
    """A document without its template, and a template that belongs to no document."""
    prints = desk.programme.prints
    wanted = {document.template for document in desk.programme.documents}
    for index, document in enumerate(desk.programme.documents):
        if document.template and document.template not in prints:
            reason = f"the template “{document.template}” of “{document.id}” is missing"
            remedy = resembling(document.template, prints, f"write print/{document.template}")
            yield desk.finding(("documents", index, "template"), reason, remedy)
    referred = {name for tree in desk.templates.values() for name in meta.find_referenced_templates(tree)}
    for name in prints:
        if name.endswith(".html") and name not in wanted | referred:
            yield Finding(f"print/{name}", 1, "no document uses this template", "remove it or add a document")


def hidden_macros(desk: Desk) -> Iterator[Finding]:
    """A template that is named as a file of shared macros, which nothing can take in any more."""
    for name in desk.programme.prints:
        if name.endswith(".html") and name in desk.programme.macros:
            reason = "stands in the way of the shared macros of the same name"
            yield Finding(f"print/{name}", 1, reason, "give it a name of its own")


def missing_sheets(desk: Desk) -> Iterator[Finding]:
    """A document without its sheet, a sheet that belongs to no document and is no roster, and a second roster."""
    sheets = [sheet.id for sheet in desk.programme.sheets]
    wanted = {document.sheet for document in desk.programme.documents}
    for index, document in enumerate(desk.programme.documents):
        if document.sheet and document.sheet not in sheets:
            reason = f"the sheet “{document.sheet}” of “{document.id}” is missing"
            yield desk.finding(("documents", index, "sheet"), reason, resembling(document.sheet, sheets))
    rosters = [sheet.id for sheet in desk.programme.sheets if sheet.roster]
    for index, sheet in enumerate(desk.programme.sheets):
        if sheet.id not in wanted and not sheet.roster:
            reason = f"no document uses the sheet “{sheet.id}”"
            yield desk.finding(
                ("sheets", index), reason, "remove it, add a document or mark it as the office's roster"
            )
        elif sheet.id in rosters[1:]:
            reason = f"“{rosters[0]}” is the roster already"
            yield desk.finding(("sheets", index, "roster"), reason, "mark one of them")


def doubled_filenames(desk: Desk) -> Iterator[Finding]:
    """Two documents of one packet that are saved under the same name: the second would replace the first."""
    documents = desk.programme.documents
    for index, later in enumerate(documents):
        for first in documents[:index]:
            if (first.filename, bool(first.sheet)) == (later.filename, bool(later.sheet)):
                both = " and ".join(f"({when})" for when in (first.when, later.when) if when)
                if fullest(desk.programme, both).due:
                    reason = f"“{later.id}” is saved under the same name as “{first.id}”"
                    yield desk.finding(("documents", index, "filename"), reason, "give it a name of its own")


def unreadable_templates(desk: Desk) -> Iterator[Finding]:
    """A template that Jinja2 cannot read, that takes in another one that is not there, or an unknown filter."""
    macros, prints = desk.programme.macros, desk.programme.prints
    for name, tree in desk.templates.items():
        for other in meta.find_referenced_templates(tree):
            if other is not None and other not in {*macros, *prints}:
                reason = f"takes in “{other}”, which is not there"
                yield Finding(f"print/{name}", 1, reason, resembling(other, [*macros, *prints]))
        for node in tree.find_all(nodes.Filter):
            if node.name not in _ENV.filters:
                reason = f"there is no filter “{node.name}”"
                yield Finding(f"print/{name}", node.lineno, reason, resembling(node.name, _ENV.filters))
    for name, text in prints.items():
        if name in desk.templates or not name.endswith(".html"):
            continue
        try:
            _ENV.parse(text)
        except jinja2.TemplateSyntaxError as error:
            remedy = "every {% if %}, {% for %} and {% macro %} needs its end, every {{ its }}"
            yield Finding(f"print/{name}", error.lineno, str(error.message), remedy)


def unknown_names(desk: Desk) -> Iterator[Finding]:
    """A template reads a name that the case can never give."""
    readable = desk.constants | desk.answers | frozenset(desk.programme.derived) | PRINT_NAMES
    for name, tree in desk.templates.items():
        for unknown in sorted(meta.find_undeclared_variables(tree) - readable):
            lines = desk.programme.prints[name].split("\n")
            line = next((number for number, text in enumerate(lines, 1) if unknown in text), 1)
            reason = f"reads “{unknown}”, which no question, derived text or constant gives"
            yield Finding(f"print/{name}", line, reason, resembling(unknown, readable))
