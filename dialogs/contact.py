"""Whom a person can turn to: the office that helps with a case, or those of all programmes on offer."""

from __future__ import annotations

from dialogs import calling
from dialogs.scene import Scene
from dialogs.turn import Say
from dialogs.view import View
from dialogs.words import Words
from forms.message import say
from forms.programme import Office, Programme


def told(view: View) -> Say:
    """Where a person helps: in the pre-check, the offices of all programmes on offer."""
    if view.interview.fitting:
        return offices(view.interview.locale, view.scene)
    return calling.whom(view.programme, office(view), view.words)


def office(view: View) -> Office:
    """The office that helps with this case."""
    return view.programme.office_of(view.scope.get("route", ""))


def offices(locale: str, scene: Scene) -> Say:
    """Where people help while no programme is chosen: the offices of all that are on offer."""
    words = Words(locale)
    programmes = scene.in_order
    lines = [_office(programme, locale) for programme in programmes]
    if not lines:
        hotline = words(say("有疑问请问当地工会，也可以打职工服务热线 {phone}。", phone=calling.HOTLINE))
        return calling.told([hotline], [calling.HOTLINE])
    numbers = [calling.number(each.office.phone, each.area_code) for each in programmes]
    return calling.told((words(say("有疑问可以先问人：")), *lines), numbers)


def _office(programme: Programme, locale: str) -> str:
    words, office = Words(locale, programme), programme.office
    ways = calling.ways(programme, office)
    if not ways:
        return words(say("{title}：{office}", title=programme.title, office=office.name))
    return words(say("{title}：{office}，{ways}", title=programme.title, office=office.name, ways=ways))
