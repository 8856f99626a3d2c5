"""Those of one unit stand as it prefers them, and nobody of another unit is moved by it."""

from __future__ import annotations

import pytest

from forms.preferring import preferred, rank
from tests.forms.programmes.cases import played, programme

LIUZHOU, NANNING = "liuzhou-2025", "nanning-2026"


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ([], ""),
        ([("a", "u", 3), ("b", "u", 1), ("c", "u", 2)], "bca"),
        ([("a", "u", 2), ("b", "v", 2), ("c", "u", 1), ("d", "v", 1)], "cdab"),
        ([("a", "u", None), ("b", "u", 2), ("c", "u", 1)], "cba"),
        ([("a", "", 2), ("b", "", 1)], "ab"),
        ([("a", "u", 1), ("b", "u", 1)], "ab"),
        ([("a", "u", 2), ("b", "", None), ("c", "u", 1)], "cba"),
    ],
)
def test_a_units_nominees_stand_by_their_rank_in_the_places_that_are_theirs(
    rows: list[tuple[str, str, int | None]], order: str
) -> None:
    assert "".join(preferred(rows)) == order


@pytest.mark.parametrize(
    ("scope", "place"),
    [
        ({"priority": 2}, 2),
        ({"ranking": "3"}, 3),
        ({"ranking": "1", "priority": 2}, 1),
        ({}, None),
        ({"priority": 0}, None),
        ({"ranking": "②"}, None),
    ],
)
def test_a_place_is_the_nominees_own_word_or_that_of_their_unit(
    scope: dict[str, object], place: int | None
) -> None:
    assert rank(programme(LIUZHOU), scope) == place


def test_a_programme_that_asks_for_no_order_has_none() -> None:
    assert rank(programme(NANNING), {"priority": 2, "ranking": "2"}) is None


@pytest.mark.parametrize(
    ("name", "changed", "place"), [("unit-city", {"priority": 3}, 3), ("unit-fills", {}, 2)]
)
def test_a_case_has_the_place_that_was_said_in_it(name: str, changed: dict[str, int], place: int) -> None:
    case = played(LIUZHOU, name, **changed)
    assert rank(case.programme, case.scope) == place
