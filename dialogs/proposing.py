"""Several facts in one message: the question on screen takes its own, the others are shown and stored after a yes.

Each is read by its own question, as if it had been answered there; what that question cannot read is none. What was
answered differently before is proposed as a change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs import asking, retracting
from dialogs.answering import afresh, answer, settle
from dialogs.change import Change, changed
from dialogs.correcting import stay
from dialogs.interview import Interview, Proposal
from dialogs.interview import Pending as AskedBack
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.assent import hear
from forms.expressions import Pending, expression
from forms.facts import PERSONAL, Fact, facts, remainder
from forms.kinds.base import Answer, Check, Given, Problem, Question, Reading, Value
from forms.kinds.options import OptionsQuestion
from forms.message import Own, say

#: Kinds that know by themselves what goes round an answer.
_FRAMED = frozenset(["name", "id-number", "phone"])
#: Another number beside the one that was found.
_NUMBER = re.compile(r"\d{7}|\d{4}-\d")
#: Kinds of which an answer to one question would do for any other.
_ALIKE = frozenset(["phone", "name", "id-number", "date", "month", "place"])


def _open(view: View) -> tuple[Question, ...]:
    """The questions that apply, and those of which an answer of the same message may tell: 民族 waits for the ID number."""
    waiting = (each for each in view.form.questions.values() if each.id in PERSONAL and _waits(view, each))
    return (*view.steps, *waiting)


def _waits(view: View, question: Question) -> bool:
    if not question.when or question.id in view.on_path:
        return False
    try:
        expression(question.when).holds(view.scope)
    except Pending:
        return True
    return False


def _value(view: View, question: Question, text: str) -> Value | None:
    """What a question makes of a fact; None where it is no answer, or the one that stands."""
    reading = question.parse(Given(text=text), None, view.circumstances)
    if _doubtful(question, reading):
        return None
    value = reading.value if isinstance(reading, Answer | Check) else None
    if isinstance(question, OptionsQuestion) and isinstance(value, str) and question.option(value) is None:
        return None  # words of one's own are no option
    return None if value == view.interview.answers.get(question.id) else value


def _standing(view: View) -> tuple[tuple[Question, Value], ...]:
    """What is proposed and can be stored now, in the order of the form."""
    texts = {each.question: each.text for each in view.interview.proposed}
    values = ((q, _value(view, q, texts[q.id])) for q in _open(view) if q.id in texts)
    return tuple((question, value) for question, value in values if value is not None)


def _heard(view: View, text: str, but: Question | None) -> tuple[list[Fact], list[Fact]]:
    """The facts of a message that belong to other questions, and all that no longer belong to this one's part."""
    questions = view.form.questions
    counted = [fact for fact in facts(text, _open(view)) if not but or _counts(view, text, but, fact)]
    apart = [fact for fact in counted if not but or not _belongs(fact, but, questions.get(fact.question))]
    readable = [f for f in apart if f.question and _value(view, questions[f.question], f.text) is not None]
    # What is said in passing takes no standing answer's place: 我是电焊工 is no other trade than 焊工.
    return [f for f in readable if f.sure or f.question not in view.interview.answers], apart


def _counts(view: View, text: str, asked: Question, fact: Fact) -> bool:
    """Whether a fact may be taken out of what is said to a question: not out of mere words."""
    if fact.sure or asked.kind != "text":
        return True
    heard = facts(text, _open(view))
    several = any(each.sure and each.question != asked.id for each in heard)
    return several or (any(each.question == asked.id for each in heard) and not remainder(text, heard))


def _belongs(fact: Fact, asked: Question, owner: Question | None) -> bool:
    """Whether a fact is the asked question's: a number of a kind that it wants, unless the other one's label says so."""
    alike = owner is not None and owner.kind == asked.kind and asked.kind in _ALIKE
    return fact.question == asked.id or (alike and owner is not None and fact.label != owner.label)


def _unread(view: View, apart: Sequence[Fact], readable: Sequence[Fact]) -> tuple[Say, ...]:
    """What is said of a number that its own question refuses, or doubts: it is kept nowhere, least of all in another answer."""
    said = []
    for fact in apart:
        question = view.form.questions.get(fact.question)
        if question is None or not fact.sure or fact in readable or question.id not in view.on_path:
            continue
        reading = question.parse(Given(text=fact.text), None, view.circumstances)
        if isinstance(reading, Problem | Check) and (
            isinstance(reading, Problem) or _doubtful(question, reading)
        ):
            label = view.words.text(question.label)
            sentence = say("“{label}”没有记：{why}", label=label, why=Own(view.words(reading.message)))
            said.append(Say(view.words(sentence), "problem"))
    return tuple(said)


def _doubtful(question: Question, reading: Reading) -> bool:
    """A number that looks like no telephone number: among others nobody would look at it twice."""
    return question.kind == "phone" and isinstance(reading, Check)


def taken(view: View, question: Question, text: str) -> Change | None:
    """A message with facts for other questions; None where it has none, and where a text is being gathered."""
    interview = view.interview
    if interview.fitting or question.multiline or question.id in interview.drafts or view.remarked:
        return None
    if not facts(text, _open(view)):
        return None
    others, apart = _heard(view, text, question)
    unread = _unread(view, apart, others)
    if not others and not unread:
        return _labelled(view, question, text) or _less(view, question, text, apart)
    proposed = tuple(Proposal(question=fact.question, text=fact.text) for fact in others)
    own = next((fact for fact in facts(text, _open(view)) if fact.question == question.id), None)
    if asking.pended(view, question) is not None:  # 对，手机13800000000
        kept = interview
        if own:
            kept = changed(interview, pending=AskedBack(question=question.id, text=own.text))
        elif hear(text).yes is False:
            kept = afresh(interview, question)
        return Change(changed(kept, proposed=proposed), unread, question=question.id)
    change = _own_part(view, question, remainder(text, apart), own)
    after = changed(change.interview, proposed=proposed)
    return replace(change, interview=after, said=change.said + unread, question=question.id)


def told_besides(view: View, text: str) -> Change | None:
    """A message with facts where no question is asked; None where it has none."""
    others, apart = _heard(view, text, None)
    proposed = tuple(Proposal(question=fact.question, text=fact.text) for fact in others)
    return (
        Change(changed(view.interview, proposed=proposed), _unread(view, apart, others)) if proposed else None
    )


def _own_part(view: View, question: Question, rest: str, own: Fact | None) -> Change:
    """What the question on screen takes; one that takes nothing is asked afterwards."""
    if retracting.says_nothing(question, rest):  # 不对，是13800000000
        rest = ""
    ways = [(rest, True)]
    if question.kind == "name":  # 陆建华，南宁机械厂 焊工
        ways = [(part, len(parts) == 1) for parts in [rest.split("，")] for part in parts]
    if own:
        ways.insert(0, (own.text, own.sure and question.kind != "name"))
    return _first(view, question, ways) or Change(view.interview)


def _labelled(view: View, question: Question, text: str) -> Change | None:
    """What stands round an answer is no part of it: 工作单位：南宁机械厂, 我在南宁机械厂上班."""
    heard = facts(text, _open(view)) if question.kind not in _FRAMED else ()
    own = next((fact for fact in heard if fact.question == question.id and fact.text != text), None)
    if own is None or remainder(text, heard) or asking.pended(view, question) is not None:
        return None
    return answer(view, question, Given(text=own.text), own.sure)


def _less(view: View, question: Question, text: str, apart: Sequence[Fact]) -> Change | None:
    """What stands besides facts that are known or that nothing asks for, where the whole is no answer."""
    reading = view.read(question, Given(text=text))
    refused = isinstance(reading, Problem) or _doubtful(question, reading)
    if asking.pended(view, question) is not None or not (refused or question.kind == "place"):
        return None
    own = next((fact for fact in facts(text, _open(view)) if fact.question == question.id), None)
    ways = [(remainder(text, apart), True)] if apart else []
    if own and not _NUMBER.search(f"{text[: own.start]} {text[own.end :]}"):
        ways.append((own.text, False))
    return _first(view, question, ways)


def _first(view: View, question: Question, ways: Sequence[tuple[str, bool]]) -> Change | None:
    """The first of several texts that the question can read, each with whether it is sure to be meant."""
    for text, sure in ways:
        if text and not isinstance(view.read(question, Given(text=text)), Problem):
            return answer(view, question, Given(text=text), sure)
    return None


def offered(view: View) -> Screen | None:
    """“Did I get all this right?” None where nothing is proposed, or nothing can be stored any more."""
    standing = _standing(view)
    if not standing:
        return None
    words, answers = view.words, view.interview.answers
    lines = [_line(view, question, value) for question, value in _own(view)]
    lines.extend(
        words(
            say(
                "{label}：{old} → {new}",
                label=words.text(question.label),
                old=question.show(answers[question.id]),
                new=question.show(value),
            )
        )
        if question.id in answers
        else _line(view, question, value)
        for question, value in standing
    )
    sentence = words(say("我记下了这些，对吗？\n{lines}", lines=Own("\n".join(lines))))
    return Screen(
        parts=(Say(sentence, "ask"),),
        buttons=(
            Button(Action("note"), words(say("对的")), "primary", says=True),
            Button(Action("unnote"), words(say("不对，都不要")), says=False),
        ),
        asks=asking.answered_with(view, view.current) if view.current else None,
        progress=view.progress(view.current),
    )


def _line(view: View, question: Question, value: Value) -> str:
    label = view.words.text(question.label)
    return view.words(say("{label}：{value}", label=label, value=question.show(value)))


def _own(view: View) -> tuple[tuple[Question, Value], ...]:
    """What the question on screen took and would have asked back."""
    question = view.current
    reading = asking.pended(view, question) if question else None
    return ((question, reading.value),) if question and reading else ()


def noted(view: View, action: Action, label: str) -> Change:
    """The yes: every fact becomes the answer of its question."""
    texts = {each.question: each.text for each in view.interview.proposed}
    change = Change(changed(view.interview, proposed=()))
    said: list[Say] = []
    echoes: list[str] = []
    for question, value in _own(view):
        change = _with(change, settle(_at(view, change), question, value), said, echoes)
    for asked in view.form.questions.values():
        here = _at(view, change)
        wanted = asked.id in texts and asked in here.steps
        value = _value(here, asked, texts[asked.id]) if wanted else None
        if value is not None:
            change = _with(change, stay(here, settle(here, asked, value)), said, echoes)
    return replace(change, said=tuple(dict.fromkeys(said)), echo="\n".join(echoes))


def _with(before: Change, after: Change, said: list[Say], echoes: list[str]) -> Change:
    said.extend(after.said)
    echoes.append(after.echo)
    return replace(after, events=before.events + after.events)


def unnoted(view: View, action: Action, label: str) -> Change:
    """The no: nothing of it is kept, and the question on screen is asked afresh."""
    sentence = say("好的，这些都没有记。")
    return replace(_dropped(view), said=(Say(view.words(sentence), "note"),))


def _dropped(view: View) -> Change:
    interview = view.interview
    for question, _ in _own(view):
        interview = afresh(interview, question)
    return Change(changed(interview, proposed=()))


def again(view: View, text: str) -> Change | None:
    """What is typed to a proposal beside a yes and a no; None where there is none."""
    if not _standing(view):
        return None
    heard = hear(text)
    if heard.yes is not None and not heard.rest:
        return noted(view, Action("note"), "") if heard.yes else unnoted(view, Action("unnote"), "")
    mended, _ = _heard(view, heard.rest or text, None)
    own = _own(view)
    if mended:
        return Change(_mended(view, mended, own))
    if own and heard.rest and heard.yes is False:
        dropped = _at(view, _dropped(view))
        return answer(dropped, own[0][0], Given(text=heard.rest), heard.apart)
    sentence = say(
        "没听明白。都对就回“对”，都不要就回“不对”；哪一项不对，就发对的，例如“手机：19000000101”。"
    )
    return Change(view.interview, (Say(view.words(sentence), "problem"),))


def _mended(view: View, mended: Sequence[Fact], own: Sequence[tuple[Question, Value]]) -> Interview:
    """The proposal with some of it said anew."""
    texts = {each.question: each.text for each in view.interview.proposed}
    texts.update({fact.question: fact.text for fact in mended})
    pending = view.interview.pending
    for question, _ in own:
        if question.id in texts:
            pending = AskedBack(question=question.id, text=texts.pop(question.id))
    proposed = tuple(Proposal(question=name, text=text) for name, text in texts.items())
    return changed(view.interview, proposed=proposed, pending=pending)


def _at(view: View, change: Change) -> View:
    return View(view.programme, change.interview, view.scene)
