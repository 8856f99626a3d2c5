"""The case behind an interview: opened once it has a programme, and kept in step with it."""

from __future__ import annotations

from bot.house.across import note
from bot.house.archive import Archive
from dialogs.interview import Interview
from dialogs.scene import Scene
from storage import cases
from storage.interviews import Speaker
from storage.unit import Unit


def in_step(unit: Unit, archive: Archive, speaker: Speaker, after: Interview, scene: Scene) -> str | None:
    """Open the interview's case, or let it follow what the interview is now; gives the person's part in it.

    To be called within `Archive.run`.
    """
    before = speaker.state
    if not after.digest:
        return speaker.party
    pinned = archive.source(after.digest) if after.digest != before.digest else None
    if speaker.case is None:
        return cases.open_case(unit, speaker.person, after, pinned, scene.now) if pinned else speaker.party
    if pinned or (after.practice, after.finished_at) != (before.practice, before.finished_at):
        cases.update_case(unit, speaker.case, after, pinned)
        programme = archive.pinned(unit, after.digest)
        if programme:
            note(unit, speaker.case, programme, after, scene)
    return speaker.party
