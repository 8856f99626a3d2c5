"""What a receiving union writes itself, read and written for its desk."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.house.desk.dossiers import Dossiers
from bot.house.desk.not_done import NotDone
from bot.house.trailing import Trail
from dialogs.desk import deeds
from dialogs.trail_words import Kind
from forms.message import Message, Own, say
from storage import handing, statements, stays
from storage.statements import Stated

if TYPE_CHECKING:
    from bot.house.desk.errands import Errands


class Stating:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, dossiers: Dossiers, trail: Trail) -> None:
        self._dossiers = dossiers
        self._trail = trail

    def stated(self, errands: Errands, deed: deeds.Stated) -> None:
        """It is this from now on: over the words that were on the Screen, and over no others."""
        row, unit, seat = errands.case, errands.unit, errands.seat
        if row.holder and row.holder != seat.id:
            raise NotDone(say("{who}正打开着这一件。要办，先点“由我接着办”。", who=Own(row.held_by)))
        if row.before:
            raise NotDone(say("这一部分由先收到的工会写，这里只能看。"))
        standing = statements.of_round(unit, row.case, row.round)
        if (standing.version if standing else 0) != deed.version:
            raise NotDone(_quicker(standing))
        before = standing.answers if standing else {}
        answers = deed.answers if deed.answers is not None else (standing.was if standing else None)
        if answers is None:
            raise NotDone(say("没有可以撤销的修改。"))
        if answers == before:
            return
        if not statements.state(
            unit,
            row.case,
            row.round,
            deed.version,
            answers,
            was=before,
            at_office=seat.office,
            seat_id=seat.id,
            at=errands.now,
        ):
            raise NotDone(_quicker(None))
        kind: Kind = "unstated" if deed.answers is None else "stated"
        self._trail.note(unit, row.case, seat.id, kind, row.id, errands.now, as_noted(answers))
        self._counted(errands)

    def _counted(self, errands: Errands) -> None:
        """What it says may decide a rule that is left to staff."""
        row, unit = errands.case, errands.unit
        of_round = handing.of_round(unit, row.case, row.round)
        parts = self._dossiers.parts(unit, of_round) if of_round else ()
        if parts:
            doubts, lacking = self._dossiers.left(unit, row.case, parts)
            stays.counts(unit, row.id, doubts, lacking)


def as_noted(answers: object) -> str:
    """What the trail keeps a keyed digest of."""
    return json.dumps(answers, ensure_ascii=False, sort_keys=True)


def _quicker(standing: Stated | None) -> Message:
    if standing and standing.by:
        return say("{who}刚才也在写，写的和您看到的不一样了。请看现在的，再改。", who=Own(standing.by))
    return say("刚才有同事也在写，写的和您看到的不一样了。请看现在的，再改。")
