"""Words for a button that does not stand on the Screen: they are no answer, and never go without a word.

Whoever types 完成 at a question means the way on, whoever types 重填 the answer they gave last. A person's own words
that merely contain such a word are an answer like any other.
"""

from __future__ import annotations

from dialogs import asking
from dialogs.change import Change
from dialogs.contact import offices
from dialogs.interview import Interview
from dialogs.register import PAGES
from dialogs.scene import Scene
from dialogs.turn import Action, Say, Screen
from dialogs.view import View
from dialogs.words import Words
from forms.assent import assent, puts_off
from forms.kinds.base import Question, unclear
from forms.message import Message, say

_ON = frozenset(["finish", "done", "keep", "later"])
_VERBS = _ON | {"again", "skip"}
#: Pages by the verbs that open them.
_OPENED = {page.opened_by: page for page in PAGES.values()}


def too_early(interview: Interview, verb: str, scene: Scene) -> Change:
    """What is said to a command that wants an application where there is none yet."""
    said = (Say(Words(interview.locale)(_first(interview, verb)), "note"),)
    whom = (offices(interview.locale, scene),) if verb == "help" else ()
    return Change(interview, said + whom)


def _first(interview: Interview, verb: str) -> Message:
    if not interview.consented_at:
        match verb:
            case "help":
                return say(
                    "点“同意，开始”就一步一步带您填；填过的，点“我填过，用恢复码”；想先问人，点“先问人”。"
                )
            case "back" | "restart" | "stop":
                return say("这里还没有开始填，什么也没有存。想开始就点“同意，开始”，不想填直接关掉就行。")
            case _:
                return say(
                    "这里还没有开始填，所以现在看不到。想开始就点“同意，开始”；以前填过，点“我填过，用恢复码”。"
                )
    if interview.digest:
        return say("这份申报现在打不开，所以这一步做不了。您可以点下面的按钮另填一份，或者过些时候再来。")
    match verb:
        case "help":
            return say("想报哪个项目，就点哪个。")
        case "back":
            return say("这已经是第一步了。")
        case "stop":
            return say("都保存好了，直接关掉就行。您什么时候回来都可以。")
        case "restart":
            return say("现在还没有选项目，没有要清空的。想报哪个项目，就点哪个。")
        case "mine":
            return say("您的申报都在下面：可以接着填一份，或者选一个项目另填一份。")
        case _:
            return say("要先选项目，选好了才看得到这个。想报哪个项目，就点哪个。")


def absent(view: View, verb: str) -> Change | None:
    """What is said to a command for a page that the pre-check does not have; None where it has it."""
    page = _OPENED.get(verb)
    if page is None or not view.interview.fitting or page.fitting is not None:
        return None
    sentence = say("这里只问几个问题，还看不到这个。选好项目、开始填以后再打一次就有。")
    return Change(view.interview, (Say(view.words(sentence), "note"),))


def meant(view: View, screen: Screen, verb: str, text: str) -> Action | Change | None:
    """What a command comes to for which the Screen has no button; None where it is no command there.

    An Action is what the matching button of the question does.
    """
    if verb not in _VERBS or view.amending:
        return None
    question = view.form.questions.get(screen.asks.question) if screen.asks else None
    if question is None:
        return _handed_in(view) if verb == "finish" else None
    if _answers(view, question, text):
        return None
    if view.interview.pending is not None:
        return Change(view.interview, (asking.problem(view, unclear()),))
    draft = view.interview.drafts.get(question.id)
    keys = {key.value for key in question.keys(draft)}
    if verb in _ON and "done" in keys and question.holds(draft):
        return Action("pick", f"{question.id}:done")
    if verb == "again":
        return _again(view, question, keys)
    offered = {button.action.verb: button.action for button in screen.buttons}
    if (verb in ("skip", "later") or puts_off(text)) and (
        other := offered.get("later") or offered.get("skip")
    ):
        return other
    if verb == "finish":
        return _handed_in(view)
    sentence = _waits(verb, question.holds(draft))
    return Change(view.interview, (Say(view.words(sentence), "problem"),))


def _answers(view: View, question: Question, text: str) -> bool:
    """Whether the text is an answer all the same: an option of that name, a yes or a no where one is asked for."""
    draft = view.interview.drafts.get(question.id)
    part = question.asked_in(draft)
    if question.names(text) or part.names(text):
        return True
    confirming = draft is not None and any(key.value == "yes" for key in question.keys(draft))
    wordy = (part.free or part.multiline) and not confirming
    return confirming or (assent(text) is not None and not wordy)


def _again(view: View, question: Question, keys: set[str]) -> Action | Change:
    interview = view.interview
    if "restart" in keys:
        return Action("pick", f"{question.id}:restart")
    if question.holds(interview.drafts.get(question.id)):
        sentence = say("这里填到一半的都在。要改，请点下面的按钮；要改前面的，点“上一步”。")
        return Change(interview, (Say(view.words(sentence), "note"),))
    if question.id in interview.answers:
        sentence = say("好的，请直接发新的，旧的会换掉。")
        return Change(interview, (Say(view.words(sentence), "note"),))
    return Action("back")


def _handed_in(view: View) -> Action | Change:
    """The way to hand in, or how far it is."""
    interview = view.interview
    if interview.fitting:
        return Action("verdicts")
    if view.ready and not interview.finished_at:
        return Action("finish")
    if view.sent_back or (interview.finished_at and (view.scene.destinations or view.in_hand)):
        return Action("hand_in") if view.role.leads else Action("resume")
    if interview.finished_at:
        sentence = say("材料已经生成好了，不用再提交。打“材料清单”看要交什么，打“检查答案”可以改。")
    else:
        left = len(view.missing) + len(view.wrong)
        sentence = say(
            "还不能提交：还有{left}处没填好。填完了会请您检查，在那里提交。都自动保存着。", left=left
        )
    return Change(interview, (Say(view.words(sentence), "note"),))


def _waits(verb: str, half: bool) -> Message:
    if half:
        return say("这一条还没填完，请先答完上面问的，或者点下面的按钮。")
    if verb == "skip":
        return say("这一项要填，跳不过去。想先停一停，打“保存”就行，填过的都在。")
    if verb == "later":
        return say("这一项要现在填，填了才能往下走。想先停一停，打“保存”就行，填过的都在。")
    return say("这一项还没有填，请先回答上面问的。")
