"""Pages ask nothing: what is typed there and is neither a button nor a command answers no question."""

from __future__ import annotations

import pytest

from dialogs import (
    amending,
    consents,
    corrected,
    correspondence,
    handing_moves,
    invited,
    inviting,
    looked_at,
    overview,
    sensitive,
    upholding,
)
from dialogs.command_words import command
from dialogs.register import PAGES
from dialogs.roles.nominee import NOMINEE
from tests.dialogs.talking import Person

_WORDS = ["抄下来了", "再往前", "明天见", "知道了", "钳工", "2015年7月", "谢谢", "好的"]


@pytest.mark.parametrize("page", sorted(NOMINEE.pages - {"asking"}))
@pytest.mark.parametrize("words", _WORDS)
def test_nothing_that_is_typed_on_a_page_answers_the_question_beneath_it(
    begun: Person, page: str, words: str
) -> None:
    begun.says("个人申报")
    before = begun.interview.answers
    begun.interview = begun.interview.model_copy(update={"page": page})
    begun.says(words)
    assert begun.interview.answers == before
    assert begun.screen.parts


@pytest.mark.parametrize("words", ["好的", "谢谢", "嗯嗯", "好的，谢谢"])
@pytest.mark.parametrize("page", ["papers", "verdicts", "points", "story", "menu", "mine"])
def test_a_word_of_assent_or_thanks_closes_a_page(begun: Person, page: str, words: str) -> None:
    begun.says("个人申报")
    begun.interview = begun.interview.model_copy(update={"page": page})
    begun.says(words)
    assert begun.asked == "trade"


def test_no_verb_is_given_away_twice() -> None:
    given: list[str] = []
    for module in (
        amending,
        consents,
        corrected,
        correspondence,
        handing_moves,
        invited,
        inviting,
        looked_at,
        overview,
        sensitive,
        upholding,
    ):
        given.extend(module.VERBS)
    assert sorted(given) == sorted(set(given))


@pytest.mark.parametrize(
    "text", ["我是单位经办人", "我是经办的", "替别人填", "我要帮工友报名", "给同事填表。"]
)
def test_whoever_fills_in_for_others_is_led_to_them(text: str) -> None:
    assert command(text) == PAGES["overview"].opened_by


@pytest.mark.parametrize("text", ["经办人", "单位工会干部", "帮我填", "替别人修过三十年机床"])
def test_an_answer_that_speaks_of_others_is_one(text: str) -> None:
    assert command(text) != PAGES["overview"].opened_by
