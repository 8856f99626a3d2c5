"""What staff send back: exactly those questions are asked again, beside the remark and the answer as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.at_office import Sort
from dialogs.events import Answered, Finished, HandedIn, RemarkUpheld, Reopened
from dialogs.interview import Interview
from dialogs.turn import Summary
from forms.attachment import Attachment
from tests.dialogs.hall import ANSWERS
from tests.dialogs.offices import UNION, declared, handed, remark, sent_back
from tests.dialogs.talking import Person

OTHER_ANSWERS = {
    "name": "陆建国",
    "began": "2004年7月",
    "employer": "第二机床厂",
    "schooling": "本科",
    "home": "广西横州",
    "joined": "2011年5月",
    "phone": "19000000102",
    "works": "4",
    "winner": "不是",
    "wish": "平安健康",
}


@pytest.mark.parametrize("question", OTHER_ANSWERS)
def test_another_answer_settles_a_remark_and_the_next_one_is_asked(question: str) -> None:
    person = sent_back(remark("wish", text="写具体点"), remark(question, text="和证件不一样"))
    if question != "wish":
        assert person.asked == question
        assert person.tone("problem") == ["写错了：和证件不一样"]
    person.says(OTHER_ANSWERS[question])
    if person.asked == question:  # asked back
        person.says("对")
    assert person.interview.answers[question] != ANSWERS[question]
    if question != "wish":
        assert person.asked == "wish"
        assert "还有1处" in person.text
    else:
        assert person.interview.page == "" and not person.asked


def test_the_questions_come_in_the_order_of_the_form_and_no_other_is_asked() -> None:
    person = sent_back(remark("wish"), remark("home"), remark("employer"))
    asked = []
    while person.asked:
        asked.append(person.asked)
        person.says(OTHER_ANSWERS[person.asked])
        if person.asked == asked[-1]:
            person.says("对")
    assert asked == ["employer", "home", "wish"]
    assert "没问题，再次递交" in person.labels


@pytest.mark.parametrize(
    ("sort", "words"), [("wrong", "写错了"), ("missing", "没写全"), ("outdated", "过期了")]
)
def test_a_remark_tells_its_sort_and_what_staff_wrote_to_the_character(sort: Sort, words: str) -> None:
    person = sent_back(remark("employer", sort, "和公章{单位}<b>对不上%s"))
    assert person.tone("problem") == [f"{words}：和公章{{单位}}<b>对不上%s"]
    assert "现在填的是：第一机床厂" in person.text
    assert f"{UNION.name}退回修改，还有1处" in person.text


def test_a_remark_without_words_tells_its_sort() -> None:
    assert sent_back(remark("employer", "outdated", "")).tone("problem") == ["过期了"]


def test_several_remarks_on_one_question_are_told_together_and_settled_by_one_answer() -> None:
    person = sent_back(remark("employer", text="一"), remark("employer", "missing", "二", number=2))
    assert person.tone("problem") == ["写错了：一", "没写全：二"]
    assert "还有1处" in person.text
    person.says("第二机床厂")
    assert not person.asked


def test_a_ready_made_reason_is_told_in_the_persons_language_and_own_words_are_left_alone() -> None:
    person = sent_back(
        remark("employer", text="有错别字，请改一下。"), remark("employer", text="看公章", number=2)
    )
    person.says("english")
    assert person.tone("problem") == ["Wrong: There is a wrong character; please mend it.", "Wrong: 看公章"]


# Rows, files and longer texts begin with what stands there


def test_rows_are_gone_on_with() -> None:
    person = sent_back(remark("life", "missing", "中间有空档"))
    assert "原来填的是：1. 2003年7月—至今 第一机床厂" in person.text
    assert "已有 1 条" in person.text
    person.says("写完了")
    assert person.asked == "life", "nothing has changed"
    assert "和退回以前一样" in person.text
    person.presses("删掉最后一条")
    assert "已有 1 条" not in person.text
    assert person.asked == "life"


def test_another_scan_is_added_to_those_that_are_there() -> None:
    person = sent_back(remark("certificate", "missing", "盖章的那一页没有拍到，请补拍。"))
    assert "照旧，已经写全了" in person.labels
    second = Attachment(
        file="s2", name="背面.jpg", media="image", mime="image/jpeg", size=90_000, width=900, height=1200
    )
    person.sends(second)
    assert person.asked == "certificate"
    person.presses("发完了")
    given = person.interview.answers["certificate"]
    assert isinstance(given, list) and len(given) == 2
    assert not person.asked


def test_another_photo_takes_the_place_of_the_one_that_came_back() -> None:
    person = sent_back(remark("photo", text="照片底色不对，请照要求的底色换一张。"))
    assert "照旧，就用这一份" in person.labels
    person.sends(
        Attachment(
            file="p2",
            name="新照片.jpg",
            media="image",
            mime="image/jpeg",
            size=60_000,
            width=620,
            height=868,
            background="white",
        )
    )
    assert person.interview.answers["photo"]["file"] == "p2"
    assert not person.asked


# The answer is right


@pytest.mark.parametrize(
    "words",
    ["照旧", "没写错", "我没写错。", "没错啊", "不改", "不用改", "是对的", "照旧，我没写错", "it is right"],
)
@pytest.mark.parametrize(
    "question", ["name", "employer", "phone", "home", "schooling", "winner", "life", "long"]
)
def test_whoever_made_no_mistake_says_so_in_their_own_words(question: str, words: str) -> None:
    person = sent_back(remark(question), remark("wish"))
    person.says(words)
    assert person.interview.page == "upholding"
    assert person.interview.answers == ANSWERS
    person.presses("不说了，就照旧")
    assert person.asked == "wish"
    assert [each.remark for each in person.interview.upheld] == [f"{question} 1"]
    assert RemarkUpheld(question) in person.events


def test_a_word_to_staff_is_kept_with_every_remark_on_the_question() -> None:
    person = sent_back(remark("employer"), remark("employer", "missing", number=2))
    person.presses("照旧，我没写错")
    person.says("公章就是这么刻的")
    assert {each.remark: each.text for each in person.interview.upheld} == {
        "employer 1": "公章就是这么刻的",
        "employer 2": "公章就是这么刻的",
    }
    assert person.interview.answers == ANSWERS
    assert "没问题，再次递交" in person.labels


def test_a_word_to_staff_that_is_too_long_is_not_cut_but_asked_for_again() -> None:
    person = sent_back(remark("employer"))
    person.presses("照旧，我没写错")
    person.says("对" * 301)
    assert "300个字以内" in person.tone("problem")[0]
    assert not person.interview.upheld


def test_nothing_needs_to_be_said_to_that() -> None:
    person = sent_back(remark("employer"))
    person.presses("照旧，我没写错")
    person.says("不用")
    assert [each.text for each in person.interview.upheld] == [""]


def test_the_way_back_from_that_leaves_the_remark_open() -> None:
    person = sent_back(remark("employer"))
    person.presses("照旧，我没写错", "返回，我再看看")
    assert person.asked == "employer"
    assert not person.interview.upheld


def test_going_on_is_no_answer_to_a_remark() -> None:
    person = sent_back(remark("employer"))
    for words in ("谢谢", "你好", "什么意思"):
        person.says(words)
        assert person.asked == "employer"
        assert person.interview.answers == ANSWERS


def test_the_same_answer_again_is_told_to_be_the_same() -> None:
    person = sent_back(remark("employer"))
    person.says("第一机床厂")
    assert person.asked == "employer"
    assert "和退回以前一样，没有变。要是本来就没错，点“照旧，我没写错”。" in person.tone("note")


def test_an_answer_that_was_passed_over_may_go_on_lacking(small: object) -> None:
    person = _passing(small)
    assert person.asked == "hobby"
    assert "原来没有填。" in person.text
    person.says("没有")
    assert person.interview.page == "upholding"
    person.presses("不说了，就照旧")
    assert not person.asked


def test_an_answer_that_was_passed_over_may_be_given_now(small: object) -> None:
    person = _passing(small)
    person.says("书法")
    assert person.interview.answers["hobby"] == "书法"
    assert not person.asked


def _passing(small: object) -> Person:
    answers = {
        "route": "self", "trade": "焊工", "trade_start": "2010-01", "union_member": True, "conditions": {"技艺": ""},
        "name": "陆建华", "id_number": "450122198409129963", "story": "手艺好", "proofs": ANSWERS["certificate"],
    }  # fmt: skip
    interview = Interview(
        consented_at="2026-06-15T04:00:00+00:00",
        programme="small",
        answers={name: value for name, value in answers.items() if value is not None},
        skipped=("hobby",),
        finished_at="2026-06-15T04:30:00+00:00",
    )
    around = {
        "destinations": (UNION,),
        "handed": handed("returned"),
        "returned": (remark("hobby", "missing", "请补上", sealed=None),),
    }
    return Person(small, interview=interview, around=around)  # type: ignore[arg-type]  # the fixture's programme


# What does not apply any more


def test_a_remark_on_a_question_that_does_not_apply_is_told_and_counts_as_answered() -> None:
    person = sent_back(remark("war", "missing", "战时没写"), remark("employer"))
    assert person.asked == "employer"
    person.says("第二机床厂")
    assert "退回意见里的“战时”现在不用填了，不用管它：没写全：战时没写" in person.tone("note")
    assert "没问题，再次递交" in person.labels


def test_a_remark_on_a_question_that_there_is_no_more_is_told_too() -> None:
    person = sent_back(remark("gone", text="没了"))
    assert "退回意见里有一项现在没有了，不用管它：写错了：没了" in person.tone("note")
    assert f"再次递交给{UNION.name}" in person.labels


def test_a_remark_waits_while_its_question_does_not_apply() -> None:
    person = sent_back(remark("war", sealed="修机器"))
    person.interview = person.interview.model_copy(
        update={"answers": {**ANSWERS, "began": "1948-01", "war": "修机器"}}
    )
    person.look()
    assert person.asked == "war"


# Around it


def test_the_task_list_counts_what_came_back() -> None:
    person = sent_back(remark("employer"), remark("home"), remark("wish"))
    person.says("进度")
    assert "退回修改：3处" in person.text
    person.presses("接着改")
    assert person.asked == "employer"


def test_the_summary_shows_what_came_back_before_all_else() -> None:
    person = sent_back(remark("employer", text="看公章"), remark("home"))
    person.says("第二机床厂", "检查答案")
    summary = next(part for part in person.screen.parts if isinstance(part, Summary))
    first = summary.groups[0]
    assert first.title == "退回修改"
    assert [(line.label, line.state) for line in first.lines] == [("籍贯", "wrong"), ("工作单位", "ok")]
    assert first.lines[1].remark == "改好了：写错了：看公章"
    assert "没问题，再次递交" not in person.labels
    person.presses("接着改")
    assert person.asked == "home"


def test_a_question_that_came_back_is_answered_from_the_summary_too() -> None:
    person = sent_back(remark("employer"), remark("home"))
    person.presses("检查答案", "改：籍贯")
    assert person.tone("problem") == ["写错了：请核对"]
    person.presses("照旧，我没写错", "不说了，就照旧")
    assert person.interview.page == "summary"
    person.presses("接着改")
    assert person.asked == "employer"


def test_nothing_can_be_declared_or_handed_in_while_a_remark_is_open() -> None:
    person = sent_back(remark("employer"))
    for words in ("提交", "确认", "递交", "完成"):
        person.says(words)
        assert not any(isinstance(event, Finished | HandedIn) for event in person.events)
        assert person.interview.page != "declare"


def test_handing_in_again_goes_from_the_summary_in_three_presses() -> None:
    person = sent_back(remark("employer"))
    person.says("第二机床厂")
    person.presses("没问题，再次递交", "属实，接着递交")
    assert "再次递交给兴宁区总工会。" in person.text
    person.presses("再次递交给兴宁区总工会")
    assert person.events == [Answered("employer"), Reopened(), Finished(), HandedIn("u1")]


def test_others_who_still_owe_an_answer_are_waited_for() -> None:
    person = sent_back(remark("employer"), owing=("expert 1",))
    person.says("第二机床厂")
    person.presses("没问题，再次递交", "属实，接着递交")
    assert "再次递交给兴宁区总工会" not in person.labels
    assert any("还没改好，等改好再递交" in said for said in person.tone("note"))


def test_a_return_after_the_closing_day_is_no_practice() -> None:
    person = declared(handed=handed("returned"), returned=(remark("employer"),))
    person.now = datetime(2026, 7, 5, 4, tzinfo=UTC)
    person.says("第二机床厂")
    person.presses("没问题，再次递交", "属实，接着递交")
    assert "申报时间已经过了，退回的改好了还收不收，由兴宁区总工会定。" in person.text
    assert not any("样张" in card.note for card in person.screen.cards)
    person.presses("再次递交给兴宁区总工会")
    assert HandedIn("u1") in person.events


def test_starting_over_asks_what_came_back_where_it_stands_in_the_form() -> None:
    person = sent_back(remark("employer"))
    person.says("重新开始")
    person.presses("清空，重新开始")
    assert person.asked == "name"
