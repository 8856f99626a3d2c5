"""The order in which a unit puts those whom it recommends (推荐优先顺序): one's place in it, and lists that keep to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from forms.programme import Programme


def rank(programme: Programme, scope: Mapping[str, Any]) -> int | None:
    """Somebody's place among those of their unit, from 1; None where nobody has said it.

    A text that is derived from the nominee's own answer is what counts: a unit may have said it in its place.
    """
    asked = programme.preference
    if not asked:
        return None
    derived = (name for name, reads in programme.making.items() if asked in reads)
    said = (str(scope[name]).strip() for name in (*derived, asked) if name in scope)
    digits = next((each for each in said if each.isdecimal() and each.isascii()), "")
    return int(digits) or None if digits else None


def preferred(rows: Iterable[tuple[str, str, int | None]]) -> tuple[str, ...]:
    """Names in their order, each with its unit ("" for none of its own) and its rank there; those of a unit by their rank.

    A unit's places in the list stay where they are: nobody of another unit comes sooner or later by it.
    """
    listed = tuple(rows)
    by_unit: dict[str, list[tuple[bool, int, int, str]]] = {}
    for at, (name, unit, place) in enumerate(listed):
        if unit:
            by_unit.setdefault(unit, []).append((place is None, place or 0, at, name))
    waiting = {unit: iter(sorted(of)) for unit, of in by_unit.items()}
    return tuple(next(waiting[unit])[-1] if unit else name for name, unit, _ in listed)
