"""What a programme can get wrong about what the receiving union writes itself, and a sound one has no findings."""

from __future__ import annotations

import pytest

from forms.answers import scope
from forms.lint import lint
from forms.loader import DefinitionError, Source, load
from forms.printing.compose import compose
from forms.specimen import fullest, moment
from tests.forms.definitions import tiny

_STATEMENT = "statement: {title: 工会填的, task: 写理由, clause: 四, when: \"route == 'unit'\"}\n"
_OFFICE = """\
id: office
title: 工会填
party: office
sections:
  - id: all
    title: 工会填
    questions:
      - {kind: prose, id: office_reason, label: 理由, ask: 写理由。, suggest: [{text: "{{ nominee.proof }}"}]}
      - {kind: yes-no, id: office_place, label: 名额, ask: 给名额吗？, when: "nominee.route == 'unit'"}
"""
_PRINT = (
    "<p>{{ name }} {{ remark }} {{ route }} {% if offices and offices[0] %}{{ offices[0].office_reason }}"
    "{{ offices[0].office_place }}{% endif %}</p>"
)


def source(statement: str = _STATEMENT, office: str = _OFFICE) -> Source:
    files = tiny().files
    own = {"forms/office.yaml": office} if office else {}
    prints = {"print/application.html": _PRINT} if office else {}
    return Source({**files, "programme.yaml": files["programme.yaml"] + statement, **own, **prints})


def reasons(wrong: Source) -> list[str]:
    return [each.reason for each in lint(load(wrong), wrong) if "translation" not in each.reason]


def test_a_sound_statement_has_no_findings() -> None:
    assert reasons(source()) == []


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("nominee.proof", "nominee.prof", "reads “nominee.prof”, which the nominee's part does not give"),
        ("nominee.route", "nominee.rout", "reads “nominee.rout”, which the nominee's part does not give"),
        (
            "nominee.route",
            "route",
            "reads “route”, which no question, figure, derived text or constant gives",
        ),
        (
            "kind: prose, id: office_reason",
            "kind: scans, id: office_reason",
            "“office_reason” is answered by a file, and a union's desk takes none",
        ),
        ("id: office_place", "id: office_other", "nothing reads the answer to “office_other”"),
        ("id: office_place", "id: offices", "“offices” is a constant and cannot be a question's name"),
    ],
)
def test_a_form_that_does_not_fit_is_found(before: str, after: str, why: str) -> None:
    assert before in _OFFICE
    assert why in reasons(source(office=_OFFICE.replace(before, after, 1)))


def test_a_statement_without_a_form_and_a_form_without_a_statement_are_found() -> None:
    assert reasons(source(office="")) == ["the receiving union has nothing to write"]
    assert reasons(source(statement="")) == ["the receiving union is not told what to write"]


def test_a_union_is_no_party() -> None:
    party = "parties:\n  - {party: office, title: 工会, task: 写理由, clause: 四}\n"
    assert "a receiving union is no party: nobody asks it in" in reasons(source(_STATEMENT + party))


def test_when_it_is_asked_for_reads_what_there_is() -> None:
    wrong = source(statement=_STATEMENT.replace("route ==", "rout =="))
    assert "reads “rout”, which no question, figure, derived text or constant gives" in reasons(wrong)


@pytest.mark.parametrize(
    "wrong", ["statement: {title: 工会填的, task: 写理由}\n", "statement: {tittle: 填}\n"]
)
def test_half_a_statement_is_refused(wrong: str) -> None:
    with pytest.raises(DefinitionError):
        load(source(statement=wrong))


def test_what_the_union_wrote_is_one_row_and_hangs_on_the_nominees_names() -> None:
    programme = load(source())
    said = {"office": ({"office_reason": "手艺好", "office_place": True},)}
    for route, row in (
        ("unit", {"office_reason": "手艺好", "office_place": True}),
        ("self", {"office_reason": "手艺好"}),
    ):
        names = scope(programme, {"route": route}, moment(programme), said)
        assert names["offices"] == [row]
    assert "offices" not in scope(programme, {"route": "unit"}, moment(programme))


def test_a_print_shows_what_applies_of_it_and_nothing_where_nothing_is_written() -> None:
    programme = load(source())
    (document,) = programme.documents
    for parts, shown in (({"office": ({"office_reason": "手艺好"},)}, True), ({}, False)):
        names = scope(programme, {"route": "unit"}, moment(programme), parts)
        html = compose(programme, document, {"route": "unit"}, names, parts).html
        assert ("手艺好" in html) is shown


def test_a_specimen_has_one_union() -> None:
    assert len(fullest(load(source())).parts["office"]) == 1
