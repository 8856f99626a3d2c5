"""What this door refuses is told in the words of every door, with a status of HTTP."""

from __future__ import annotations

import pytest

from bot.house import troubles
from bot.webchat.refusal import STATUSES, Refusal, at_once, of_status


def test_every_status_stands_for_a_trouble_that_has_words() -> None:
    assert STATUSES.keys() <= troubles.SENTENCES.keys()
    assert all(400 <= status < 600 for status in STATUSES.values())


def test_what_goes_over_the_wire_says_code_both_languages_and_the_wait() -> None:
    assert Refusal("too_fast", retry=61).as_json() == {
        "error": "too_fast",
        "say": {"zh": "操作太快了，请过2分钟再试。", "en": "Too many requests. Please try again in 2 min."},
        "retry": 61,
    }


def test_a_figure_is_told_where_the_sentence_names_one() -> None:
    refusal = Refusal("too_large", name="焊接.mp4", most="20 MB")
    assert refusal.chinese == "“焊接.mp4”太大了，最多收 20 MB。请压缩一下再发。"
    assert "焊接.mp4" in refusal.english
    assert "20 MB" in refusal.english


@pytest.mark.parametrize(
    ("status", "code"),
    [(404, "not_found"), (405, "not_allowed"), (413, "too_much"), (400, "bad_request"), (503, "broken")],
)
def test_a_plain_error_is_told_too(status: int, code: str) -> None:
    assert of_status(status).code == code


def test_what_the_page_refuses_by_itself_is_told_in_the_same_sentences() -> None:
    sentences = at_once()
    assert sentences["zh"]["too_long"] == troubles.SENTENCES["too_long"].text
    assert (
        sentences["en"]["too_large"].format(name="a.mp4", most="20 MB")
        == Refusal("too_large", name="a.mp4", most="20 MB").english
    )
