"""Names: everything that an expression reads must exist, and exist by then; every rule has its clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from jinja2 import nodes

from forms.across import PEERS
from forms.lint.desk import CONSTANTS, Desk, Finding
from forms.parties import LEADING

_NAMED = 8  # names that a remedy lists where none resembles the wrong one


def unknown_names(desk: Desk) -> Iterator[Finding]:
    """An expression reads a name that nothing gives, or a question that is asked later.

    A branch may depend on a later question on one way only: where an earlier one lets it, it stands behind that.
    """
    for reading in desk.readings:
        waits = reading.path[-1] == "when" and bool(reading.names & reading.known)
        for name in sorted(reading.names - reading.known):
            if name in reading.later and waits:
                continue
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


def unknown_peers(desk: Desk) -> Iterator[Finding]:
    """`peers.x` where the rule x does not look across cases."""
    rules = [rule.id for rule in desk.programme.rules if rule.across]
    for reading in desk.readings:
        for node in reading.tree.find_all(nodes.Getattr):
            of_peers = isinstance(node.node, nodes.Name) and node.node.name == PEERS
            if of_peers and node.attr not in rules:
                reason = f"reads “{PEERS}.{node.attr}”, but no rule “{node.attr}” looks across cases"
                yield desk.finding(reading.path, reason, resembling(node.attr, rules))


def clashes(desk: Desk) -> Iterator[Finding]:
    """A question or derived text that hides another name."""
    owners: dict[str, str] = {}
    for asked in desk.asked:
        for name in (asked.question.id, *asked.question.derives):
            path = (*asked.path, "id")
            if name in CONSTANTS or name in {*desk.plurals, LEADING, PEERS}:
                reason = f"“{name}” is a constant and cannot be a question's name"
                yield desk.finding(path, reason, "give the question another id")
            elif asked.form.party == LEADING:
                if name in owners:
                    reason = f"“{name}” is given by “{owners[name]}” already"
                    yield desk.finding(path, reason, "give the question another id")
                owners[name] = asked.question.id
    for name in desk.programme.derived:
        if name in owners or name in desk.constants:
            reason = f"“{name}” is the name of a question or constant already"
            yield desk.finding(("derived", name), reason, "give the derived text another name")


def rules_without_a_clause(desk: Desk) -> Iterator[Finding]:
    """A clause that is nothing but blanks: every refusal cites the notice."""
    for key in ("rules", "priorities", "papers", "plan", "open_points"):
        for index, item in enumerate(getattr(desk.programme, key)):
            if not item.clause.strip():
                reason = f"“{item.id}” has no clause"
                yield desk.finding((key, index, "clause"), reason, "say where in the notice it stands")
    for name, figure in desk.programme.figures.items():
        if not figure.clause.strip():
            reason = f"the figure “{name}” has no clause"
            yield desk.finding(("figures", name), reason, "say where in the notice it stands")


def resembling(name: str, candidates: Iterable[str], otherwise: str = "") -> str:
    """A remedy that names what was probably meant, else `otherwise` or the first of what there is."""
    names = sorted(set(candidates))
    near = get_close_matches(name, names, n=1)
    if near:
        return f"“{near[0]}”?"
    if otherwise or not names:
        return otherwise or "there is none yet: add it"
    return f"known: {', '.join(names[:_NAMED])}{', …' * (len(names) > _NAMED)}"
