"""What a Screen tells back is masked where it holds an ID number, or in an answer a mobile number: whatever was asked for.

A number that was typed into an answer of another kind would else stand readable in the chat. What is printed, and the
field in which a longer text is written, have it in full.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dialogs.turn import Button, Group, Line, Part, Say, Screen, Summary
from forms.characters import narrow
from forms.kinds.id_number import veiled

_GAP = r"[\s\-‐‑‒–—.·]?"
_MOBILE = re.compile(rf"(?<![\d-])(1[3-9]\d)(?:{_GAP}\d{{4}}{_GAP}|\d{_GAP}\d{{3}}{_GAP})(\d{{4}})(?![\d-])")
#: In characters: of a mobile number.
_SHORTEST = 11


def answer(text: str) -> str:
    """What an answer reads, with ID numbers and mobile numbers in it masked."""
    if len(text) < _SHORTEST:
        return text
    text = veiled(text)
    for each in reversed(tuple(_MOBILE.finditer(narrow(text)))):
        text = f"{text[: each.end(1)]}****{text[each.start(2) :]}"
    return text


def screen(shown: Screen) -> Screen:
    """The Screen as it may stand in a chat; the same one where there is nothing to mask."""
    parts = tuple(map(_part, shown.parts))
    buttons = tuple(map(_button, shown.buttons))
    echo = answer(shown.echo)
    if parts == shown.parts and buttons == shown.buttons and echo == shown.echo:
        return shown
    return replace(shown, parts=parts, buttons=buttons, echo=echo)


def _button(button: Button) -> Button:
    label = veiled(button.label)
    return button if label == button.label else replace(button, label=label)


def _part(part: Part) -> Part:
    if isinstance(part, Say):
        text = answer(part.text) if part.tone == "record" else veiled(part.text)
        return part if text == part.text else replace(part, text=text)
    if isinstance(part, Summary):
        return Summary(tuple(map(_group, part.groups)))
    return part


def _group(group: Group) -> Group:
    lines = tuple(map(line, group.lines))
    return group if lines == group.lines else replace(group, lines=lines)


def line(shown: Line) -> Line:
    """A line of a summary, or of the story."""
    value, remark = answer(shown.value), veiled(shown.remark)
    if (value, remark) == (shown.value, shown.remark):
        return shown
    return replace(shown, value=value, remark=remark)
