"""How much of one text stands in another: letters of recommendation that were copied, docs/decisions/0010-letters-alike.md."""

from __future__ import annotations

import unicodedata

#: Texts are compared by all their runs of so many characters.
RUN = 4
#: From so many per cent on, two texts are nearly the same.
ALIKE = 50


def likeness(one: str, other: str) -> int:
    """How many per cent of the shorter text stand in the other, cut to whole ones, whatever their order.

    Case, width, blanks and punctuation do not count. A text of less than a run is like the other only where it is the
    same; one of nothing is like none.
    """
    first, second = _runs(one), _runs(other)
    least = min(len(first), len(second))
    return 100 * len(first & second) // least if least else 0


def _runs(text: str) -> frozenset[str]:
    bare = "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())
    if not bare:
        return frozenset()
    return frozenset(bare[at : at + RUN] for at in range(max(1, len(bare) - RUN + 1)))
