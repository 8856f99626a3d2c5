"""Sentences that wait for their language.

Forms decide what must be said, the dialogs say it in the person's language. A `Message` carries the
Chinese sentence as the catalogue's key, with `{names}` where values go.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Message:
    """A sentence and what fills it; `str()` is the Chinese."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format_map({name: str(value) for name, value in self.values.items()})


def say(text: str, **values: object) -> Message:
    """Mark `text` for the catalogue. Values may be Messages themselves: they are put into words too."""
    return Message(text, values)
