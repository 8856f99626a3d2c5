"""What was understood of a row of `records` that somebody told, whole or in part."""

from __future__ import annotations

from dataclasses import dataclass, field

from forms.kinds.base import Question, Value


@dataclass
class Told:
    """One row: values by field, and by field the drafts of what is known in part (a year without its month).

    `guessed` tells that it is to be asked about first, `follows` that it begins when the row before it ends.
    """

    row: dict[str, Value] = field(default_factory=dict)
    known: dict[str, Value] = field(default_factory=dict)
    guessed: bool = False
    follows: bool = False

    def says(self, asked: Question) -> bool:
        """Whether it says anything about a field."""
        return asked.id in self.row or asked.id in self.known

    @property
    def said(self) -> int:
        """How many fields it says something about."""
        return len(self.row) + len(self.known)

    def kept(self) -> dict[str, Value]:
        """As a draft keeps it."""
        return {"row": self.row, "known": self.known, "follows": self.follows}
