"""Words for a human: what somebody whose case lies at an office writes to it, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import calling, contact
from dialogs.at_office import Handed, Said
from dialogs.change import Change, changed
from dialogs.events import Wrote
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.assent import hear
from forms.dates import spoken
from forms.message import Message, Own, say
from forms.understanding import meaning

#: One letter is at most so long, in characters.
LONGEST = 500
#: So many may wait for an answer at once.
MOST_WAITING = 10
#: So many are shown, the latest.
SHOWN = 20
#: Whole sentences, without blanks and marks, that want to leave words.
WANTS_TO_WRITE = (
    r"(我|想|要|请|麻烦|帮我|可以|能不能|怎么|怎样)*(给|跟|向|和)?(你们|他们|工会|工作人员|经办人?|老师|单位工会|总工会|办公室)?"
    r"(留个?言|留句话|留几句话|捎句话|带句话|写封?信|发个?消息|发条消息)(给(你们|他们|工会|工作人员|经办人?|老师))?(吗|吧)?"
    r"|(看|查)(一下|看|下)?(我的)?(留言|回复|回信|工会的回复|工作人员的回复)"
    r"|(工会|工作人员)(回我|回信|回复|回话)(了)?(没有|没|吗)"
    r"|(iwantto|iwouldliketo|please|canyou|can|i)*(leavea?message|writeto(the)?(union|office|staff))"
)


def office(view: View) -> Handed | None:
    """Where words can be left: the office that answers for the case; None where there is none."""
    handed, invited = view.scene.handed, view.scene.invited
    if handed is None or not handed.listens or (invited is not None and invited.ended):
        return None
    return handed


def buttons(view: View) -> tuple[Button, ...]:
    """The way to the page, where there is somebody to write to."""
    there = office(view)
    if there is None:
        return ()
    label = say("给{office}留言", office=Own(there.office))
    return (Button(Action("letters"), view.words(label)),)


def human(view: View, handed: Handed) -> Say:
    """Somebody at the office to turn to; where its number is not known, whom the notice names."""
    if not handed.place.phone:
        return contact.told(view)
    number = calling.number(handed.place.phone, view.programme.area_code)
    sentence = say("要问人，请打{office}的电话：{phone}", office=Own(handed.office), phone=number)
    return calling.told((view.words(sentence),), [number])


def talking(view: View) -> tuple[Say, ...]:
    """Whom the notice names, for whoever has no office to write to."""
    return calling.talking(view.programme, contact.office(view), view.words)


def screen(view: View) -> Screen:
    """What was written and answered, and how to write more."""
    words, there = view.words, office(view)
    back = Button(Action("close"), words(say("返回")), "primary")
    if there is None:
        return Screen(talking(view), (back,))
    parts = [Say(words(_line(each)), "say" if each.by else "note") for each in view.scene.letters[-SHOWN:]]
    parts.append(human(view, there))
    if _waiting(view) >= MOST_WAITING:
        parts.append(Say(words(_full(there)), "note"))
        return Screen(tuple(parts), (back,))
    ask = say(
        "要留言，直接打字，就发给{office}，一条最多{most}个字。工作人员看到会回，回话在这里看。",
        office=Own(there.office),
        most=LONGEST,
    )
    parts.append(Say(words(ask), "ask"))
    return Screen(tuple(parts), (back,))


def _line(said: Said) -> Message:
    day, _, clock = said.when.partition("T")
    when = say("{day} {clock}", day=spoken(day), clock=clock)
    if said.by:
        return say("{office}，{when}：{said}", office=Own(said.by), when=when, said=Own(said.text))
    if said.waits:
        return say("您，{when}：{said}（等着回）", when=when, said=Own(said.text))
    return say("您，{when}：{said}", when=when, said=Own(said.text))


def _waiting(view: View) -> int:
    return sum(each.waits for each in view.scene.letters)


def _full(there: Handed) -> Message:
    return say(
        "您有{count}条留言还没有回，等{office}回了再写。急事请打电话。",
        count=MOST_WAITING,
        office=Own(there.office),
    )


def typed(view: View, text: str) -> Change:
    """A letter; a word of thanks or assent, and a greeting, are none."""
    words, there = view.words, office(view)
    if there is None:
        return Change(changed(view.interview, page=""), talking(view))
    heard = hear(text)
    if meaning(text) == "thanks" or (heard.yes is not None and not heard.rest):
        return Change(changed(view.interview, page=""))
    trouble = _trouble(view, there, text)
    if trouble is not None:
        return Change(view.interview, (Say(words(trouble), "problem"),))
    sent = say("✓ 发给{office}了", office=Own(there.office))
    # Every letter is a turn of its own, that a door may tell two alike ones apart.
    return Change(changed(view.interview), echo=words(sent), events=(Wrote(text=text),))


def _trouble(view: View, there: Handed, text: str) -> Message | None:
    if meaning(text) == "greeting":
        return say("您好！要说什么，请直接打出来，就发给{office}。", office=Own(there.office))
    if len(text) > LONGEST:
        return say(
            "一条留言最多{most}个字，这条有{count}个字，没有发。请短一点，或者分几条发。",
            most=LONGEST,
            count=len(text),
        )
    return _full(there) if _waiting(view) >= MOST_WAITING else None


def opening(view: View, action: Action, label: str) -> Change:
    """The page, or where there is nobody to write to, whom to call."""
    if view.interview.fitting or office(view) is None:
        return Change(view.interview, talking(view))
    return Change(changed(view.interview, page="letters", pending=None))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {"letters": opening}
