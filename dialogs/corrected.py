"""What staff mended in a person's answers: it is told, what it was and what it is, and one press undoes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dialogs.at_office import Correction
from dialogs.change import Change, changed, without
from dialogs.events import CorrectionUndone
from dialogs.turn import Action, Button, Line, Say
from dialogs.view import View
from forms.kinds.base import Value
from forms.message import Message, Own, say


def standing(view: View) -> tuple[Correction, ...]:
    """What staff mended and still stands so."""
    answers = view.interview.answers
    return tuple(
        each
        for each in view.scene.corrections
        if each.question in view.form.questions and answers.get(each.question) == each.now
    )


def _label(view: View, each: Correction) -> str:
    return view.words.text(view.form.questions[each.question].label)


def _show(view: View, each: Correction, value: Value) -> str | Message:
    return say("没有填") if value is None else view.form.questions[each.question].show(value)


def told(view: View) -> tuple[Say, ...]:
    """A bubble for each."""
    return tuple(
        Say(
            view.words(
                say(
                    "{office}替您改了一处笔误，{label}：“{was}”改成了“{now}”。不对就改回去。",
                    office=Own(each.office),
                    label=_label(view, each),
                    was=_show(view, each, each.was),
                    now=_show(view, each, each.now),
                )
            ),
            "note",
        )
        for each in standing(view)
    )


def buttons(view: View) -> tuple[Button, ...]:
    """One press undoes each."""
    return tuple(_undoing(view, each) for each in standing(view))


def _undoing(view: View, each: Correction) -> Button:
    label = view.words(say("改回去：{label}", label=_label(view, each)))
    return Button(Action("undo_correction", each.id), label)


def lines(view: View) -> Iterator[Line]:
    """One line of the task list for each."""
    words = view.words
    for each in standing(view):
        shown = say("{office}改成了：{now}", office=Own(each.office), now=_show(view, each, each.now))
        yield Line(_label(view, each), words(shown), _undoing(view, each), "skipped")


def _undo(view: View, action: Action, label: str) -> Change:
    each = next((one for one in standing(view) if one.id == action.about), None)
    if each is None:
        sentence = say("这一处已经改回去了，或者后来又改过。")
        return Change(view.interview, (Say(view.words(sentence), "note"),))
    answers = without(view.interview.answers, each.question)
    if each.was is not None:
        answers = {**answers, each.question: each.was}
    note = say("改回去了，{label}：{was}", label=_label(view, each), was=_show(view, each, each.was))
    undone = changed(view.interview, answers=answers, drafts=without(view.interview.drafts, each.question))
    return Change(undone, (Say(view.words(note), "met"),), label, (CorrectionUndone(each.id),))


VERBS: Mapping[str, Callable[[View, Action, str], Change]] = {"undo_correction": _undo}
