"""Syntax trees of Jinja2 made into plain functions of the scope.

A form asks hundreds of conditions a turn. Jinja2's own compiled expressions build a context for each of them, which
takes ten times as long as the condition itself; a tree as small as ours needs none. The operators are Python's, as
they are in what Jinja2 compiles, and a name without a value is its StrictUndefined, which raises wherever it is used.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from forms.filters import SCOPED

Scope = Mapping[str, Any]
Function = Callable[[Scope], Any]

_COMPARED: Mapping[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "gteq": operator.ge,
    "lt": operator.lt,
    "lteq": operator.le,
    "in": lambda item, items: item in items,
    "notin": lambda item, items: item not in items,
}
_MISSING = object()


class Compiler:
    """Makes functions of the nodes that the language has; `env` gives the filters and safe access to attributes."""

    def __init__(self, env: ImmutableSandboxedEnvironment) -> None:
        self._env = env

    def condition(self, tree: nodes.Template) -> Function:
        """The function of “{{ (…) }}”: the value of its one expression."""
        (output,) = tree.find_all(nodes.Output)
        (only,) = output.nodes
        return self._function(only)

    def text(self, tree: nodes.Template) -> Callable[[Scope], str]:
        """The function of a text with “{{ … }}” in it."""
        shown = (node for output in tree.find_all(nodes.Output) for node in output.nodes)
        pieces = [
            _constant(node.data) if isinstance(node, nodes.TemplateData) else self._function(node)
            for node in shown
        ]
        return lambda scope: "".join(str(piece(scope)) for piece in pieces)

    def needs(self, node: nodes.Node | None) -> frozenset[str]:
        """Names without any one of which this cannot come to anything, whatever the others are; not all such names.

        What is read first, before an “and”, an “or” or an “if” may leave the rest unread.
        """
        match node:
            case nodes.Name():
                return frozenset({node.name})
            case nodes.Compare(ops=[nodes.Operand(op="in" | "notin", expr=items)]):
                given = isinstance(items, nodes.List | nodes.Tuple) and bool(items.items)
                return self.needs(node.expr) if given else self.needs(items)
            case nodes.Compare(ops=[only]):
                return self.needs(node.expr) | self.needs(only.expr)
            case nodes.Add() | nodes.Sub() | nodes.And() | nodes.Or():
                both = isinstance(node, nodes.Add | nodes.Sub)
                return self.needs(node.left) | (self.needs(node.right) if both else frozenset())
            case nodes.Not() | nodes.Neg() | nodes.Getattr():
                return self.needs(node.node)
            case nodes.CondExpr():
                return self.needs(node.test)
        return frozenset()

    def _function(self, node: nodes.Node) -> Function:
        made: Function = getattr(self, f"_{type(node).__name__.lower()}")(node)
        return made

    def _const(self, node: nodes.Const) -> Function:
        return _constant(node.value)

    def _name(self, node: nodes.Name) -> Function:
        name = node.name
        undefined = self._env.undefined(name=name)

        def look_up(scope: Scope) -> Any:
            value = scope.get(name, _MISSING)
            return undefined if value is _MISSING else value

        return look_up

    def _getattr(self, node: nodes.Getattr) -> Function:
        of, name, get = self._function(node.node), node.attr, self._env.getattr
        return lambda scope: get(of(scope), name)

    def _compare(self, node: nodes.Compare) -> Function:
        first = self._function(node.expr)
        if len(node.ops) == 1:
            compared, other = _COMPARED[node.ops[0].op], self._function(node.ops[0].expr)
            return lambda scope: compared(first(scope), other(scope))
        chain = [(_COMPARED[each.op], self._function(each.expr)) for each in node.ops]

        def compare(scope: Scope) -> Any:
            left, result = first(scope), True
            for compared, other in chain:
                right = other(scope)
                result = compared(left, right)
                if not result:
                    break
                left = right
            return result

        return compare

    def _and(self, node: nodes.And) -> Function:
        left, right = self._function(node.left), self._function(node.right)
        return lambda scope: left(scope) and right(scope)

    def _or(self, node: nodes.Or) -> Function:
        left, right = self._function(node.left), self._function(node.right)
        return lambda scope: left(scope) or right(scope)

    def _not(self, node: nodes.Not) -> Function:
        negated = self._function(node.node)
        return lambda scope: not negated(scope)

    def _neg(self, node: nodes.Neg) -> Function:
        negative = self._function(node.node)
        return lambda scope: -negative(scope)

    def _add(self, node: nodes.Add) -> Function:
        left, right = self._function(node.left), self._function(node.right)
        return lambda scope: left(scope) + right(scope)

    def _sub(self, node: nodes.Sub) -> Function:
        left, right = self._function(node.left), self._function(node.right)
        return lambda scope: left(scope) - right(scope)

    def _list(self, node: nodes.List) -> Function:
        items = [self._function(item) for item in node.items]
        return lambda scope: [item(scope) for item in items]

    def _tuple(self, node: nodes.Tuple) -> Function:
        items = [self._function(item) for item in node.items]
        return lambda scope: tuple(item(scope) for item in items)

    def _condexpr(self, node: nodes.CondExpr) -> Function:
        test, then = self._function(node.test), self._function(node.expr1)
        other = self._function(node.expr2) if node.expr2 else _constant(jinja2.Undefined("there is no else"))
        return lambda scope: then(scope) if test(scope) else other(scope)

    def _test(self, node: nodes.Test) -> Function:
        """“is defined” is the one test there is."""
        tested = self._function(node.node)
        return lambda scope: not isinstance(tested(scope), jinja2.Undefined)

    def _filter(self, node: nodes.Filter) -> Function:
        filter_, of = self._env.filters[node.name], self._function(node.node or nodes.Const(""))
        arguments = [self._function(argument) for argument in node.args]
        named = [(str(keyword.key), self._function(keyword.value)) for keyword in node.kwargs]
        scoped = filter_ in SCOPED
        if not scoped and not named:
            if not arguments:
                return lambda scope: filter_(of(scope))
            if len(arguments) == 1:
                only = arguments[0]
                return lambda scope: filter_(of(scope), only(scope))

        def apply(scope: Scope) -> Any:
            given = [of(scope), *(argument(scope) for argument in arguments)]
            before = (scope,) if scoped else ()
            return filter_(*before, *given, **{name: value(scope) for name, value in named})

        return apply


def _constant(value: Any) -> Function:
    return lambda scope: value
