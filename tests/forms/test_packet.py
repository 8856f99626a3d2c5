"""What is due for a case."""

from __future__ import annotations

import pytest

from forms.packet import due_documents, due_papers, packed, packet_filename, saved_as
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


def test_copies_of_certificates_are_due_as_soon_as_there_is_one() -> None:
    assert "certificates" not in documents()
    assert "certificates" not in documents(certificates=[])
    due = {document.id: document for document in due_documents(NANNING, {"certificates": [{"file": "a"}]})}
    assert due["certificates"].copies == 3


@pytest.mark.parametrize(
    "town", ["nanning-2026", "liuzhou-2025", "guilin", "daguo-jiangsu-2026", "nanyue-2020"]
)
def test_a_packet_lies_in_the_order_of_its_list(town: str) -> None:
    whole = programme(town)
    lying = [document.id for document in packed(whole.documents)]
    assert lying[0] == "cover"
    places = {paper.question or paper.id: place for place, paper in enumerate(whole.papers)}
    places |= {paper.id: place for place, paper in enumerate(whole.papers)}
    listed = [places[name] for name in lying if name in places]
    assert listed == sorted(listed)


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("推荐表-买买提·吐尔逊", "推荐表-买买提·吐尔逊.pdf"),
        ("a/b\\c:d*e?", "a_b_c_d_e_.pdf"),
        ("甲\u202e乙\x07丙", "甲_乙_丙.pdf"),
        (" 推荐表. ", "推荐表.pdf"),
        ("字" * 60, "字" * 48 + ".pdf"),
        ("a" + "𬍛" * 60, "a" + "𬍛" * 36 + ".pdf"),
    ],
)
def test_a_name_is_one_that_every_system_unpacks(stem: str, name: str) -> None:
    assert saved_as(stem, "pdf") == name
    assert len(name.encode()) <= 150


def test_a_packet_is_named_for_whom_it_is() -> None:
    assert (
        packet_filename(NANNING, {"name": "陆建华"}, "zip") == "全部材料-陆建华-2026年“南宁工匠”选树活动.zip"
    )
