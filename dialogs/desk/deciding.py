"""Decisions on a case: accept, pass on, refuse by a clause, settle what a rule leaves to staff."""

from __future__ import annotations

from dialogs.desk.deeds import Refused, Settled, Settlement
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, Dossier, Ruled
from dialogs.desk.dossier import back, judged, owned, unwritten
from dialogs.desk.press import button
from dialogs.turn import Button, Say, Screen
from dialogs.verdicts import verdict_text
from forms.message import Message, Own, say
from forms.rules import Verdict

#: Reasons are at most so long.
LONGEST = 300
#: In place of a rule: none of the notice's.
OWN_WORDS = "-"


def _open_ends(view: DeskView, dossier: Dossier) -> list[Say]:
    """What speaks against a decision now; none of it bars it."""
    words, said = view.words, []
    if dossier.open:
        said.append(Say(words(say("退回去的还有{count}条没有改。", count=len(dossier.open))), "problem"))
    left = dossier.doubts
    if left:
        said.append(Say(words(say("还有{count}条待核实没有定：", count=len(left))), "problem"))
        said.extend(judged(view, left))
    failed = tuple(each for each in dossier.ruled if each.verdict.outcome == "not_met")
    if failed:
        said.append(Say(words(say("有{count}条不符合：", count=len(failed))), "problem"))
        said.extend(judged(view, failed))
    unjudged = tuple(each for each in dossier.ruled if each.verdict.outcome == "pending")
    if unjudged:
        said.append(Say(words(say("有{count}条还定不了，缺答案：", count=len(unjudged))), "problem"))
        said.extend(judged(view, unjudged))
    if dossier.erasures:
        said.append(Say(words(say("有人申请删除，还没有答复。")), "problem"))
    said.extend(unwritten(view))
    lacking = tuple(Own(words.text(each.paper.title)) for each in dossier.papers if each.lacking)
    if lacking:
        said.append(Say(words(say("纸质还差：{papers}", papers=lacking)), "problem"))
    return said


def accepting(view: DeskView) -> Screen:
    """Accepting is asked about, with what is still open."""
    dossier = view.dossier
    words, left = view.words, _open_ends(view, dossier)
    ask = (
        say("还有上面这些没完。仍然受理{name}这一件吗？", name=Own(dossier.stay.name))
        if left
        else say("受理{name}这一件吗？", name=Own(dossier.stay.name))
    )
    yes = say("还是受理") if left else say("受理")
    return Screen(
        (*left, Say(words(ask), "ask")), (button("accept_now", words(yes), style="primary"), back(view))
    )


def passing(view: DeskView) -> Screen:
    """Passing on is asked about, with what is still open."""
    dossier = view.dossier
    words, left, above = view.words, _open_ends(view, dossier), Own(view.seat.above)
    name = Own(dossier.stay.name)
    if dossier.unwritten:
        task = words.text(dossier.programme.statement.task) if dossier.programme.statement else ""
        ask = say("先{task}，再上报{above}。准备在纸上手写的，可以不写，照样上报。", task=task, above=above)
        write = button("statement", words(say("去{task}", task=task)), style="primary")
        if view.desk.sort != "without":
            without = button("without", words(say("不写，照样上报")))
            return Screen((*left, Say(words(ask), "ask")), (write, without, back(view)))
        last = say(
            "不写就上报的，报上去以后您这里和{above}都不能再写了；只有十分钟内点“撤销刚才的决定”，回来才能写。",
            above=above,
        )
        ask = say("不写，就把{name}这一件上报{above}吗？", name=name, above=above)
        sure = button("pass_without", words(say("确定不写，上报")), style="danger")
        return Screen((Say(words(last), "problem"), Say(words(ask), "ask")), (write, sure, back(view)))
    ask = say("把{name}这一件上报{above}吗？上报以后由那边办。", name=name, above=above)
    return Screen(
        (*left, Say(words(ask), "ask")), (button("pass_now", words(say("上报")), style="primary"), back(view))
    )


def refusing(view: DeskView) -> Screen:
    """By which clause, and why in words: the failed ones of the notice are offered first."""
    dossier, desk = view.dossier, view.desk
    words = view.words
    if not desk.about:
        sentence = say(
            "按通知的哪一条不予受理？本人会看到这一条和您写的理由。能改好的，请用退回，不要用这个。"
        )
        first = sorted(
            dossier.view.verdicts,
            key=lambda each: ("not_met", "verify", "pending", "met").index(each.outcome),
        )
        return Screen(
            (Say(words(sentence), "ask"),),
            (
                *(_clause(view, each) for each in first),
                button("clause", words(say("通知里别的要求")), OWN_WORDS),
                back(view),
            ),
        )
    verdict = next((each for each in dossier.view.verdicts if each.rule.id == desk.about), None)
    parts = [Say(verdict_text(dossier.view, verdict), verdict.outcome)] if verdict else []
    if desk.reason:
        parts.append(Say(words(say("理由：{reason}", reason=Own(desk.reason)))))
        parts.append(Say(words(say("不予受理{name}这一件吗？", name=Own(dossier.stay.name))), "ask"))
        sure = button("refuse_now", words(say("确定不予受理")), style="danger")
        return Screen(tuple(parts), (sure, button("refusing", words(say("换一条"))), back(view)))
    parts.append(Say(words(say("请打出理由，一两句话，本人看得懂。")), "ask"))
    return Screen(tuple(parts), (button("refusing", words(say("换一条"))), back(view)))


def _clause(view: DeskView, verdict: Verdict) -> Button:
    label = say(
        "{title}（{clause}）", title=view.words.text(verdict.rule.title), clause=Own(verdict.rule.clause)
    )
    return button("clause", view.words(label), verdict.rule.id, "option")


def typed_refusal(view: DeskView, text: str) -> DeskChange | None:
    """The reason; it is read once more before it counts."""
    desk, words = view.desk, view.words
    if not desk.about:
        return DeskChange(desk, said=(Say(words(say("先点是通知的哪一条，再打理由。")), "problem"),))
    if len(text) > LONGEST:
        return DeskChange(desk, said=(Say(words(too_long(text)), "problem"),))
    return DeskChange(desk.model_copy(update={"reason": text.strip()}))


def refused_now(view: DeskView, about: str) -> DeskChange | None:
    """The refusal, by the clause and for the reason that stand there."""
    desk = view.desk
    if not desk.about or not desk.reason:
        return None
    rule = "" if desk.about == OWN_WORDS else desk.about
    return DeskChange(desk.at("case", reason=""), (Refused(desk.stay, desk.seen, rule, desk.reason),))


def too_long(text: str) -> Message:
    """What is said to a reason that is too long."""
    return say("理由最多{most}个字，这里有{count}个字。请短一点。", most=LONGEST, count=len(text))


def settling(view: DeskView) -> Screen:
    """What a rule leaves to staff, in whoever's part, one by one: whether it is met, and why."""
    dossier, desk, words = view.dossier, view.desk, view.words
    chosen = next((each for each in dossier.ruled if each.name == desk.about), None)
    if chosen is not None and desk.sort:
        ask = (
            say("为什么算符合？请打一句，比如看了什么材料。")
            if desk.sort == "met"
            else say("为什么不符合？请打一句。")
        )
        asked = (*judged(view, (chosen,)), Say(words(ask), "ask"))
        return Screen(asked, (button("settling", words(say("先不定"))),))
    left = dossier.doubts
    parts = (
        [Say(words(say("这些由您这里认定，认定要写一句理由：")))]
        if left
        else [Say(words(say("没有等着核实的条件了。")), "met")]
    )
    buttons: list[Button] = []
    for each in left:
        parts.extend(judged(view, (each,)))
        title = _title(view, each)
        buttons.append(button("met", words(say("符合：{title}", title=title)), each.name, "option"))
        buttons.append(button("not_met", words(say("不符合：{title}", title=title)), each.name, "option"))
    for each in dossier.ruled:
        parts.extend(_settled(view, each))
        if each.settled:
            label = words(say("重新定：{title}", title=_title(view, each)))
            buttons.append(button("unsettle", label, each.name))
    return Screen(tuple(parts), (*buttons, back(view, "plain" if left else "primary")))


def _settled(view: DeskView, ruled: Ruled) -> tuple[Say, ...]:
    """How a rule was settled, and that it no longer is where the answers are others by now."""
    words = view.words
    done = next((each for each in view.dossier.settled if each.rule == ruled.name), None)
    if done is None or not (ruled.settled or ruled.doubtful):
        return ()
    outcome = say("符合") if done.outcome == "met" else say("不符合")
    sentence = say(
        "{title}：{who}定了{outcome}，{reason}",
        title=_title(view, ruled),
        who=Own(done.office),
        outcome=outcome,
        reason=Own(done.reason),
    )
    if ruled.settled:
        return (Say(words(sentence), "met" if done.outcome == "met" else "not_met"),)
    return (Say(words(say("{told}。后来答案改了，要重新定。", told=sentence)), "note"),)


def _title(view: DeskView, ruled: Ruled) -> Own | Message:
    return owned(ruled.part, Own(view.words.text(ruled.verdict.rule.title)))


def typed_settlement(view: DeskView, text: str) -> DeskChange | None:
    """The reason, and with it what was decided."""
    desk, words = view.desk, view.words
    if not desk.about or desk.sort not in {"met", "not_met"}:
        if not view.dossier.doubts:
            return None
        return DeskChange(desk, said=(Say(words(say("先点“符合”或者“不符合”，再打理由。")), "problem"),))
    if len(text) > LONGEST:
        return DeskChange(desk, said=(Say(words(too_long(text)), "problem"),))
    outcome: Settlement = "met" if desk.sort == "met" else "not_met"
    return DeskChange(desk.at("settling"), (Settled(desk.stay, desk.about, outcome, text.strip()),))
