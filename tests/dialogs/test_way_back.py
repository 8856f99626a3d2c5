"""What was begun is found again: the review after a change, rows half written, a guess that was wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogs.words import Words
from forms.loader import Source, load, read
from forms.message import Own, say
from forms.programme import Programme
from tests.dialogs.talking import Person
from tests.dialogs.test_engine import fill

HONOURS = """\
      - kind: records
        id: honours
        label: 荣誉
        ask: 得过哪些荣誉？
        optional: true
        example: 2019年5月 五一奖章
        fields:
          - {kind: month, id: date, label: 时间, ask: 什么时候？}
          - {kind: text, id: title, label: 名称, ask: 叫什么？, example: 五一奖章}
"""
FORM = "forms/application.yaml"


def with_honours() -> Person:
    """Somebody at a question for rows behind the trade."""
    files = dict(read(Path(__file__).parent / "small", Path(__file__).parent.parent / "_none").files)
    trade, line, rest = files[FORM].partition("      - {kind: month, id: trade_start")
    person = Person(load(Source({**files, FORM: trade + HONOURS + line + rest})))
    person.begins()
    person.says("个人申报", "焊工")
    assert person.asked == "honours"
    return person


def test_a_change_from_the_review_comes_back_to_it_before_all_is_answered(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    begun.presses("菜单", "检查答案", "改：工种")
    begun.says("钳工")
    assert "工种：钳工" in begun.text
    begun.presses("接着填")
    assert begun.asked == "union_member"
    begun.presses("是")
    assert begun.asked == "conditions"


def test_what_a_change_makes_due_is_asked_before_the_review(begun: Person) -> None:
    begun.says("个人申报", "焊工", "2015年7月")
    begun.presses("菜单", "检查答案", "改：推荐方式", "单位推荐")
    assert begun.asked == "employer"
    begun.says("南宁机械厂")
    assert "请检查答案" in begun.text


def test_going_back_from_a_change_comes_to_the_review_too(begun: Person) -> None:
    fill(begun)
    begun.presses("改：从业时间", "上一步")
    assert begun.asked == "trade"
    begun.presses("不改，继续")
    assert "请检查答案" in begun.text


def test_rows_cannot_be_passed_over() -> None:
    person = with_honours()
    assert "跳过" in person.labels
    person.says("2019年5月 五一奖章")
    assert "跳过" not in person.labels
    done = next(button for button in person.screen.buttons if button.label == "写完了")
    assert done.style == "primary"
    person.says("跳过")
    assert person.interview.answers["honours"] == [{"date": "2019-05", "title": "五一奖章"}]


def test_within_a_row_the_example_is_that_of_the_field() -> None:
    person = with_honours()
    assert person.screen.asks and person.screen.asks.placeholder == "例如：2019年5月 五一奖章"
    person.says("2019年5月")
    assert person.screen.asks and person.screen.asks.placeholder == "例如：五一奖章"
    assert "跳过" not in person.labels
    person.says("帮助")
    assert "2019年5月 五一奖章" not in person.tone("help")[0]


@pytest.mark.parametrize("answered", [False, True])
def test_a_row_half_written_is_open_again_after_going_back(answered: bool) -> None:
    person = with_honours()
    if answered:
        person.says("2018年5月 技术能手", "写完了", "上一步")
        person.presses("再加一条")
    person.says("2019年5月")
    person.presses("上一步")
    assert person.asked == "trade"
    person.presses("不改，继续")
    assert person.asked == "honours"
    assert "这一条：2019年5月" in person.text


def test_a_wrong_guess_is_asked_for_afresh(begun: Person) -> None:
    begun.says("个人申报", "焊工", "今年")
    assert "2026年几月" in begun.text
    begun.says("大概2026年6月")
    begun.presses("不对，我重填")
    assert "几月？" not in begun.text.replace("哪年哪月", "")
    assert begun.asked == "trade_start"


def test_practice_says_that_the_way_to_hand_in_is_for_later(begun: Person) -> None:
    fill(begun)
    begun.presses("没问题，生成盖章材料", "属实，生成材料")
    assert "正式报送时这样交" not in begun.text
    practising = Person(begun.programme, now=begun.now.replace(month=7))
    practising.begins()
    fill(practising)
    practising.presses("没问题，生成练习材料", "属实，生成材料")
    assert practising.tone("note")[0].startswith("正式报送时这样交：\n纸质材料一式3份。")


def test_a_persons_own_words_are_never_translated(small: Programme) -> None:
    catalogue = {"en": {"陆建华": "Lu Jianhua", "焊工": "welder", "是": "Yes", "技艺": "craft"}}
    person = Person(small.model_copy(update={"translations": catalogue}))
    person.begins()
    fill(person)
    person.says("English")
    for own in ("陆建华", "焊工"):
        assert f"：{own}\n" in person.text
    assert "工会会员：Yes" in person.text
    assert "条件：craft" in person.text


def test_own_words_stay_as_they_are_within_a_sentence(small: Programme) -> None:
    words = Words("en", small.model_copy(update={"translations": {"en": {"陆建华": "Lu Jianhua"}}}))
    assert words(say("{name}", name="陆建华")) == "Lu Jianhua"
    assert words(say("{name}", name=Own("陆建华"))) == "陆建华"
