"""The story so far: what was asked and answered, told again from the answers. No transcript is kept of it.

Its pages are counted backwards. Where one ends is said by a question, never by a number: answers that are changed
meanwhile move nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs import veiling
from dialogs.review import line
from dialogs.turn import Action, Button, Line, Say, Screen
from dialogs.view import View
from forms.kinds.base import Question
from forms.message import Message, Own, say

#: So many questions on one page.
_PAGE = 10
#: Lines of the story stand above every Screen: their buttons mean the same at any revision.
_ANY_REVISION = 0


@dataclass(frozen=True)
class Entry:
    """One question that is settled: in its own words, with its answer as the review shows it and the way to edit it.

    `section` is the title where another section begins, and on the first of a page, else "".
    """

    section: str
    ask: str
    line: Line

    @property
    def token(self) -> str:
        """What presses its way to edit."""
        return self.line.edit.action.token(_ANY_REVISION)


@dataclass(frozen=True)
class Telling:
    """One page of the story. `first` and `last` count its entries from 1 among all `of` them.

    `earlier` is the question before which the page before ends, `later` that of the page behind; "" stands for the
    end of all. None where there is no such page.
    """

    entries: tuple[Entry, ...]
    first: int
    last: int
    of: int
    earlier: str | None
    later: str | None


def telling(view: View, before: str = "") -> Telling:
    """The last settled questions before `before`; before the end of all where that is no question of the form."""
    settled = _settled(view)
    end = _end(view, settled, before)
    start = max(0, end - _PAGE)
    entries = []
    section = ""
    for question in settled[start:end]:
        title = view.words.text(view.section_of(question).title)
        entries.append(
            Entry(title if title != section else "", view.words.text(question.ask), _line(view, question))
        )
        section = title
    beyond = min(end + _PAGE, len(settled))
    return Telling(
        tuple(entries),
        start + 1 if entries else 0,
        end,
        len(settled),
        settled[start].id if start else None,
        None if end == len(settled) else settled[beyond].id if beyond < len(settled) else "",
    )


def _settled(view: View) -> list[Question]:
    return [question for question in view.steps if view.settled(question)]


def _end(view: View, settled: list[Question], before: str) -> int:
    order = list(view.form.questions)
    if before not in order:
        return len(settled)
    return sum(order.index(question.id) < order.index(before) for question in settled)


def _line(view: View, question: Question) -> Line:
    entry = veiling.line(line(view, question))
    interview = view.interview
    if question.id in interview.skipped:
        return replace(entry, value=view.words(say("跳过")), state="skipped")
    if question.id in interview.later and question.id not in interview.answers:
        return replace(entry, value=view.words(say("稍后再补")))
    return entry


def buttons(view: View) -> Mapping[str, Button]:
    """The ways to edit of the whole story, by their tokens: they may be pressed whatever stands on the Screen."""
    edits = (_line(view, question).edit for question in _settled(view))
    return {edit.action.token(_ANY_REVISION): edit for edit in edits}


def screen(view: View) -> Screen:
    """The page of the story that is open, with the ways to the pages beside it."""
    words = view.words
    page = telling(view, view.interview.told)
    parts = [Say(words(_head(page)))]
    for entry in page.entries:
        if entry.section:
            parts.append(Say(f"【{entry.section}】"))
        parts.append(Say(entry.ask, "note"))
        label, value = entry.line.label, Own(entry.line.value)
        parts.append(Say(words(say("✓ {label}：{value}", label=label, value=value)), "record"))
        if entry.line.remark:
            parts.append(Say(entry.line.remark, "problem" if entry.line.state == "wrong" else "note"))
    ways = []
    if page.earlier is not None:
        ways.append(Button(Action("tell", page.earlier), words(say("更早"))))
    if page.later is not None:
        ways.append(Button(Action("tell", page.later), words(say("更近"))))
    return Screen(
        parts=tuple(parts),
        buttons=(*ways, Button(Action("close"), words(say("返回")), "primary")),
    )


def _head(page: Telling) -> Message:
    if not page.entries:
        return say("前面还没有填过什么。")
    return say("前面填的（第{first}到{last}项，共{of}项）：", first=page.first, last=page.last, of=page.of)
