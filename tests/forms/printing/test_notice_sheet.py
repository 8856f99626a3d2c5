"""The list that is put up: names, units and trades in order, its days, whom to tell of objections, and no ID number."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pypdfium2
import pytest

from forms.printing.faces import Faces
from forms.printing.notice_sheet import Contact, Listed, notice_sheet
from forms.printing.renderer import render
from forms.stages import Stage, counted, stage_of
from tests.forms.programmes.cases import programme

NANNING, GUILIN, LIUZHOU, NANYUE = "nanning-2026", "guilin", "liuzhou-2025", "nanyue-2020"
UP = date(2026, 9, 2)
ROWS = (
    Listed("陆建华", "广西桂南轨道交通装备制造集团有限责任公司南宁分公司", "焊工"),
    Listed("阿依古丽·买买提", "南宁市第一机电技工学校", "数控车工"),
    Listed("韦𬍛", "南宁市城市轨道交通运营有限公司", "电工"),
)
CONTACT = Contact("南宁市总工会劳动和经济工作部", "0771-2805708")


def notice(name: str) -> Stage:
    found = stage_of(programme(name).stages, "notice")
    assert found
    return found


def sheet(name: str = NANNING, rows: Any = ROWS, up: date = UP, staff: int | None = None, **more: Any) -> str:
    """The words of the printed list, page after page, without their blanks."""
    days = counted(notice(name), up, staff)
    contact = more.pop("contact", CONTACT)
    made = notice_sheet(programme(name), notice(name), rows, days, contact, faces=Faces.load(), **more)
    pdf = render(made.html, made.stylesheets, {})
    with pypdfium2.PdfDocument(pdf.content) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"\s|\u200b", "", "".join(pages))


def test_names_stand_in_their_order_with_unit_and_trade_under_the_title_and_the_days() -> None:
    words = sheet()
    assert words.startswith("2026年“南宁工匠”选树活动人选公示")
    assert "根据《关于开展2026年“南宁工匠”选树活动的通知》，现将下列3名人选予以公示。" in words
    assert "公示时间：2026年9月2日至2026年9月8日（5个工作日）。" in words
    assert "1陆建华广西桂南轨道交通装备制造集团有限责任公司南宁分公司焊工2阿依古丽·买买提" in words
    assert "3韦𬍛南宁市城市轨道交通运营有限公司电工" in words
    assert "请向南宁市总工会劳动和经济工作部反映" in words
    assert "联系电话：0771-2805708" in words
    assert "后备" not in words


def test_a_notice_within_a_notice_has_inner_marks_and_its_number_behind() -> None:
    words = sheet(GUILIN)
    assert "根据《关于印发〈“桂林工匠”推荐宣传学习工作办法（试行）〉的通知》（市工发〔2025〕4号），" in words


def test_reserves_stand_by_themselves_where_the_list_shows_them_and_nowhere_else() -> None:
    more = {"reserves": [Listed("何志强", "桂林客车公司", "钳工")]}
    words = sheet(GUILIN, **more)
    assert "现将下列3名人选，另有1名后备人选予以公示" in words
    assert words.index("后备人选序号") < words.index("1何志强桂林客车公司钳工")
    assert "何志强" not in sheet(NANNING, **more)


def test_what_is_for_the_time_being_says_so_and_days_that_staff_entered_are_shown() -> None:
    assert "放假安排公布后以公布的为准" in sheet(up=date(2199, 3, 4))
    assert "2026年4月7日至2026年4月15日（7个工作日）" in sheet(LIUZHOU, up=date(2026, 4, 7), staff=7)


def test_who_moved_up_has_days_of_their_own() -> None:
    moved = Listed("黄大海", "南宁造船厂", "焊工", counted(notice(NANNING), date(2026, 9, 4)))
    words = sheet(rows=(*ROWS, moved))
    assert "黄大海为递补人选，公示时间：2026年9月4日至2026年9月10日（5个工作日）。" in words


@pytest.mark.parametrize(
    "number",
    [
        "450122198409129963",
        "45012219840912996X",
        "450122 19840912 9963",
        "450122-19840912-9963",
        "４５０１２２１９８４０９１２９９６３",
        "（450122198409129963）",
        "450122840912996",
    ],
)
def test_an_id_number_never_stands_on_it_wherever_somebody_wrote_it(number: str) -> None:
    rows = [Listed(f"陆建华{number}", f"南宁造船厂{number}", f"焊工 {number}")]
    words = sheet(rows=rows)
    assert "1陆建华南宁造船厂焊工" in words
    assert not re.search(r"\d[\d\-]{13,}", words.replace("0771-2805708", ""))


def test_other_figures_in_a_unit_stay() -> None:
    assert "中铁25局第4公司（91450100）" in sheet(
        rows=[Listed("陆建华", "中铁25局第4公司（91450100）", "焊工")]
    )


def test_without_trades_there_is_no_column_for_them_and_without_a_phone_a_blank() -> None:
    rows = [Listed("陆建华", "南宁造船厂"), Listed("韦明", "桂林客车公司")]
    words = sheet(rows=rows, contact=Contact("桂林市总工会"))
    assert "工种" not in words
    assert "联系电话：桂林市总工会2026年9月2日" in words


def test_a_long_list_runs_over_pages_and_repeats_its_head() -> None:
    rows = [
        Listed(f"陆建{'一二三四五六七八九十'[number % 10]}", "南宁造船厂", "焊工") for number in range(60)
    ]
    words = sheet(rows=rows)
    assert words.count("序号姓名工作单位工种（专业）") >= 2
    assert "60陆建十南宁造船厂" in words


def test_a_list_without_a_name_is_refused() -> None:
    with pytest.raises(ValueError, match="without a name"):
        notice_sheet(programme(NANNING), notice(NANNING), (), counted(notice(NANNING), UP), CONTACT)
