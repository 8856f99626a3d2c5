"""What staff settled stands in place of “for staff to verify”, as long as the answers are those they looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, get_args

import pytest

from forms.across import keys
from forms.answers import scope
from forms.loader import load
from forms.programme import Programme, Rule
from forms.rules import Verdict, conclude, judge
from forms.settling import Finding, SettledVerdict, Settlement, ground, grounds, named, settle
from tests.built_in import built_in
from tests.forms.definitions import tiny

NOW, LATER = datetime(2026, 6, 15, 4, tzinfo=UTC), datetime(2026, 6, 16, 4, tzinfo=UTC)
RULES = """\
  - id: member
    title: 会员
    clause: 五
    failing: review
    condition: union and start|months_to(today) >= 12
    met: 是
    unmet: 不是
  - id: titled
    title: 自荐
    clause: 六
    condition: remark
    doubt: remark
    met: 有
    unmet: 没有
  - id: alone
    title: 一人一次
    clause: 七
    across: {same: [name], most: 2}
    met: 一次
    unmet: 两次
"""
ANSWERS: dict[str, Any] = {"route": "self", "name": "陆建华", "start": "2010-04", "union": False}


@pytest.fixture(scope="module")
def programme() -> Programme:
    return load(tiny(rules=RULES))


def rule(programme: Programme, name: str) -> Rule:
    return next(each for each in programme.rules if each.id == name)


def scoped(programme: Programme, now: datetime = NOW, near: int = 2, **answers: Any) -> dict[str, Any]:
    """The scope of the case with other answers; `near` others have a name nearly the same."""
    given = {**ANSWERS, **answers}
    own = keys(programme, given)
    counts = {key: near if name.endswith("~") else 0 for name, key in own.items()}
    return scope(programme, given, now, counts=counts)


def made(programme: Programme, name: str, outcome: Finding = "met", **answers: Any) -> Settlement:
    """A settlement of a rule on the ground of these answers."""
    on = ground(programme, rule(programme, name), scoped(programme, **answers))
    return Settlement(name, outcome, "看了证", on, "青秀区总工会", "s", NOW)


def outcomes(programme: Programme, names: dict[str, Any], *made: Settlement) -> dict[str, str]:
    verdicts = settle(programme, names, judge(programme, names), made)
    return {each.rule.id: each.outcome for each in verdicts}


def test_without_a_settlement_every_verdict_stays(programme: Programme) -> None:
    names = scoped(programme)
    verdicts = judge(programme, names)
    assert settle(programme, names, verdicts, ()) == verdicts
    assert outcomes(programme, names) == {
        "years": "met",
        "member": "verify",
        "titled": "verify",
        "alone": "verify",
    }


@pytest.mark.parametrize("outcome", get_args(Finding))
def test_what_is_left_to_staff_is_as_they_settled_it(programme: Programme, outcome: Finding) -> None:
    names = scoped(programme)
    found = made(programme, "member", outcome)
    settled = settle(programme, names, judge(programme, names), [found])[1]
    assert settled == SettledVerdict(rule(programme, "member"), outcome, found)
    assert isinstance(settled, Verdict)
    assert str(found.message) == "由青秀区总工会认定：看了证"
    assert str(replace(found, office="").message) == "由工会认定：看了证"


def test_where_the_rule_decides_by_itself_it_decides(programme: Programme) -> None:
    on_union = ground(programme, rule(programme, "member"), scoped(programme, union=True))
    against = Settlement("member", "not_met", "看了证", on_union)
    assert outcomes(programme, scoped(programme, union=True), against)["member"] == "met"
    names = scoped(programme)
    del names["union"]
    waits = Settlement("member", "met", "看了证", ground(programme, rule(programme, "member"), names))
    assert outcomes(programme, names, waits)["member"] == "pending"


@pytest.mark.parametrize(
    ("name", "changed", "stands"),
    [
        ("member", {"start": "2011-04"}, False),
        ("member", {"name": "陆建国"}, True),
        ("member", {"now": LATER}, True),
        ("titled", {"name": "陆建国"}, False),
        ("titled", {"start": "2011-04"}, True),
        ("alone", {"near": 3}, False),
        ("alone", {"union": True}, True),
    ],
    ids=str,
)
def test_it_stands_and_lapses_with_the_answers_that_the_rule_weighs(
    programme: Programme, name: str, changed: dict[str, Any], stands: bool
) -> None:
    found, names = made(programme, name), scoped(programme, **changed)
    assert outcomes(programme, names, found)[name] == ("met" if stands else "verify")
    assert (grounds(programme, names)[name] == found.ground) == stands


def test_an_answer_that_is_as_it_was_again_has_the_same_ground(programme: Programme) -> None:
    first = made(programme, "member")
    assert made(programme, "member", start="2011-04").ground != first.ground
    assert made(programme, "member") == first


def test_no_answer_is_not_an_empty_one(programme: Programme) -> None:
    asked = rule(programme, "titled")
    assert ground(programme, asked, {}) != ground(programme, asked, {"name": ""})


def test_what_is_derived_of_what_is_derived_rests_on_the_answers() -> None:
    twice = load(
        tiny(rules=RULES, programme=("derived:\n", 'derived:\n  heading:\n    - {text: "{{ remark }}！"}\n'))
    )
    asked = rule(twice, "titled").model_copy(update={"condition": "heading", "doubt": "heading"})
    one, other = (ground(twice, asked, scoped(twice, name=name)) for name in ("陆建华", "陆建国"))
    assert one != other


def test_another_edition_of_the_rule_is_another_ground(programme: Programme) -> None:
    stricter = load(tiny(rules=RULES.replace(">= 12", ">= 24")))
    names = scoped(programme)
    one, other = (ground(each, rule(each, "member"), names) for each in (programme, stricter))
    assert one != other


def test_the_conclusion_follows(programme: Programme) -> None:
    names = scoped(programme)
    verdicts = judge(programme, names)
    assert conclude(verdicts) == "review"
    member, titled, alone = (made(programme, name) for name in ("member", "titled", "alone"))
    refused = made(programme, "titled", "not_met")
    for settlements, conclusion in (
        ([member, titled, alone], "eligible"),
        ([member, titled], "review"),
        ([member, refused, alone], "ineligible"),
    ):
        assert conclude(settle(programme, names, verdicts, settlements)) == conclusion


def test_of_several_experts_each_is_settled_alone() -> None:
    programme = built_in().named("nanning-2026")
    assert programme
    level = rule(programme, "expert_level")
    assert [named(level, number) for number in (1, 2)] == ["expert_level", "expert_level-2"]
    assert named(rule(programme, "trade_years"), 2) == "trade_years"
    names = {**programme.constants(NOW), "expert_skill_level": "技师"}
    found = Settlement(named(level, 2), "met", "看了证书", ground(programme, level, names))
    left = (Verdict(level, "verify"),)
    assert settle(programme, names, left, [found], number=1) == left
    assert settle(programme, names, left, [found], number=2) == (SettledVerdict(level, "met", found),)


@pytest.mark.parametrize("programme", built_in().offered, ids=lambda each: each.id)
def test_no_ground_of_any_programme_hangs_on_the_day(programme: Programme) -> None:
    for party in {each.party for each in programme.rules}:
        one, other = (
            grounds(programme, programme.constants(now), party)
            for now in (NOW, datetime(2027, 1, 1, tzinfo=UTC))
        )
        assert one == other
        assert one.keys() == {each.id for each in programme.rules if each.party == party}
