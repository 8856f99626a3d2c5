"""Which of several things a sentence names: 我是广西技术能手，2019年评的 names one, 没拿过冠军 names none.

Names are held in plain form: without blanks, quotes and brackets, in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_CLAUSES = re.compile(r"[，,。；;！!？?\n]+|但是?|不过|可是|只是")
#: What has a “not” in it and denies nothing.
_NO_DENIAL = re.compile(
    "不仅|不但|不只|不光|不止|不管|不论|无论|没问题|没错|不错|差不多|有没有|是不是|能不能|会不会|不好意思|不用说|要不"
)
_DENIAL = re.compile("[不没无未非否冇别]")
_DENIED_AFTER = re.compile(
    "^(?:这个?|话|我|都|也|还|倒|就|从来|从|一[项个次]|的)*(?:[没未无]|不(?:是|会|算|在|属于|干|做|想|要)|还没)"
)
_AND = re.compile("^[和与及跟、或同加还有以并且也是都]*$")
#: Between a name that denies (没申请) and what it denies (过专利).
_RUNNING_ON = frozenset(["", "过", "了", "到"])
_DOUBT = re.compile(
    "可能|好像|大概|也许|或许|似乎|不知道|不确定|不清楚|不晓得|[吗么]$|还是|或者|算不算|是不是|差不多|应该算"
)
#: What may go round a name in its clause without changing what it says.
_ROUND = re.compile(
    r"^(?:我们?|咱们?|俺|本人|他|她|这|那|个|是|在|有|的|了|呢|啊|呀|哦|嘛|吧|哈|嗯|对|噢|就|都|也|还|已经?|现|目前|主要|一直|一般|算|属于?|叫|为|做|开|干|搞|当"
    r"|从事|选择?|填|写|报名?|报送|推荐|申报|要|想|通过|走|用|按|以|方式|形式|途径|这[种样]|那种|一种|第|[0-9零〇一二三四五六七八九十两几百]|年|月|日|号|度|前年|今年|刚|才"
    r"|得|拿|获|评|评定|被|授予|授|考|上|到|过|取得|颁|发|称号|荣誉|头衔|证书?|资格|级别?|等级|水平|学历|文化|毕业"
    r"|毕业生|程度|单位|公司|企业|厂|人|员|工|师傅?|活儿?|户口|方面|这边|里面|里|内|范围|行业|类别?|帮|给|替|来|去|两者|全|全部|所有|各|及|和|与|跟|同|、|加上|再加|另外|及其|而且|并且|并|谢谢|您好|你好"
    r"|老师|自己|本身|应|应该|当然|真|确实|其实|项|件|次|届|版|\s)*$"
)


@dataclass(frozen=True)
class Named:
    """What a sentence names. `plainly`: nothing else stands in the clauses that do, and nothing doubts it.

    `said` and `denied` hold the keys in the order in which they were named; `left` the clauses that name nothing.
    """

    said: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    plainly: bool = True
    left: tuple[str, ...] = ()


def named(sentence: str, names: Mapping[str, frozenset[str]]) -> Named:
    """What a sentence in plain form (its marks kept) names. Names of a single character count only by themselves."""
    said: list[str] = []
    denied: list[str] = []
    left: list[str] = []
    plainly = True
    for clause in filter(None, (part.strip() for part in _CLAUSES.split(sentence))):
        spans = _spans(clause, names)
        if not spans:
            left.append(clause)
            continue
        plainly = plainly and not _DOUBT.search(clause)
        end, before, denying = 0, False, False
        for index, (start, stop, keys) in enumerate(spans):
            ahead = _NO_DENIAL.sub("", clause[end:start])
            behind = clause[stop : spans[index + 1][0] if index + 1 < len(spans) else len(clause)]
            carried = bool(_AND.fullmatch(ahead)) if before else denying and ahead in _RUNNING_ON
            before = bool(_DENIAL.search(ahead)) or carried
            no = before or bool(_DENIED_AFTER.match(behind))
            (denied if no else said).extend(keys)
            plainly = plainly and (no or bool(_ROUND.fullmatch(ahead)))
            end, denying = stop, bool(_DENIAL.search(clause[start:stop]))
        plainly = plainly and (
            bool(_ROUND.fullmatch(clause[end:])) or bool(_DENIED_AFTER.match(clause[end:]))
        )
    kept = tuple(key for key in dict.fromkeys(said) if key not in denied)
    return Named(kept, tuple(dict.fromkeys(denied)), plainly and not _DOUBT.search(sentence), tuple(left))


def _spans(clause: str, names: Mapping[str, frozenset[str]]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where names stand, the longest first taken and none within another, in the order of the clause."""
    places: dict[tuple[int, int], list[str]] = {}
    for key, spellings in names.items():
        for name in spellings:
            if len(name) < 2 and name != clause:
                continue
            at = clause.find(name)
            while at >= 0:
                places.setdefault((at, at + len(name)), []).append(key)
                at = clause.find(name, at + 1)
    taken: list[tuple[int, int, tuple[str, ...]]] = []
    for start, stop in sorted(places, key=lambda span: (span[0] - span[1], span[0])):
        if all(stop <= begun or start >= ended for begun, ended, _ in taken):
            taken.append((start, stop, tuple(dict.fromkeys(places[start, stop]))))
    return sorted(taken)
