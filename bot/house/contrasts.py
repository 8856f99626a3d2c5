"""What would be otherwise for one case under another definition: what is asked, judged, kept and printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import jinja2

from bot.house.documents import Printed, composed
from dialogs.verdicts import verdict_text
from dialogs.view import View
from forms.kinds.base import Question
from forms.packet import due_documents
from forms.printing.compose import Composed
from forms.printing.faces import Faces

#: What of a question is words, in the order in which they are told.
_WORDS = ("label", "ask", "help", "example", "clause")


@dataclass(frozen=True)
class Contrast:
    """Something that would be otherwise.

    `about` is what: “question”, “rule”, “document” or “answer”; `name` its id. `before` and `after` are what is so and
    what would be, "" where there is, or would be, nothing.
    """

    about: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Reprint:
    """A document that would print differently, as it would be drawn on either side; None where it is not due there.

    A spreadsheet has no pages, and neither has what cannot be composed: both stand as they are.
    """

    document: str
    title: str
    before: Composed | Printed | str | None
    after: Composed | Printed | str | None


def asked(before: View | None, after: View) -> Iterator[Contrast]:
    """Questions that are added, taken out, or put in other words; where they are in both, also what else they say."""
    old = before.form.questions if before else {}
    new = after.form.questions
    for name in (*new, *(name for name in old if name not in new)):
        was, will = _put(before, name), _put(after, name)
        if name in old and name in new and (old[name] != new[name] or was != will):
            yield Contrast("question", name, *_reworded(old[name], new[name], was, will))
        elif was != will:
            yield Contrast("question", name, was, will)


def _put(view: View | None, name: str) -> str:
    """A question as it stands for this case: its label, and whether it is asked."""
    question = view.form.questions.get(name) if view else None
    if view is None or question is None:
        return ""
    return question.label if question in view.steps else f"{question.label} (not asked here)"


def _reworded(old: Question, new: Question, was: str, will: str) -> tuple[str, str]:
    """What differs of a question that both have: its words in full, of the rest what it is called."""
    one, other = old.model_dump(), new.model_dump()
    keys = [key for key in (*_WORDS, *other) if one.get(key) != other.get(key)]
    changes = {key: (one.get(key), other.get(key)) for key in dict.fromkeys(keys)}
    return _of(was, {key: each[0] for key, each in changes.items()}), _of(
        will, {key: each[1] for key, each in changes.items()}
    )


def _of(label: str, changes: Mapping[str, object]) -> str:
    return "; ".join(
        (label, *(f"{key}: {_short(value)}" for key, value in changes.items() if key != "label"))
    )


def _short(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_short, value))
    if isinstance(value, dict):
        return str(value.get("label") or value.get("value") or value)
    return str(value)


def judged(before: View | None, after: View) -> Iterator[Contrast]:
    """Rules whose verdict on this very case, or whose words for it, would be otherwise."""
    old, new = _verdicts(before), _verdicts(after)
    for name in (*new, *(name for name in old if name not in new)):
        if old.get(name) != new.get(name):
            yield Contrast("rule", name, old.get(name, ""), new.get(name, ""))


def _verdicts(view: View | None) -> dict[str, str]:
    return {verdict.rule.id: verdict_text(view, verdict) for verdict in view.verdicts} if view else {}


def lost(before: Mapping[str, object], after: View) -> tuple[Contrast, ...]:
    """Answers that can no longer be read; `before` is what was set aside already."""
    fresh = [name for name in after.interview.unread if name not in before]
    return tuple(Contrast("answer", name.partition(".")[2], "read", "") for name in fresh)


def printed(before: View | None, after: View, faces: Faces) -> Iterator[Reprint]:
    """Documents of the packet that would print differently: by what they are drawn from."""
    if not after.role.leads:
        return
    old = _due(before) if before else {}
    new = _due(after)
    for name in (*new, *(name for name in old if name not in new)):
        was = _ready(before, name, faces) if before and name in old else None
        will = _ready(after, name, faces) if name in new else None
        if was != will:
            yield Reprint(name, new.get(name) or old[name], was, will)


def _due(view: View) -> dict[str, str]:
    return {document.id: document.title for document in due_documents(view.programme, view.scope)}


def _ready(view: View, document: str, faces: Faces) -> Composed | Printed | str:
    try:
        return composed(document, view.programme, view.interview, view.scene, faces)
    except (jinja2.TemplateError, TypeError) as error:
        return f"cannot be composed: {error}"
