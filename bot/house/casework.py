"""The case behind an interview: opened once it has a programme, and kept in step with it."""

from __future__ import annotations

from bot.house.across import note
from bot.house.archive import Archive
from dialogs.interview import Interview
from dialogs.scene import Scene
from storage import cases
from storage.interviews import Speaker
from storage.unit import Unit


def begun(unit: Unit, archive: Archive, speaker: Speaker, state: Interview, scene: Scene) -> None:
    """Open a case for an interview that has chosen its programme, or let its case go over to another one.

    To be called within `Archive.run`.
    """
    source = archive.source(state.digest)
    if speaker.case is None:
        cases.open_case(unit, speaker, state, source, scene.now)
    else:
        cases.pin(unit, source)
        stands(unit, archive, speaker, state, scene)


def stands(unit: Unit, archive: Archive, speaker: Speaker, state: Interview, scene: Scene) -> None:
    """Let a case follow what its interview is now: under way or finished. To be called within `Archive.run`."""
    if speaker.case is None:
        return
    cases.update_case(unit, speaker.case, state)
    programme = archive.pinned(unit, state.digest)
    if programme:
        note(unit, speaker.case, programme, state, scene)
