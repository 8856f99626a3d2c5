"""What an office wants to take along: ordered at the desk, made in the background, told when it is ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.house.afterwards import Ordered
from bot.house.desk.not_done import NotDone
from bot.house.desk.selections import Selections
from bot.house.desk.telling import Telling
from bot.house.exporting import Exporting, NotExported
from bot.house.taken_along import told
from bot.house.trailing import Trail
from dialogs.desk import deeds
from forms.message import say
from storage import exports, seats, trail
from storage.exports import Export
from storage.unit import Unit

if TYPE_CHECKING:
    from bot.house.desk.errands import Errands


class Orders:
    """Of one house. To be called within `Archive.run`."""

    def __init__(self, exporting: Exporting, selections: Selections, telling: Telling, kept: Trail) -> None:
        self._exporting = exporting
        self._selections = selections
        self._telling = telling
        self._trail = kept
        exporting.hear(self.taking, self.ended)

    def exported(self, errands: Errands, deed: deeds.Exported) -> None:
        """All that the office has of a programme, in the selection's order."""
        unit, seat, now = errands.unit, errands.seat, errands.now
        cases = exports.at_office(unit, seat.office, deed.programme)
        cases = self._selections.ordered(unit, seat.office, deed.programme, cases)
        try:
            self._exporting.order(unit, seat.office, seat.id, deed.kind, deed.programme, cases, now)
        except NotExported as error:
            raise NotDone(error.words) from error
        errands.after.append(Ordered())

    def taking(self, unit: Unit, export: Export, cases: Sequence[str], now: datetime) -> None:
        """The trail of each case tells that it is taken along: once for an export, however often that is made."""
        for case in cases:
            entries = trail.entries(unit, case)
            if all(each.kind != "exported" or each.about != export.id for each in entries):
                self._trail.note(unit, case, export.seat, "exported", export.id, now)

    def ended(self, unit: Unit, export: Export, now: datetime) -> None:
        """Whoever ordered it learns that it is ready, or why it could not be made."""
        seat = seats.find(unit, export.seat)
        if seat and seat.person and not seat.ended:
            plain = say("导出做好了，请到网页的工作台上下载。") if export.state == "ready" else told(export)
            self._telling.seat(unit, seat.person, told(export), plain, now)
