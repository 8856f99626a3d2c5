"""Lines of Chinese: of one length, broken where print may break them, and copied as they were written."""

from __future__ import annotations

import re
import subprocess
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from forms.printing import faces
from forms.printing.faces import Faces
from forms.printing.printed import Faced, Paragraph
from forms.printing.renderer import PAGE, Renderer
from forms.printing.spread import JOINT, joined, spread

PROSE = (
    "陈丽，女，壮族，1984年9月出生，焊工高级技师。2017年，公司承接城轨车辆铝合金转向架附属件项目，3 mm筋板与16 mm座板的组焊"
    "变形始终超差，一次交检合格率只有71%，外方专家给出的建议是更换整套工装，报价380多万元。她常说：“名字里有光，焊缝里也得有光，"
    "一点夹渣都藏不住。”她总结的“三看一听”操作法（看坡口、看间隙、看熔池，听声音）把抗拉强度稳定在1/670兆帕以上，送丝速度2.8m/min，"
    "焊缝余高2.8/mm，CO2气体流量18L/min。徒弟阿依古丽·买买提说：“师傅的手比仪器还准。”《焊接手册》里没有的，她都记在本子上——"
    "整整二十七本……"
)
OPENING, NEVER_FIRST = "“‘（《〈「『【〔", "，。、；：？！”’）》〉」』】〕·…"


@pytest.fixture(scope="module")
def printing() -> Renderer:
    return Renderer(faces.directory())


def printed(printing: Renderer, text: Faced, width: float) -> bytes:
    """One paragraph, justified, so many millimetres wide."""
    shown = text.spread if isinstance(text, Paragraph) else text.__html__()
    html = f'<p class="{text.look}" style="width: {width}mm; text-align: justify">{shown}</p>'
    return printing.render(html, [PAGE], {}).content


def set_lines(content: bytes) -> list[list[tuple[str, float, float]]]:
    """The lines of a page of text, each as its characters with where their ink begins and ends, in points."""
    page = pypdfium2.PdfDocument(content)[0].get_textpage()
    lines: list[list[tuple[str, float, float]]] = []
    baseline = None
    for place in range(page.count_chars()):
        char = page.get_text_range(place, 1)
        left, bottom, right, top = page.get_charbox(place, loose=True)
        if not char.strip() or top < 100:  # the number of the page
            continue
        if baseline is None or abs(bottom - baseline) > 4:
            lines.append([])
            baseline = bottom
        lines[-1].append((char, left, right))
    return lines


@pytest.mark.parametrize("width", [72, 91, 118, 133, 164])
def test_every_line_but_the_last_reaches_the_edge_and_no_gap_takes_all_the_slack(
    printing: Renderer, width: float
) -> None:
    lines = set_lines(printed(printing, Paragraph(PROSE, Faces.load()), width))
    assert len(lines) > 4
    edge = lines[0][0][1] + width * 72 / 25.4
    for line in lines[:-1]:
        between = [
            right[1] - left[2]
            for left, right in pairwise(line)
            if "\u4e00" <= left[0] <= "\u9fff"
            and "\u4e00" <= right[0] <= "\u9fff"
            and (left[0], right[0]) != ("兆", "帕")  # a unit
        ]
        assert max(between) - min(between) < 0.3
        assert edge - line[-1][2] == pytest.approx(0, abs=0.6), "".join(char for char, *_ in line)


@pytest.mark.parametrize("width", range(60, 170, 7))
def test_lines_break_as_chinese_print_does(printing: Renderer, width: float) -> None:
    lines = [
        "".join(char for char, *_ in line) for line in set_lines(printed(printing, Paragraph(PROSE), width))
    ]
    assert not [line for line in lines if line[-1] in OPENING or line[0] in NEVER_FIRST]
    for figure in (
        "1984年",
        "3mm",
        "16mm",
        "71%",
        "380",
        "1/670兆帕",
        "2.8m/min",
        "2.8/mm",
        "CO2",
        "18L/min",
    ):
        assert any(figure in line for line in lines), figure


@pytest.mark.parametrize(
    "text",
    [PROSE, "王䶮说：“𬍛字生僻，3 mm也一样。”" * 9, "焊接 工艺 QC 小组" * 12, "John Smith 焊工 " * 20 + "."],
)
def test_what_is_copied_is_what_was_written(printing: Renderer, text: str, tmp_path: Path) -> None:
    content = printed(printing, Paragraph(text, Faces.load()), 118)
    (tmp_path / "it.pdf").write_bytes(content)
    read = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "it.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    viewed = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    for copied in (read, viewed):
        shown = re.sub(r"[\f\r\n]+", "\n", copied).replace("— 1 —", "").strip()
        assert not set(shown) & set("\u00a0\u200b\u2060")
        # A line ends at a blank, or where none is.
        pattern = r"[ \n]".join(r"\n?".join(map(re.escape, part)) for part in text.split(" "))
        assert re.fullmatch(pattern, shown), shown


def test_a_blank_keeps_its_width_where_lines_are_not_stretched(printing: Renderer) -> None:
    last = set_lines(printed(printing, Paragraph("长度3 mm"), 150))[0]
    (_, _, before), (_, after, _) = last[-3:-1]
    assert after - before == pytest.approx(0.333 * 12, abs=0.2)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1/670兆帕", ["1/670兆帕"]),
        ("强度1/670兆帕以上", ["强度", "1/670兆帕", "以上"]),
        ("资金2 300余万元", ["资", "金", "2 300余", "万", "元"]),
        ("共12 345 678件", ["共", "12 345 678件"]),
        ("2.8/mm", ["2.8/mm"]),
        ("3 mm筋板", ["3 mm", "筋板"]),
        ("18.5 kN·m扭矩", ["18.5 kN·m", "扭矩"]),
        ("300 万元", ["300 万元"]),
        ("300余万元", ["300余", "万元"]),
        ("2015年7月", ["2015年", "7月"]),
        ("2015.07—2016.12", ["2015.07—2016.12"]),
        ("第12届", ["第12届"]),
        ("27个百分点", ["27个百分点"]),
        ("0.05毫米", ["0.05毫米"]),
        ("5 GB/T标准", ["5 GB/T", "标准"]),
        ("10⁻³Pa", ["10⁻³Pa"]),
        ("-40℃低温", ["-40℃", "低温"]),
        ("阿依古丽·买买提", ["阿依古丽·", "买买提"]),
        ("徒弟阿依古丽·买买提", ["徒弟阿依古丽·", "买买提"]),
    ],
)
def test_figures_keep_to_their_units_and_names_to_their_parts(
    printing: Renderer, text: str, pieces: list[str]
) -> None:
    """In a box of no width every place where a line may break is one, of what may break at all."""
    assert joined(text).replace(JOINT, "") == text
    html = f'<p style="width: 1pt; overflow-wrap: normal">{Faced(text).__html__()}</p>'
    lines = set_lines(printing.render(html, [PAGE], {}).content)
    ends = ["".join(char for char, *_ in line) for line in lines]
    at, starts = 0, set()
    for line in ends:
        starts.add(at)
        at += len(line)
    kept = [piece.replace(" ", "") for piece in pieces]
    inside = {
        sum(map(len, kept[:n])) + k
        for n, piece in enumerate(kept)
        if _held(piece)
        for k in range(1, len(piece))
    }
    assert not starts & inside, ends


def _held(piece: str) -> bool:
    return "·" in piece or any(char.isdigit() for char in piece) or piece == "买买提"


def test_a_name_in_prose_never_begins_a_line_with_its_dot(printing: Renderer) -> None:
    for width in range(40, 80, 3):
        lines = set_lines(printed(printing, Paragraph("徒弟阿依古丽·买买提·吐尔逊说，" * 8), width))
        assert all(line[0][0] != "·" for line in lines)


@pytest.mark.parametrize("mark", ["\u3099", "\u0301", "\ufe00", "\U000e0100"], ids=ascii)
def test_a_mark_or_the_selector_of_a_variant_stays_with_its_character(mark: str) -> None:
    for few in (True, False):
        shown = str(spread(f"焊接葛{mark}工艺改进葛{mark}焊接" * 3, few=few))
        assert shown.count(f"葛{mark}") == 6


def test_a_figure_that_is_too_long_for_any_line_may_break() -> None:
    assert JOINT not in joined("1/2" * 12)


def test_what_looks_like_markup_stays_text() -> None:
    assert "<b>" not in spread("他说“好”。<b>")
