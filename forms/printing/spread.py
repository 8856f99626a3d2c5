"""Where lines of Chinese break and where they stretch: what stays together, and the gaps that justify.

WeasyPrint justifies at blanks only, and Chinese has none. So between two characters where a line may end stands a gap: a
blank, which WeasyPrint widens, made as narrow as nothing by `word-spacing` (class `han` in page.css); a blank that was
written has the class `blank` and its own width. `Renderer` takes the gaps out of the finished pages again, so that a
text that is copied from the PDF is the text that was printed.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from markupsafe import Markup, escape

#: A place where no line breaks (U+2060, word joiner). It draws nothing and is not copied.
JOINT = "\u2060"
#: See above.
GAP = " "

NO_LINE_STARTS_WITH = frozenset("、。，．：；？！）〕］｝〉》」』】”’…—～·％℃‰,.:;?!)]}%°/-")
NO_LINE_ENDS_WITH = frozenset("（〔［｛〈《「『【“‘([{$￥#—")

_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: Units of more than one character, longest first. A figure keeps to the one character after it whatever that is.
_UNITS = (
    "平方毫米 平方厘米 平方公里 立方厘米 个百分点 平方米 立方米 万亿元 千瓦时 千伏安 帕斯卡 摄氏度 万人次 百分点 万公里 "
    "毫米 厘米 分米 微米 纳米 公里 千米 海里 公顷 毫升 千克 公斤 毫克 万吨 亿吨 分钟 小时 个月 万元 亿元 千元 百元 千瓦 "
    "兆瓦 千伏 毫安 伏安 安培 赫兹 兆赫 兆帕 千帕 牛顿 千牛 人次 万人 工日 台套 台次 分贝 万次 万件 万台 万个 周岁"
).replace(" ", "|")
#: A figure with what it is joined to: thousands behind a blank, itself through signs, a unit, the word of measure.
_FIGURE = re.compile(
    r"第?"
    r"(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9A-Za-z.,]*[0-9])[0-9A-Za-z.,²³⁻⁰¹⁴-⁹₀-₉%‰°′″℃Ωμµ]*"
    r"(?:[/~～×*±:：\-–—^·][0-9A-Za-zΩμµ²³][0-9A-Za-z.,²³⁻⁰¹⁴-⁹₀-₉%‰°′″℃Ωμµ]*)*"
    rf"(?: ?(?:{_UNITS})| (?:[A-Za-zΩμµ℃°%‰]{{1,4}}(?:[/·][A-Za-z]{{1,3}})?[²³]?(?![A-Za-z]))"
    rf"|[{_HAN}]|℃)?"
)
#: A place where a line may break (U+200B, zero width space), which is neither drawn nor copied; it marks a gap as one.
MARK = "\u200b"
#: Where a line may break though Pango by itself would not break it.
HELP = 2 * MARK
_EVERY = 6  # characters from gap to gap: every line but the shortest has one within it
_LONG = 3  # characters that cannot part and might fill a line
_CLOSING, _OPENING, _QUOTES = map(frozenset, ("，。、；：？！）》」』】〕", "（〔［｛〈《「『【([{", "”’\"'"))
_BLANK = Markup('<span class="blank"> </span>')
_LONGEST_FIGURE = 24  # characters: what is longer may have to break somewhere
#: A name in parts, such as 阿依古丽·买买提, as the whole of a field.
_NAME_IN_PARTS = re.compile(rf"[{_HAN}]+(?:·[{_HAN}]+)+")


def joined(text: str) -> str:
    """The text with joints in what no line may part: figures and their units, a name's parts, a dot and what it follows.

    It is the same text when the joints are taken out again.
    """
    if _NAME_IN_PARTS.fullmatch(text):
        return "·".join(map(JOINT.join, text.split("·"))).replace("·", f"{JOINT}·")
    return _FIGURE.sub(_together, text).replace("·", f"{JOINT}·") if _has_figures(text) else text


def _has_figures(text: str) -> bool:
    return "·" in text or any(figure in text for figure in "0123456789")


def _together(match: re.Match[str]) -> str:
    figure = match[0]
    if len(figure) > _LONGEST_FIGURE:
        return figure
    return "".join(
        char if not place or _holds(figure[place - 1], char) else JOINT + char
        for place, char in enumerate(figure)
    )


def _holds(before: str, after: str) -> bool:
    """Whether two characters keep together without a joint."""
    return after == " " or (before.isascii() and before.isalnum() and after.isascii() and after.isalnum())


def spread(text: str, *, few: bool = True) -> Markup:
    """The text with gaps where lines may end between two characters, for a block of the class `han`.

    Where all of it is set in one face (`few`) and has no blanks of its own, one gap in six will do: `stretch` shares out
    the room that it gets in a line. Else there is one at every place.
    """
    parts = joined(text).replace("\u00a0", " ").split(" ")
    return _BLANK.join(escape(_gapped(part, few and len(parts) == 1)) for part in parts)


def spreads(text: str) -> bool:
    """Whether a text is one for gaps: a third of it Chinese. Others stretch at their own blanks."""
    return 3 * sum(map(ideographic, text)) > len(text)


def _gapped(text: str, few: bool) -> str:
    """The text with its gaps, marked where they are few, and help where Pango would not break by itself."""
    if not few:
        return "".join(
            GAP + char if may_part(before, char) else char for before, char in pairwise(f"{JOINT}{text}")
        )
    gaps = _gaps(text)
    return "".join(
        MARK + GAP + char
        if place in gaps
        else HELP + char
        if may_part(before, char) and not breaks_unhelped(before, char)
        else char
        for place, (before, char) in enumerate(pairwise(f"{JOINT}{text}"))
    )


def _gaps(text: str) -> set[int]:
    """The places before which a gap stands: one in `_EVERY`, and on both sides of what cannot part for long."""
    gaps: set[int] = set()
    last = 0
    places = [
        place
        for place, pair in enumerate(pairwise(text), 1)
        if may_part(*pair) and not (pair[0] in _QUOTES and pair[1] in _OPENING)
    ]
    for before, place, after in zip([0, *places], places, [*places[1:], len(text)], strict=False):
        if place - last >= _EVERY or place - before > _LONG or after - place > _LONG:
            gaps.add(place)
            last = place
    return gaps


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters of Chinese, and stretch there.

    What is no character of its own (a mark on a letter, the selector of a character's variant) stays with the one before.
    """
    if JOINT in (before, after) or after in NO_LINE_STARTS_WITH or before in NO_LINE_ENDS_WITH:
        return False
    return (ideographic(before) or ideographic(after)) and not unicodedata.category(after).startswith("M")


def breaks_unhelped(before: str, after: str) -> bool:
    """Whether a mark between two characters that may part would change nothing.

    Pango breaks a line there by itself; or not even at a blank, as between a closing quotation mark and an opening bracket.
    """
    if before in _QUOTES:
        return after in _OPENING
    return (_plain(before) or before in _CLOSING) and (_plain(after) or after in _OPENING)


def _plain(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or (char.isascii() and char.isalnum())


def ideographic(char: str) -> bool:
    """Whether it is a character of Chinese print, a full-width mark among them."""
    return "\u3000" <= char <= "\u9fff" or char >= "\U00020000" or "\uff00" <= char <= "\uff60"
