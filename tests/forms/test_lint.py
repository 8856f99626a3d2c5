"""One small broken definition for each check."""

from __future__ import annotations

from typing import Any

import pytest

from forms.lint import CHECKS, Finding, lint
from forms.loader import Source, load
from tests.forms.definitions import FILES, tiny


def found(source: Source, cases: dict[str, str] | None = None, translations: bool = False) -> list[Finding]:
    findings = lint(load(source), source, cases)
    return [f for f in findings if translations or "translation" not in f.reason]


def test_a_sound_programme_has_no_findings() -> None:
    assert found(tiny()) == []


@pytest.mark.parametrize(
    ("changes", "where", "why"),
    [
        # names.unknown_names
        ({"rules": ("start|", "begin|")}, "rules.yaml:5", "reads “begin”, which no question"),
        ({"rules": ("满{{ figures.years }}年", "满{{ yeers }}年")}, "rules.yaml:6", "reads “yeers”"),
        ({"form": ("when: union", "when: onion")}, "forms/application.yaml:10", "reads “onion”"),
        (
            {"form": ("ask: 是会员吗？}", "ask: 是会员吗？, when: proof is defined}")},
            "forms/application.yaml:9",
            "asked later",
        ),
        (
            {
                "form": (
                    "ask: 是会员吗？}",
                    "ask: 是会员吗？}\n      - {kind: month, id: left, label: 离开, ask: 哪年？, not_before: came}",
                )
            },
            "forms/application.yaml:10",
            "reads “came”",
        ),
        ({"programme": ("{{ name }}自荐", "{{ nome }}自荐")}, "programme.yaml:15", "reads “nome”"),
        ({"programme": ("{{ name }}申请表", "{{ surname }}")}, "programme.yaml:17", "reads “surname”"),
        (
            {"programme": ("submit_to: 县总工会}", 'submit_to: 县总工会, hand_in: [{text: "{{ nome }}"}]}')},
            "programme.yaml:11",
            "reads “nome”",
        ),
        # names.unknown_figures
        ({"rules": ("figures.years", "figures.decades")}, "rules.yaml:6", "the figure “decades”"),
        # names.clashes
        (
            {"programme": ("  remark:", "  name:"), "print": ("{{ remark }}", "")},
            "programme.yaml:14",
            "“name” is the name of",
        ),
        (
            {"form": ("id: proof,", "id: today,"), "programme": (", question: proof", "")},
            "forms/application.yaml:10",
            "constant",
        ),
        # names.rules_without_a_clause
        ({"rules": ("clause: 四", 'clause: " "')}, "rules.yaml:4", "“years” has no clause"),
        # branches.unknown_options
        ({"rules": "    when: route == 'experts'\n"}, "rules.yaml:8", "“route” has no option “experts”"),
        ({"rules": "    when: route in ['self', 'nit']\n"}, "rules.yaml:8", "“nit”"),
        (
            {"form": ("when: union", "when: union == '是'")},
            "forms/application.yaml:10",
            "answered by yes or no",
        ),
        (
            {
                "form": "      - {kind: id-number, id: number, label: 号, ask: 号？}\n",
                "rules": "    when: sex == '男性'\n",
            },
            "rules.yaml:8",
            "“sex” never is “男性”",
        ),
        # branches.unreachable
        ({"form": ("when: union", "when: figures.years > 20")}, "forms/application.yaml:10", "never holds"),
        ({"form": ("when: union", "when: union and not union")}, "forms/application.yaml:10", "never asked"),
        (
            {"form": ("when: union", "when: route == 'self' and route == 'unit'")},
            "forms/application.yaml:10",
            "would have to be “self” and “unit” at once",
        ),
        # branches.doubled_options
        ({"programme": ("title: 单位", "title: 个人")}, "programme.yaml:12", "two options that read “个人”"),
        # branches.routes_to_nowhere
        (
            {
                "programme": (
                    'filename: "{{ name }}申请表"}\npapers:\n  - {id: form, title: 申请表, form: 原件,',
                    'filename: "{{ name }}申请表", when: "route == \'self\'"}\npapers:\n'
                    "  - {id: form, title: 申请表, form: 原件, when: \"route == 'self'\",",
                )
            },
            "programme.yaml:12",
            "the route “unit” leads to no document",
        ),
        # papers.unknown_questions
        (
            {"programme": ("question: proof", "question: roof")},
            "programme.yaml:19",
            "“roof”, which is no question",
        ),
        # papers.limits_without_a_measure
        (
            {"form": ("kind: text, id: proof", "limit: {value: 800}, kind: prose, id: proof")},
            "forms/application.yaml:10",
            "does not say how strict",
        ),
        (
            {"form": ("kind: text, id: proof", "max: 60, kind: number, id: proof")},
            "forms/application.yaml:10",
            "has no unit",
        ),
        # papers.unused_questions
        (
            {"programme": (", question: proof", "")},
            "forms/application.yaml:10",
            "nothing reads the answer to “proof”",
        ),
        # prints.missing_templates
        (
            {"programme": ("template: application", "template: aplication")},
            "programme.yaml:17",
            "“aplication.html”",
        ),
        # prints.doubled_filenames
        (
            {
                "programme": (
                    "papers:",
                    "  - {id: copy, title: 副本, template: application.html, when: \"route == 'unit'\", "
                    'filename: "{{ name }}申请表"}\npapers:',
                )
            },
            "programme.yaml:18",
            "“copy” is saved under the same name as “application”",
        ),
        # prints.unreadable_templates
        ({"print": "\n{% if name %}"}, "print/application.html:2", "end of template"),
        ({"print": "\n{{ name|shout }}"}, "print/application.html:2", "no filter “shout”"),
        (
            {"print": "{% import 'macro.html' as m %}{{ m }}"},
            "print/application.html:1",
            "takes in “macro.html”",
        ),
        # prints.unknown_names
        ({"print": "\n<p>{{ nickname }}</p>"}, "print/application.html:2", "reads “nickname”"),
        # trials.rules_that_fail
        (
            {"rules": ("start|months_to(counted_to) >= 120", "start >= figures.years")},
            "rules.yaml:5",
            "“years” cannot be judged: '>=' not supported",
        ),
        ({"rules": ("满{{ figures.years }}年", "满{{ name + 1 }}年")}, "rules.yaml:6", "cannot be judged"),
        # trials.rules_never_decided
        (
            {"rules": ("start|months_to(counted_to) >= 120", "proof == '1'")},
            "rules.yaml:5",
            "“years” is never decided where “proof” is not asked",
        ),
        (
            {
                "programme": ("derived:\n", 'derived:\n  shown:\n    - {text: "{{ proof }}"}\n'),
                "rules": ("start|months_to(counted_to) >= 120", "shown == '1'"),
            },
            "rules.yaml:5",
            "“years” is never decided where “proof” is not asked",
        ),
    ],
)
def test_each_check(changes: dict[str, Any], where: str, why: str) -> None:
    told = [str(finding) for finding in found(tiny(**changes))]
    assert any(line.startswith(f"{where}: ") and why in line for line in told), told


@pytest.mark.parametrize(
    "rules",
    [
        ("start|months_to(counted_to) >= 120", "proof is defined and proof == '1'"),
        ("condition: start|months_to(counted_to) >= 120", "condition: proof == '1'\n    when: union"),
    ],
)
def test_a_rule_may_read_what_is_asked_of_some_only(rules: tuple[str, str]) -> None:
    assert found(tiny(rules=rules, print="{{ start }}")) == []


def test_a_template_named_as_the_shared_macros_is_told() -> None:
    files = {**tiny(print='{% import "macros.html" as draw %}').files, "print/macros.html": ""}
    (finding,) = found(Source(files))
    assert str(finding).startswith("print/macros.html:1: stands in the way of the shared macros")


ROW = '\n{% import "paper.html" as paper %}\n{{ paper.row([("姓名", name), ("意见", "")]) }}'
PAPER = {"_shared/print/paper.html": "{% macro row(cells) %}{{ cells[0][1].rows[7] }}{% endmacro %}"}


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ('("意见", "")', True),
        ('("意见", none, 3)', True),
        ('("意见", "", 1, "opinion")', False),
        ('("意见",)', False),
    ],
)
def test_a_cell_of_a_row_without_a_text_is_told(cell: str, told: bool) -> None:
    source = Source({**tiny(print=ROW.replace('("意见", "")', cell)).files, **PAPER})
    findings = [str(finding) for finding in found(source)]
    assert any(f.startswith("print/application.html:3: nothing fills this cell") for f in findings) is told


def test_what_fails_in_a_shared_macro_is_told_where_it_was_called() -> None:
    source = Source({**tiny(print=ROW).files, **PAPER})
    assert any(
        str(finding).startswith("print/application.html:3: “application” cannot be printed empty")
        for finding in found(source)
    )


def test_what_a_shared_macro_prints_is_not_asked_in_vain() -> None:
    field = ", fields: [{kind: text, id: what, label: 事, ask: 什么？}]}\n"
    question = "\n      - {kind: records, id: jobs, label: 经历, ask: 做过什么？" + field
    shared = {
        "_shared/print/jobs.html": "{% macro all(jobs) %}{% for job in jobs.rows %}{{ job.what }}{% endfor %}{% endmacro %}"
    }
    taking = '{% import "jobs.html" as work %}{{ work.all(jobs) }}'
    assert found(Source({**tiny(form=question, print=taking).files, **shared})) == []
    (finding,) = found(Source({**tiny(form=question, print="{{ jobs }}").files, **shared}))
    assert "nothing reads “what” of “jobs”" in finding.reason


def test_documents_of_different_routes_may_have_one_name() -> None:
    two = (
        'filename: "{{ name }}申请表"}\npapers:',
        'filename: "{{ name }}申请表", when: "route == \'self\'"}\n'
        "  - {id: copy, title: 副本, template: application.html, when: \"route == 'unit'\", "
        'filename: "{{ name }}申请表"}\npapers:',
    )
    assert found(tiny(programme=two)) == []


def test_a_finding_says_what_was_probably_meant() -> None:
    finding = found(tiny(rules=("start|", "strat|")))[-1]
    assert finding.remedy == "“start”?"


def test_fields_of_records_are_looked_at_too() -> None:
    records = """\
      - kind: records
        id: jobs
        label: 经历
        ask: 做过什么？
        fields:
          - {kind: text, id: where, label: 单位, ask: 哪里？, when: what == '焊工'}
          - {kind: text, id: what, label: 工种, ask: 做什么？}
          - {kind: choice, id: full, label: 全职, ask: 全职？, options: [{value: a, label: 甲}, {value: b, label: 甲}]}
"""
    told = [
        str(finding)
        for finding in found(tiny(form=records, print="{% for job in jobs.rows %}{{ job.what }}{% endfor %}"))
    ]
    assert len(told) == 4
    assert told[0].startswith("forms/application.yaml:16: nothing reads “where” of “jobs”")
    assert told[1].startswith("forms/application.yaml:16: reads “what”, which no question")
    assert "two options that read “甲”" in told[3]
    assert "nothing reads “full”" in told[2]


@pytest.mark.parametrize(
    ("begun", "why"), [("start", ""), ("begin", "reads “begin”"), ("later", "asked later")]
)
def test_a_story_starts_with_a_question_asked_before_it(begun: str, why: str) -> None:
    fields = "[{kind: month, id: from, label: 起, ask: 起？}, {kind: month, id: to, label: 止, ask: 止？}]"
    story = f"timeline: true, start_field: from, end_field: to, start_from: {begun}, fields: {fields}"
    source = tiny(
        form=f"      - {{kind: records, id: resume, label: 简历, ask: 请写。, {story}}}\n"
        "      - {kind: month, id: later, label: 后来, ask: 后来呢？}\n",
        print=("{{ route }}", "{{ route }}{{ resume }}{{ later }}"),
    )
    reasons = [finding.reason for finding in found(source)]
    assert [why in reason for reason in reasons] == ([True] if why else [])


def test_an_experts_form_is_read_through_its_rows() -> None:
    expert = """\
id: letter
title: 推荐函
party: expert
sections:
  - id: e
    title: 专家
    questions:
      - {kind: text, id: level, label: 等级, ask: 等级？}
      - {kind: text, id: letter, label: 推荐信, ask: 怎么推荐？}
"""
    files = tiny(
        rules=("start|months_to(counted_to) >= 120", "experts|where(level='高级技师')|length >= 2")
    ).files
    expected = "parties:\n  - {party: expert, title: 专家, task: 推荐, clause: 四}\n"
    source = Source(
        {
            **files,
            "programme.yaml": files["programme.yaml"] + expected,
            "forms/letter.yaml": expert,
            "print/application.html": "{{ name }}{{ remark }}{{ route }}{{ start }}",
        }
    )
    (finding,) = found(source)
    assert finding.reason == "nothing reads the answer to “letter”"
    assert finding.file == "forms/letter.yaml"


CASE = """\
title: 一个人
now: 2026-06-15T10:00:00+08:00
answers:
  name: 陆建华
expect:
  verdicts: {years: met}
  documents: [application]
"""


def test_cases_may_name_only_what_there_is() -> None:
    assert found(tiny(), {"cases/a.yaml": CASE}) == []
    broken = {
        "cases/a.yaml": CASE.replace("name: 陆", "nmae: 陆"),
        "cases/b.yaml": CASE.replace("years: met", "yaers: met"),
        "cases/c.yaml": CASE.replace("years: met", "years: passed"),
        "cases/d.yaml": CASE.replace("[application]", "[application, aplication]"),
        "cases/e.yaml": CASE.replace("T10:00:00+08:00", ""),
        "cases/f.yaml": CASE + "appeal:\n  - years\n  - months\n",
    }
    told = [str(finding) for finding in found(tiny(), broken)]
    assert [line.split(" ")[0] for line in told] == [
        "cases/a.yaml:4:",
        "cases/b.yaml:6:",
        "cases/c.yaml:6:",
        "cases/d.yaml:7:",
        "cases/e.yaml:2:",
        "cases/f.yaml:10:",
    ], told
    assert "there is no question “nmae” (“name”?)" in told[0]


def test_missing_and_differing_translations() -> None:
    told = found(tiny(), translations=True)
    assert any(f.reason == "no en translation of “小城工匠”" and f.line == 2 for f in told)
    assert any(f.file == "_shared/questions.yaml" and "“您叫什么？”" in f.reason for f in told)
    assert not any("附件" in f.reason or "小城工匠通知" in f.reason for f in told), (
        "the notice's name stays Chinese"
    )
    reads_more = 'msgid "满{{ figures.years }}年"\nmsgstr "over {{ figures.years }} years by {{ today }}"\n'
    broken = 'msgid "不满{{ figures.years }}年"\nmsgstr "under {{ figures.years }"\n'
    source = Source({**FILES, "locale/en.po": reads_more + "\n" + broken})
    reasons = [f.reason for f in found(source, translations=True) if f.file == "rules.yaml"]
    assert any("reads other names: today" in reason for reason in reasons)
    assert any("cannot be read" in reason for reason in reasons)


def test_a_completely_translated_programme_has_no_findings() -> None:
    missing = [f.reason.split("“", 1)[1].rsplit("”", 1)[0] for f in found(tiny(), translations=True)]
    po = "".join(
        f'msgid "{text}"\nmsgstr "{"{{ figures.years }}" if "figures" in text else "x"}"\n\n'
        for text in missing
    )
    assert found(Source({**FILES, "locale/en.po": po}), translations=True) == []


def test_every_check_is_listed_once() -> None:
    assert len(set(CHECKS)) == len(CHECKS)
