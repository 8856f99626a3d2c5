"""A longer text: 主要事迹, 个人自述."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from forms.counting import count
from forms.kinds.base import (
    Answer,
    Circumstances,
    Given,
    Key,
    Problem,
    Question,
    Reading,
    Remark,
    Unfinished,
    Value,
    pressed,
    refuse_unprintable,
    stale,
)
from forms.kinds.limits import Limit
from forms.kinds.samples import story
from forms.kinds.taking_files import missing, received
from forms.message import Message, Own, say

_GATHERED_FROM = 500  # characters of a limit from which a text is collected from several messages
_MOST = 60_000  # characters in all; twenty times the longest narrative of any notice
_GLIMPSE = 60
_UNLIMITED = 600  # characters of a made-up text without a limit


class ProseQuestion(Question):
    """Value: str with a line feed between paragraphs.

    A limit of 500 or more collects several messages or files (.docx, .txt). Draft: {"parts": [str, ...]}, with
    "before": the standing answer while it is edited, and "cut": the parts before the last of them, or all, were
    taken away, until more is sent. Over-long text is kept and blocks only the submission.
    """

    kind: Literal["prose"] = "prose"
    limit: Limit | None = None

    accepts_files: ClassVar[bool] = True
    multiline: ClassVar[bool] = True

    @property
    def _gathers(self) -> bool:
        return self.limit is not None and self.limit.value >= _GATHERED_FROM

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """Another part of the text or, where one message is enough, the text."""
        parts: list[str] = list(draft["parts"]) if draft else []
        before: str = draft.get("before", "") if draft else ""
        match pressed(given, self.keys(draft)):
            case "done" if parts:
                return self._whole(parts, about)
            case "done" if before:
                return self._whole([before], about)
            case "undo" if parts:
                return self._kept(parts[:-1], before, (say("撤回了最后一段。"),), cut=parts)
            case "restart" if parts:
                said = say("都清空了，请重新发。点错了就点“找回刚才的”。")
                return self._kept([], before, (said,), cut=parts)
            case "restore" if draft and draft.get("cut"):
                return self._kept(draft["cut"], before, (say("找回来了。"),))
            case "append" if before and not parts:
                return self._kept([before], "", ())
            case None:
                return self._received(given, parts, before, about)
            case _:
                return stale()

    def _received(self, given: Given, parts: list[str], before: str, about: Circumstances) -> Reading:
        text = given.text
        said: tuple[Message, ...] = ()
        if text is None:
            sent = received(given, ("text",), say("请直接打字，或者发 Word 文档（docx）、文本文件（txt）。"))
            if isinstance(sent, Problem):
                return sent
            text, said = sent.text or "", missing(sent)
        text = _paragraphs(text)
        if not text:
            return Problem(say("没有收到文字，请再发一次。"))
        refused = refuse_unprintable(text, about)
        if refused:
            return refused
        if sum(map(len, parts)) + len(text) > _MOST:
            return Problem(say("太长了，这一条没有收。请先删减，或点“写好了”。"))
        if self._gathers:
            return self._kept([*parts, text], before, said)
        # What keeps the limit by itself was written anew, however short the text was before.
        anew = self.limit is None or self.limit.remark(count(text)) is None
        return self._whole([text] if anew else [*parts, text], about, said)

    def _kept(
        self, parts: list[str], before: str, said: tuple[Message, ...], cut: Sequence[str] = ()
    ) -> Reading:
        draft: dict[str, Value] = {"parts": parts}
        if before:
            draft["before"] = before
        if cut:
            draft["cut"] = list(cut)
        return Unfinished(draft, said)

    def _whole(self, parts: list[str], about: Circumstances, said: tuple[Message, ...] = ()) -> Reading:
        value = "\n".join(parts)
        return Answer(value, said + tuple(remark.message for remark in self.remarks(value, about)))

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The limit, or how far the text has come."""
        if self.limit is None:
            return ()
        if not self._gathers:
            return (self.limit.says(),)
        if draft and draft["parts"]:
            length = count("\n".join(draft["parts"]))
            return (
                say(
                    "已收到 {count} 字，{wanted}，{stands}。可以接着发，写好了请点“写好了”。",
                    count=length,
                    wanted=self.limit.says(),
                    stands=self.limit.stands(length),
                ),
            )
        if draft and draft.get("before"):
            length = count(draft["before"])
            return (
                say(
                    "原来写了 {count} 字，{wanted}。直接发就是重写；想在后面补充请点“接着原文写”。",
                    count=length,
                    wanted=self.limit.says(),
                ),
            )
        return (say("{wanted}。可以分几条发，也可以发 Word 文档（docx）。", wanted=self.limit.says()),)

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The end and the ways back, while a text is collected."""
        restore = (Key("restore", say("找回刚才的")),) if draft and draft.get("cut") else ()
        if draft and draft["parts"]:
            undo = (Key("undo", say("撤回上一段")), Key("restart", say("重写")))
            return (Key("done", say("写好了"), primary=True), *restore, *undo)
        if draft and draft.get("before"):
            return (*restore, Key("append", say("接着原文写")), Key("done", say("保留原文")))
        return restore

    def holds(self, draft: Value) -> bool:
        """Parts of a text, also such as were just taken away."""
        return bool(draft and (draft["parts"] or draft.get("cut")))

    def reopen(self, value: Value) -> Value | None:
        """The standing text, to be replaced or continued."""
        return {"parts": [], "before": value} if self._gathers else None

    def taken_up(self, value: Value) -> Value | None:
        """A text that is too short is gone on with; of one that is too long, what comes takes the place."""
        if self.limit and count(value) < self.limit.band()[0]:
            return {"parts": [value]}
        return self.reopen(value)

    def continued(self, value: Value) -> Value | None:
        """The text so far, where one is gathered from several messages."""
        return {"parts": [value]} if self._gathers else None

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """Whether the limit is kept."""
        remark = self.limit.remark(count(value)) if self.limit else None
        return (remark,) if remark else ()

    def fullest(self) -> Value:
        """As long as the limit allows; without one, what fills most of a page."""
        return story(self.limit.band()[1] if self.limit else _UNLIMITED)

    def show(self, value: Value) -> str | Message:
        """The beginning and the length."""
        if len(value) <= _GLIMPSE:
            return Own(value)
        beginning = Own(value[:_GLIMPSE].replace("\n", " "))
        return say("{beginning}……（共 {count} 字）", beginning=beginning, count=count(value))

    def replay(self, value: Value) -> tuple[Given, ...]:
        """The text, and the end where it is collected."""
        return (Given(text=value), Given(key="done")) if self._gathers else (Given(text=value),)


def _paragraphs(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\t", " ").splitlines() if line.strip())
