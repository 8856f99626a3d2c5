"""2020年“南粤工匠”: what the notice says, held against what the programme asks, judges and prints."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from forms.expressions import expression
from forms.kinds.prose import ProseQuestion
from forms.packet import due_papers
from forms.rules import judge, reckon
from tests.forms.programmes.cases import Played, case_of, case_paths, pages_of, played, programme, text_of

NANYUE = "nanyue-2020"
CASES = [path.stem for path in case_paths(NANYUE)]

#: 附件1 in printed order, to the character, without white space; 事迹简介 stands on both sides of the paper.
APPLICATION_LABELS = """
附件1 2020年“南粤工匠”推荐表
姓名 性别 出生年月 正面免冠彩色近照（2寸） 籍贯 民族 政治面貌 学历 何时参加工作 工作单位
职务 职称 技术等级 地址 电话 奖励情况 事迹简介(800字) 事迹简介(800字)
所在单位意见 盖章： 年 月 日 (联系人： 电话： )
市有关部门推荐意见 盖章： 年 月 日
遴选审批意见 盖章： 年 月 日 (省总工会代章)
本表须用A4纸双面打印。
"""

#: The seven groups of 附件2, to the character.
SHOT_GROUPS = """
附件2 “南粤工匠”推荐人选视频素材内容要求 关于视频内容的拍摄建议如下——
1.人物造型镜头一组，如有工作服，需身穿工作服，若无请正装出镜；
2.人物工作镜头一组，需在工作环境下，体现技能、工作状态；
3.人物与同事关系镜头一组，需体现与同事的协作状态，若需团队协作，需展现人物在团队中c位的镜头一组；
4.人物与家人关系镜头一组，需体现人物性格——与家人的关系，在家的兴趣爱好的镜头；
5.人物单人采访一段，提纲如下，不限于此，可拓展：
对自己职业的理解？ 为什么会选择这个行业？从事这个行业多久？
从择业至今的心路历程，请用几个关键词总结每个阶段的感受。
从事这个行业以来，分享一个最难忘故事，为什么难忘？ 未来的职业规划？
6.得奖文字、图片资料；
7.个人旧照（求学、就业、现今……展现职业生涯每个重要阶段的照片）。
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
    return Played(programme(NANYUE), case_of(NANYUE, "city-union"), {}, ())


def said(case: Played, rule: str, part: str) -> str:
    """A rule's sentence as the chat would put it."""
    wanted = next(each for each in case.programme.rules if each.id == rule)
    return reckon(getattr(wanted, part), case.scope)


# The cases that the programme ships


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_it_says(name: str) -> None:
    case = played(NANYUE, name)
    expect = case.case.expect
    assert {rule: case.verdicts.get(rule, "absent") for rule in expect.verdicts} == dict(expect.verdicts)
    assert case.conclusion == expect.conclusion
    if expect.documents is not None:
        assert case.documents == expect.documents
    for document, wanted in expect.text.items():
        text = text_of(case.printed(document, "practice" if case.conclusion == "late" else ""))
        for each in wanted:
            assert re.sub(r"\s", "", each) in text, f"{document} does not show “{each}”"


@pytest.mark.parametrize("name", CASES)
def test_the_answers_of_a_case_stand_on_its_path(name: str) -> None:
    case = played(NANYUE, name)
    questions = case.programme.form("nominee").questions
    assert not case.astray
    assert all(isinstance(questions[each].printed(value), str) for each, value in case.answers.items())


# Figures, window, routes


def test_the_figures_are_those_of_the_notice() -> None:
    figures = {name: (figure.value, figure.clause) for name, figure in programme(NANYUE).figures.items()}
    assert figures == {
        "quota": (1, "一（二）"),
        "video_minutes": (5, "一（二）"),
        "aspect_width": (16, "一（二）"),
        "aspect_height": (9, "一（二）"),
        "video_width": (1920, "一（二）"),
        "video_height": (1080, "一（二）"),
    }
    assert programme(NANYUE).places == 10


def test_the_window_closed_with_the_27th_of_november() -> None:
    window, zone = programme(NANYUE).window, ZoneInfo("Asia/Shanghai")
    assert window.closes == date(2020, 11, 27)
    assert window.state(datetime(2020, 11, 27, 23, 59, 59, tzinfo=zone)) == "open"
    assert window.state(datetime(2020, 11, 28, tzinfo=zone)) == "closed"


@pytest.mark.parametrize(
    ("route", "place"),
    [("city_union", "省总工会"), ("city_industry", "工业和信息化厅"), ("province", "省总工会")],
)
def test_each_quota_holder_sends_to_its_own_authority(route: str, place: str) -> None:
    assert place in programme(NANYUE).route(route).submit_to


def test_only_quota_holders_recommend() -> None:
    assert [route.id for route in programme(NANYUE).routes] == ["city_union", "city_industry", "province"]


def test_the_form_has_no_id_number_so_none_is_asked() -> None:
    questions = programme(NANYUE).form("nominee").questions
    assert not [each for each in questions.values() if each.kind == "id-number"]
    assert {"sex", "birth"} <= questions.keys()


def test_the_texts_keep_the_limits_of_the_notice() -> None:
    questions = programme(NANYUE).form("nominee").questions
    brief, narrative = questions["brief"], questions["narrative"]
    assert isinstance(brief, ProseQuestion)
    assert isinstance(narrative, ProseQuestion)
    assert brief.limit is not None
    assert narrative.limit is not None
    assert (brief.limit.value, brief.limit.measure) == (800, "bare")
    far = brief.limit.remark(1600)
    assert far is not None
    assert not far.blocking
    assert narrative.limit.remark(3000) is None
    over = narrative.limit.remark(3001)
    assert over is not None
    assert over.blocking


def test_every_rule_and_paper_names_its_clause() -> None:
    whole = programme(NANYUE)
    clauses = [rule.clause for rule in whole.rules] + [paper.clause for paper in whole.papers]
    for clause in (*clauses, *(point.clause for point in whole.open_points)):
        assert re.match(r"[一二三]（[一二三四]）|附件[12]", clause), clause


# Verdicts


def test_neither_age_nor_retirement_nor_rank_is_weighed() -> None:
    forbidden = {"sex", "birth", "education", "title", "position", "skill_level", "political_status"}
    for rule in programme(NANYUE).rules:
        for source in (rule.condition, rule.when, rule.doubt):
            assert not source or not expression(source).names & forbidden, rule.id
    assert played(NANYUE, "city-union").conclusion == "eligible"


def test_the_four_standards_are_declared_and_never_weighed() -> None:
    whole = programme(NANYUE)
    assert not any(rule.clause.startswith("二") for rule in whole.rules)
    assert all(f"二（{number}）" in whole.declaration for number in "一二三四")


def test_work_outside_guangdong_and_a_full_quota_are_the_only_bars() -> None:
    hard = {rule.id for rule in programme(NANYUE).rules if rule.failing == "ineligible"}
    assert hard == {"in_area", "one_per_recommender"}
    assert played(NANYUE, "city-union", in_area=False).conclusion == "ineligible"


@pytest.mark.parametrize(("manufacturing", "outcome"), [(True, "met"), (False, "verify")])
def test_industry_departments_recommend_from_manufacturing(manufacturing: bool, outcome: str) -> None:
    case = played(NANYUE, "city-industry", manufacturing=manufacturing)
    assert case.verdicts["manufacturing"] == outcome
    assert "manufacturing" not in played(NANYUE, "city-union").verdicts


def test_a_quota_binds_the_cities_only() -> None:
    assert played(NANYUE, "city-union", quota_held=False).verdicts["quota"] == "verify"
    assert not {"quota", "one_per_recommender"} & played(NANYUE, "province").verdicts.keys()


def test_the_one_place_of_a_recommender_is_told_with_the_count() -> None:
    case = played(NANYUE, "quota-full")
    assert said(case, "one_per_recommender", "reckoning") == "佛山市总工会：别的人选已有1人，最多1人"
    assert case.conclusion == "ineligible"


def test_no_group_of_shots_is_a_bar() -> None:
    assert not any("shots" in expression(rule.condition).names for rule in programme(NANYUE).rules)
    assert played(NANYUE, "city-union", shots={}).conclusion == "eligible"


def test_whoever_fills_in_for_another_needs_their_consent() -> None:
    assert played(NANYUE, "city-union", nominee_consent=False).conclusion == "blocked"
    assert "nominee_consent" not in played(NANYUE, "province").verdicts


# The form


def test_an_empty_form_shows_every_label_in_the_order_of_the_official_one() -> None:
    text = text_of(empty().printed("application"))
    in_order(APPLICATION_LABELS, text)
    assert "".join(APPLICATION_LABELS.split()) == text, (
        "the form shows something that is not on the official one"
    )


@pytest.mark.parametrize("name", ["city-union", "maximum"])
def test_a_filled_form_keeps_the_labels_and_their_order(name: str) -> None:
    labels = APPLICATION_LABELS.replace("正面免冠彩色近照（2寸）", "")
    labels = labels.replace("事迹简介(800字) ", "", 1)  # a long list of awards moves all of it to the back
    in_order(labels, text_of(played(NANYUE, name).printed("application")))


def test_the_form_is_one_sheet_turned_within_the_brief_account() -> None:
    for case in (empty(), played(NANYUE, "city-union")):
        front, back = pages_of(case.printed("application"))
        assert "事迹简介(800字)" in front
        assert back.startswith("事迹简介(800字)")
        assert "所在单位意见" in back


@pytest.mark.parametrize("length", [0, 1, 300, 640, 800, 880])
def test_a_brief_account_of_any_length_that_is_wanted_stays_on_the_sheet(length: int) -> None:
    brief = "模具钳工的手艺，全在一把锉刀上。" * 60
    case = played(NANYUE, "city-union", brief=brief[:length] or None)
    pages = pages_of(case.printed("application"))
    assert len(pages) == 2
    assert pages[1].startswith("事迹简介(800字)")


def test_the_form_asks_the_printer_for_both_sides() -> None:
    case = played(NANYUE, "city-union")
    sides = {
        name: pdfium.FPDF_VIEWERREF_GetDuplex(pypdfium2.PdfDocument(case.printed(name).content))
        for name in case.documents
    }
    assert sides.pop("application") == pdfium.DuplexFlipLongEdge
    assert set(sides.values()) == {pdfium.DuplexUndefined}


def test_a_long_account_flows_over_pages_and_loses_nothing() -> None:
    case = played(NANYUE, "maximum")
    for document, answer in (("application", "brief"), ("narrative", "narrative")):
        shown = text_of(case.printed(document)).replace("事迹简介(800字)", "")
        for paragraph in case.answers[answer].split("\n"):
            assert re.sub(r"\s", "", paragraph) in shown


def test_opinions_and_seals_stay_blank_but_for_the_contact() -> None:
    text = text_of(played(NANYUE, "maximum").printed("application"))
    assert "所在单位意见盖章：年月日(联系人：陈𬍛电话：0757-22330011转801)市有关部门" in text
    assert "市有关部门推荐意见盖章：年月日遴选审批意见盖章：年月日(省总工会代章)" in text


def test_the_video_page_shows_the_seven_groups_to_the_character() -> None:
    text = text_of(empty().printed("shots"))
    in_order(SHOT_GROUPS, text)
    assert len(played(NANYUE, "city-union").answers["shots"]) == 7


def test_the_video_page_lists_the_files_and_their_sum() -> None:
    text = text_of(played(NANYUE, "videos-short-together").printed("shots"))
    in_order("video-1080p-2min30.mp4 2分30秒 1920×1080 video-1080p-2min.mp4 2分00秒 总时长 4分30秒", text)


def test_a_practice_copy_says_so_on_every_page() -> None:
    case = played(NANYUE, "archive")
    for document in case.documents:
        assert all("样张" in page for page in pages_of(case.printed(document, mark="practice"))), document


def test_the_checklist_names_every_paper() -> None:
    case = played(NANYUE, "city-union")
    text = text_of(case.printed("cover"))
    for paper in due_papers(case.programme, case.scope):
        assert re.sub(r"\s", "", paper.title) in text
    assert "2020年11月27日（一（二））" in text
    assert "020—86153036" in text


@pytest.mark.parametrize(
    ("name", "phone", "person"),
    [("city-union", "020—86153036", "王娅"), ("city-industry", "020—83135820", "李海通")],
)
def test_each_route_has_its_own_telephone(name: str, phone: str, person: str) -> None:
    case = played(NANYUE, name)
    office = case.programme.office_of(case.scope["route"])
    assert (office.phone, person in office.name) == (phone, True)
    assert f"打电话{phone}：{office.name}" in text_of(case.printed("cover"))
    assert case.programme.office_of("") == case.programme.office


def test_the_notice_is_not_pasted_into_the_chat() -> None:
    pasted = ("信仰坚定、矢志报国", "需在工作环境下", "素材基本要求为画幅比例", "经推荐单位审核确认")
    questions = programme(NANYUE).form("nominee").questions.values()
    whole = json.dumps([question.model_dump() for question in questions], ensure_ascii=False)
    assert not any(sentence in whole + programme(NANYUE).declaration for sentence in pasted)


def test_every_rule_speaks_in_every_outcome() -> None:
    for name in CASES:
        case = played(NANYUE, name)
        for verdict in judge(case.programme, case.scope, case.case.appeal):
            rule = verdict.rule
            told = {"met": rule.met, "not_met": rule.unmet, "verify": rule.verify or rule.unmet}
            if text := told.get(verdict.outcome):
                assert not rule.reckoning or reckon(rule.reckoning, case.scope), (name, rule.id)
                assert reckon(text, case.scope), (name, rule.id)


def test_the_case_files_use_only_made_up_people() -> None:
    for path in case_paths(NANYUE):
        text = Path(path).read_text("utf-8")
        assert not re.findall(r"\b\d{17}[\dX]\b", text)
        assert all(phone.startswith("1900000") for phone in re.findall(r"\b1\d{10}\b", text))
