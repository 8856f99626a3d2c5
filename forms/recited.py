"""Numbers that people recite figure by figure: 四五零一零三…, 幺三八零零…, as phones write down what was said."""

from __future__ import annotations

import re

#: What figures are called. 幺, 洞, 拐 and 勾 are for the ear: on the telephone one and seven sound alike.
_COMMON = ("零〇○洞", "一幺弌", "二两兩", "三", "四", "五", "六", "七拐", "八", "九勾")
#: As they stand on bills. 陆 and 伍 are families' names, so these count only among themselves.
_ON_BILLS = ("零", "壹", "贰貳", "叁參", "肆", "伍", "陆陸", "柒", "捌", "玖")
_CALLED = {
    char: str(figure)
    for called in (_COMMON, _ON_BILLS)
    for figure, chars in enumerate(called)
    for char in chars
}
_FIGURES = str.maketrans(_CALLED)
_RECITED = str.maketrans({**_CALLED, "，": " ", ",": " ", "、": " ", "。": " "})
#: So many figures in a row are no year, no amount and no name. They may be said in groups, or one by one.
_FEWEST = 7
_GROUPS = "{0}{{2,}}(?:[\\s\\-，,、。.]{{1,2}}{0}{{2,}})*+|{0}(?: {0}){{6,}}"
_RUN = re.compile(
    "|".join(_GROUPS.format(f"[{''.join(called)}]") for called in ((r"\d", *_COMMON), _ON_BILLS))
)
#: A one that stands alone between figures of the other kind is a dash.
_DASH = re.compile(r"(?<=\d)\s*一\s*(?=\d)", re.ASCII)
_SPOKEN = re.compile(f"[{''.join(_CALLED)}]")
#: 四个零 is four of them.
_TIMES = re.compile(r"([2-8])个(\d)", re.ASCII)
#: The X behind a number of an identity card, as it sounds.
_EX = re.compile(r"(?<=\d)[\s，,、]*(?:大写的?|字母)?(?:[艾埃爱诶][克可][斯思丝]|叉叉?|[xX])(?=[。.\s]*$)")


def figures(text: str) -> str:
    """The text with what is recited figure by figure in Arabic figures, each in its place: it is as long as it was."""
    return _RUN.sub(_run, text)


def recited(text: str) -> str:
    """A number alone as it was recited, in Arabic figures: also 四个零, and 叉 or 艾克斯 for an X at its end."""
    plain = _TIMES.sub(lambda times: times[2] * int(times[1]), text.translate(_FIGURES))
    return _EX.sub("X", plain)


def without_dashes(text: str) -> str:
    """The text without any one (一) that may stand for a dash between figures."""
    return _DASH.sub("", text)


def _run(run: re.Match[str]) -> str:
    figures_said = sum(char.isalnum() for char in run[0])
    return run[0].translate(_RECITED) if figures_said >= _FEWEST and _said(run[0]) else run[0]


def _said(text: str) -> bool:
    """Whether figures of a text are said in words, and no one stands for a dash there."""
    return _SPOKEN.search(without_dashes(text)) is not None
