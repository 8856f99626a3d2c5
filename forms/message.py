"""Sentences that wait for their language.

Forms decide what must be said, the dialogs say it in the person's language. A `Message` carries the
Chinese sentence as the catalogue's key, with `{names}` where values go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


class Own(str):
    """A person's own words: shown as they are in every language."""

    __slots__ = ()


@dataclass(frozen=True)
class Message:
    """A sentence and what fills it; `str()` is the Chinese.

    Values are numbers, texts of the programme, a person's `Own` words, other Messages, or a tuple of these, which
    is an enumeration.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format_map({name: _chinese(value) for name, value in self.values.items()})


def _chinese(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def say(text: str, **values: object) -> Message:
    """Mark `text` for the catalogue. What its values may be stands at `Message`."""
    return Message(text, values)
