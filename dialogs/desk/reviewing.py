"""The answers one by one, and what is sent back on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.at_office import SORTS, Sort
from dialogs.desk.deeds import Remarked
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, Dossier, PartBrief, RemarkBrief
from dialogs.desk.dossier import back
from dialogs.desk.naming import name_of, no_question, question_of
from dialogs.desk.press import button
from dialogs.desk.slips import mendable
from dialogs.turn import Button, Card, Group, Line, Say, Screen, Summary
from forms.kinds.base import Question, Value
from forms.message import Message, Own, say
from forms.reasons import ready_made as reasons

_NO_QUESTION = say("这一项现在没有了，没有记下。请从下面重新点一项。")
#: Words of staff on one question are at most so long.
LONGEST = 300


def answers(view: DeskView) -> Screen:
    """Every answer of every part, section by section; each line leads to what can be said of it."""
    dossier = view.dossier
    words = view.words
    groups = tuple(
        Group(
            _title(view, part, words.text(section.title)),
            lines,
            words(_count(lines)),
            folded=True,
        )
        for part in dossier.parts
        for section in part.view.form.sections
        if (lines := _lines(view, dossier, part, frozenset(section.names)))
    )
    sentence = say("一节一节点开看。要退回、要更正哪一项，就点哪一项；写好的意见先留着，最后一起退回。")
    return Screen((Say(words(sentence)), Summary(groups)), (*_returning(view, dossier), back(view)))


def _count(lines: tuple[Line, ...]) -> Message:
    """How many answers a section has, and on how many of them something is said."""
    remarked = sum(line.state == "wrong" for line in lines)
    if remarked:
        return say("{count}项，{remarked}项有意见", count=len(lines), remarked=remarked)
    return say("{count}项", count=len(lines))


def _title(view: DeskView, part: PartBrief, section: str) -> str:
    return (
        section
        if part.view.role.leads
        else view.words(say("{who} · {section}", who=Own(part.called), section=Own(section)))
    )


def _lines(view: DeskView, dossier: Dossier, part: PartBrief, names: frozenset[str]) -> tuple[Line, ...]:
    return tuple(_line(view, dossier, part, question) for question in part.view.steps if question.id in names)


def given(view: DeskView, part: PartBrief, question: Question) -> str:
    """The answer as it was handed in; whether none was, or it comes on paper."""
    answered = part.view.interview.answers
    if question.id in answered:
        return view.words(question.show(answered[question.id]))
    return view.words(say("（没同意发，交纸质的）") if part.view.on_paper(question) else say("（没有填）"))


def _line(view: DeskView, dossier: Dossier, part: PartBrief, question: Question) -> Line:
    words = view.words
    label = words.text(question.label)
    edit = button("remark", words(say("看：{label}", label=label)), name_of(part.key, question.id))
    shown = given(view, part, question)
    said = _said(dossier, part.key, question.id)
    remark = "；".join(
        words(say("{sort}：{said}", sort=SORTS[each.sort], said=Own(each.text))) for each in said
    )
    return Line(label, shown, edit, "wrong" if said else "ok", remark)


def _said(dossier: Dossier, part: str, question: str) -> tuple[RemarkBrief, ...]:
    return tuple(e for e in (*dossier.drafts, *dossier.open) if e.part == part and e.question == question)


def _returning(view: DeskView, dossier: Dossier) -> tuple[Button, ...]:
    if not dossier.drafts or not view.may("return"):
        return ()
    label = say("看一遍意见，退回（{count}条）", count=len(dossier.drafts))
    return (button("returning", view.words(label), style="primary"),)


def remark(view: DeskView) -> Screen:
    """One answer: what it is, and what can be sent back on it, ready made or in one's own words."""
    dossier, desk, words = view.dossier, view.desk, view.words
    asked = question_of(dossier, desk.about)
    if asked is None:
        return no_question(view)
    part, question = asked
    label, answered = words.text(question.label), part.view.interview.answers
    shown = given(view, part, question)
    parts = [Say(words(say("{label}：{value}", label=label, value=Own(shown))))]
    parts.extend(Say(words(each.message), "verify") for each in part.view.remarks(question))
    said = _said(dossier, part.key, question.id)
    parts.extend(
        Say(words(say("{sort}：{said}", sort=SORTS[e.sort], said=Own(e.text))), "problem") for e in said
    )
    around = _around(view, dossier, name_of(part.key, question.id))
    sent = tuple(
        _file(label, number, each) for number, each in enumerate(files(answered.get(question.id)), 1)
    )
    if dossier.stay.state != "here" or not view.may("return"):
        return Screen(tuple(parts), (*around, back(view)), cards=sent)
    drops = tuple(
        button("drop", words(say("不提了：{said}", said=Own(e.text[:12]))), e.id)
        for e in said
        if e.sent is None
    )
    if not desk.sort:
        parts.append(Say(words(say("这一项哪里不行？没有问题就看下一项。")), "ask"))
        choices = tuple(button("sort", words(text), sort, "option") for sort, text in SORTS.items())
        mends: tuple[Button, ...] = ()
        if view.may("correct") and mendable(question):
            mends = (button("correcting", words(say("笔误，替本人改一下"))),)
        return Screen(tuple(parts), (*choices, *mends, *drops, *around, back(view)), cards=sent)
    ready = reasons(question.kind, desk.sort)
    parts.append(Say(words(say("怎么跟本人说？点一句，或者直接打字。")), "ask"))
    choices = tuple(button("reason", words(each), str(at), "option") for at, each in enumerate(ready))
    return Screen(tuple(parts), (*choices, button("sort", words(say("换一种"))), *around), cards=sent)


def _around(view: DeskView, dossier: Dossier, name: str) -> tuple[Button, ...]:
    """The ways from one answer to the next, and to all of them."""
    names = [
        name_of(part.key, question.id)
        for part in dossier.parts
        for section in part.view.form.sections
        for question in part.view.steps
        if question.id in section.names
    ]
    after = names[names.index(name) + 1 :] if name in names else []
    on = (button("remark", view.words(say("看下一项")), after[0]),) if after else ()
    return (*on, button("answers", view.words(say("看别的项"))))


def files(value: Value) -> Iterator[Mapping[str, Value]]:
    """Every file in an answer, however deep."""
    if isinstance(value, Mapping):
        if isinstance(value.get("file"), str):
            yield value
        else:
            for each in value.values():
                yield from files(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from files(each)


def _file(label: str, number: int, sent: Mapping[str, Value]) -> Card:
    """A file of an answer, to be looked at as it was sent."""
    identifier, name = str(sent["file"]), str(sent.get("name", "") or label)
    return Card(f"file_{identifier}", f"{label} {number}", name, name, "file", f"/evidence/{identifier}")


def typed_remark(view: DeskView, text: str) -> DeskChange | None:
    """Staff's own words on the question; where no sort was pressed it is wrong."""
    return _remarked(view, text.strip())


def said_ready(view: DeskView, about: str) -> DeskChange | None:
    """A ready-made reason was pressed."""
    dossier = view.dossier
    asked = question_of(dossier, view.desk.about)
    if asked is None or not about.isdigit():
        return None
    ready = reasons(asked[1].kind, view.desk.sort)
    return _remarked(view, str(ready[int(about)])) if int(about) < len(ready) else None


def _remarked(view: DeskView, text: str) -> DeskChange | None:
    dossier, desk, words = view.dossier, view.desk, view.words
    asked = question_of(dossier, desk.about)
    if asked is None:
        return DeskChange(desk.at("answers"), said=(Say(words(_NO_QUESTION), "problem"),))
    if not text:
        return DeskChange(desk, said=(Say(words(say("没有收到文字，请再发一次。")), "problem"),))
    if len(text) > LONGEST:
        sentence = say("一条意见最多{most}个字，这条有{count}个字。请短一点。", most=LONGEST, count=len(text))
        return DeskChange(desk, said=(Say(words(sentence), "problem"),))
    part, question = asked
    sort: Sort = next((each for each in SORTS if each == desk.sort), "wrong")
    deed = Remarked(desk.stay, part.key, question.id, sort, text)
    echo = say(
        "✓ {label}：{sort}，{said}", label=words.text(question.label), sort=SORTS[sort], said=Own(text)
    )
    return DeskChange(desk.at("answers"), (deed,), echo=words(echo))


def returning(view: DeskView) -> Screen:
    """All that will be sent back, to be read once more."""
    dossier = view.dossier
    words = view.words
    if not dossier.drafts:
        sentence = say("还没有写意见。先点“逐项看”，点到哪一项就写哪一项。")
        return Screen(
            (Say(words(sentence), "note"),),
            (button("answers", words(say("逐项看")), style="primary"), back(view)),
        )
    parts = [
        Say(words(say("会退回这{count}条，本人只会被问这几项，别的都不动：", count=len(dossier.drafts))))
    ]
    drops = []
    for each in dossier.drafts:
        asked = question_of(dossier, name_of(each.part, each.question))
        label = words.text(asked[1].label) if asked else each.question
        whose = Own(asked[0].called) if asked and not asked[0].view.role.leads else None
        line = say("{label}（{sort}）：{said}", label=label, sort=SORTS[each.sort], said=Own(each.text))
        parts.append(Say(words(say("{who} · {told}", who=whose, told=line) if whose else line), "problem"))
        drops.append(button("drop", words(say("不提了：{label}", label=label)), each.id))
    buttons = (
        button("return_now", words(say("确定退回")), style="primary"),
        button("answers", words(say("再写一条"))),
        *drops,
        back(view),
    )
    return Screen(tuple(parts), buttons)
