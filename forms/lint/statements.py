"""What a receiving union writes itself: `statement` and the form of the `office` belong together."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from forms.lint.desk import Desk, Finding
from forms.lint.names import resembling
from forms.parties import LEADING, OFFICE


def half_a_statement(desk: Desk) -> Iterator[Finding]:
    """A form that no union is told of, or a word to the union that has no form."""
    has_form = desk.programme.has_form(OFFICE)
    if desk.programme.statement and not has_form:
        reason = "the receiving union has nothing to write"
        yield desk.finding(("statement",), reason, f"add forms/{OFFICE}.yaml with “party: {OFFICE}”")
    if has_form and not desk.programme.statement:
        index = next(at for at, form in enumerate(desk.programme.forms) if form.party == OFFICE)
        reason = "the receiving union is not told what to write"
        yield desk.finding(("forms", index, "party"), reason, "declare it under statement: in programme.yaml")


def files_at_a_desk(desk: Desk) -> Iterator[Finding]:
    """A question to the union that nothing but a file answers: its desk takes none."""
    for asked in desk.asked:
        question = asked.question
        if asked.form.party == OFFICE and question.accepts_files and question.keyboard == "none":
            reason = f"“{question.id}” is answered by a file, and a union's desk takes none"
            yield desk.finding((*asked.path, "kind"), reason, "ask for words, or have it as a paper")


def unknown_names(desk: Desk) -> Iterator[Finding]:
    """A question to the union that reads `nominee.x` where no such name is."""
    if not desk.programme.has_form(OFFICE):
        return
    names = desk.answers | desk.constants | frozenset(desk.programme.derived)
    index = next(at for at, form in enumerate(desk.programme.forms) if form.party == OFFICE)
    for reading in desk.readings:
        if reading.path[:2] != ("forms", index):
            continue
        for node in reading.tree.find_all(nodes.Getattr):
            of_nominee = isinstance(node.node, nodes.Name) and node.node.name == LEADING
            if of_nominee and node.attr not in names:
                reason = f"reads “{LEADING}.{node.attr}”, which the nominee's part does not give"
                yield desk.finding(reading.path, reason, resembling(node.attr, names))
