"""The unions of an installation and who sits there, as its operator keeps them. The database is the truth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from bot.house.archive import Archive
from bot.house.failure import Failure
from bot.house.seating import Offered, Seating
from forms.offices import Office, called, faults
from forms.programme import Programme
from forms.seats import Role
from storage import offices, seats
from storage.offices import Kept
from storage.seats import Seat
from storage.unit import Unit


class Directory:
    """What the command line does with offices and seats. Everything raises `Failure` where it cannot be done."""

    def __init__(
        self,
        archive: Archive,
        seating: Seating,
        programmes: Sequence[Programme],
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._seating = seating
        self._programmes = programmes
        self._clock = clock

    async def bring(self, new: Sequence[Office], *, further: bool) -> None:
        """Keep the offices of a file; where some are kept already, only as `further` ones beside them."""
        now = self._clock()

        def work(unit: Unit) -> None:
            kept = offices.every(unit)
            if kept and not further:
                raise Failure(
                    f"offices are kept already ({len(kept)}), and the file would not change them: "
                    "“office add” and “office change” do, and --add brings those of the file besides"
                )
            self._fit(unit, [*(each.office for each in offices.standing(unit)), *new], new)
            offices.add(unit, new, now)

        await self._archive.run(work)

    async def add(self, office: Office) -> None:
        """Keep one more office; the one above may be named as people say it."""
        above = await self._archive.read(lambda unit: _above(unit, office.above))
        await self.bring([office.model_copy(update={"above": above})], further=True)

    async def change(self, wanted: str, **to: Any) -> Office:
        """An office with some keys changed; gives it as it is now."""

        def work(unit: Unit) -> Office:
            kept = _one(unit, wanted)
            if "above" in to:
                to["above"] = _above(unit, to["above"])
            changed = Office.model_validate({**kept.office.model_dump(), **to})
            others = [each.office for each in offices.standing(unit) if each.id != kept.id]
            if kept.office.name != changed.name:  # those below go along with it
                others = [
                    each.model_copy(update={"above": changed.name})
                    if each.above == kept.office.name
                    else each
                    for each in others
                ]
            self._fit(unit, [*others, changed], [changed])
            offices.change(unit, kept.id, changed)
            return changed

        return await self._archive.run(work)

    async def listed(self) -> tuple[tuple[Kept, int], ...]:
        """Every office that is open, each behind the one above it, with how many people sit there."""

        def look(unit: Unit) -> tuple[tuple[Kept, int], ...]:
            kept = offices.standing(unit)
            sitting = [seat.office for seat in seats.standing(unit) if seat.person]
            return tuple((each, sitting.count(each.id)) for each in _from_above(kept))

        return await self._archive.read(look)

    async def invite(self, wanted: str, role: Role, name: str, by: str) -> tuple[Kept, Offered]:
        """A new seat at an office, with its link."""
        now = self._clock()

        def work(unit: Unit) -> tuple[Kept, Offered]:
            kept = _one(unit, wanted)
            return kept, self._seating.invite(unit, kept.id, role, name, by, now)

        return await self._archive.run(work)

    async def named(self, wanted: str) -> str:
        """The full name of the office that somebody means; one that is closed goes by its full name only."""

        def look(unit: Unit) -> str:
            exactly = any(each.office.name == wanted for each in offices.every(unit))
            return wanted if exactly else _one(unit, wanted).office.name

        return await self._archive.read(look)

    async def seats(self, wanted: str) -> tuple[tuple[Seat, Offered | None], ...]:
        """The seats of an office, each with its link where it waits for somebody."""
        now = self._clock()

        def look(unit: Unit) -> tuple[tuple[Seat, Offered | None], ...]:
            own = seats.of_office(unit, _one(unit, wanted).id)
            return tuple((seat, self._seating.shown(seat, now)) for seat in own)

        return await self._archive.read(look)

    async def remove(self, wanted: str) -> str:
        """End a seat, named by the beginning of its number, or close an office; gives what was removed, in words."""
        now = self._clock()

        def work(unit: Unit) -> str:
            matching = [
                each for each in seats.standing(unit) if len(wanted) >= 4 and each.id.startswith(wanted)
            ]
            if len(matching) == 1:
                seats.end(unit, matching[0].id, now)
                return f"the seat of {matching[0].name} ({matching[0].role}) at {matching[0].office_name}"
            kept = _one(unit, wanted, "no seat and no office")
            way = offices.close(unit, kept.id, now)
            if way and way.below:
                few = ", ".join(way.below[:3]) + (" …" if len(way.below) > 3 else "")
                raise Failure(
                    f"{kept.office.name} stands above {few}: “office change --above” moves them first"
                )
            if way:
                raise Failure(f"{way.cases} cases lie at {kept.office.name}: decide on them first")
            return kept.office.name

        return await self._archive.run(work)

    def _fit(self, unit: Unit, together: Sequence[Office], new: Sequence[Office]) -> None:
        """Raise `Failure` where something is wrong with the new ones among all."""
        closed = {each.office.name for each in offices.every(unit) if each.closed}
        for office in new:
            if office.name in closed:
                raise Failure(
                    f"“{office.name}” was kept here and closed: give the new one a name that differs"
                )
        own = {office.name for office in new}
        for fault in faults(together, self._programmes):
            if together[fault.index].name in own:
                raise Failure(f"{together[fault.index].name}: {fault}")


def _one(unit: Unit, wanted: str, nothing: str = "no office") -> Kept:
    """The office that a name or the beginning of a number means. Raises `Failure`."""
    kept = offices.standing(unit)
    by_name = {each.office.name: each.office for each in kept}
    meant = called(tuple(by_name.values()), by_name, wanted)
    matches = [each for each in kept if each.office in meant]
    if len(matches) != 1:
        names = ", ".join(each.office.name for each in matches)
        raise Failure(
            f"“{wanted}” can mean {names}" if names else f"there is {nothing} “{wanted}”; see: office list"
        )
    return matches[0]


def _above(unit: Unit, wanted: str) -> str:
    """The full name of the office above; "" for none."""
    return _one(unit, wanted).office.name if wanted else ""


def _from_above(kept: Sequence[Kept], above: str = "") -> tuple[Kept, ...]:
    own = [each for each in kept if each.office.above == above]
    return tuple(one for each in own for one in (each, *_from_above(kept, each.office.name)))
