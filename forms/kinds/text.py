"""A short text on one line."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from forms.characters import folded
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
    refuse_unprintable,
    stale,
    wants_text,
)
from forms.kinds.limits import Limit
from forms.kinds.samples import phrase
from forms.message import Message, say
from forms.understanding import Meaning, meaning

_SHORT, _LONG = 10, 40  # characters of a made-up text without a limit
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def one_line(text: str) -> str:
    """The text without line breaks, with single blanks, and without a stop behind the only sentence: a cell has none."""
    line = " ".join(text.split())
    only = line.endswith("。") and line.count("。") == 1
    return line[:-1].rstrip() or line if only else line


class TextQuestion(Question):
    """Value: str, one line. `shape` asks for a postcode (six digits) or an e-mail address.

    `none` is what the form writes where there is nothing (无): 没有, 没职称 and the like are kept as this word.
    """

    kind: Literal["text"] = "text"
    limit: Limit | None = None
    shape: Literal["", "postcode", "email"] = ""
    none: str = ""

    free: ClassVar[bool] = True

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """What was typed; over-long text is kept and told."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        text = one_line(folded(given.text) if self.shape else given.text)
        if not text:
            return Problem(say("没有收到文字，请再发一次。"))
        if self.shape == "postcode" and not _POSTCODE.fullmatch(text):
            return Problem(say("邮编是 6 位数字，例如：530031"))
        if self.shape == "email" and not _EMAIL.fullmatch(text):
            return Problem(say("这不像电子邮箱，里面要有 @，例如：gongjiang@example.com"))
        if self.none and self._says_none(text):
            return Answer(self.none)
        refused = refuse_unprintable(text, about)
        if refused:
            return refused
        return Answer(text, tuple(remark.message for remark in self.remarks(text, about)))

    def _says_none(self, text: str) -> bool:
        bare = folded(text).strip("。.，,！!").casefold().removesuffix("的").removesuffix(self.label)
        return meaning(bare) in ("none", "no")

    def takes(self, meant: Meaning, draft: Value) -> bool:
        """That there is none, where the form has a word for it."""
        return bool(self.none) and meant in ("none", "no")

    def lacking(self) -> Message | None:
        """The form's word for it."""
        return say("没有就发“{none}”。", none=self.none) if self.none else None

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
