"""Everything that staff need, put together once for a house."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.house.archive import Archive
from bot.house.desk import decisions, digests
from bot.house.desk.decisions import Decisions
from bot.house.desk.desk_scenes import DeskScenes
from bot.house.desk.desk_turns import DeskTurns
from bot.house.desk.digests import Digests
from bot.house.desk.doings import Doings
from bot.house.desk.dossiers import Dossiers
from bot.house.desk.downloads import Downloads
from bot.house.desk.erasing_cases import ErasingCases
from bot.house.desk.heralding import KIND, Heralding
from bot.house.desk.orders import Orders
from bot.house.desk.receiving import Receiving
from bot.house.desk.selecting import Selecting
from bot.house.desk.staffwork import Staffwork
from bot.house.desk.stated import Stating
from bot.house.desk.telling import Telling
from bot.house.documents import Documents
from bot.house.exporting import Exporting
from bot.house.finding import Finding
from bot.house.links import Links
from bot.house.partings import Partings
from bot.house.post import Opens
from bot.house.seating import Seating
from bot.house.trailing import Trail


class Staff:
    """Of one house: what comes to offices, and what is done there.

    `key` is the installation's secret; `names` tells that names may go by servers abroad.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # all that a house has
        self,
        archive: Archive,
        dossiers: Dossiers,
        documents: Documents,
        exporting: Exporting,
        links: Links,
        key: bytes,
        trail: Trail,
        names: bool,
        partings: Partings,
        clock: Callable[[], datetime],
    ) -> None:
        selections = documents.selections
        finding, telling = Finding(key), Telling(names=names)
        self.seating = Seating(key, links)
        self.receiving = Receiving(archive, dossiers, telling, finding, trail)
        self.decisions = Decisions(dossiers, telling, trail)
        work = Staffwork(archive, dossiers, self.receiving, telling, self.seating, trail)
        self.scenes = DeskScenes(archive, dossiers, selections, finding, self.seating)
        self.downloads = Downloads(archive, documents, exporting, trail, clock)
        self.digests = Digests(archive, telling)
        heralding = Heralding(archive, telling)
        orders = Orders(exporting, selections, telling, trail)
        selecting = Selecting(selections, heralding, trail)
        erasing = ErasingCases(partings, telling, trail)
        partings.hear(erasing.asked, erasing.noted, erasing.emptied)
        doings = Doings(self.decisions, work, orders, selecting, erasing, Stating(dossiers, trail))
        self.turns = DeskTurns(archive, self.scenes, doings)
        #: What tells of what has become of cases, by kind of item of the outbox.
        self.opens: Mapping[str, Opens] = {
            decisions.KIND: self.decisions.tell,
            digests.KIND: self.digests.tell,
            KIND: heralding.tell,
        }
