"""What was answered before is said to be wrong, in words: 刚才那个错了, 名字写错了，应该是陆建国, 不对，是2004年7月.

None of it is an answer to the question on screen. What is right is shown beside what stands and asked about first; where
only the answer is named, it is opened.
"""

from __future__ import annotations

import re

from dialogs import correcting
from dialogs.answering import answer
from dialogs.change import Change
from dialogs.turn import Action, Say, Screen
from dialogs.view import View
from forms.facts import facts, owner
from forms.kinds.base import Answer, Check, Given, Question, Value
from forms.kinds.options import OptionsQuestion
from forms.message import say
from forms.retractions import Retraction, only_takes_back, retraction
from forms.understanding import meaning

HOW = say("要改上一条，点“上一步”；要改别的，发“检查答案”，点那一行就能改。")
_MARKS = " ，,。.、：:"
#: What leads on to what is right, where that was taken out as a fact: 我电话写错了应该是, 帮我把手机改成.
_LEADS_ON = re.compile("(?:其实|正确的?|现在|应该|应当|就|要|才)*(?:是|为|叫|[改换]?[成为到])?$")
_TO_CHANGE = re.compile(
    "(?:请|麻烦|想|要|能不能|可以|帮我|给我|我|把|将|的)*[^，,。\\s]{0,6}?(?:[改换]|更正|修改)(?:一下|下|了)?[，,\\s]*"
    "(?:应该|应当)?[是为成到]?"
)
#: Their own words for no and 不对 are answers.
_CLOSED = frozenset(["yes-no", "choice", "choices"])


def retracted(view: View, screen: Screen, text: str) -> Action | Change | None:
    """What comes of a message that takes back an answer given before; None where it takes back none."""
    said = retraction(text)
    question = view.question(screen.asks.question) if screen.asks else None
    if said is None or question is None or view.amending or asks_what_is_wrong(view, question):
        return None
    if said.about:
        return _named(view, question, said)
    return None if question.multiline or _under_way(view, screen, question) else _last(view, question, said)


def says_nothing(question: Question, text: str) -> bool:
    """Whether words are no answer, but a yes, a no or that something was wrong: what is left of 不对，是13800000000."""
    bare = _LEADS_ON.sub("", text.strip(_MARKS)).rstrip(_MARKS)
    if _TO_CHANGE.fullmatch(text.strip(_MARKS)):
        return question.free
    said = retraction(bare)
    taken_back = only_takes_back(bare) or (said is not None and not said.about and not said.instead)
    if question.free:
        return not bare or taken_back or meaning(bare) in ("yes", "no", "mend")
    return taken_back and question.kind not in _CLOSED


def asks_what_is_wrong(view: View, question: Question) -> bool:
    """Whether a question is there for just that: 工种写错了 is its answer."""
    participant = view.programme.participant(view.interview.role)
    return participant is not None and question.id in (participant.objection, *participant.rechecks)


def _under_way(view: View, screen: Screen, question: Question) -> bool:
    """Whether something is asked back, or half given, or stands already, so that this is what was said wrong."""
    interview = view.interview
    asked_back = any(button.says is not None for button in screen.buttons)
    return asked_back or question.id in interview.drafts or question.id in interview.answers


def _named(view: View, question: Question, said: Retraction) -> Action | Change | None:
    name = owner(said.about, view.steps)
    if not name or name == question.id or name not in view.interview.answers:
        return None
    if not said.instead:
        return Action("edit", name)
    return _beside(view, view.question(name), said.instead)


def _last(view: View, question: Question, said: Retraction) -> Change | None:
    if not said.instead:
        return _how(view) if said.plain or question.kind == "number" else None
    own = _value(view, question, said.instead)
    if (
        not said.plain
        and question.kind in _CLOSED
        and (own or _value(view, question, f"不对，{said.instead}")) is not None
    ):
        return None
    if any(fact.sure for fact in facts(said.instead, view.steps)):
        return None  # 不对，名字是陆建国: proposed with all that is told of others
    before = _before(view, question)
    if before and (said.led or not before.free) and _value(view, before, said.instead) is not None:
        return _beside(view, before, said.instead)
    if said.plain or own is None:
        return _how(view) if question.free or said.plain else None
    return answer(view, question, Given(text=said.instead), sure=False)


def _beside(view: View, question: Question, text: str) -> Change:
    change = correcting.beside(view, question, Given(text=text))
    return Change(change.interview, change.said, change.echo, change.events, question=question.id)


def _before(view: View, question: Question) -> Question | None:
    """The question that was answered last before this one on the path."""
    names = [each.id for each in view.steps]
    earlier = view.steps[: names.index(question.id)] if question.id in names else ()
    return next((each for each in reversed(earlier) if each.id in view.interview.answers), None)


def _value(view: View, question: Question, text: str) -> Value | None:
    reading = question.parse(Given(text=text), None, view.circumstances)
    value = reading.value if isinstance(reading, Answer | Check) else None
    if isinstance(question, OptionsQuestion) and isinstance(value, str) and question.option(value) is None:
        return None  # words of one's own are no option
    return value


def _how(view: View) -> Change:
    return Change(view.interview, (Say(view.words(HOW), "help"),))
