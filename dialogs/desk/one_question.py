"""One question of a form, as somebody at a desk is asked it: its Screen, and what comes of what is typed and pressed.

Whoever sits there answers on behalf of somebody or of the office, with the question's own buttons. A message is read as
the applicant's chat reads it: a yes, a no, “later” and “there is none” are no answers where the question takes none of
them, and what goes round an answer is asked back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from dialogs import asking
from dialogs.desk.desk_scene import DeskView
from dialogs.desk.press import button
from dialogs.turn import Asks, Button, Say, Screen
from dialogs.view import View
from forms.kinds.base import (
    Answer,
    Check,
    Given,
    Question,
    Reading,
    Value,
    doubt,
)
from forms.message import Message, Own, say

#: Keys of questions that a button may name; others go by their place.
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,12}")


@dataclass(frozen=True)
class OneQuestion:
    """The question that is open on a desk. `form` is the part it stands in, with the answers that stand; `leaves` is the
    button that leaves it, and `optional` tells that it may be passed over here."""

    at: DeskView
    form: View
    name: str
    leaves: Button
    optional: bool = False

    @cached_property
    def view(self) -> View:
        """The part as the question is read in it: with what is half given, without what would be suggested."""
        state, draft = self.form.interview, self.at.desk.draft
        drafts = {self.name: draft} if draft is not None else {}
        declined = (*state.declined, self.name)
        update = {"drafts": drafts, "declined": declined, "locale": self.at.scene.locale}
        return View(self.form.programme, state.model_copy(update=update), self.form.scene)

    @cached_property
    def question(self) -> Question:
        """The question as it is asked now."""
        return self.form.question(self.name)

    @property
    def standing(self) -> Value:
        """The answer that stands, None where none does."""
        return self.form.interview.answers.get(self.name)

    @property
    def part(self) -> Question:
        """What is asked in turn: a field of a row, else the question."""
        return self.question.asked_in(self.at.desk.draft)

    @property
    def private(self) -> bool:
        """Whether what is typed is left lying nowhere."""
        return self.question.private or self.part.private

    @property
    def fresh(self) -> bool:
        """Whether nothing was given since it was opened."""
        return bool(self.at.desk.draft == begun(self.question, self.standing))

    @property
    def whole(self) -> bool:
        """Whether a message is all of a text: one that may be written whole is, until parts of it are gathered."""
        draft = self.at.desk.draft
        return not self.question.holds(draft) and self.question.writing(draft, self.standing) is not None

    def read(self, given: Given) -> Reading:
        """What the question makes of it, on what was given so far."""
        return self.view.read(self.question, given)

    def text(self, text: str) -> Given:
        """A typed text as it is read."""
        return Given(text=text, whole=self.whole)

    @cached_property
    def pended(self) -> Answer | Check | None:
        """What waits for a yes, as it is read now."""
        sent = self.at.desk.sent
        reading = self.read(self.text(sent)) if sent else None
        return reading if isinstance(reading, Answer | Check) else None


def begun(question: Question, standing: Value) -> Value:
    """The draft to begin with: what stands, where its kind goes on from it."""
    return None if standing is None else question.reopen(standing)


# Its Screen


def place(number: int, key: str) -> str:
    """How a button names a key of its question: by itself where it may, else by its place."""
    return key if _PLAIN.fullmatch(key) else f".{number}"


def screen(
    one: OneQuestion, before: tuple[Say, ...], after: tuple[Say, ...] = (), ways: tuple[Button, ...] = ()
) -> Screen:
    """What stands `before` it, its limits and the state of a draft, what comes `after`, its buttons and further `ways`;
    or what was understood, for a yes."""
    words = one.at.words
    if one.pended is not None:
        return _back_again(one, before, one.pended)
    draft, question = one.at.desk.draft, one.question
    prompts = tuple(Say(words(each), "note") for each in question.prompt(draft))
    return Screen(
        (*before, *prompts, *after), (*_keys(one), *ways, *_explains(one), one.leaves), asks=asks(one)
    )


def _back_again(one: OneQuestion, before: tuple[Say, ...], pended: Answer | Check) -> Screen:
    words = one.at.words
    asked = pended.message if isinstance(pended, Check) else doubt(one.question, pended.value)
    kept = tuple(each for each in before if each.tone != "ask")
    yes = button("surely", words(say("对的")), style="primary")
    no = button("anew", words(say("不对，我重写")))
    return Screen((*kept, Say(words(asked), "ask")), (yes, no, one.leaves), asks=asks(one))


def _keys(one: OneQuestion) -> tuple[Button, ...]:
    """The question's own buttons."""
    desk = one.at.desk
    return tuple(
        button(
            "answer",
            one.at.words(key.label),
            place(number, key.value),
            "primary" if key.primary else "plain" if key.quiet else "option",
            key.on,
        )
        for number, key in enumerate(one.question.keys(desk.draft))
    )


def _explains(one: OneQuestion) -> tuple[Button, ...]:
    explanation = one.question.help or one.question.example
    return (button("explain", one.at.words(say("怎么填"))),) if explanation else ()


def asks(one: OneQuestion) -> Asks:
    """How a channel may help. It knows the question by the name that the desk has for it, with whose it is."""
    words, question, part, draft = one.at.words, one.question, one.part, one.at.desk.draft
    writing = question.writing(draft, one.standing)
    return Asks(
        question=one.at.desk.about,
        keyboard=question.keyboard,
        multiline=question.multiline,
        many_options=len(question.keys(draft)) >= asking.MANY,
        placeholder=words(say("例如：{example}", example=part.example)) if part.example else "",
        private=one.private,
        field="" if part is question else part.id,
        writing=replace(writing, outline=tuple(map(words.text, writing.outline))) if writing else None,
    )


def shown(one: OneQuestion, value: Value) -> str | Message:
    """An answer in full, to be copied and changed; a private one as it is shown everywhere."""
    whole = one.question.writing(None, value)
    return Own(whole.text) if whole else one.question.show(value)


def explained(one: OneQuestion) -> Say:
    """How it is filled in."""
    texts = (*asking.described(one.view, one.question), one.at.words(_without(one)))
    return Say("\n".join(texts), "help")


def _without(one: OneQuestion) -> Message:
    """What to do without an answer."""
    own = one.part.lacking()
    if own is not None:
        return own
    if one.optional:
        return say("没有或不知道，点“跳过”就行。")
    return say("现在答不了，点“{leaves}”就行。", leaves=one.leaves.label)
