"""What leaves the house by an office's hands: each document, scan and export that is fetched stands in the trail.

It is written before the bytes are given away. The same is told once a day of one seat: a document is looked at page by
page, and a download goes on where it broke off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from bot.house.archive import Archive
from bot.house.contents import Enclosure
from bot.house.devices import speaking
from bot.house.documents import Documents, Printed
from bot.house.exporting import Exporting, Made
from bot.house.packing import Order
from bot.house.trailing import OPERATOR, Trail
from dialogs.desk.desk_state import read
from dialogs.desk.staging import STAGE_LIST
from dialogs.trail_words import Kind
from storage import desks, seats, stays, trail
from storage.exports import Export
from storage.exports import Kind as Exported
from storage.files import Kept
from storage.interviews import Speaker
from storage.unit import Unit

#: Cases whose trail is told of in one unit: nobody waits for a thousand of them.
_TOGETHER = 100


class Downloads:
    """Of one house."""

    def __init__(  # all that leaves it, and where that is told
        self,
        archive: Archive,
        documents: Documents,
        exporting: Exporting,
        kept: Trail,
        clock: Callable[[], datetime],
    ) -> None:
        self._archive = archive
        self._documents = documents
        self._exporting = exporting
        self._trail = kept
        self._clock = clock

    async def document(self, channel: str, address: str, document: str) -> Printed:
        """As `Conversation.document`."""
        printed = await self._documents.open(channel, address, document)
        await self._told(channel, address, document)
        return printed

    async def evidence(self, channel: str, address: str, file: str) -> tuple[Kept, Enclosure] | None:
        """As `Documents.evidence`."""
        evidence = await self._documents.evidence(channel, address, file)
        if evidence is not None:
            await self._told(channel, address, file)
        return evidence

    async def export(self, channel: str, address: str, identifier: str) -> Export | None:
        """As `Exporting.may_have`."""
        export = await self._exporting.may_have(channel, address, identifier)
        if export is None:
            return None

        def by(unit: Unit) -> str | None:
            speaker = speaking(unit, channel, address, self._clock())
            return _seat_at(unit, speaker, export.office) if speaker else None

        seat = await self._archive.read(by)
        if seat is not None:  # else it ended at this very moment
            within = await self._archive.read(
                lambda unit: trail.telling(unit, export.cases, "exported", export.id)
            )  # what was taken back before it was made is not in it
            await self._each(within, seat, "downloaded", export.id)
        return export

    async def at_once(
        self, office: str, programme: str, kind: Exported, cases: Sequence[str] = ()
    ) -> tuple[Order, Made]:
        """As `Exporting.at_once`."""
        order, made = await self._exporting.at_once(office, programme, kind, cases)
        await self._each(order.cases, None, "exported", OPERATOR)
        return order, made

    async def _told(self, channel: str, address: str, about: str) -> None:
        """That something of the case on a desk was fetched; nothing where it is the person's own."""

        def whose(unit: Unit) -> tuple[str, str, str] | None:
            speaker = speaking(unit, channel, address, self._clock())
            kept = desks.of(unit, speaker.person) if speaker and speaker.at_desk else None
            if speaker is None or kept is None:
                return None
            desk = read(kept.state)
            if about == STAGE_LIST:
                own = seats.of_person(unit, speaker.person)
                seat = next((each for each in own if each.id == desk.seat), next(iter(own), None))
                return (seat.office, seat.id, f"{about} {desk.selection}".strip()) if seat else None
            row = stays.one(unit, desk.stay)
            seated = _seat_at(unit, speaker, row.office, desk.seat) if row else None
            return (row.case, seated, about) if row and seated else None

        entry = await self._archive.read(whose)
        if entry:
            chain, seat, what = entry
            await self._each((chain,), seat, "fetched", what)

    async def _each(self, chains: Sequence[str], seat: str | None, kind: Kind, about: str) -> None:
        now = self._clock()
        new = partial(self._new, chains=chains, seat=seat, kind=kind, about=about, now=now)
        untold = await self._archive.read(new)
        for start in range(0, len(untold), _TOGETHER):
            some = untold[start : start + _TOGETHER]
            await self._archive.run(
                partial(self._note, chains=some, seat=seat, kind=kind, about=about, now=now)
            )

    @staticmethod
    def _new(  # noqa: PLR0913, PLR0917  # as `_note`
        unit: Unit, chains: Sequence[str], seat: str | None, kind: Kind, about: str, now: datetime
    ) -> tuple[str, ...]:
        """Those of some chains that tell nothing of it today."""
        return tuple(chain for chain in chains if not trail.told_today(unit, chain, seat, kind, about, now))

    def _note(  # noqa: PLR0913, PLR0917  # one entry for each
        self, unit: Unit, chains: Sequence[str], seat: str | None, kind: Kind, about: str, now: datetime
    ) -> None:
        for chain in self._new(unit, chains, seat, kind, about, now):
            self._trail.note(unit, chain, seat, kind, about, now)


def _seat_at(unit: Unit, speaker: Speaker, office: str, chosen: str = "") -> str | None:
    """From which seat somebody fetches what is an office's: the one they work from, where that is there."""
    own = [each.id for each in seats.of_person(unit, speaker.person) if each.office == office]
    return chosen if chosen in own else next(iter(own), None)
