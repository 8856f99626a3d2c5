"""A Screen as JSON: exactly what the page renders. Verbs stay here; buttons travel as their tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from dialogs.story import Telling
from dialogs.turn import Button, Card, Line, Part, Say, Screen, Summary, Table

#: Between an option and its explanation, in Chinese and in English.
_COLON = re.compile("：|: ")
#: Verbs of a table's pages that a key presses, too.
_KEYS = {"page": "n"}


def screen_json(
    screen: Screen,
    explanations: Mapping[str, str] | None = None,
    picture: str = "",
    handed: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The wire form of a Screen. `explanations` are those of options, by label, that the Screen leaves out.

    `picture` is that of its recovery code: a PNG in base64. `handed` is its invitation as the door hands it on: its
    token never goes over the wire by itself.
    """
    revision = screen.revision
    own, parts = _explained(screen)
    explained = {**(explanations or {}), **own}
    return {
        "revision": revision,
        "locale": screen.locale,
        "title": screen.title,
        "who": screen.who,
        "echo": screen.echo,
        "parts": [_part(part, revision) for part in parts],
        "waited": screen.waited,
        "buttons": [
            {
                **_button(button, revision),
                "explain": explained.get(button.label, ""),
                "key": _key(button, screen),
            }
            for button in screen.buttons
            if not _in_the_field(button, screen)
        ],
        "asks": asdict(screen.asks) if screen.asks else None,
        "progress": asdict(screen.progress) if screen.progress else None,
        "code": {**asdict(screen.code), "picture": picture} if screen.code else None,
        "invitation": handed,
        "beside": screen.beside,
        "cards": [_card(card) for card in screen.cards],
    }


def telling_json(page: Telling) -> dict[str, Any]:
    """A page of the story; its lines are pressed whatever Screen stands below them."""
    entries = [
        {
            "section": entry.section,
            "ask": entry.ask,
            **_line(entry.line),
            "edit": {"token": entry.token, "label": entry.line.edit.label, "style": "plain", "on": None},
        }
        for entry in page.entries
    ]
    return {"entries": entries, "earlier": page.earlier}


def _line(line: Line) -> dict[str, Any]:
    return {"label": line.label, "value": line.value, "state": line.state, "remark": line.remark}


def _explained(screen: Screen) -> tuple[dict[str, str], list[Part]]:
    """What is said of single options, by label, and the parts without it.

    A question says “label：explanation” for each option before them all. Twelve such bubbles would push the
    options off a phone's screen; on the buttons themselves they are read where they are needed.
    """
    labels = {button.label for button in screen.buttons if button.style == "option"}
    explanations: dict[str, str] = {}
    parts: list[Part] = []
    for part in screen.parts:
        pieces = _COLON.split(part.text, 1) if isinstance(part, Say) and part.tone == "note" else []
        if len(pieces) > 1 and pieces[0] in labels:
            explanations[pieces[0]] = pieces[1]
        else:
            parts.append(part)
    return explanations, parts


def _in_the_field(button: Button, screen: Screen) -> bool:
    """Whether it takes back a part of a text that is written whole, in a field with its own way back."""
    if screen.asks is None or screen.asks.writing is None or button.action.verb not in {"pick", "answer"}:
        return False
    return button.action.about.rpartition(":")[2] in {"undo", "restart", "parts"}


def _button(button: Button, revision: int) -> dict[str, Any]:
    return {
        "token": button.action.token(revision),
        "label": button.label,
        "style": button.style,
        "on": button.on,
    }


def _key(button: Button, screen: Screen) -> str:
    """The key that presses it where there are rows to go through, "" for most."""
    rows = any(isinstance(part, Table) for part in screen.parts)
    return _KEYS.get(button.action.verb, "") if rows else ""


def _part(part: Part, revision: int) -> dict[str, Any]:
    match part:
        case Say():
            return _say(part)
        case Table():
            return _table(part, revision)
        case Summary():
            return _summary(part, revision)


def _say(part: Say) -> dict[str, Any]:
    dials = [{"shown": shown, "href": href} for shown, href in part.dials]
    return {"type": "say", "tone": part.tone, "text": part.text, **({"dials": dials} if dials else {})}


def _table(part: Table, revision: int) -> dict[str, Any]:
    rows = [
        {
            "cells": row.cells,
            "mark": row.mark,
            "opens": _button(row.opens, revision) if row.opens else None,
        }
        for row in part.rows
    ]
    return {"type": "table", "heads": part.heads, "rows": rows}


def _summary(part: Summary, revision: int) -> dict[str, Any]:
    groups = [
        {
            "title": group.title,
            "note": group.note,
            "folded": group.folded,
            "lines": [{**_line(line), "edit": _button(line.edit, revision)} for line in group.lines],
        }
        for group in part.groups
    ]
    return {"type": "summary", "groups": groups}


def _card(card: Card) -> dict[str, Any]:
    return asdict(card)
