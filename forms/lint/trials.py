"""Rules tried out on made-up cases: each can be judged, and is decided wherever it counts."""

from __future__ import annotations

from collections.abc import Iterator

from forms.across import PEERS
from forms.answers import read_by
from forms.expressions import Pending, expression
from forms.lint.desk import Desk, Finding
from forms.parties import LEADING
from forms.programme import Rule
from forms.rules import reckon
from forms.specimen import Specimen, blank, fullest

_CONDITIONS = ("when", "condition", "doubt")
_SENTENCES = ("reckoning", "met", "unmet", "verify", "remedy")


def rules_that_fail(desk: Desk) -> Iterator[Finding]:
    """A rule that compares what cannot be compared."""
    if not desk.programme.has_form(LEADING):
        return
    for index, rule in enumerate(desk.programme.rules):
        for case in (blank(desk.programme), fullest(desk.programme, rule.when)):
            finding = _failing(desk, index, rule, case)
            if finding:
                yield finding
                break


def _failing(desk: Desk, index: int, rule: Rule, case: Specimen) -> Finding | None:
    key = ""
    try:
        for key in _CONDITIONS:
            if getattr(rule, key):
                _held(getattr(rule, key), case)
        for key in _SENTENCES:
            reckon(getattr(rule, key), case.scope)
    except Exception as error:  # whatever a rule does wrong, its author is to read a line about it
        remedy = "a filter gives what can be compared or counted: see docs/authoring.md, Filters"
        return desk.finding(("rules", index, key), f"“{rule.id}” cannot be judged: {error}", remedy)
    return None


def rules_never_decided(desk: Desk) -> Iterator[Finding]:
    """A rule that counts where one of the questions it reads is not asked: nobody is ever judged by it."""
    programme = desk.programme
    if not programme.has_form(LEADING):
        return
    questions = desk.by_id()
    for index, rule in enumerate(programme.rules):
        if rule.party != LEADING or rule.across or {PEERS, *desk.plurals} & expression(rule.condition).names:
            continue  # decided by other cases, and by other people's answers
        for name in sorted(_read(desk, rule)):
            when = questions[name].when if name in questions else ""
            if not when:
                continue
            case = fullest(programme, f"not ({when})" + (f" and ({rule.when})" if rule.when else ""))
            if case.due and _fits(rule, case) and _held(rule.condition, case) is None:
                reason = f"“{rule.id}” is never decided where “{name}” is not asked"
                remedy = f"let it count only where “{when}” (its “when”), or ask for “{name} is defined”"
                yield desk.finding(("rules", index, "condition"), reason, remedy)
                break


def _read(desk: Desk, rule: Rule) -> set[str]:
    """The names a rule's condition reads, itself or through derived texts."""
    waiting, seen = list(expression(rule.condition).names), set[str]()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += read_by(desk.programme.derived.get(name, ()))
    return seen


def _fits(rule: Rule, case: Specimen) -> bool:
    return not rule.when or bool(_held(rule.when, case))


def _held(condition: str, case: Specimen) -> bool | None:
    """Whether it holds in the case; None while it is pending."""
    try:
        return expression(condition).holds(case.scope)
    except Pending:
        return None
