"""Asking others to take part: whom, the link to hand on, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dialogs.change import Change, changed
from dialogs.company import PartyBrief, PartyState
from dialogs.events import InvitationRevoked, Invited, LinkReplaced, Reminded
from dialogs.interview import Asked
from dialogs.invited import MINUTES, until
from dialogs.turn import Action, Button, Invitation, Say, Screen
from dialogs.view import View
from dialogs.words import Words
from forms.dates import spoken
from forms.expressions import holds
from forms.hours import quiet
from forms.kinds.base import Answer, Check, Given, Problem
from forms.message import Message, Own, say
from forms.parties import LEADING, Participant

#: The most of a word on how two people know each other.
_LONGEST = 30
#: So many may have been asked who are asked no more.
EVER = 50
_RELATIONS = (say("师傅"), say("同事"), say("领导"), say("同行"), say("徒弟"))
_ORDINALS = "一二三四五六七八九十"

STATES: Mapping[PartyState, Message] = {
    "invited": say("链接做好了，还没打开"),
    "opened": say("已打开，未动笔"),
    "agreed": say("答应了，未动笔"),
    "started": say("正在写"),
    "done": say("已完成"),
    "changed": say("写好了，您后来改了内容，等对方再看一眼"),
    "unfit": say("写好了，但对方不符合通知的条件，不能算数"),
    "declined": say("婉拒了"),
    "expired": say("链接过期了"),
    "revoked": say("已撤回邀请"),
    "withdrawn": say("对方退出了"),
}
REASONS: Mapping[str, Message] = {
    "busy": say("最近太忙"),
    "unqualified": say("条件不够"),
    "stranger": say("不熟悉情况"),
    "other": say("别的原因"),
}


#: The nominee, as whoever puts somebody forward asks them in.
_NOMINEE = Participant(party=LEADING, title="被推荐人", task="填写申报表", clause="-", minutes=MINUTES)


def participant_of(view: View, party: str) -> Participant | None:
    """What is declared of a kind of party, the nominee among them."""
    return _NOMINEE if party == LEADING else view.programme.participant(party)


def wanted(view: View) -> tuple[Participant, ...]:
    """The kinds of party that this one may ask in, by what is answered."""
    if not view.role.leads:
        own = view.programme.participant(view.form.party)
        return (
            (_NOMINEE,) if own and own.begins and not (view.scene.invited and view.scene.invited.by) else ()
        )
    return tuple(each for each in view.programme.parties if takes_part(each, view.scope))


def title(words: Words, participant: Participant) -> str:
    """What one of a kind is called."""
    return words(say("被推荐人")) if participant.party == LEADING else words.text(participant.title)


def takes_part(participant: Participant, scope: Mapping[str, Any]) -> bool:
    """Whether a kind of party takes part, by what is answered."""
    return holds(participant.when, scope)


def of(view: View, party: str) -> tuple[PartyBrief, ...]:
    """The parties of one kind, in order."""
    return tuple(each for each in view.scene.parties if each.party == party)


def lacking(view: View, participant: Participant) -> int:
    """How many are still to be asked, so that enough are asked."""
    standing = sum(each.stands for each in of(view, participant.party))
    return max(0, view.programme.needed(participant) - standing)


def more(view: View, participant: Participant) -> bool:
    """Whether another one may be asked."""
    return sum(each.stands for each in of(view, participant.party)) < participant.most


def called(words: Words, participant: Participant, number: int) -> str:
    """What one of the parties is called: 推荐专家一; where there is only one of a kind, without a number."""
    one = title(words, participant)
    if participant.most == 1:
        return one
    if words.locale == "zh" and number <= len(_ORDINALS):
        return f"{one}{_ORDINALS[number - 1]}"
    return f"{one} {number}"


def unheard(brief: PartyBrief) -> bool:
    """Whether a party has something to do and nothing that is told here reaches it."""
    return brief.state in {"agreed", "started", "changed"} and not brief.reachable


def state(words: Words, brief: PartyBrief) -> str:
    """How far one of the parties is, and that nothing reaches it where that is so."""
    if unheard(brief):
        return words(say("{state}，消息发不到", state=STATES[brief.state]))
    if brief.state == "declined" and brief.reason:
        return words(say("婉拒了：{reason}", reason=REASONS[brief.reason]))
    return words(STATES[brief.state])


# Whom, and how they know each other


def asking(view: View) -> Screen:
    """One thing after the other: the name, then how they know each other."""
    words, being = view.words, view.interview.asking
    participant = participant_of(view, being.party) if being else None
    if being is None or participant is None:
        return Screen(parts=(Say(words(say("先回到进度清单，再点要请的人。"))),), buttons=(_home(words),))
    if not being.name:
        return Screen(
            parts=(
                Say(
                    words(
                        say(
                            "请对方{task}，大约{minutes}分钟，对方在自己的手机上填。",
                            **_task(view, participant),
                        )
                    )
                ),
                Say(words(say("请谁？打上姓名（{title}）。", title=title(words, participant))), "ask"),
            ),
            buttons=(_home(words),),
        )
    declared = {each: words.text(each) for each in participant.relations}
    relations = declared or {str(each): words(each) for each in _RELATIONS}
    return Screen(
        parts=(Say(words(say("{name}和您是什么关系？点一个，或者打几个字。", name=Own(being.name))), "ask"),),
        buttons=(
            *(Button(Action("relation", each), label, "option") for each, label in relations.items()),
            Button(Action("invite", being.party), words(say("名字写错了，重写"))),
            _home(words),
        ),
    )


def typed(view: View, text: str) -> Change:
    """What was typed while somebody is written down."""
    being = view.interview.asking
    if being is None:
        return Change(view.interview)
    if being.name:
        return _related(view, text)
    name = next((q for q in view.programme.leading.questions.values() if q.kind == "name"), None)
    reading = name.parse(Given(text=text), None, view.circumstances) if name else Answer(text)
    if isinstance(reading, Problem):
        return Change(view.interview, (Say(view.words(reading.message), "problem"),))
    value = reading.value if isinstance(reading, Answer | Check) else text
    named = being.model_copy(update={"name": str(value)})
    asked = Change(changed(view.interview, asking=named))
    if not _named_as_the_nominee(view, being.party, str(value)):
        return asked
    doubt = say(
        "{name}和被推荐人同名。自己不能推荐自己：要是同一个人，点“名字写错了，重写”，换一位。",
        name=Own(str(value)),
    )
    return replace(asked, said=(Say(view.words(doubt), "problem"),))


def _named_as_the_nominee(view: View, party: str, name: str) -> bool:
    """Whether somebody is asked in who may not be the one whom it is all about, under that one's very name."""
    participant = view.programme.participant(party)
    apart = participant is not None and bool(participant.compares)  # they may not be one and the same
    return apart and view.role.leads and name == view.interview.answers.get(view.programme.leading.named_by)


def _related(view: View, text: str) -> Change:
    being, interview = view.interview.asking, view.interview
    if being is None:
        return Change(interview)
    relation = " ".join(text.split())
    if len(relation) > _LONGEST:
        problem = say("太长了，{most}个字以内就行。", most=_LONGEST)
        return Change(interview, (Say(view.words(problem), "problem"),))
    numbers = [each.number for each in of(view, being.party)]
    numbers += [each.number for each in interview.asked if each.party == being.party]
    asked = being.model_copy(update={"relation": relation, "number": max(numbers, default=0) + 1})
    key = f"{asked.party} {asked.number}"
    return Change(
        changed(interview, asking=None, asked=(*interview.asked, asked), page="asked", subject=key),
        echo=view.words(say("✓ 请{name}", name=Own(asked.name))),
        events=(Invited(key),),
    )


# One of them


def asked(view: View) -> Screen:
    """How far one of the others is, the link to hand on, and what can be done about it."""
    words, brief = view.words, _subject(view)
    participant = participant_of(view, brief.party) if brief else None
    if brief is None or participant is None:
        return Screen(parts=(Say(words(say("没有这一位。"))),), buttons=(_home(words),))
    called_ = called(words, participant, brief.number)
    head = say(
        "{title}：{name}（{relation}）", title=called_, name=Own(brief.name), relation=Own(brief.relation)
    )
    parts = [Say(words(head)), Say(state(words, brief), "met" if brief.state == "done" else "note")]
    if brief.objection:
        said = say("对方说您的情况有不对的地方：{words}", words=Own(brief.objection))
        parts.append(Say(words(said), "problem"))
    invitation = _link(view, participant, brief)
    if invitation:
        sentence = say(
            "把这个链接发给{name}，只能用一次，到{day}为止。发给别人，别人就能冒名，请只发给本人。",
            name=Own(brief.name),
            day=spoken(brief.expires),
        )
        parts.append(Say(words(sentence)))
    elif unheard(brief):
        parts.append(
            Say(words(say("这边的消息发不到对方那里，请您打个电话，或者把下面这段话发给对方：")), "note")
        )
        parts.append(Say(words(_nudge(view, participant, brief))))
    return Screen(parts=tuple(parts), buttons=_doing(view, brief), invitation=invitation)


def _link(view: View, participant: Participant, brief: PartyBrief) -> Invitation | None:
    if brief.state not in {"invited", "opened"} or not view.scene.token:
        return None
    words = view.words
    own = _own_name(view)
    if participant.sees_all:
        sentence = say(
            "{name}您好，单位想推荐您参加{programme}，材料替您填好了，请您自己看一遍再决定，大约{minutes}分钟。点这里：{{link}}",
            name=Own(brief.name),
            programme=words.text(view.programme.title),
            minutes=participant.minutes,
        )
        return Invitation(
            view.scene.token, words(say("给{name}的链接", name=Own(brief.name))), words(sentence)
        )
    sentence = say(
        "{name}您好，{who}想请您{task}（{programme}），大约{minutes}分钟。{until}点这里开始，也可以先看看再决定：{{link}}",
        name=Own(brief.name),
        who=say("我是{own}，", own=Own(own)) if own else Own(""),
        programme=words.text(view.programme.title),
        until=until(view.programme, view.scene.now),
        **_task(view, participant),
    )
    return Invitation(view.scene.token, words(say("给{name}的链接", name=Own(brief.name))), words(sentence))


def _nudge(view: View, participant: Participant, brief: PartyBrief) -> Message:
    """Words to be sent to somebody whom nothing reaches: there is a link no more, they have been there."""
    return say(
        "{name}您好，之前请您{task}（{programme}），写过的都还在。{until}请打开原来的网页，或者在 Telegram 里给机器人发一句话，"
        "就能接着写；换了手机，打上您的恢复码就行。谢谢您！",
        name=Own(brief.name),
        task=_task(view, participant)["task"],
        programme=view.words.text(view.programme.title),
        until=until(view.programme, view.scene.now),
    )


def _own_name(view: View) -> str:
    return str(view.interview.answers.get(view.form.named_by, ""))


def _task(view: View, participant: Participant) -> dict[str, object]:
    words = view.words
    task = words(say("填写申报表")) if participant.party == LEADING else words.text(participant.task)
    return {"task": task, "minutes": participant.minutes}


def _doing(view: View, brief: PartyBrief) -> tuple[Button, ...]:
    words, buttons = view.words, []
    if brief.state in {"agreed", "started", "changed"} and brief.reachable and not brief.reminded:
        buttons.append(Button(Action("remind", brief.key), words(say("提醒一下")), "primary"))
    if brief.state in {"invited", "opened", "expired"}:
        buttons.append(Button(Action("replace", brief.key), words(say("换一个链接"))))
    if (brief.stands and brief.state != "done") or brief.state == "unfit":
        buttons.append(Button(Action("revoke", brief.key), words(say("不请这一位了")), "danger"))
    participant = participant_of(view, brief.party)
    if participant and more(view, participant):
        buttons.append(Button(Action("invite", brief.party), words(say("再请一位"))))
    return (*buttons, _home(words))


def _home(words: Words) -> Button:
    return Button(Action("home"), words(say("回到进度清单")))


def _subject(view: View) -> PartyBrief | None:
    return next((each for each in view.scene.parties if each.key == view.interview.subject), None)


# What is done


def _invite(view: View, action: Action, label: str) -> Change:
    participant = participant_of(view, action.about)
    if participant is None or not more(view, participant):
        sentence = say("这一项已经请够人了。要换人，先点“不请这一位了”。")
        return Change(view.interview, (Say(view.words(sentence), "note"),))
    if _ever(view, participant):
        sentence = say("请了又不请的已经有{most}位，不能再请了。要换人，请打电话问受理的工会。", most=EVER)
        return Change(view.interview, (Say(view.words(sentence), "problem"),))
    return Change(changed(view.interview, page="asking", asking=Asked(party=action.about), pending=None))


def _ever(view: View, participant: Participant) -> bool:
    """Whether so many were asked and are asked no more that another one would be one too many."""
    return sum(not each.stands for each in of(view, participant.party)) >= EVER


def _look(view: View, action: Action, label: str) -> Change:
    return Change(changed(view.interview, page="asked", subject=action.about, pending=None))


def _relation(view: View, action: Action, label: str) -> Change:
    return _related(view, action.about)


def _replace(view: View, action: Action, label: str) -> Change:
    note = Say(view.words(say("旧链接已经作废，请把新的发给对方。")), "note")
    return Change(changed(view.interview), (note,), events=(LinkReplaced(action.about),))


def _revoke(view: View, action: Action, label: str) -> Change:
    note = Say(view.words(say("好的，不再请这一位。对方写过的只有对方自己看得到。")), "note")
    return Change(changed(view.interview), (note,), events=(InvitationRevoked(action.about),))


def _remind(view: View, action: Action, label: str) -> Change:
    sentence = say("已经提醒了，一天提醒一次就够。")
    if quiet(view.scene.now, view.programme.window.zone):
        sentence = say("记下了。晚上9点到早上8点不打扰人，早上8点提醒对方。")
    note = Say(view.words(sentence), "note")
    return Change(changed(view.interview), (note,), events=(Reminded(action.about),))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {
    "invite": _invite,
    "asked": _look,
    "relation": _relation,
    "replace": _replace,
    "revoke": _revoke,
    "remind": _remind,
}
