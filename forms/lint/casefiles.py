"""Case files: they can be read, and name only questions, rules and documents that there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from forms.across import NEARLY
from forms.casefile import read_case
from forms.lint.desk import Desk, Finding
from forms.lint.names import resembling
from forms.notation import DefinitionError, block, place_of


def unreadable_or_unknown(desk: Desk) -> Iterator[Finding]:
    """What is wrong with the case files of a programme."""
    programme = desk.programme
    questions = desk.by_id()
    rules = [rule.id for rule in programme.rules]
    compared = [mark for rule in programme.rules if rule.across for mark in (rule.id, rule.id + NEARLY)]
    documents = [document.id for document in programme.documents]
    for file, text in desk.cases.items():
        try:
            case = read_case(file, text)
        except DefinitionError as error:
            yield Finding(
                error.file, error.line, error.reason, error.remedy or "see docs/authoring.md: Cases"
            )
            continue
        wanted: list[tuple[str, Sequence[object], Iterable[str], Iterable[str]]] = [
            ("question", ("answers",), case.answers, questions),
            ("rule", ("appeal",), case.appeal, rules),
            ("rule across cases", ("peers",), case.peers, compared),
            ("rule", ("expect", "verdicts"), case.expect.verdicts, rules),
            ("rule", ("expect", "says"), case.expect.says, rules),
            ("question", ("expect", "remarks"), case.expect.remarks, questions),
            ("document", ("expect", "documents"), case.expect.documents or (), documents),
            ("document", ("expect", "text"), case.expect.text, documents),
        ]
        wanted += [
            ("question", ("parties", party, i), row, desk.by_id(party))
            for party, rows in case.parties.items()
            for i, row in enumerate(rows)
        ]
        for party, expected in case.expect.parties.items():
            for i, each in enumerate(expected):
                at = ("expect", "parties", party, i)
                wanted += [
                    ("rule", (*at, "verdicts"), each.verdicts, rules),
                    ("rule", (*at, "says"), each.says, rules),
                    ("question", (*at, "problems"), each.problems, desk.by_id(party)),
                    ("document", (*at, "text"), each.text, documents),
                ]
        raw = block(file, text)
        for what, path, names, allowed in wanted:
            for index, name in enumerate(names):
                if name not in allowed:
                    # names stand as keys of a mapping or as items of a list
                    place = max(
                        place_of(raw, (*path, name)),
                        place_of(raw, (*path, index)),
                        key=lambda each: each.line,
                    )
                    yield Finding(file, place.line, f"there is no {what} “{name}”", resembling(name, allowed))
