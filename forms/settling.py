"""What staff settle where a rule leaves it to them (待核实): a verdict of theirs stands in its place.

It stands while the answers that the rule weighs are those that they looked at, and lapses with them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from forms.across import NEAR, PEERS
from forms.answers import behind
from forms.message import Message, Own, say
from forms.parties import LEADING
from forms.programme import Programme, Rule
from forms.rules import Verdict

Finding = Literal["met", "not_met"]

#: Names in scope that are no answers: what the day and the edition bring along.
_NO_ANSWERS = frozenset({"figures", "today", "counted_to", "closes", "month_style"})


@dataclass(frozen=True)
class Settlement:
    """How an office settled a rule: why, on what ground (`ground`), from which seat and when.

    `rule` is named as `named` does. `office` is its name, "" where it is known no more.
    """

    rule: str
    outcome: Finding
    reason: str
    ground: str
    office: str = ""
    seat: str = ""
    at: datetime | None = None

    @property
    def message(self) -> Message:
        """By whom and why, in words."""
        values = {"office": Own(self.office), "reason": Own(self.reason)}
        if not self.office:
            return say("由工会认定：{reason}", reason=values["reason"])
        return say("由{office}认定：{reason}", **values)


@dataclass(frozen=True)
class SettledVerdict(Verdict):
    """A verdict that staff gave in place of “for staff to verify”."""

    settlement: Settlement


def named(rule: Rule, number: int = 1) -> str:
    """What a rule is settled under: its id, and behind it which of several such parties, from the second on."""
    return rule.id if rule.party == LEADING or number == 1 else f"{rule.id}-{number}"


def ground(programme: Programme, rule: Rule, scope: Mapping[str, Any]) -> str:
    """What a settlement of this rule rests on: the SHA-256 of its conditions and of every answer that they weigh.

    The day, the figures and how often others have the same answers elsewhere are none of it; how often they have those
    that this rule compares is.
    """
    weighed = rule.weighed
    while (more := behind(programme, weighed)) != weighed:
        weighed = more
    names = weighed - programme.derived.keys() - _NO_ANSWERS
    answers = {name: scope[name] for name in names & scope.keys()}
    for counts in answers.keys() & {PEERS, NEAR}:
        answers[counts] = answers[counts].get(rule.id)
    stated = json.dumps(
        [rule.when, rule.condition, rule.doubt, answers], sort_keys=True, ensure_ascii=True, default=str
    )
    return hashlib.sha256(stated.encode()).hexdigest()


def grounds(
    programme: Programme, scope: Mapping[str, Any], party: str = LEADING, number: int = 1
) -> dict[str, str]:
    """The grounds of every rule of a party, by what each is settled under: what does not fit them has lapsed."""
    own = (rule for rule in programme.rules if rule.party == party)
    return {named(rule, number): ground(programme, rule, scope) for rule in own}


def settle(
    programme: Programme,
    scope: Mapping[str, Any],
    verdicts: Iterable[Verdict],
    settlements: Iterable[Settlement],
    number: int = 1,
) -> tuple[Verdict, ...]:
    """The verdicts (of `forms.rules.judge`) with those settled that are left to staff, each on a ground that stands.

    Where the rule decides by itself it decides: what is met, not met or pending stays. `number` is which of several
    parties of a kind they are about. What comes out is not to be judged on: `judge` wants its own verdicts `before`.
    """
    by_rule = {each.rule: each for each in settlements}
    return tuple(_settled(programme, scope, verdict, by_rule, number) for verdict in verdicts)


def _settled(
    programme: Programme,
    scope: Mapping[str, Any],
    verdict: Verdict,
    settlements: Mapping[str, Settlement],
    number: int,
) -> Verdict:
    settlement = settlements.get(named(verdict.rule, number))
    if verdict.outcome != "verify" or settlement is None:
        return verdict
    if settlement.ground != ground(programme, verdict.rule, scope):
        return verdict
    return SettledVerdict(verdict.rule, settlement.outcome, settlement)
