"""What is said beside the question: asking what it means, not knowing, wanting somebody to talk to, greeting, thanking.

None of it is an answer at any kind of question, unless the question takes it for one (无 where there is such an option).
It is answered, and the question stays on screen.
"""

from __future__ import annotations

import re

from dialogs import asking, calling, contact, correspondence, retracting
from dialogs.change import Change, changed
from dialogs.command_words import HANDED
from dialogs.interview import Interview
from dialogs.reception import window_text
from dialogs.scene import Scene
from dialogs.turn import Action, Say, Screen
from dialogs.unoffered import too_early
from dialogs.view import View
from dialogs.words import Words
from forms.kinds.base import Question
from forms.message import Message, say
from forms.retractions import only_takes_back
from forms.understanding import Meaning, meaning, none_of

_HUMAN = frozenset(["human", "call"])
_LOST = frozenset(["what", "how", "lacking", "writing", "unknown"])
_WITHOUT = frozenset(["none", "later"])
#: Said while an answer is gathered, it means that this is all.
_STOPS = "。.！!，,~～ "
_OVER = "(?:了|啦|喽|咯|嘞)(?:吧|啊|呀|哦|嗯|哈|呢)?"
_ENOUGH = re.compile(
    "(?:我|就|都|全|那就|已经?)*(?:写|填|发|说|讲|传|选|弄|搞)?(?:好|完|可以|行|够|ok|妥|成|齐)"
    f"{_OVER}|{HANDED}|完了|完毕|结束了?",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    f"(?:我|就|都|全|已经?)*(?:写|填|发|说|讲|传|弄|搞)(?:好|完|齐){_OVER}|{HANDED}|完了|完毕|结束了?"
)
_KIND = {
    "greeting": say("您好！我一步一步带您填，您照着问的回答就行。"),
    "thanks": say("不客气！填的都自动保存着。"),
    "wait": say("不急，您慢慢来，填过的都存着。"),
}
_BEFORE = {
    "greeting": say("您好！请看下面，点按钮或打字都行。"),
    "thanks": say("不客气！"),
    "wait": say("不急，您慢慢来。"),
}


def beside(view: View, screen: Screen, text: str) -> Action | Change | None:
    """What comes of a message that is no answer to what is on screen; None where it may be one.

    An Action is what a button of the question does.
    """
    question = view.question(screen.asks.question) if screen.asks else None
    draft = view.interview.drafts.get(question.id) if question else None
    meant = said(question.asked_in(draft) if question else None, text)
    if not meant:
        return None
    if question is None or view.amending:
        return _on_a_page(view, meant)
    part = question.asked_in(draft)
    if question.names(text) or part.names(text) or question.takes(meant, draft):
        return None
    if meant == "call" and part.free:  # a trade, a post
        return None
    if meant in _HUMAN:
        return _called(view)
    if meant in _KIND:
        return Change(view.interview, (Say(view.words(_KIND[meant]), "say"),))
    if meant in _LOST:
        return _lost(view, screen, question, meant)
    if meant == "about":
        return Change(view.interview, _about(view))
    if meant == "mend" and retracting.asks_what_is_wrong(view, question):
        return None
    if meant == "mend" and not question.doubts(draft):
        return Change(view.interview, (Say(view.words(retracting.HOW), "help"),))
    if meant == "stop":
        return Action("stop")
    return _not_here(view, screen, question, meant, text)


def said(part: Question | None, text: str) -> Meaning:
    """What a message means that is no answer, or "": said to what is asked now, 没有联系人 is that there is none."""
    meant = meaning(text) or ("yes" if _WRITTEN.fullmatch(text.strip(_STOPS)) else "")
    if meant in ("", "no") and only_takes_back(text):
        return "mend"
    return "none" if part is not None and not meant and none_of(text, part.label) else meant


def ends(text: str, meant: Meaning) -> bool:
    """Whether it says, while an answer is gathered, that this is all of it."""
    return meant == "none" or (meant == "yes" and _ENOUGH.fullmatch(text.strip(_STOPS)) is not None)


def before(text: str, interview: Interview, scene: Scene) -> Change | None:
    """What comes of it where no programme is chosen yet; None where it may be something else."""
    meant, words = meaning(text), Words(interview.locale)
    if meant in _HUMAN:
        return Change(interview, _nobody(interview.locale, scene))
    if meant in _LOST:
        return too_early(interview, "help", scene)
    if meant in _KIND:
        return Change(interview, (Say(words(_BEFORE[meant]), "say"),))
    return None


def _nobody(locale: str, scene: Scene) -> tuple[Say, ...]:
    return Say(Words(locale)(calling.ALONE), "help"), contact.offices(locale, scene)


def _on_a_page(view: View, meant: Meaning) -> Change | None:
    if view.interview.page == "letters" and meant not in _HUMAN and correspondence.office(view):
        return None  # it is somebody at the office who is asked
    if meant in _HUMAN:
        return _called(view)
    if meant in _LOST:
        return Change(view.interview, (contact.told(view),))
    if meant == "about":
        return Change(view.interview, _about(view))
    if meant == "greeting":
        return Change(view.interview, (Say(view.words(_KIND[meant]), "say"),))
    return None


def _called(view: View) -> Change:
    """Whom to call; where an office has the case, the page where words can be left for it."""
    if view.interview.fitting:
        return Change(view.interview, _nobody(view.interview.locale, view.scene))
    there = correspondence.office(view)
    if there is None or view.amending:
        return Change(view.interview, correspondence.talking(view))
    said = (Say(view.words(calling.ALONE), "help"),)
    return Change(changed(view.interview, page="letters", pending=None), said)


def _about(view: View) -> tuple[Say, ...]:
    """What is asked about the application itself: what it costs, until when, how much is left, who answers for it."""
    if view.interview.fitting:
        return (contact.told(view),)
    left = len(view.unsettled)
    sentence = say(
        "填表不收钱，填的只给您和您报送的工会看，都自动保存着。{title}：{window}。您还有{left}项没填。",
        title=view.programme.title,
        window=window_text(view.programme, view.scene.now),
        left=left,
    )
    return Say(view.words(sentence), "help"), contact.told(view)


def _lost(view: View, screen: Screen, question: Question, meant: Meaning) -> Action | Change:
    verbs = {button.action.verb: button.action for button in screen.buttons}
    if meant == "unknown" and question.can_wait and "later" in verbs:
        return verbs["later"]
    said = list(asking.helped(view, question))
    if meant == "writing" and question.multiline:
        said.insert(0, Say(view.words(_OUTLINE), "help"))
    return Change(view.interview, tuple(said))


def straight(part: Question) -> Message:
    """What is said to words that are no answer to a question."""
    return say("这里问的是“{label}”，请直接回答。", label=part.label)


_OUTLINE = say(
    "我不能替您编，但不用会写文章：照平时说话那样，一条一条发给我就行。可以按这几句想：您干什么活、干了多少年；"
    "碰到过什么难题；您怎么解决的；结果怎样，省了多少钱、多少时间；带了几个徒弟。请同事、单位工会帮着写也可以。"
)


def _not_here(
    view: View, screen: Screen, question: Question, meant: Meaning, text: str
) -> Action | Change | None:
    """A yes, a no or a nothing where something else is asked for."""
    if any(button.says is not None for button in screen.buttons):
        return None  # it is about what is asked back
    draft = view.interview.drafts.get(question.id)
    part = question.asked_in(draft)
    verbs = {button.action.verb: button.action for button in screen.buttons}
    if question.doubts(draft):
        return None
    if ends(text, meant) and question.holds(draft) and "done" in {key.value for key in question.keys(draft)}:
        return Action("pick", f"{question.id}:done")
    if meant in _WITHOUT and "skip" in verbs:
        return verbs["skip"]
    if meant == "later" and "later" in verbs:
        return verbs["later"]
    if meant in _WITHOUT:
        said: tuple[Message, ...] = (asking.without(view, question, part),)
    else:
        said = (straight(part),)
    parts = [Say(view.words(each), "problem") for each in said]
    if part.example:
        parts.append(Say(view.words(say("例如：{example}", example=part.example)), "note"))
    return Change(view.interview, tuple(parts))
