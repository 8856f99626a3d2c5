"""What the other cases of a programme mean for one: their number comes into the scene, their answers never do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dialogs.interview import Interview
from dialogs.mending import sound
from dialogs.scene import Scene
from dialogs.view import View
from forms.across import keys
from forms.programme import Programme
from storage.across import count_keys, keep_keys
from storage.unit import Unit


def wants(programme: Programme | None, state: Interview, scene: Scene) -> frozenset[str]:
    """The keys whose counts this interview's rules across cases need and the scene lacks."""
    if programme is None or state.party != "nominee" or not any(rule.across for rule in programme.rules):
        return frozenset()
    return frozenset(keys(programme, _scope(programme, state, scene)).values()) - scene.counts.keys()


def counted(
    unit: Unit, case: str | None, programme: Programme | None, state: Interview, scene: Scene
) -> Scene:
    """The scene with those counts; the same scene where it has them."""
    wanted = wants(programme, state, scene)
    return replace(scene, counts={**scene.counts, **count_keys(unit, wanted, case)}) if wanted else scene


def _scope(programme: Programme, state: Interview, scene: Scene) -> Mapping[str, Any]:
    """What rules may read; where something odd was kept, without it."""
    try:
        return View(programme, state, scene).scope
    except Exception:  # the turn itself finds the same and sets it aside
        return View(programme, sound(programme, state, scene), scene).scope


def note(unit: Unit, case: str, programme: Programme, state: Interview, scene: Scene) -> None:
    """Let a case count for others while it is handed in for real, and no longer."""
    if state.party != "nominee" or not any(rule.across for rule in programme.rules):
        return
    view = View(programme, state, scene)
    stands = bool(state.finished_at) and not view.rehearsing
    keep_keys(unit, case, keys(programme, view.scope) if stands else {})
