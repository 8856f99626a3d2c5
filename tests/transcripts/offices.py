"""What a conversation with staff stands on: a programme with experts, two unions, and a seat for each of their people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from bot.house.seating import Seating
from forms.loader import Source
from forms.offices import Office
from forms.seats import Role
from storage import offices
from storage.database import Database
from storage.unit import Unit
from tests.bot.house import invitees

COUNTY, CITY = "青秀区总工会", "南宁市总工会"
#: Whose seat is where, and what they may do there.
SEATS: Mapping[str, tuple[str, Role]] = {"wei": (COUNTY, "clerk"), "zhang": (CITY, "head")}
_STAGES = """
places: 2
stages:
  - {title: 申报, clause: 五}
  - {id: screening, title: 初审, kind: review, ratio: "1:2", clause: 五}
  - {id: decision, title: 审定, kind: review, ratio: "1:1.1", clause: 五}
  - {id: naming, title: 命名, kind: naming, clause: 六}
"""
#: Two technicians write for a worker who needs not be asked in.
SOURCE = Source(
    MappingProxyType(
        {
            **invitees.SOURCE.files,
            "programme.yaml": invitees.SOURCE.files["programme.yaml"].replace(
                "    most: 1\n    minutes: 5", "    least: 0\n    most: 1\n    minutes: 5"
            )
            + _STAGES,
        }
    )
)


async def seated(database: Database, seating: Seating, now: datetime) -> dict[str, str]:
    """The tokens of the seats, by who takes them."""

    def open_(unit: Unit) -> dict[str, str]:
        kept = (
            Office(name=CITY, kind="city", phone="0771-2805708"),
            Office(name=COUNTY, kind="county", above=CITY, programmes=("small",), corrects=True),
        )
        ids = dict(zip((CITY, COUNTY), offices.add(unit, kept, now), strict=True))
        return {
            name: seating.invite(unit, ids[office], role, name, "test", now).token
            for name, (office, role) in SEATS.items()
        }

    return await database.run(open_)
