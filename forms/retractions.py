"""What says that something said before was wrong: 刚才那个错了, 名字写错了，应该是陆建国, 不对，是2004年7月."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from forms.assent import hear
from forms.facts import called
from forms.understanding import meaning

#: A longer message, in characters, is an answer.
_LONGEST = 60
_HEAD = (
    "(?:不好意思|对不起|抱歉|麻烦(?:您|你)?(?:一下)?|哎呀?|啊|哦|噢|呃|额|唉|糟了?|完了|等(?:一?下|等)|老师|师傅|那个"
    "|[，,。.!！\\s])*+"
)
_BEFORE = (
    "(?:刚才|刚刚|方才|头先|才刚|刚|之前|前面|上面|以前|(?:上|前)一?[个题步条项句栏]|那[个条题项栏]?|这个?|我的?|俺|的"
    "|把|是|也|都|好像|可能|[，,\\s])*+"
)
#: What was said is wrong. 没错 and 不错 are the contrary, 看错人 is something else.
_WRONG = (
    "(?<![没不别认会])(?:(?:写|填|选|发|打|点|按|弄|输|说|讲|搞|报|记|传|录|念|答)(?:得|的)?(?:错|反|漏)|"
    "(?:写|填|选|发|打|输|说|讲|报|记|答)?(?:得|的)?不(?:太)?对|错|有误|弄混|搞混)(?:了|的|啦|哦|啊|呀|吧|呢|哈)*"
)
_INSTEAD = (
    "(?:其实|实际上?|正确的?|现在)*"
    "(?:(?:应该|应当|应|要|就|才)?(?:是|为|叫|选|填)|(?:请|帮我|要|再|给我)*(?:改|换|更正)[成为到])[:：]?"
)
_SAID = re.compile(
    rf"{_HEAD}(?P<before>{_BEFORE})(?P<about>[^\s，,。.!！?？:：]{{0,10}}?)(?P<behind>{_BEFORE})(?P<wrong>{_WRONG})"
    rf"(?:[，,。.;；!！\s]*(?P<led>{_INSTEAD})?\s*(?P<instead>(?<=[，,。.;；!！\s是为叫选填成到:：]).+))?[。.!！~\s]*"
)
_CHANGE = re.compile(
    rf"{_HEAD}(?:我|想|要|需要|得|能不能|可以|帮我|麻烦|请)*(?:改(?![成为到])|修改|更改|更正|重填|重新填|重写)(?:一下|下)?"
    rf"(?P<before>{_BEFORE})(?P<about>[^\s，,。.!！?？:：]{{1,10}}?)(?:吗|吧|啊)?[。.!！~\s]*"
)
#: 改一下电话19000000102, 把手机改一下，是19000000102: what is answered with figures.
_CHANGE_TO = re.compile(
    rf"{_HEAD}(?:我|想|要|需要|得|能不能|可以|帮我|麻烦|请|把)*(?:(?:改|修改|更改|更正|换)(?:一下|下|个)?)?{_BEFORE}"
    r"(?P<about>[^\s，,。.!！?？:：\d]{1,10}?)(?P<behind>(?:改|修改|更改|更正|换)(?:一下|下|了)?)?(?:[，,:：\s]|应该|是|为|成|到)*(?P<instead>\+?\d[^?？]*)"
)
_ASKS_TO_CHANGE = re.compile(
    f"{_HEAD}(?:我|想|要|需要|得|能不能|可以|帮我|麻烦|请|把)*(?:改|修改|更改|更正|换)"
)
_INTO = re.compile(
    rf"{_HEAD}(?:我|想|要|请|帮我|麻烦|给我)*{_BEFORE}(?P<about>[^\s，,。.!！?？:：]{{1,10}}?)(?:[改换]|更正|修改|写|填)[成为到](?P<instead>.+)"
)
#: A character or a figure of an answer.
_PART_OF = re.compile(
    r"(?P<about>.{2,6}?)(?:里面?的?|的|后面|前面|中间)?(?:第?[\d一二两三四五六七八九十最后]+[个位]?(?:字|数字|数|号|位)?|有?个(?:字|数字|数))"
)
_BACK = re.compile(r"刚|方才|头先|之前|前面|上面|以前|[上前]一?[个题步条项句栏]")
_BARE = re.compile("错|有误|不(?:太)?对")
#: What denies, or puts one thing in another's place, where it begins a message.
_DENIES = re.compile(
    rf"{_HEAD}(?:不是|不对|不,|不，|错|[搞弄写填选发打点按输说讲]错|(?:请|帮我)?[改换][成为])"
)
_ENDS = re.compile(r"(?:才对|才是)?[。.!！~\s]*$")
#: The same in English. What only begs pardon takes something back where a figure follows or it says what it was.
_PARDON = r"(?:oh|oops|ah|um+|well|hmm|sorry|i'm\s+sorry|wait|my\s+bad|excuse\s+me|pardon)"
_REFUSES = (
    r"(?:no(?!\.?\s*\d)|nope|wrong|not\s+(?:that|right|correct)|(?:that|it|this)(?:'s|\s+is|\s+was)\s+(?:wrong|not\s+right|incorrect|a\s+mistake)"
    r"|(?:that's\s+)?(?:my\s+mistake|a\s+mistake|a\s+typo|typo)|correction|i\s+made\s+a\s+mistake|i\s+was\s+wrong)"
)
_IS_RATHER = (
    r"(?:(?:it|that|this|(?:the\s+)?(?:date|month|year|answer|number|last\s+one|last\s+answer|previous\s+one))"
    r"(?:'s|\s+is|\s+was|\s+should\s+(?:be|have\s+been|read)|\s+must\s+be|\s+ought\s+to\s+be)(?:\s+(?:actually|really|in\s+fact))?"
    r"|should\s+be|i\s+(?:meant|mean|wanted\s+to\s+say)|(?:please\s+)?(?:change|correct|make)\s+(?:it|that|this|the\s+last\s+one)(?:\s+(?:to|into))?)"
)
_IN_ENGLISH = re.compile(
    rf"(?:{_PARDON}[\s,.!:;-]+)*(?:(?P<no>{_REFUSES})[\s,.!:;-]+)?(?:(?:actually|rather|in\s+fact)[\s,]+)?(?:(?P<led>{_IS_RATHER})[\s:,]+)?"
    r"(?:not\s+[\w .]{1,20}?(?:,|\s+but)\s*)?(?P<instead>\S.*)",
    re.IGNORECASE,
)
#: I meant, change it to, the year should be: no “no” is needed before it. It was 2003 alone is an answer.
_MEANT = re.compile(
    r"i\s+(?:meant|mean|wanted)|(?:please\s+)?(?:change|correct|make)\s|(?:[a-z]+\s+){0,3}should\s",
    re.IGNORECASE,
)
_BEGS = re.compile(rf"(?:{_PARDON}|actually|{_REFUSES}|not)\b|{_MEANT.pattern}", re.IGNORECASE)


@dataclass(frozen=True)
class Retraction:
    """`about` is what the message calls wrong, "" for whatever came last; `instead` what it says is right, "" if nothing.

    `plain`: it can mean nothing but an answer given before (写错了, 刚才…). Else it may deny what is asked (不对，…).
    `led`: what is right stands behind 应该是, 改成 and the like.
    """

    about: str = ""
    instead: str = ""
    plain: bool = True
    led: bool = False


@lru_cache(maxsize=8)  # one message is read several times in its own turn
def retraction(text: str) -> Retraction | None:
    """What a message takes back, or None."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or "\n" in plain or plain.endswith(("?", "？", "吗", "么")):
        return None
    if plain.isascii() and (english := _english(plain)):
        return english
    if said := _SAID.fullmatch(plain):
        back = _BACK.search(said["before"] + said["behind"]) is not None
        bare = _BARE.match(said["wrong"]) is not None
        instead = _ENDS.sub("", said["instead"] or "")
        if part := _PART_OF.fullmatch(said["about"]):  # 名字第二个字错了，是健康的健 does not say all of it
            return Retraction(part["about"])
        return Retraction(said["about"], instead, back or not bare, bool(said["led"]))
    if change := _CHANGE.fullmatch(plain):
        return Retraction(change["about"])
    if into := _INTO.fullmatch(plain):
        return Retraction(into["about"], _ENDS.sub("", into["instead"]), led=True)
    to = _CHANGE_TO.fullmatch(plain)
    if to and (to["behind"] or _ASKS_TO_CHANGE.match(plain)) and called(to["about"]):
        return Retraction(to["about"], _ENDS.sub("", to["instead"]), led=True)
    heard = hear(plain)
    if heard.yes is not False or not heard.rest or heard.lacking or not _DENIES.match(plain):
        return None
    led = re.search(_INSTEAD, plain) is not None  # 不是1998年，是1999年9月
    return (
        Retraction("", heard.rest, plain=False, led=led)
        if led or heard.apart or heard.rest[0].isdecimal()
        else None
    )


def _english(plain: str) -> Retraction | None:
    """What a message in English takes back: no, it was August 2003."""
    said = _IN_ENGLISH.fullmatch(plain) if _BEGS.match(plain) else None
    instead = said["instead"].strip(" .!") if said else ""
    if said is None or not instead or meaning(plain) or meaning(instead):
        return None
    figured = any(char.isdecimal() for char in instead)
    if not (said["led"] or figured) or (
        said["no"] is None and not figured and not _MEANT.match(said["led"] or "")
    ):
        return None
    return Retraction("", instead, plain=False, led=bool(said["led"]))


def only_takes_back(text: str) -> bool:
    """Whether a message says no more than that something said before was wrong: 刚才那个错了, 名字写错了."""
    said = retraction(text)
    if said is None or said.instead:
        return False
    return called(said.about) if said.about else said.plain
