"""“桂林工匠”: the forms as they print, held against the annexes to the character."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from forms.rules import judge, reckon
from tests.forms.programmes.cases import Played, case_of, case_paths, pages_of, played, programme, text_of

GUILIN = "guilin"
CASES = [path.stem for path in case_paths(GUILIN)]

#: 附件1 in printed order, to the character, without white space.
APPLICATION_LABELS = """
附件1 “桂林工匠”推荐申请表 填表时间： 年 月 日
姓名 性别 出生年月 (2寸正面免冠红底彩色照片) 民族 籍贯 出生地 身份证号 联系电话
政治面貌 学历 参加工作时间 工作单位 职务职称 奖惩情况(市级及以上) 个人简历 主要事迹
"""

OPINION_LABELS = """
附件2 “桂林工匠”推荐部门意见表 被推荐对象姓名： 工作单位：
纪检监察部门意见 盖章 年 月 日 组织人事部门意见 盖章 年 月 日 工信部门意见 盖章 年 月 日
科技部门意见 盖章 年 月 日 人社部门意见 盖章 年 月 日
填表说明：此表由县（市、区）总工会商同级有关部门签署意见。如被推荐人为行使公权的公职人员，需按干部人事管理权限由纪检监察部门和组织人事部门出具意见。
"""

LETTER_LABELS = """
附件3 “桂林工匠”专家推荐函 填报时间： 年 月 日 被推荐人姓名 身份证号
姓名 身份证号 工作单位 职务、职称 推荐信内容 推荐专家之一 联系电话（手机）:
姓名 身份证号 工作单位 职务、职称 推荐信内容 推荐专家之二 联系电话（手机）:
县（市、区）总工会审核是否属实 盖章
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
    return Played(programme(GUILIN), case_of(GUILIN, "self"), {}, ())


@pytest.mark.parametrize(
    ("document", "labels"),
    [("application", APPLICATION_LABELS), ("opinion", OPINION_LABELS), ("letter", LETTER_LABELS)],
)
def test_an_empty_form_shows_every_label_in_the_order_of_the_official_one(document: str, labels: str) -> None:
    text = text_of(empty().printed(document))
    in_order(labels, text)
    assert "".join(labels.split()) == text, "the form shows something that is not on the official one"


@pytest.mark.parametrize("name", ["self", "experts", "maximum"])
def test_a_filled_form_keeps_the_labels_and_their_order(name: str) -> None:
    labels = APPLICATION_LABELS.replace("(2寸正面免冠红底彩色照片)", "")
    in_order(labels, text_of(played(GUILIN, name).printed("application", filled_on=date(2026, 6, 15))))


def test_an_empty_form_stands_on_one_page() -> None:
    for document in ("application", "opinion", "letter"):
        assert len(pages_of(empty().printed(document))) == 1, document


def test_position_and_title_share_a_cell() -> None:
    assert "职务职称工艺组组长、助理工程师奖惩" in text_of(played(GUILIN, "self").printed("application"))
    untitled = played(GUILIN, "self", title="无").printed("application")
    assert "职务职称工艺组组长奖惩" in text_of(untitled)


def test_the_form_has_no_opinion_cell_and_none_is_added() -> None:
    text = text_of(played(GUILIN, "maximum").printed("application"))
    assert not any(word in text for word in ("意见", "盖章"))


def test_opinions_and_seals_stay_blank() -> None:
    text = text_of(played(GUILIN, "maximum").printed("opinion"))
    assert "纪检监察部门意见盖章年月日组织人事部门意见盖章年月日工信部门意见盖章年月日" in text


def test_the_name_with_a_middle_dot_is_printed_whole() -> None:
    for document in ("application", "opinion", "narrative", "cover"):
        assert "买买提·吐尔逊" in text_of(played(GUILIN, "self").printed(document))


def test_a_full_narrative_flows_over_pages_and_loses_nothing() -> None:
    case = played(GUILIN, "maximum")
    for document in ("application", "narrative"):
        # The cell's label stands on every page, between the lines that a page ends and begins with.
        shown = text_of(case.printed(document)).replace("主要事迹", "")
        for paragraph in case.answers["narrative"].split("\n"):
            assert re.sub(r"\s", "", paragraph).replace("主要事迹", "") in shown


def test_a_practice_copy_says_so_on_every_page() -> None:
    case = played(GUILIN, "experts")
    for document in case.documents:
        assert all("样张" in page for page in pages_of(case.printed(document, mark="practice"))), document


def test_a_third_expert_gets_a_further_sheet() -> None:
    case = played(GUILIN, "experts")
    three = Played(case.programme, case.case, case.answers, [*case.experts, case.experts[0]])
    assert [page.count("附件3") for page in pages_of(three.printed("letter"))] == [1, 1]


def test_the_checklist_names_every_paper_and_what_the_form_has_no_cell_for() -> None:
    text = text_of(played(GUILIN, "maximum").printed("cover"))
    for wanted in (
        "《“桂林工匠”推荐申请表》（附件1）",
        "无犯罪记录证明",
        "具有工艺专长、掌握高超技能、体现领军作用",
        "国家一类大赛第20名",
        "桂林市科学技术奖",
        "纪检监察部门另行出具的同意推荐意见",
    ):
        assert wanted in text


def test_the_cover_passes_no_verdict() -> None:
    text = text_of(played(GUILIN, "trade-short").printed("cover"))
    assert not any(word in text for word in ("不符合", "不满", "还差", "待核实"))


def test_the_measures_are_not_pasted_into_the_chat() -> None:
    pasted = (
        "从事本项（专业）工作满10年，同时在桂林区域内",
        "仍在一线岗位上从事生产工作的劳动者",
        "在从事的岗位和职业中，拥有一技之长或绝技高招",
        "由申报个人直接向工作所在地的",
    )
    questions = programme(GUILIN).form("nominee").questions.values()
    whole = json.dumps([question.model_dump() for question in questions], ensure_ascii=False)
    assert not any(sentence in whole for sentence in pasted)


def test_every_rule_speaks_in_every_outcome() -> None:
    for name in CASES:
        case = played(GUILIN, name)
        for verdict in judge(case.programme, case.scope, case.case.appeal):
            rule = verdict.rule
            told = {"met": rule.met, "not_met": rule.unmet, "verify": rule.verify or rule.unmet}
            if text := told.get(verdict.outcome):
                assert not rule.reckoning or reckon(rule.reckoning, case.scope), (name, rule.id)
                assert reckon(text, case.scope), (name, rule.id)


def test_the_case_files_use_only_made_up_people() -> None:
    for path in case_paths(GUILIN):
        text = Path(path).read_text("utf-8")
        numbers = re.findall(r"\b\d{17}[\dX]\b", text)
        assert all(number[14:17] in {"996", "997", "998", "999"} for number in numbers)
        assert all(phone.startswith("1900000") for phone in re.findall(r"\b1\d{10}\b", text))
