"""How far the selection has come for whoever a case is about, in words: on their last page, and as it is told to them.

What staff wrote as a reason, and who objected to whom, stands nowhere here: an objection says who made it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs import correspondence
from dialogs.at_office import LAST, Came, Handed, Result
from dialogs.turn import Say, Tone
from dialogs.view import View
from forms.message import Message, say

_CAME: Mapping[Came, Message] = {
    "on": say("“{stage}”有结果了：您通过了。"),
    "reserve": say("“{stage}”有结果了：您是后备人选，前面有人退出才轮到。"),
    "out": say("“{stage}”有结果了：您没有通过，这次评选就到这里。"),
    "listed": say("名单正在公示，上面有您。{days}"),
    "moved_up": say("您递补上来了，名单正在公示，上面有您。{days}"),
    "listed_reserve": say("名单正在公示，您是后备人选：有人被取消资格，才轮到后备。{days}"),
    "unlisted": say("名单正在公示，上面没有您。"),
    "kept": say("公示结束了，名单上有您。"),
    "waited": say("公示结束了，没有轮到后备，这次评选就到这里。"),
    "left_out": say("公示结束了，名单上没有您，这次评选就到这里。"),
    "off": say("公示名单上没有您了。"),
    "named": say("恭喜您！“{stage}”办完了，名单里有您。"),
    "unnamed": say("“{stage}”办完了，名单里没有您，这次评选就到这里。"),
}
#: Told of when a stage is over, and while a list is up.
WHEN_OVER: frozenset[Came] = frozenset(["on", "reserve", "out", "waited", "left_out", "named", "unnamed"])
WHILE_UP: frozenset[Came] = frozenset(["listed", "moved_up", "listed_reserve", "off"])
#: In which of them somebody wants to ask why.
SORRY = LAST - {"named"}
_GLAD: frozenset[Came] = frozenset(["on", "listed", "moved_up", "kept", "named"])


def sentence(result: Result) -> Message:
    """How a case came out, or stands on a list. Raises KeyError where nothing has come out yet."""
    values = {"stage": result.stage, "days": result.days or ""}
    message = Message(_CAME[result.came].text, values)  # type: ignore[index]  # “”: nothing is told then
    if result.came == "unlisted" and result.follows:
        return say("{told}有人被取消资格，会有人递补；轮到您，会在这里告诉您。", told=message)
    return message


def told(view: View, handed: Handed) -> Iterator[Say]:
    """Where somebody's case is in the selection; nothing before that has begun."""
    result, words = handed.result, view.words
    if result is None:
        return
    if result.came:
        tone: Tone = "met" if result.came in _GLAD else "note"
        yield Say(words(sentence(result)), tone)
    if result.now:
        text = say("评选正在办“{stage}”，有结果会在这里告诉您。", stage=result.now)
        yield Say(words(text), "note")
    if result.came in SORRY:
        yield correspondence.human(view, handed)
