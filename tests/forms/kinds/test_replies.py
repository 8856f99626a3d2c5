"""What was asked back is settled by a yes, a no, or by the answer said anew."""

from __future__ import annotations

import pytest

from forms.kinds.base import Answer, Problem, Reading
from forms.kinds.replies import reply
from forms.message import say


def named(text: str) -> Reading:
    return Answer(text) if text in ("陆建华", "陆建国", "可以") else Problem(say("不认识"))


@pytest.mark.parametrize(
    ("text", "kind", "anew", "sure"),
    [
        ("对的", "yes", "", True),
        ("陆建华", "yes", "", True),
        ("对，陆建华", "yes", "", True),
        ("是陆建华", "yes", "", True),
        ("错了", "no", "", True),
        ("不是陆建华", "no", "", True),
        ("不对，陆建国", "anew", "陆建国", True),
        ("陆建国", "anew", "陆建国", True),
        ("对，陆建国", "anew", "陆建国", False),
        ("是陆建国", "anew", "陆建国", False),
        ("对吗", "unclear", "", True),
    ],
)
def test_what_a_message_comes_to_where_a_name_was_asked_back(
    text: str, kind: str, anew: str, sure: bool
) -> None:
    said = reply(text, "陆建华", named)
    assert (said.kind, said.text, said.sure) == (kind, anew, sure)


def test_an_option_of_the_questions_own_is_asked_back_before_it_counts() -> None:
    said = reply("可以", "陆建华", named, own=True)
    assert (said.kind, said.text, said.sure) == ("anew", "可以", False)
    assert reply("可以", "可以", named, own=True).kind == "yes"
