"""2026年大国工匠人才推荐（江苏）: the forms and the table, held against the notice to the character."""

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

from forms.rules import judge, reckon
from forms.sheet import rows, workbook
from tests.forms.programmes.cases import (
    Played,
    case_of,
    case_paths,
    pages_of,
    played,
    programme,
    text_of,
)

DAGUO = "daguo-jiangsu-2026"
CASES = [path.stem for path in case_paths(DAGUO)]

BASIC = """
姓名 性别 出生年月 正面免冠 彩色近照 （2寸） 民族 学历学位 政治面貌 身份证号 工作单位 行业 职务 工种 职称 技能等级
何时参加工作 生产现场工作年限 企业性质 单位地址 个人电话 主要荣誉 成果奖项
"""

SECOND = (
    "2.该推荐人选不属于涉密人员或涉敏感人员。其所有上报材料均已进行行业、企业的审定脱密处理。"
    "其个人基本信息非涉敏感信息，可以对外公布宣传。"
)
THIRD = "3.企业将积极搭建大国工匠成长平台，支持其发挥社会作用，履行社会责任。"

#: 附件2 in printed order, to the character, without white space.
RECOMMENDATION_LABELS = f"""
附件2 大国工匠人才推荐表 推荐单位： 联系人： 电话： {BASIC}
个人自述（200字以内） 所在企业意见 1.政治表现情况。（企业填写，50字以内） {SECOND} {THIRD} 负责人签字： 盖章 年 月 日
所在集团工会意见 盖章 年 月 日 推荐理由 （150字以内，推荐单位填写） 推荐单位意见 负责人签字： 盖章 年 月 日
"""

RESUME_LABELS = f"""
个人履历及支撑材料 {BASIC}
学习经历 示例： 2005年9月—2008年7月在XX中学读高中 2008年9月—2011年7月在XX大学XX专业读本科 （学习经历从初中毕业写起）
工作经历 示例： 2011年9月—2018年7月在XX公司做XX工作 2011年9月—至今在XX公司做XX工作
工作成果 示例：
1.创新应用激光电弧复合焊技术于建筑钢结构领域，针对焊缝接头合格率低的行业难题，创新采用“S型借位接头操作法”，使一次性合格率稳定在98%以上，达国际领先水平。
2..... 3..... （300字以内）
支撑材料
一、政治素养 获评优秀共产党员、劳动模范等政治荣誉证书。
二、技术技能 1.职业技能等级证书，参加职业技能大赛等级和获奖名次。 2.获得工匠称号或技术能手等证书。
3.梳理总结先进操作法（工作法）或制定国家/行业标准有关材料；推动数智化转型有关材料。
三、创新成果 1.获得省部级及以上科技进步奖、专利奖等科技奖项证书。 2.自主创新获得专利、省部级以上创新成果奖情况。
3.有独特技术技能（简介或视频等）。
四、解决难题
1.承担或参与国家重大项目、重大工程、关键核心技术攻关情况（500字以内）。解决国家“卡脖子”难题，填补国内（或国际）技术空白有关材料，如项目结题报告、官方出具的科技成果鉴定等。
2.锚定国际一流，深耕其他高精尖技术领域，长期从事有关工作，已达到较高水平。
五、作用发挥
弘扬劳模精神、劳动精神、工匠精神情况，建立创新工作室及带徒数量等情况，参与劳模工匠助企行、宣讲活动、兼职导师情况，1000字以内。
注：除证书、视频外的其他材料均需加盖单位公章。
"""

#: The columns of 附件3, in order, to the character, without white space.
COLUMNS = """
序号 姓名 性别 出生年月 民族 学历学位 政治面貌 工作单位 职务 行业 工种 职称 技术等级 何时参加工作
生产现场工作年限 企业性质 主要荣誉 成果奖项 推荐对象联系电话
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
    return Played(programme(DAGUO), case_of(DAGUO, "unit"), {}, ())


def table(*cases: Played, mark: str = "") -> list[list[Any]]:
    """附件3 as a clerk's spreadsheet opens it."""
    whole = programme(DAGUO)
    content = workbook(whole, whole.sheet("summary"), [case.scope for case in cases], mark)
    page = load_workbook(io.BytesIO(content)).active
    assert page is not None
    return [[cell or "" for cell in row] for row in page.iter_rows(values_only=True)]


# The two forms of 附件2


@pytest.mark.parametrize(
    ("document", "labels"), [("recommendation", RECOMMENDATION_LABELS), ("resume", RESUME_LABELS)]
)
def test_an_empty_form_shows_every_label_in_the_order_of_the_official_one(document: str, labels: str) -> None:
    text = text_of(empty().printed(document))
    in_order(labels, text)
    assert "".join(labels.split()) == text, "the form shows something that is not on the official one"


@pytest.mark.parametrize("name", ["unit", "industry", "maximum"])
def test_a_filled_form_keeps_the_labels_and_their_order(name: str) -> None:
    without = re.compile("正面免冠 彩色近照 （2寸）")
    in_order(without.sub("", RECOMMENDATION_LABELS), text_of(played(DAGUO, name).printed("recommendation")))
    kept = re.sub(r"示例：(.|\n)*?(?=工作经历|工作成果|支撑材料\n)", "", without.sub("", RESUME_LABELS))
    in_order(kept, text_of(played(DAGUO, name).printed("resume")))


def test_the_statements_of_the_enterprise_stay_as_printed() -> None:
    for case in (empty(), played(DAGUO, "maximum")):
        text = text_of(case.printed("recommendation"))
        assert f"{SECOND}{THIRD}负责人签字：盖章年月日所在集团工会意见" in text


def test_opinions_and_seals_stay_blank() -> None:
    text = text_of(played(DAGUO, "unit").printed("recommendation"))
    assert "所在集团工会意见盖章年月日推荐理由" in text
    assert text.endswith("推荐单位意见负责人签字：盖章年月日")


@pytest.mark.parametrize("name", ["unit", "industry"])
def test_the_company_and_its_group_seal_the_first_page(name: str) -> None:
    first, second = pages_of(played(DAGUO, name).printed("recommendation"))
    assert "所在集团工会意见" in first
    assert second.startswith("推荐理由")


def test_the_basic_block_and_the_photo_stand_on_both_forms() -> None:
    case = played(DAGUO, "unit")
    for document in ("recommendation", "resume"):
        text = text_of(case.printed(document))
        for shown in ("沈砚秋", "1987年4月", "大学本科工学学士", "2008年7月", "18年", "19000000110"):
            assert shown in text, (document, shown)
        assert "正面免冠" not in text


def test_a_degree_of_none_is_not_printed() -> None:
    assert "学历学位大专政治面貌" in text_of(played(DAGUO, "industry").printed("resume"))


def test_a_long_contact_breaks_no_name_and_no_number() -> None:
    pdf = played(DAGUO, "maximum").printed("recommendation")
    first = pypdfium2.PdfDocument(pdf.content)[0].get_textpage().get_text_range()
    assert "联系人：买买提·吐尔逊" in first
    assert "电话：0519-86800996转801" in first


def test_the_checklist_fits_its_page() -> None:
    assert len(pages_of(played(DAGUO, "maximum").printed("cover"))) == 1


def test_schooling_and_work_are_written_as_in_the_examples() -> None:
    text = text_of(played(DAGUO, "unit").printed("resume"))
    assert "2002年9月—2005年7月在常州市武进高级中学读高中" in text
    assert "2005年9月—2008年7月在常州机电职业技术学院数控技术专业读大专" in text
    assert "2008年7月—2017年12月在常州精衡传动科技股份有限公司做磨工工作" in text
    assert "2018年1月—至今在" in text
    assert "示例" not in text
    industry = text_of(played(DAGUO, "industry").printed("resume"))
    assert "做机器人调试工作工作成果" in industry  # the label of the next cell


def test_everything_but_certificates_and_video_has_a_place_for_the_seal() -> None:
    case = played(DAGUO, "maximum")
    text = text_of(case.printed("resume"))
    assert text.count("（单位公章）年月日") == 5  # methods, unique skill, projects, another field, role
    for answer in ("methods", "unique_skill", "project", "field", "role"):
        for paragraph in case.answers[answer].split("\n"):
            assert re.sub(r"\s", "", paragraph) in text
    assert text_of(played(DAGUO, "industry").printed("resume")).count("（单位公章）") == 2


def test_a_place_for_the_seal_never_stands_alone_on_its_page() -> None:
    for page in pages_of(played(DAGUO, "maximum").printed("resume")):
        assert not page.startswith("（单位公章）")


def test_a_practice_copy_says_so_on_every_page() -> None:
    case = played(DAGUO, "unit")
    for document in ("recommendation", "resume", "cover"):
        assert all("样张" in page for page in pages_of(case.printed(document, mark="practice"))), document


# 附件3


def test_the_table_has_exactly_the_nineteen_columns_of_the_notice() -> None:
    head = table()[3]
    assert "".join(head) == "".join(COLUMNS.split())
    assert head == COLUMNS.split()
    assert len(head) == 19


def test_the_blank_table_shows_the_sample_of_the_notice() -> None:
    assert "、".join(table()[4]) == (
        "示例、张三、男、1980.6、汉族、大学本科、中共党员、中国航天科工二院、集团公司首席技师、航空航天、焊工、高级工程师、"
        "首席技师、2007.7、10、国有企业、全国劳动模范、河北大工匠、国家科技进步二等奖、"
    )


def test_a_row_is_written_like_the_sample() -> None:
    case = played(DAGUO, "unit")
    sheet = case.programme.sheet("summary")
    assert rows(case.programme, sheet, [case.scope]) == [
        [
            *("1", "沈砚秋", "女", "1987.4", "汉族", "大学本科，工学学士", "中共党员"),
            *("常州精衡传动科技股份有限公司", "丝杠磨削班班长", "通用设备制造业", "磨工", "高级工程师"),
            *("特级技师", "2008.7", "18", "民营企业"),
            "全国五一巾帼标兵、江苏省五一劳动奖章、江苏大工匠",
            "江苏省科学技术奖二等奖、“沈砚秋丝杠磨削操作法”",
            "19000000110",
        ]
    ]


def test_the_table_says_whose_it_is_and_whom_to_call() -> None:
    lines = ["".join("".join(row).split()) for row in table(played(DAGUO, "unit"))]
    assert lines[:3] == [
        "附件3",
        "大国工匠人才推荐汇总表",
        "推荐单位：常州市总工会联系人及电话：周敏19000000996",
    ]
    assert "".join("".join(table()[2]).split()) == "推荐单位：联系人及电话："


def test_what_was_passed_over_leaves_its_cell_empty() -> None:
    row = table(played(DAGUO, "industry"))[4]
    assert row[5] == "大专"
    assert row[16:18] == ["", ""]


# The checklist


def test_the_checklist_shows_every_step_with_its_day() -> None:
    text = text_of(played(DAGUO, "unit").printed("cover"))
    in_order(
        "企业工会提出建议人选 2026年6月26日 征求纪检监察等部门意见 本级党委会议研究 企业公示（不少于5天）"
        " 2026年6月26日—2026年6月30日，5天 集团公司同意 2026年7月1日 推荐单位集体研究 年月日"
        " 江苏省总工会集体研究 年月日 报中华全国总工会 年月日",
        text,
    )


def test_the_checklist_tells_what_goes_by_mail_and_what_by_post() -> None:
    text = text_of(played(DAGUO, "unit").printed("cover"))
    for wanted in (
        "纸质盖章版",
        "PDF盖章版",
        "jsghlmgz@126.com",
        "南京市鼓楼区中山北路202号科技楼441",
        "18151666116",
    ):
        assert wanted in text
    assert "2026年7月10日（四3）" in text


def test_the_cover_passes_no_verdict() -> None:
    text = text_of(played(DAGUO, "notice-four-days").printed("cover"))
    assert not any(word in text for word in ("符合", "还差", "待核实"))


# What is said


def test_every_rule_speaks_in_every_outcome() -> None:
    for name in CASES:
        case = played(DAGUO, name)
        for verdict in judge(case.programme, case.scope, case.case.appeal):
            rule = verdict.rule
            text = {"met": rule.met, "not_met": rule.unmet, "verify": rule.verify or rule.unmet}.get(
                verdict.outcome
            )
            if verdict.outcome != "pending":
                assert text, (name, rule.id)
                assert not rule.reckoning or reckon(rule.reckoning, case.scope), (name, rule.id)
                assert reckon(text, case.scope), (name, rule.id)


def test_the_notice_is_not_pasted_into_the_chat() -> None:
    pasted = (
        "已入选国家级和其他部委人才计划的人员不再纳入",
        "按照管理权限征求纪检监察等部门意见，经本级",
        "在3年内原则上不得变更工作单位",
        "对于伪造相关材料或未按照评选条件",
    )
    whole = programme(DAGUO)
    told = json.dumps([each.model_dump() for each in (*whole.forms, *whole.rules)], ensure_ascii=False)
    assert not any(sentence in told + whole.declaration for sentence in pasted)


def test_the_case_files_use_only_made_up_people() -> None:
    for path in case_paths(DAGUO):
        text = Path(path).read_text("utf-8")
        assert all(
            number[14:17] in {"996", "997", "998", "999"} for number in re.findall(r"\b\d{17}[\dX]\b", text)
        )
        assert all(phone.startswith("190000") for phone in re.findall(r"\b1\d{10}\b", text))


def test_a_filled_form_bears_no_date_that_is_written_by_hand() -> None:
    text = text_of(played(DAGUO, "unit").printed("recommendation", filled_on=date(2026, 7, 1)))
    assert "2026年7月1日" not in text
