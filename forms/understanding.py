"""What a message means that is no answer: one place that knows how people ask, decline, greet and thank.

Understood in Chinese (simplified and traditional) and English. A message means one of these only where all of it
does, clause by clause: 这个是什么意思？ is a question, 什么意思小吃店 is a shop, and a long text is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache

from forms.assent import hear
from forms.characters import levelled
from forms.english import BEHIND, ENGLISH, PLEASE
from forms.phrases import CHINESE, HEAD, TAIL, Meaning

__all__ = ["Meaning", "lacks", "meaning", "none_of"]

#: A longer message, in characters, is an answer.
_LONGEST = 60
_LONGEST_CLAUSE = 30

_CLAUSES = re.compile(r"""[\s,，。.!！?？;；:：、~～…·—“”"‘’（）()【】\[\]|]+""")
_WORD_GAPS = re.compile(r"""[\s,，。.!！?？;；:：~～…“”"()（）]+""")
_LATIN = re.compile(r"[a-z0-9/' ?!,.\-]+")

#: What may stand before, which is looked for once, and what is said behind it.
_ADDRESS, _PLEASE = re.compile(HEAD), re.compile(PLEASE)
_KNOWN: tuple[tuple[Meaning, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(f"(?:{pattern}){TAIL}")) for kind, pattern in CHINESE
)
_MARK = re.compile(r"[?？\s]+")

_ENGLISH: tuple[tuple[Meaning, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(f"(?:{pattern}){BEHIND}")) for kind, pattern in ENGLISH
)

#: Which of several clauses says what is wanted, most first.
_WANTED: tuple[Meaning, ...] = (
    "human", "call", "writing", "lacking", "about", "mend", "how", "what", "unknown", "later", "stop", "wait", "whatever", "none",
    "thanks", "greeting", "round",
)  # fmt: skip
#: What begins like a yes or a no: 不确定 is no “no”, 没有可以吗 is a question.
_NO_ASSENT: tuple[Meaning, ...] = ("unknown", "lacking", "writing", "what", "mend")
#: A short question, whatever it asks: no answer is one. 饿了么 is a firm, 2009年？ an answer in doubt.
_ASKING = re.compile(
    r"[^\s?？,，。.!！]{1,24}吗[啊呀呢]?[?？。]*|[^\s?？,，。.!！]{0,20}(?:什么|怎么|如何|"
    r"哪|谁|多少|[能行有要会]不[能行有要会]|有没有)[^\s?？,，。.!！]{0,12}[?？]+"
)
#: Whom nothing is asked of: these go round what is said.
_PASSING = frozenset(["greeting", "thanks", "round"])
_IS_NOT = re.compile(
    "(?:不是(?:我|本人|这样|这个|这些|这)?(?:的|了|呢|啊|呀|哦|噢|嘛|吧|哈|哪|啦|滴)*|[不没错对谢非否误了的是吧呀啊有，"
    "]+)++"
)
_NONE = re.compile(
    "(?:以上|上面|这些|这几[项个种]|哪[个项种]|一[个项种])*+(?:都|全|也|全都)(?:不是|不符合|"
    "不满足|不属于|不沾边|不占|不够|没沾边|不算)(?:的|了|呢|啊|吧)*|(?:我们?|本人|这个|那个|"
    "这些|这|以上|目前|暂时|现在|还|都|也|真|真的|从来|一[个项件样本点]|啥|什么|任何|确实|"
    "以前|的|，)*+"
    "(?:没(?:有|得|有过|得过|拿过|获得过|评过|办过?|考过?)?|无|冇有?|木有|莫有|木得|从没有?|没有得|沒有|暂无|不存在|空|nothing|none)"
    "(?:一[个项件样]|任何|什么|啥)*+(?:的|了|呢|啊|呀|哦|噢|嘛|吧|哈|这个?|这些|过|东西|可写的?|可填的?|(?:什么|啥)?(?:奖项?|荣誉|表彰)(?=[的了呢啊呀吧]*$))*+"
)

_NONE_OF = re.compile(
    "(?:我们?|这里|这边|目前|暂时|现在|还|都|也)*(?:没有?|暂?无)(?P<what>[\u4e00-\u9fff]{2,12}?)(?:的|了|呢|啊|呀|吧|哦)*[。.!]*"
)
_LACKS = re.compile(
    "(?:我们?|这里|这边|目前|暂时|现在|还|都|也)*没(?:有[\u4e00-\u9fff]{1,8}|[\u4e00-\u9fff]{1,4})[。.!]*"
)
_BRACKETED = re.compile("[（(].*?[）)]")


@lru_cache(maxsize=8)  # one message is asked about several times in its own turn
def meaning(text: str) -> Meaning:
    """What a message means that is no answer, or "". Which of them a question takes for an answer is its own affair."""
    plain = levelled(text.strip()).casefold()
    if not plain or len(plain) > _LONGEST or "\n" in plain:
        return ""
    if _MARK.fullmatch(plain):
        return "how"
    if plain.lstrip("/") in ("help", "start"):
        return "how" if "help" in plain else "greeting"
    english = _english(plain) if _LATIN.fullmatch(plain) else ""
    if english:
        return english
    whole, asked = _said(plain), _clause(plain, _NO_ASSENT)
    if whole and (asked not in _NO_ASSENT or (asked == "mend" and whole == "yes")):  # 没写错
        return whole
    joined = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", plain)
    clauses = [clause for clause in _CLAUSES.split(joined) if clause]
    kinds = [_clause(clause) for clause in clauses]
    if len(kinds) > 1:  # 老师，怎么填
        kinds = [
            kind or ("round" if _ADDRESS.fullmatch(clause) else "")
            for kind, clause in zip(kinds, clauses, strict=True)
        ]
    if not kinds or not all(kinds):
        return "what" if _ASKING.fullmatch(plain) else ""
    asking = [kind for kind in kinds if kind not in _PASSING and kind not in ("yes", "no", "none")]
    return min(asking or kinds, key=lambda kind: _WANTED.index(kind) if kind in _WANTED else len(_WANTED))


def none_of(text: str, label: str) -> bool:
    """Whether a message says that there is none of just what is asked for: 没有电话, where the label ends in 电话."""
    named = _NONE_OF.fullmatch(levelled(text.strip()))
    return named is not None and _BRACKETED.sub("", label).endswith(named["what"])


def lacks(text: str) -> bool:
    """Whether a message says that there is none of something, whatever that is: 没有电话, said to anything else."""
    return _LACKS.fullmatch(levelled(text.strip())) is not None


def _said(plain: str) -> Meaning:
    """Yes, no and none, where the whole message says that."""
    heard = hear(plain)
    if heard.rest:
        return "none" if _NONE.fullmatch(_CLAUSES.sub("", plain)) else ""
    if (heard.lacking and heard.yes is False) or _NONE.fullmatch(_CLAUSES.sub("", plain)):
        return "none"
    if heard.yes is None or (plain.startswith("不是") and not _IS_NOT.fullmatch(_CLAUSES.sub("", plain))):
        return ""  # 不是党员 says what it is not
    return "yes" if heard.yes else "no"


def _english(plain: str) -> Meaning:
    words = " ".join(_WORD_GAPS.split(plain)).strip()
    return _first(_ENGLISH, words, _PLEASE)


def _first(known: Iterable[tuple[Meaning, re.Pattern[str]]], said: str, before: re.Pattern[str]) -> Meaning:
    """The first of the meanings that all of it has, with or without what may stand before."""
    address = before.match(said)
    begins = {0, address.end() if address else 0}
    return next((kind for kind, pattern in known if any(pattern.fullmatch(said, at) for at in begins)), "")


def _clause(clause: str, wanted: Container[Meaning] = _WANTED) -> Meaning:
    if len(clause) > _LONGEST_CLAUSE:
        return ""
    meant = _first([each for each in _KNOWN if each[0] in wanted], clause, _ADDRESS)
    if meant:
        return meant
    said = _said(clause)
    return said or ("" if hear(clause).rest or clause.startswith("不是") else "round")
