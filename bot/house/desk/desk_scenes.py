"""What is read for a page of the desk: no more than it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.house.archive import Archive
from bot.house.desk.dossiers import Dossiers, brief
from bot.house.desk.selections import Selections
from bot.house.finding import Finding
from bot.house.seating import Seating
from bot.house.taken_along import told
from bot.house.trailing import done_by
from dialogs.desk.board import MOST, PAGE, TRAYS
from dialogs.desk.desk_pages import page_of
from dialogs.desk.desk_scene import (
    Board,
    DeskScene,
    Dossier,
    ExportBrief,
    SeatBrief,
    StayBrief,
    TrailBrief,
    Unheard,
)
from dialogs.desk.desk_state import Desk
from storage import boards, erasures, exports, handing, offices, seats, stays, trail, undelivered
from storage.seats import Seat
from storage.stays import Stay
from storage.unit import Unit

_ZONE = ZoneInfo("Asia/Shanghai")
#: So many exports are listed, the latest.
_LISTED = 5


class DeskScenes:
    """Of one house. To be called within `Archive.run` or `read`."""

    def __init__(  # all that is looked at
        self,
        archive: Archive,
        dossiers: Dossiers,
        selections: Selections,
        finding: Finding,
        seating: Seating,
    ) -> None:
        self._selections = selections
        self._seating = seating
        self._archive = archive
        self._dossiers = dossiers
        self._finding = finding

    @staticmethod
    def seats(unit: Unit, person: str) -> tuple[SeatBrief, ...]:
        """The seats that a person has now."""
        return tuple(_seat(unit, each) for each in seats.of_person(unit, person))

    def of(self, unit: Unit, person: str, locale: str, desk: Desk, now: datetime) -> DeskScene:
        """The scene of a desk as it stands."""
        own = self.seats(unit, person)
        scene = DeskScene(now, own, locale, titles=self._titles(locale))
        if not own:
            return scene
        seat = next((each for each in own if each.id == desk.seat), own[0])
        page = page_of(desk.page)
        return DeskScene(
            now,
            own,
            locale,
            board=self._board(unit, seat, desk, now, locale) if page.name == "board" else None,
            dossier=self.dossier(unit, seat, desk.stay, now) if page.case else None,
            found=self._found(unit, seat, desk.query) if page.name == "search" else (),
            colleagues=tuple(_seat(unit, each) for each in seats.of_office(unit, seat.office))
            if page.staff
            else (),
            token=self._token(unit, seat, desk.about, now) if page.name == "offered" else "",
            exports=self._exports(unit, seat) if page.name == "exports" else (),
            programmes=self._programmes(unit, seat, locale) if page.course or page.name == "exports" else (),
            selection=self._selections.of(unit, seat.office, desk) if page.course else None,
            titles=scene.titles,
            unheard=self._unheard(unit, seat) if page.name == "menu" else None,
        )

    @staticmethod
    def _unheard(unit: Unit, seat: SeatBrief) -> Unheard | None:
        """What nobody heard of, to whoever sees to it that they do."""
        unheard = undelivered.of_office(unit, seat.office) if seat.rights.may("assign") else None
        return Unheard(unheard.notices, unheard.stays, unheard.staff) if unheard and unheard.notices else None

    def _programmes(self, unit: Unit, seat: SeatBrief, locale: str) -> tuple[tuple[str, str], ...]:
        titles = self._titles(locale)
        return tuple((name, titles.get(name, name)) for name in boards.programmes(unit, seat.office))

    @staticmethod
    def _exports(unit: Unit, seat: SeatBrief) -> tuple[ExportBrief, ...]:
        return tuple(
            ExportBrief(each.id, each.kind, each.state, each.name, told(each))
            for each in exports.of_office(unit, seat.office, _LISTED)
        )

    def _token(self, unit: Unit, seat: SeatBrief, about: str, now: datetime) -> str:
        """The token of a seat that waits at this office, to whoever may invite; "" where there is none."""
        offered = seats.find(unit, about) if seat.rights.may("invite") else None
        return self._seating.token(offered, now) if offered and offered.office == seat.office else ""

    def dossier(self, unit: Unit, seat: SeatBrief, stay: str, now: datetime) -> Dossier | None:
        """A case at the seat's own office; None for any other."""
        row = stays.at_office(unit, stay, [seat.office])
        return self._dossiers.of(unit, row, now) if row else None

    def _board(self, unit: Unit, seat: SeatBrief, desk: Desk, now: datetime, locale: str) -> Board:
        today = now.astimezone(_ZONE).date().isoformat()
        rows = boards.page(
            unit,
            seat.office,
            desk.tray,
            seat.id,
            today,
            PAGE + 1,
            programme=desk.programme,
            employer=desk.unit,
            after=boards.place(unit, desk.after) if desk.after else None,
        )
        counts = boards.many(unit, seat.office, tuple(TRAYS), seat.id, today, MOST + 1)
        programmes = self._programmes(unit, seat, locale)
        following = rows[PAGE - 1].id if len(rows) > PAGE else ""
        looked_at = desk.programme or (programmes[0][0] if len(programmes) == 1 else "")
        quota = self._selections.quota(unit, seat.office, looked_at) if looked_at else None
        rows = rows[:PAGE]
        return Board(
            {tray: counts[tray] for tray in TRAYS}, _briefs(unit, rows), following, programmes, quota
        )

    def _found(self, unit: Unit, seat: SeatBrief, query: str) -> tuple[StayBrief, ...]:
        rows = stays.several(unit, self._finding.find(unit, seat.office, query, PAGE))
        return _briefs(unit, tuple(each for each in rows if each.state != "withdrawn"))

    def _titles(self, locale: str) -> Mapping[str, str]:
        return {each.id: each.translate(each.title, locale) for each in self._archive.library.offered}

    @staticmethod
    def history(unit: Unit, case: str) -> tuple[TrailBrief, ...]:
        """What was done about a case."""
        return tuple(
            TrailBrief(
                each.at,
                each.kind,
                done_by(each),
                each.name or each.office,
                each.about if each.kind == "stage_moved" else "",
            )
            for each in trail.entries(unit, case)
            if each.at is not None
        )


def _briefs(unit: Unit, rows: tuple[Stay, ...]) -> tuple[StayBrief, ...]:
    faces = handing.faces(unit, [(row.case, row.round) for row in rows])
    gone = erasures.asked(unit, [row.case for row in rows])
    return tuple(
        replace(brief(row, faces.get(row.case, {})), erasing=row.case in gone and row.state in stays.STANDING)
        for row in rows
    )


def _seat(unit: Unit, row: Seat) -> SeatBrief:
    above = next(iter(offices.way_up(unit, row.office)), None)
    return SeatBrief(
        row.id,
        row.office,
        row.office_name,
        row.role,
        row.name,
        above.office.name if above else "",
        row.corrects,
        row.digest,
        row.person is None,
    )
