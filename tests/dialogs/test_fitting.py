"""“Which fits me?” on made-up programmes: what is asked, how each comes out, and how it goes on."""

from __future__ import annotations

import pytest

from dialogs.interview import Interview
from dialogs.precheck import MOST, precheck
from dialogs.turn import Say
from forms.loader import Source, load
from tests.dialogs.talking import Person
from tests.dialogs.towns import EAST, WEST, east, west


@pytest.fixture
def person() -> Person:
    person = Person(east(), programmes=(west(),))
    person.presses("同意，开始")
    return person


@pytest.fixture
def asked(person: Person) -> Person:
    person.presses("哪个项目适合我？")
    return person


def told(person: Person, title: str) -> Say:
    """What is said of one programme."""
    said = [part for part in person.screen.parts if isinstance(part, Say) and part.text.startswith(title)]
    assert len(said) == 1, person.text
    return said[0]


def answers_all(person: Person, town: str = "在东城工作", since: str = "2015年7月") -> None:
    person.presses(town, "选好了")
    person.says("焊工", since, "2020年1月", "40")


def changed(source: Source, path: str, *pairs: tuple[str, str]) -> Source:
    text = source.files[path]
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return Source({**source.files, path: text})


# What is asked


def test_there_is_nothing_to_find_out_where_one_programme_is_on_offer() -> None:
    alone = Person(east())
    alone.presses("同意，开始")
    assert "哪个项目适合我？" not in alone.labels


def test_programmes_are_told_apart_first_with_an_option_for_each(asked: Person) -> None:
    assert "下面哪几句说的是您？" in asked.text
    assert asked.labels[:3] == ["在东城工作", "在西城工作", "都没有"]


def test_what_several_programmes_weigh_is_asked_once_in_the_words_of_the_first(asked: Person) -> None:
    questions = []
    asked.presses("在东城工作", "选好了")
    for answer in ("焊工", "2015年7月", "2020年1月", "40"):
        questions.append(asked.asked)
        asked.says(answer)
    assert questions == ["trade", "trade_start", "area_start__east", "age"]
    assert asked.asked == ""


def test_what_no_rule_weighs_and_what_belongs_to_an_application_is_not_asked(asked: Person) -> None:
    asked.presses("在东城工作", "在西城工作", "选好了")
    form = precheck(asked.interview, asked.scene).form.form("nominee")
    assert not {"hobby", "name", "photo", "id_number", "route", "unit_consent"} & set(form.questions)


def test_each_programmes_own_wording_is_kept_where_it_differs(asked: Person) -> None:
    asked.presses("在西城工作", "选好了")
    asked.says("焊工", "2015年7月")
    assert "哪年哪月开始在西城工作？" in asked.text


def test_whoever_is_out_everywhere_is_asked_no_more(asked: Person) -> None:
    asked.presses("都没有")
    assert told(asked, "东城工匠").tone == told(asked, "西城工匠").tone == "not_met"
    assert asked.screen.asks is None


def test_options_that_differ_have_no_common_answer() -> None:
    more = "      - {kind: yes-no, id: unit_consent"
    choice = "      - {{kind: choice, id: trade_kind, label: 门类, ask: 哪一类？, options: [{options}]}}\n"
    rule = "rules:\n  - {id: kind, title: 门类, clause: 二, condition: \"trade_kind == '金'\", met: 是, unmet: 否}\n"

    def with_choice(source: Source, options: str) -> Source:
        form = changed(source, "forms/application.yaml", (more, choice.format(options=options) + more))
        return changed(form, "rules.yaml", ("rules:\n", rule))

    def ids(*sources: Source, **answers: object) -> set[str]:
        first, *others = map(load, sources)
        person = Person(first, programmes=tuple(others))
        interview = Interview(fitting=True, answers=answers)
        return set(precheck(interview, person.scene).form.form("nominee").questions)

    same = with_choice(EAST, "金, 木"), with_choice(WEST, "金, 木")
    different = with_choice(EAST, "金, 木"), with_choice(WEST, "金, 水")
    both = {"east": "", "west_2025": ""}
    assert "trade_kind" in ids(*same, in_area__which=both)
    assert not any("trade_kind" in name for name in ids(*different, in_area__which=both))
    # Once only one of them is in the running, its own options are the only ones.
    assert "trade_kind__east" in ids(*different, in_area__which={"east": ""})


def test_no_more_than_a_dozen_questions_however_many_there_might_be() -> None:
    rows = "".join(
        f"      - {{kind: yes-no, id: extra{n}, label: 第{n}, ask: 第{n}问？}}\n" for n in range(20)
    )
    weighing = "".join(
        f"  - {{id: extra{n}, title: 第{n}, clause: 二, condition: extra{n}, met: 是, unmet: 否}}\n"
        for n in range(20)
    )
    mark = "      - {kind: yes-no, id: unit_consent"
    many = changed(EAST, "forms/application.yaml", (mark, rows + mark))
    many = changed(many, "rules.yaml", ("  - id: trade_years", weighing + "  - id: trade_years"))
    person = Person(load(many), programmes=(west(),))
    assert len(precheck(Interview(fitting=True), person.scene).items) == MOST


# How it comes out


def test_a_programme_that_fits_says_so_with_arithmetic_and_clauses(asked: Person) -> None:
    answers_all(asked)
    fitting = told(asked, "东城工匠")
    assert fitting.tone == "met"
    assert fitting.text.startswith("东城工匠：符合（申报中，2026年6月30日截止，还有15天）")
    assert "从事焊工：10年11个月，满10年，符合（二）" in fitting.text


def test_a_programme_elsewhere_is_ruled_out_by_its_own_clause_first(asked: Person) -> None:
    answers_all(asked)
    assert told(asked, "西城工匠").text.splitlines()[1] == "· 不在西城工作，不符合（一）"


@pytest.mark.parametrize(("town", "outcome"), [("在东城工作", "不符合"), ("在西城工作", "符合")])
def test_each_programme_judges_with_its_own_figures(asked: Person, town: str, outcome: str) -> None:
    answers_all(asked, town, since="2019年7月")
    title = town.removeprefix("在").removesuffix("工作") + "工匠"
    assert told(asked, title).text.startswith(f"{title}：{outcome}（")


def test_a_soft_rule_leaves_it_to_the_staff(asked: Person) -> None:
    answers_all(asked)
    asked.presses("改：年龄")
    asked.says("60")
    assert told(asked, "东城工匠").tone == "verify"
    assert "东城工匠：待核实" in asked.text


def test_what_was_skipped_leaves_its_rules_open(asked: Person) -> None:
    asked.presses("在东城工作", "选好了")
    asked.says("焊工")
    asked.presses("跳过")
    asked.says("2020年1月", "40")
    assert told(asked, "东城工匠").tone == "pending"
    assert "东城工匠：还不知道" in asked.text
    assert "年限，还缺答案（二）" in asked.text


def test_open_programmes_come_before_closed_ones_that_would_fit(asked: Person) -> None:
    answers_all(asked, "在西城工作")
    assert asked.text.index("东城工匠：不符合") < asked.text.index("西城工匠：符合")


# Ways around


def test_back_help_and_a_pause_work_as_in_any_form(asked: Person) -> None:
    asked.presses("在东城工作", "选好了")
    asked.says("帮助")
    assert "写证书上的工种" in asked.text
    asked.says("焊工", "上一步")
    assert "现在填的是：焊工" in asked.text
    asked.presses("不改，继续", "菜单", "保存，先到这里")
    assert "都保存好了" in asked.text
    asked.says("继续")
    assert asked.asked == "trade_start"


def test_the_result_so_far_can_be_seen_midway(asked: Person) -> None:
    asked.presses("在东城工作", "选好了", "菜单", "看看现在的结果")
    assert "西城工匠：不符合" in asked.text
    assert "东城工匠：还不知道" in asked.text
    asked.presses("接着答")
    assert asked.asked == "trade"


def test_a_changed_answer_asks_only_what_follows_from_it(asked: Person) -> None:
    answers_all(asked)
    asked.presses("改：您的情况", "在东城工作", "在西城工作", "选好了")
    assert asked.asked == "area_start__west_2025"
    asked.says("2012年1月")
    assert "西城工匠：符合" in asked.text


@pytest.mark.parametrize("word", ["检查", "条件", "材料", "我的申报", "重新开始", "菜单"])
def test_every_command_leads_somewhere_and_back(asked: Person, word: str) -> None:
    asked.presses("在东城工作", "选好了")
    answers = asked.interview.answers
    asked.says(word)
    assert asked.screen.parts
    assert asked.interview.answers == answers


def test_starting_over_empties_the_pre_check(asked: Person) -> None:
    answers_all(asked)
    asked.says("重新开始")
    asked.presses("清空，重新开始")
    assert asked.interview.answers == {}
    assert "哪个项目适合我？" in asked.labels


def test_the_pre_check_can_be_left_and_taken_up_again(asked: Person) -> None:
    asked.presses("在东城工作", "选好了", "菜单", "不问了，直接选项目")
    assert "请选要申报的项目" in asked.text
    asked.presses("哪个项目适合我？")
    assert asked.asked == "trade"


def test_answers_that_the_programmes_no_longer_take_are_asked_again(asked: Person) -> None:
    answers_all(asked)
    reworded = changed(EAST, "forms/application.yaml", ("kind: text, id: trade,", "kind: yes-no, id: trade,"))
    asked.programme = load(reworded)
    asked.programmes = ()
    asked.look()
    asked.says("是")
    assert asked.asked == "trade"
    asked.says("是")
    assert asked.interview.answers["trade"] is True


# Going on


def test_the_chosen_programme_begins_with_what_is_known(asked: Person) -> None:
    answers_all(asked)
    asked.presses("开始填：东城工匠")
    assert asked.interview.programme == "east"
    assert not asked.interview.fitting
    assert "刚才答过的5项已经填好了。" in asked.text
    assert asked.interview.answers == {
        "in_area": True,
        "trade": "焊工",
        "trade_start": "2015-07",
        "area_start": "2020-01",
        "age": 40,
    }
    asked.presses("自己报名")
    assert asked.asked == "unit_consent"
    asked.presses("是", "跳过")
    assert asked.asked == "name"


def test_a_programme_that_does_not_fit_can_be_started_and_is_judged_at_once(asked: Person) -> None:
    answers_all(asked)
    asked.presses("开始填：西城工匠")
    assert asked.interview.practice
    assert asked.interview.answers["trade_start"] == "2015-07"
    assert "area_start" not in asked.interview.answers  # that was said of the other town
    assert "不在西城工作，不符合（一）" in asked.text


def test_a_programme_chosen_from_the_list_knows_it_too(asked: Person) -> None:
    answers_all(asked)
    asked.presses("回到项目列表")
    asked.says("东城工匠")
    assert asked.interview.answers["trade_start"] == "2015-07"


def test_the_pre_check_speaks_english_as_well(person: Person) -> None:
    person.presses("English", "Which programme suits me?")
    assert person.screen.locale == "en"
    assert "Which of these are true of you?" in person.text


def test_before_a_programme_is_chosen_no_single_office_is_the_one_to_ask(asked: Person) -> None:
    for words in ("帮助", "菜单", "保存"):
        asked.says(words)
        (told,) = [text for text in asked.tone("help") if "0771" in text]
        assert "东城总工会" in told
        assert "西城总工会" in told
        asked.interview = asked.interview.model_copy(update={"page": ""})


def test_whoever_hands_in_at_the_pre_check_sees_what_it_comes_to(asked: Person) -> None:
    asked.says("提交")
    assert asked.interview.page == "verdicts"
    assert "照您的回答，现在是这样：" in asked.text
