"""A place in China by name (籍贯, 出生地)."""

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
from forms.message import say

_HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_BETWEEN = re.compile(r"[\s·.,，、。/—–-]+")
_LONGEST = 30
#: What people say round a place: 我老家是武鸣的.
_ROUND = re.compile(
    "^(?:我们?家?|本人)?(?:的)?(?:老家|祖籍|籍贯|出生地?|家乡|家)(?:就|也)?(?:是|在|为|于)?(?=..)|^(?:我|本人)(?:就)?(?:是|在|来自|出生在|生在)(?=..)"
)
_AROUND = re.compile("(?<=..)(?:的|人氏|人|出生的?|那边的?|那里的?|老家)$")
# A municipality by itself is a place (籍贯 北京); a province by itself rarely is what the form wants.
_PROVINCE = re.compile(
    "(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾)省?"
    "|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|内蒙古|广西|西藏|宁夏|新疆"
)


class PlaceQuestion(Question):
    """Value: str, province and county without blanks, as typed: 广西武鸣 or 广西壮族自治区南宁市武鸣区."""

    kind: Literal["place"] = "place"

    free: ClassVar[bool] = True

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """The place; a province alone is asked back."""
        if refusal := wants_text(given):
            return refusal
        if given.text is None:
            return stale()
        typed = _BETWEEN.sub("", given.text)
        text = _AROUND.sub("", _ROUND.sub("", typed)) or typed
        if not _HAN.fullmatch(text) or len(text) < 2 or assent(text) is not None:
            return Problem(say("请用汉字写到省和市县，例如：广西武鸣"))
        if len(text) > _LONGEST:
            return Problem(say("太长了，只写省和市县就行（最多 {most} 个字），例如：广西武鸣", most=_LONGEST))
        refused = refuse_unprintable(text, about)
        if refused:
            return refused
        if text != typed:
            return Check(text, say("按“{place}”记，对吗？", place=text))
        if _PROVINCE.fullmatch(text):
            return Check(text, say("一般写到市或县，例如“广西武鸣”。只写“{place}”吗？", place=text))
        return Answer(text)

    def fullest(self) -> Value:
        """The longest that is written out in full."""
        return "新疆维吾尔自治区巴音郭楞蒙古自治州焉耆回族自治县"
