"""The print macros that programmes share: several use each of them, and none writes them out again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta, nodes

from forms.filters import FILTERS
from forms.library import BUILT_IN, homes

SHARED = BUILT_IN / "_shared" / "print"
PROGRAMMES = [home.name for home in homes(BUILT_IN)]
#: What draws boxes, seals and fitted cells is there for every form, whether or not several have such a thing.
KIT = "macros.html"

Macro = tuple[str, str]  # the file and the name

ENV = jinja2.Environment(autoescape=True)
ENV.filters.update(FILTERS)


def trees(folder: Path) -> dict[str, nodes.Template]:
    return {path.name: ENV.parse(path.read_text("utf-8")) for path in sorted(folder.glob("*.html"))}


MACROS = trees(SHARED)
PRINTS = {programme: trees(BUILT_IN / programme / "print") for programme in PROGRAMMES}


def called(tree: nodes.Template, within: nodes.Node, file: str) -> Iterator[Macro]:
    """The macros that a part of a template calls or takes a value from: those it imports and those of its own file."""
    imported = {node.target: node.template.value for node in tree.find_all(nodes.Import)}  # type: ignore[attr-defined]
    own = {macro.name for macro in tree.find_all(nodes.Macro)}
    for part in within.find_all(nodes.Getattr):
        if isinstance(part.node, nodes.Name) and part.node.name in imported:
            yield imported[part.node.name], part.attr
    for name in within.find_all(nodes.Name):
        if name.name in own:
            yield file, name.name


def taken(programme: str) -> set[Macro]:
    """The shared macros that a programme's prints use, and those that these use in turn."""
    waiting = [
        macro
        for file, tree in PRINTS[programme].items()
        for macro in called(tree, tree, file)
        if macro[0] in MACROS
    ]
    found: set[Macro] = set()
    while waiting:
        file, name = waiting.pop()
        if (file, name) not in found:
            found.add((file, name))
            bodies = [macro for macro in MACROS[file].find_all(nodes.Macro) if macro.name == name]
            waiting += [
                macro for body in bodies for macro in called(MACROS[file], body, file) if macro[0] in MACROS
            ]
    return found


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (file, macro.name)
        for file, tree in MACROS.items()
        if file != KIT
        for macro in tree.find_all(nodes.Macro)
    ],
)
def test_two_programmes_at_least_use_each_shared_macro(file: str, name: str) -> None:
    users = [programme for programme in PROGRAMMES if (file, name) in taken(programme)]
    assert len(users) >= 2, f"{name} is used by {users or 'none'}: it belongs there"


def bodies(trees: dict[str, nodes.Template]) -> Iterator[tuple[str, str]]:
    for file, tree in trees.items():
        for macro in tree.find_all(nodes.Macro):
            yield f"{file} {macro.name}", repr(macro.body)


@pytest.mark.parametrize(("one", "other"), [*combinations(["_shared", *PROGRAMMES], 2)])
def test_no_macro_is_defined_twice(one: str, other: str) -> None:
    first, second = (dict(bodies(MACROS if each == "_shared" else PRINTS[each])) for each in (one, other))
    copies = [(name, same) for name, body in first.items() for same, again in second.items() if body == again]
    assert copies == []


@pytest.mark.parametrize("drawn", ["<!DOCTYPE", "<body", '<table class="form'])
@pytest.mark.parametrize("programme", PROGRAMMES)
def test_no_print_writes_out_what_a_macro_draws(programme: str, drawn: str) -> None:
    texts = {path.name: path.read_text("utf-8") for path in (BUILT_IN / programme / "print").glob("*.html")}
    assert any("paper." in text for text in texts.values())
    assert [name for name, text in texts.items() if drawn in text] == []


@pytest.mark.parametrize("file", sorted(MACROS))
def test_a_shared_macro_reads_nothing_but_what_it_is_given(file: str) -> None:
    assert meta.find_undeclared_variables(MACROS[file]) == set()
