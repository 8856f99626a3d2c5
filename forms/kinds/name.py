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
from forms.message import Message, Own, say

# Ideographs of all planes, each perhaps with the selector that fixes its glyph.
_HAN = "(?:[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff][\ufe00-\ufe0f\U000e0100-\U000e01ef]?)"
_NAME = re.compile(rf"{_HAN}+(?:·{_HAN}+)*")
_DOTS = re.compile(r"[•・‧.·∙⋅●．。﹒･․ㆍ⸱᛫ꞏ]")
#: A ring or a nought between ideographs is 〇.
_RING = re.compile(r"(?<=[\u4e00-\u9fff])[○◯0Oo](?=[\u4e00-\u9fff]|$)")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ'’.-]{1,30}(?: [A-Za-zÀ-ɏ'’.-]{1,30}){0,5}")
_CALLED = "(?:就?叫做?|名叫|就?是|为|[:：])"
_INTRODUCED = re.compile(
    rf"^(?:(?:我们?|俺|咱|本人)的?(?:名字|姓名|大名|全名|真名)?{_CALLED}?|就?是(?=.{{2}})|叫我|(?:名字|姓名|大名|全名|真名){_CALLED}?|叫做?)(?P<name>.+?)$"
    r"|^(?P<before>.{2,8})(?:本人|是我)$"
)
#: 免贵姓李，李卫东; 我姓陆，名建华.
_FAMILY = re.compile(
    r"^(?:免贵|敝|我们?|俺|咱|本人|[，,\s])*姓(?P<family>[\u4e00-\u9fff]{1,2})[，,。、\s]+(?:名字|大名|全名|名|叫做?|是)*(?P<name>.+)$"
)
#: What somebody was or is called besides, before the name of the card.
_ONCE = re.compile(
    r"^(?:曾用名|原名|以前叫|原来叫|小名|外号)(?:叫|是)?[^，,\s]{1,8}[，,\s]+(?:(?:现在?|后来|如今|身份证上?)?的?(?:名字?|改|叫做?|是)*)"
)
#: Behind it: 陆建华（焊工）.
_BRACKET = re.compile(r"(?<!\s)\s*+[（(][^（()）]*+[)）]?\s*+$")
#: How somebody is spoken to, and not what the card says.
_SPOKEN_TO = re.compile(r".{1,2}(?:师傅|先生|女士|老师|经理|主任|班长|组长|工程师|总)")
#: What follows a name in a sentence that goes on.
_GOES_ON = re.compile(
    r"(?<![，,。；;\s])[，,。；;\s]++(?:身份证|男|女|小名|外号|绰号|曾用名|英文名|工号|大家|别人|都?叫我|人称|汉族|生于|今年|电话|手机|是|在"
    r"|来自|\d).*$",
    re.DOTALL,
)
#: The same with nothing between, as dictation has it: 我叫陆建华今年四十二岁.
_RUNS_ON = re.compile(
    r"(?<=[\u4e00-\u9fff]{2})(?:今年|是个|是一|是做|是搞|来自|男的?(?=[，,。\s]|$|今年|[汉壮瑶苗])|女的?(?=[，,。\s]|$|今年|[汉壮瑶苗])|(?:身份证|手机|电话)(?=\D{0,6}\d)|在[^，,]{2,40}(?:上班|工作|干活)).*$",
    re.DOTALL,
)
#: Spelt out: 陆，建设的建，华东的华.
_SPELT = re.compile(r"[\u4e00-\u9fff]{1,4}的(?P<char>[\u4e00-\u9fff])(?=[，,、。\s]|$)[，,、。\s]*")
#: No name: how somebody wants to be spoken to.
_NICKNAME = re.compile("^(?:老|小|阿)?[\u4e00-\u9fff]{1,2}(?:就行|就好|就可以|即可|就得|好了)了?[吧呀啊]?$")
_PICTURES = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]+")
#: Ideographs of a name without dots: a longer one may be more than a name.
_LONG = 4
_BLANK = re.compile(r"[\s,，、]+")
#: 陆建华同志.
_COMRADE = re.compile("(?<=[\u4e00-\u9fff]{2})同志$")
_ASIDE = frozenset({"男", "女", "男性", "女性", "先生", "女士", "师傅"})
_LONGEST = 50


class NameQuestion(Question):
    """Value: str, up to 50 ideographs of any plane, the parts of a long name joined by “·”; or a name in Latin letters.

    A single character, and the Latin name of a foreign permanent resident, are names too: they are asked back.
    """

    kind: Literal["name"] = "name"

    free: ClassVar[bool] = True
    gathers: ClassVar[Message | None] = say("名字")

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """The name without blanks. No rare character is ever rejected, only one that cannot be printed."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        plain = _ONCE.sub("", _PICTURES.sub("", given.text.strip()).strip())
        said = _BRACKET.sub("", _RUNS_ON.sub("", _GOES_ON.sub("", _spelt(plain))))
        if family := _FAMILY.match(said):
            said = family["name"] if family["name"].startswith(family["family"]) else "".join(family.groups())
        latin = " ".join(said.split())
        if _LATIN.fullmatch(latin) and assent(latin) is None:
            return _asked_back(latin, about)
        parts = _BLANK.split(_DOTS.sub("·", said).strip(" ·,，!！。"))
        kept = [part for part in parts if part not in _ASIDE]
        text = "".join(kept).strip("·")
        if assent(text) is not None or text in ("本人", "自己", "我自己"):
            return Problem(say("这里要写姓名，和身份证上一样，例如：韦立辉"))
        introduced = _INTRODUCED.match(text)
        plain = (introduced["name"] or introduced["before"]) if introduced else text
        name = _COMRADE.sub("", _RING.sub("〇", plain))
        # 陆 建 华 is a name written wide; 陆建华 南宁 may be a name and something else.
        guessed = bool(introduced) or name != plain or kept != parts or said != given.text.strip()
        guessed = (
            guessed
            or len(name) == 1
            or name.startswith("姓")
            or ("·" not in name and len(name) > _LONG)
            or _SPOKEN_TO.fullmatch(name) is not None
            or (len(kept) > 1 and len(kept[0]) > 1)
        )
        if _NICKNAME.fullmatch(name):
            return Problem(say("这里要写姓名，和身份证上一样，例如：韦立辉"))
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


def _spelt(text: str) -> str:
    """A name whose characters are told one by one, in those alone; any other text as it is."""
    family, _, rest = text.partition("，") if "，" in text else text.partition(",")
    characters = list(_SPELT.finditer(rest))
    if not characters or len(family) > 2 or "".join(each[0] for each in characters) != rest:
        return text
    return family + "".join(each["char"] for each in characters)


def _asked_back(name: str, about: Circumstances) -> Reading:
    return refuse_unprintable(name, about) or Check(name, say("您的姓名是“{name}”，对吗？", name=Own(name)))
