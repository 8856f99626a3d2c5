"""One turn: what a person sent becomes the interview as it now stands, and the Screen they see next.

Nothing is read or written here; the clock and everything else around the turn come in the Scene. The Screen
follows from the interview alone, so any later message shows it again; what is said only once (a problem, a
new verdict) stands in front of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs import (
    asking,
    correcting,
    doors,
    fitting,
    profile,
    reception,
    register,
    replying,
    review,
    story,
    unoffered,
    verdicts,
)
from dialogs.answering import answer
from dialogs.change import Change
from dialogs.command_words import command
from dialogs.erasing import erased
from dialogs.events import Reopened, SetAside
from dialogs.interview import Interview, Outcome
from dialogs.mending import sound
from dialogs.moves import BEFORE, VERBS
from dialogs.precheck import precheck
from dialogs.scene import Scene
from dialogs.turn import Action, Button, Say, Screen, Turn
from dialogs.view import View
from dialogs.words import Words
from forms.assent import assent, hear
from forms.attachment import Attachment
from forms.kinds.base import Given, Question
from forms.message import Message, Own, say
from forms.programme import Programme
from forms.typed import Unacceptable, normalise


def step(programme: Programme | None, interview: Interview, turn: Turn, scene: Scene) -> Outcome:
    """Take one Turn. `programme` is the one the interview is pinned to, None before one is chosen.

    A Turn without text, choice and file changes nothing and shows the current Screen. What an older version kept and
    this one cannot read is set aside, and the Turn taken without it.
    """
    try:
        return _step(programme, interview, turn, scene)
    except Exception:
        mended = sound(programme, interview, scene)
        if mended == interview:
            raise
        outcome = _step(programme, mended, turn, scene)
        aside = (SetAside(),) if mended.unread != interview.unread else ()
        return replace(outcome, events=aside + outcome.events)


def _step(programme: Programme | None, interview: Interview, turn: Turn, scene: Scene) -> Outcome:
    form = programme
    if programme is None and interview.fitting:
        asked = precheck(interview, scene)
        interview, form = asked.sound(interview), asked.form
    change = _take(form, interview, turn, scene)
    change = erased(_heard(interview, turn, change), change.programme or programme, scene)
    after = change.interview
    reopened = (Reopened(),) if interview.finished_at and after.programme and not after.finished_at else ()
    screen = _standing(change.programme or programme, after, scene)
    screen = replace(
        screen.telling(change.said),
        echo=change.echo,
        revision=after.revision,
        locale=after.locale,
    )
    return Outcome(after, screen, change.events + reopened, change.question)


def _heard(interview: Interview, turn: Turn, change: Change) -> Change:
    """The change, with a word where what was typed left everything as it was and nothing is said to it."""
    still = interview.model_copy(update={"revision": change.interview.revision}) == change.interview
    silent = not (change.said or change.echo or change.events)
    if turn.text is None or not still or not silent:
        return change
    words = Words(change.interview.locale)
    return replace(change, said=(Say(words(say("您现在看的就是，请看下面。")), "note"),))


def show(programme: Programme | None, interview: Interview, scene: Scene) -> Screen:
    """The Screen that follows from the interview alone."""
    if programme is None and interview.fitting:
        programme = precheck(interview, scene).form
    if not interview.consented_at:
        page = register.bare(interview, scene) if interview.kept else None
        screen = page or reception.welcome(interview)
    elif programme is None:
        choosing = reception.lost if interview.digest else reception.choose
        screen = register.bare(interview, scene) or choosing(interview, scene)
    else:
        view = View(programme, interview, scene)
        screen = replace(_page(view), title=view.words.text(programme.title))
    return replace(screen, revision=interview.revision, locale=interview.locale)


def _standing(programme: Programme | None, interview: Interview, scene: Scene) -> Screen:
    """As `show`. On the path, the Screen that one Turn ends with is the one that the next begins with."""
    if programme is None or interview.page or interview.offering or interview.fitting:
        return show(programme, interview, scene)
    view = View(programme, interview, scene)
    about = ("screen", view.today, view.late)
    return scene.memo.once(
        about, (programme, interview, scene.experts, scene.counts), lambda: show(programme, interview, scene)
    )


def _page(view: View) -> Screen:
    page = register.shown(view)
    if page is None:
        page = fitting.screen(view) if view.interview.fitting else _path(view)
    return page


def _path(view: View) -> Screen:
    amending = correcting.offered(view)
    if amending:
        return amending
    offer = profile.offer(view) if view.interview.offering else None
    if offer:
        return offer
    question = view.current
    back = asking.back(view, question) if question else None
    if back:
        return back
    if view.facing and not view.interview.focus:
        barred = view.facing in view.barred
        return verdicts.offers(view, view.facing) if barred else asking.mend(view, view.facing)
    if question:
        return asking.ask(view, question)
    if view.interview.finished_at:
        return register.ENDINGS[view.role.ending](view)
    return review.summary(view)


def _take(programme: Programme | None, interview: Interview, turn: Turn, scene: Scene) -> Change:
    words = Words(interview.locale, programme)
    screen = _standing(programme, interview, scene)
    if turn.choice is not None:
        button = screen.tokens().get(turn.choice)
        if button is None and programme is not None and interview.consented_at:
            button = story.buttons(View(programme, interview, scene)).get(turn.choice)
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
    return _sent(programme, interview, Given(text=text), turn, scene, screen)


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
            told = say("这一步现在没有了，这条没有记下。请看下面这一步。")
            return Change(interview, (Say(view.words(told), "problem"),))
        if wanted is None and turn.amends and not turn.quotes:
            told = say("您改的那条不是填表的答案，没有记下。要改哪一项，请点“检查答案”。")
            return Change(interview, (Say(view.words(told), "note"),))
    if given.text is None:
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
    told = words(say("和文件一起写的这句没有记下：{words}", words=Own(text)))
    return replace(change, said=(*change.said, Say(told, "note")))


def _typed(
    programme: Programme | None, interview: Interview, text: str, scene: Scene, screen: Screen
) -> Change:
    """A typed answer is taken wherever a button is: a button's own words, a command, else the answer."""
    pressed = _meant(text, screen)
    if pressed:
        return _act(programme, interview, pressed.action, scene, pressed.label)
    verb = command(text)
    if programme is not None and View(programme, interview, scene).amending:
        verb = correcting.answered(text) or verb
    # Of what is being gathered, “later” is the end: its button takes its own words.
    wanted = verb if verb != "later" else ""
    offered = next((b for b in screen.buttons if b.action.verb == wanted), None) if wanted else None
    if offered:
        return _act(programme, interview, offered.action, scene, offered.label)
    if any(button.says is not None for button in screen.buttons):
        agreed = replying.agreed(text, screen, _asked(programme, interview, screen))
        if isinstance(agreed, Button):
            return _act(programme, interview, agreed.action, scene, agreed.label)
        if agreed:
            view = View(programme, interview, scene) if programme else None
            closed = _closed(view, Given(text=text), screen) if view else None
            return closed or _unheard(programme, interview, screen, None)
    # Whoever is not kept yet has no devices to see and no code.
    known = verb in BEFORE and (interview.kept or verb not in doors.VERBS)
    if verb in _ANYWHERE and programme is None and not known:
        return unoffered.too_early(interview, verb, scene)
    view = View(programme, interview, scene) if programme is not None else None
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
        exact = [button for button in buttons if wanted in button.label.casefold()]
        if any(button.style == "danger" for button in exact):  # what cannot be undone takes all of its words
            return None
    return exact[0] if len(exact) == 1 else None


#: Commands that work on every screen of an application.
_ANYWHERE = {"back", "help", "language"} | {
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
    question = None if view.amending else view.current
    if register.page_of(interview) and not screen.asks:
        return _closed(view, given, screen) or lost
    if question is None or (not screen.asks and view.facing):
        return lost
    if question == view.resent:
        view = View(programme, replying.opened(view, question), scene)
    return replying.replied(view, question, given) or answer(view, question, given)


_THANKS = re.compile("谢|多谢|辛苦|thank", re.IGNORECASE)


def _closed(view: View, given: Given, screen: Screen) -> Change | None:
    """A page closed by a word of assent or of thanks; None for anything else, and where it asks something itself."""
    heard = hear(given.text) if given.text is not None and register.page_of(view.interview) else None
    close = next((button for button in screen.buttons if button.action.verb == "close"), None)
    asks = any(isinstance(part, Say) and part.tone == "ask" for part in screen.parts)
    if heard is None or heard.rest or close is None or asks:
        return None
    if not heard.yes and not _THANKS.search(given.text or ""):
        return None
    return VERBS["close"](view, close.action, close.label)


def _unheard(
    programme: Programme | None, interview: Interview, screen: Screen, attachment: Attachment | None
) -> Change:
    told = Words(interview.locale, programme)(_lost(screen, attachment))
    return Change(interview, (Say(told, "problem"),))


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
