"""Who may do what at an office."""

from __future__ import annotations

import pytest

from forms.seats import ACTS, Act, rights


def test_a_head_may_do_everything() -> None:
    assert rights(["head"], corrects=True).acts == ACTS


@pytest.mark.parametrize(
    "act", ["receive", "return", "settle", "accept", "pass_up", "refuse", "tick", "export", "take"]
)
def test_a_clerk_works_on_cases(act: Act) -> None:
    assert rights(["clerk"], corrects=False).may(act)


@pytest.mark.parametrize("act", ["assign", "stages", "invite", "remove"])
def test_a_clerk_gives_no_orders_and_no_seats(act: Act) -> None:
    assert not rights(["clerk"], corrects=True).may(act)


def test_an_auditor_reads_and_does_nothing_else() -> None:
    assert rights(["auditor"], corrects=True).acts == {"read"}
    assert not rights(["auditor"], corrects=True).decides


@pytest.mark.parametrize("role", ["head", "clerk"])
def test_slips_are_mended_only_where_the_office_allows_it(role: str) -> None:
    assert rights([role], corrects=True).may("correct")
    assert not rights([role], corrects=False).may("correct")


def test_two_seats_give_what_either_gives() -> None:
    assert rights(["auditor", "clerk"], corrects=False) == rights(["clerk"], corrects=False)


@pytest.mark.parametrize("roles", [[], ["boss"], [""]])
def test_no_role_gives_nothing(roles: list[str]) -> None:
    assert rights(roles, corrects=True).acts == frozenset()
