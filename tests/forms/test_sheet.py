"""Sheets, opened again as a clerk's spreadsheet would."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import ValidationError

from forms.documents import Sheet
from forms.loader import DefinitionError, load
from forms.programme import Programme
from forms.sheet import clean, rows, workbook
from tests.forms.definitions import tiny
from tests.forms.programmes.cases import played
from tests.forms.test_lint import found

LU = {"name": "陆建华", "start": "2015-07", "union": True}
SHEETS = """\
sheets:
  - id: table
    title: 小城工匠汇总表
    annex: 附件2
    heading: ["推荐单位：{{ proof if proof is defined else '' }}", 联系人及电话：]
    note: 注：请使用电子表格统计。
    example: ["1", 张三, "2001.7", 是]
    columns:
      - {title: 推荐优先顺序, value: "{{ number }}", width: 4}
      - {title: 姓名, value: "{{ name }}"}
      - {title: 入行时间, value: "{{ start|month('.') }}"}
      - {title: "会员(是/否)", value: "{{ '是' if union else '否' }}", width: 20}
"""
TABLE = '  - {id: table, title: 汇总表, sheet: table, filename: "{{ name }}汇总表"}\n'


def programme() -> Programme:
    return load(tiny(programme=("documents:\n", SHEETS + "documents:\n" + TABLE)))


def opened(*cases: Mapping[str, Any], mark: str = "") -> Worksheet:
    ours = programme()
    book = load_workbook(io.BytesIO(workbook(ours, ours.sheet("table"), cases, mark)))
    page = book.active
    assert isinstance(page, Worksheet)
    return page


def values(page: Worksheet) -> list[list[object]]:
    return [[cell or "" for cell in row] for row in page.iter_rows(values_only=True)]


def test_a_row_for_each_case_under_the_titles_of_the_columns() -> None:
    ours = programme()
    other = {"name": "𬍛䶮", "start": "2001-12", "union": False}
    wanted = [["1", "陆建华", "2015.7", "是"], ["2", "𬍛䶮", "2001.12", "否"]]
    assert rows(ours, ours.sheet("table"), [LU, other]) == wanted
    assert values(opened(LU, other)) == [
        ["附件2", "", "", ""],
        ["小城工匠汇总表", "", "", ""],
        ["推荐单位：", "", "", ""],
        ["联系人及电话：", "", "", ""],
        ["推荐优先顺序", "姓名", "入行时间", "会员(是/否)"],
        *wanted,
        ["注：请使用电子表格统计。", "", "", ""],
    ]


def test_a_cell_that_hangs_on_a_missing_answer_is_empty() -> None:
    ours = programme()
    assert rows(ours, ours.sheet("table"), [{"name": "陆建华"}]) == [["1", "陆建华", "", ""]]


def test_the_sample_row_stands_only_in_an_empty_table() -> None:
    assert ["1", "张三", "2001.7", "是"] in values(opened())
    assert "张三" not in str(values(opened(LU)))


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x.example","点我")', "+86", "@sum", "-1", "{=A1}"]
)
def test_nothing_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    page = opened({**LU, "name": text})
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert text in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]


def test_what_a_cell_cannot_hold_is_left_out() -> None:
    assert clean("甲\x00\x0b乙\ud800丙\uffff\n丁") == "甲乙丙\n丁"
    assert len(clean("字" * 40_000)) == 32_767 and clean("字" * 40_000).endswith("…")
    assert "陆建华" in str(values(opened({**LU, "name": "陆\x07建\udfff华"})))


def test_a_line_above_the_table_says_what_its_cases_have_in_common() -> None:
    same, other = {**LU, "proof": "柳钢"}, {**LU, "proof": "柳工"}
    assert values(opened(same, same))[2][0] == "推荐单位：柳钢"
    assert values(opened(same, other))[2][0] == "推荐单位："


def test_the_roster_is_the_sheet_that_is_marked_or_the_notices_own() -> None:
    ours = programme()
    assert ours.roster == ours.sheet("table")
    marked = (
        SHEETS + '  - {id: all, title: 名册, roster: true, columns: [{title: 姓名, value: "{{ name }}"}]}\n'
    )
    theirs = load(tiny(programme=("documents:\n", marked + "documents:\n" + TABLE)))
    assert theirs.roster == theirs.sheet("all")
    assert load(tiny()).roster is None


@pytest.mark.parametrize(
    "town", ["daguo-jiangsu-2026", "guilin", "liuzhou-2025", "nanning-2026", "nanyue-2020"]
)
def test_every_programme_has_a_roster_in_the_order_of_the_selection_and_no_cell_computes(town: str) -> None:
    """Numbers of identity papers and telephones are text, and so is what begins as a formula does."""
    case = played(town, "maximum")
    roster = case.programme.roster
    assert roster
    names = ["陈𬍛", '=HYPERLINK("http://x.example")', "+86", "阿依古丽·买买提"]
    cases = [{**case.scope, "name": name} for name in names]
    page = load_workbook(io.BytesIO(workbook(case.programme, roster, cases))).active
    assert isinstance(page, Worksheet)
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"} and not any(cell.hyperlink for cell in cells)
    titles = [column.title for column in roster.columns]
    head = next(row for row in page.iter_rows(values_only=True) if row[1] == titles[1])
    assert list(head) == titles
    at = titles.index("姓名")
    column = [row[at] for row in page.iter_rows(values_only=True)]
    assert column[column.index("姓名") + 1 :][: len(names)] == names
    if "身份证号" in titles:
        assert case.scope["id_number"] in [cell.value for cell in cells]


@pytest.mark.parametrize("town", ["guilin", "nanning-2026", "nanyue-2020"])
def test_a_roster_of_the_office_is_no_document_of_a_packet(town: str) -> None:
    programme = played(town, "maximum").programme
    assert programme.roster and programme.roster.id not in {each.sheet for each in programme.documents}


def test_the_same_cases_give_the_same_bytes() -> None:
    ours = programme()
    assert len({workbook(ours, ours.sheet("table"), [LU]) for _ in range(3)}) == 1


def test_a_narrow_table_prints_on_landscape_a4_in_its_own_size() -> None:
    page = opened(LU)
    assert page.page_setup.orientation == "landscape"
    assert str(page.page_setup.paperSize) == page.PAPERSIZE_A4
    assert page.page_setup.scale in (None, 100)
    assert page.print_title_rows == "$5:$5" and page.print_title_cols == "$A:$B" and page.freeze_panes == "A6"
    header = page["B5"]
    assert header.border.left.style == header.border.bottom.style == "thin"
    assert header.alignment.wrap_text and header.font.name == "黑体"
    assert page.column_dimensions["D"].width > page.column_dimensions["A"].width


def test_a_practice_copy_says_so_on_screen_and_on_paper() -> None:
    page = opened(LU, mark="样张")
    assert page["D1"].value == "样张"
    header = page.oddHeader
    assert header and header.center and "样张" in str(header.center.text)
    assert "样张" not in str(values(opened(LU)))


def test_a_document_is_a_template_or_a_sheet_and_never_both_or_neither() -> None:
    for wrong in ("", ", template: application.html, sheet: table"):
        with pytest.raises(DefinitionError, match="either a template or a sheet"):
            load(tiny(programme=(", template: application.html", wrong)))


def test_a_sample_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(ValidationError, match="as many cells"):
        Sheet(id="a", title="表", columns=({"title": "姓名", "value": "x"},), example=("1", "2"))


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        ('{{ name }}"}\n      - {title: 入', '{{ nome }}"}\n      - {title: 入', 25, "reads “nome”"),
        ("推荐单位：{{ proof if", "推荐单位：{{ prof if", 20, "reads “prof”"),
        ("sheet: table", "sheet: tables", 29, "the sheet “tables” of “table” is missing"),
        (TABLE, "", 17, "no document uses the sheet “table”"),
        (
            "documents:\n",
            "  - {id: one, title: 表, roster: true, columns: [{title: 姓名, value: x}]}\n"
            "  - {id: two, title: 表, roster: true, columns: [{title: 姓名, value: x}]}\ndocuments:\n",
            29,
            "“one” is the roster already",
        ),
    ],
)
def test_the_checks_find_what_a_sheet_gets_wrong(old: str, new: str, line: int, why: str) -> None:
    whole = SHEETS + "documents:\n" + TABLE
    assert old in whole
    finding = found(tiny(programme=("documents:\n", whole.replace(old, new))))[-1]
    assert (finding.file, finding.line) == ("programme.yaml", line)
    assert why in finding.reason
