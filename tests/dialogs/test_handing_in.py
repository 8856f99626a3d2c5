"""Handing in, taking back, how a case stands at its office: what is said before the press and after it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dialogs.at_office import Standing
from dialogs.company import Invited, PartyBrief
from dialogs.events import Answered, HandedIn, Reopened, Restarted
from dialogs.interview import Interview
from forms.in_hand import InHand
from forms.loader import Source, load
from tests.built_in import built_in
from tests.dialogs import hall as halls
from tests.dialogs.hall import ANSWERS, at_the_end, hall
from tests.dialogs.offices import OTHER, PLACE, UNION, declared, handed
from tests.dialogs.talking import Person

BARRING = """
rules:
  - {id: many, title: 成果五项, clause: 四, condition: works >= 5, met: 满五项, unmet: 不满五项, escape: 特别优秀，申请破格}
"""
MATERIAL = """
rules:
  - {id: many, title: 成果五项, clause: 四, condition: works >= 5, met: 满五项, unmet: 不满五项, failing: material_missing}
"""


def test_without_an_office_the_end_is_as_it_always_was() -> None:
    person = declared(destinations=())
    assert person.labels == ["材料清单", "检查答案", "条件对照", "菜单"]
    assert "递交" not in person.text
    person.says("进度")
    assert "递交" not in person.text


def test_before_the_press_it_is_said_what_goes_where_and_what_is_still_on_paper() -> None:
    person = declared()
    person.presses("递交给兴宁区总工会")
    said = person.text
    assert "递交给兴宁区总工会。" in said
    assert "您填的全部答案、传的文件、条件对照，和这几份材料：申请表" in said
    assert "网上递交代替不了纸质材料，这些还要送去：\n· 照片，1份" in said
    assert "送到：民主路1号" in said
    assert "最晚2026年6月26日送到" in said
    assert "您可以撤回来改；要改的，会退回给您" in said
    assert not person.events


@pytest.mark.parametrize(
    "words", ["递交给兴宁区总工会", "好", "好的", "确定", "是的", "交吧", "好的，交", "提交"]
)
def test_one_yes_hands_it_in(words: str) -> None:
    person = declared()
    person.presses("递交给兴宁区总工会")
    person.says(words)
    assert person.events == [HandedIn("u1")]
    assert person.screen.echo == "✓ 递交给兴宁区总工会"
    assert person.interview.answers == ANSWERS
    assert person.interview.finished_at


@pytest.mark.parametrize("words", ["先不交", "不", "不用了", "算了"])
def test_a_no_leaves_it(words: str) -> None:
    person = declared()
    person.presses("递交给兴宁区总工会")
    person.says(words)
    assert not person.events
    assert "递交给兴宁区总工会" in person.labels


@pytest.mark.parametrize("words", ["递交", "我要递交", "提交", "完成", "submit"])
def test_it_is_asked_for_in_words(words: str) -> None:
    person = declared()
    person.says(words)
    assert person.interview.page == "handing"


def test_which_of_several_offices_is_asked_and_never_guessed() -> None:
    person = declared(destinations=(UNION, OTHER))
    person.presses("递交")
    assert person.labels == ["兴宁区总工会", "机械产业工会", "不知道是哪一个", "都不是，我送纸质材料去"]
    person.presses("不知道是哪一个")
    assert "0771-2805708" in person.text
    assert not person.events
    person.says("机械产业工会")
    assert "递交给机械产业工会。" in person.text
    person.presses("换一个工会", "兴宁区总工会", "递交给兴宁区总工会")
    assert person.events == [HandedIn("u1")]


def test_an_office_that_is_gone_meanwhile_is_handed_nothing() -> None:
    person = declared(destinations=(UNION, OTHER))
    person.presses("递交", "机械产业工会")
    token = person.token("递交给机械产业工会")
    person.around["destinations"] = (UNION,)
    person.presses_token(token)
    assert not person.events


def test_before_the_declaration_the_way_leads_to_it() -> None:
    person = at_the_end()
    person.around = {"destinations": (UNION,)}
    person.says("递交")
    assert "属实，生成材料" in person.labels
    person.presses("属实，生成材料")
    assert "递交给兴宁区总工会" in person.labels


def test_whoever_had_a_question_open_is_not_asked_it_once_the_case_is_gone() -> None:
    person = declared()
    person.presses("检查答案", "改：姓名")
    person.says("递交", "好")
    assert person.events == [HandedIn("u1")]
    assert not person.asked


# What keeps a case from being handed in


def test_half_a_form_is_not_handed_in() -> None:
    person = at_the_end()
    person.around = {"destinations": (UNION,)}
    answers = {name: value for name, value in ANSWERS.items() if name != "photo"}
    person.interview = person.interview.model_copy(update={"answers": answers, "later": ("photo",)})
    person.says("递交")
    assert "还有1处没填好，填好再递交。" in person.tone("problem")
    assert person.interview.page == "summary"


def test_practice_is_never_handed_in() -> None:
    person = declared()
    person.interview = person.interview.model_copy(update={"practice": True})
    person.look()
    assert "这是练习，不能递交。要正式申报，到“我的申报”里另填一份。" in person.tone("note")
    person.says("递交")
    assert not person.events
    assert person.interview.page != "handing"


def test_after_the_closing_day_nothing_new_is_handed_in() -> None:
    person = declared()
    person.presses("递交给兴宁区总工会")
    person.now = datetime(2026, 7, 1, 4, tzinfo=UTC)
    person.says("好")
    assert not person.events
    assert person.interview.finished_at, "a yes to what is no more there declares nothing either"
    person.says("递交")
    assert any(said.startswith("申报时间已经过了，不能在这里递交") for said in person.tone("problem"))
    assert not person.events


def test_a_case_that_a_rule_bars_is_handed_in_only_by_the_escape_of_the_notice() -> None:
    person = _barred()
    person.presses("先当练习填下去（打印带“样张”）", "没问题，生成练习材料", "属实，生成材料")
    assert any("有条件不满足，不能递交" in said for said in person.tone("note"))
    person.says("递交")
    assert person.interview.page != "handing"
    person = _barred()
    person.presses("特别优秀，申请破格", "没问题，生成盖章材料", "属实，生成材料", "递交给兴宁区总工会")
    assert any("四" in said for said in person.tone("verify")), "it is said that staff will judge it"
    person.says("好")
    assert HandedIn("u1") in person.events


def _barred() -> Person:
    programme = hall(BARRING)
    interview = Interview(
        consented_at="2026-06-15T04:00:00+00:00",
        programme=programme.id,
        digest=programme.digest,
        answers=dict(ANSWERS),
    )
    return Person(programme, interview=interview, around={"destinations": (UNION,)})


def test_papers_that_still_lack_are_told_before_the_press() -> None:
    person = declared(hall(MATERIAL))
    person.presses("递交给兴宁区总工会")
    assert any("不满五项" in said for said in person.tone("not_met"))
    person.says("好")
    assert person.events == [HandedIn("u1")]


_THRICE = halls.PROGRAMME.replace("form: 原件, question", "form: 纸质, copies: 3, question")


@pytest.mark.parametrize(
    ("have", "said", "unsaid"),
    [
        (None, "这些还要送去：\n· 照片，3份", "收到"),
        (InHand("photo", 1), "这些还要送去：\n· 照片，2份", "收到"),
        (InHand("photo", 3), "纸质的工会已经收到：照片。", "送去"),
        (InHand("photo", 3, "缺公章"), "照片收到了，但缺公章，请去补。", "已经收到"),
        (InHand("photo", 1, "缺公章"), "照片收到了，但缺公章，还差2份，请去补。", "已经收到"),
    ],
)
def test_of_each_paper_one_thing_is_said(have: InHand | None, said: str, unsaid: str) -> None:
    programme = load(
        Source(
            {
                "programme.yaml": _THRICE,
                "rules.yaml": halls.RULES,
                "forms/application.yaml": halls.FORM,
                "print/application.html": halls.PRINT,
            }
        )
    )
    person = declared(programme, handed=handed(in_hand=(have,) if have else ()))
    assert said in person.text
    assert unsaid not in person.text


def test_parts_that_others_have_not_finished_are_told_before_the_press() -> None:
    person = declared(
        parties=(PartyBrief("expert", 1, "started", "覃师傅"), PartyBrief("expert", 2, "done", "韦师傅"))
    )
    person.presses("递交给兴宁区总工会")
    assert "覃师傅还没写完：现在递交，交过去的没有他们那一份。" in person.tone("note")


def test_whoever_is_to_look_once_more_has_written() -> None:
    person = declared(parties=(PartyBrief("expert", 1, "changed", "覃师傅"),))
    person.presses("递交给兴宁区总工会")
    assert "还没写完" not in person.text
    assert any(
        said.startswith("覃师傅写好了，您后来改了内容，还没有再看一眼") for said in person.tone("note")
    )


# How it stands


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (handed(), "已递交给兴宁区总工会（第1次，2026年6月15日 12:03），编号：HG-0001。"),
        (handed("accepted"), "兴宁区总工会已经受理，编号：HG-0001。"),
        (handed("passed", above="市总工会"), "兴宁区总工会已经受理，上报到市总工会了，编号：HG-0001。"),
        (handed("passed"), "兴宁区总工会已经受理，上报了，编号：HG-0001。"),
        (
            handed("refused", clause="四（三）", reason="年限不够"),
            "兴宁区总工会没有通过：年限不够（四（三））",
        ),
        (handed("refused", reason="年限不够"), "兴宁区总工会没有通过：年限不够"),
        (handed("withdrawn"), "您从兴宁区总工会撤回来了，还没有再递交。"),
        (handed(undone=True), "刚才的决定，工作人员撤回了，正在重新看。"),
    ],
)
def test_the_end_says_how_it_stands(standing: object, said: str) -> None:
    person = declared(handed=standing)
    assert said in person.text


def test_a_refusal_comes_with_somebody_to_ask() -> None:
    person = declared(handed=handed("refused", reason="年限不够"), destinations=())
    assert "要问人，请打兴宁区总工会的电话：0771-2805708" in person.text
    assert any(getattr(part, "dials", ()) for part in person.screen.parts)


@pytest.mark.parametrize("state", ["here", "accepted"])
def test_paper_that_is_due_stays_on_the_screen(state: Standing) -> None:
    person = declared(handed=handed(state))
    assert "这些还要送去：\n· 照片，1份" in person.text
    assert PLACE.address in person.text
    assert "最晚2026年6月26日送到" in person.text


@pytest.mark.parametrize("state", ["here", "accepted", "passed"])
def test_what_was_handed_in_in_time_is_no_practice_afterwards(state: Standing) -> None:
    person = declared(handed=handed(state))
    person.now = datetime(2026, 8, 1, 4, tzinfo=UTC)
    person.look()
    assert not any("样张" in card.note for card in person.screen.cards)
    assert "样张" not in person.text
    person.says("计划")
    assert "已经递交了，不用再排计划。" in person.text


def test_the_task_list_tells_it() -> None:
    person = declared()
    person.says("进度")
    assert "递交：可以递交了" in person.text
    person.around["handed"] = handed()
    person.look()
    assert "递交：已递交给兴宁区总工会" in person.text


# Nothing changes beneath those who look at it


CHANGES = ["改：姓名", "改：证书", "改：简历"]


@pytest.mark.parametrize("label", CHANGES)
def test_an_answer_is_not_changed_while_an_office_has_the_case(label: str) -> None:
    person = declared(handed=handed(may_withdraw=True))
    before = person.interview
    person.presses("检查答案", label)
    assert person.interview.page == "locked"
    assert "要改，先撤回来，改好再递交一次。" in person.text
    assert person.labels == ["撤回来改", "不改了，返回"]
    assert not person.events
    person.presses("不改了，返回")
    assert person.interview.answers == before.answers
    assert person.interview.finished_at == before.finished_at
    assert "已递交给兴宁区总工会" in person.text


@pytest.mark.parametrize("state", ["here", "accepted", "passed"])
def test_where_it_cannot_be_taken_back_there_is_somebody_to_ask(state: Standing) -> None:
    person = declared(handed=handed(state))
    person.presses("检查答案", "改：姓名")
    assert "撤不回来了" in person.text
    assert "0771-2805708" in person.text
    letters = ["给兴宁区总工会留言"] if state != "passed" else []
    assert person.labels == [*letters, "返回"]


@pytest.mark.parametrize("words", ["上一步", "返回", "重新开始"])
def test_no_word_gets_round_that(words: str) -> None:
    person = declared(handed=handed())
    before = person.interview
    person.says(words)
    if "清空，重新开始" in person.labels:
        person.presses("清空，重新开始")
    assert (person.interview.answers, person.interview.finished_at) == (before.answers, before.finished_at)
    assert not any(isinstance(event, Restarted | Reopened | Answered) for event in person.events)


def test_a_message_that_is_edited_changes_nothing_either() -> None:
    person = declared(handed=handed())
    person._take(text="陆建国", amends="7", quotes="✓ 姓名：陆建华")
    assert person.interview.answers == ANSWERS
    assert person.interview.page == "locked"


def test_everything_may_still_be_deleted_and_looked_at() -> None:
    person = declared(handed=handed())
    for words in ("材料清单", "条件对照", "前面填的", "我的申报", "隐私", "我的数据", "删除我的全部内容"):
        person.says(words)
        assert person.interview.page not in ("", "locked"), words


def test_an_expert_who_is_done_changes_nothing_and_one_who_is_not_goes_on() -> None:
    done = _expert("2026-06-01T05:00:00+00:00")
    assert "申报已经递交给兴宁区总工会了，现在改不了" in done.text
    done.says("检查答案")
    done.presses("改：职务")
    assert done.interview.page == "locked"
    assert "请告诉填申报表的人" in done.text
    writing = _expert("")
    writing.says("检查答案")
    writing.presses("改：职务")
    assert writing.asked == "expert_position"


def _expert(finished_at: str) -> Person:
    programme = next(each for each in built_in().offered if each.id == "nanning-2026")
    answers = {question.id: question.fullest() for question in programme.form("expert").questions.values()}
    interview = Interview(
        role="expert",
        consented_at="2026-06-01T04:00:00+00:00",
        programme=programme.id,
        digest=programme.digest,
        answers=answers | {"expert_certificate": ANSWERS["certificate"]},
        finished_at=finished_at,
    )
    around = {
        "parts": {"nominee": ({"name": "陆建华", "employer": "第一机床厂", "trade": "焊工"},)},
        "invited": Invited("expert", 1, "陆建华", "陆建华"),
        "handed": handed(),
    }
    return Person(programme, interview=interview, around=around)
