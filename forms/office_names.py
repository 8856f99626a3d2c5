"""Names of receiving unions as people type them, and whether one of them names a given union.

People leave out the city before a district, the 总 of 总工会, the 区 of 青秀区; they add the department or the way there.
What they wrote differently is never passed over: 徐州市鼓楼区 is not 南京市鼓楼区, 柳江县 not 柳江区, and a 工会工委 not the
总工会 of the same place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forms.unit_names import normal

Kind = Literal["grassroots", "county", "industry", "city", "province"]
#: How high each kind stands: a union passes cases on to a higher one.
HEIGHT: dict[Kind, int] = {"grassroots": 0, "county": 1, "industry": 1, "city": 2, "province": 3}

_TO = re.compile(r"^(?:就|应该)?(?:是|归|(?:提?交|送|报送?|寄)(?:给|到|往|至))")
_TAIL = re.compile(r"[吧啊呀呢哦的]+$")
_ASIDE = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[·,，、.。;；:：!！?？“”\"'‘’\-—–_/]")
_DEPARTMENT = re.compile(r"(?<=总工会)(?!工).{2,12}[部室处科]$")
_END = re.compile(
    r"(?P<committee>(?:总?工会)?(?:(?<!党)工委|工会工作委员会|工作委员会))$|(?P<union>总工会|工会委员会|工会|(?<=[省市区县])总)$"
)
#: Peoples after whom autonomous places are named, beside the place's own name.
_PEOPLES = (
    "(?:(?:壮|回|苗|瑶|侗|仫佬|毛南|各|彝|藏|土家|土|羌|哈尼|傣|景颇|佤|拉祜|布朗|傈僳|独龙|怒|普米|白|纳西|布依|水|仡佬|黎|"
    "满|蒙古|朝鲜|达斡尔|鄂温克|鄂伦春|哈萨克|锡伯|塔吉克|东乡|保安|撒拉|裕固|畲)族|维吾尔|哈萨克|柯尔克孜|蒙古)"
)
_PLACE = re.compile(rf"^(.{{2,}}?){_PEOPLES}*(自治[区州县旗])$|^(.{{2,}})([省市区县])$")
_REACH = {"province": ("自治区", "全区", "省", "区"), "city": ("市",), "county": ("县", "区")}


@dataclass(frozen=True)
class Named:
    """A name in parts: the place, trade or unit before the ending, and what kind of ending it has.

    `end` is "union", "committee", or "" where the name ends in neither.
    """

    stem: str
    end: str


def parts(text: str) -> Named:
    """The parts of a name, however it is written."""
    plain = normal(text)
    plain = _ASIDE.sub("", plain) or plain
    plain = _TAIL.sub("", _TO.sub("", _MARKS.sub("", plain)))
    plain = _DEPARTMENT.sub("", plain)
    match = _END.search(plain)
    if match is None or not match.start():
        return Named(plain, "")
    return Named(plain[: match.start()], str(match.lastgroup))


def bare(stem: str, above: Sequence[tuple[Kind, str]]) -> str:
    """A stem without the places that it lies in; `above` are the unions above, the highest first."""
    for kind, name in above:
        place = parts(name).stem
        for written in ((place, _split(place)[0]), _REACH.get(kind, ())):
            rests = (stem.removeprefix(before) for before in written if before)
            stem = next((rest for rest in rests if rest != stem and len(rest) >= 2), stem)
    return stem


def same(typed: str, name: str, above: Sequence[tuple[Kind, str]] = ()) -> bool:
    """Whether what somebody typed names the union that is called `name`; `above` as for `bare`."""
    if normal(typed) == normal(name):
        return True
    said, called = parts(typed), parts(name)
    if not called.end or said.end not in {called.end, "" if called.end == "union" else called.end}:
        return False
    (own, ending), (other, another) = _split(bare(said.stem, above)), _split(bare(called.stem, above))
    return own == other and (ending.endswith(another) or another.endswith(ending))


def hinted(typed: str, name: str, above: Sequence[tuple[Kind, str]] = ()) -> bool:
    """Whether what somebody typed holds the very place, trade or unit of a union: worth showing first."""
    core = _split(bare(parts(name).stem, above))[0]
    return len(core) >= 2 and core in normal(typed)


def _split(stem: str) -> tuple[str, str]:
    """A place as its name and what it is: 青秀 and 区, 融水 and 自治县; anything else with ""."""
    match = _PLACE.match(stem)
    if match is None:
        return stem, ""
    return (match[1], match[2]) if match[1] else (match[3], match[4])
