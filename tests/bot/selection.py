"""A selection that is soon walked: a small programme whose cases are sifted, put on a list and named by one union."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from bot.house.seating import Seating
from forms.loader import Source
from forms.offices import Office
from forms.seats import Role
from storage import offices
from storage.database import Database
from storage.unit import Unit
from tests.bot.household import SOURCE as SMALL

UNION = "南宁市总工会"
_STAGES = """
places: 1
stages:
  - {id: screening, title: 初审, kind: review, ratio: "1:2", clause: 八1}
  - {id: notice, title: 公示5天, kind: notice, days: 5, clause: 八2}
  - {id: naming, title: 命名, kind: naming, clause: 八3}
"""
SOURCE = Source({**SMALL.files, "programme.yaml": SMALL.files["programme.yaml"] + _STAGES})
#: What each applicant says before the certificate; “[…]” is pressed.
ANSWERS = (
    "焊工",
    "2015年7月",
    "[是]",
    "[技艺]",
    "[选好了]",
    "{name}",
    "{number}",
    "[对的]",
    "[跳过]",
    "我热爱焊接",
)
NUMBERS = {"陆建华": "450122198409129963", "覃秀兰": "450121197606089963"}


def laid(source: Source, directory: Path) -> Path:
    """A programme in a directory of its own, offered beside those that are built in."""
    for name, content in source.files.items():
        path = directory / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return directory


async def seated(database: Database, seating: Seating, now: datetime, **staff: Role) -> Mapping[str, str]:
    """Open the union; gives the tokens of the seats, by who takes them."""

    def open_(unit: Unit) -> dict[str, str]:
        kept = (Office(name=UNION, kind="city", phone="0771-2805708", programmes=("small",)),)
        (office,) = offices.add(unit, kept, now)
        return {
            name: seating.invite(unit, office, role, name, "test", now).token for name, role in staff.items()
        }

    return await database.run(open_)
