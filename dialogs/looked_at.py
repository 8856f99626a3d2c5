"""Who looked at what a person handed in: which office, when, and what it did with it. Names of staff stand nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from dialogs.change import Change, changed
from dialogs.interview import Interview
from dialogs.scene import Looked, Scene
from dialogs.trail_words import word
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from dialogs.words import Words
from forms.hours import clock
from forms.message import Message, Own, say

#: So many lines on one page.
_PAGE = 10


@dataclass(frozen=True)
class _Line:
    """What one office did on one day in a row: the number of the first entry, the last moment, how often."""

    number: int
    at: datetime
    office: str
    kind: str
    times: int


def bare(interview: Interview, scene: Scene) -> Screen:
    """While no programme is chosen, nobody can have looked."""
    words = Words(interview.locale)
    return Screen(
        (Say(words(say("这里还没有交上去的材料，没有别人看过。")), "note"),),
        (Button(Action("close"), words(say("返回")), "primary"),) if scene.keeps(interview) else (),
    )


def screen(view: View) -> Screen:
    """The latest first, a page at a time."""
    words, lines = view.words, _lines(view.scene.looked)
    back = Button(Action("close"), words(say("返回")), "primary")
    if not lines:
        handed = view.scene.handed
        none = say("{office}还没有人看过。", office=Own(handed.office)) if handed else say(
            "还没有交上去，没有别人看过。"
        )  # fmt: skip
        return Screen((Say(words(none), "note"),), (back,))
    start = _start(lines, view.interview.subject)
    shown = lines[start : start + _PAGE]
    record = "\n".join(words(_said(each)) for each in shown)
    head = say(
        "谁看过您的材料（第{first}到{last}条，共{of}条，最近的在前）：",
        first=start + 1,
        last=start + len(shown),
        of=len(lines),
    )
    ways = []
    if start + _PAGE < len(lines):
        ways.append(Button(Action("looked", str(lines[start + _PAGE].number)), words(say("更早"))))
    if start:
        later = lines[max(0, start - _PAGE)]
        ways.append(Button(Action("looked", str(later.number)), words(say("更近"))))
    note = say("只写是哪个工会，不写经办人的名字。要问具体的，请找这个工会。")
    return Screen((Say(words(head)), Say(record, "record"), Say(words(note), "note")), (*ways, back))


def _said(line: _Line) -> Message:
    at, office, what = clock(line.at), Own(line.office), word(line.kind)
    if line.times > 1:
        return say("· {at}，{office}：{what}（{times}次）", at=at, office=office, what=what, times=line.times)
    return say("· {at}，{office}：{what}", at=at, office=office, what=what)


def _lines(looked: tuple[Looked, ...]) -> tuple[_Line, ...]:
    """What one office did several times in a row on one day is one line; the latest first."""
    lines = []
    for (day, office, kind), several in groupby(looked, lambda each: (each.day, each.office, each.kind)):
        del day
        own = tuple(several)
        lines.append(_Line(own[0].number, own[-1].at, office, kind, len(own)))
    return tuple(reversed(lines))


def _start(lines: tuple[_Line, ...], subject: str) -> int:
    """Where the page begins that is named by the number of an entry; new entries move nothing."""
    wanted = int(subject) if subject.isascii() and subject.isdigit() else None
    if wanted is None:
        return 0
    return next((at for at, line in enumerate(lines) if line.number <= wanted), 0)


def _open(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page="looked", subject=action.about, pending=None))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {"looked": _open}
