"""A link that names a programme: it is begun, through the consent where that is still to be given, or it is kindly
said why not.

Every door says the same for it, `/p PROGRAMME`, when the link is opened. Before consent nothing is kept, so the wish
is in the button that consents: whoever presses it begins with that programme, on any day and at any process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.change import Change, changed
from dialogs.first_moves import begin
from dialogs.interview import Interview
from dialogs.reception import window_text
from dialogs.scene import Scene
from dialogs.turn import Action, Button, Say, Screen
from dialogs.words import Words
from forms.message import Message, say
from forms.programme import Programme

_COMMAND = re.compile(r"/p[ _]+(\S{1,64})", re.IGNORECASE)


def wished(text: str) -> str:
    """The programme that a command names, or ""."""
    match = _COMMAND.fullmatch(text.strip())
    return match.group(1).casefold() if match else ""


def grant(programme: Programme | None, interview: Interview, name: str, scene: Scene) -> Change:
    """What becomes of a wish. `programme` is the one that the interview is pinned to."""
    chosen = next((each for each in scene.offered if each.id.casefold() == name), None)
    if chosen is None:
        return Change(interview, (_said(interview, _UNKNOWN),))
    words = Words(interview.locale, chosen)
    title = words.text(chosen.title)
    if interview.programme:
        if interview.programme == chosen.id:
            sentence = say("这个链接打开的就是您现在填的：{title}，接着填就行。", title=title)
            return Change(interview, (_said(interview, sentence),))
        sentence = say(
            "这个链接打开的是：{title}。您手上还有一份没填完的，它会留着；要填新的，点“另填一份”。",
            title=title,
        )
        there = changed(interview, page="mine") if programme is not None else interview
        return Change(there, (_said(interview, sentence),))
    window = words(window_text(chosen, scene.now))
    if chosen.window.state(scene.now) == "closed":
        sentence = say("这个链接打开的是：{title}（{window}）。", title=title, window=window)
        return Change(interview, (_said(interview, sentence),))
    if interview.consented_at:
        return begin(interview, Action("programme", chosen.id), scene)
    sentence = say("您要填的是：{title}（{window}）。同意以后就从它开始。", title=title, window=window)
    return Change(interview, (_said(interview, sentence),), wish=chosen.id)


def wishing(screen: Screen, wish: str) -> Screen:
    """The greeting, whose consent begins with the programme that was wished for."""
    return replace(screen, buttons=tuple(_to(button, wish) for button in screen.buttons))


def consents(interview: Interview, screen: Screen, scene: Scene) -> Mapping[str, Button]:
    """By their tokens, the consents of greetings that were shown with a wish."""
    if interview.consented_at:
        return {}
    return {
        token: button
        for programme in scene.offered
        for token, button in wishing(screen, programme.id).tokens().items()
        if button.action.verb == "consent"
    }


def _to(button: Button, wish: str) -> Button:
    return replace(button, action=Action("consent", wish)) if button.action.verb == "consent" else button


def _said(interview: Interview, message: Message) -> Say:
    return Say(Words(interview.locale)(message), "note")


_UNKNOWN = say("这个链接里的项目现在没有，可能换了新的一届。请在项目列表里选，或者问问发链接的人。")
