"""A short text on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from forms.counting import count
from forms.kinds.base import (
    Answer,
    Circumstances,
    Given,
    Problem,
    Question,
    Reading,
    Remark,
    Value,
    folded,
    refuse_unprintable,
    stale,
    wants_text,
)
from forms.kinds.limits import Limit
from forms.kinds.samples import phrase
from forms.message import Message, say

_SHORT, _LONG = 10, 40  # characters of a made-up text without a limit
_MARKS = " 。.，,！!"  # around a word that stands for a value
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def one_line(text: str) -> str:
    """The text without line breaks and with single blanks."""
    return " ".join(text.split())


class TextQuestion(Question):
    """Value: str, one line. `shape` asks for a postcode (six digits) or an e-mail address.

    `aliases` are words that stand for one value, which rules and prints then know alone: 没有 and 暂无 for 无.
    """

    kind: Literal["text"] = "text"
    limit: Limit | None = None
    aliases: Mapping[str, tuple[str, ...]] = {}
    shape: Literal["", "postcode", "email"] = ""

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """What was typed; over-long text is kept and told."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        text = self._meant(one_line(folded(given.text) if self.shape else given.text))
        if not text:
            return Problem(say("没有收到文字，请再发一次。"))
        if self.shape == "postcode" and not _POSTCODE.fullmatch(text):
            return Problem(say("邮编是 6 位数字，例如：530031"))
        if self.shape == "email" and not _EMAIL.fullmatch(text):
            return Problem(say("这不像电子邮箱，里面要有 @，例如：gongjiang@example.com"))
        refused = refuse_unprintable(text, about)
        if refused:
            return refused
        return Answer(text, tuple(remark.message for remark in self.remarks(text, about)))

    def _meant(self, text: str) -> str:
        """The value that the text stands for: itself, unless it is one of the `aliases` or the value they stand for."""
        typed = text.strip(_MARKS).casefold()
        return next((value for value, words in self.aliases.items() if typed in (value, *words)), text)

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The limit, where there is one."""
        return (self.limit.says(),) if self.limit else ()

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """Whether the limit is kept."""
        remark = self.limit.remark(count(value)) if self.limit else None
        return (remark,) if remark else ()

    def fullest(self) -> Value:
        """As long as the limit allows; without one, twice the example."""
        if self.shape:
            return "530031" if self.shape == "postcode" else "zonggonghui-laodongjingjibu@example.com"
        if self.limit:
            return phrase(self.limit.band()[1])
        return phrase(min(max(2 * len(self.example), _SHORT), _LONG))
