"""What an application still needs, at a glance: the home page of a part, left from and come back to.

Each line says how far something is and opens what goes on with it. A role sees the lines of `_LINES` that give it any;
what other parties and the offices still owe will be further functions there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dialogs import amending, corrected, handing_in, inviting, returned, timetable
from dialogs.carrying import consents
from dialogs.company import PartyState
from dialogs.reception import window_text
from dialogs.turn import Action, Button, Group, Line, LineState, Say, Screen, Summary
from dialogs.view import View
from forms.message import Own, say
from forms.parties import Participant


def home(view: View) -> Screen:
    """The task list, what comes first on it first."""
    words = view.words
    lines = [line for lines in _LINES for line in lines(view)]
    due = [line for line in lines if line.state in {"missing", "wrong"}]
    head = say("还有{count}件事：点哪一件就做哪一件，做完说“进度”就回到这里。", count=len(due))
    return Screen(
        parts=(
            Say(words(head if due else say("该做的都做好了。")), "say" if due else "met"),
            Say(words(window_text(view.programme, view.scene.now)), "note"),
            Summary((Group(words(say("进度")), tuple(lines)),)),
        ),
        buttons=(*_onward(view), Button(Action("menu"), words(say("菜单")))),
        progress=view.progress(None),
    )


def _onward(view: View) -> tuple[Button, ...]:
    words = view.words
    if view.sent_back:
        return (Button(Action("resume"), words(say("接着改")), "primary", says=True),)
    if view.interview.finished_at:
        return (Button(Action("close"), words(say("看材料")), "primary", says=True),)
    if view.ready:
        return (Button(Action("summary"), words(say("检查答案")), "primary", says=True),)
    resume = Button(Action("resume"), words(say("接着填")), "primary", says=True)
    return resume, Button(Action("summary"), words(say("检查答案")))


def _way(view: View, verb: str) -> Button:
    """The button below that goes there, or one of the line's own."""
    own = Button(Action(verb), view.words(say("接着填") if verb == "resume" else say("检查答案")))
    return next((button for button in _onward(view) if button.action.verb == verb), own)


def _form(view: View) -> Iterator[Line]:
    """The form as a whole, and the answers that must be mended."""
    words, progress = view.words, view.progress(None)
    whole = progress.all_done == progress.all_of
    shown = words(say("已填{done}/{of}", done=progress.all_done, of=progress.all_of))
    go = _way(view, "summary" if whole else "resume")
    yield Line(words(say("表格")), shown, go, "ok" if whole else "missing")
    for name in view.wrong:
        label = words.text(view.question(name).label)
        remarks = " ".join(words(remark.message) for remark in view.wrong[name])
        yield Line(label, words(say("要改")), _edit(view, name), "wrong", remarks)


def _edit(view: View, name: str) -> Button:
    return Button(
        Action("edit", name), view.words(say("改：{label}", label=view.words.text(view.question(name).label)))
    )


def _files(view: View) -> Iterator[Line]:
    """Photo, certificates, video: what is here and what is not."""
    words = view.words
    for question in view.steps:
        if not question.accepts_files or question.keyboard != "none" or question.id in view.wrong:
            continue
        label = words.text(question.label)
        if question.id in view.interview.answers:
            yield Line(label, words(say("已收到")), _edit(view, question.id))
        elif view.on_paper(question):
            shown = say("没同意发") if question.optional else say("没同意发，请交纸质的")
            yield Line(label, words(shown), _edit(view, question.id), "skipped")
        elif question.optional and view.settled(question):
            yield Line(label, words(say("跳过了，有了再发")), _edit(view, question.id), "skipped")
        elif question.optional:
            yield Line(label, words(say("还没传，没有可以跳过")), _edit(view, question.id), "skipped")
        else:
            yield Line(label, words(say("还没传")), _edit(view, question.id), "missing")


def _put_off(view: View) -> Iterator[Line]:
    """What was left for later, files aside."""
    for question in view.put_off:
        if not question.accepts_files or question.keyboard != "none":
            label = view.words.text(question.label)
            yield Line(label, view.words(say("待补")), _edit(view, question.id), "missing")


def _consents(view: View) -> Iterator[Line]:
    """The yes of others that the case needs: the employer's, the nominee's."""
    words = view.words
    asked_by_link = {each.settles for each in inviting.wanted(view)} if "asking" in view.role.pages else set()
    for question in view.steps:
        if question.kind != "yes-no" or not consents(view.programme, question):
            continue
        if question.id in asked_by_link:  # the line of whoever gives it tells all of it
            continue
        label = words.text(question.label)
        failing = [v for v in view.verdicts if v.outcome == "not_met" and question in view.questions_of(v)]
        if question.id not in view.interview.answers:
            yield Line(label, words(say("还没填")), _edit(view, question.id), "missing")
        else:
            shown = words(question.show(view.interview.answers[question.id]))
            yield Line(label, shown, _edit(view, question.id), "missing" if failing else "ok")


def _others(view: View) -> Iterator[Line]:
    """Whoever else takes part: how far each of them is, and who is still to be asked."""
    if "asking" not in view.role.pages:
        return
    words = view.words
    for participant in inviting.wanted(view):
        if participant.agreement:
            yield _word_of(view, participant)
            continue
        for brief in inviting.of(view, participant.party):
            look = Button(Action("asked", brief.key), words(say("看看{name}", name=Own(brief.name))))
            label = inviting.called(words, participant, brief.number)
            shown = words(
                say("{name}，{state}", name=Own(brief.name), state=Own(inviting.state(words, brief)))
            )
            yield Line(label, shown, look, _STATES.get(brief.state, "missing"))
        ask = Button(
            Action("invite", participant.party),
            words(say("去请{title}", title=inviting.title(words, participant))),
        )
        lacking = inviting.lacking(view, participant)
        if lacking:
            yield Line(
                inviting.title(words, participant),
                words(say("还要请{count}位", count=lacking)),
                ask,
                "missing",
            )
        elif not inviting.of(view, participant.party):
            yield Line(inviting.title(words, participant), words(say("可以请对方在线填")), ask, "skipped")


def _word_of(view: View, participant: Participant) -> Line:
    """The yes that a party gives by its link: pending, given or refused.

    Where it settles a question of the nominee's, that line tells what the nominee says while the party has not.
    """
    words, title = view.words, inviting.title(view.words, participant)
    question = view.form.questions.get(participant.settles)
    way = Button(Action("invite", participant.party), words(say("去请{title}", title=title)))
    asked = inviting.of(view, participant.party)[-1:]
    if asked and asked[0].stands:
        way = Button(Action("asked", asked[0].key), words(say("看看{name}", name=Own(asked[0].name))))
    label = words.text(question.label) if question else title
    given = [each.get(participant.agreement) for each in view.scene.parts.get(participant.party, ())]
    if given:
        agreed = any(given)
        return Line(
            label, words(say("已同意") if agreed else say("不同意")), way, "ok" if agreed else "wrong"
        )
    nominee_says_so = question in view.steps and view.interview.answers.get(participant.settles) is True
    state = words(say("已同意（您填的）") if nominee_says_so else say("待定"))
    if not asked and question is None:
        return Line(label, words(say("可以请对方在线填")), way, "skipped")
    for brief in asked:
        how = inviting.state(words, brief)
        state = words(say("{state}；{name}，{how}", state=Own(state), name=Own(brief.name), how=Own(how)))
    return Line(label, state, way, "ok" if nominee_says_so else "missing")


_STATES: Mapping[PartyState, LineState] = {
    "done": "ok",
    "changed": "wrong",
    "unfit": "wrong",
    "declined": "skipped",
    "expired": "skipped",
    "revoked": "skipped",
    "withdrawn": "skipped",
}


def _declaration(view: View) -> Iterator[Line]:
    """Declared and done, or not."""
    words = view.words
    done = bool(view.interview.finished_at)
    shown = say("已声明") if done else say("填好以后做") if not view.ready else say("还没声明")
    way = _way(view, "summary") if done else Button(Action("finish"), words(say("去声明")))
    yield Line(words(say("声明")), words(shown), way, "ok" if done else "missing")


def _printing(view: View) -> Iterator[Line]:
    """Printing, stamping and handing in, for whoever prints."""
    if not view.role.leads or "papers" not in view.role.pages:
        return
    words = view.words
    ready = view.interview.finished_at and not view.rehearsing
    shown = say("可以打印、盖章，照清单交") if ready else say("声明以后打印，先看要交什么")
    if view.interview.finished_at and view.late:
        shown = say("申报时间过了，现在印出来的是样张")
    yield Line(
        words(say("打印和报送")), words(shown), Button(Action("papers"), words(say("材料清单"))), "skipped"
    )


_LINES: tuple[Callable[[View], Iterator[Line]], ...] = (
    returned.lines,
    corrected.lines,
    _form,
    _files,
    _put_off,
    amending.lines,
    _consents,
    _others,
    timetable.lines,
    _declaration,
    _printing,
    handing_in.lines,
)
