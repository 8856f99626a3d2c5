"""What the other cases of a programme mean for one: their number comes into the scene, their answers never do.

The keys of `forms.across` can be guessed by whoever knows a name and a unit; what is kept of them is an HMAC under
the installation's key.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Set
from dataclasses import replace

from dialogs.interview import Interview
from dialogs.mending import sound
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.view import View
from forms.programme import Programme
from storage import case_keys
from storage.unit import Unit


def wants(programme: Programme | None, state: Interview, scene: Scene) -> frozenset[str]:
    """The keys whose counts this interview's rules across cases need and the scene lacks."""
    if programme is None or not role_of(state.role).leads or not any(rule.across for rule in programme.rules):
        return frozenset()
    return frozenset(_keys(programme, state, scene).values()) - scene.counts.keys()


def _keys(programme: Programme, state: Interview, scene: Scene) -> Mapping[str, str]:
    """The keys of a case; where something odd was kept, without it."""
    try:
        return View(programme, state, scene).keys
    except Exception:  # the turn itself finds the same and sets it aside
        return View(programme, sound(programme, state, scene), scene).keys


class Across:
    """Counts cases under one installation's key. To be called within `Archive.run`, or `read` where it only counts."""

    def __init__(self, key: bytes) -> None:
        self._key = hmac.digest(key, b"keys of cases", "sha256")
        self._all_sealed = False

    def counts(self, unit: Unit, wanted: Set[str], case: str | None) -> dict[str, int]:
        """How many other finished cases have each of these keys; `case` is one's own."""
        self.seal(unit)
        sealed = {self._sealed(key): key for key in wanted}
        return {sealed[key]: number for key, number in case_keys.count_keys(unit, sealed, case).items()}

    def counted(
        self, unit: Unit, case: str | None, programme: Programme, state: Interview, scene: Scene
    ) -> Scene:
        """The scene with the counts that the interview's rules need; the same scene where it has them."""
        wanted = wants(programme, state, scene)
        if not wanted:
            return scene
        return replace(scene, counts={**scene.counts, **self.counts(unit, wanted, case)})

    def note(self, unit: Unit, case: str, programme: Programme, state: Interview, scene: Scene) -> None:
        """Let a case count for others while it is handed in for real, and no longer."""
        if not any(rule.across for rule in programme.rules):
            return
        view = View(programme, state, scene)
        stands = bool(state.finished_at) and not view.rehearsing
        self.keep(unit, case, view.keys if stands else {})

    def keep(self, unit: Unit, case: str, own: Mapping[str, str]) -> None:
        """Let a case count by these keys, by rule, in place of those it had."""
        case_keys.keep_keys(unit, case, {rule: self._sealed(key) for rule, key in own.items()})

    def seal(self, unit: Unit) -> None:
        """Keys that an older version has kept as they were are kept no longer."""
        if self._all_sealed:
            return
        plain = case_keys.plain_keys(unit)
        for case, rule, key in plain:
            case_keys.seal_key(unit, case, rule, self._sealed(key))
        self._all_sealed = not plain  # what was just sealed may still be rolled back

    def _sealed(self, key: str) -> str:
        return hmac.digest(self._key, key.encode(), "sha256").hex()
