"""The case behind an interview: opened once it has a programme, and kept in step with it."""

from __future__ import annotations

from bot.house.across import Across
from bot.house.archive import Archive
from dialogs.interview import Interview
from dialogs.roles import role_of
from dialogs.scene import Scene
from storage import cases
from storage.interviews import Speaker
from storage.unit import Unit


def begun(  # noqa: PLR0913, PLR0917  # an interview, and all that knows its case
    unit: Unit, archive: Archive, across: Across, speaker: Speaker, state: Interview, scene: Scene
) -> None:
    """Open a case for an interview that has chosen its programme, or let its case go over to another one.

    To be called within `Archive.run`.
    """
    source = archive.source(state.digest)
    if speaker.case is None:
        cases.open_case(unit, speaker, state, source, scene.now)
    else:
        cases.pin(unit, source)
        stands(unit, archive, across, speaker, state, scene)


def stands(  # noqa: PLR0913, PLR0917  # as `begun`
    unit: Unit, archive: Archive, across: Across, speaker: Speaker, state: Interview, scene: Scene
) -> None:
    """Let a part follow what its interview is now, under way or done, and the case where the part leads it.

    To be called within `Archive.run`.
    """
    programme = archive.pinned(unit, state.digest)
    if speaker.case is None or speaker.party is None or programme is None:
        return
    if role_of(state.role).leads:
        cases.stands(unit, speaker.case, state, scene.now)
        across.note(unit, speaker.case, programme, state, scene)
    cases.confirmed(unit, speaker.party, bool(state.finished_at))
