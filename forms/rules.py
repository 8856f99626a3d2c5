"""Verdicts: every rule judged the moment its answers are in, with its clause and its arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from forms.expressions import Pending, differing, expression, sentence
from forms.parties import LEADING
from forms.programme import Programme, Rule

Outcome = Literal["met", "not_met", "verify", "pending"]
Conclusion = Literal[
    "blocked",
    "late",
    "ineligible",
    "unready",
    "material_error",
    "material_missing",
    "review",
    "pending",
    "eligible",
]


@dataclass(frozen=True)
class Verdict:
    """What became of one rule. Texts are put into words by the dialogs from the rule and the scope."""

    rule: Rule
    outcome: Outcome


@dataclass(frozen=True)
class Judged:
    """The verdicts on a case, and the scope that they rest on."""

    scope: Mapping[str, Any]
    verdicts: tuple[Verdict, ...]


def judge(
    programme: Programme,
    scope: Mapping[str, Any],
    appealed: Collection[str] = (),
    party: str = LEADING,
    before: Judged | None = None,
) -> tuple[Verdict, ...]:
    """A Verdict for every rule of a party that applies, in the order of the programme.

    `appealed` holds the ids of rules that the person took to the staff by the notice's own escape. `before` is how the
    same programme was judged with the same ones appealed: a rule that reads nothing that differs stands as it stood.
    """
    own = [rule for rule in programme.rules if rule.party == party]
    if before is None:
        judged = (_judged(rule, scope, appealed) for rule in own)
        return tuple(verdict for verdict in judged if verdict)
    changed = differing(before.scope, scope)
    afresh = {rule.id: _judged(rule, scope, appealed) for rule in own if not changed.isdisjoint(rule.weighed)}
    if not afresh:
        return before.verdicts
    verdicts = {verdict.rule.id: verdict for verdict in before.verdicts} | afresh
    ordered = (verdicts.get(rule.id) for rule in own)
    return tuple(verdict for verdict in ordered if verdict)


def _judged(rule: Rule, scope: Mapping[str, Any], appealed: Collection[str]) -> Verdict | None:
    """What becomes of one rule; None where it does not apply, or is not spoken of."""
    if rule.when:
        try:
            if not expression(rule.when).holds(scope):
                return None
        except Pending:
            return None
    outcome = _outcome(rule, scope, appealed)
    return None if rule.quiet and outcome == "pending" else Verdict(rule, outcome)


def _outcome(rule: Rule, scope: Mapping[str, Any], appealed: Collection[str]) -> Outcome:
    try:
        if expression(rule.condition).holds(scope):
            return "verify" if rule.doubt and expression(rule.doubt).holds(scope) else "met"
    except Pending:
        return "pending"
    if rule.failing == "review" or (rule.escape and rule.id in appealed):
        return "verify"
    return "not_met"


def conclude(verdicts: Collection[Verdict], late: bool = False, wrong: bool = False) -> Conclusion:
    """What the verdicts come to for the case as a whole; the gravest counts.

    `wrong` says that some answer has a blocking remark: until it is mended the case cannot be handed in.
    """
    failing = {verdict.rule.failing for verdict in verdicts if verdict.outcome == "not_met"}
    if "blocked" in failing:
        return "blocked"
    if late:
        return "late"
    if "ineligible" in failing:
        return "ineligible"
    if wrong:
        return "unready"
    if "material_error" in failing:
        return "material_error"
    if failing & {"material_missing", "awaited"}:
        return "material_missing"
    outcomes = {verdict.outcome for verdict in verdicts}
    if "verify" in outcomes:
        return "review"
    return "pending" if "pending" in outcomes else "eligible"


def reckon(text: str, scope: Mapping[str, Any]) -> str:
    """A rule's sentence in this scope; empty while an answer that it shows is missing."""
    try:
        return sentence(text).text(scope)
    except Pending:
        return ""
