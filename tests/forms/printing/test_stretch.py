"""Lines that a few gaps stretch are the lines that gaps at every place would stretch, to a fifth of a point."""

from __future__ import annotations

import random

import pypdfium2
import pytest
from markupsafe import Markup

from forms.printing import faces
from forms.printing.renderer import PAGE, Renderer
from forms.printing.spread import GAP, HELP, JOINT, MARK, joined, spread
from tests.forms.printing.test_spread import PROSE

#: No blanks of their own: a text with some has all its gaps anyway.
WHOLE = PROSE.replace(" ", "")
#: Marks beside marks, long words, small figures, quotes at ends: what lines may and may not part at.
ODD = (
    "“一”“二”“三”和《四》、《三》（四）：1.5μm和10⁻³Pa，¥120万元；"
    "https://example.org/a-b-c-d-e-f-g-h-i-j-k-l-m-n-o-p“五”六"
    "——七……八／九·十，阿依古丽·买买提，CO₂、98.6％以上100%合格，第12届“工匠杯”赛A组。" * 4
)


@pytest.fixture(scope="module")
def printing() -> Renderer:
    return Renderer(faces.directory())


def characters(printing: Renderer, shown: Markup, style: str) -> list[tuple[str, float, float]]:
    """Every character of a page with where it stands, in points."""
    html = f'<p class="han" style="text-align: justify; {style}">{shown}</p>'
    page = pypdfium2.PdfDocument(printing.render(html, [PAGE], {}).content)[0].get_textpage()
    boxes = (
        (page.get_text_range(place, 1), *page.get_charbox(place, loose=True)[:2])
        for place in range(page.count_chars())
    )
    return [each for each in boxes if each[0].strip()]


@pytest.mark.parametrize("text", [WHOLE, ODD, "焊" * 300], ids=["prose", "odd", "one character"])
@pytest.mark.parametrize(
    "style",
    [f"width: {mm}mm" for mm in (58, 71, 98, 125, 164)]
    + [
        "width: 131mm; font-size: 10.5pt; text-indent: 2em",
        "width: 88mm; font-size: 9pt",
    ],
)
def test_every_character_stands_where_gaps_at_every_place_would_have_it(
    printing: Renderer, text: str, style: str
) -> None:
    few = characters(printing, spread(text), style)
    every = characters(printing, spread(text, few=False), style)
    assert [char for char, *_ in few] == [char for char, *_ in every]
    off = [
        abs(a - b)
        for one, other in zip(few, every, strict=True)
        for a, b in zip(one[1:], other[1:], strict=True)
    ]
    assert max(off) < 0.2


def test_lines_of_chance_are_alike_too(printing: Renderer) -> None:
    chance = random.Random(14)
    pieces = [
        "焊接",
        "，",
        "。",
        "“工匠”",
        "《手册》",
        "（二级）",
        "3项",
        "2015年",
        "QC",
        "的",
        "工艺改进",
        "、",
        "98.6%",
        "——",
        "他说：“好。”",
    ]
    for _ in range(12):
        text = "中" + "".join(chance.choices(pieces, k=90))
        style = f"width: {chance.randrange(50, 160)}mm"
        few = characters(printing, spread(text), style)
        every = characters(printing, spread(text, few=False), style)
        assert few == [
            (char, pytest.approx(x, abs=0.2), pytest.approx(y, abs=0.2)) for char, x, y in every
        ], text


def test_a_letter_that_is_drawn_in_pieces_is_printed(printing: Renderer) -> None:
    pieces = "焊接が\u3099工艺改进" * 12
    few = characters(printing, spread(pieces), "width: 98mm")
    every = characters(printing, spread(pieces, few=False), "width: 98mm")
    assert few == [(char, pytest.approx(x, abs=0.2), pytest.approx(y, abs=0.2)) for char, x, y in every]


def test_few_gaps_are_few_and_take_nothing_from_the_text() -> None:
    shown = str(spread(WHOLE))
    assert shown.count(GAP) < len(WHOLE) / 4
    assert shown.count(MARK + GAP) == shown.count(GAP)
    assert shown.replace(MARK, "").replace(GAP, "") == joined(WHOLE)


def test_pango_is_helped_only_beside_quotes_and_the_like() -> None:
    assert HELP not in str(spread("他在比赛中获得第一名，完成了3项工艺改进。"))
    assert HELP in str(spread("他说：“名字里有光”的人"))
    assert JOINT in str(spread("完成了3项"))
