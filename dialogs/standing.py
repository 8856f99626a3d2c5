"""The Screen that follows from an interview alone, so that any later message shows it again."""

from __future__ import annotations

from dataclasses import replace

from dialogs import (
    asking,
    correcting,
    fitting,
    invited,
    profile,
    proposing,
    reception,
    register,
    review,
    sensitive,
    suggesting,
    verdicts,
)
from dialogs.interview import Interview
from dialogs.precheck import precheck
from dialogs.scene import Scene
from dialogs.turn import Screen
from dialogs.view import View
from forms.programme import Programme


def show(programme: Programme | None, interview: Interview, scene: Scene) -> Screen:
    """The Screen that follows from the interview alone."""
    if programme is None and interview.fitting:
        programme = precheck(interview, scene).form
    if not interview.consented_at:
        page = register.bare(interview, scene) if scene.keeps(interview) else None
        screen = page or reception.welcome(interview, programme, scene)
    elif programme is None:
        choosing = reception.lost if interview.digest else reception.choose
        screen = register.bare(interview, scene) or choosing(interview, scene)
    else:
        view = View(programme, interview, scene)
        title = view.words.text(programme.title)
        return replace(_page(view), title=title, revision=interview.revision, locale=interview.locale)
    return replace(screen, revision=interview.revision, locale=interview.locale)


def standing(programme: Programme | None, interview: Interview, scene: Scene) -> Screen:
    """As `show`. On the path, the Screen that one Turn ends with is the one that the next begins with."""
    if programme is None or interview.page or interview.offering or interview.fitting:
        return show(programme, interview, scene)
    view = View(programme, interview, scene)
    about = ("screen", view.today, view.late)
    return scene.memo.once(
        about,
        (programme, interview, scene.parts, scene.counts, scene.invited, *_at_office(scene)),
        lambda: show(programme, interview, scene),
    )


def _at_office(scene: Scene) -> tuple[object, ...]:
    return (scene.handed, scene.returned, scene.corrections, scene.destinations)


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
    proposed = proposing.offered(view) if view.interview.proposed else None
    if proposed:
        return proposed
    if invited.over(view):
        return invited.ended(view)
    if invited.news(view) and not view.interview.focus:
        return invited.look_again(view)
    if view.in_hand:  # also where somebody had begun to change what came back, and staff took the return back
        return register.ENDINGS[view.role.ending](view)
    question = view.current
    back = asking.back(view, question) if question else None
    if back:
        return back
    if view.facing and not view.interview.focus:
        barred = view.facing in view.barred
        return verdicts.offers(view, view.facing) if barred else asking.mend(view, view.facing)
    suggested = suggesting.offered(view)
    if suggested:
        return suggested
    if question:
        return sensitive.screen(view, question) if view.unallowed(question) else asking.ask(view, question)
    if view.interview.finished_at:
        return register.ENDINGS[view.role.ending](view)
    return review.summary(view)
