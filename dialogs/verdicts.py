"""How verdicts are told: the arithmetic, the clause, what would satisfy it, and what can be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.expressions import holds
from forms.message import Message, say
from forms.programme import OpenPoint
from forms.rules import Verdict, reckon
from forms.settling import SettledVerdict

_ENDINGS: Mapping[str, Message] = {
    "met": say("符合"),
    "not_met": say("不符合"),
    "verify": say("待工作人员核实"),
    "pending": say("还缺答案"),
}
_MATERIAL = {
    "material_error": say("材料要换"),
    "material_missing": say("材料还缺"),
    "awaited": say("报送前要办好"),
}


def scope_in_words(view: View) -> Mapping[str, Any]:
    """The scope with months said the way the person's language says them."""
    if view.interview.locale == "zh":
        return view.scope
    return {**view.scope, "month_style": "English"}


def verdict_text(view: View, verdict: Verdict) -> str:
    """One verdict as a sentence: “从事焊工：2015年7月 → 2026年6月 = 10年11个月，满10年，符合（四（三））”."""
    words, rule = view.words, verdict.rule
    scope = scope_in_words(view)
    if isinstance(verdict, SettledVerdict):
        sentence = say(
            "{title}：{found}，{ending}（{clause}）",
            title=words.text(rule.title),
            found=verdict.settlement.message,
            ending=_ENDINGS[verdict.outcome],
            clause=rule.clause,
        )
        return words(sentence)
    by_outcome = {"met": rule.met, "not_met": rule.unmet, "verify": rule.verify or rule.unmet, "pending": ""}
    body = [reckon(words.text(text), scope) for text in (rule.reckoning, by_outcome[verdict.outcome]) if text]
    if verdict.outcome == "pending":
        body = [words.text(rule.title)]
    ending = _ENDINGS[verdict.outcome]
    if verdict.outcome == "not_met":
        ending = _MATERIAL.get(rule.failing, ending)
    comma = words(say("，"))
    return words(
        say(
            "{body}{comma}{ending}（{clause}）",
            body=comma.join(text for text in body if text),
            comma=comma,
            ending=ending,
            clause=rule.clause,
        )
    )


def remedy_text(view: View, verdict: Verdict) -> str:
    """What would satisfy a failed rule, or ""."""
    return reckon(view.words.text(verdict.rule.remedy), scope_in_words(view)) if verdict.rule.remedy else ""


def told(view: View, verdicts: Iterable[Verdict]) -> tuple[Say, ...]:
    """A bubble for each verdict, and one for what mends it."""
    said = []
    for verdict in verdicts:
        if verdict.rule.quiet and verdict.outcome == "met":
            continue
        said.append(Say(verdict_text(view, verdict), verdict.outcome))
        open_to_mending = verdict.outcome == "not_met" or (
            verdict.outcome == "verify" and verdict.rule.failing == "review"
        )
        if open_to_mending and verdict.rule.remedy:
            said.append(Say(remedy_text(view, verdict), "note"))
    return tuple(said)


def news(before: View, after: View) -> tuple[Say, ...]:
    """The verdicts that this turn changed, in their outcome or their arithmetic.

    What the next screen speaks of is left to it: a bar, and what is remarked on the answer just taken.
    """
    earlier = {verdict.rule.id: verdict for verdict in before.verdicts}
    facing = after.facing.rule.id if after.facing else ""
    changed = before.differing(after)

    def fresh(verdict: Verdict) -> bool:
        old = earlier.get(verdict.rule.id)
        if old is None or old.outcome != verdict.outcome:
            return True
        if changed.isdisjoint(verdict.rule.shown):
            return False
        return verdict_text(before, old) != verdict_text(after, verdict)

    def left(verdict: Verdict) -> bool:
        remarked = verdict.outcome == "verify" and after.remarked in after.questions_of(verdict)
        return verdict.outcome == "pending" or verdict.rule.id == facing or remarked

    weighed = (v for v in after.verdicts if not left(v))
    return told(after, (v for v in weighed if fresh(v)))


def offers(view: View, verdict: Verdict) -> Screen:
    """A failed hard rule: correct it, save and stop, practise, or ask the staff where the notice lets one."""
    words = view.words
    parts = [Say(verdict_text(view, verdict), "not_met")]
    remedy = remedy_text(view, verdict)
    if remedy:
        parts.append(Say(remedy, "note"))
    if verdict.rule.erase:
        parts.append(Say(words(say("这份申报到这里就停下：已经填的都删除了，也不会再收集。")), "note"))
        parts.append(Say(words(say("是点错了吗？")), "ask"))
    elif view.role.leads:
        parts.append(Say(words(say("这一条不满足就不能正式报送。您想怎么办？")), "ask"))
    else:
        parts.append(Say(words(say("这一条不满足，您写的这一份就不能算数。您想怎么办？")), "ask"))
    weighed = view.questions_of(verdict)[:3]
    slip = True if verdict.rule.erase and len(weighed) == 1 else None
    buttons = [
        Button(
            Action("edit", question.id),
            words(say("改一下：{label}", label=words.text(question.label))),
            "primary",
            says=slip,
        )
        for question in weighed
    ]
    if verdict.rule.escape:
        buttons.append(Button(Action("appeal", verdict.rule.id), words.text(verdict.rule.escape), "option"))
    if not verdict.rule.erase:
        on = say("先当练习填下去（打印带“样张”）") if view.role.leads else say("先接着写，由工作人员认定")
        buttons.append(Button(Action("face", verdict.rule.id), words(on), "option"))
        buttons.append(Button(Action("stop"), words(say("保存，先到这里"))))
    if "objecting" in view.role.pages:
        no = words(say("不同意，取消这次推荐，删掉关于我的内容"))
        buttons.append(Button(Action("refuse"), no, "danger"))
    if view.role.leads:
        buttons.append(Button(Action("mine"), words(say("看看别的项目"))))
    return Screen(parts=tuple(parts), buttons=tuple(buttons))


def overview(view: View) -> Screen:
    """All conditions at a glance."""
    words = view.words
    parts: list[Say] = [Say(words(say("条件对照：每一条都注明了通知里的出处。")))]
    parts.extend(told(view, view.verdicts))
    marks = [p for p in view.programme.priorities if holds(p.condition, view.scope)]
    parts.extend(
        Say(words(say("优先：{title}（{clause}）", title=words.text(mark.title), clause=mark.clause)), "met")
        for mark in marks
    )
    parts.extend(_left_open(view, [point for point in view.programme.open_points if point.applicant_sees]))
    return Screen(
        parts=tuple(parts), buttons=(Button(Action("close"), words(say("返回")), "primary", says=True),)
    )


def open_points(view: View) -> Screen:
    """Everything that the notice leaves open, with the reading adopted: for staff, and for whoever asks."""
    words = view.words
    points = view.programme.open_points
    head = say("通知里没说清的，这里是这样处理的：") if points else say("这份通知没有没说清的地方。")
    parts = (Say(words(head)), *_left_open(view, points))
    return Screen(parts=parts, buttons=(Button(Action("close"), words(say("返回")), "primary", says=True),))


def _left_open(view: View, points: Iterable[OpenPoint]) -> tuple[Say, ...]:
    words = view.words
    return tuple(
        Say(
            words(
                say(
                    "通知里没说清：{title}。这里按：{adopted}（{clause}）",
                    title=words.text(point.title),
                    adopted=words.text(point.adopted),
                    clause=point.clause,
                )
            ),
            "note",
        )
        for point in points
    )
