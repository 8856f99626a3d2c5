"""Branches: a condition that can never hold, an option that does not exist, a route that leads nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import nodes

from forms.expressions import Pending, environment, expression
from forms.kinds.base import Question
from forms.kinds.options import OptionsQuestion
from forms.kinds.yes_no import YesNoQuestion
from forms.lint.desk import FIXED, Desk, Finding, Path_, fields_of
from forms.lint.names import resembling

_WIDE_COMMA = re.compile("[，、；]")
_MEMBERSHIP = ("in", "notin")


def option_values(question: Question) -> tuple[str, ...] | None:
    """What a question's answer can be where that is a closed list; None where anything can come."""
    if isinstance(question, OptionsQuestion):
        return tuple(option.value for option in question.offered)
    return None


def unknown_options(desk: Desk) -> Iterator[Finding]:
    """A comparison with something that the question never answers."""
    questions = desk.by_id()
    routes = [route.id for route in desk.programme.routes]
    derived = {name: values for each in questions.values() for name, values in each.closed.items()}
    for reading in desk.readings:
        for name, value in _compared(reading.tree):
            if name in derived and value not in derived[name]:
                reason = f"“{name}” never is “{value}”"
                yield desk.finding(reading.path, reason, f"it is {' or '.join(derived[name])}")
                continue
            question = questions.get(name)
            if question is None:
                if name == "route" and value not in routes:
                    reason = f"there is no route “{value}”"
                    yield desk.finding(reading.path, reason, resembling(str(value), routes))
                continue
            if question.kind == "yes-no" and not isinstance(value, bool):
                reason = f"“{name}” is answered by yes or no, it never is “{value}”"
                yield desk.finding(reading.path, reason, f"write {name}, or not {name}")
                continue
            values = option_values(question)
            if values is not None and value not in values:
                reason = f"“{name}” has no option “{value}”"
                yield desk.finding(reading.path, reason, resembling(str(value), values))


def words_run_together(desk: Desk) -> Iterator[Finding]:
    """Words that people type for an answer, with a comma of the Chinese keyboard between: YAML takes them for one."""
    for path, word in _typed(desk):
        if _WIDE_COMMA.search(word):
            yield desk.finding(path, f"“{word}” is one word here", "write “, ” of half width between words")


def _typed(desk: Desk) -> Iterator[tuple[Path_, str]]:
    """Every word that people may type for an answer, with its path."""
    for number, route in enumerate(desk.programme.routes):
        yield from _each(("routes", number, "aliases"), route.aliases)
    for asked in desk.asked:
        question = asked.question
        if isinstance(question, YesNoQuestion):
            yield from _each((*asked.path, "yes_also"), question.yes_also)
            yield from _each((*asked.path, "no_also"), question.no_also)
        if isinstance(question, OptionsQuestion):
            for value, words in question.also.items():
                yield from _each((*asked.path, "also", value), words)
            for number, option in enumerate(question.options):
                yield from _each((*asked.path, "options", number, "aliases"), option.aliases)


def _each(path: Path_, words: tuple[str, ...]) -> Iterator[tuple[Path_, str]]:
    return (((*path, index), word) for index, word in enumerate(words))


def _compared(tree: nodes.Template) -> Iterator[tuple[str, Any]]:
    """Each name together with each constant it is compared with."""
    for node in tree.find_all(nodes.Compare):
        left = node.expr
        for operand in node.ops:
            right = operand.expr
            if operand.op in ("eq", "ne", *_MEMBERSHIP):
                yield from _pairs(left, right)
                yield from _pairs(right, left)
            left = right
    for call in tree.find_all(nodes.Filter):
        if call.name == "has_any" and isinstance(call.node, nodes.Name):
            for argument in call.args:
                yield from _pairs(call.node, argument)


def _pairs(name: nodes.Expr, constant: nodes.Expr) -> Iterator[tuple[str, Any]]:
    if not isinstance(name, nodes.Name):
        return
    items = constant.items if isinstance(constant, nodes.List | nodes.Tuple) else [constant]
    for item in items:
        if isinstance(item, nodes.Const):
            yield name.name, item.value


def unreachable(desk: Desk) -> Iterator[Finding]:
    """A condition that is decided without any answer: what hangs on it never comes, or always does."""
    constants: Mapping[str, Any] = {
        "figures": {name: figure.value for name, figure in desk.programme.figures.items()},
        "month_style": desk.programme.month_style,
        **({"route": desk.programme.routes[0].id} if len(desk.programme.routes) == 1 else {}),
    }
    for reading in desk.readings:
        if reading.path[-1] != "when" or not reading.names <= {*FIXED, *constants}:
            continue
        try:
            holds = expression(reading.source).holds(constants)
        except (Pending, TypeError):
            continue
        if not holds:
            reason = f"“{reading.source}” never holds: nothing ever comes of this"
            yield desk.finding(reading.path, reason, "mend the condition, or take out what hangs on it")
    for asked in desk.asked:
        contradiction = _contradiction(asked.question.when, desk.by_id(asked.form.party))
        if contradiction:
            remedy = "join the two by “or”, or take the question out"
            yield desk.finding((*asked.path, "when"), contradiction, remedy)


def _contradiction(source: str, questions: Mapping[str, Question]) -> str:
    """Two demands joined by `and` that one answer cannot fulfil together, or ""."""
    if not source:
        return ""
    demands: dict[str, set[Any]] = {}
    parts = [_body(source)]
    while parts:
        part = parts.pop()
        if isinstance(part, nodes.And):
            parts += [part.left, part.right]
            continue
        name, value = _demand(part)
        question = questions.get(name)
        if question is not None and (question.kind in ("yes-no", "choice")):
            demands.setdefault(name, set()).add(value)
    for name, values in demands.items():
        if len(values) > 1:
            both = " and ".join(f"“{value}”" for value in sorted(map(str, values)))
            return f"“{name}” would have to be {both} at once: this question is never asked"
    return ""


def _body(source: str) -> nodes.Expr:
    output = next(environment().parse("{{ (" + source + ") }}").find_all(nodes.Output))
    return output.nodes[0]


def _demand(part: nodes.Expr) -> tuple[str, Any]:
    match part:
        case nodes.Name():
            return part.name, True
        case nodes.Not(node=nodes.Name() as inner):
            return inner.name, False
        case nodes.Compare(
            expr=nodes.Name() as left, ops=[nodes.Operand(op="eq", expr=nodes.Const() as right)]
        ):
            return left.name, right.value
    return "", None


def doubled_options(desk: Desk) -> Iterator[Finding]:
    """Two options that cannot be told apart."""
    for asked in desk.asked:
        yield from _doubled(desk, asked.question, asked.path)
        for index, field in enumerate(fields_of(asked.question)):
            yield from _doubled(desk, field, (*asked.path, "fields", index))


def _doubled(desk: Desk, question: Question, path: tuple[object, ...]) -> Iterator[Finding]:
    seen = set()
    for index, option in enumerate(question.offered if isinstance(question, OptionsQuestion) else ()):
        if option.shown in seen:
            reason = f"“{question.id}” has two options that read “{option.shown}”"
            yield desk.finding((*path, "options", index), reason, "give one of them another label")
        seen.add(option.shown)


def routes_to_nowhere(desk: Desk) -> Iterator[Finding]:
    """A route for which the packet would hold neither a document nor a paper."""
    programme = desk.programme
    for index, route in enumerate(programme.routes):
        conditions = [document.when for document in programme.documents]
        conditions += [paper.when for paper in programme.papers]
        if not any(_may_hold(when, route.id) for when in conditions):
            reason = f"the route “{route.id}” leads to no document and no paper"
            remedy = "let the “when” of a document or paper hold for it, or take the route out"
            yield desk.finding(("routes", index), reason, remedy)


def receivers_that_nobody_is(desk: Desk) -> Iterator[Finding]:
    """A receiver that no union can be, and one that stands behind another that always holds."""
    for index, route in enumerate(desk.programme.routes):
        always = False
        for at, receiver in enumerate(route.received_by):
            path = ("routes", index, "received_by", at)
            if not receiver.name and not receiver.kinds:
                yield desk.finding(path, "no union is named, and no kind of them", "give “name” or “kinds”")
            if always:
                reason = "the one before it has no “when”: this one is never taken"
                yield desk.finding(path, reason, "put it first, or give the one before it a “when”")
            always = always or not receiver.when


def _may_hold(when: str, route: str) -> bool:
    try:
        return not when or expression(when).holds({"route": route})
    except Pending:
        return True
