"""Every sort of bad definition is refused with its file, its line, a reason and what would mend it."""

from __future__ import annotations

from typing import Any

import pytest

from forms.lint import lint
from forms.loader import DefinitionError, load
from tests.forms.definitions import tiny

# Each: what is changed in the tiny programme, then where, why and what would mend it.
FOUND: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "words with a comma of full width between": (
        {"form": ("ask: 是会员吗？}", "ask: 是会员吗？, yes_also: [入了，入会了]}")},
        "forms/application.yaml:9",
        "“入了，入会了” is one word here",
        "write “, ” of half width between words",
    ),
    "a route's words run together": (
        {"programme": ("explain: 自己报,", "explain: 自己报, aliases: [自己、本人],")},
        "programme.yaml:11",
        "“自己、本人” is one word here",
        "write “, ” of half width between words",
    ),
    "a dangling id": (
        {"programme": ("question: proof", "question: proff")},
        "programme.yaml:19",
        "“form” is collected by “proff”, which is no question",
        "“proof”?",
    ),
    "a figure that is not there": (
        {"rules": ("figures.years", "figures.year")},
        "rules.yaml:6",
        "reads the figure “year”, which the programme does not have",
        "“years”?",
    ),
    "a rule with a blank for a clause": (
        {"rules": ("clause: 四", 'clause: " "')},
        "rules.yaml:4",
        "“years” has no clause",
        "say where in the notice it stands",
    ),
    "an unreachable question": (
        {"form": ("when: union", "when: union and not union")},
        "forms/application.yaml:10",
        "“union” would have to be “False” and “True” at once: this question is never asked",
        "join the two by “or”, or take the question out",
    ),
    "a question that waits for a later one": (
        {"form": ("ask: 是会员吗？}", "ask: 是会员吗？, when: proof is defined}")},
        "forms/application.yaml:9",
        "reads “proof”, which is asked later",
        "move this question behind it, or the other one forward",
    ),
    "a cell that nothing fills": (
        {"print": "\n<table><tr><td class='label'>姓名</td>\n<td colspan='2'> </td></tr></table>"},
        "print/application.html:3",
        "nothing fills this cell",
        "put the answer in it; a cell to be filled in by hand has the class opinion or blank",
    ),
    "a limit without its measure": (
        {"form": ("kind: text, id: proof", "limit: {value: 800}, kind: prose, id: proof")},
        "forms/application.yaml:10",
        "the limit of “proof” does not say how strict it is",
        "measure: within, about, bare, at_least or between",
    ),
    "a bounded number without a unit": (
        {"form": ("kind: text, id: proof", "max: 60, kind: number, id: proof")},
        "forms/application.yaml:10",
        "the number “proof” is bounded but has no unit",
        "unit: 年",
    ),
    "a template that reads an unknown answer": (
        {"print": "\n<p>{{ nmae }}</p>"},
        "print/application.html:2",
        "reads “nmae”, which no question, derived text or constant gives",
        "“name”?",
    ),
    "a template that reads an unknown part of an answer": (
        {"print": "\n<p>\n{{ name.nickname }}</p>"},
        "print/application.html:3",
        "“application” cannot be printed empty: 'forms.printing.printed.Printed object' has no attribute 'nickname'",
        "ask for what may be absent",
    ),
    "a template that fails only when it is filled": (
        {"print": "\n{% if union.value %}\n{{ start.value|month('.') + 1 }}{% endif %}"},
        "print/application.html:3",
        "“application” cannot be printed full: ",
        "see docs/authoring.md",
    ),
    "a route that leads nowhere": (
        {
            "programme": (
                'filename: "{{ name }}申请表"}\npapers:\n  - {id: form, title: 申请表, form: 原件,',
                'filename: "{{ name }}申请表", when: "route == \'self\'"}\npapers:\n'
                "  - {id: form, title: 申请表, form: 原件, when: \"route == 'self'\",",
            )
        },
        "programme.yaml:12",
        "the route “unit” leads to no document and no paper",
        "let the “when” of a document or paper hold for it, or take the route out",
    ),
    "a route that is not there": (
        {"rules": "    when: route in ['self', 'nit']\n"},
        "rules.yaml:8",
        "“route” has no option “nit”",
        "“unit”?",
    ),
    "what is still to be checked": (
        {"rules": "  # check: the next rule\n"},
        "rules.yaml:8",
        "still to be checked: the next rule",
        "compare it with the notice, then delete this comment",
    ),
    "a template that is still to be checked": (
        {"print": "\n{#- check: the labels -#}"},
        "print/application.html:2",
        "still to be checked: the labels",
        "compare it with the notice, then delete this comment",
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_loads_and_is_wrong_all_the_same(name: str) -> None:
    changes, place, reason, remedy = FOUND[name]
    source = tiny(**changes)
    findings = [f for f in lint(load(source), source) if "translation" not in f.reason]
    told = [f for f in findings if f"{f.file}:{f.line}" == place and f.reason.startswith(reason)]
    assert told, findings
    assert told[0].remedy.startswith(remedy)
    assert all(finding.remedy for finding in findings), "every finding says what would mend it"


REFUSED: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "a kind that is nearly one": (
        {"form": ("kind: yes-no", "kind: yesno")},
        "forms/application.yaml:9",
        "there is no kind “yesno”: “yes-no”? (known: ",
        "docs/kinds.md",
    ),
    "a single equals sign": (
        {"rules": (">= 120", "= 120")},
        "rules.yaml:5",
        "“condition”: “start|months_to(counted_to) = 120”: a single “=” compares nothing",
        "write == to compare",
    ),
    "a condition that breaks off": (
        {"rules": (">= 120", ">= 120 and")},
        "rules.yaml:5",
        "“condition”: “start|months_to(counted_to) >= 120 and”: it breaks off",
        "",
    ),
    "the and of other languages": (
        {"rules": (">= 120", ">= 120 && start")},
        "rules.yaml:5",
        "“condition”: “start|months_to(counted_to) >= 120 && start”: unexpected char '&'",
        "write: and",
    ),
    "a sign of full width": (
        {"rules": (">= 120", "≥ 120")},
        "rules.yaml:5",
        "“condition”: “start|months_to(counted_to) ≥ 120”: unexpected char '≥'",
        "write >=, a sign of half width",
    ),
    "a key with a colon of full width": (
        {"rules": ("    clause: 四", "    clause：四")},
        "rules.yaml:4",
        "“clause：” is no key",
        "write “clause: ”, with a colon of half width and a blank",
    ),
    "a value that fits none of several types": (
        {"programme": ("window: {", "counted_to: close\nwindow: {")},
        "programme.yaml:6",
        "“counted_to”: Input should be 'closes' or 'today'; or: Input should be a valid date",
        "write a day as 2026-06-30",
    ),
    "an unknown key": (
        {"rules": ("unmet:", "unmeet:")},
        "rules.yaml:7",
        "unknown key “unmeet”",
        "“unmet”?",
    ),
    "a rule without a clause": (
        {"rules": ("    clause: 四\n", "")},
        "rules.yaml:2",
        "“clause” is missing",
        "add “clause:”",
    ),
    "an expression that calls": (
        {"rules": ("start|months_to(counted_to) >= 120", "range(9)")},
        "rules.yaml:5",
        "“condition”: “range(9)”: call is not part of the language",
        "names, comparisons, and/or/not",
    ),
    "an expression that multiplies": (
        {"rules": (">= 120", ">= 10 * 12")},
        "rules.yaml:5",
        "“condition”: “start|months_to(counted_to) >= 10 * 12”: mul is not part of the language",
        "names, comparisons, and/or/not",
    ),
    "a branch that calls": (
        {"form": ("when: union", "when: union()")},
        "forms/application.yaml:10",
        "“union()”: call is not part of the language",
        "names, comparisons, and/or/not",
    ),
    "an unknown filter": (
        {"rules": ("|months_to(", "|monthsto(")},
        "rules.yaml:5",
        "“condition”: “start|monthsto(counted_to) >= 120”: there is no filter “monthsto”",
        "docs/authoring.md lists the filters",
    ),
    "an unknown kind": (
        {"form": ("kind: yes-no", "kind: yesno")},
        "forms/application.yaml:9",
        "there is no kind “yesno”",
        "docs/kinds.md says what each of them asks",
    ),
    "an unknown shared question": (
        {"form": ("      - name\n", "      - nmae\n")},
        "forms/application.yaml:7",
        "there is no shared question “nmae”",
        "“name”?",
    ),
    "a day that is none": (
        {"programme": ("issued: 2026-05-01", "issued: 2026-05-32")},
        "programme.yaml:4",
        "“issued”: Input should be a valid date",
        "write a day as 2026-06-30",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_before_anything_is_read_from_it(name: str) -> None:
    changes, place, reason, remedy = REFUSED[name]
    with pytest.raises(DefinitionError) as caught:
        load(tiny(**changes))
    error = caught.value
    assert f"{error.file}:{error.line}" == place, error
    assert error.reason.startswith(reason), error
    assert error.remedy.startswith(remedy), error
    assert str(error) == f"{place}: {error.reason} ({error.remedy})"


def test_what_is_of_none_of_several_types_is_one_fault() -> None:
    changes = {"programme": ("window: {closes: 2026-06-30, clause: 五}", "counted_to: close")}
    with pytest.raises(DefinitionError) as caught:
        load(tiny(**changes))
    assert caught.value.further == ()
