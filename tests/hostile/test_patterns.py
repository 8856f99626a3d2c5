"""No pattern divides what is said again and again in more ways than one.

Where the words of a repeated group are themselves made of its other words (得, 过 and 得过), a text of thirty of them can be
divided in a thousand million ways, and a pattern that does not fit in the end tries them all.
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import product
from re import _constants as op  # what a pattern is made of is told nowhere else
from re import _parser as parser
from typing import Any

import pytest

import dialogs
import forms

#: So many words of a group are looked at, which is all of nearly every one.
_MOST = 3000
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)


class _Endless(Exception):  # noqa: N818  # says what the words are
    """More than words of the pattern's own: “any character”, or all but some."""


def _patterns(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict | tuple | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _patterns(each)


def _named() -> dict[str, re.Pattern[str]]:
    """Every pattern that a module of the product holds, by where it is first met."""
    modules = [
        import_module(each.name)
        for package in (forms, dialogs)
        for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not each.name.endswith("__main__")
    ]
    found = {}
    for module in modules:
        for name, value in vars(module).items():
            for at, pattern in enumerate(_patterns(value)):
                found.setdefault(pattern, f"{module.__name__}.{name}[{at}]")
    return {name: pattern for pattern, name in found.items()}


def _repeated(parsed: Iterable[tuple[Any, Any]]) -> Iterator[Any]:
    """The groups that may stand any number of times, and may be divided anew."""
    for kind, inside in parsed:
        if kind in _REPEATS:
            if inside[1] is op.MAXREPEAT:
                yield inside[2]
            yield from _repeated(inside[2])
        elif kind is op.POSSESSIVE_REPEAT:
            yield from _repeated(inside[2])
        elif kind is op.SUBPATTERN:
            yield from _repeated(inside[3])
        elif kind in {op.ASSERT, op.ASSERT_NOT}:
            yield from _repeated(inside[1])
        elif kind is op.BRANCH:
            for way in inside[1]:
                yield from _repeated(way)


def _words(parsed: Iterable[tuple[Any, Any]]) -> list[str]:
    """Words that a part of a pattern fits, the first so many of them. Raises `_Endless`."""
    words = [""]
    for kind, inside in parsed:
        words = [one + other for one in words for other in _of(kind, inside)][:_MOST]
    return words


def _of(kind: Any, inside: Any) -> list[str]:
    if kind is op.LITERAL:
        return [chr(inside)]
    if kind is op.IN:
        return [char for each, value in inside for char in _characters(each, value)]
    if kind is op.SUBPATTERN:
        return _words(inside[3])
    if kind is op.ATOMIC_GROUP:
        return _words(inside)
    if kind is op.BRANCH:
        return [word for way in inside[1] for word in _words(way)]
    if kind in {op.AT, op.ASSERT, op.ASSERT_NOT}:
        return [""]
    if kind not in {*_REPEATS, op.POSSESSIVE_REPEAT}:
        raise _Endless
    fewest, most, part = inside
    words = _words(part)
    counts = range(fewest, min(int(most), fewest + 2) + 1)
    return ["".join(each) for count in counts for each in _firsts(product(words, repeat=count))]


def _firsts(many: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [each for each, _ in zip(many, range(_MOST), strict=False)]


def _characters(kind: Any, value: Any) -> Iterable[str]:
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.RANGE and value[1] - value[0] < 100:
        return map(chr, range(value[0], value[1] + 1))
    if kind is op.CATEGORY:
        return [" " if value is op.CATEGORY_SPACE else "7"]
    raise _Endless


def _divided(words: Iterable[str]) -> list[str]:
    """The words that are made of others."""
    known = {word for word in words if word}
    longest = max(map(len, known), default=0)

    def made(word: str) -> bool:
        reached = {0}
        for end in range(1, len(word) + 1):
            parts = (start for start in range(max(0, end - longest), end) if (start, end) != (0, len(word)))
            if any(start in reached and word[start:end] in known for start in parts):
                reached.add(end)
        return len(word) in reached

    return sorted(filter(made, known))


PATTERNS = _named()


def test_the_patterns_of_the_product_are_found() -> None:
    assert len(PATTERNS) > 300
    assert any(name.startswith("forms.kinds.sentences._ROUND") for name in PATTERNS)


@pytest.mark.parametrize(
    ("pattern", "twice"),
    [
        ("(?:得过?|过)*", ["得过"]),
        ("(?:[一二]+|百)*x", ["一一", "一一一"]),
        ("(?:刚刚?)+", ["刚刚"]),
        ("(?:得|过|[一二])*", []),
        ("(?:刚刚?)*+", []),
    ],
)
def test_words_made_of_other_words_are_seen(pattern: str, twice: list[str]) -> None:
    (*groups,) = _repeated(parser.parse(pattern))
    found = [word for group in groups for word in _divided(_words(group))]
    assert found[: len(twice)] == twice
    assert bool(found) == bool(twice)


@pytest.mark.parametrize("name", PATTERNS)
def test_what_is_repeated_is_divided_in_one_way(name: str) -> None:
    pattern = PATTERNS[name]
    for group in _repeated(parser.parse(pattern.pattern, pattern.flags)):
        try:
            words = _words(group)
        except _Endless:
            continue
        assert _divided(words) == [], "say each by itself: 得 and 过 are 得过, too"
