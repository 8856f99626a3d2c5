"""What a person sent: a button, a command, an answer or a file, and what becomes of the interview by it."""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import (
    ambiguous,
    asides,
    correcting,
    doors,
    invited,
    proposing,
    register,
    reminders,
    replying,
    retracting,
    returned,
    sensitive,
    story,
    suggesting,
    unoffered,
    wishes,
)
from dialogs.answering import answer
from dialogs.change import Change
from dialogs.command_words import command
from dialogs.first_moves import BEFORE
from dialogs.interview import Interview
from dialogs.moves import VERBS
from dialogs.scene import Scene
from dialogs.standing import show, standing
from dialogs.turn import Action, Button, Say, Screen, Turn
from dialogs.view import View
from dialogs.words import Words
from forms.assent import assent, hear
from forms.attachment import Attachment
from forms.kinds.base import Given, Question
from forms.message import Message, Own, say
from forms.programme import Programme
from forms.typed import Unacceptable, normalise
from forms.understanding import meaning

#: What people say before the name of what they apply for.
_PUT_FORWARD = re.compile(
    "^(?:我们?|本人)?(?:想要?|要|准备|打算|来|是)?(?:申报|报名?|参加|参评|申请|填写?|选)(?:一下|个)?(?:的是)?(?=.)"
)


def take(programme: Programme | None, interview: Interview, turn: Turn, scene: Scene) -> Change:
    """What one Turn changes, and what is said to it. `programme` is None before one is chosen."""
    words = Words(interview.locale, programme)
    screen = standing(programme, interview, scene)
    if turn.choice is not None:
        button = screen.tokens().get(turn.choice)
        if button is None and programme is not None and interview.consented_at:
            button = story.buttons(View(programme, interview, scene)).get(turn.choice)
        if button is None:
            button = wishes.consents(interview, screen, scene).get(turn.choice)
        if button is None:
            return Change(interview, (Say(words(say("那一步已经过去了，请看下面这一步。")), "note"),))
        return _act(programme, interview, button.action, scene, button.label)
    change = Change(interview)
    if turn.file is not None:
        change = _sent(programme, interview, Given(attachment=turn.file), turn, scene, screen)
        if turn.text is None or not turn.text.strip():
            return change
    if turn.text is None:
        return change
    try:
        text = normalise(turn.text)
    except Unacceptable as error:
        return replace(change, said=(*change.said, Say(words(error.message), "problem")))
    if turn.file is not None:
        return _captioned(programme, interview, change, text, scene)
    if not text:
        return Change(interview, (Say(words(say("没有收到文字，请再发一次。")), "problem"),))
    if wish := wishes.wished(text):
        return wishes.grant(programme, interview, wish, scene)
    return _sent(programme, interview, Given(text=text, whole=turn.whole), turn, scene, screen)


def _sent(  # noqa: PLR0913, PLR0917  # what was sent, and all that tells what for
    programme: Programme | None,
    interview: Interview,
    given: Given,
    turn: Turn,
    scene: Scene,
    screen: Screen,
) -> Change:
    """Text or a file: for the question on screen, or for another one where the door knows that it was meant."""
    if programme is not None and (turn.answers or turn.quotes or turn.amends):
        view = View(programme, interview, scene)
        wanted = correcting.meant(view, turn)
        here = screen.asks.question if screen.asks else ""
        if wanted and wanted.id != here:
            return replace(correcting.beside(view, wanted, given), question=wanted.id)
        named = turn.answers.question if turn.answers else ""
        if wanted is None and named:
            sentence = say("这一步现在没有了，这条没有记下。请看下面这一步。")
            return Change(interview, (Say(view.words(sentence), "problem"),))
        if wanted is None and turn.amends and not turn.quotes:
            sentence = say("您改的那条不是填表的答案，没有记下。要改哪一项，请点“检查答案”。")
            return Change(interview, (Say(view.words(sentence), "note"),))
    if given.text is None or given.whole:
        return _give(programme, interview, given, scene, screen)
    return _typed(programme, interview, given.text, scene, screen)


def _captioned(
    programme: Programme | None, interview: Interview, change: Change, text: str, scene: Scene
) -> Change:
    """The words under a file that was taken, for its question as long as that is the one on screen."""
    screen = show(programme, change.interview, scene)
    taken = change.interview != interview and assent(text) is None
    if taken and screen.asks and screen.asks.question == change.question:
        more = _typed(programme, change.interview, text, scene, screen)
        if more.interview != change.interview:
            said, events = change.said + more.said, change.events + more.events
            return replace(more, said=said, echo=more.echo or change.echo, events=events)
    words = Words(change.interview.locale, programme)
    sentence = words(say("和文件一起写的这句没有记下：{words}", words=Own(text)))
    return replace(change, said=(*change.said, Say(sentence, "note")))


def _typed(
    programme: Programme | None, interview: Interview, text: str, scene: Scene, screen: Screen
) -> Change:
    """A typed answer is taken wherever a button is: a button's own words, a command, else the answer."""
    pressed = _meant(text, screen)
    if pressed:
        return _act(programme, interview, pressed.action, scene, pressed.label)
    view = View(programme, interview, scene) if programme is not None else None
    twofold = _which(interview, text, screen) or (_twofold(view, text, screen) if view else None)
    return twofold or _worded(programme, interview, text, scene, screen)


def _twofold(view: View, text: str, screen: Screen) -> Change | None:
    """What comes of a word that opens a page and answers the question as well; None for any other."""
    sure = ambiguous.fits(view, screen, text)
    if sure is None or screen.asks is None:
        return None
    return answer(view, view.question(screen.asks.question), Given(text=ambiguous.word(text)), sure)


def _worded(
    programme: Programme | None, interview: Interview, text: str, scene: Scene, screen: Screen
) -> Change:
    """What is neither a button's own words nor doubted: a command, something said beside, the answer."""
    view = View(programme, interview, scene) if programme is not None else None
    verb = command(text)
    if view is not None and view.amending:
        verb = correcting.answered(text) or verb
    # Of what is being gathered, “later” is the end: its button takes its own words.
    wanted = verb if verb != "later" else ""
    if verb == "keep" or returned.insists(text):
        wanted = next((b.action.verb for b in screen.buttons if b.action.verb == "uphold"), wanted)
    offered = next((b for b in screen.buttons if b.action.verb == wanted), None) if wanted else None
    if offered:
        return _act(programme, interview, offered.action, scene, offered.label)
    neither = False
    if any(button.says is not None for button in screen.buttons):
        agreed = replying.agreed(text, screen, _asked(programme, interview, screen))
        if isinstance(agreed, Button):
            return _act(programme, interview, agreed.action, scene, agreed.label)
        neither = bool(agreed)
    other = retracting.retracted(view, screen, text) if view and not verb else None
    if other is None and verb not in register.ASKED_FOR:  # 忘了我 asks for deletion
        other = asides.beside(view, screen, text) if view else asides.before(text, interview, scene)
    if isinstance(other, Action):
        return _act(programme, interview, other, scene, "")
    if other:
        return other
    if neither:
        closed = _closed(view, Given(text=text), screen) if view else None
        return closed or _unheard(programme, interview, screen, None)
    return _commanded(programme, interview, verb, text, scene, screen)


def _commanded(  # noqa: PLR0913, PLR0917  # what was typed, and all that tells what for
    programme: Programme | None, interview: Interview, verb: str, text: str, scene: Scene, screen: Screen
) -> Change:
    view = View(programme, interview, scene) if programme is not None else None
    # Whoever is not kept yet has no devices to see and no code.
    possible = verb in BEFORE and (interview.kept or verb not in {**doors.VERBS, **reminders.VERBS})
    if verb in _ANYWHERE and programme is None and not possible:
        return unoffered.too_early(interview, verb, scene)
    if verb in _ANYWHERE:
        absent = unoffered.absent(view, verb) if view else None
        return absent or _act(programme, interview, Action(verb), scene, "")
    other = unoffered.meant(view, screen, verb, text) if view else None
    if isinstance(other, Action):
        return _act(programme, interview, other, scene, "")
    if other:
        return other
    return _give(programme, interview, Given(text=text), scene, screen)


def _meant(text: str, screen: Screen) -> Button | None:
    """The button whose words were typed; where nothing is asked, a part that fits one button will do."""
    wanted = text.casefold()
    # Kinds know their options in Chinese, with aliases and numbers; in other languages the label is all there is.
    translated = screen.locale != "zh"
    buttons = [button for button in screen.buttons if translated or button.action.verb != "pick"]
    exact = [button for button in buttons if button.label.casefold() == wanted]
    if not exact and not screen.asks:
        wanted = _PUT_FORWARD.sub("", wanted.strip("。.！!，,？? "))
        exact = [button for button in buttons if wanted and wanted in button.label.casefold()]
        if any(button.style == "danger" for button in exact):  # what cannot be undone takes all of its words
            return None
    return exact[0] if len(exact) == 1 else None


def _which(interview: Interview, text: str, screen: Screen) -> Change | None:
    """Which programme was meant, where a text names several of them (南宁工匠, of two years); None elsewhere."""
    wanted = _PUT_FORWARD.sub("", text.strip("。.！!，,？? ")).casefold()
    offered = [button for button in screen.buttons if button.action.verb == "programme"]
    meant = tuple(Own(button.label) for button in offered if wanted in button.label.casefold())
    if len(meant) < 2 or len(wanted) < 2 or command(text) or meaning(text):
        return None
    sentence = say("您说的是哪一个：{options}？请点一个。", options=meant)
    return Change(interview, (Say(Words(interview.locale)(sentence), "problem"),))


#: Commands that work on every screen of an application.
_ANYWHERE = {"back", "help", "language", *reminders.VERBS} | {
    page.opened_by for page in register.PAGES.values() if page.words and page.name != "declare"
}


def _give(
    programme: Programme | None, interview: Interview, given: Given, scene: Scene, screen: Screen
) -> Change:
    """Text or a file: the answer to the question on screen, where there is one."""
    lost = _unheard(programme, interview, screen, given.attachment)
    if programme is None:
        return lost
    view = View(programme, interview, scene)
    page = register.page_of(interview)
    if page and page.typed and given.text is not None:
        return page.typed(view, given.text)
    question = None if view.amending else view.current
    if page and not screen.asks:
        return _closed(view, given, screen) or lost
    if given.text is not None and interview.proposed:
        said = proposing.again(view, given.text)
        if said:
            return said
    if given.text is not None and not screen.asks and (change := suggesting.typed(view, given.text)):
        return change
    if question is None or (not screen.asks and (view.facing or suggesting.card(view) or invited.over(view))):
        return lost
    if view.unallowed(question):
        return sensitive.sent(view, question, given)
    if question == view.resent:
        view = View(programme, replying.opened(view, question), scene)
    if given.whole:
        return _whole(view, question, given)
    change = proposing.taken(view, question, given.text) if given.text is not None else None
    return change or replying.replied(view, question, given) or answer(view, question, given)


def _whole(view: View, question: Question, given: Given) -> Change:
    """All of a text, written in a field of its own: no command, whatever it reads like, and what reads like none is no answer."""
    if not asides.said(question, given.text or ""):
        return answer(view, question, given)
    said = Say(view.words(asides.straight(question)), "problem")
    return Change(view.interview, (said,), question=question.id)


def _closed(view: View, given: Given, screen: Screen) -> Change | None:
    """A page closed by a word of assent or of thanks; None for anything else, and where it asks something itself."""
    heard = hear(given.text) if given.text is not None and register.page_of(view.interview) else None
    close = next((button for button in screen.buttons if button.action.verb == "close"), None)
    asks = any(isinstance(part, Say) and part.tone == "ask" for part in screen.parts)
    if heard is None or heard.rest or close is None or asks:
        return None
    if not heard.yes and meaning(given.text or "") != "thanks":
        return None
    return VERBS["close"](view, close.action, close.label)


def _unheard(
    programme: Programme | None, interview: Interview, screen: Screen, attachment: Attachment | None
) -> Change:
    sentence = Words(interview.locale, programme)(_lost(screen, attachment))
    return Change(interview, (Say(sentence, "problem"),))


def _asked(programme: Programme | None, interview: Interview, screen: Screen) -> Question | None:
    if programme is None or screen.asks is None:
        return None
    return programme.form(interview.role).questions.get(screen.asks.question)


def _lost(screen: Screen, attachment: Attachment | None) -> Message:
    if attachment is not None:
        return say("这一步不用发文件。请点下面的按钮，或打字回答。")
    if any(button.style in ("option", "primary") for button in screen.buttons):
        return say("没看懂。请点下面的按钮，或照着按钮上的字打。")
    return say("没看懂，请再说一次。")


def _act(
    programme: Programme | None, interview: Interview, action: Action, scene: Scene, label: str
) -> Change:
    before_programme = BEFORE.get(action.verb)
    always = action.verb in ("language", "consent", "forget") or action.verb not in VERBS
    if before_programme and (programme is None or always):
        return before_programme(interview, action, scene)
    if programme is None:
        return Change(interview)
    view = View(programme, interview, scene)
    return VERBS[action.verb](view, action, label)
