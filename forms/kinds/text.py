"""A short text on one line."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field

from forms.characters import folded
from forms.counting import count
from forms.dates import leading
from forms.kinds.awards import unframed
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Frozen,
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
from forms.message import Message, Own, say
from forms.recited import recited
from forms.understanding import Meaning, lacks, meaning

_SHORT, _LONG = 10, 40  # characters of a made-up text without a limit
_POSTCODE = re.compile(r"\d{6}", re.ASCII)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)

#: A box or tick in front, as lists have it, is no part of an answer.
_TICK = re.compile(r"^(?:[☑☒☐□■◻◼√✓✔✅●○◯•◆◇▪]|\[[xX√✓ ]\]|[-*·](?=\s))\s*")
#: 没评过, 没考: there is no such title.
_NEVER_HAD = re.compile("(?:还|都|从来)?没有?(?:评|考|办|拿|申请)(?:过|上|到|下来)?(?:了|呢)?")
_AS_ABOVE = re.compile("(?:同上|见上|同前|跟上面一样|和上面一样|与上面相同)[。.]?")
_MONTH, _LONGEST_DATE = re.compile(r"[年月./-]"), 20
_YEAR = re.compile("[\\d零〇○一二三四五六七八九]{2,4}年")
#: Longer texts are what they are.
_LONGEST_SENTENCE = 40
_WHO = "(?:我们?|俺们?|咱们?|本人)"
_NOW = "(?:现在|目前|一直|主要|专门|这些年|平时|就|还)"
_BEING = "(?:应该|可能|大概|好像|估计|就|算|现在|目前)"
#: What leads up to an answer: 我干, 应该是, 就是个. A verb alone may begin a name (干燥工).
_LEADS = re.compile(
    rf"(?:{_WHO}{_NOW}*(?:是(?:个|一[个名])?(?:做|干|搞)?|的(?:工种|专业|单位|岗位|职务)?是|从事|干|做|搞|当|负责|主要(?:是|干|做)?|在)(?:的是|的就?是|了|过)?"
    rf"|{_NOW}+(?:是|干|做|搞|当|从事)(?:个|一[个名])?|{_BEING}+(?:是|叫|算)(?:个|一[个名])?)"
)
_SINCE = re.compile(
    r"[，,、\s]+(?:我|从|自|大概)*(?:19|20)?\d\d年.*(?:干|做|开始|入行|起|学|当|进厂|参加).*$"
)
_SO_LONG = re.compile(
    r"[，,、\s]*(?:我|都|已经?|一共|总共)*(?:干|做|搞|当)?(?:了|有|快|近|将近|大概|差不多)*"
    r"[\d一二两三四五六七八九十几]+[多几来]?(?:年|个月)(?:多|了|左右)*[。.！!]?$"
)
#: 网吧 and 酒吧 are places.
_PARTICLES = re.compile("(?<=..)(?:(?<![网酒书茶陶氧])吧|[呀啊呗嘛哦啦了]|的)+[。.！!~～]*$")
#: What is asked for, by its own name, in front of it.
_TOLD = re.compile(
    rf"(?:{_WHO}|他|她)?的?(?:现在|目前)?(?P<what>[^，,：:\s]{{2,12}}?)(?:现在|目前|应该|名称|全称)*(?:就?是|为|叫|[:：])\s*(?P<rest>\S.+)"
)
_BRACKETED = re.compile("[（(].*?[）)]")
#: What the label of a question calls that is won.
_WON = re.compile("荣誉|奖项|获奖")
_LISTED = re.compile(r"[、，,；;/\s]+|和|及|兼")
#: What says that it is written on paper: 高级技师证, 三级职业资格.
_CERTIFIED = re.compile("(?:职业)?(?:技能)?(?:资格|等级)?(?:证书?)?$")
_SPEECH = re.compile("(?:(?:你好|您好|请问)(?=[，,！! ])|[^，,]{0,6}没有?[^，,]{1,6}(?=[，,]))[，,！! ]*")


def _without_talk(line: str) -> str:
    """A spoken sentence without what leads up to what it names, and what follows it."""
    bare = _SINCE.sub("", line)
    lead = _LEADS.match(bare)
    if lead and len(bare) > lead.end() + 1:
        bare = bare[lead.end() :]
    bare = _SO_LONG.sub("", bare) or bare
    return _PARTICLES.sub("", bare)


def _is_date(line: str) -> bool:
    """Whether it is a month or a day and nothing else: what somebody was about to tell of another question."""
    dated = _MONTH.search(line) is not None and not leading(line)[1].strip("。. ")
    return len(line) <= _LONGEST_DATE and (dated or _YEAR.fullmatch(line) is not None)


def one_line(text: str) -> str:
    """The text without line breaks, with single blanks, and without a stop behind the only sentence: a cell has none."""
    line = " ".join(text.split())
    only = line.endswith("。") and line.count("。") == 1
    return line[:-1].rstrip() or line if only else line


class Unlike(Frozen):
    """What people take for an answer and is one to something else, of the name `label`: its `words`, but for `save`.

    A skill grade (高级技师) is no professional title; 主任技师 is one.
    """

    label: str = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)
    save: tuple[str, ...] = ()

    def said(self, line: str) -> bool:
        """Whether a line says nothing but that, with a trade before it or a bracket and a certificate behind it."""
        if len(line) > _LONGEST_SENTENCE:
            return False
        parts = [_CERTIFIED.sub("", part) for part in _LISTED.split(_BRACKETED.sub("", folded(line)))]
        named = [part for part in parts if part]
        saved = any(word in line for word in self.save)
        return bool(named) and not saved and all(part.endswith(self.words) for part in named)


class TextQuestion(Question):
    """Value: str, one line. `shape` asks for a postcode (six digits) or an e-mail address.

    `none` is what the form writes where there is nothing (无): 没有, 没职称 and the like are kept as this word. What is
    `unlike` it is asked back.
    """

    kind: Literal["text"] = "text"
    limit: Limit | None = None
    shape: Literal["", "postcode", "email"] = ""
    none: str = ""
    unlike: Unlike | None = None

    free: ClassVar[bool] = True

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """What was typed; over-long text is kept and told."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        text = one_line(folded(given.text) if self.shape else given.text)
        if self.shape == "postcode":
            text = recited(text)
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
        if self.unlike and self.unlike.said(text):
            return Check(text, self._doubted(self.unlike, text))
        return Answer(text, tuple(remark.message for remark in self.remarks(text, about)))

    def _doubted(self, unlike: Unlike, text: str) -> Message:
        if not self.none:
            return say(
                "“{value}”是{other}，不是{label}。就写“{value}”吗？",
                value=Own(text),
                other=unlike.label,
                label=self.label,
            )
        return say(
            "“{value}”是{other}，不是{label}。没有{label}就发“{none}”。还是要写“{value}”吗？",
            value=Own(text),
            other=unlike.label,
            label=self.label,
            none=self.none,
        )

    def _says_none(self, text: str) -> bool:
        bare = folded(text).strip("。.，,！!").casefold().removesuffix("的").removesuffix(self.label)
        return meaning(bare) in ("none", "no") or _NEVER_HAD.fullmatch(bare) is not None

    def core(self, text: str) -> str | None:
        """What is left of a spoken sentence without what goes round it; all of it where that cannot be told."""
        line = one_line(text)
        if self.shape or len(line) > _LONGEST_SENTENCE or (self.none and self._says_none(line)):
            return None
        bare = _TICK.sub("", line)
        if _WON.search(self.label):
            bare = unframed(bare)
        if not self.example or _without_talk(self.example) == self.example:  # else it wants sentences
            bare = _without_talk(self._without_label(bare))
        if bare != line and len(bare) > 1:
            return bare
        # 1, where no options are listed
        key = len(line) == 1 and not any(char.isdecimal() for char in self.example)
        odd = (
            _SPEECH.match(line)
            or _AS_ABOVE.fullmatch(line)
            or not any(char.isalnum() for char in line)
            or key
            or _is_date(line)
        )
        return line if odd or lacks(line) or (line.endswith(self.label) and self._says_none(line)) else None

    def _without_label(self, line: str) -> str:
        """What is said to be what is asked for: 单位是南宁机床厂, where the label ends in 单位."""
        match = _TOLD.fullmatch(line)
        named = match is not None and _BRACKETED.sub("", self.label).endswith(match["what"])
        return match["rest"] if match and named else line

    def names(self, text: str) -> bool:
        """Whether it is the form's word for none."""
        return bool(self.none) and text.strip("。. ") == self.none

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
