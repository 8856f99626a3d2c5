"""What a picky reader of the printed forms looks for: loose sheets that say what they are, order, numerals and lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from forms.printing.renderer import Pdf
from tests.forms.programmes.cases import Played, above, pages_of, played, text_of

#: How each form names an expert and the letter.
LETTERS = {
    "nanning-2026": ("推荐专家之{}", "推荐信内容"),
    "guilin": ("推荐专家之{}", "推荐信内容"),
    "liuzhou-2025": ("推荐专家{}", "推荐理由"),
}
DAGUO = "daguo-jiangsu-2026"
MILLIMETRE = 72 / 25.4


def with_letters(programme: str, length: int) -> Played:
    """Two letters of so many characters, the one of 甲 and the other of 乙 alone."""
    case = played(programme, "experts")
    experts = [
        {**expert, "expert_letter": mark * length} for expert, mark in zip(case.experts, "甲乙", strict=True)
    ]
    return replace(case, experts=experts)


def gone_on(pages: list[str], marks: dict[str, str]) -> list[str]:
    """What goes on from the page before onto each page: the name of the mark that runs on both, or ""."""
    return [""] + [
        "".join(f"{name}（续）" for name, mark in marks.items() if mark in before and mark in page)
        for before, page in pairwise(pages)
    ]


@pytest.mark.parametrize("length", [1100, 1300, 1500])
@pytest.mark.parametrize("programme", LETTERS)
def test_a_letter_that_goes_on_says_whose_it_is(programme: str, length: int) -> None:
    expert, content = LETTERS[programme]
    pdf = with_letters(programme, length).printed("letter")
    wanted = gone_on(
        pages_of(pdf), {expert.format("一") + content: "甲甲甲", expert.format("二") + content: "乙乙乙"}
    )
    assert any(wanted)
    assert [label for label, _ in above(pdf)] == wanted


@pytest.mark.parametrize("programme", ["nanning-2026", "liuzhou-2025"])
def test_what_is_left_of_an_experts_half_says_whose_it_is(programme: str) -> None:
    """The telephone or the signature below a letter that fills its page, on the next one."""
    expert, content = LETTERS[programme]
    left = []
    for length in range(600, 1000, 25):
        case = with_letters(programme, length)
        pdf = replace(case, experts=case.experts[:1]).printed("letter")
        last = "专家签名" if programme == "liuzhou-2025" else str(case.experts[0]["expert_phone"])
        first, second = pages_of(pdf)
        if last not in first and "甲" not in second:
            left.append(above(pdf)[1][0])
    assert left, "no letter of these lengths fills its page"
    assert set(left) == {f"{expert.format('一')}{content}（续）"}


@pytest.mark.parametrize("programme", LETTERS)
def test_letters_on_one_page_have_nothing_above_them(programme: str) -> None:
    assert above(played(programme, "experts").printed("letter")) == [("", "")]


def career(length: int) -> list[dict[str, str]]:
    where = "常州精衡传动科技股份有限公司丝杠磨削与智能装备第三联合车间"
    return [
        {
            "start": f"{2025 - length + year}-09",
            "end": f"{2026 - length + year}-08",
            "where": where,
            "what": "磨工",
        }
        for year in range(length)
    ]


@pytest.mark.parametrize("length", [3, 20, 40])
def test_a_career_that_goes_on_repeats_its_label(length: int) -> None:
    pdf = played(DAGUO, "unit", work_rows=career(length), achievements="丙" * 20).printed("resume")
    pages = pages_of(pdf)
    form = next(place for place, page in enumerate(pages) if page.startswith("支撑材料"))
    wanted = gone_on(pages[:form], {"工作经历": "第三联合车间做磨工工作"})
    assert any(wanted) == (length > 3)
    assert [label for label, _ in above(pdf)][:form] == wanted


def test_support_material_that_goes_on_repeats_its_heading() -> None:
    case = played(DAGUO, "unit", role="乙" * 1500)
    pdf = case.printed("resume")
    wanted = gone_on(pages_of(pdf), {"支撑材料五、作用发挥": "乙乙乙"})
    assert any(wanted)
    assert [label for label, _ in above(pdf)] == wanted


@pytest.mark.parametrize(("name", "printed"), [("unit", ""), ("experts", ""), ("maximum", "陈𬍛")])
def test_every_page_of_seals_says_whose_form_it_is(name: str, printed: str) -> None:
    case = played("nanning-2026", name)
    pdf = case.printed("application")
    whose = [name for _, name in above(pdf)]
    assert whose == ["", *[printed or case.answers["name"]] * (pdf.pages - 1)]
    assert "审批单位" in pages_of(pdf)[-1]


def test_the_second_page_of_seals_of_a_recommendation_says_whose_it_is() -> None:
    case = played(DAGUO, "unit")
    assert above(case.printed("recommendation")) == [("", ""), ("", case.answers["name"])]


@pytest.mark.parametrize(
    ("programme", "document"), [("nanning-2026", "application"), (DAGUO, "recommendation")]
)
def test_a_form_of_nobody_yet_names_nobody(programme: str, document: str) -> None:
    pdf = replace(played(programme, "unit"), answers={}, experts=[], others={}).printed(document)
    assert pdf.pages > 1
    assert set(above(pdf)) == {("", "")}


@pytest.mark.parametrize(
    ("programme", "name", "question"),
    [
        ("nanning-2026", "unit", "honours"),
        ("guilin", "unit", "honours"),
        ("liuzhou-2025", "maximum", "honours_main"),
        ("liuzhou-2025", "maximum", "honours_trade"),
    ],
)
def test_honours_stand_in_the_order_of_their_dates(programme: str, name: str, question: str) -> None:
    rows: list[dict[str, Any]] = [
        {"date": "2021-04", "what": "丙等奖章", "grantor": "市总工会"},
        {"date": "2009-11", "what": "甲等奖章", "grantor": "市总工会"},
        {"date": "2010-02", "what": "乙等奖章", "grantor": "市总工会"},
    ][: 2 if programme == "liuzhou-2025" else 3]
    text = text_of(played(programme, name, **{question: rows}).printed("application"))
    shown = [row["what"] for row in sorted(rows, key=lambda row: str(row["date"]))]
    assert sorted(shown, key=text.index) == shown


@pytest.mark.parametrize("programme", LETTERS)
def test_a_third_expert_is_the_third(programme: str) -> None:
    case = played(programme, "experts")
    three = replace(case, experts=[*case.experts, case.experts[0]])
    first, second = pages_of(three.printed("letter"))
    label = LETTERS[programme][0]
    assert [label.format(numeral) in first for numeral in "一二三四"] == [True, True, False, False]
    assert [label.format(numeral) in second for numeral in "一二三四"] == [False, False, True, True]


def right_edges(pdf: Pdf) -> set[float]:
    """Where the outermost lines of the first page end on the right, in mm to the hundredth."""
    page = pypdfium2.PdfDocument(pdf.content)[0]
    lines = [each.get_bounds() for each in page.get_objects() if each.type == raw.FPDF_PAGEOBJ_PATH]
    edge = page.get_width() / 2
    return {
        round(right / MILLIMETRE, 2)
        for left, _, right, _ in lines
        if right > edge + 80 * MILLIMETRE and right > left
    }


@pytest.mark.parametrize("photo", [True, False])
def test_the_cell_of_the_portrait_is_flush_with_the_cells_below_it(photo: bool) -> None:
    case = played("liuzhou-2025", "experts")
    pdf = case.printed("application") if photo else replace(case, answers={}).printed("application")
    assert right_edges(pdf) == {192.0}, "the margin of 18 mm"
