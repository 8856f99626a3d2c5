import pytest

from .speaking import answer, checked, keys, question, refusal


@pytest.mark.parametrize("said", ["!yes", "是", "对的。", "YES", "嗯"])
def test_a_yes(said: str) -> None:
    assert answer(question("yes-no"), said) is True


@pytest.mark.parametrize("said", ["!no", "否", "不是", "n"])
def test_a_no(said: str) -> None:
    assert answer(question("yes-no"), said) is False


@pytest.mark.parametrize(
    ("ask", "said", "value"),
    [
        ("您现在是在南宁市工作吗？", "在", True),
        ("您现在是在南宁市工作吗？", "嗯，在的", True),
        ("您现在是在南宁市工作吗？", "是的，在南宁市", True),
        ("您现在是在南宁市工作吗？", "不在", False),
        ("您现在是在南宁市工作吗？", "不，不在了", False),
        ("您得过市级以上的科学技术奖吗？", "得过", True),
        ("您得过市级以上的科学技术奖吗？", "没得过", False),
        ("您有没有得过奖？", "得过", True),
    ],
)
def test_the_questions_own_verb_is_an_answer(ask: str, said: str, value: bool) -> None:
    assert answer(question("yes-no", ask=ask), said) is value


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("您现在是在南宁市工作吗？", "嗯，不在"),
        ("您现在是在南宁市工作吗？", "在桂林"),
        ("您是不是没有参加过？", "参加过"),
    ],
)
def test_what_may_mean_either_is_not_guessed(ask: str, said: str) -> None:
    assert refusal(question("yes-no", ask=ask), said)


@pytest.mark.parametrize("said", ["没问题", "没啥问题"])
def test_no_trouble_is_no_yes_where_having_none_is_the_other_answer(said: str) -> None:
    assert refusal(question("yes-no", ask="您受过处分吗？", yes="受过", no="没受过"), said)
    assert answer(question("yes-no", ask="您愿意参加吗？", yes="愿意", no="不愿意"), said) is True


def test_its_own_words_count() -> None:
    asked = question("yes-no", yes="有", no="没有")
    assert answer(asked, "没有") is False
    assert asked.printed(True) == "有"


def test_having_none_is_asked_back_where_it_could_mean_either() -> None:
    assert checked(question("yes-no"), "没有") == (False, "按“否”记，对吗？")


def test_anything_else_is_refused_with_both_words() -> None:
    assert refusal(question("yes-no"), "看情况") == "请点“是”或“否”，打字也行。"
    assert keys(question("yes-no")) == ["yes", "no"]
    assert refusal(question("yes-no"), "!maybe")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("没有", False),
        ("冇有", False),
        ("莫有", False),
        ("有啊，省里发的", True),
        ("得过一个", True),
        ("有两个", True),
    ],
)
def test_having_or_not_is_plain_where_just_that_is_asked(said: str, value: bool) -> None:
    assert answer(question("yes-no", ask="您有没有获得专利？"), said) is value


@pytest.mark.parametrize("said", ["在呀在呀", "在的在的", "在嘞", "系嘅", "是的是的"])
def test_a_yes_said_twice_or_in_dialect_is_a_yes(said: str) -> None:
    assert answer(question("yes-no", ask="您现在是在南宁市工作吗？"), said) is True


@pytest.mark.parametrize(
    ("said", "value"), [("對", True), ("冇錯", True), ("在一線", True), ("不在一線", False)]
)
def test_traditional_characters_say_yes_and_no_as_well(said: str, value: bool) -> None:
    assert answer(question("yes-no", yes="在一线", no="不在一线", ask="您在一线吗？"), said) is value
