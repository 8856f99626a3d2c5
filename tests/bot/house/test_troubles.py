"""Each refusal at a door is told in the same words, in every language."""

from __future__ import annotations

import re

import pytest

from bot.house import troubles
from bot.house.intake import AtDesk, Cleared, NotBegun
from dialogs.words import Words, catalogue
from forms.printing.renderer import FontsAwaited, RenderFailed
from storage.files import NoRoom
from storage.uploads import QuotaExceeded


@pytest.mark.parametrize("code", sorted(troubles.SENTENCES))
def test_every_refusal_is_told_in_english_with_the_same_figures(code: str) -> None:
    chinese = troubles.SENTENCES[code].text
    english = catalogue("en")[chinese]
    assert not re.search("[\u4e00-\u9fff]", english)
    assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", chinese))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NotBegun(), "not_begun"),
        (Cleared(), "cleared"),
        (AtDesk(), "at_desk"),
        (QuotaExceeded(), "too_many_files"),
        (NoRoom(), "no_room"),
    ],
)
def test_a_file_that_is_not_taken_in_has_its_reason_told(error: Exception, code: str) -> None:
    assert isinstance(error, troubles.NOT_RECEIVED)
    assert troubles.code_of(error) == code


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (0, "一会儿", "a moment"),
        (59, "59秒", "59 s"),
        (60, "1分钟", "1 min"),
        (61, "2分钟", "2 min"),
        (3600, "60分钟", "60 min"),
        (3601, "2小时", "2 h"),
    ],
)
def test_a_wait_is_never_told_shorter_than_it_is(seconds: int, chinese: str, english: str) -> None:
    told = troubles.words("too_fast", when=troubles.wait(seconds))
    assert Words("zh")(told) == f"操作太快了，请过{chinese}再试。"
    assert Words("en")(told) == f"Too many requests. Please try again in {english}."


def test_a_document_that_waits_for_its_fonts_says_so() -> None:
    assert troubles.unprinted(FontsAwaited()) == "fonts_awaited"
    assert troubles.unprinted(LookupError()) == troubles.unprinted(RenderFailed()) == "not_printed"
