"""2026年“南宁工匠”: the forms as they print, held against the notice to the character."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from forms.printing.compose import compose
from forms.printing.faces import Faces
from forms.rules import judge, reckon
from tests.forms.programmes.cases import (
    Played,
    case_of,
    case_paths,
    pages_of,
    played,
    programme,
    text_of,
)

NANNING = "nanning-2026"
CASES = [path.stem for path in case_paths(NANNING)]

#: 附件2 in printed order, to the character, without white space.
APPLICATION_LABELS = """
附件2 “南宁工匠”推荐申请表 填表时间： 年 月 日
姓名 性别 出生年月 （2寸正面免冠白底彩色照片） 民族 籍贯 政治面貌 身份证号 学历 联系电话 参加工作时间
工作单位 职务 职称 技能等级
具有工艺专长、掌握高超技能、体现领军作用、焕发传统技艺、突破技术难题、成绩出类拔萃六项选树条件至少选填一项
是否具有工艺专长 一技之长： 绝技高招： 技术专长： 其他：
是否掌握高超技能 1.技术水平： 国际领先 国际先进 国内领先 国内先进 2.是否获得专利： 是 否
发明专利数量： 实用新型专利数量： 外观设计专利数量：
是否体现领军作用 1.技能、技艺传授途径： 带徒 培训 其他： 2.技能、技艺传授范围： 本单位 本行业 其他：
是否焕发传统技艺 1.从事何种传统技艺： 2.技艺水平： 地方性领先 地方性独有 国内领先 国内独有
3.是否为国家级、南宁市级非物质文化遗产代表性传承人： 是 否 名称：
是否突破技术难题 1.技术创新、技术攻关（项）： 2.是否获得行业认证： 是 否 所获认证：
3.技术创新、技术攻关所取得效果 本单位： 本行业： 地方区域性：
是否成绩出类拔萃 1.是否获得市级及以上技能大赛名次： 是 否 所获荣誉：
2.是否获得市级及以上科学技术奖： 是 否 所获荣誉： 3.是否获得市级及以上技术能手、首席技师等荣誉： 所获荣誉：
个人所获荣誉（市级以上） 个人简历（请填写初中以来就业就学情况） 主要事迹（2000字左右）
推荐对象所在单位意见 （盖章） 年 月 日
县（市、区）、开发区总工会、工会工委、市产业系统工会、市属基层工会意见 （盖章） 年 月 日
审批单位意见 市总工会 （盖章） 年 月 日 市工信局 （盖章） 年 月 日
市科技局 （盖章） 年 月 日 市人社局 （盖章） 年 月 日 备注
填表说明：“备注”栏的填写，属于个人申报的，请填“个人自荐”；属于单位推荐的，请填“xxxx（单位名称）单位推荐“；属于专业人士推荐的，请填“专家推荐”；属于”其他推荐“的，请填写推荐单位名称、推荐人姓名及职务。
"""

COUNTY_LABELS = """
附件3 “南宁工匠”推荐部门意见表 （县、市、区、开发区推荐对象） 被推荐对象姓名： 工作单位：
纪检监察部门意见 盖章 年 月 日 工信部门意见 盖章 年 月 日 科技部门意见 盖章 年 月 日 人社部门意见 盖章 年 月 日
填表说明：此表由县（市、区）、开发区总工会商同级有关部门签署意见。如被推荐人为行使公权的公职人员，需按干部人事管理权限由纪检监察部门和人口计生主管部门出具意见。
"""

SYSTEM_LABELS = """
附件4 “南宁工匠”推荐部门意见表 （市各产业系统工会、市属基层工会推荐对象） 被推荐对象姓名： 工作单位：
主管单位推荐意见 盖章 年 月 日 纪检监察部门意见 盖章 年 月 日 组织人事部门意见 盖章 年 月 日
注：此表由市各产业系统工会、市属基层工会送主管局（单位）签署意见。
"""

LETTER_LABELS = """
附件5 “南宁工匠”专家推荐函 填报时间： 年 月 日 被推荐人姓名 身份证号
姓名 身份证号 工作单位 职务、职称 推荐信内容 推荐专家之一 联系电话（手机）：
姓名 身份证号 工作单位 职务、职称 推荐信内容 推荐专家之二 联系电话（手机）：
市、县（区）总工会审核是否属实 （盖章） 年 月 日
"""


def in_order(labels: str, text: str) -> None:
    """Every label is found behind the one before it."""
    at = 0
    for label in labels.split():
        found = text.find(label, at)
        assert found >= 0, f"“{label}” is not printed behind “{text[max(at - 20, 0) : at]}”"
        at = found + len(label)


def empty(name: str = "unit") -> Played:
    """A case in which nothing is answered."""
    return Played(programme(NANNING), case_of(NANNING, name), {}, ())


# The form


@pytest.mark.parametrize(
    ("name", "changed", "remark"),
    [
        ("self", {}, "个人自荐"),
        ("unit", {}, "南宁南机环保科技有限公司单位推荐"),
        ("industry", {}, "南宁市机械行业协会单位推荐"),
        ("experts", {}, "专家推荐"),
        ("other", {}, "南宁日报社　李卫东　副主任"),
    ],
)
def test_the_remark_is_worded_as_the_form_wants_it(name: str, changed: dict[str, Any], remark: str) -> None:
    assert played(NANNING, name, **changed).scope["remark"] == remark


@pytest.mark.parametrize(
    ("channel", "sheet"),
    [
        ("county", "opinion_county"),
        ("committee", "opinion_county"),
        ("industry", "opinion_system"),
        ("grassroots", "opinion_system"),
    ],
)
def test_the_opinion_sheet_goes_by_the_channel_and_not_by_the_route(channel: str, sheet: str) -> None:
    for name in ("unit", "self", "other"):
        due = played(NANNING, name, channel=channel).documents
        assert [each for each in due if each.startswith("opinion")] == [sheet]


def test_experts_always_go_to_the_county() -> None:
    assert "opinion_county" in played(NANNING, "experts").documents


@pytest.mark.parametrize(
    ("document", "labels"),
    [
        ("application", APPLICATION_LABELS),
        ("opinion_county", COUNTY_LABELS),
        ("opinion_system", SYSTEM_LABELS),
        ("letter", LETTER_LABELS),
    ],
)
def test_an_empty_form_shows_every_label_in_the_order_of_the_official_one(document: str, labels: str) -> None:
    text = text_of(empty().printed(document))
    in_order(labels, text)
    assert "".join(labels.split()) == text, "the form shows something that is not on the official one"


@pytest.mark.parametrize("name", ["unit", "rare-name-long-unit", "maximum"])
def test_a_filled_form_keeps_the_labels_and_their_order(name: str) -> None:
    labels = APPLICATION_LABELS.replace("（2寸正面免冠白底彩色照片）", "")
    in_order(labels, text_of(played(NANNING, name).printed("application", filled_on=date(2026, 6, 15))))


def test_opinions_and_seals_stay_blank() -> None:
    text = text_of(played(NANNING, "maximum").printed("application"))
    assert "推荐对象所在单位意见（盖章）年月日县（市、区）、" in text
    assert "市属基层工会意见（盖章）年月日审批单位意见市总工会（盖章）年月日" in text


def test_the_six_conditions_end_on_the_first_page() -> None:
    first = pages_of(played(NANNING, "unit").printed("application"))[0]
    assert "是否成绩出类拔萃" in first
    assert "南宁市首席技师" in first


def test_answers_to_a_condition_that_is_no_longer_claimed_are_not_printed() -> None:
    case = played(NANNING, "unit", conditions={"craft": ""})
    text = text_of(case.printed("application"))
    assert "“听声辨池”十二字操作法" in text
    assert "转向架组焊" not in text.split("主要事迹")[0]


def test_a_full_narrative_flows_over_pages_and_loses_nothing() -> None:
    case = played(NANNING, "maximum")
    shown = text_of(case.printed("application"))
    for paragraph in case.answers["narrative"].split("\n"):
        assert re.sub(r"\s", "", paragraph) in shown


def test_a_practice_copy_says_so_on_every_page() -> None:
    for document in played(NANNING, "unit").documents:
        pages = pages_of(played(NANNING, "unit").printed(document, mark="practice"))
        assert all("样张" in page for page in pages), document
    assert "草稿" in pages_of(empty().printed("cover", mark="draft"))[0]


def test_a_third_expert_gets_a_further_sheet() -> None:
    case = played(NANNING, "experts")
    three = Played(case.programme, case.case, case.answers, [*case.experts, case.experts[0]])
    assert [page.count("附件5") for page in pages_of(three.printed("letter"))] == [1, 1]


def test_the_rank_of_an_expert_is_asked_but_not_printed() -> None:
    assert "焊工" not in text_of(played(NANNING, "experts").printed("letter")).split("推荐信内容")[0]


def test_the_checklist_names_every_paper_with_its_clause() -> None:
    text = text_of(played(NANNING, "official").printed("cover"))
    for wanted in (
        "《“南宁工匠”推荐申请表》（附件2）",
        "人口计生主管部门出具的意见",
        "视频资料（5分钟以内）",
    ):
        assert wanted in text
    assert "nnszghLdbh@126.com" in text
    assert "2805708" in text
    assert "2026年6月30日（五（一））" in text


def test_the_cover_passes_no_verdict() -> None:
    text = text_of(played(NANNING, "trade-short").printed("cover"))
    assert not any(word in text for word in ("符合", "不满", "还差", "待核实"))


def test_a_rare_name_is_set_in_one_face() -> None:
    case = played(NANNING, "rare-name-long-unit")
    document = case.programme.documents[0]
    html = compose(case.programme, document, case.answers, case.scope, faces=Faces.load()).html
    assert re.search(
        r'<td class="name"><span style="font-family: &#34;JJ [\w ]+&#34;">陈𬍛</span></td>', html
    )
    assert "<title>“南宁工匠”推荐申请表 陈𬍛</title>" in html


def test_the_notice_is_not_pasted_into_the_chat() -> None:
    """Chat wording is ours: no sentence of twenty characters or more of 四（三）."""
    pasted = (
        "从事本项（专业）工作满10年，同时在南宁市区域内",
        "仍在一线岗位上从事生产工作的劳动者",
        "具有丰富的实践经验和理论知识",
        "由申报个人经征求所在单位同意后",
    )
    whole = json.dumps(
        [question.model_dump() for question in programme(NANNING).form("nominee").questions.values()],
        ensure_ascii=False,
    )
    assert not any(sentence in whole for sentence in pasted)


def test_every_rule_speaks_in_every_outcome() -> None:
    for name in CASES:
        case = played(NANNING, name)
        for verdict in judge(case.programme, case.scope, case.case.appeal):
            rule = verdict.rule
            text = {"met": rule.met, "not_met": rule.unmet, "verify": rule.verify or rule.unmet}.get(
                verdict.outcome
            )
            if text:
                assert not rule.reckoning or reckon(rule.reckoning, case.scope), (name, rule.id)
                assert reckon(text, case.scope), (name, rule.id)


def test_the_case_files_use_only_made_up_people() -> None:
    for path in case_paths(NANNING):
        text = Path(path).read_text("utf-8")
        assert all(
            number[14:17] in {"996", "997", "998", "999"} for number in re.findall(r"\b\d{17}[\dX]\b", text)
        )
        assert all(phone.startswith("1900000") for phone in re.findall(r"\b1\d{10}\b", text))


def career(length: int) -> list[dict[str, str]]:
    """So many entries, each of two lines."""
    where = "桂南轨道装备公司南宁分公司转向架焊接与智能装备第三联合车间"
    return [
        {"start": f"{1994 + year}-09", "end": f"{1995 + year}-08", "where": where, "what": "焊工"}
        for year in range(length)
    ]


@pytest.mark.parametrize("length", [15, 16, 17, 18, 19])
def test_the_heading_of_the_deeds_never_ends_a_page(length: int) -> None:
    pages = pages_of(played(NANNING, "unit", resume=career(length)).printed("application"))
    assert not any(re.search(r"主要事迹（2000字左右）—\d—$", page) for page in pages)


def test_the_rest_of_a_long_career_takes_no_more_room_than_its_lines() -> None:
    pdf = played(NANNING, "unit", resume=career(19)).printed("application")
    third = pypdfium2.PdfDocument(pdf.content)[2].get_textpage()
    search = third.search("主要事迹")
    found = search.get_next()
    assert found is not None
    assert third.get_charbox(found[0])[3] > 297 / 25.4 * 72 - 40 / 25.4 * 72, "it stands below the top 40 mm"


@pytest.mark.parametrize("length", range(480, 640, 40))
def test_whose_letter_it_is_stands_above_its_first_lines(length: int) -> None:
    case = played(NANNING, "experts")
    letter = ("我亲眼看着他把这门手艺练出来。" * 60)[:length]
    experts = [{**expert, "expert_letter": letter} for expert in case.experts]
    pages = pages_of(Played(case.programme, case.case, case.answers, experts).printed("letter"))
    assert not any(re.search(r"推荐信内容—\d—$", page) for page in pages)
