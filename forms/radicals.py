"""Characters that look like others and are meant for them: radicals, and what old fonts kept in private places.

PDF viewers and some keyboards give ⼩ for 小 and ⻩ for 黄. They print as boxes, fit no list and are found by no search.
Kangxi radicals (U+2F00 to 2FD5) have their ideographs as compatibility decompositions; those of the supplement follow
EquivalentUnifiedIdeograph.txt of the Unicode Character Database, the private ones the correspondence of GB 18030-2005
with its 2022 edition. What word processors set from symbol fonts (Symbol, Wingdings) has its sign instead, and a few
ornaments that no font of ours draws have the plain one.
"""

from __future__ import annotations

import re
import unicodedata

from forms.symbols import UNNAMED

_SUPPLEMENT = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺦丬"
    "⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶"
    "⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜"
    "⻰龙⻱龜⻲亀⻳龟"
)
_PRIVATE = {
    0xE816: 0x20087,
    0xE817: 0x20089,
    0xE818: 0x200CC,
    0xE81E: 0x9FB4,
    0xE826: 0x9FB5,
    0xE82B: 0x9FB6,
    0xE82C: 0x9FB7,
    0xE831: 0x215D7,
    0xE832: 0x9FB8,
    0xE83B: 0x2298F,
    0xE843: 0x9FB9,
    0xE854: 0x9FBA,
    0xE855: 0x241FE,
    0xE863: 0x4DAE,
    0xE864: 0x9FBB,
}
_ORNAMENTS = "✔√➢▶➤▶►▶➔→➜→➡→❑□❏□❒□◻□◼■⚫●⚪○❖◆✦★"
_MEANT = {
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    **dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True)),
    **{code: chr(meant) for code, meant in _PRIVATE.items()},
    **UNNAMED,
    **dict(zip(map(ord, _ORNAMENTS[::2]), _ORNAMENTS[1::2], strict=True)),
}
_ANY = re.compile(f"[{''.join(map(chr, _MEANT))}]")


def unified(text: str) -> str:
    """The text with the characters that were meant."""
    return text.translate(_MEANT) if _ANY.search(text) else text  # most have none of them
