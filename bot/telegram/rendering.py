"""A Screen as messages: HTML text within Telegram's limits, and the keyboard under the last of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal, NamedTuple

from bot.screens import plain, tabular
from bot.telegram.keyboards import Rows, inside, keyboard, listed, paged
from dialogs.turn import Code, Say, Screen, Summary, Table
from dialogs.words import Words
from forms.kinds.id_number import veiled
from forms.message import say

#: Telegram takes 4096 UTF-16 units after the markup is read; some room is left for the marks.
_LONGEST = 4000
_LONGEST_EXAMPLE = 60
#: Telegram's web versions would put the page into a frame, which it refuses: nobody is to wonder at an empty one.
_FRAMED = say("网页版 Telegram 里打不开网页，请发 /resume，用给您的链接另开一页。")
OWN_NUMBER = say("发送我的手机号")
_POP_UP = 200  # characters over a button
_MARKS = {
    "help": "ℹ️ ",
    "problem": "⚠️ ",
    "met": "✅ ",
    "not_met": "❌ ",
    "verify": "🔎 ",
    "pending": "⏳ ",
}
_LASTING = ("met", "not_met", "verify")
_STATES = {"ok": "", "missing": " ◀️", "skipped": "", "wrong": " ⚠️"}
_TAG = re.compile(r"</?[a-z]+>")
_BREAKS = ("\n", "。", "；", "，", " ")


@dataclass(frozen=True)
class Bubble:
    """One message: its text in Telegram's HTML and the buttons under it."""

    html: str
    rows: Rows = ()
    #: What becomes of the keyboard below the input field, which has a button for the person's own number.
    below: Literal["", "opens", "goes"] = ""
    locale: str = "zh"

    @property
    def plain(self) -> str:
        """The text without markup."""
        return unescape(_TAG.sub("", self.html))


class _Block(NamedTuple):
    """Some lines in one dress; `close` says that it follows without an empty line."""

    text: str
    tag: str = ""
    close: bool = False

    @property
    def html(self) -> str:
        shown = escape(veiled(self.text), quote=False)
        return f"<{self.tag}>{shown}</{self.tag}>" if self.tag else shown


def messages(
    screen: Screen, *, view: str = "", echo: bool = True, news: Sequence[str] = (), app: str = ""
) -> tuple[Bubble, ...]:
    """The Screen as messages in order, at least one; only the last has buttons.

    `echo` says whether the record of the turn stands in the text (where no older message was turned into it);
    `news` are lines of Screens that nobody got to see. `app` as `keyboards.keyboard` has it.
    """
    blocks = [_Block(line) for line in news]
    if echo and screen.echo:
        blocks.append(_Block(screen.echo))
    blocks.extend(_said(screen))
    if inside(screen, app):
        blocks.append(_Block(Words(screen.locale)(_FRAMED), "i"))
    texts = list(_filled(blocks)) or ["…"]
    return (*(Bubble(text) for text in texts[:-1]), Bubble(texts[-1], keyboard(screen, view, app)))


def record(screen: Screen, head: Sequence[str] = ()) -> Bubble:
    """What an answered question turns into: the answer, without buttons, under what stood at the message's head."""
    return sentence("\n\n".join((*head, screen.echo)))


def numbers(screen: Screen) -> bool:
    """Whether a telephone number is asked for."""
    return bool(screen.asks and screen.asks.keyboard == "tel")


def below(screen: Screen, record: str) -> Bubble:
    """The message that opens the keyboard for the person's own number, or takes it away: `record` or a word in its place."""
    if numbers(screen):
        text = Words(screen.locale)(say("点输入框下面的“{button}”，就不用打号码了。", button=OWN_NUMBER))
        return Bubble(escape(text, quote=False), below="opens", locale=screen.locale)
    text = record or Words(screen.locale)(say("好的。"))
    return Bubble(escape(veiled(_shortened(text)), quote=False), below="goes", locale=screen.locale)


def head(screen: Screen, *, echo: bool) -> tuple[str, ...]:
    """What a message tells that is to stay when it is changed: what is told once, and what stands beside a question.

    Of Screens that ask nothing the verdicts do not stay: they are what those are about.
    """
    if screen.asks is None:
        return told(screen)
    lasting = (part for part in screen.parts if isinstance(part, Say) and part.tone in _LASTING)
    record = (screen.echo,) if echo and screen.echo else ()
    return (*record, *told(screen), *(_MARKS[p.tone] + p.text for p in lasting))


def told(screen: Screen) -> tuple[str, ...]:
    """What a Screen tells this once and nothing tells again: a recovery code to be copied, a word from the union."""
    return tuple(part.text for part in screen.told if part.tone == "note")


def sentence(text: str, rows: Rows = ()) -> Bubble:
    """A sentence of the door's own."""
    return Bubble(escape(veiled(_shortened(text)), quote=False), rows)


def news(screen: Screen) -> tuple[str, ...]:
    """What must still be told of a Screen that a newer one overtook: the record, what was said once, problems, verdicts.

    What was said once is told nowhere else: the newer Screen does not say it.
    """
    sentences = [
        _MARKS.get(part.tone, "") + part.text
        for number, part in enumerate(screen.parts)
        if isinstance(part, Say) and (number < screen.once or part.tone in ("problem", *_LASTING))
    ]
    return (*([screen.echo] if screen.echo else []), *sentences)


def notice(screen: Screen) -> str:
    """The first thing said, short enough to pop up over a button."""
    first = next((part.text for part in screen.parts if isinstance(part, Say)), "")
    return first[:_POP_UP]


def brief(screen: Screen) -> bool:
    """Whether a notice that pops up says all that is said this once."""
    return len(screen.told) <= 1 and all(len(part.text) <= _POP_UP for part in screen.told)


def _shortened(text: str) -> str:
    return next(_pieces(text), "")


def _said(screen: Screen) -> Iterator[_Block]:
    before = ""
    yield from _progress(screen)
    for part in plain.laid_out(screen):
        if isinstance(part, Summary | Code):
            yield from (_Block(part.text, "code"),) if isinstance(part, Code) else _summary(part)
            before = ""
            continue
        if isinstance(part, Table):
            yield from _rows(part, Words(screen.locale))
            before = ""
            continue
        tag = "b" if part.tone == "ask" else ""
        close = part.tone == "record" or before == part.tone == "note"  # an answer stands under its question
        yield _Block(_MARKS.get(part.tone, "") + part.text, tag, close=close)
        before = part.tone
    yield from (_Block(line, close=bool(number)) for number, line in enumerate(listed(screen)))
    if paged(screen):
        yield _Block(Words(screen.locale)(say("选项不止一页：可以翻页，也可以直接打字。")), "i")
    placeholder = screen.asks.placeholder if screen.asks else ""
    if 0 < len(placeholder) <= _LONGEST_EXAMPLE:
        yield _Block(placeholder, "i")
    if not any(isinstance(part, Summary) for part in screen.parts):
        yield from (_Block(plain.card_line(card), close=bool(n)) for n, card in enumerate(screen.cards))


def _progress(screen: Screen) -> Iterator[_Block]:
    done = plain.progress(screen)
    if done:
        yield _Block(done, "i")


def _summary(summary: Summary) -> Iterator[_Block]:
    for group in summary.groups:
        yield _Block(f"【{group.title}】{group.note}", "b")
        for line in () if group.folded else group.lines:
            remark = f"（{line.remark}）" if line.remark else ""
            yield _Block(f"{line.label}：{line.value}{_STATES[line.state]}{remark}", close=True)


def _rows(table: Table, words: Words) -> Iterator[_Block]:
    """Rows as short numbered lines; one that is too long for that tells each cell under its head."""
    lines = tuple(tabular.short_lines(table, words))
    apart = any("\n" in line for line in lines)
    for number, line in enumerate(lines, 1):
        yield _Block(f"{number}. {line}", close=number > 1 and not apart)


def _filled(blocks: Sequence[_Block]) -> Iterator[str]:
    """Blocks gathered into messages, each as full as it may be."""
    text, size = "", 0
    for block in blocks:
        for number, piece in enumerate(_pieces(block.text)):
            part = block._replace(text=piece)
            length = _units(piece)
            if text and size + length + 2 > _LONGEST:
                yield text
                text, size = "", 0
            between = "" if not text else "\n" if block.close or number else "\n\n"
            text += between + part.html
            size += length + len(between)
    if text:
        yield text


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces of at most one message, broken where a reader would pause."""
    rest = text.strip()
    while _units(rest) > _LONGEST:
        head = _head(rest)
        cut = next((at for mark in _BREAKS if (at := head.rfind(mark) + 1) > len(head) // 2), len(head))
        yield rest[:cut].rstrip()
        rest = rest[cut:].lstrip()
    if rest:
        yield rest


def _head(text: str) -> str:
    """The longest beginning that fits into one message."""
    head = text[:_LONGEST]
    while _units(head) > _LONGEST:
        head = head[: len(head) - (_units(head) - _LONGEST + 1) // 2]
    return head


def _units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) + sum(char > "\uffff" for char in text)
