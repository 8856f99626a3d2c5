"""Words that people type instead of pressing a button, in both languages."""

from __future__ import annotations

import re

from dialogs.register import PAGES

_WORDS: dict[str, str] = {
    "back": "上一步 返回 后退 上一题 back /back",
    "skip": "跳过 略过 没有就跳过 skip /skip",
    "keep": "不改 不改，继续 保留 继续 keep",
    "help": "帮助 怎么填 help /help ? ？",
    "language": "语言 language /language english 中文",
    "confirm": "是 对 是的 对的 没错 好 yes ok",
    "again": "不对 不是 重填 no",
    **{page.opened_by: page.words for page in PAGES.values()},
}

COMMANDS: dict[str, str] = {}
for _verb, _words in _WORDS.items():
    for _word in _words.split(" "):
        COMMANDS.setdefault(_word, _verb)


_SENTENCES = {page.opened_by: re.compile(page.sentences) for page in PAGES.values() if page.sentences}
#: A sentence that asks for a page is short, in characters; anything longer is an answer.
_LONGEST = 40
_MARKS = re.compile(r"[\s，,。.！!？?、~～]+")


def command(text: str) -> str:
    """The verb that a typed text stands for, or ""."""
    typed = text.strip().rstrip("。.!！").casefold()
    known = COMMANDS.get("_".join(typed.split()), "")
    if known or len(typed) > _LONGEST:
        return known
    bare = _MARKS.sub("", typed)
    return next((verb for verb, meant in _SENTENCES.items() if meant.fullmatch(bare)), "")
