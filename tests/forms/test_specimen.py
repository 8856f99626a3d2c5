"""Made-up cases that fill documents as full as they get."""

from __future__ import annotations

import pytest

from forms.kinds.base import Circumstances
from forms.loader import Source, load
from forms.programme import Programme
from forms.specimen import blank, fullest, moment
from tests.built_in import built_in
from tests.forms.definitions import tiny

PROGRAMMES = built_in().offered


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.id)
def test_every_document_of_every_programme_can_be_made_due(programme: Programme) -> None:
    for document in programme.documents:
        assert fullest(programme, document.when).due, document.id


@pytest.mark.parametrize("programme", PROGRAMMES, ids=lambda programme: programme.id)
def test_no_answer_is_longer_than_its_limit(programme: Programme) -> None:
    case = fullest(programme)
    about = Circumstances(today=moment(programme).date(), scope=case.scope)
    for name, value in case.answers.items():
        remarks = programme.form("nominee").questions[name].remarks(value, about)
        assert not [remark for remark in remarks if remark.blocking], name


def test_the_fullest_case_takes_the_branch_that_asks_most() -> None:
    case = fullest(load(tiny()))
    assert case.answers["union"] is True
    assert "proof" in case.answers


def test_a_branch_is_taken_where_the_condition_wants_it() -> None:
    programme = load(tiny())
    assert fullest(programme, "route == 'unit' and not union").answers.get("proof") is None
    assert fullest(programme, "remark is defined and route == 'unit'").answers["route"] == "unit"


def test_a_condition_that_nothing_meets_is_told() -> None:
    assert not fullest(load(tiny()), "name == '陆建华'").due


def test_an_empty_case_answers_nothing() -> None:
    case = blank(load(tiny()))
    assert not case.answers
    assert "name" not in case.scope


def test_the_same_programme_gives_the_same_case() -> None:
    one, other = (fullest(load(Source(dict(tiny().files)))) for _ in range(2))
    assert one == other
