"""What is due for a case."""

from __future__ import annotations

from forms.packet import due_documents, due_papers
from tests.forms.programmes.cases import programme

NANNING = programme("nanning-2026")


def documents(**names: object) -> list[str]:
    return [document.id for document in due_documents(NANNING, names)]


def papers(**names: object) -> list[str]:
    return [paper.id for paper in due_papers(NANNING, names)]


def test_what_hangs_on_nothing_is_always_due() -> None:
    assert documents() == ["application", "brief", "narrative", "cover"]


def test_what_hangs_on_a_missing_answer_is_not_due_yet() -> None:
    assert "opinion_county" not in documents(route="unit")
    assert "discipline_opinion" not in papers(route="unit")


def test_an_answer_that_decides_alone_need_not_wait_for_the_others() -> None:
    assert documents(route="experts") == [
        "application",
        "opinion_county",
        "letter",
        "brief",
        "narrative",
        "cover",
    ]


def test_documents_come_in_the_order_of_the_programme() -> None:
    order = [document.id for document in NANNING.documents]
    due = documents(route="unit", channel="industry")
    assert due == sorted(due, key=order.index)
    assert "opinion_system" in due


def test_papers_follow_the_channel() -> None:
    assert "opinion_county" in papers(route="unit", channel="county")
    assert "opinion_committee" in papers(route="unit", channel="committee")
    assert "opinion_system" in papers(route="unit", channel="grassroots")


def test_a_public_official_needs_two_opinions_more() -> None:
    official = papers(route="unit", channel="county", public_official=True)
    ordinary = papers(route="unit", channel="county", public_official=False)
    assert [paper for paper in official if paper not in ordinary] == [
        "discipline_opinion",
        "population_opinion",
    ]
