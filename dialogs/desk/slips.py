"""A slip is mended on somebody's behalf: asked as its owner was asked, with the question's own buttons and words."""

from __future__ import annotations

from dialogs.desk.deeds import Corrected
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, PartBrief
from dialogs.desk.naming import no_question, question_of
from dialogs.desk.press import button
from dialogs.turn import Button, Say, Screen
from dialogs.view import View
from forms.kinds.base import Check, Given, Problem, Question, Reading, Unfinished, Value
from forms.message import Message, Own, say
from forms.understanding import meaning


def mendable(question: Question) -> bool:
    """Whether staff can mend it: whatever is not a photo, scan or video of its owner's."""
    return not (question.accepts_files and question.keyboard == "none")


def screen(view: DeskView) -> Screen:
    """What stands, how far what shall stand instead is, and the question's own ways to say it."""
    desk, words = view.desk, view.words
    found = question_of(view.dossier, desk.about)
    if found is None or not mendable(found[1]):
        return no_question(view)
    part, question = found
    asked, answered = part.view.question(question.id), part.view.interview.answers
    value = _standing(asked, answered[question.id]) if question.id in answered else say("（没有填）")
    shown = say("{label}：{value}", label=question.label, value=value)
    leaves = button("answers", words(say("不改了")))
    parts = [
        Say(words(shown)),
        Say(words(say("只改明显的笔误。改了会告诉本人，本人一点就能改回去。")), "note"),
    ]
    if desk.sent:
        reading = _read(part, asked, desk.draft, Given(text=desk.sent))
        if isinstance(reading, Check):
            parts.append(Say(words(reading.message), "ask"))
            yes = button("mend_yes", words(say("对，就这样改")), style="primary")
            return Screen(tuple(parts), (yes, button("correcting", words(say("重新写"))), leaves))
    keys = asked.keys(desk.draft)
    parts.extend(
        Say(words.text(each) if isinstance(each, str) else words(each), "note")
        for each in asked.prompt(desk.draft)
    )
    ask = say("请点改后的那一项，也可以打出来：") if keys else say("请打出改后的内容：")
    parts.append(Say(words(ask), "ask"))
    return Screen(tuple(parts), (*_keys(view, asked), leaves))


def _standing(asked: Question, value: Value) -> str | Message:
    """An answer to be mended: a long text in full, to be copied and changed."""
    whole = asked.writing(None, value)
    return Own(whole.text) if whole else asked.show(value)


def _keys(view: DeskView, asked: Question) -> tuple[Button, ...]:
    """The question's own buttons, by their places: what they stand for may be long."""
    words = view.words
    return tuple(
        button(
            "mend",
            _ticked(words.text(key.label) if isinstance(key.label, str) else words(key.label), on=key.on),
            str(at),
            "primary" if key.primary else "option",
        )
        for at, key in enumerate(asked.keys(view.desk.draft))
    )


def _ticked(label: str, *, on: bool | None) -> str:
    return f"✓ {label}" if on else label


def begun(view: DeskView, about: str) -> DeskChange:
    """It begins, or begins anew: with what stands where that is gone on from."""
    desk = view.desk
    found = question_of(view.dossier, desk.about)
    standing = found[0].view.interview.answers.get(found[1].id) if found else None
    draft = found[0].view.question(found[1].id).reopen(standing) if found and standing is not None else None
    return DeskChange(desk.model_copy(update={"page": "correcting", "draft": draft, "sent": ""}))


def pressed(view: DeskView, about: str) -> DeskChange | None:
    """One of the question's own buttons."""
    found = question_of(view.dossier, view.desk.about)
    keys = found[0].view.question(found[1].id).keys(view.desk.draft) if found else ()
    if not about.isdecimal() or int(about) >= len(keys):
        return None
    return _given(view, Given(key=keys[int(about)].value))


def typed(view: DeskView, text: str) -> DeskChange | None:
    """The words that mend a slip, read as the question reads them."""
    found = question_of(view.dossier, view.desk.about)
    if found is None or not mendable(found[1]):
        return DeskChange(view.desk.at("answers"))
    if view.desk.sent and meaning(text) == "yes":
        return agreed(view, "")
    standing = found[0].view.interview.answers.get(found[1].id)
    whole = found[0].view.question(found[1].id).writing(view.desk.draft, standing) is not None
    return _given(view, Given(text=text, whole=whole))


def agreed(view: DeskView, about: str) -> DeskChange | None:
    """What was asked back is meant."""
    sent = view.desk.sent
    return _given(view, Given(text=sent), sure=True) if sent else None


def _given(view: DeskView, given: Given, *, sure: bool = False) -> DeskChange | None:
    desk, words = view.desk, view.words
    found = question_of(view.dossier, desk.about)
    if found is None:
        return None
    part, question = found
    asked = part.view.question(question.id)
    reading = _read(part, asked, desk.draft, given)
    match reading:
        case Problem(message=message):
            return DeskChange(desk, said=(Say(words(message), "problem"),))
        case Unfinished(draft=draft, said=said):
            told = tuple(Say(words(each), "note") for each in said)
            return DeskChange(desk.model_copy(update={"draft": draft, "sent": ""}), said=told)
        case Check() if not sure and not question.private and given.text is not None:
            # Numbers of people prove themselves, and are not left lying on a desk until somebody says yes
            return DeskChange(desk.model_copy(update={"sent": given.text}))
    value = reading.value
    if refused := unfit(part.view, asked, value):
        return DeskChange(desk, said=(Say(words(refused.message), "problem"),))
    told_back = say("✓ {label}：{value}", label=question.label, value=asked.show(value))
    deed = Corrected(desk.stay, part.key, question.id, value)
    return DeskChange(desk.at("answers"), (deed,), echo=words(told_back))


def _read(part: PartBrief, asked: Question, draft: Value, given: Given) -> Reading:
    """What its owner's question makes of it, on what was given so far."""
    view = part.view
    drafts = {asked.id: draft} if draft is not None else {}
    state = view.interview.model_copy(
        update={"drafts": drafts, "declined": (*view.interview.declined, asked.id)}
    )
    return View(view.programme, state, view.scene).read(asked, given)


def unfit(view: View, asked: Question, value: Value) -> Problem | None:
    """Why a value cannot stand as the answer; None where it can."""
    if not asked.offers(value):
        return Problem(say("“{value}”不在可以选的里面了，请重新选。", value=asked.show(value)))
    wrong = next((each for each in asked.remarks(value, view.circumstances) if each.blocking), None)
    return Problem(wrong.message) if wrong else None
