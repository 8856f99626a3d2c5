"""What buttons and commands do before there is a programme. The table at the end is the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dialogs import (
    belongings,
    deletion,
    doors,
    fitting,
    invited,
    pages,
    profile,
    reception,
    register,
    reminders,
)
from dialogs.at_office import STANDS
from dialogs.change import Change, changed
from dialogs.events import (
    Began,
    Consented,
    Forgotten,
    Spoken,
    Switched,
)
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Action, Say
from dialogs.view import View
from dialogs.words import LOCALES, Words
from forms.message import say
from forms.parties import LEADING


def _consent(interview: Interview, action: Action, scene: Scene) -> Change:
    consented = changed(interview, consented_at=scene.now.isoformat(timespec="seconds"))
    pinned = next((each for each in scene.offered if each.id == interview.programme), None)
    agreed = Consented(text=reception.privacy(interview, scene, pinned).text)
    if all(action.about != programme.id for programme in scene.offered):
        return Change(consented, events=(agreed,), agreed=True)
    begun = begin(consented, Action("programme", action.about), scene)
    return replace(begun, events=(agreed, *begun.events), agreed=True)


def _decline(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(interview, (reception.declined(interview),))


def _language(interview: Interview, action: Action, scene: Scene) -> Change:
    other = next(locale for locale in LOCALES if locale != interview.locale)
    if not interview.consented_at:  # nothing is kept yet, so there is nothing that a revision could count
        return Change(interview.model_copy(update={"locale": action.about or other}))
    spoken = action.about or other
    return Change(changed(interview, locale=spoken), events=(Spoken(spoken),))


def begin(interview: Interview, action: Action, scene: Scene) -> Change:
    """An application, with what the pre-check has told of it, and the question whether to use earlier answers."""
    chosen = next(p for p in scene.offered if p.id == action.about)
    words = Words(interview.locale, chosen)
    leads = not (interview.acting and reception.begins(chosen, interview.acting))
    answers = fitting.known_to(chosen, interview, scene) if leads else {}
    begun = pages.cleared(interview).model_copy(
        update={
            "role": LEADING if leads else interview.acting,
            "programme": chosen.id,
            "digest": chosen.digest,
            "practice": chosen.window.state(scene.now) == "closed",
            "answers": answers,
        }
    )
    if not leads:
        said = invited.began(words, chosen, begun)
        echo = words(say("✓ 项目：{title}", title=words.text(chosen.title)))
        return Change(begun, said, echo=echo, events=(Began(chosen.id),), programme=chosen)
    begun = begun.model_copy(update={"offering": bool(profile.nominees(View(chosen, begun, scene)))})
    said = reception.introduce(chosen, begun, scene)
    if answers:
        said += (Say(words(say("刚才答过的{count}项已经填好了。", count=len(answers)))),)
    return Change(
        begun,
        said,
        echo=words(say("✓ 项目：{title}", title=words.text(chosen.title))),
        events=(Began(chosen.id),),
        programme=chosen,
    )


def _act(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(changed(interview, acting=action.about))


def _continue(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(interview, events=(Switched(action.about),))


def _another(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(changed(interview, page=""), events=(Switched(),))


def _returning(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(interview, (reception.returning(interview),))


def _look(page: register.Page) -> Callable[[Interview, Action, Scene], Change]:
    def go(interview: Interview, action: Action, scene: Scene) -> Change:
        if scene.keeps(interview):
            return Change(changed(interview, page=page.name))
        seen = page.bare(interview, scene) if page.bare else None
        said = seen.parts if seen else ()
        return Change(interview, tuple(part for part in said if isinstance(part, Say)))

    return go


def _close(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(changed(interview, page=""))


def _forget(interview: Interview, action: Action, scene: Scene) -> Change:
    """Everything is to be gone: what follows is the greeting. Whoever keeps it hears of it by the event.

    What an office has stays until the office has answered.
    """
    blank = Interview(locale=interview.locale)
    if scene.kept and scene.kept.held:
        stays = scene.handed is not None and scene.handed.state in STANDS
        left = changed(interview, page="") if stays else blank
        return Change(left, deletion.asked(interview.locale, scene), events=(Forgotten(),))
    return Change(blank, (belongings.gone(interview.locale),), events=(Forgotten(),))


BEFORE: dict[str, Callable[[Interview, Action, Scene], Change]] = {
    "consent": _consent,
    "decline": _decline,
    "language": _language,
    "programme": begin,
    "continue": _continue,
    "new": _another,
    "act": _act,
    "fit": fitting.enter,
    "returning": _returning,
    "close": _close,
    "forget": _forget,
    **{page.opened_by: _look(page) for page in register.PAGES.values() if page.bare},
    **doors.VERBS,
    **reminders.VERBS,
}
