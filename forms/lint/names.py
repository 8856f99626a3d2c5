"""Names: everything that an expression reads must exist, and exist by then; every rule has its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from jinja2 import nodes

from forms.lint.desk import CONSTANTS, Desk, Finding


def unknown_names(desk: Desk) -> Iterator[Finding]:
    """An expression reads a name that nothing gives, or a question that is asked later."""
    for reading in desk.readings:
        for name in sorted(reading.names - reading.known):
            if name in reading.later:
                remedy = "move this question behind it, or the other one forward"
                yield desk.finding(reading.path, f"reads “{name}”, which is asked later", remedy)
            else:
                reason = f"reads “{name}”, which no question, figure, derived text or constant gives"
                yield desk.finding(reading.path, reason, resembling(name, reading.known))


def unknown_figures(desk: Desk) -> Iterator[Finding]:
    """`figures.x` without such a figure."""
    figures = desk.programme.figures
    for reading in desk.readings:
        for node in reading.tree.find_all(nodes.Getattr):
            of_figures = isinstance(node.node, nodes.Name) and node.node.name == "figures"
            if of_figures and node.attr not in figures:
                reason = f"reads the figure “{node.attr}”, which the programme does not have"
                yield desk.finding(reading.path, reason, resembling(node.attr, figures))


def clashes(desk: Desk) -> Iterator[Finding]:
    """A question or derived text that hides another name."""
    owners: dict[str, str] = {}
    for asked in desk.asked:
        for name in (asked.question.id, *asked.question.derives):
            path = (*asked.path, "id")
            if name in CONSTANTS or name == "experts":
                yield desk.finding(path, f"“{name}” is a constant and cannot be a question's name")
            elif asked.form.party == "nominee":
                if name in owners:
                    yield desk.finding(path, f"“{name}” is given by “{owners[name]}” already")
                owners[name] = asked.question.id
    for name in desk.programme.derived:
        if name in owners or name in desk.constants:
            yield desk.finding(("derived", name), f"“{name}” is the name of a question or constant already")


def rules_without_a_clause(desk: Desk) -> Iterator[Finding]:
    """A clause that is nothing but blanks: every refusal cites the notice."""
    for key in ("rules", "priorities", "papers", "open_points"):
        for index, item in enumerate(getattr(desk.programme, key)):
            if not item.clause.strip():
                reason = f"“{item.id}” has no clause"
                yield desk.finding((key, index, "clause"), reason, "say where in the notice it stands")
    for name, figure in desk.programme.figures.items():
        if not figure.clause.strip():
            yield desk.finding(("figures", name), f"the figure “{name}” has no clause")


def resembling(name: str, known: Iterable[str]) -> str:
    """A remedy that names what was probably meant, or ""."""
    near = get_close_matches(name, list(known), n=1)
    return f"“{near[0]}”?" if near else ""
