"""A Screen in plain text, for the terminal and for transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from bot.screens.tabular import table_lines
from dialogs.turn import Button, Card, Code, Line, Part, Say, Screen, Summary, Table
from dialogs.words import Words
from forms.message import say

_MARKS = {
    "ask": "",
    "say": "",
    "note": "· ",
    "help": "ℹ ",
    "problem": "! ",
    "met": "✓ ",
    "not_met": "✗ ",
    "verify": "? ",
    "pending": "… ",
    "record": "  ",
}
_STATES = {"ok": "", "missing": "  ←", "skipped": "", "wrong": "  ←!"}


def told(screen: Screen) -> Iterator[str]:
    """What a Screen says: the record of the turn, its bubbles, the summary, its rows, the documents."""
    if screen.echo:
        yield screen.echo
    for part in laid_out(screen):
        match part:
            case Say():
                mark = _MARKS[part.tone]
                yield mark + part.text.replace("\n", "\n" + " " * len(mark))
            case Code():
                yield f"【{part.title}】{part.text}"
            case Summary():
                yield from _summary(part)
            case Table():
                yield from table_lines(part, Words(screen.locale))
    for card in screen.cards:
        yield card_line(card)
    if screen.invitation:
        yield f"【{screen.invitation.title}】{screen.invitation.text}"


def laid_out(screen: Screen) -> Iterator[Part | Code]:
    """The bubbles of a Screen, with its recovery code in its place among them."""
    shown = screen.code is None
    for part in screen.parts:
        yield part
        if not shown and screen.code and isinstance(part, Say) and part.text == screen.code.below:
            yield screen.code
            shown = True
    if not shown and screen.code:
        yield screen.code


def _summary(summary: Summary) -> Iterator[str]:
    for group in summary.groups:
        yield f"【{group.title}】{group.note}"
        if not group.folded:
            yield from map(summary_line, group.lines)


def summary_line(line: Line) -> str:
    """One answer on the summary."""
    remark = f"（{line.remark}）" if line.remark else ""
    return f"  {line.label}：{line.value}{_STATES[line.state]}{remark}"


def card_line(card: Card) -> str:
    """One document of the packet."""
    return f"📄 {card.title}" + (f"（{card.note}）" if card.note else "")


def button_label(button: Button) -> str:
    """A button's words, with its tick."""
    tick = {True: "☑ ", False: "☐ ", None: ""}[button.on]
    return tick + button.label


def progress(screen: Screen) -> str:
    """How far the form is, or ""."""
    done = screen.progress
    if done is None or not done.all_of:
        return ""
    section = f"{done.section} {done.done}/{done.of} · " if done.section else ""
    later = Words(screen.locale)(say("，{count}项待补", count=done.put_off)) if done.put_off else ""
    return f"{section}{done.all_done}/{done.all_of}{later}"
