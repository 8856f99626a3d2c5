"""From a case to the HTML of one of its documents. Nothing is drawn here: that is the renderer's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms.answers import NOBODY
from forms.documents import Document
from forms.filters import FILTERS
from forms.kinds.base import Value
from forms.packet import due_documents, due_papers, filename
from forms.parties import LEADING, OFFICE, PARTIES, WRITERS, Parts, plural
from forms.path import applicable
from forms.printing.faces import Faces
from forms.printing.fit import Fitter
from forms.printing.printed import Case, Faced, Printed
from forms.programme import Form, Programme

Mark = Literal["", "practice", "draft"]

#: What a print may read besides the names of the case; the lint knows them too.
PRINT_NAMES = frozenset(
    {
        "annexes",
        "document",
        "documents",
        "experts",
        "filled_on",
        "fit",
        "mark",
        "papers",
        "programme",
        "reader",
    }
)


@dataclass(frozen=True)
class Composed:
    """A document ready to be drawn.

    `files` are the stored files that it shows, by the name under which it asks for them (`case:<name>`);
    `scans` says which of them are pages of scans, to be shown whole, and which page (from 0); the others are
    portraits. `filename` is for saving it, with its extension.
    """

    html: str
    stylesheets: tuple[str, ...]
    files: Mapping[str, str]
    filename: str
    scans: Mapping[str, int] = field(default_factory=dict)


def compose(  # noqa: PLR0913, PLR0917  # each is a fact of the case that another party holds
    programme: Programme,
    document: Document,
    answers: Mapping[str, Value],
    scope: Mapping[str, Any],
    parts: Parts = NOBODY,
    mark: Mark = "",
    filled_on: date | None = None,
    faces: Faces | None = None,
    reader: str = OFFICE,
) -> Composed:
    """Fill a document's template.

    `scope` is what `forms.answers.scope` made of `answers`: an answer that is not in it stands on a branch that
    was left, and is not printed. `parts` are what other parties have said; one who said nothing leaves its
    place blank. `mark` prints 样张 or 草稿 over every page. Without `filled_on` the date stays blank. A template that
    reads an unknown name raises jinja2.UndefinedError. `reader` is who is to have it: what is not for the nominee's eyes, such as
    an expert's phone, is left out of a copy that is for them.
    """
    needed: dict[str, str] = {}
    scans: dict[str, int] = {}

    def case(name: str, file: str, page: int | None = None) -> str:
        needed[name] = file
        if page is not None:
            scans[name] = page
        return f"case:{name}"

    standing = {name: answers[name] for name in answers if name in scope}
    names: dict[str, Any] = dict.fromkeys(programme.derived, "")
    names.update({name: value for name, value in scope.items() if name not in answers})
    names.update(_names(programme.leading, standing, scope, faces, case))
    names = {name: Faced(value, faces) if type(value) is str else value for name, value in names.items()}
    # Where no office writes anything, a programme may call something else by that name.
    parties = WRITERS if programme.statement else PARTIES
    names.update({plural(party): [] for party in parties - {LEADING}})
    for form in programme.forms:
        if form.party != LEADING:
            said = enumerate(parts.get(form.party, ()), 1)
            names[plural(form.party)] = [
                _part(form, each, number, scope, faces, case) if each else False for number, each in said
            ]
    fitter = Fitter(faces)
    names |= {
        "annexes": fitter.annexes,
        "fit": fitter.fit,
        "document": document,
        "documents": due_documents(programme, scope),
        "papers": due_papers(programme, scope),
        "programme": programme,
        "mark": mark,
        "filled_on": filled_on,
        "reader": reader,
    }
    macros, prints = (tuple(sorted(texts.items())) for texts in (programme.macros, programme.prints))
    html = environment(macros + prints).get_template(document.template).render(names)
    styles = tuple(text for name, text in macros + prints if name.endswith(".css"))
    return Composed(html, styles, needed, filename(document, scope), scans)


def _names(
    form: Form, answers: Mapping[str, Value], scope: Mapping[str, Any], faces: Faces | None, case: Case
) -> dict[str, Any]:
    """Every question of a form and what it derives, with an empty text where there is no answer."""
    names: dict[str, Any] = {}
    for identifier, question in form.questions.items():
        names.update({name: scope.get(name, "") for name in question.derives})
        names[identifier] = Printed.of(question, answers.get(identifier), faces, case)
    return names


def _part(  # noqa: PLR0913, PLR0917  # a part, and what it is drawn with
    form: Form,
    answers: Mapping[str, Value],
    number: int,
    nominee: Mapping[str, Any],
    faces: Faces | None,
    case: Case,
) -> dict[str, Any]:
    scope = applicable(form, answers, {LEADING: nominee})[1]
    standing = {name: answers[name] for name in answers if name in scope}

    def own(name: str, file: str, page: int | None = None) -> str:
        return case(f"{form.party}-{number}-{name}", file, page)

    return _names(form, standing, scope, faces, own)


@lru_cache(maxsize=32)
def environment(prints: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    """The environment of a programme's templates, macros first. Compiled once: a print of many cases shares it."""
    texts = dict(prints)
    env = ImmutableSandboxedEnvironment(
        # With their names, so that an error tells in which of them it happened
        loader=jinja2.FunctionLoader(lambda name: (texts[name], name, None) if name in texts else None),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(FILTERS)
    env.globals.clear()  # nothing but what the case gives
    return env
