"""“Which fits me?”: a few answers held against every programme on offer, and the way on from there.

The pre-check is an interview that has no programme yet (`Interview.fitting`). Its questions come from
`dialogs.precheck` and are asked like any others; its end is not a packet but a word on each programme.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs import asking, contact, reception
from dialogs.carrying import WEIGHTY
from dialogs.change import Change, changed
from dialogs.events import Fitting
from dialogs.interview import Interview
from dialogs.precheck import precheck
from dialogs.scene import WINDOWS, Scene
from dialogs.turn import Action, Button, Group, Line, Say, Screen, Summary, Tone
from dialogs.verdicts import verdict_text
from dialogs.view import View
from dialogs.words import Words
from forms.kinds.base import Value
from forms.message import Message, say
from forms.programme import Programme
from forms.rules import Conclusion, Outcome, Verdict, conclude

#: How a programme may come out, best first: what it is called and how its bubble is toned.
_OUTCOMES: Mapping[Conclusion, tuple[Message, Tone]] = {
    "eligible": (say("符合"), "met"),
    "review": (say("待核实"), "verify"),
    "pending": (say("还不知道"), "pending"),
    "ineligible": (say("不符合"), "not_met"),
}
_ORDER = tuple(_OUTCOMES)
#: What is told first of a programme: what stands against it.
_REASONS: tuple[Outcome, ...] = ("not_met", "verify", "pending", "met")


@dataclass(frozen=True)
class Fit:
    """What the answers so far come to for one programme, the gravest reasons first."""

    programme: Programme
    outcome: Conclusion
    verdicts: tuple[Verdict, ...]
    view: View


def fits(interview: Interview, scene: Scene) -> tuple[Fit, ...]:
    """Every programme on offer as these answers judge it: open ones first, then those that fit."""
    asked = precheck(interview, scene)
    judged = [
        _fit(programme, asked.known(programme, interview.answers), scene) for programme in scene.in_order
    ]

    def first(fit: Fit) -> tuple[int, int]:
        return WINDOWS[fit.programme.window.state(scene.now)], _ORDER.index(fit.outcome)

    return tuple(sorted(judged, key=first))


def _fit(programme: Programme, answers: Mapping[str, Value], scene: Scene) -> Fit:
    state = Interview(programme=programme.id, digest=programme.digest, answers=dict(answers))
    view = View(programme, state, scene)
    weighty = (verdict for verdict in view.verdicts if verdict.rule.failing in WEIGHTY)
    verdicts = tuple(sorted(weighty, key=lambda verdict: _REASONS.index(verdict.outcome)))
    return Fit(programme, conclude(verdicts), verdicts, view)


def known_to(programme: Programme, interview: Interview, scene: Scene) -> dict[str, Value]:
    """What the pre-check, if there was one, gives a programme to begin with."""
    if not interview.answers:
        return {}
    return precheck(interview, scene).known(programme, interview.answers)


# What is seen.


def screen(view: View) -> Screen:
    """The pre-check's Screen beneath its pages: the next question, or what it all comes to."""
    question = view.current
    if question is None:
        return result(view)
    return asking.back(view, question) or asking.ask(view, question)


def result(view: View) -> Screen:
    """A word on each programme with the reasons, the answers, and a way to begin each."""
    words = view.words
    ranked = fits(view.interview, view.scene)
    parts: list[Say | Summary] = [
        Say(words(say("照您的回答，现在是这样："))),
        *(_told(fit, Words(view.interview.locale, fit.programme)) for fit in ranked),
        Summary((_answers(view),)),
    ]
    buttons = []
    if view.next_question:
        buttons.append(Button(Action("resume"), words(say("接着答")), "primary", says=True))
    else:
        parts.append(Say(words(say("想报哪个就点哪个，刚才答过的不用再答。")), "ask"))
    for fit in ranked:
        label = words(say("开始填：{title}", title=words.of(fit.programme, fit.programme.title)))
        best = fit.outcome != "ineligible" and not view.next_question
        buttons.append(Button(Action("start", fit.programme.id), label, "primary" if best else "option"))
    buttons.append(Button(Action("leave"), words(say("回到项目列表"))))
    buttons.append(Button(Action("menu"), words(say("菜单"))))
    return Screen(parts=tuple(parts), buttons=tuple(buttons), progress=view.progress(None))


def _told(fit: Fit, words: Words) -> Say:
    ending, tone = _OUTCOMES[fit.outcome]
    head = say(
        "{title}：{outcome}（{window}）",
        title=words.text(fit.programme.title),
        outcome=ending,
        window=reception.window_text(fit.programme, fit.view.scene.now),
    )
    # Whoever is out need not read what else would have been right, or is still open.
    out = fit.outcome == "ineligible"
    reasons = (v for v in fit.verdicts if not out or v.outcome in ("not_met", "verify"))
    view = View(fit.programme, fit.view.interview.model_copy(update={"locale": words.locale}), fit.view.scene)
    return Say("\n".join((words(head), *(f"· {verdict_text(view, verdict)}" for verdict in reasons))), tone)


def _answers(view: View) -> Group:
    words, answers = view.words, view.interview.answers
    lines = []
    for question in view.steps:
        label = words.text(question.label)
        edit = Button(Action("edit", question.id), words(say("改：{label}", label=label)))
        if question.id in answers:
            lines.append(Line(label, words(question.show(answers[question.id])), edit))
        else:
            lines.append(Line(label, words(say("（没有填）")), edit, "skipped"))
    return Group(words(say("您的回答")), tuple(lines))


def menu(view: View) -> Screen:
    """What can be done from anywhere in the pre-check."""
    words = view.words
    return Screen(
        parts=(
            Say(words(say("这里只问几个问题，看看哪个项目适合您。答过的都自动保存着。"))),
            contact.told(view),
        ),
        buttons=(
            Button(Action("close"), words(say("接着答")), "primary", says=True),
            Button(Action("verdicts"), words(say("看看现在的结果"))),
            Button(Action("leave"), words(say("不问了，直接选项目"))),
            Button(Action("stop"), words(say("保存，先到这里"))),
            Button(Action("mine"), words(say("我的申报"))),
            Button(Action("privacy"), words(say("隐私和我的数据"))),
            Button(Action("code"), words(say("恢复码"))),
            Button(Action("devices"), words(say("我的设备"))),
            reception.language_button(view.interview),
            Button(Action("restart"), words(say("重新开始")), "danger"),
        ),
    )


# What is done.


def enter(interview: Interview, action: Action, scene: Scene) -> Change:
    """Into the pre-check, or back into one that was left."""
    return Change(changed(interview, fitting=True, page="", focus=""), events=(Fitting(),))


def leave(view: View, action: Action, label: str) -> Change:
    """To the list of programmes. The answers stay: they are of use to whichever is chosen."""
    return Change(changed(view.interview, fitting=False, page="", focus="", pending=None))
