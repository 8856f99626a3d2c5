"""Words that people type instead of pressing a button, in both languages."""

from __future__ import annotations

import re

from dialogs import reminders
from dialogs.register import PAGES
from forms.assent import puts_off

_WORDS: dict[str, str] = {
    "back": "上一步 返回 后退 上一题 上一项 上一条 前一题 退回去 倒回去 退一步 返回上一步 返回上一题 回到上一步 "
    "回去 往回 前一个 上一个 回前面 往前 "
    "回到上一题 回上一步 回上一题 退回上一步 退回上一题 back go_back previous previous_question /back",
    "skip": "跳过 略过 没有就跳过 下一步 下一个 下一项 下一题 下一条 skip /skip",
    "keep": "不改 不改，继续 不改了 不用改 不用改了 不用 不用了 不换 不换了 保留 继续 "
    "就这样 就这样吧 先这样 先这样吧 别改 别改了 保持原样 保持不变 不变 原来的对 没事 没关系 keep",
    "again": "改 改一下 要改 我改 换 换一张 重填 重新填 我重填 重写 重发 重拍 重来",
    "done": "写完了 写好了 填完了 填好了 发完了 传完了 选好了 选完了 done finished",
    "language": "语言 language /language english 中文",
    **reminders.WORDS,
    **{page.opened_by: page.words for page in PAGES.values()},
}

COMMANDS: dict[str, str] = {}
for _verb, _words in _WORDS.items():
    for _word in _words.split():
        COMMANDS.setdefault(_word, _verb)

#: Nothing is left to be said: what is written is to go to whoever waits for it.
HANDED = "(?:我|就|都|那就|现在|可以|已经?)*(?:上交|交上去?|交卷|交)(?:了|啦|吧)?"
_HANDS_IN = re.compile(f"{HANDED}|提交(?:了|啦|吧)?")

#: What of these says yes or no to a question that asks an answer back.
SAYING = {"keep": True, "again": False}


_SENTENCES = {
    **{page.opened_by: re.compile(page.sentences) for page in PAGES.values() if page.sentences},
    **{verb: re.compile(sentence) for verb, sentence in reminders.SENTENCES.items()},
}
#: A sentence that asks for a page is short, in characters; anything longer is an answer.
_LONGEST = 40
#: A word with one of these behind it is that word: 不改了吧.
_PARTICLES = "吧啊呀哦呢嘛"
_MARKS = re.compile(r"[\s，,。.！!？?、~～]+")


def command(text: str) -> str:
    """The verb that a typed text stands for, or "". A sentence that only puts something off is “later”."""
    typed = text.strip().rstrip("。.!！").casefold()
    written = "_".join(typed.split())
    listed = COMMANDS.get(written) or COMMANDS.get(written.rstrip(_PARTICLES), "")
    if listed or len(typed) > _LONGEST:
        return listed
    bare = _MARKS.sub("", typed)
    meant = next((verb for verb, sentence in _SENTENCES.items() if sentence.fullmatch(bare)), "")
    return meant or ("later" if puts_off(text) else "")


def hands_in(text: str) -> bool:
    """Whether a text says that what is written shall go to whoever waits for it, and nothing else."""
    return _HANDS_IN.fullmatch(_MARKS.sub("", text.strip())) is not None
