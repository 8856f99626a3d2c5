"""A Turn is taken the quick way, from what is remembered of the one before; the full way comes to the same."""

from __future__ import annotations

import pytest

from tests.dialogs.walking import Walk

#: `python -m tests.soak.walks` goes 5,000 ways.
WALKS = range(60)


@pytest.mark.parametrize("seed", WALKS)
def test_whatever_somebody_does_the_quick_way_shows_what_the_full_way_shows(seed: int) -> None:
    Walk(seed).goes()
