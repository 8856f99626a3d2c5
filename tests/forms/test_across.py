"""Rules across cases: equal answers give equal keys, and the count of the others is plain data to a condition."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forms.across import NEARLY, keys, near, peers, supposed
from forms.answers import scope
from forms.loader import DefinitionError, load
from forms.programme import Programme
from forms.rules import Verdict, judge
from forms.unit_names import normal
from tests.forms.definitions import tiny
from tests.forms.test_lint import found

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
LU = {"route": "self", "name": "陆建华", "start": "2010-07", "union": True, "proof": "会字第7号"}
RULE = """\
  - id: one_each
    title: 每个方式一人
    clause: 四
    across: {same: [proof, remark], most: 1}
    reckoning: "已有{{ peers.one_each }}人"
    met: 没满
    unmet: 满了
"""


def programme(rule: str = RULE) -> Programme:
    return load(tiny(rules=rule))


def verdict(answers: dict[str, object], others: int | None) -> Verdict:
    ours = programme()
    names = scope(ours, answers, NOW)
    counts = {} if others is None else supposed(ours, names, {"one_each": others})
    judged = judge(ours, scope(ours, answers, NOW, counts=counts))
    return next(each for each in judged if each.rule.id == "one_each")


@pytest.mark.parametrize(
    ("others", "outcome"), [(0, "met"), (1, "not_met"), (2, "not_met"), (None, "pending")]
)
def test_the_condition_weighs_how_many_others_there_are(others: int | None, outcome: str) -> None:
    assert verdict(LU, others).outcome == outcome


def test_without_the_answers_that_are_compared_the_verdict_waits() -> None:
    assert verdict({"route": "self", "name": "陆建华"}, 1).outcome == "pending"


def test_most_may_be_a_figure() -> None:
    rule = next(each for each in programme(RULE.replace("most: 1", "most: years")).rules if each.across)
    assert rule.condition == "peers.one_each < figures.years"


def test_a_condition_of_its_own_stands() -> None:
    rule = programme(RULE + "    condition: peers.one_each < 3 or union\n").rules[-1]
    assert rule.condition == "peers.one_each < 3 or union"


def test_answers_are_one_however_they_are_typed() -> None:
    assert normal("常州 精衡（集团）有限公司 ABC") == normal("常州精衡(集团)有限公司\nＡｂｃ")
    ours = programme()
    first, second = ({**LU, "proof": text} for text in ("会字第7号（总）", "会字 第７号(总)"))
    assert keys(ours, scope(ours, first, NOW)) == keys(ours, scope(ours, second, NOW))


def test_a_key_is_of_its_programme_its_rule_and_the_order_of_its_answers() -> None:
    ours = programme()
    names = scope(ours, LU, NOW)
    other = load(tiny(rules=RULE, programme=("id: tiny-2026", "id: tiny-2027")))
    renamed = programme(RULE.replace("one_each", "another"))
    turned = programme(RULE.replace("[proof, remark]", "[remark, proof]"))
    found_keys = [next(iter(keys(each, names).values())) for each in (ours, other, renamed, turned)]
    assert len(set(found_keys)) == 4
    assert all(len(key) == 64 for key in found_keys)
    assert not any("陆" in key for key in found_keys)


def test_a_programme_without_such_a_rule_knows_no_peers() -> None:
    assert "peers" not in scope(load(tiny()), LU, NOW)


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (RULE.replace("[proof,", "[prof,"), "reads “prof”"),
        (RULE.replace("most: 1", "most: yeers"), "the figure “yeers”"),
        (RULE + "    when: peers.two_each > 0\n", "no rule “two_each” looks across cases"),
    ],
)
def test_the_checks_find_what_such_a_rule_gets_wrong(rule: str, why: str) -> None:
    assert [finding.file for finding in found(tiny(rules=rule)) if why in finding.reason] == ["rules.yaml"]


def test_no_question_may_hang_on_other_cases() -> None:
    wrong = found(tiny(rules=RULE, form=("when: union}", "when: peers.one_each > 0}")))
    assert any("reads “peers”" in finding.reason for finding in wrong)


@pytest.mark.parametrize("wrong", ["most: 0", "most: [1]", "least: 1"])
def test_a_rule_says_how_many_there_may_be(wrong: str) -> None:
    with pytest.raises(DefinitionError):
        programme(RULE.replace("most: 1", wrong))


def near_verdict(same: int, nearly: int) -> str:
    ours = programme()
    names = scope(ours, LU, NOW)
    counts = supposed(ours, names, {"one_each": same, "one_each" + NEARLY: nearly})
    judged = judge(ours, scope(ours, LU, NOW, counts=counts))
    return next(each for each in judged if each.rule.id == "one_each").outcome


@pytest.mark.parametrize(
    ("same", "nearly", "outcome"), [(0, 0, "met"), (0, 1, "verify"), (1, 0, "not_met"), (1, 1, "not_met")]
)
def test_nearly_the_same_names_go_to_the_staff_and_the_same_ones_bar(
    same: int, nearly: int, outcome: str
) -> None:
    assert near_verdict(same, nearly) == outcome


def test_two_cases_of_nearly_the_same_unit_share_one_of_their_two_keys() -> None:
    ours = programme()
    one = keys(ours, scope(ours, {**LU, "proof": "江苏精磨装备集团"}, NOW))
    other = keys(ours, scope(ours, {**LU, "proof": "江苏精磨装备（集团）有限公司"}, NOW))
    assert one["one_each"] != other["one_each"]
    assert one["one_each" + NEARLY] == other["one_each" + NEARLY]
    names = scope(ours, {**LU, "proof": "江苏精磨装备集团"}, NOW)
    counts = {other["one_each"]: 1, other["one_each" + NEARLY]: 1, one["one_each"]: 0}
    own = keys(ours, names)
    assert (peers(own, counts), near(own, counts)) == ({"one_each": 0}, {"one_each": 1})
