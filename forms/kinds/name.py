"""A person's name (姓名)."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from forms.assent import assent
from forms.kinds.base import (
    Answer,
    Check,
    Circumstances,
    Given,
    Problem,
    Question,
    Reading,
    Value,
    refuse_unprintable,
    stale,
    wants_text,
)
from forms.message import Own, say

# Ideographs of all planes, each perhaps with the selector that fixes its glyph.
_HAN = "(?:[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\ufe00-\ufe0f\U000e0100-\U000e01ef]?)"
_NAME = re.compile(rf"{_HAN}+(?:·{_HAN}+)*")
_DOTS = re.compile(r"[•・‧.·∙⋅●．。﹒･․ㆍ⸱᛫ꞏ]")
#: A ring or a nought between ideographs is 〇.
_RING = re.compile(r"(?<=[\u4e00-\u9fff])[○◯0Oo](?=[\u4e00-\u9fff]|$)")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’.-]{1,30}(?: [A-Za-zÀ-ɏ'’.-]{1,30}){0,5}")
_INTRODUCED = re.compile(
    r"^(?:我叫|叫|我是|我的名字(?:叫|是)?|本人(?:叫|姓名)?|姓名(?:是|[:：])?)(?P<name>.+?)$|^(?P<before>.{2,8})(?:本人|是我)$"
)
#: What follows a name in a sentence that goes on.
_GOES_ON = re.compile(r"[，,。；;\s]+(?:身份证|男|女|汉族|生于|今年|电话|手机|是|在|来自|\d).*$", re.DOTALL)
_BLANK = re.compile(r"[\s,，、]+")
_ASIDE = frozenset({"男", "女", "男性", "女性", "先生", "女士", "师傅"})
_LONGEST = 50


class NameQuestion(Question):
    """Value: str, up to 50 ideographs of any plane, the parts of a long name joined by “·”; or a name in Latin letters.

    A single character, and the Latin name of a foreign permanent resident, are names too: they are asked back.
    """

    kind: Literal["name"] = "name"

    free: ClassVar[bool] = True

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """The name without blanks. No rare character is ever rejected, only one that cannot be printed."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        said = _GOES_ON.sub("", given.text.strip())
        latin = " ".join(said.split())
        if _LATIN.fullmatch(latin) and assent(latin) is None:
            return _asked_back(latin, about)
        parts = _BLANK.split(_DOTS.sub("·", said).strip(" ·,，!！。"))
        kept = [part for part in parts if part not in _ASIDE]
        text = "".join(kept).strip("·")
        if assent(text) is not None:
            return Problem(say("这里要写姓名，和身份证上一样，例如：韦立辉"))
        introduced = _INTRODUCED.match(text)
        plain = (introduced["name"] or introduced["before"]) if introduced else text
        name = _RING.sub("〇", plain)
        # 陆 建 华 is a name written wide; 陆建华 南宁 may be a name and something else.
        guessed = bool(introduced) or name != plain or kept != parts or said != given.text.strip()
        guessed = guessed or len(name) == 1 or (len(kept) > 1 and len(kept[0]) > 1)
        if not _NAME.fullmatch(name):
            return Problem(
                say("姓名只写汉字，和身份证上一样；名字中间有点的，写成“买买提·吐尔逊”这样。请再发一次。")
            )
        if len(name) > _LONGEST:
            return Problem(
                say("姓名最多 {most} 个字，您发了 {count} 个。请只写姓名。", most=_LONGEST, count=len(name))
            )
        return _asked_back(name, about) if guessed else refuse_unprintable(name, about) or Answer(name)

    def fullest(self) -> Value:
        """A name of three parts, as long as they are met with."""
        return "努尔买买提·阿不都热合曼·吐尔逊"


def _asked_back(name: str, about: Circumstances) -> Reading:
    return refuse_unprintable(name, about) or Check(name, say("您的姓名是“{name}”，对吗？", name=Own(name)))
