"""Conditions and figures of a programme: Jinja2 expressions, sandboxed and small.

The sandbox alone does not keep a definition from asking for a gigabyte, so the syntax tree is walked first
and anything but names, attributes, constants, comparisons, and/or/not, lists, plus/minus and the registered
filters is refused. The same walk yields the names that an expression needs.

Unanswered names are absent from the scope; touching one raises `Pending`, which is what a verdict or a
branch does with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms.evaluating import Compiler
from forms.filters import FILTERS, READ_BY_FILTERS

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.List,
    nodes.Tuple,
    nodes.Add,
    nodes.Sub,
    nodes.Neg,
    nodes.Filter,
    nodes.Keyword,
    nodes.Test,
    nodes.CondExpr,
)
_TESTS = frozenset({"defined"})


class ExpressionError(ValueError):
    """An expression that cannot be read or asks for more than the language has."""


class Pending(LookupError):  # noqa: N818 - not a failure: the answer is still to come
    """A name that the expression needs is not answered yet."""


def environment() -> ImmutableSandboxedEnvironment:
    """The one environment of expressions and sentences."""
    env = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=False)
    env.filters = dict(FILTERS)
    env.globals = {}
    return env


_ENV = environment()
_COMPILER = Compiler(_ENV)


def _walk(source: str, tree: nodes.Template) -> frozenset[str]:
    names = set()
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(f"“{source}”: {type(node).__name__.lower()} is not part of the language")
        if isinstance(node, nodes.Filter) and node.name not in FILTERS:
            raise ExpressionError(f"“{source}”: there is no filter “{node.name}”")
        if isinstance(node, nodes.Test) and node.name not in _TESTS:
            raise ExpressionError(f"“{source}”: there is no test “{node.name}”")
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise ExpressionError(f"“{source}”: {node.attr} is private")
        if isinstance(node, nodes.Name):
            names.add(node.name)
    return frozenset(names)


def _told(source: str, why: str) -> str:
    """Jinja's own words, but where they speak of the brackets that we put round a condition."""
    if "got '='" in why:
        return "a single “=” compares nothing"
    if "')'" in why and source.count("(") == source.count(")"):
        return "it breaks off, or a word is missing"
    return why


class Expression:
    """A compiled condition or figure. `names` are the scope names in it, `reads` are also those that its filters read."""

    def __init__(self, source: str) -> None:
        self.source = source
        try:
            tree = _ENV.parse("{{ (" + source + ") }}")
            self.names = _walk(source, tree)
            self.reads = self.names | READ_BY_FILTERS
            if (
                not source.strip()
                or len(tree.body) != 1
                or not isinstance(tree.body[0], nodes.Output)
                or len(tree.body[0].nodes) != 1
            ):
                raise ExpressionError(f"“{source}”: one expression is wanted here")
            self._run = _COMPILER.condition(tree)
            self._needs = tuple(sorted(_COMPILER.needs(tree.body[0].nodes[0])))
        except jinja2.TemplateError as error:
            raise ExpressionError(f"“{source}”: {_told(source, str(error))}") from error

    def value(self, scope: Mapping[str, Any]) -> Any:
        """The value in this scope. Raises `Pending` when an answer is missing."""
        for name in self._needs:
            if name not in scope:  # as its use would tell, at a tenth of the price
                raise Pending(f"'{name}' is undefined")
        try:
            result = self._run(scope)
        except jinja2.UndefinedError as error:
            raise Pending(str(error)) from error
        if isinstance(result, jinja2.Undefined):
            raise Pending(self.source)
        return result

    def holds(self, scope: Mapping[str, Any]) -> bool:
        """Whether the condition is true. Raises `Pending` when an answer is missing."""
        return bool(self.value(scope))


class Sentence:
    """A compiled text with `{{ … }}` in it. `names` and `reads` as those of an `Expression`."""

    def __init__(self, source: str) -> None:
        self.source = source
        try:
            tree = _ENV.parse(source)
            self.names = _walk(source, tree)
            self.reads = self.names | READ_BY_FILTERS
            self._text = _COMPILER.text(tree)
        except jinja2.TemplateError as error:
            raise ExpressionError(f"“{source}”: {error}") from error

    def text(self, scope: Mapping[str, Any]) -> str:
        """The text in this scope. Raises `Pending` when an answer is missing."""
        try:
            return self._text(scope)
        except jinja2.UndefinedError as error:
            raise Pending(str(error)) from error


@lru_cache(maxsize=4096)
def expression(source: str) -> Expression:
    """The compiled expression; the same source is compiled once."""
    return Expression(source)


@lru_cache(maxsize=4096)
def sentence(source: str) -> Sentence:
    """The compiled sentence; the same source is compiled once."""
    return Sentence(source)


def holds(condition: str, scope: Mapping[str, Any]) -> bool:
    """Whether a condition is true, as one that is not there is; one that hangs on a missing answer is not yet."""
    try:
        return not condition or expression(condition).holds(scope)
    except Pending:
        return False


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    """The names that have another value in one scope than in the other, or that only one of them has."""
    both = ((name, before[name], value) for name, value in after.items() if name in before)
    other = (name for name, was, value in both if was is not value and was != value)
    return frozenset(before.keys() ^ after.keys()).union(other)
