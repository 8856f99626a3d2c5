"""What was meant for another question reaches it, and whoever sent it goes on where they were."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.turn import Meant, Say
from forms.attachment import Attachment
from tests.dialogs.talking import Person
from tests.dialogs.test_engine import PROOF, fill

SECOND = PROOF.model_copy(update={"file": "f2", "name": "第二张.jpg"})
TEXT = Attachment(file="t1", name="事迹.docx", media="text", mime="text/plain", size=30, text="我热爱焊接")


@pytest.fixture
def asked(begun: Person) -> Person:
    """Somebody at the question whether they are a union member, after two answers."""
    begun.says("个人申报", "焊工", "2015年7月")
    assert begun.asked == "union_member"
    return begun


def amends(person: Person, question: str, text: str) -> None:
    """An edit of the message that answered `question`, as the house hands it on."""
    person._take(text=text, amends="m1", answers=Meant(question))


def notes(person: Person) -> str:
    return "\n".join(part.text for part in person.screen.parts if isinstance(part, Say))


def test_an_edit_offers_to_correct_that_very_answer(asked: Person) -> None:
    amends(asked, "trade", "钳工")
    assert "“工种”从“焊工”改成“钳工”" in asked.text
    assert asked.interview.answers["trade"] == "焊工"
    asked.presses("改成这个")
    assert asked.interview.answers["trade"] == "钳工"
    assert asked.asked == "union_member"


def test_what_is_offered_may_be_left(asked: Person) -> None:
    amends(asked, "trade", "钳工")
    asked.presses("不改")
    assert asked.interview.answers["trade"] == "焊工"
    assert asked.interview.pending is None
    assert asked.asked == "union_member"


@pytest.mark.parametrize("page", ["先到这里", "菜单", "检查答案", "隐私说明"])
def test_it_is_asked_about_whatever_page_is_open(asked: Person, page: str) -> None:
    asked.says(page)
    amends(asked, "trade", "钳工")
    assert "“工种”从“焊工”改成“钳工”" in asked.text
    asked.presses("改成这个")
    assert asked.interview.answers["trade"] == "钳工"
    assert asked.asked == "union_member"


def test_a_correction_counts_where_somebody_is_in_the_middle_of_an_edit(asked: Person) -> None:
    asked.says("上一步")
    assert asked.interview.focus == "trade_start"
    amends(asked, "trade", "钳工")
    asked.presses("改成这个")
    assert asked.asked == "trade_start"
    assert asked.interview.answers["trade"] == "钳工"


def test_other_words_are_no_yes_and_answer_nothing(asked: Person) -> None:
    amends(asked, "trade", "钳工")
    before = asked.interview.answers
    asked.says("2016年3月")
    assert asked.interview.answers == before
    assert asked.token("改成这个")


def test_an_edit_that_is_no_answer_changes_nothing(asked: Person) -> None:
    amends(asked, "trade_start", "很久以前")
    assert asked.interview.answers["trade_start"] == "2015-07"
    assert asked.tone("problem")
    assert "“从业时间”没有改" in notes(asked)
    assert asked.asked == "union_member"


def test_an_edit_that_says_the_same_changes_nothing(asked: Person) -> None:
    amends(asked, "trade", "焊工")
    assert "没有变" in notes(asked)
    assert asked.interview.pending is None


def test_an_edit_of_the_message_that_was_not_taken_answers_the_question_on_screen(begun: Person) -> None:
    begun.says("个人申报", "焊工", "很久以前")
    assert begun.asked == "trade_start"
    amends(begun, "trade_start", "2015年7月")
    assert begun.interview.answers["trade_start"] == "2015-07"
    assert begun.asked == "union_member"


def test_an_edit_of_what_is_not_asked_any_more_is_told(asked: Person) -> None:
    amends(asked, "employer", "第一机床厂")
    assert "现在不用填" in notes(asked)
    assert "employer" not in asked.interview.answers


def test_an_edit_of_what_was_no_answer_is_told(asked: Person) -> None:
    asked._take(text="你好呀", amends="m1")
    assert "没有记下" in notes(asked)
    assert asked.asked == "union_member"
    assert "union_member" not in asked.interview.answers


def test_an_edit_of_an_answer_in_several_parts_opens_it(asked: Person) -> None:
    asked.presses("是", "技艺", "选好了")
    assert asked.asked == "name"
    amends(asked, "conditions", "创新")
    assert "打开它来改吗" in asked.text
    asked.presses("打开来改")
    assert asked.asked == "conditions"
    assert asked.interview.answers["conditions"] == {"技艺": ""}


@pytest.mark.parametrize(
    "quoted",
    ["您是什么工种？\n例如：焊工", "✓ 工种：焊工", "✓ 推荐方式：个人申报\n\n您是什么工种？"],
)
def test_a_reply_to_our_words_is_meant_for_their_question(asked: Person, quoted: str) -> None:
    asked._take(text="钳工", quotes=quoted)
    assert "“工种”从“焊工”改成“钳工”" in asked.text


def test_a_reply_to_the_question_on_screen_or_to_small_talk_is_an_answer(asked: Person) -> None:
    asked._take(text="是", quotes="您是工会会员吗？")
    assert asked.interview.answers["union_member"] is True
    asked._take(text="技艺", quotes="都保存好了。")
    assert asked.interview.drafts["conditions"] == {"ticks": {"技艺": ""}}


@pytest.mark.parametrize("words", ["改", "改一下", "换", "用新的", "改过来", "好的", "对"])
def test_what_is_offered_is_changed_in_any_words(asked: Person, words: str) -> None:
    amends(asked, "trade", "钳工")
    asked.says(words)
    assert asked.interview.answers["trade"] == "钳工"


@pytest.mark.parametrize("words", ["不改", "不要改", "用旧的", "不对", "不"])
def test_what_is_offered_is_left_in_any_words_and_told(asked: Person, words: str) -> None:
    amends(asked, "trade", "钳工")
    asked.says(words)
    assert asked.interview.answers["trade"] == "焊工"
    assert "“工种”没有改" in notes(asked)
    assert asked.asked == "union_member"


def test_what_was_meant_for_no_question_of_the_form_is_told(asked: Person) -> None:
    asked._take(text="焊工", answers=Meant("zzz", asked.interview.revision))
    assert "没有记下" in notes(asked)
    assert "union_member" not in asked.interview.answers


# Files


def files(person: Person, *sent: Attachment, **more: Any) -> None:
    for each in sent:
        person._take(file=each, answers=Meant("proofs"), **more)


def test_a_file_that_comes_after_its_question_was_put_off_is_its_answer(asked: Person) -> None:
    asked.says("上一步", "上一步")
    person = asked
    files(person, PROOF)
    assert person.interview.drafts["proofs"] == {"scans": [person.interview.drafts["proofs"]["scans"][0]]}
    assert person.asked == "trade"


def test_a_late_file_of_a_question_put_off_stands_at_once(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    begun.presses("是", "技艺", "选好了")
    begun.says("陆建华", "450122198409129963")
    begun.presses("对的", "跳过")
    begun.says("我热爱焊接")
    begun.presses("稍后再补")
    files(begun, PROOF)
    assert [scan["file"] for scan in begun.interview.answers["proofs"]] == ["f1"]
    assert "proofs" not in begun.interview.later


def test_a_file_that_comes_after_the_end_is_added(begun: Person) -> None:
    fill(begun)
    files(begun, SECOND)
    assert [scan["file"] for scan in begun.interview.answers["proofs"]] == ["f1", "f2"]
    assert "加到“证书”里了" in notes(begun)


def test_a_file_for_a_question_that_takes_none_is_told(begun: Person) -> None:
    begun.says("个人申报", "焊工")
    begun._take(file=PROOF, answers=Meant("trade"))
    assert begun.tone("problem")
    assert begun.interview.answers["trade"] == "焊工"


def test_a_text_file_that_comes_late_is_offered_in_place_of_the_text(begun: Person) -> None:
    fill(begun)
    begun._take(file=TEXT.model_copy(update={"text": "我爱钳工"}), answers=Meant("story"))
    assert "“事迹”从" in begun.text
    begun.presses("改成这个")
    assert begun.interview.answers["story"] == "我爱钳工"


# Captions


def test_the_words_under_a_file_are_for_the_same_question(begun: Person) -> None:
    fill_to_proofs(begun)
    begun._take(file=PROOF, text="发完了")
    assert [scan["file"] for scan in begun.interview.answers["proofs"]] == ["f1"]


@pytest.mark.parametrize("words", ["这是我的照片", "好的", "跳过", "不对", "焊工"])
def test_words_under_a_file_that_is_not_taken_are_told_and_answer_nothing(begun: Person, words: str) -> None:
    begun.says("个人申报")
    begun._take(file=PROOF, text=words)
    assert "trade" not in begun.interview.answers
    assert f"没有记下：{words}" in notes(begun)
    assert begun.asked == "trade"


def test_words_under_a_file_that_answer_nothing_are_told_and_never_go_to_the_next_question(
    begun: Person,
) -> None:
    fill_to_proofs(begun)
    begun._take(file=PROOF, text="这是我的焊工证")
    assert "没有记下：这是我的焊工证" in notes(begun)
    assert begun.asked == "proofs"
    begun.says("上一步")
    begun._take(file=TEXT, text="新写的")
    assert begun.interview.answers["story"] == "我热爱焊接"
    assert "没有记下：新写的" in notes(begun)


def fill_to_proofs(person: Person) -> None:
    person.says("个人申报", "焊工", "2015年7月")
    person.presses("是", "技艺", "选好了")
    person.says("陆建华", "450122198409129963")
    person.presses("对的", "跳过")
    person.says("我爱焊接")
    assert person.asked == "proofs"


@pytest.mark.parametrize(("text", "taken"), [("好的", True), ("对", True), ("不", False), ("不用改", False)])
def test_a_yes_or_a_no_in_any_words_answers_the_offer(asked: Person, text: str, taken: bool) -> None:
    amends(asked, "trade", "钳工")
    asked.says(text)
    assert asked.interview.answers["trade"] == ("钳工" if taken else "焊工")
    assert "union_member" not in asked.interview.answers


def test_a_remark_on_what_comes_late_is_told_where_the_person_is(begun: Person) -> None:
    fill(begun)
    amends(begun, "story", "焊" * 21)
    begun.presses("改成这个")
    assert "请删掉至少 1 字" in notes(begun)
    assert "请检查答案" in begun.text
