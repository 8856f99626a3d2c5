"""What a programme can get wrong about who takes part, one small broken definition for each."""

from __future__ import annotations

import pytest

from forms.lint import Finding, lint
from forms.loader import Source, load
from tests.forms.definitions import tiny

_LETTER = """\
id: letter
title: 推荐函
party: expert
sections:
  - id: e
    title: 专家
    questions:
      - {kind: id-number, id: expert_id, label: 证件, ask: 证件号？}
      - {kind: text, id: expert_relation, label: 关系, ask: 什么关系？}
      - {kind: yes-no, id: expert_facts, label: 无误, ask: 对吗？}
      - {kind: text, id: expert_wrong, label: 哪里, ask: 哪里不对？, when: not expert_facts}
"""
_PARTIES = """\
parties:
  - party: expert
    title: 专家
    task: 写推荐函
    clause: 四
    when: route == 'unit'
    least: years
    most: 12
    sees: [name]
    compares: [start]
    prints: [name]
    rechecks: [expert_facts]
    documents: [application]
    identity: expert_id
    relation: expert_relation
    objection: expert_wrong
"""
_PRINT = (
    "<p>{{ name }} {{ remark }} {{ route }}{% for each in experts %}{{ each.expert_id }}{{ each.expert_relation }}"
    "{{ each.expert_facts }}{{ each.expert_wrong }}{% endfor %}</p>"
)


def source(parties: str = _PARTIES, letter: str = _LETTER) -> Source:
    files = tiny().files
    own = {"forms/letter.yaml": letter} if letter else {}
    prints = {"print/application.html": _PRINT} if letter else {}
    return Source({**files, "programme.yaml": files["programme.yaml"] + parties, **own, **prints})


def found(wrong: Source) -> list[Finding]:
    return [f for f in lint(load(wrong), wrong) if "translation" not in f.reason]


def test_a_sound_party_has_no_findings() -> None:
    assert found(source()) == []


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (
            "sees: [name]",
            "sees: [nome]",
            "“sees” names the question of the nominee “nome”, which is not there",
        ),
        ("compares: [start]", "compares: [stat]", "“compares” names the question of the nominee “stat”"),
        ("prints: [name]", "prints: [expert_id]", "“prints” names the question of the nominee “expert_id”"),
        (
            "rechecks: [expert_facts]",
            "rechecks: [name]",
            "“rechecks” names the question of the expert “name”",
        ),
        ("documents: [application]", "documents: [letter]", "“documents” names the document “letter”"),
        (
            "identity: expert_id",
            "identity: id_number",
            "“identity” names the question of the expert “id_number”",
        ),
        ("relation: expert_relation", "relation: relation", "“relation” names the question of the expert"),
        (
            "objection: expert_wrong",
            "objection: wrong",
            "“objection” names the question of the expert “wrong”",
        ),
        ("least: years", "least: experts", "“least” names the figure “experts”, which is not there"),
        (
            "least: years",
            "begins: true\n    route: experts\n    least: 1",
            "“route” names the route “experts”",
        ),
        (
            "least: years",
            "settles: union\n    agreement: agreed\n    least: 1",
            "“agreement” names the question",
        ),
        (
            "least: years",
            "settles: onion\n    agreement: expert_facts",
            "“settles” names the question of the nominee",
        ),
        ("least: years", "settles: union", "“settles” says what is agreed to, and nothing by which answer"),
        ("least: years", "agreement: expert_relation", "“expert_relation” is not answered by yes or no"),
        ("most: 12", "most: 3", "at least 10 are needed, and at most 3 may be asked"),
        ("least: years\n    most: 12", "least: 2", "at least 2 are needed, and at most 1 may be asked"),
    ],
)
def test_what_is_named_must_be_there(before: str, after: str, why: str) -> None:
    assert before in _PARTIES
    findings = found(source(_PARTIES.replace(before, after)))
    assert [f.reason for f in findings if why in f.reason], findings
    assert {f.file for f in findings} == {"programme.yaml"}


def test_a_party_takes_part_once_and_the_nominee_anyhow() -> None:
    twice = _PARTIES + _PARTIES.removeprefix("parties:\n")
    assert "“expert” takes part already" in [f.reason for f in found(source(twice))]
    nominee = "parties:\n  - {party: nominee, title: 本人, task: 填, clause: 四}\n"
    assert "“nominee” takes part already" in [f.reason for f in found(source(nominee, ""))]


def test_a_party_has_a_form_and_a_form_its_party() -> None:
    (finding,) = found(source("parties:\n  - {party: unit, title: 单位, task: 答复, clause: 四}\n", ""))
    assert finding.reason == "“unit” has no form to fill in"
    (finding,) = found(source(""))
    assert (finding.file, finding.reason) == (
        "forms/letter.yaml",
        "nobody is asked to fill in the form of the “expert”",
    )
