"""What comes of what is said to the one question that is open on a desk: an answer, or where it goes without one.

A message is read as the applicant's chat reads it: a yes, a no, “later” and “there is none” are no answers where the
question takes none of them, and what goes round an answer is asked back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dialogs import ambiguous, asides, contact
from dialogs.command_words import SAYING, command
from dialogs.desk import one_question
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView
from dialogs.desk.desk_state import Desk
from dialogs.desk.one_question import OneQuestion, begun, place
from dialogs.turn import Say, Screen
from forms.assent import assent
from forms.kinds.base import Answer, Check, Given, Problem, Unfinished, Value, unclear
from forms.kinds.replies import reply
from forms.message import Message, say
from forms.seats import Act
from forms.understanding import Meaning

#: Said of a question, these ask how it is filled in.
_LOST = frozenset(["what", "how", "lacking", "writing", "unknown"])
_HUMAN = frozenset(["human", "call"])
#: What is said to a kind word.
KIND: Mapping[Meaning, Message] = {"greeting": say("您好，请看下面。"), "thanks": say("不客气。")}
#: Commands and words that leave it as it is for now.
_LEAVING = frozenset(["keep", "later", "stop", "back"])
#: A shorter text, in characters, where a longer one may be written is asked back.
_BRIEF = 8
_DONE = frozenset(["done", "finish", "keep", "later"])


@dataclass(frozen=True)
class Answered:
    """It is answered. `said` is worth telling besides."""

    value: Value
    said: tuple[Say, ...] = ()


@dataclass(frozen=True)
class Waits:
    """It stays open: the desk with what is half given or asked back, and what is said to that."""

    desk: Desk
    said: tuple[Say, ...] = ()


@dataclass(frozen=True)
class Left:
    """It is left as it stands; nothing that was typed is an answer."""


@dataclass(frozen=True)
class Passed:
    """It is passed over; `none` tells that there is none of what it asks for, so that what stands goes."""

    none: bool = False


Outcome = Answered | Waits | Left | Passed
Reply = Callable[[OneQuestion, str], Outcome | None]


@dataclass(frozen=True)
class Asked:
    """How a page asks a question. `act` is what a seat must be allowed, `open` finds the question that is open on a
    desk, `came` is what comes of an answer, or of leaving it without one."""

    act: Act
    open: Callable[[DeskView], OneQuestion | None]
    came: Callable[[OneQuestion, Answered | Left | Passed], DeskChange | None]

    def said(self, view: DeskView, reply: Reply, text: str) -> DeskChange | None:
        """What a reply changes; None where the page asks nothing, or the reply is none to it."""
        one = self.open(view) if view.may(self.act) else None
        match outcome := reply(one, text) if one else None:
            case Waits(desk=desk, said=said):
                return DeskChange(desk, said=said)
        return self.came(one, outcome) if one and outcome else None


def explained(one: OneQuestion, _: str) -> Outcome:
    """How it is filled in."""
    return Waits(one.at.desk, (one_question.explained(one),))


def pressed(one: OneQuestion, wanted: str) -> Outcome | None:
    """A key of the question was pressed; None where it is not on its Screen."""
    keys = enumerate(one.question.keys(one.at.desk.draft))
    key = next((each.value for at, each in keys if place(at, each.value) == wanted), None)
    return None if key is None else _given(one, Given(key=key))


def agreed(one: OneQuestion, _: str) -> Outcome | None:
    """What was asked back is right; None where nothing was."""
    return _answered(one, one.pended) if one.pended is not None else None


def anew(one: OneQuestion, _: str) -> Outcome:
    """It is asked as it was opened."""
    return Waits(_anew(one))


def written(one: OneQuestion, text: str) -> Outcome:
    """All of a text, written in a field of its own: whatever it reads like is the answer, what reads like none is asked
    back.
    """
    sure = len(text) >= _BRIEF and not command(text) and not asides.said(one.part, text)
    return _given(one, Given(text=text, whole=True), sure)


def typed(one: OneQuestion, text: str) -> Outcome:
    """What was typed: a yes or a no to what was asked back, a command, something said beside, or the answer."""
    if one.pended is not None:
        return _replied(one, one.pended, text)
    meant = asides.said(one.part, text)
    if _own(one, text, meant):
        return _given(one, one.text(text))
    sure = ambiguous.fits(one.view, Screen((), asks=replace(one_question.asks(one), question=one.name)), text)
    if sure is not None:
        return _given(one, Given(text=ambiguous.word(text)), sure)
    other = _beside(one, text, meant)
    if other is not None:
        return other
    if one.standing is not None and not one.question.multiline:
        return _instead(one, text)
    return _answers(one, text)


def _own(one: OneQuestion, text: str, meant: Meaning) -> bool:
    """Whether it is one of the question's own words for an answer, or a yes or a no to what its draft asks back."""
    question, draft = one.question, one.at.desk.draft
    if question.names(text) or one.part.names(text) or (meant and question.takes(meant, draft)):
        return True
    return question.doubts(draft) and meant not in _LOST | _HUMAN | KIND.keys()


def _replied(one: OneQuestion, pended: Answer | Check, text: str) -> Outcome:
    """A yes, a no, or the answer said anew."""
    desk, own = one.at.desk, one.question.names(text)
    anew = replace(one, at=replace(one.at, desk=_anew(one)))
    yes = None if own else assent(text)
    if yes is None and not own:
        yes = SAYING.get(command(text))
    if yes is not None:
        return _answered(one, pended) if yes else Waits(anew.at.desk)
    meant = asides.said(one.part, text)
    other = None if own or one.question.takes(meant, desk.draft) else _beside(one, text, meant)
    if other is not None:
        return other
    said = reply(text, pended.value, lambda each: one.read(one.text(each)), own)
    match said.kind:
        case "yes":
            return _answered(one, pended)
        case "no":
            return Waits(anew.at.desk)
        case "unclear":
            return Waits(desk, (Say(one.at.words(unclear().message), "problem"),))
    sure = said.sure and (one.whole or not one.question.free or said.text != text.strip())
    return _answers(anew if said.afresh else one, said.text, sure)


def _anew(one: OneQuestion) -> Desk:
    """The desk with the question as it was opened."""
    return one.at.desk.model_copy(update={"draft": begun(one.question, one.standing), "sent": ""})


def _instead(one: OneQuestion, text: str) -> Outcome:
    """What is said where an answer stands: that it may stay, or what shall stand instead (改成…, 不是…，是…)."""
    said = reply(text, one.standing, lambda each: one.read(one.text(each)), one.question.names(text))
    match said.kind:
        case "yes":
            return Left()
        case "no" | "unclear":
            return _not_here(one)
    return _answers(one, said.text, said.sure)


def _beside(one: OneQuestion, text: str, meant: Meaning) -> Outcome | None:
    """What comes of words that are no answer here; None where they may be one."""
    words, verb = one.at.words, command(text)
    if (verb in _DONE or asides.ends(text, meant)) and _gathered(one):
        return _given(one, Given(key="done"))
    if meant in _HUMAN and not (meant == "call" and one.part.free):  # a trade, a post
        return Waits(one.at.desk, (contact.told(one.view),))
    if meant in KIND:
        return Waits(one.at.desk, (Say(words(KIND[meant]), "note"),))
    if meant in _LOST or verb == "help":
        return explained(one, text)
    if verb == "skip" or meant == "none":
        return Passed(none=meant == "none") if one.optional else _not_here(one)
    if verb in _LEAVING or meant in _LEAVING:
        return Left()
    if verb == "again":
        said = say("好的，请直接发新的，旧的会换掉。") if one.standing is not None else None
        return Waits(_anew(one), (Say(words(said), "note"),)) if said else _not_here(one)
    return _not_here(one) if verb or meant else None


def _gathered(one: OneQuestion) -> bool:
    """Whether something is being gathered that a word may end."""
    draft = one.at.desk.draft
    return one.question.holds(draft) and "done" in {key.value for key in one.question.keys(draft)}


def _not_here(one: OneQuestion) -> Waits:
    """A yes, a no or any other word that is no answer."""
    words, part = one.at.words, one.part
    own = part.lacking()
    said = say(
        "这里问的是“{label}”，请直接回答。先放着，就点“{leaves}”。", label=part.label, leaves=one.leaves.label
    )
    sentences = [Say(words(each), "problem") for each in (own, said) if each is not None]
    if part.example:
        sentences.append(Say(words(say("例如：{example}", example=part.example)), "note"))
    return Waits(one.at.desk, tuple(sentences))


def _answers(one: OneQuestion, text: str, sure: bool = True) -> Outcome:
    """The answer, in whatever sentence it stands."""
    if one.whole and len(text) < _BRIEF:
        sure = False
    core = one.question.core(text)
    if core is not None and core != text and isinstance(one.read(one.text(core)), Answer | Check):
        text, sure = core, False
    elif core is not None:
        sure = False
    return _given(one, one.text(text), sure)


def _given(one: OneQuestion, given: Given, sure: bool = True) -> Outcome:
    desk, words = one.at.desk, one.at.words
    reading = one.read(given)
    match reading:
        case Problem(message=message):
            return Waits(desk, (Say(words(message), "problem"),))
        case Unfinished(draft=draft, said=said):
            notes = tuple(Say(words(each), "note") for each in said)
            return Waits(desk.model_copy(update={"draft": draft, "sent": ""}), notes)
        case Answer() if sure:
            return _answered(one, reading)
    if given.text is None:
        return _answered(one, reading)
    if one.private:
        # Not left lying on a desk until somebody says yes: it counts, and is shown to be looked at again
        told_back = say("记的是{value}，请再看一眼；不对就再改一次。", value=one.question.show(reading.value))
        return _answered(one, reading, (Say(words(told_back), "note"),))
    return Waits(desk.model_copy(update={"sent": given.text}))


def _answered(one: OneQuestion, reading: Answer | Check, told: tuple[Say, ...] = ()) -> Outcome:
    words, value = one.at.words, reading.value
    if not one.question.offers(value):
        sentence = say("“{value}”不在可以选的里面了，请重新选。", value=one.question.show(value))
        return Waits(_anew(one), (Say(words(sentence), "problem"),))
    said = reading.said if isinstance(reading, Answer) else ()
    return Answered(value, (*(Say(words(each), "note") for each in said), *told))
