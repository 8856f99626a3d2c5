"""A longer text: 主要事迹, 个人自述."""

from __future__ import annotations

import re
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
    Writing,
    pressed,
    refuse_unprintable,
    stale,
)
from forms.kinds.limits import Limit
from forms.kinds.samples import story
from forms.kinds.taking_files import missing, received
from forms.message import Message, Own, say
from forms.numerals import to_arabic

_WRITTEN_FROM = 150  # characters of a limit from which a text is written in a field of its own
_GATHERED_FROM = 500  # characters of a limit from which a text is collected from several messages
_MOST = 60_000  # characters in all; twenty times the longest narrative of any notice
_GLIMPSE = 60
_THE_END = re.compile(r"(?P<text>.+)\n\s*(?:[写填说发]?[好完]了|就这些了?)[。.！!]*", re.DOTALL)
_UNLIMITED = 600  # characters of a made-up text without a limit
_PART = 14  # characters that tell a part
_LISTED = 12  # parts that are told one by one

_NUMBER = r"第?\s*(\d{1,3}|[一二两三四五六七八九十]{1,3})\s*[段条部]分?"
_ENDS = "(?:掉|一下|了)?"


def _order(verbs: str, english: str) -> re.Pattern[str]:
    """A sentence that wants one part changed, in the orders of words in which people say it."""
    before = rf"(?:请|帮我|我|要|想)*(?:{verbs}){_ENDS}\s*{_NUMBER}"
    behind = rf"(?:请|帮我|我|要|想|把|将)*{_NUMBER}(?:{verbs}){_ENDS}"
    return re.compile(rf"{before}|{behind}|(?:{english}) (?:part )?(\d{{1,3}})", re.IGNORECASE)


_ORDERS = {
    "replace": _order("修改|更改|改|替换|更换|换|重写", "replace|change|edit"),
    "drop": _order("删除|删|去掉|去|不要", "delete|remove|drop"),
}
_ANEW = re.compile(rf"(?:把)?{_NUMBER}(?:改|换)[成为]\s*[：:，,]?\s*(\S.*)", re.DOTALL)


class ProseQuestion(Question):
    """Value: str with a line feed between paragraphs.

    A limit of 500 or more, or an outline where there is no limit, collects several messages or files (.docx, .txt).
    Draft: {"parts": [str, ...]}, with "before": the standing answer while it is edited, and "cut": the parts before
    the last of them, or all, were taken away, until more is sent. "choosing" is set while it is asked which part is
    to be changed, and "replacing" is the number, from 1, of the part that what comes next takes the place of. What
    comes as `Given.whole` is all of the text. The `outline` are prompts to start from; one that was left in such a
    text, in 【】, is no part of it. Over-long text is kept and blocks only the submission.
    """

    kind: Literal["prose"] = "prose"
    limit: Limit | None = None
    outline: tuple[str, ...] = ()

    accepts_files: ClassVar[bool] = True
    multiline: ClassVar[bool] = True

    @property
    def _gathers(self) -> bool:
        """Whether it comes in several messages: it may be that long or, without a limit, has more than one thing to say."""
        return self.limit.value >= _GATHERED_FROM if self.limit else bool(self.outline)

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """Another part of the text or, where one message is enough or it came whole, the text."""
        if given.whole and given.text is not None:
            return self._written(given.text, about)
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
                return self._kept(_apart(before), "", ())
            case None:
                return self._received(given, draft, about)
            case str(key):
                return self._one(key, draft, parts, before)

    def _received(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        parts: list[str] = list(draft["parts"]) if draft else []
        before: str = draft.get("before", "") if draft else ""
        ordered = self._ordered(given.text, parts, before, about) if given.text and parts else None
        if ordered:
            return ordered
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
        if draft and draft.get("replacing"):
            return self._put(parts, draft["replacing"], text, before)
        ends = _THE_END.fullmatch(text) if self._gathers else None
        if ends:  # said behind the text, it is no part of it
            return self._whole([*parts, ends["text"]], about, said)
        if self._gathers:
            return self._kept([*parts, text], before, said)
        # What keeps the limit by itself was written anew, however short the text was before.
        anew = self.limit is None or self.limit.remark(count(text)) is None
        return self._whole([text] if anew else [*parts, text], about, said)

    def _written(self, text: str, about: Circumstances) -> Reading:
        """All of the text, as it was written in one field: what is left of its outline goes."""
        prompts = {f"【{prompt}】" for prompt in self.outline}
        lines = (line for line in _paragraphs(text).split("\n") if line not in prompts)
        whole = "\n".join(lines)
        if not whole:
            return Problem(say("还没有写。请写好再点“写好了”。"))
        refused = refuse_unprintable(whole, about)
        if refused:
            return refused
        if len(whole) > _MOST:
            return Problem(say("太长了，这一条没有收。请先删减，或点“写好了”。"))
        return self._whole([whole], about)

    # One part of several

    def _one(self, key: str, draft: Value, parts: list[str], before: str) -> Reading:
        """What a key wants done to one of the parts."""
        chosen = key.removeprefix("part:")
        if key == "parts" and len(parts) > 1:
            return Unfinished({**draft, "choosing": True})
        if key == "leave" and parts:
            return self._kept(parts, before, ())
        if key == "drop" and draft and draft.get("replacing"):
            return self._without(parts, draft["replacing"], before)
        if chosen != key and chosen.isdecimal() and 0 < int(chosen) <= len(parts):
            return self._replacing(parts, int(chosen), before)
        return stale()

    def _ordered(self, text: str, parts: list[str], before: str, about: Circumstances) -> Reading | None:
        """What a sentence wants done to one of the parts, by its number; None for any other text."""
        said = text.strip().rstrip("。.!！")
        anew = _ANEW.fullmatch(said)
        orders = {name: match for name, order in _ORDERS.items() if (match := order.fullmatch(said))}
        if not orders and not anew:
            return None
        match = anew or next(iter(orders.values()))
        number = int(to_arabic(next(group for group in match.groups() if group)))
        if not 0 < number <= len(parts):
            return Problem(say("现在只有{count}段，没有第{number}段。", count=len(parts), number=number))
        if anew:
            refused = refuse_unprintable(anew.group(2), about)
            return refused or self._put(parts, number, _paragraphs(anew.group(2)), before)
        if "drop" in orders:
            return self._without(parts, number, before)
        return self._replacing(parts, number, before)

    @staticmethod
    def _replacing(parts: list[str], number: int, before: str) -> Reading:
        return Unfinished({"parts": parts, "replacing": number, **({"before": before} if before else {})})

    def _put(self, parts: list[str], number: int, text: str, before: str) -> Reading:
        changed = [*parts[: number - 1], text, *parts[number:]]
        return self._kept(changed, before, (say("第{number}段换好了。", number=number),), cut=parts)

    def _without(self, parts: list[str], number: int, before: str) -> Reading:
        left = [*parts[: number - 1], *parts[number:]]
        return self._kept(left, before, (say("第{number}段删掉了。", number=number),), cut=parts)

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
        if not self._gathers:
            return (self.limit.says(),) if self.limit else ()
        if draft and draft.get("replacing"):
            number: int = draft["replacing"]
            part = Own(draft["parts"][number - 1])
            return (say("第{number}段现在是：{part}", number=number, part=part), say("请发这一段的新内容。"))
        if draft and draft.get("choosing"):
            return (say("要改哪一段？"),)
        if draft and draft["parts"]:
            return (*_listed(draft["parts"]), self._so_far(count("\n".join(draft["parts"]))))
        if draft and draft.get("before"):
            length = count(draft["before"])
            if self.limit is None:
                return (
                    say("原来写了 {count} 字。直接发就是重写；想在后面补充请点“接着原文写”。", count=length),
                )
            return (
                say(
                    "原来写了 {count} 字，{wanted}。直接发就是重写；想在后面补充请点“接着原文写”。",
                    count=length,
                    wanted=self.limit.says(),
                ),
            )
        if self.limit is None:
            return (say("可以分几条发，也可以发 Word 文档（docx）。"),)
        return (say("{wanted}。可以分几条发，也可以发 Word 文档（docx）。", wanted=self.limit.says()),)

    def _so_far(self, length: int) -> Message:
        """How much has come, held against the limit where there is one."""
        if self.limit is None:
            return say("已收到 {count} 字。可以接着发，写好了请点“写好了”。", count=length)
        return say(
            "已收到 {count} 字，{wanted}，{stands}。可以接着发，写好了请点“写好了”。",
            count=length,
            wanted=self.limit.says(),
            stands=self.limit.stands(length),
        )

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The end and the ways back, while a text is collected."""
        if draft and draft.get("replacing"):
            return (Key("drop", say("删掉这一段"), quiet=True), Key("leave", say("不改了")))
        if draft and draft.get("choosing"):
            several = (
                Key(f"part:{number}", _told(number, part)) for number, part in enumerate(draft["parts"], 1)
            )
            return (*several, Key("leave", say("不改了"), quiet=True))
        restore = (Key("restore", say("找回刚才的")),) if draft and draft.get("cut") else ()
        if draft and draft["parts"]:
            one = (Key("parts", say("改其中一段"), quiet=True),) if len(draft["parts"]) > 1 else ()
            undo = (*one, Key("undo", say("撤回上一段"), quiet=True), Key("restart", say("重写"), quiet=True))
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
            return {"parts": _apart(value)}
        return self.reopen(value)

    def continued(self, value: Value) -> Value | None:
        """The text so far, where one is gathered from several messages."""
        return {"parts": _apart(value)} if self._gathers else None

    def writing(self, draft: Value, value: Value) -> Writing | None:
        """The text so far, else the standing one; shorter texts need no field of their own."""
        if self.limit and self.limit.value < _WRITTEN_FROM:
            return None
        parts: list[str] = draft["parts"] if draft else []
        before: str = draft.get("before", "") if draft else ""
        least, most = self.limit.bounds if self.limit else (0, 0)
        return Writing("\n".join(parts) or before or value or "", least, most, self.outline)

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


def _apart(text: str) -> list[str]:
    """A text that stands, in parts again: what is taken back of it later is one paragraph, not all."""
    return text.split("\n")


def _told(number: int, part: str) -> Message:
    return say("第{number}段：{beginning}", number=number, beginning=Own(_glimpsed(part)))


def _glimpsed(part: str) -> str:
    line = part.replace("\n", " ")
    return line if len(line) <= _PART else f"{line[:_PART]}……"


def _listed(parts: list[str]) -> tuple[Message, ...]:
    """The parts by their numbers, where there are several: the last ones where there are many."""
    if len(parts) < 2:  # one needs no number
        return ()
    first = max(0, len(parts) - _LISTED)
    lines = "\n".join(f"{number}. {_glimpsed(part)}" for number, part in enumerate(parts[first:], first + 1))
    return (say("{parts}\n要改哪一段，就打“改第2段”。", parts=Own(lines)),)


def _paragraphs(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\t", " ").splitlines() if line.strip())
