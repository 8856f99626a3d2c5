"""Taking part because somebody asked: what it is about, what rests on others' answers, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from dialogs import corrected, correspondence, deletion, returned
from dialogs.change import Change, changed
from dialogs.company import Ended, Invited
from dialogs.events import LookedAgain, Withdrew
from dialogs.interview import Amendment, Interview
from dialogs.scene import Scene
from dialogs.turn import Action, Button, Card, Group, Line, Part, Say, Screen, Summary
from dialogs.view import View
from dialogs.words import Words
from forms.dates import spoken
from forms.kinds.base import Question
from forms.message import Message, Own, say
from forms.packet import filename
from forms.parties import LEADING, Participant
from forms.programme import Programme

#: How long a whole application takes.
MINUTES = 40


def purpose(words: Words, programme: Programme, scene: Scene) -> tuple[Message, ...]:
    """By whom, about whom and to do what somebody is asked, how long it takes and until when; none where nobody asked."""
    invited = scene.invited
    title = words.of(programme, programme.title)
    if invited and invited.party == LEADING:
        by = Own(invited.by) if invited.by else say("一位专家")
        return (
            say(
                "{name}想推荐您参加{programme}。推荐要先征得您同意：同意的话，由您自己填申报表。",
                name=by,
                programme=title,
            ),
            say("大约{minutes}分钟，随时可以停，回来接着填。", minutes=MINUTES),
        )
    participant = programme.participant(invited.party) if invited else None
    if invited is None or participant is None:
        return ()
    what = _wanted(words.of(programme, participant.task), title, participant, invited)
    by_when = until(programme, scene.now)
    return (what, by_when) if str(by_when) else (what,)


def until(programme: Programme, now: datetime) -> Message:
    """By when it is to be written; an empty sentence while nobody knows."""
    closes = programme.window.closes
    if programme.window.state(now) == "closed":
        return say("申报时间已经过了，这是练习。")
    return say("请在{day}前写好。", day=spoken(closes.isoformat())) if closes else Message("")


def _wanted(task: str, programme: str, participant: Participant, invited: Invited) -> Message:
    minutes = participant.minutes
    if participant.sees_all:
        return say(
            "单位想推荐您参加{programme}，材料已经替您填好。请您自己看一遍，同意了才报送，大约{minutes}分钟。",
            programme=programme,
            minutes=minutes,
        )
    by = Own(invited.by) if invited.by else say("有人")
    if invited.about and invited.about != invited.by:
        return say(
            "{name}请您为{about}{task}（{programme}）。大约{minutes}分钟，随时可以停，回来接着写。",
            name=by,
            about=Own(invited.about),
            task=task,
            programme=programme,
            minutes=minutes,
        )
    return say(
        "{name}请您{task}（{programme}）。大约{minutes}分钟，随时可以停，回来接着写。",
        name=by,
        task=task,
        programme=programme,
        minutes=minutes,
    )


def began(words: Words, programme: Programme, interview: Interview) -> tuple[Say, ...]:
    """What whoever puts somebody forward reads first."""
    participant = programme.participant(interview.role)
    minutes = participant.minutes if participant else 0
    title = words.text(programme.title)
    return (
        Say(
            words(
                say(
                    "{title}：您是第一位推荐人，先写您这一份，大约{minutes}分钟。",
                    title=title,
                    minutes=minutes,
                )
            )
        ),
        Say(words(say("再从“进度清单”里请被推荐人：对方同意以后，自己填申报表。")), "note"),
    )


# What rests on others' answers


def facts(view: View) -> Mapping[str, str]:
    """What the nominee has answered of what this party is shown, as it reads, by question."""
    participant = view.programme.participant(view.form.party)
    said = view.scene.parts.get(LEADING, ())
    return facts_of(view.programme, participant, said[0]) if participant and said else {}


def facts_of(programme: Programme, participant: Participant, names: Mapping[str, Any]) -> Mapping[str, str]:
    """Out of the names of the nominee's answers, what a party is shown, in Chinese as the form has it, by question."""
    questions = programme.leading.questions
    return {
        name: str(questions[name].show(names[name]) if name in questions else names[name])
        for name in (questions if participant.sees_all else participant.sees)
        if name in names
    }


def ground_of(programme: Programme, participant: Participant, names: Mapping[str, Any]) -> dict[str, str]:
    """What is kept of what a party was shown: its words, or where it saw everything, their digests."""
    facts = facts_of(programme, participant, names)
    if not participant.sees_all:
        return dict(facts)
    return {name: sha256(f"{name}\x00{shown}".encode()).hexdigest()[:16] for name, shown in facts.items()}


def rests(view: View, question: Question) -> bool:
    """Whether the answer to a question rests on what the nominee has answered."""
    participant = view.programme.participant(view.form.party)
    return participant is not None and question.id in participant.rechecks


def shown(view: View, question: Question) -> tuple[Part, ...]:
    """What is to be held against the answer to a question that rests on the nominee's; none to any other."""
    participant, asked = view.programme.participant(view.form.party), view.scene.invited
    if participant is None:
        return ()
    if asked and asked.relation and question.id == participant.relation:
        said = say("请您的人写的是：{relation}。", relation=Own(asked.relation))
        return (Say(view.words(said), "note"),)
    if not rests(view, question):
        return ()
    if participant.sees_all:
        return everything(view)
    names = [step.id for step in view.steps]
    asked_before = view.steps[: names.index(question.id)][-1:] if question.id in names else ()
    shown_before = view.interview.focus != question.id and any(rests(view, each) for each in asked_before)
    lines = () if shown_before else _lines(view, facts(view))
    return (Say("\n".join(lines), "note"),) if lines else ()


def everything(view: View) -> tuple[Summary, ...]:
    """All that is answered for the person, section by section, each line with a way to say that it is wrong."""
    shown, words = facts(view), view.words
    said = {each.question: each for each in view.interview.amendments}
    groups: list[Group] = []
    for section in view.programme.leading.sections:
        lines = tuple(
            _line(view, question, shown[question.id], said.get(question.id))
            for question in section.questions
            if question.id in shown
        )
        if lines:
            count = words(say("{count}项", count=len(lines)))
            groups.append(Group(words.text(section.title), lines, count, folded=bool(groups)))
    return (Summary(tuple(groups)),) if groups else ()


def _line(view: View, question: Question, value: str, said: Amendment | None) -> Line:
    words = view.words
    label = words.text(question.label)
    wrong = Button(Action("object", question.id), words(say("这一项不对：{label}", label=label)))
    if said is None:
        return Line(label, value, wrong)
    remark = words(say("您说：{words}。已经转给单位经办人。", words=Own(said.text)))
    return Line(label, value, wrong, "wrong", remark)


def _lines(view: View, facts: Mapping[str, str]) -> tuple[str, ...]:
    words, questions = view.words, view.programme.leading.questions
    return tuple(
        words(say("{label}：{value}", label=words.text(questions[name].label), value=Own(value)))
        for name, value in facts.items()
        if name in questions
    )


def news(view: View) -> Mapping[str, str]:
    """What the nominee has changed since this party confirmed what rests on it, by question."""
    ground = view.interview.ground
    if not view.interview.finished_at or not ground:
        return {}
    now = _ground(view)
    shown = facts(view)
    return {name: shown.get(name, "") for name in {**now, **ground} if now.get(name) != ground.get(name)}


def _ground(view: View) -> dict[str, str]:
    participant = view.programme.participant(view.form.party)
    said = view.scene.parts.get(LEADING, ())
    return ground_of(view.programme, participant, said[0]) if participant and said else {}


def grounded(view: View, interview: Interview) -> Interview:
    """The interview that stands on what the nominee has answered by now."""
    ground = _ground(view)
    return interview if ground == interview.ground else interview.model_copy(update={"ground": ground})


def look_again(view: View) -> Screen:
    """What has changed since, and whether the part still stands."""
    words, participant = view.words, view.programme.participant(view.form.party)
    questions = view.programme.leading.questions
    parts = [
        Say(words(_changed(view, name, value))) for name, value in news(view).items() if name in questions
    ]
    parts.append(Say(words(say("您写的还照旧吗？")), "ask"))
    own = participant.rechecks if participant else ()
    edits = tuple(
        Button(
            Action("edit", name), words(say("改一下：{label}", label=words.text(view.question(name).label)))
        )
        for name in own
        if name in view.on_path
    )
    stands = Button(Action("stands_still"), words(view.role.upholds), "primary", says=True)
    return Screen(tuple(parts), (stands, *edits, Button(Action("summary"), words(say("检查答案")))))


def _changed(view: View, name: str, value: str) -> Message:
    label = view.words.text(view.programme.leading.questions[name].label)
    participant = view.programme.participant(view.form.party)
    after = Own(value) if value else say("没有填")
    if participant and participant.sees_all:
        return say("您同意以后，{label}改成了：{value}。", label=label, value=after)
    before = view.interview.ground.get(name, "")
    return say(
        "被推荐人把{label}改成了：{value}（您确认时是：{before}）。",
        label=label,
        value=after,
        before=Own(before) if before else say("没有填"),
    )


# The end of a part


def ending(view: View) -> Screen:
    """The part is done; what is to be signed is there to be printed."""
    words, participant = view.words, view.programme.participant(view.form.party)
    cards = own_cards(view)
    parts = [Say(words(say("您这一部分填好了，已经存好。谢谢您！")), "met")]
    if cards:
        parts.append(Say(words(say("这是您那一半，请打印出来签名，交给请您的人。")), "note"))
    if view.in_hand:
        sentence = say(
            "申报已经递交给{office}了，现在改不了。要改的会退回给您。", office=Own(view.in_hand.office)
        )
        parts.append(Say(words(sentence), "note"))
    else:
        parts.append(Say(words(say("要改哪里，点“检查答案”，改完再交一次就行。")), "note"))
    parts.extend((*deletion.standing(view), *corrected.told(view), *returned.notes(view)))
    buttons = [
        *corrected.buttons(view),
        Button(Action("summary"), words(say("检查答案"))),
        *correspondence.buttons(view),
        Button(Action("menu"), words(say("菜单"))),
    ]
    if participant:
        buttons.append(Button(Action("withdrawing"), words(say("不参加了")), "danger"))
    return Screen(tuple(parts), tuple(buttons), cards=cards, title=words.text(view.programme.title))


def own_cards(view: View) -> tuple[Card, ...]:
    """What this party prints for its own signature."""
    participant = view.programme.participant(view.form.party)
    if participant is None or view.role.leads:
        return ()
    note = "" if view.interview.finished_at else view.words(say("草稿"))
    return tuple(
        Card(document.id, view.words.text(document.title), filename(document, view.scope), note)
        for document in view.programme.documents
        if document.id in participant.documents
    )


def withdrawing(view: View) -> Screen:
    """Taking part no more is asked about first."""
    words = view.words
    sentence = say(
        "退出以后，您写的不再算数，请您的人会知道。您写的这一份，30天内还可以下载，之后删除。确定吗？"
    )
    return Screen(
        parts=(Say(words(sentence), "ask"),),
        buttons=(
            Button(Action("close"), words(say("不退出，返回")), "primary", says=False),
            Button(Action("withdraw"), words(say("退出，不再参加")), "danger"),
        ),
    )


def over(view: View) -> bool:
    """Whether this part counts no more."""
    return bool(view.scene.invited and view.scene.invited.ended)


def ended(view: View) -> Screen:
    """What is left of a part that counts no more: its writer's own words, for a while."""
    words, invited = view.words, view.scene.invited
    parts = (
        Say(words(_ENDS[invited.ended if invited else ""]), "note"),
        Say(words(say("您写过的，30天内还可以下载，之后删除。")), "note"),
    )
    buttons = (
        Button(Action("mydata"), words(say("下载我写的"))),
        Button(Action("mine"), words(say("我的申报"))),
    )
    return Screen(parts, buttons, cards=own_cards(view))


_ENDS: Mapping[Ended, Message] = {
    "withdrawn": say("您已经退出，这一份不再算数。"),
    "gone": say("申报人把这份申报全部删除了，您不用再写了，谢谢您。"),
    "revoked": say("请您的人不再请您写这一份了，谢谢您。"),
    "": say("这一份不再算数。"),
}


def _stands_still(view: View, action: Action, label: str) -> Change:
    again = grounded(view, changed(view.interview))
    return Change(again, echo=label, events=(LookedAgain(),))


def _withdraw(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page=""), events=(Withdrew(),))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {
    "stands_still": _stands_still,
    "withdraw": _withdraw,
}
