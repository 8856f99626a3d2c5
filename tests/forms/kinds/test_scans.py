import pytest
from pydantic import ValidationError

from .speaking import answer, draft, keys, photo, prompts, question, refusal, remarks, scan


def test_scans_gather_until_done() -> None:
    asked = question("scans")
    value = answer(asked, scan("一.pdf"), photo(file="二", name="二.jpg"), "发完了")
    assert value == [
        {"file": "s-一.pdf", "name": "一.pdf", "mime": "application/pdf", "size": 90_000, "pages": 1},
        {"file": "二", "name": "二.jpg", "mime": "image/jpeg", "size": 60_000, "width": 620, "height": 868},
    ]
    assert asked.files(value) == ("s-一.pdf", "二")
    assert str(asked.show(value)) == "2 份"


def test_what_came_in_is_told() -> None:
    asked = question("scans")
    assert "收到 2 份（一.pdf、二.pdf）" in prompts(asked, draft(asked, scan("一.pdf"), scan("二.pdf")))


def test_the_last_one_can_be_taken_back() -> None:
    asked = question("scans")
    assert len(answer(asked, scan("一.pdf"), scan("二.pdf"), "!undo", "!done")) == 1


def test_done_waits_for_the_least() -> None:
    asked = question("scans", least=2)
    held = draft(asked, scan("一.pdf"))
    assert keys(asked, held) == ["undo"]
    assert "还差 1 份" in refusal(asked, "!done", draft=held)


def test_none_is_an_answer_where_none_is_needed() -> None:
    asked = question("scans", least=0)
    assert keys(asked) == ["done"]
    assert answer(asked, "!done") == []


def test_there_is_an_end_to_it() -> None:
    asked = question("scans", most=2)
    assert "最多收 2 份" in refusal(asked, scan("一.pdf"), scan("二.pdf"), scan("三.pdf"))


def test_a_single_one_needs_no_end() -> None:
    assert len(answer(question("scans", most=1), scan())) == 1


def test_a_standing_answer_is_continued() -> None:
    asked = question("scans")
    before = answer(asked, scan("一.pdf"), "!done")
    assert len(draft(asked, scan("二.pdf"), before=asked.reopen(before))["scans"]) == 2


def test_fewer_pages_than_the_paper_has_sides_are_remarked_on() -> None:
    asked = question("scans", most=2, sides=2)
    assert remarks(asked, answer(asked, photo(), "!done")) == [
        "只收到 1 页。2 面都在上面就不用管，少了一面请补发。"
    ]
    assert remarks(asked, answer(asked, photo(), photo(), "!done")) == []
    assert remarks(asked, answer(asked, scan(pages=2), "!done")) == []


def test_a_picture_too_small_to_be_read_is_remarked_on() -> None:
    asked = question("scans")
    assert "看不清" in remarks(asked, answer(asked, photo(width=300, height=400), "!done"))[0]


def test_least_is_not_more_than_most() -> None:
    with pytest.raises(ValidationError):
        question("scans", least=3, most=2)


def test_where_none_is_enough_the_button_that_says_so_is_named() -> None:
    none_will_do = question("scans", least=0).lacking()
    assert none_will_do and "没有，跳过" in str(none_will_do)
    assert question("scans").lacking() is None
