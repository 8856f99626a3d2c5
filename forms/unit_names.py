"""Names of units as they are compared: what is the same name written otherwise, and what is nearly the same.

The same are full-width and plain marks, letters of either case, blanks, traditional and simplified characters, and every
kind of bracket. Nearly the same are a group and its companies (集团, 集团有限公司, 股份, 分公司), and a place by its short
and its full name (广西, 广西壮族自治区): whether they are one unit is for people to say.
"""

from __future__ import annotations

import re
import unicodedata

from forms.characters import simplified

_BRACKETS = str.maketrans(
    dict.fromkeys("〔【［〖「『《〈[{<", "(") | dict.fromkeys("〕】］〗」』》〉]}>", ")")
)
_MARKS = re.compile(r"[()·,，、.。“”\"'‘’\-—–_/&]")
_REGIONS = re.compile(r"(广西壮族|宁夏回族|新疆维吾尔|内蒙古|西藏)自治区|(香港|澳门)特别行政区")
_SUFFIXES = re.compile(r"(?<=[\u4e00-\u9fff]{2})[省市](?=[\u4e00-\u9fff]{2})(?![政场民井])")
_NATION = re.compile(r"^中国(?=\w{2})")
_GROUP = re.compile(r"(?<=[\w]{2})集团.*$")
_LEGAL = re.compile(
    r"(?<=[\w]{2})(?:股份|有限|责任|合伙|控股|总|分|子)*(?:公司|企业)(?:.*(?:分公司|子公司|分厂|事业部|办事处))?$|(?<=[\w]{2})(?:股份|控股)$"
)
_SHORT = {"广西壮族": "广西", "宁夏回族": "宁夏", "新疆维吾尔": "新疆"}


def normal(text: str) -> str:
    """The name as it is compared: the same for everything that is only written otherwise."""
    plain = unicodedata.normalize("NFKC", text).translate(_BRACKETS).casefold()
    return "".join(simplified(plain).split())


def stem(text: str) -> str:
    """What nearly the same names have in common: 江苏精磨装备 of 江苏省精磨装备（集团）有限公司南京分公司."""
    bare = _MARKS.sub("", normal(text))
    bare = _REGIONS.sub(lambda region: _SHORT.get(region[1] or "", region[1] or region[2]), bare)
    bare = _NATION.sub("", _SUFFIXES.sub("", bare))
    return _LEGAL.sub("", _GROUP.sub("", bare)) or bare
