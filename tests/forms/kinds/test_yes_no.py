import pytest

from .speaking import answer, checked, keys, question, refusal


@pytest.mark.parametrize("said", ["!yes", "是", "对的。", "YES", "嗯"])
def test_a_yes(said: str) -> None:
    assert answer(question("yes-no"), said) is True


@pytest.mark.parametrize("said", ["!no", "否", "不是", "n"])
def test_a_no(said: str) -> None:
    assert answer(question("yes-no"), said) is False


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
