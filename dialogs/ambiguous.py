"""Words that open a page and may be an answer as well: 材料 is a trade and a list of papers.

Where a short text is asked for, such a word is asked back, with the way to the page beside it. Within a row it is the
answer: the row is told back anyway.
"""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.turn import Screen
from dialogs.view import View
from forms.kinds.base import Answer, Given
from forms.kinds.text import TextQuestion

#: Such words, and the verbs of the buttons that open their pages.
TWOFOLD: Mapping[str, str] = {
    "材料": "papers",
    "条件": "verdicts",
    "检查": "summary",
    "预览": "summary",
    "汇总": "summary",
    "保存": "stop",
    "语言": "language",
    "中文": "language",
}


def word(text: str) -> str:
    """The bare word of a text."""
    return text.strip("。.！! ")


def fits(view: View, screen: Screen, text: str) -> bool | None:
    """Whether such a word answers what is on screen for sure, or (False) perhaps; None where it does not."""
    asked = screen.asks
    if (
        word(text) not in TWOFOLD
        or asked is None
        or any(button.says is not None for button in screen.buttons)
    ):
        return None
    question = view.question(asked.question)
    part = question.asked_in(view.interview.drafts.get(question.id))
    if part.names(word(text)) or question.names(word(text)):
        return True
    if not isinstance(part, TextQuestion):
        return None
    reading = part.parse(Given(text=word(text)), None, view.circumstances)
    return part is not question if isinstance(reading, Answer) else None
