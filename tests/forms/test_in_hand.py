"""A packet on paper is complete once every paper due is in hand, in all its copies, with nothing wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forms.documents import Paper
from forms.in_hand import InHand, Lacking, lacking
from tests.built_in import built_in

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
FORM = Paper(id="form", title="申请表", form="纸质，盖章", copies=3, clause="七")
LICENCE = Paper(id="licence", title="证书原件", form="原件，资格审核后退回", clause="七")
FILM = Paper(id="film", title="视频", form="视频文件", clause="七")


def test_what_has_not_come_is_lacking() -> None:
    assert lacking((FORM, FILM, LICENCE), {}) == (Lacking(FORM, 3), Lacking(LICENCE, 1))


@pytest.mark.parametrize(
    ("have", "missing"),
    [
        (InHand("form", 3), ()),
        (InHand("form", 4), ()),
        (InHand("form", 2), (Lacking(FORM, 1),)),
        (InHand("form", 3, "缺公章"), (Lacking(FORM, 0, "缺公章"),)),
        (InHand("form", 1, "缺公章"), (Lacking(FORM, 2, "缺公章"),)),
        (InHand("other", 3), (Lacking(FORM, 3),)),
    ],
    ids=str,
)
def test_copies_are_counted_and_what_is_wrong_counts(have: InHand, missing: tuple[Lacking, ...]) -> None:
    assert lacking((FORM,), {have.paper: have}) == missing


def test_an_original_that_was_looked_at_and_given_back_counts() -> None:
    back = InHand("licence", 1, given_back=NOW)
    assert lacking((LICENCE,), {"licence": back}) == ()
    assert lacking((LICENCE,), {"licence": replace(back, lacks="看不清")}) == (Lacking(LICENCE, 0, "看不清"),)


def test_nothing_due_lacks_nothing() -> None:
    assert lacking((), {"form": InHand("form", 1, "缺公章")}) == ()


@pytest.mark.parametrize(
    ("form", "paper"),
    [
        ("纸质", True),
        ("纸质和电子版", True),
        ("电子版和纸质", True),
        ("电子表格，同时交纸质", True),
        ("复印件，同时交PDF扫描电子版", True),
        ("原件，资格审核后退回", True),
        ("推荐单位审核后盖章", True),
        ("A4纸双面打印，推荐单位盖章", True),
        ("纸质照片", True),
        ("电子版", False),
        ("电子版，扫描盖好章的纸质表", False),
        ("电子版，各部门盖章", False),
        ("电子表格", False),
        ("电子邮件", False),
        ("视频文件", False),
        ("印在申请表上", False),
    ],
)
def test_what_comes_as_a_file_only_is_no_paper(form: str, paper: bool) -> None:
    assert in_form(form).on_paper == paper


def in_form(form: str) -> Paper:
    return FORM.model_copy(update={"form": form})


def test_what_is_due_in_no_copy_is_no_paper() -> None:
    assert not FORM.model_copy(update={"copies": 0}).on_paper


@pytest.mark.parametrize(
    ("programme", "paper", "brought"),
    [
        ("guilin", "photo", False),  # a frame on the form, and named nowhere else
        ("nanyue-2020", "photo", False),
        ("liuzhou-2025", "photo", False),
        ("nanning-2026", "photo", True),  # 个人照片 … 以上材料一式3份
        ("nanning-2026", "no_certificates", False),
    ],
)
def test_a_photo_is_brought_where_the_notice_names_it_among_the_papers(
    programme: str, paper: str, brought: bool
) -> None:
    known = built_in().named(programme)
    assert known
    assert [each.on_paper for each in known.papers if each.id == paper] == [brought]


def test_of_every_programme_it_is_told_which_papers_are_handed_over() -> None:
    """Every form that a notice has, judged by eye."""
    no_paper = {
        paper.form
        for programme in built_in().offered
        for paper in programme.papers
        if paper.copies and not paper.on_paper
    }
    assert no_paper == {
        "印在推荐表上",
        "印在申请表上",
        "电子版",
        "电子版，公示原件和结果，企业盖章",
        "电子版，各部门盖章",
        "电子版，扫描盖好章的纸质表",
        "电子版，支撑材料盖单位公章",
        "电子版，盖单位公章",
        "电子版，证书以外的盖单位公章",
        "电子表格",
        "电子邮件",
        "视频文件",
    }
