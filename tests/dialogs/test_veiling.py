"""An ID number or a mobile number stands readable nowhere in the chat, whatever it was typed for."""

from __future__ import annotations

import re

import pytest

from dialogs import story
from dialogs.turn import Say, Screen, Summary
from dialogs.veiling import answer
from dialogs.view import View
from tests.dialogs.hall import ANSWERS, at
from tests.dialogs.talking import Person

NUMBER, SLIP, PHONE = "450122198409129963", "450122198409129964", "19000000101"
#: As people type them where something else is asked for.
TYPED = (
    NUMBER,
    SLIP,
    f"{NUMBER}1",
    "450122 19840912 9963",
    "４５０１２２１９８４０９１２９９６３",
    f"身份证号：{NUMBER}",
    f"我叫陆建华，身份证号{NUMBER}，电话{PHONE}",
    PHONE,
    "190-0000-0101",
    f"+86 {PHONE}",
    f"打{PHONE}找我",
)


def shown(screen: Screen) -> str:
    """All that is read of a Screen, less what parts digits."""
    said = [screen.echo, screen.title, *(button.label for button in screen.all_buttons())]
    for part in screen.parts:
        if isinstance(part, Say):
            said.append(part.text)
        elif isinstance(part, Summary):
            said.extend(f"{line.value} {line.remark}" for group in part.groups for line in group.lines)
    return re.sub(r"[\s\-]", "", "\n".join(said)).translate(
        str.maketrans("０１２３４５６７８９", "0123456789")
    )


def reads(person: Person) -> None:
    for canary in (NUMBER, SLIP, PHONE):
        assert canary not in shown(person.screen)


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize(
    "question", [name for name in ANSWERS if name not in {"photo", "certificate", "life"}]
)
def test_nowhere_in_the_chat_whatever_was_asked(question: str, typed: str) -> None:
    person = at(question)
    person.says(typed)
    reads(person)
    for after in ("看前面填的", "返回", "检查答案", "返回", "上一步", "对的"):
        person.says(after)
        reads(person)
    if person.pinned:
        view = View(person.pinned, person.interview, person.scene)
        for entry in story.telling(view).entries:
            assert NUMBER not in entry.line.value
            assert PHONE not in entry.line.value


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("１９０００００１２３４", "１９０****１２３４"),
        ("190—0000—1234、190 0000　1234", "190****1234、190****1234"),
        ("1900-000-1234", "190****1234"),
        (f"{NUMBER}，19000001234", f"4501{'*' * 10}9963，190****1234"),
    ],
)
def test_a_mobile_number_is_masked_in_whatever_digits(typed: str, read: str) -> None:
    assert answer(typed) == read


def test_an_answer_keeps_its_other_numbers() -> None:
    for plain in (
        "2019年度先进工作者",
        "专利ZL201910123456.7",
        "0771-2805708",
        "产值12000000000元",
        "6222021234567890123",
    ):
        assert answer(plain) == plain


def test_the_field_of_a_longer_text_has_it_in_full() -> None:
    person = at("long")
    person.says(f"打{PHONE}找我，" + "事" * 600)
    assert person.screen.asks and person.screen.asks.writing
    assert PHONE in person.screen.asks.writing.text
