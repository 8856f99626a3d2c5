"""What fits a cell of fixed size: counted beforehand, held against the lines that the layout makes."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from markupsafe import Markup

from forms.printing import faces as installed
from forms.printing.faces import Faces
from forms.printing.fit import Fitted, Fitter, Room, lines
from forms.printing.printed import Faced, Paragraph
from forms.printing.renderer import PAGE, Renderer

PROSE = (
    "本人从事维修电工工作26年，现任电气维修班班长、公司首席技师。擅长大型数控设备电气系统诊断与国产化改造，"
    "凭手感诊断电机早期故障的“三指诊电”准确率超过九成。针对进口主轴驱动模块频繁烧毁问题，自行研制浪涌吸收与"
    "错峰联锁装置，以14 000元解决了每年近300万元的损失（含备件）；获发明专利3件、ABB机器人课程1门。"
)
RARE = "王䶮说：“𬍛字生僻，C2019-07型也一样。”"


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer(installed.directory())


def laid_out(
    renderer: Renderer, text: str, width: float, size: float, indent: float = 0, kind: type[Faced] = Faced
) -> int:
    """How many lines the layout makes of a paragraph. Width in millimetres."""
    style = f"width: {width}mm; font-size: {size}pt; text-indent: {indent}em"
    paragraph = kind(text, Faces.load())
    shown = paragraph.spread if isinstance(paragraph, Paragraph) else paragraph.__html__()
    html = (
        f'<style>@page {{ size: 900mm 900mm }}</style><p class="{paragraph.look}" style="{style}">{shown}</p>'
    )
    document = renderer._html(string=html).render(
        font_config=renderer._fonts, stylesheets=[renderer._css(PAGE)]
    )

    def line_boxes(box: object) -> Iterator[object]:
        if type(box).__name__ == "LineBox":
            yield box
            return
        for child in getattr(box, "children", ()):
            yield from line_boxes(child)

    page = document.pages[0]._page_box
    body = next(child for child in page.children if child.element_tag == "html")
    return sum(1 for _ in line_boxes(body))


def fitted(text: str, **room: object) -> tuple[Fitted, Fitter]:
    fitter = Fitter(Faces.load())
    measures = {"width": 60.0, "height": 20.0, **room}
    return fitter.fit(text, "个人自述", **measures), fitter  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Faced, Paragraph])
@pytest.mark.parametrize("size", [9, 10.5, 12])
@pytest.mark.parametrize("width", [17, 33, 62, 133])
@pytest.mark.parametrize("text", [PROSE, RARE, PROSE.replace("，", ""), "http://" + "a1b2" * 12])
def test_a_text_never_takes_more_lines_than_were_counted(
    renderer: Renderer, text: str, width: float, size: float, kind: type[Faced]
) -> None:
    counted = len(list(lines(text, (width * 72 / 25.4 - 0.3) / size, indent=2)))
    made = laid_out(renderer, text, width, size, 2, kind)
    assert made <= counted
    if width > 20:  # where a line holds few characters, the little that is left free costs one of them
        assert counted <= made + 1 + made // 8


def test_it_holds_for_texts_cut_anywhere(renderer: Renderer) -> None:
    chance = random.Random(7)
    for _ in range(40):
        start = chance.randrange(len(PROSE) - 20)
        text = " ".join(PROSE[start : start + chance.randrange(10, 90)].split())
        width = chance.uniform(20, 140)
        counted = len(list(lines(text, (width * 72 / 25.4 - 0.3) / 10.5)))
        for kind in (Faced, Paragraph):
            assert laid_out(renderer, text, width, 10.5, kind=kind) <= counted, (text, width)


def test_what_fits_is_shown_whole_in_the_largest_size() -> None:
    cell, fitter = fitted("电气维修班班长")
    assert (cell.paragraphs, cell.size, cell.pointer) == (("电气维修班班长",), 12, "")
    assert fitter.annexes == []


def test_type_grows_smaller_before_anything_is_cut() -> None:
    cell, fitter = fitted(PROSE[:66], height=19)
    assert cell.size < 12 and "".join(cell.paragraphs) == PROSE[:66]
    assert not fitter.annexes


def test_what_does_not_fit_ends_with_a_sentence_and_stands_whole_in_the_annex() -> None:
    cell, fitter = fitted(PROSE)
    assert cell.pointer == "（续见附页：个人自述）"
    assert PROSE.startswith(cell.paragraphs[0]) and cell.paragraphs[0].endswith("。")
    (annex,) = fitter.annexes
    assert (annex.title, annex.paragraphs) == ("个人自述", (PROSE,))


def test_what_is_shown_with_its_pointer_fits() -> None:
    for width in (12, 25, 60, 133):
        for height in (4, 8, 15, 30):
            cell, _ = fitted(PROSE * 3, width=width, height=height, leading=1.2)
            room = Room(width, height, leading=1.2)
            shown = [*cell.paragraphs[:-1], "".join((*cell.paragraphs[-1:], cell.pointer))]
            assert room.holds(shown, cell.size) or not cell.paragraphs, (width, height)


def test_rows_end_with_a_whole_row() -> None:
    text = "\n".join(f"{year}年 自治区职工优秀技术创新成果一等奖" for year in range(2001, 2021))
    cell, fitter = fitted(text, width=90)
    assert 1 < len(cell.paragraphs) < 20
    assert all(paragraph.endswith("一等奖") for paragraph in cell.paragraphs)
    assert len(fitter.annexes[0].paragraphs) == 20


def test_a_narrow_cell_has_a_short_pointer() -> None:
    assert fitted(PROSE, width=30, height=5)[0].pointer == "（见附页）"
    assert fitted(PROSE, width=45, height=5)[0].pointer == "（续见附页）"


def test_an_empty_cell_shows_nothing() -> None:
    cell, fitter = fitted("")
    assert (cell.paragraphs, cell.pointer, fitter.annexes) == ((), "", [])


def test_what_a_template_put_together_is_measured_and_printed_as_text() -> None:
    built = Markup("{} <b>甲</b>\n乙").format("<b>&")
    cell, _ = fitted(built)
    assert cell.paragraphs == ("<b>& 甲", "乙")


def test_a_short_field_with_a_rare_character_keeps_to_one_face() -> None:
    cell, _ = fitted("王䶮")
    assert "font-family" in cell.paragraphs[0].__html__()
    assert isinstance(cell.paragraphs[0], Faced)
