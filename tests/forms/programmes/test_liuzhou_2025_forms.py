"""2025年度“柳州工匠”: the forms as they print, held against the notice to the character."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from forms.packet import due_papers
from forms.printing.compose import compose
from forms.printing.renderer import Pdf
from forms.sheet import workbook
from tests.forms.programmes.cases import (
    Played,
    case_of,
    case_paths,
    pages_of,
    played,
    programme,
    text_of,
)

LIUZHOU = "liuzhou-2025"
CASES = [path.stem for path in case_paths(LIUZHOU)]

#: 附件1 in printed order, to the character, without white space; 国际先进 as adopted in the open points.
APPLICATION_LABELS = """
附件1 2025年度“柳州工匠”认定申请表 推荐单位： 填表日期： 年 月 日 经办人： 联系电话：
姓名 性别 民族 正面免冠彩色近照电子版(2寸) 政治面貌 学历 职务 身份证号 手机号码
户籍属性 农业户口 非农业户口 外来务工人员 否 家庭住址 工作单位 单位性质 所属行业 工种 工作年限 单位地址 邮编
身份 干部 专业技术人员 普通工人 职员 其他 技能等级 高级技师 技师 高级工 中级工 初级工 无
职称 高级职称 中级职称 初级职称 无
曾获主要荣誉(市级以上) 1-2个主要荣誉 专业方面获得荣誉(县区级以上) 1-2个主要荣誉
推荐人选对“工匠精神”的理解(100字以内)
具有工艺专长、掌握高超技能、体现领军作用、做出突出贡献四项指标至少选填一项
是否具有工艺专长 一技之长： 绝技高招： 技术专长： 其他：
是否掌握高超技能 技术水平： 国际领先 国际先进 国内领先 国内先进 是否获得专利： 是 否
发明专利数量： 实用新型专利数量： 外观设计专利数量：
是否体现领军作用 技能、技艺传授途径： 带徒 培训 其他：
是否做出突出贡献 全国 自治区 本市 本行业 本单位 做出卓越贡献，取得重要成果。
工作简历 如实填写参加工作以来的主要经历
个人自述(300字左右，包括技术特长、创新创新效、社会贡献等)
围绕具有工艺专长、掌握高超技能、体现领军作用、做出突出贡献、取得技能成绩等方面简述，突出描述最重要成绩即可。
专利、创新成果获奖情况 所在单位意见(个人自荐) (盖章) (自荐签名) 举荐单位(县区工会、行业协会)意见 (盖章) 组委会意见
注：是否具有工艺专长、是否掌握高超技能、是否体现领军作用、是否做出突出贡献四项指标需提交证明材料，并由基层单位行政（或工会）盖章确认。
按字数要求撰写相关内容，请勿改变表格大小格式，补充材料请另附附件。
"""
#: What stands in the cells only while they are empty.
HINTS = (
    "正面免冠彩色近照电子版(2寸)",
    "1-2个主要荣誉",
    "如实填写参加工作以来的主要经历",
    "围绕具有工艺专长、掌握高超技能、体现领军作用、做出突出贡献、取得技能成绩等方面简述，突出描述最重要成绩即可。",
)

COLUMNS = [
    *("推荐优先顺序", "类别", "姓名", "性别", "年龄", "政治面貌", "民族", "籍贯", "是否农民工", "文化程度"),
    *("工作单位", "职务", "职称", "技术等级", "联系电话", "推荐单位"),
    *("技术专长", "经办人及联系电话", "所获最高荣誉(2-3项)", "简要事迹(300字以内)"),
]

OPINION_LABELS = """
附件3 2025年度“柳州工匠”推荐部门意见表 被推荐对象姓名： 工作单位：
纪检监察部门意见 盖章 年 月 日 组织部门意见 盖章 年 月 日 公安部门意见 盖章 年 月 日
工信部门意见 盖章 年 月 日 科技部门意见 盖章 年 月 日 人社部门意见 盖章 年 月 日
填表说明：此表由县（区）总工会商同级有关部门签署意见。如被推荐人为行使公权的公职人员，需按干部人事管理权限由纪检监察部门出具意见。
"""

LETTER_LABELS = """
附件4 2025年度“柳州工匠”专家推荐函(式样) 填报时间： 年 月 日 被推荐人 姓名 身份证号
姓名 身份证号 工作单位 职务 从事工种 手机 职称或技术级别 推荐专家一 推荐理由 专家签名：
姓名 身份证号 工作单位 职务 从事工种 手机 职称或技术级别 推荐专家二 推荐理由 专家签名：
"""


def in_order(labels: str, text: str) -> None:
    """Every label is found behind the one before it."""
    at = 0
    for label in labels.split():
        found = text.find(label, at)
        assert found >= 0, f"“{label}” is not printed behind “{text[max(at - 20, 0) : at]}”"
        at = found + len(label)


def empty() -> Played:
    """A case in which nothing is answered."""
    return Played(programme(LIUZHOU), case_of(LIUZHOU, "self"), {}, ())


def places(pdf: Pdf, labels: tuple[str, ...]) -> list[tuple[int, float, float]]:
    """Where labels stand: the page, and the left and lower edge of the first of their characters, in points."""
    found = []
    document = pypdfium2.PdfDocument(pdf.content)
    for label in labels:
        for number, page in enumerate(document):
            text = page.get_textpage()
            at = text.search(label).get_next()
            if at:
                left, bottom, _, _ = text.get_charbox(at[0])
                found.append((number, round(left, 1), round(bottom, 1)))
                break
    return found


# 附件1


def test_the_empty_form_is_the_official_one() -> None:
    assert "".join(APPLICATION_LABELS.split()) == text_of(empty().printed("application"))


@pytest.mark.parametrize("name", ["experts", "unit-county", "maximum"])
def test_a_filled_form_keeps_the_labels_and_their_order(name: str) -> None:
    labels = APPLICATION_LABELS
    for hint in HINTS:
        labels = labels.replace(hint, "")
    in_order(labels, played(LIUZHOU, name).text("application"))


@pytest.mark.parametrize("name", ["experts", "maximum"])
def test_no_cell_changes_its_size_however_much_is_written(name: str) -> None:
    """“请勿改变表格大小格式”: every label stands where it stands on the empty form."""
    labels = (
        *(
            "家庭住址",
            "所属行业",
            "技能等级",
            "曾获主要荣誉",
            "专业方面获得荣誉",
            "四项指标至少选填",
            "发明专利数量",
        ),
        *(
            "传授途径",
            "卓越贡献",
            "工作简历",
            "个人自述",
            "获奖情况",
            "举荐单位",
            "组委会意见",
            "请勿改变表格",
        ),
    )
    blank = places(empty().printed("application"), labels)
    filled = places(played(LIUZHOU, name).printed("application"), labels)
    assert len(blank) == len(labels)
    assert filled == blank


def test_what_does_not_fit_stands_whole_on_an_annex_page_named_from_its_cell() -> None:
    case = played(LIUZHOU, "maximum")
    pages = pages_of(case.printed("application"))
    form, annexes = "".join(pages[:2]), "".join(pages[2:])
    for cell in ("工作简历", "专利、创新成果获奖情况", "曾获主要荣誉"):
        assert f"（续见附页：{cell}）" in form
        assert f"附页：{cell}" in annexes
    for row in case.answers["resume"]:
        assert row["where"] in annexes
    for line in case.answers["innovations"].split("\n"):
        assert line in annexes
    assert case.answers["craft"]["绝技高招"] in annexes


def test_nothing_that_was_answered_is_lost() -> None:
    case = played(LIUZHOU, "maximum")
    text = case.text("application")
    for name in (
        "employer",
        "home_address",
        "unit_address",
        "industry",
        "spirit",
        "clerk_name",
        "nominating_unit",
    ):
        assert re.sub(r"\s", "", case.answers[name]) in text, name
    assert re.sub(r"\s", "", case.answers["statement"]) in text


def test_the_form_fills_two_pages_and_no_more_where_all_fits() -> None:
    assert empty().printed("application").pages == 2
    assert played(LIUZHOU, "experts").printed("application").pages == 2


def test_years_of_work_are_completed_years() -> None:
    assert "25年" in played(LIUZHOU, "experts").text("application")
    assert "26年" in played(LIUZHOU, "experts", work_start="2000-03").text("application").split("邮编")[0]


def ticked(case: Played, words: str) -> bool:
    """Whether the box before these words is ticked."""
    html = compose(case.programme, case.programme.documents[0], case.answers, case.scope).html
    return bool(re.search(rf'<span class="box on"></span>{words}<', html))


@pytest.mark.parametrize("level", ["首席技师", "特级技师"])
def test_a_chief_technician_is_ticked_as_senior_and_noted_in_the_position(level: str) -> None:
    case = played(LIUZHOU, "experts", skill_level=level, position="电气维修班班长")
    assert ticked(case, "高级技师") and not ticked(case, "无")
    assert f"电气维修班班长（{level}）" in case.text("application")


def test_a_position_that_says_so_already_is_not_noted_twice() -> None:
    assert "首席技师（" not in played(LIUZHOU, "experts").text("application").split("身份证号")[0]


def test_an_apprentice_and_one_without_a_title_are_ticked_as_having_none() -> None:
    case = played(LIUZHOU, "experts", skill_level="学徒工", title="无", title_level=None)
    assert ticked(case, "无") and not ticked(case, "高级技师") and not ticked(case, "中级职称")


# 附件2


def test_the_table_has_exactly_the_twenty_columns_of_the_notice() -> None:
    sheet = programme(LIUZHOU).sheet("summary")
    assert [column.title for column in sheet.columns] == COLUMNS
    assert len(COLUMNS) == 20


def test_a_row_reads_as_the_notice_shows_it() -> None:
    cells = dict(zip(COLUMNS, played(LIUZHOU, "unit-county").cells("summary"), strict=True))
    assert cells["推荐优先顺序"] == "1"
    assert cells["年龄"] == "44 岁"
    assert cells["是否农民工"] == "否"
    assert cells["类别"] == "制造业"
    assert cells["技术专长"] == "维修电工"
    assert cells["经办人及联系电话"] == "韦晓梅 19000000997"
    assert cells["所获最高荣誉(2-3项)"] == (
        "1. 2020年4月获自治区劳动模范;\n2. 2019年4月获柳州市五一劳动奖章;\n3. 2016年12月获广西技术能手。"
    )


def test_at_most_three_honours_go_into_the_table_and_none_twice() -> None:
    honours = [{"date": f"20{10 + n}-05", "what": f"荣誉{n % 3}"} for n in range(4)]
    cells = played(LIUZHOU, "self", honours_main=honours[:2], honours_trade=honours[2:]).cells("summary")
    assert re.findall(r"荣誉\d", cells[18]) == ["荣誉0", "荣誉1", "荣誉2"]
    assert played(LIUZHOU, "self", honours_main=None, honours_trade=None).cells("summary")[18] == ""


def test_the_workbook_opens_with_the_columns_in_their_order_and_no_formula() -> None:
    case = played(LIUZHOU, "maximum", position="=1+1")
    content = workbook(case.programme, case.programme.sheet("summary"), [case.scope])
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    table = [[cell.value or "" for cell in row] for row in page.iter_rows()]
    assert table[0][0] == "附件2" and table[1][0] == "2025年度“柳州工匠”认定申请汇总表"
    assert table[2] == COLUMNS
    assert table[3] == case.cells("summary") and table[3][11] == "=1+1"
    assert table[4][0] == case.programme.sheet("summary").note
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}


def test_the_empty_table_shows_the_notices_own_sample() -> None:
    sheet = programme(LIUZHOU).sheet("summary")
    assert sheet.example[2:5] == ("张三", "男", "35 岁")
    assert load_workbook(io.BytesIO(workbook(programme(LIUZHOU), sheet, []))).active["C4"].value == "张三"  # type: ignore[index]


# 附件3, 附件4 and the sheets beside them


def test_the_departments_sheet_is_the_official_one() -> None:
    assert "".join(OPINION_LABELS.split()) == text_of(empty().printed("opinion"))
    assert played(LIUZHOU, "maximum").printed("opinion").pages == 1


def test_the_experts_letter_is_the_official_one() -> None:
    assert "".join(LETTER_LABELS.split()) == text_of(empty().printed("letter"))
    filled = played(LIUZHOU, "experts")
    in_order(LETTER_LABELS, filled.text("letter"))
    assert filled.printed("letter").pages == 1


def test_a_third_expert_gets_a_further_sheet() -> None:
    case = played(LIUZHOU, "experts")
    three = Played(case.programme, case.case, case.answers, [*case.experts, case.experts[0]])
    assert [page.count("附件4") for page in pages_of(three.printed("letter"))] == [1, 1]


@pytest.mark.parametrize("name", ["experts", "maximum"])
def test_both_sides_of_the_identity_card_stand_on_one_page(name: str) -> None:
    pdf = played(LIUZHOU, name).printed("id_page")
    page = pypdfium2.PdfDocument(pdf.content)[0]
    pictures = [each for each in page.get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    assert (pdf.pages, len(pictures)) == (1, len(case_of(LIUZHOU, name).answers["id_copy"]))


def test_the_checklist_names_the_mail_and_the_files_of_the_electronic_package() -> None:
    text = played(LIUZHOU, "experts").text("cover")
    assert "“柳州柳工程机械装备集团有限公司申报2025年度柳州工匠材料”" in text
    for wanted in (
        "LZSZGHLBB@163.com",
        "附件22025年度“柳州工匠”认定申请汇总表（电子表格）",
        "个人无犯罪记录证明（PDF）",
    ):
        assert wanted in text
    assert "2026年3月9日（三（一））" in text
    assert not any(word in text for word in ("不满", "还差", "待核实"))


def test_the_checklist_of_a_county_case_sends_everything_to_the_county_union() -> None:
    county = played(LIUZHOU, "unit-county").text("cover")
    assert (
        "纸质材料和电子版都交给柳州市柳南区总工会，由它审核、出具附件3后，报到市认定工作领导小组办公室"
        in county
    )
    assert "LZSZGHLBB@163.com" not in county and "瑞康路" not in county
    for name in ("self", "unit-city", "experts"):
        city = played(LIUZHOU, name).text("cover")
        assert "电子邮件发到LZSZGHLBB@163.com" in city and "纸质材料交到或寄到柳州市瑞康路5号" in city


@pytest.mark.parametrize(
    ("name", "told", "untold"),
    [
        ("self", "在“自荐签名”处签名", "再由举荐单位盖章"),
        ("unit-city", "先由所在单位盖章，再由举荐单位盖章", "签名"),
        ("experts", "由所在单位盖章。专家推荐没有举荐单位", "再由举荐单位盖章"),
    ],
)
def test_the_checklist_names_a_recommending_unit_only_where_there_is_one(
    name: str, told: str, untold: str
) -> None:
    case = played(LIUZHOU, name)
    [note] = [paper.note for paper in due_papers(case.programme, case.scope) if "附件1" in paper.title]
    assert told in note and untold not in note


@pytest.mark.parametrize(
    ("start", "shown"), [("2025-04", "不满1年"), ("2025-03", "1年"), ("2026-03", "不满1年")]
)
def test_less_than_a_year_of_work_is_no_nought(start: str, shown: str) -> None:
    assert f"工作年限{shown}" in played(LIUZHOU, "self", work_start=start).text("application")


def test_a_practice_copy_says_so_on_every_page() -> None:
    case = played(LIUZHOU, "maximum")
    for document in case.documents:
        if document != "summary":
            pages = pages_of(case.printed(document, mark="practice", filled_on=date(2026, 3, 5)))
            assert all("样张" in page for page in pages), document


@pytest.mark.parametrize(
    ("name", "changed", "documents"),
    [
        ("self", {}, []),
        ("experts", {}, ["letter", "expert_certificates"]),
        ("unit-county", {}, ["opinion"]),
        ("unit-county", {"channel": "city", "county_union": None}, []),
    ],
)
def test_the_sheet_and_the_letter_go_with_their_routes(
    name: str, changed: dict[str, Any], documents: list[str]
) -> None:
    always = ["application", "summary", "id_page", "certificates", "narrative", "cover"]
    due = played(LIUZHOU, name, **changed).documents
    assert [each for each in due if each not in always] == documents
    assert [each for each in due if each in always] == always


def test_the_notice_is_not_pasted_into_the_chat() -> None:
    """Chat wording is ours: no sentence of twenty characters or more of 二（二）."""
    pasted = (
        "在从事的岗位和职业中，拥有一技之长或绝技高招",
        "善于解决疑难杂症，善于攻坚克难",
        "具有丰富的实践经验和理论知识",
        "获得国家级、自治区级科学技术奖的一线劳动者",
    )
    questions = programme(LIUZHOU).form("nominee").questions.values()
    whole = json.dumps([question.model_dump() for question in questions], ensure_ascii=False)
    assert not any(sentence in whole for sentence in pasted)


def test_the_case_files_use_only_made_up_people() -> None:
    for path in case_paths(LIUZHOU):
        text = Path(path).read_text("utf-8")
        assert all(
            number[14:17] in {"996", "997", "998", "999"} for number in re.findall(r"\b\d{17}[\dX]\b", text)
        )
        assert all(phone.startswith("1900000") for phone in re.findall(r"\b1\d{10}\b", text))
