"""Each event has its effect, and each thing left to do somebody who does it."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import pytest

from bot.house import effects
from bot.house.across import Across
from bot.house.afterwards import Afterward, Afterwards
from bot.house.archive import Archive
from bot.house.desk.receiving import Receiving
from bot.house.devices import Devices
from bot.house.effects import Doing, Effects
from bot.house.partings import Partings
from bot.house.recovery import RecoveryCodes
from bot.house.reminding import Reminding
from bot.house.tokens import Tokens
from dialogs import events
from dialogs.events import Answered, Event
from dialogs.interview import Interview, Outcome
from dialogs.turn import Screen


def register(monkeypatch: pytest.MonkeyPatch, known: tuple[type[Event], ...], more: object = None) -> Effects:
    monkeypatch.setattr(effects, "kinds", lambda: known)
    archive = cast("Archive", None)
    recovery = RecoveryCodes(bytes(32))
    devices = Devices(recovery)
    letterbox = SimpleNamespace(wrote=None)
    receiving = cast(
        "Receiving",
        SimpleNamespace(handed_in=None, taken_back=None, correction_undone=None, letterbox=letterbox),
    )
    beside = (Tokens(bytes(32)), Reminding(archive, devices), Partings(archive, devices), receiving)
    return Effects(archive, Across(bytes(32)), devices, recovery, *beside, more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Unheard:
    """Not an event of ours by inheritance, so that it stands in no register."""

    kind = "unheard"


def test_an_event_without_an_effect_fails_at_start(monkeypatch: pytest.MonkeyPatch) -> None:
    unheard = cast("type[Event]", _Unheard)
    with pytest.raises(TypeError, match="_Unheard"):
        register(monkeypatch, (*events.kinds(), unheard))


def test_an_event_of_somebody_else_brings_its_effect_along(monkeypatch: pytest.MonkeyPatch) -> None:
    unheard = cast("type[Event]", _Unheard)
    done: list[object] = []
    known = register(
        monkeypatch, (*events.kinds(), unheard), {_Unheard: lambda doing, event: done.append(event)}
    )
    happened = (cast("Event", _Unheard()),)
    nobodys = SimpleNamespace(case=None)
    outcome = Outcome(Interview(), Screen(()), happened)
    known.of(
        cast("Doing", SimpleNamespace(outcome=outcome, speaker=nobodys, scene=SimpleNamespace(now=None)))
    )
    assert done == list(happened)


def test_every_event_has_a_word_of_its_own_for_the_history() -> None:
    words = [event.kind for event in events.kinds()]
    assert len(set(words)) == len(words)
    assert Answered("trade").details == {}


async def test_what_is_left_to_do_without_anybody_fails_at_start() -> None:
    known = {each: lambda left: None for each in Afterward.__subclasses__()}
    await Afterwards(known).do([])
    known.popitem()
    with pytest.raises(TypeError, match="nothing is done"):
        Afterwards(known)
