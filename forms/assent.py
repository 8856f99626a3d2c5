"""Yes and no as people type them, in both languages: read in one way wherever something is asked back.

A message is taken apart into words of assent (对, 没错, 不是的, nope), what goes round them (particles, 就是, 谢谢) and
the rest. Only whole words count: 成都 is no yes, and 没问题修理厂 is a firm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from forms.characters import levelled

#: No longer message, in characters, is mostly a yes or a no.
_LONGEST = 200


_BETWEEN = r"""[\s,，。.!！?？;；:：、~～…·—\-"“”‘（）()|\ufe0f]"""
_GAP = re.compile(f"{_BETWEEN}*")
_END = f"(?={_BETWEEN}|$)"
_PLAINLY = re.compile(r"[,，。.!！;；:：、…\n—]")

_AFTER = "[的了呢啊呀哦噢喔嘛吧哈呐哪哇滴哒嘞咧勒啦咯喽耶诶嘅]*"
_BEFORE = (
    "(?:我们?|本人|您|你|这个?|这些|那个?|以上|上面|信息|内容|资料|就|都|全|也|还|确实|的确|完全|非常|很|绝对|当然|肯定"
    "|应该|大概|基本上?|[写填说读记核][得的对]?){0,3}?"
)
_APART = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
_DOING = "(?:什么|啥|任何|写|填|打|搞|弄|看|说|记|读|听)?"

#: Words by what they mean: yes, no, none (没有), either (by what was asked: 不改), round (goes round these, neither).
#: In this order: 没错 comes before 没, 不是 before 是, “no problem” before “no”.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (
            "round",
            f"(?:谢谢(?:您|你|大家)?|多谢|感谢|辛苦(?:您|你)?|麻烦(?:您|你)?|您好|你好|不好意思|对不起|抱歉|哈哈+|呵呵+|嘿嘿+"
            f"|[哦噢喔啊哎诶呃额唉呀]){_AFTER}",
        ),
        ("round", rf"(?:thanks?(?:\s+you)?(?:\s+(?:very\s+much|a\s+lot))?|thx|please|hi|hello|sorry){_END}"),
        (
            "yes",
            f"{_BEFORE}(?:没有?{_DOING}(?:错误|错|问题|毛病|意见|异议|误|差)|木有?问题|冇(?:问题|错)|不[错差]|不会错|错不了"
            f"|无(?:误|异议|问题)){_AFTER}",
        ),
        ("yes", rf"(?:no\s+problem|not\s+wrong){_END}"),
        ("either", f"[吗么]|不(?:用|需要|必)?再?[改换]{_AFTER}"),
        (
            "no",
            f"{_BEFORE}(?:不(?:太|大|怎么|完全|是很|全|都)?(?:是(?:我|本人|这样|这个|这)?|对|行|好|可以|正确|准确|成|同意|确[认定]"
            f"|一[致样]|属实|要|用|需要|必)|没有?{_DOING}对|有(?:一?点|些)?(?:错误|错|误|问题|出入)|{_DOING}错|非也|并非|并不(?:是|对)?"
            f"|错误|否|不){_AFTER}",
        ),
        (
            "no",
            r"(?:(?:that|it)(?:'s|\s+is)\s+)?(?:not(?:\s+(?:right|correct|really|true|so|me|ok|sure))|wrong|incorrect|false)"
            rf"{_END}",
        ),
        (
            "no",
            rf"(?:nope|nah|no(?!\.\s*\d)(?:\s+way)?|n|i\s+(?:do\s+not|don't|am\s+not)|i'm\s+not|disagree){_END}",
        ),
        ("none", f"{_BEFORE}没有?{_AFTER}"),
        (
            "yes",
            f"{_BEFORE}(?:是(?:我|本人|这样|这个|这)?|就(?:这个|这位|它)|对[头劲]?|[嗯恩唔]|好|[可阔]以|正确|准确|属实|确[认定]|确实|的确|同意|认可|赞成|肯定"
            f"|当然|必须|没跑|一[致样]|要得|得嘞|妥妥|差不多|真的){_AFTER}",
        ),
        (
            "yes",
            r"(?:(?:ok)+|okay|okey|okk+|kk?|yes|yeah|yea|yep|yup|ya|y|sure|right|correct|exactly|fine|good|great|perfect|agreed?"
            r"|confirm(?:ed)?|true|indeed|absolutely|certainly|definitely|of\s+course|all\s+right|alright|aye|mhm|it\s+is"
            r"|(?:that|it)(?:'s|\s+is)\s+(?:right|correct|it|me|fine|good|true|ok)|(?:looks|sounds)\s+(?:good|right|fine)"
            rf"|i\s+(?:do|am|agree|confirm)){_AFTER}{_END}",
        ),
        ("yes", "[√✓✔☑✅👍👌]"),
        ("no", "[×✗✘✖✕❌👎]"),
    )
)
#: These begin other words, so nothing else may stand beside them.
_ALONE = re.compile(f"(?:[行成妥中系啱可]|行行+|妥妥+|中中+|成成成+|可可可+){_AFTER}{_END}")
#: How somebody may be spoken to, after a word of assent.
_SPOKEN_TO = re.compile("老师|师傅|同志|领导|亲")
#: What is said instead may follow these with nothing between them: 不对陆建华, 是陆建华.
_RUNNING_ON = re.compile(f"(?:就?是|对+|嗯+|没错|不对|错|[好是对]的){_AFTER}(?:就?是)?")
#: What leads up to what is said instead.
_LEADING = re.compile(
    r"(?:其实|实际|正确的?|本来)?(?:应该|应当|应|要|就|才|而)?(?:是|(?:改|写|填|换)[成为作]|叫做?)[:：]?\s*"
    r"|(?:it(?:'s|\s+is)|(?:it\s+)?should\s+be|change\s+(?:it\s+)?to)\s+",
    re.IGNORECASE,
)
#: What says by itself that something else was meant.
_CORRECTED = re.compile("(?:请|帮我)?[改换][成为作][:：]?|(?:其实|实际上?)?应该?(?:是|叫)|其实(?:是|叫)")
_DENIED = re.compile(r"不是.+?[\s,，。;；]*(?:而|应该|应|就)?是(?P<new>.+)", re.DOTALL)


@dataclass(frozen=True)
class Heard:
    """What a message says to something that was asked back.

    `yes` is None where it says neither, or both. `rest` is what else it says, "" where nothing. `apart` tells whether
    the rest is plainly set apart from the words of assent. `lacking`: 没有 is among these, which may also mean that
    there is none of what was asked about.
    """

    yes: bool | None
    rest: str = ""
    apart: bool = True
    lacking: bool = False


def assent(text: str) -> bool | None:
    """Yes or no where the text says that and nothing else; None for any other text."""
    heard = hear(text)
    return None if heard.rest else heard.yes


@lru_cache(maxsize=8)  # one message is heard several times in its own turn
def hear(text: str) -> Heard:
    """What a message says to something that was asked back."""
    if len(text) > _LONGEST:
        return Heard(None, text)
    joined = _APART.sub("", text)
    if joined != text:  # 是 的: as dictation writes it
        whole = hear(joined)
        if whole.yes is not None and not whole.rest:
            return whole
    plain = levelled(text)
    kinds: list[str] = []
    begins = at = _past_gap(plain, 0)
    while at < len(plain):
        meant, end = _words(plain, at)
        if not _closed(plain, end):
            break
        kinds.extend(meant)
        begins, at = end, _past_gap(plain, end)
    if at == len(plain):
        return _heard(kinds)
    rest, further = _less_tail(text[at:], plain[at:])
    if not {"yes", "no", "none", "either"}.intersection(kinds):
        return _run_on(rest, further)
    if _DENIED.match(rest) or rest.startswith("不是"):
        return _run_on(rest, [*further, *kinds])
    kinds.extend(further)
    apart = _PLAINLY.search(plain, begins, at) is not None
    return _heard(kinds, _LEADING.sub("", rest, count=1) if _LEADING.match(rest) else rest, apart)


def _heard(kinds: list[str], rest: str = "", apart: bool = True) -> Heard:
    yes, no = "yes" in kinds, "no" in kinds or "none" in kinds
    return Heard(yes if yes != no and "either" not in kinds else None, rest, apart, "none" in kinds)


def _words(plain: str, at: int) -> tuple[list[str], int]:
    """The words of assent that follow each other from here on, and where they end."""
    alone = _ALONE.match(plain, at)
    if alone:
        return ["yes"], alone.end()
    kinds: list[str] = []
    while not _closed(plain, at):
        kind, end = next(_matches(plain, at), ("round", at))
        if end == at:
            spoken_to = _SPOKEN_TO.match(plain, at) if kinds else None
            if spoken_to is None:
                break
            end = spoken_to.end()
        kinds.append(kind)
        at = end
    return kinds, at


def _matches(plain: str, at: int) -> Iterator[tuple[str, int]]:
    for kind, words in _WORDS:
        match = words.match(plain, at)
        if match:
            yield kind, match.end()


def _past_gap(plain: str, at: int) -> int:
    gap = _GAP.match(plain, at)
    return gap.end() if gap else at


def _closed(plain: str, at: int) -> bool:
    return at == len(plain) or _past_gap(plain, at) > at


def _less_tail(rest: str, plain: str) -> tuple[str, list[str]]:
    """The text without the words of assent and of thanks at its end, and these."""
    kinds: list[str] = []
    for gap in reversed(list(re.finditer(f"{_BETWEEN}+", plain))):
        if gap.end() == len(plain):
            continue
        meant, end = _words(plain[: len(rest)], gap.end())
        if not meant or _past_gap(plain, end) < len(rest):
            break
        kinds.extend(meant)
        rest = rest[: gap.start()]
    return rest, kinds


def _run_on(rest: str, further: list[str]) -> Heard:
    """A text that begins with no word of assent that is set apart: perhaps with one that runs on into the rest."""
    denied = _DENIED.match(rest)
    if denied:
        return Heard(False, denied["new"], "yes" not in further)
    corrected = _CORRECTED.match(rest)
    if corrected and corrected.end() < len(rest):
        return Heard(False, rest[corrected.end() :], "yes" not in further)
    kinds, end = _words(levelled(rest), 0)
    if rest.startswith("不是"):
        return Heard(False)  # 不是陆建国: what it is not is no answer
    if set(kinds) <= {"round"}:
        return _heard(further, rest, not set(further) - {"round"})
    if not _RUNNING_ON.fullmatch(levelled(rest[:end])):
        return Heard(None, rest, apart=False)
    left = rest[end:]
    led = _LEADING.match(left)
    return _heard([*kinds, *further], left[led.end() :] if led else left, apart=False)


# Leaving it at that, and putting it off.

_NOW = "(?:我|那么?|就|先|暂时|暂且|姑且|目前|现在|眼下|今天|这次|只能|也就|都|还是){0,4}"
_AT_THAT = (
    "(?:这样|这么着|这么多|这么些|这些|到?这里|到?这儿|到此|[写填发传补]到这里?儿?|[写填发传]这么多|[写填发]这些|放着|放一放|放一下"
    "|搁着|留着|留空|保留|不(?:填写|[改换补管写填传发加动])(?:它|这个|这里)?|没有?(?:更多|别的|其他的?|要[补改]的)|想不(?:起来|到)|写不(?:出来?|了))"
)
_LATER = (
    "(?:我|等|等到|那|还是|先)*(?:以后|之后|后面|后续|往后|日后|回头|回去|回家|过后|过一?阵子?|过[几两]天|晚[点些上]|晚一[点些]|等会儿?"
    "|等一会儿?|待会儿?|等一?下|一会儿?|改天|改日|明天|后天|下次|下回|下周|有空|有时间|有了|找到了?|拿到了?|拍了|到时候?|稍后|稍晚|迟[点些]|慢慢)"
    "(?:的时候|时)?(?:我|再|就|来|去|慢慢|给您?){0,3}(?:补|补充|补上|换|重[拍发传写填]|加|添|写|填|改|说|讲|发|传|拍|弄|搞|看|找|来|完善|修改|继续|接着[写填])"
    "(?:[上充齐全完好]|一?下|[些点])?"
)
_ONCE = (
    "(?:等|问一?[下问]?|请示|商量).{1,8}再(?:补|补充|换|填|写|传|发|说|拍)(?:[上充齐全完好]|一?下|[些点])?"
)
_SETTLED = "(?:就?[行好]|可以|算了|得了|够了|再说)?[吧了哈啊呢嘛呗的哦]*"
_PUT_OFF = re.compile(
    f"(?:{_NOW}{_AT_THAT}{_SETTLED}|{_LATER}{_SETTLED}|{_ONCE}{_SETTLED}|(?:不着急|不急|来不及|没时间|(?:让我|容我|我|还是)*再?(?:考虑|商量)(?:考虑|商量|一?下)|(?:让我|容我|我|还是)*再(?:想一?想|看一?看)|(?:我|还)*没有?(?:想|商量|考虑)好)[吧了]?)"
    r"|(?:i(?:'ll| will)?\s*)?(?:leave|keep)\s+(?:it|this)(?:\s+(?:at that|like that|like this|as (?:it )?is|for now))*"
    r"|that(?:'s| is)\s+(?:all|it)(?:\s+for now)?|(?:good|fine) for now|for now|(?:maybe\s+)?later"
    r"|(?:i(?:'ll| will)?\s*)?(?:add|do|send|write|fix|change)\s+(?:it|this|that|more|the rest)\s+later",
    re.IGNORECASE,
)
#: No longer sentence, in characters, only puts something off.
_LONGEST_PUT_OFF = 40
_CLAUSES = re.compile(r"""[,，。.!！;；:：、~～…—"“”]+""")


def puts_off(text: str) -> bool:
    """Whether a message says nothing but that it shall stay like this, or that more comes later.

    Every clause of it has to: 先这样，以后再补 does, 先这样干了三年 does not.
    """
    plain = _APART.sub("", levelled(text.strip()))
    if len(plain) > _LONGEST_PUT_OFF or "\n" in plain:
        return False
    clauses = [clause for clause in map(str.strip, _CLAUSES.split(plain)) if clause]
    left = [clause for clause in clauses if assent(clause) is None and hear(clause).rest]
    return bool(left) and all(_PUT_OFF.fullmatch(clause) for clause in left)
