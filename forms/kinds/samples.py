"""Words to fill a form with when nobody has filled it in: what `Question.fullest` makes its answers of."""

from __future__ import annotations

from itertools import cycle

_TITLE = "广西南宁轨道交通装备制造集团有限责任公司转向架分公司焊接第一生产车间"
_HEADINGS = (
    "一、勤学苦练，在平凡岗位上锤炼本领",
    "二、迎难而上，把难题变成课题",
    "三、带徒传艺，让手艺一代代传下去",
    "四、心系一线，做工友信得过的人",
)
_STORY = (
    "他从一名普通学徒做起，白天跟着师傅学手法，晚上在灯下记下每一道工序的尺寸、火候和诀窍，"
    "二十多年写满了四十三本笔记。面对薄壁构件变形这道老大难问题，他带着班组连续试验七十余次，"
    "反复调整装夹位置和施工顺序，终于把一次交检合格率提高到百分之九十八点六，每年为单位节约成本四百多万元。"
    "新来的年轻人遇到困难，他总是先听他们把话说完，再一步一步演示，直到每个人都能独立上手。"
)
_PARAGRAPH = 260  # characters: about eight lines of A4


def phrase(length: int) -> str:
    """A name or title of so many characters."""
    return _exactly(_TITLE, length)


def story(length: int) -> str:
    """Prose of so many characters as 字数 counts them, in paragraphs; longer ones with headings."""
    if length <= _PARAGRAPH:
        return _sentence(length)
    parts, headings = [], iter(_HEADINGS)
    while length > 0:
        heading = next(headings, "")
        if heading and length > _PARAGRAPH + len(heading):
            parts.append(heading)
            length -= len(heading)
        share = length if length < 2 * _PARAGRAPH else _PARAGRAPH
        parts.append(_sentence(share))
        length -= share
    return "\n".join(parts)


def _sentence(length: int) -> str:
    text = _exactly(_STORY, length)
    return text[:-1].rstrip("，。").ljust(length - 1, "好") + "。"


def _exactly(text: str, length: int) -> str:
    return "".join(char for char, _ in zip(cycle(text), range(length), strict=False))
