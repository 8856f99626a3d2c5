"""Yes or no."""

from __future__ import annotations

from typing import ClassVar, Literal

from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Key,
    Keyboard,
    Problem,
    Question,
    Reading,
    Value,
    folded,
    stale,
    wants_text,
)
from forms.message import Message, say

_YES = frozenset(["是", "是的", "对", "对的", "嗯", "好", "好的", "可以", "同意", "yes", "y", "1", "√", "✓"])
_NO = frozenset(["否", "不", "不是", "不对", "不同意", "no", "n", "2", "×", "✗"])
# With “是否没有…？” these may mean either, so they are asked back.
_HAVING = frozenset(["有", "有的"])
_LACKING = frozenset(["无", "没有", "没", "沒有"])


class YesNoQuestion(Question):
    """Value: bool. `yes` and `no` are the words of the buttons and of the print."""

    kind: Literal["yes-no"] = "yes-no"
    yes: str = "是"
    no: str = "否"

    keyboard: ClassVar[Keyboard] = "none"

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A key, its label, or one of the ways to say yes and no."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return Answer(given.key == "yes") if given.key in ("yes", "no") else stale()
        text = folded(given.text).strip("。.！!").casefold()
        if text in (self.yes.casefold(), self.no.casefold()):
            return Answer(text == self.yes.casefold())
        if text in _YES | _NO:
            return Answer(text in _YES)
        if text in _HAVING | _LACKING:
            word = self.yes if text in _HAVING else self.no
            return Check(text in _HAVING, say("按“{word}”记，对吗？", word=word))
        return Problem(say("请点“{yes}”或“{no}”，打字也行。", yes=self.yes, no=self.no))

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """Both answers."""
        return Key("yes", self.yes), Key("no", self.no)

    def show(self, value: Value) -> str | Message:
        """The button's words."""
        return self.yes if value else self.no

    def printed(self, value: Value) -> str:
        """The button's words."""
        return self.yes if value else self.no

    def replay(self, value: Value) -> tuple[Given, ...]:
        """The key."""
        return (Given(key="yes" if value else "no"),)

    def fullest(self) -> Value:
        """Yes: it mostly asks for more."""
        return True

    def variants(self) -> tuple[Value, ...]:
        """Yes and no."""
        return True, False
