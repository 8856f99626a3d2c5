"""Privacy, a copy and deletion, asked for in words or by a press, at any moment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.command_words import command
from dialogs.engine import step
from dialogs.interview import Interview
from dialogs.scene import Kept, Scene
from dialogs.turn import Say, Turn
from tests.dialogs.talking import NOON, Person

DELETION = (
    "删除我的全部内容",
    "/delete",
    "删除我的资料",
    "请把我的数据全部删除。",
    "我要删除我的全部信息",
    "把我的个人信息都删了吧",
    "可以删除我的信息吗？",
    "注销账号",
    "忘了我",
    "delete my data",
    "Please delete all my data.",
    "I want to delete my account",
    "forget me",
)
COPY = (
    "我的数据",
    "/mydata",
    "下载我的数据",
    "给我发一份我的全部资料",
    "导出我的信息",
    "my data",
    "a copy of my data",
)
PRIVACY = ("隐私说明", "隐私", "/privacy", "Privacy", "privacy policy")
PAGES = [
    *((words, "delete") for words in DELETION),
    *((words, "mydata") for words in COPY),
    *((words, "privacy") for words in PRIVACY),
]
ANSWERS = (
    "删除",
    "全部删除",
    "删除第二条",
    "删除记录",
    "数据",
    "信息",
    "资料员",
    "我的工作内容",
    "我的数据采集项目获奖",
    "主要做数据删除和信息安全",
    "把老系统的数据删除后重新录入" * 4,
)


@pytest.fixture
def agreed(person: Person) -> Person:
    """Somebody who has agreed and chosen no programme."""
    person.presses("同意，开始")
    return person


@pytest.fixture
def towns(person: Person) -> Person:
    """Somebody in the pre-check."""
    other = person.programme.model_copy(update={"id": "second", "digest": "0" * 64})
    person.programmes = (other,)
    person.presses("同意，开始", "哪个项目适合我？")
    return person


@pytest.mark.parametrize(("words", "page"), PAGES)
def test_the_words_are_understood_at_a_question_and_never_stored(
    begun: Person, words: str, page: str
) -> None:
    begun.says("个人申报")
    before = begun.interview.answers
    begun.says(words)
    assert begun.interview.page == page
    assert begun.interview.answers == before
    begun.presses("返回")
    assert begun.asked == "trade"


@pytest.mark.parametrize("words", ANSWERS)
def test_what_only_sounds_like_it_is_an_answer(begun: Person, words: str) -> None:
    assert command(words) not in ("delete", "mydata", "privacy")
    begun.says("个人申报", words)
    assert begun.interview.page == ""


@pytest.mark.parametrize(("words", "page"), PAGES)
def test_they_are_understood_before_a_programme_is_chosen(agreed: Person, words: str, page: str) -> None:
    agreed.says(words)
    assert agreed.interview.page == page
    assert agreed.look().parts == agreed.screen.parts
    agreed.presses("返回")
    assert "请选要申报的项目" in agreed.text


@pytest.mark.parametrize("words", [words for words, page in PAGES if page != "privacy"])
def test_before_consent_there_is_nothing_to_hand_over_or_delete(person: Person, words: str) -> None:
    person.says(words)
    assert person.text.startswith("这里没有存着您的任何内容")
    assert "同意我为申报收集" in person.text
    assert person.interview == Interview()


@pytest.mark.parametrize("words", PRIVACY)
def test_before_consent_the_notice_names_people_to_turn_to(person: Person, words: str) -> None:
    person.says(words)
    assert "小城工匠：小城总工会，0771-2805708" in person.text
    assert person.text.count("隐私说明：我会请您提供") == 1
    assert person.presses("先问人").parts == person.screen.parts
    assert person.interview == Interview()


def test_the_greeting_offers_to_ask_a_person_first(person: Person) -> None:
    assert "有疑问先点“先问人”" in person.text
    assert "先问人" in person.labels


def test_within_an_application_the_notice_names_its_own_office(begun: Person) -> None:
    begun.says("隐私说明")
    assert "隐私说明：我会请您提供" in begun.text
    assert begun.tone("help") == ["拿不准可以问人：小城总工会，0771-2805708"]
    assert "由小城总工会负责（0771-2805708）" in begun.text
    assert "网信部门投诉" in begun.text
    assert begun.labels == ["返回", "我的数据", "谁看过我的材料", "同意和撤回", "删除我的全部内容"]


@pytest.mark.parametrize(
    ("operator", "contact", "said"),
    [
        ("", "", "由小城总工会负责（0771-2805708）"),
        ("南宁市总工会", "", "由南宁市总工会负责。"),
        ("南宁市总工会", "0771-5521234", "由南宁市总工会负责（0771-5521234）"),
    ],
)
def test_the_notice_names_who_answers_for_it(operator: str, contact: str, said: str, begun: Person) -> None:
    begun.around = {"operator": operator, "contact": contact}
    begun.says("隐私说明")
    assert said in begun.text


def test_before_a_programme_is_chosen_the_greeting_says_who_answers_for_it_or_that_nobody_has_said_so() -> (
    None
):
    alone = Scene(now=NOON, offered=())
    greeting = str(step(None, Interview(), Turn("test", "1"), alone).screen.parts)
    assert "还没有写明由谁负责" in greeting
    kept = replace(alone, operator="南宁市总工会", contact="0771-5521234")
    assert "由南宁市总工会负责（0771-5521234）" in str(
        step(None, Interview(), Turn("test", "1"), kept).screen.parts
    )


def test_with_no_programme_on_offer_there_is_still_somebody_to_ask() -> None:
    nowhere = Scene(now=NOON, offered=())
    screen = step(None, Interview(), Turn("test", "1", text="/privacy"), nowhere).screen
    assert "当地工会" in str(screen.parts)


def test_the_pages_are_there_in_the_pre_check_too(towns: Person) -> None:
    towns.says("我的数据")
    assert [card.format for card in towns.screen.cards] == ["zip"]
    towns.presses("删除我的全部内容")
    towns.presses("不删，返回")
    towns.says("隐私")
    assert "有疑问可以先问人" in towns.text
    towns.says("删除我的资料")
    towns.presses("全部删除")
    assert [event.kind for event in towns.events][-1] == "forgotten"
    assert "同意我为申报收集" in towns.text


def test_a_copy_is_one_card_with_the_figures_of_what_is_kept(begun: Person) -> None:
    scene = replace(begun.scene, kept=Kept(2, 7, 3))
    turn = Turn("test", "x", text="我的数据")
    screen = step(begun.pinned, begun.interview, turn, scene).screen
    assert "2份申报，7个文件，用过3台设备" in str(screen.parts)
    (card,) = screen.cards
    assert (card.document, card.format, card.filename) == ("mydata", "zip", "我的全部内容.zip")


def test_deletion_is_asked_about_by_name_with_the_way_back_first(begun: Person) -> None:
    begun.says("删除我的全部内容")
    for named in ("申报", "照片和证书", "每台设备", "不能恢复"):
        assert named in begun.text
    assert begun.labels == ["不删，返回", "先留一份", "全部删除"]
    assert [button.style for button in begun.screen.buttons] == ["primary", "plain", "danger"]


@pytest.mark.parametrize(
    "words",
    [
        "好",
        "是",
        "好的",
        "对",
        "嗯嗯",
        "ok",
        "yes",
        "可以",
        "确认",
        "删除",
        "删",
        "全部",
        "没问题",
        "1",
        "清空",
    ],
)
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_nothing_but_the_buttons_own_words_deletes(begun: Person, words: str, locale: str) -> None:
    if locale == "en":
        begun.says("/language")
    begun.says("/delete", words)
    assert "forgotten" not in [event.kind for event in begun.events]
    assert begun.interview.programme == "small"


@pytest.mark.parametrize("how", ["press", "type"])
def test_deleting_leads_back_to_the_greeting(begun: Person, how: str) -> None:
    begun.says("个人申报", "/delete")
    if how == "press":
        begun.presses("全部删除")
    else:
        begun.says("全部删除")
    assert [event.kind for event in begun.events][-1] == "forgotten"
    assert begun.text.startswith("您的全部内容已经按您的要求删除了")
    assert "同意我为申报收集" in begun.text
    assert begun.interview == Interview()


def test_deleting_before_a_programme_is_chosen(agreed: Person) -> None:
    agreed.says("/delete")
    agreed.presses("全部删除")
    assert [event.kind for event in agreed.events][-1] == "forgotten"
    assert agreed.interview == Interview()


def test_an_old_button_to_delete_is_a_step_of_the_past(begun: Person) -> None:
    begun.says("/delete")
    token = begun.token("全部删除")
    begun.presses("不删，返回")
    begun.presses_token(token)
    assert "那一步已经过去了" in begun.text
    assert "forgotten" not in [event.kind for event in begun.events]


def test_a_copy_and_deletion_of_an_application_whose_form_is_lost(begun: Person) -> None:
    begun.says("个人申报")
    begun.programme = begun.programme.model_copy(update={"id": "another"})
    said = begun.look().parts[0]
    assert isinstance(said, Say)
    assert "打不开" in said.text
    begun.says("我的数据")
    assert begun.screen.cards
    begun.says("删除我的资料")
    begun.presses("全部删除")
    assert begun.interview == Interview()


def test_commands_of_an_application_before_there_is_one_are_told_what_comes_first(agreed: Person) -> None:
    for words in ("/review", "材料", "帮助", "/story", "上一步"):
        agreed.says(words)
        assert len(agreed.tone("note")) == 1
        assert agreed.tone("ask") == ["请选要申报的项目："]


def test_in_english(begun: Person) -> None:
    begun.says("/language", "delete my data")
    assert begun.labels == ["Keep everything", "Get a copy first", "Delete everything"]
    begun.presses("Delete everything")
    assert begun.text.startswith("Everything was deleted at your wish")
    assert begun.interview == Interview(locale="en")
