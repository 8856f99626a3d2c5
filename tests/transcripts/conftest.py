"""Whatever is recorded here is taken twice: the quick way, which the house goes, and the full way come to the same."""

from __future__ import annotations

from functools import partial

import pytest

from bot.house import conversation, turns
from dialogs.engine import step
from tests.dialogs.walking import both


@pytest.fixture(autouse=True)
def _both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (conversation, turns):
        monkeypatch.setattr(place, "step", partial(both, step=step))
