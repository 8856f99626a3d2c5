"""One turn: what a person sent becomes the interview as it now stands, and the Screen they see next.

Nothing is read or written here; the clock and everything else around the turn come in the Scene. The Screen
follows from the interview alone, so any later message shows it again; what is said only once (a problem, a
new verdict) stands in front of it.
"""

from __future__ import annotations

from dataclasses import replace

from dialogs import handing_moves, returned, veiling
from dialogs.change import Change
from dialogs.erasing import erased
from dialogs.events import Reopened, SetAside
from dialogs.interview import Interview, Outcome
from dialogs.mending import sound
from dialogs.precheck import precheck
from dialogs.scene import Scene
from dialogs.standing import standing
from dialogs.stumbling import guided
from dialogs.suggesting import counted
from dialogs.taking import take
from dialogs.turn import Say, Turn
from dialogs.view import View
from dialogs.wishes import wishing
from dialogs.words import Words
from forms.message import say
from forms.programme import Programme


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
    form = programme if interview.consented_at else None
    if programme is None and interview.fitting:
        asked = precheck(interview, scene)
        interview, form = asked.sound(interview), asked.form
    before = View(programme, interview, scene) if form and programme and _at_office(scene) else None
    if before:
        interview = returned.opened(before)
        before = View(before.programme, interview, scene)
    change = take(form, interview, turn, scene)
    if before:
        change = returned.same_again(before, handing_moves.held(before, change))
    if change.programme is None and programme is not None and change.interview != interview:
        change = counted(View(programme, interview, scene), change)
    change = guided(form, interview, turn, _heard(interview, turn, change), scene)
    change = erased(change, change.programme or programme, scene)
    after = change.interview
    if before and after.programme == interview.programme and after.answers:
        after = returned.opened(View(before.programme, after, scene))
    reopened = (Reopened(),) if interview.finished_at and after.programme and not after.finished_at else ()
    screen = standing(change.programme or programme, after, scene)
    if change.wish:
        screen = wishing(screen, change.wish)
    screen = screen.telling(
        change.said,
        echo=change.echo,
        revision=after.revision,
        locale=after.locale,
        agreed=change.agreed,
    )
    return Outcome(after, veiling.screen(screen), change.events + reopened, change.question)


def _at_office(scene: Scene) -> bool:
    """Whether an office has or had the case, or sent something of it back."""
    return scene.handed is not None or bool(scene.returned)


def _heard(interview: Interview, turn: Turn, change: Change) -> Change:
    """The change, with a word where what was typed left everything as it was and nothing is said to it."""
    if turn.text is None or change.said or change.echo or change.events:
        return change
    if interview.model_copy(update={"revision": change.interview.revision}) != change.interview:
        return change
    words = Words(change.interview.locale)
    return replace(change, said=(Say(words(say("您现在看的就是，请看下面。")), "note"),))
