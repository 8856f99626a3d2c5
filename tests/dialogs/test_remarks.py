"""An answer that is remarked on stays on its question: what comes next mends it, and 就这样 goes on."""

from __future__ import annotations

import pytest

from forms.attachment import Attachment
from tests.dialogs.hall import ANSWERS, at, at_the_end, hall
from tests.dialogs.talking import Person, kept
from tests.forms.kinds.speaking import photo, scan

RED, WHITE = photo(name="红.jpg", background="red"), photo(name="白.jpg", file="b1.jpg")
SMALL = Attachment(
    file="s1", name="小.jpg", media="image", mime="image/jpeg", size=90_000, width=300, height=400
)
LARGE = SMALL.model_copy(update={"file": "s2", "name": "大.jpg", "width": 900, "height": 1200})
BOTH = ["改一下", "就这样"]
GOING_ON = ["就这样", "不改", "好", "好的", "没事", "可以", "行", "嗯嗯", "没问题", "继续", "不用了", "OK"]


def remarked(person: Person, question: str) -> Person:
    assert person.labels[:2] == BOTH, person.text
    assert person.asked == question
    return person


def early() -> Person:
    """Somebody born in 1984 who began to work in 1903, as it was read."""
    person = at("began")
    person.says("1903年7月")
    assert "比出生年月（1984年9月）还早" in person.text
    return remarked(person, "began")


def overlong() -> Person:
    person = at("employer")
    person.says("桂南第一机床厂铸造车间")
    return remarked(person, "employer")


def test_the_correction_is_the_answer_of_the_question_that_was_remarked_on() -> None:
    person = early()
    person.says("大概零三年七月")
    assert "您说的是2003年7月，对吗？" in person.text
    person.says("对的")
    assert person.interview.answers["began"] == "2003-07"
    assert "employer" not in person.interview.answers
    assert person.asked == "employer"


@pytest.mark.parametrize("text", ["2003年7月", "零三年七月", "03.7", "不对，是2003年7月", "改成2003年7月"])
def test_a_plain_correction_goes_on(text: str) -> None:
    person = early()
    person.says(text)
    assert person.interview.answers["began"] == "2003-07"
    assert person.asked == "employer"


def test_the_answer_is_saved_before_anything_is_said_to_the_remark() -> None:
    person = early()
    assert person.interview.answers["began"] == "1903-07"
    assert kept(person.interview) == person.interview
    person.says("保存")
    person.says("继续")
    remarked(person, "began")


@pytest.mark.parametrize("text", GOING_ON)
def test_whoever_is_content_goes_on(text: str) -> None:
    person = overlong()
    person.says(text)
    assert person.interview.answers["employer"] == "桂南第一机床厂铸造车间"
    assert person.asked == "schooling"
    assert not person.interview.remarked


@pytest.mark.parametrize("text", ["改一下", "不行", "不", "改", "重填", "上一步"])
def test_whoever_wants_to_change_it_gets_the_question_again(text: str) -> None:
    person = overlong()
    person.says(text)
    assert person.asked == "employer"
    assert "现在填的是：桂南第一机床厂铸造车间" in person.text
    person.says("第一机床厂")
    assert person.interview.answers["employer"] == "第一机床厂"
    assert person.asked == "schooling"


def test_a_remark_on_the_correction_stays_too() -> None:
    person = overlong()
    person.says("桂南第二机床厂铸造车间")
    remarked(person, "employer")
    assert person.interview.answers["employer"] == "桂南第二机床厂铸造车间"


def test_the_same_again_is_meant() -> None:
    person = overlong()
    person.says("桂南第一机床厂铸造车间")
    assert person.asked == "schooling"


def test_a_problem_stays_with_the_remark() -> None:
    person = early()
    person.says("很久以前")
    remarked(person, "began")
    assert "没看懂这个时间" in person.text
    assert person.interview.answers["began"] == "1903-07"


def test_pages_are_looked_at_and_left_for_the_remark() -> None:
    person = overlong()
    for page in ("菜单", "材料", "条件"):
        person.says(page)
        assert person.labels[:2] != BOTH
        person.says("好的")
        remarked(person, "employer")


def test_a_file_is_for_the_question_that_was_remarked_on() -> None:
    person = overlong()
    person.sends(LARGE)
    remarked(person, "employer")
    assert person.tone("problem")
    assert "certificate" not in person.interview.answers


# Longer texts


def test_a_text_that_is_too_short_goes_on() -> None:
    person = at("brief")
    person.says("我在第一机床厂干车工。")
    remarked(person, "brief")
    assert "现在接着发" in person.text
    person.says("带了三十个徒弟，天天在一线。")
    assert person.interview.answers["brief"] == "我在第一机床厂干车工。\n带了三十个徒弟，天天在一线。"
    assert person.asked == "long"


def test_a_text_written_anew_takes_the_place_of_one_that_was_too_short() -> None:
    person = at("brief")
    person.says("我在第一机床厂干车工。", ANSWERS["brief"])
    assert person.interview.answers["brief"] == ANSWERS["brief"]


def test_a_gathered_text_that_is_too_short_stays_in_parts() -> None:
    person = at("long")
    person.says("前" * 100)
    person.presses("写好了")
    remarked(person, "long")
    person.says("后" * 500)
    assert person.asked == "long"
    assert person.interview.answers["long"] == "前" * 100
    assert "已收到 600 字" in person.text
    person.presses("写好了")
    assert person.interview.answers["long"] == "前" * 100 + "\n" + "后" * 500
    assert person.asked == "photo"
    assert "photo" not in person.interview.answers


def test_a_gathered_text_that_is_too_long_is_written_anew() -> None:
    person = at("long")
    person.says("前" * 900)
    person.presses("写好了")
    remarked(person, "long")
    assert "直接发改好的" in person.text
    person.says("后" * 600)
    person.presses("写好了")
    assert person.interview.answers["long"] == "后" * 600


# Files


def test_a_photo_taken_again_is_the_photo() -> None:
    person = at("photo")
    person.sends(RED)
    remarked(person, "photo")
    person.sends(WHITE)
    assert person.interview.answers["photo"]["name"] == "白.jpg"
    assert "certificate" not in person.interview.drafts
    assert person.asked == "certificate"


def test_a_lone_scan_that_was_too_small_gives_way() -> None:
    person = at("certificate")
    person.sends(SMALL)
    person.presses("发完了")
    remarked(person, "certificate")
    person.sends(LARGE)
    person.presses("发完了")
    assert [each["name"] for each in person.interview.answers["certificate"]] == ["大.jpg"]
    assert person.asked == "wish"


def test_of_several_scans_the_small_one_gives_way() -> None:
    person = at("certificate")
    for each in (SMALL, scan()):
        person.sends(each)
    person.presses("发完了")
    remarked(person, "certificate")
    person.sends(LARGE)
    person.presses("发完了")
    assert [each["name"] for each in person.interview.answers["certificate"]] == ["证书.pdf", "大.jpg"]


def test_where_a_rule_speaks_of_the_same_file_there_is_one_screen() -> None:
    rules = (
        "rules:\n  - {id: white, title: 底色, clause: 七, failing: material_error,"
        " condition: \"photo.background == 'white'\", met: 底色对, unmet: 底色不对}\n"
    )
    for text, asked in (
        ("好的", "certificate"),
        ("就这样", "certificate"),
        ("不行", "photo"),
        ("重拍", "photo"),
    ):
        person = at("photo", hall(rules))
        person.sends(RED)
        assert person.labels[:2] == ["重新发：照片", "先这样，接着填"]
        person.says(text)
        assert person.asked == asked
        assert person.labels[:2] != BOTH
    person = at("photo", hall(rules))
    person.sends(RED)
    person.sends(WHITE)
    assert person.asked == "certificate"


# Rows


def test_the_missing_years_of_a_story_are_one_more_row() -> None:
    person = at("life")
    person.says("2003年7月—2010年6月 第一机床厂", "2015年1月—至今 第二机床厂")
    person.presses("写完了")
    remarked(person, "life")
    assert "之间空了一段" in person.text
    person.says("2010年7月—2014年12月 待业")
    person.presses("写完了")
    assert [row["where"] for row in person.interview.answers["life"]] == ["第一机床厂", "待业", "第二机床厂"]
    assert person.asked == "brief"


@pytest.mark.parametrize("text", ["没有了", "没有", "写完了", "就这样"])
def test_whoever_has_nothing_more_for_a_story_goes_on(text: str) -> None:
    person = at("life")
    person.says("2003年7月—2010年6月 第一机床厂", "2015年1月—至今 第二机床厂", "写完了")
    remarked(person, "life")
    person.says(text)
    assert len(person.interview.answers["life"]) == 2
    assert person.asked == "brief"


# The way on


def test_from_the_summary_it_leads_back_to_the_summary() -> None:
    for reply in ("就这样", "第一机床厂"):
        person = at_the_end()
        person.presses("改：工作单位")
        person.says("桂南第一机床厂铸造车间")
        remarked(person, "employer")
        person.says(reply)
        assert "请检查答案" in person.text


def test_what_a_change_made_due_is_asked_after_the_remark() -> None:
    person = at_the_end()
    person.presses("改：参加工作时间")
    person.says("1903年7月")
    remarked(person, "began")
    person.says("就这样")
    assert person.asked == "war"
    person.says("打铁")
    assert "请检查答案" in person.text


def test_a_bar_that_weighs_the_same_answer_says_it_all() -> None:
    rules = "rules:\n  - {id: late, title: 年代, clause: 四, condition: \"began >= '1949-10'\", met: 是, unmet: 否}\n"
    person = at("began", hall(rules))
    person.says("1903年7月")
    assert "比出生年月" in person.text
    assert person.labels[0] == "改一下：参加工作时间"
    person.says("零三年七月")
    assert person.interview.answers["began"] == "1903-07"
    assert "employer" not in person.interview.answers
    person.presses("先当练习填下去（打印带“样张”）")
    assert person.labels[:2] != BOTH
    assert person.asked == "war"


def test_a_remark_that_no_longer_holds_is_left_unsaid() -> None:
    person = early()
    answers = {**person.interview.answers, "id_number": "110101190001010018"}
    person.interview = person.interview.model_copy(update={"answers": answers})
    person.look()
    assert person.asked == "war"


@pytest.mark.parametrize("name", ["nothing", "wish", "", "employer"])
def test_a_stored_remark_without_ground_is_ignored(name: str) -> None:
    person = at("schooling", remarked=name)
    assert person.labels[:2] != BOTH


PUT_OFF = [
    "先这样吧，以后再补",
    "暂时这样",
    "就先这样",
    "好的，先这样",
    "不改了，回头再说",
    "稍后再补",
    "完成",
    "写好了",
]


@pytest.mark.parametrize("text", PUT_OFF)
@pytest.mark.parametrize(("question", "short"), [("brief", "我干车工。"), ("long", "前" * 100)])
def test_putting_it_off_leaves_a_text_that_is_remarked_on_as_it_is(
    question: str, short: str, text: str
) -> None:
    person = at(question)
    person.says(short)
    if question == "long":
        person.presses("写好了")
    remarked(person, question)
    person.says(text)
    assert person.interview.answers[question] == short
    assert question not in person.interview.drafts
    assert person.asked == list(ANSWERS)[list(ANSWERS).index(question) + 1]


@pytest.mark.parametrize(
    "text",
    [
        "先这样干了三年，以后再补考了焊工证。",
        "暂时这样安排生产，效率高了两成。",
        "今天就写到这里吧，我带了十个徒弟。",
    ],
)
def test_a_sentence_of_a_story_that_begins_like_putting_off_is_text(text: str) -> None:
    person = at("brief")
    person.says("我在第一机床厂干车工。")
    remarked(person, "brief").says(text)
    assert text in person.interview.answers["brief"]
