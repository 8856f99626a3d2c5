"""A case at a desk with everything in it that can be seen or done, and somebody who tries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from dialogs.desk.desk_state import Desk
from forms.in_hand import InHand
from forms.offices import Office
from forms.seats import Role
from forms.settling import Settlement
from storage import (
    desk_tables,
    desks,
    interviews,
    letters,
    offices,
    papers_in,
    remarks,
    seats,
    settlements,
    stays,
    tables,
)
from storage import stages as running
from storage.unit import Unit
from tests.bot.house.desk.bureau import CITY, COUNTY, Bureau
from tests.bot.house.desk.cases import Lying, forges, shows, weighed
from tests.bot.house.desk.walked import Walked
from tests.bot.house.invitees import asks, nominated, takes, writes
from tests.bot.household import House, Someone, picture, stream

STORY, DRAFT, LETTER, REASON = "我热爱焊接这一行", "这一处写具体些", "周三能来交吗", "看过证书原件"
NUMBER = "450122198409129963"
ELSEWHERE = "兴宁区总工会"
#: Where the actors sit: at the office that has the case, above it, or elsewhere; and in which role.
SEATS: Mapping[str, tuple[str, Role]] = {
    "head": (COUNTY, "head"),
    "clerk": (COUNTY, "clerk"),
    "auditor": (COUNTY, "auditor"),
    "above": (CITY, "clerk"),
    "passed": (CITY, "clerk"),
    "below": (COUNTY, "clerk"),
    "elsewhere": (ELSEWHERE, "head"),
    "left": (COUNTY, "head"),
}
#: For whom the case was passed up.
UP = frozenset({"passed", "below"})
STORY_OF, TRADE_OF = "nominee.1.q.story", "nominee.1.q.trade"


@dataclass
class Scenery:
    """The case, a rival who sits where it lies, the one who tries, and the ids that presses are made up of."""

    case: Lying
    rival: Someone
    actor: Someone
    stay: str
    office: str
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def house(self) -> House:
        return self.case.house

    async def at(self, page: str = "case", **fields: Any) -> None:
        """The actor's desk stands at a page of the case, as though it had been theirs a moment ago."""

        def stand(unit: Unit) -> None:
            speaker = interviews.speaker(unit, "web", self.actor.address)
            row = stays.one(unit, self.stay)
            if speaker is None:
                return
            desks.set_up(unit, speaker.person, "{}")
            kept = desks.of(unit, speaker.person)
            assert kept
            on = running.stage_on(unit, self.office, fields["selection"]) if "selection" in fields else None
            seen = on.version if on else row.version if row else 0
            stage = on.stage if on else ""
            desk = Desk(page=page, stay=self.stay, seen=seen, stage=stage, revision=7, **fields)
            desks.save(unit, speaker.person, kept.version, desk.model_dump_json())

        await self.house.database.run(stand)

    async def presses(self, verb: str, about: str = "") -> str:
        """The actor presses what may never have been offered; gives all that is shown then."""
        await self.actor.take(choice=f"7.~{verb}~{about}")
        return shows(self.actor)

    async def walks(self, so_far: Walked) -> None:
        """The case comes so far in the stages after handing in."""

        def walk(unit: Unit) -> None:
            row = stays.one(unit, self.stay)
            if (
                row and row.state != "passed"
            ):  # what was passed on goes through the stages of the office above
                so_far(unit, self.stay, self.office, self.house.now)
            own = running.course(unit, self.office, "small")
            self.ids["reopens"] = f"{own[-1].stage}.{own[-1].version}" if own else "screening.1"

        await self.house.database.run(walk)

    async def kept(self) -> tuple[Any, ...]:
        """All that deeds of the desk change, less what each desk shows."""
        wanted = [table for table in tables.metadata.sorted_tables if table.name in _KEPT]

        def read(unit: Unit) -> tuple[Any, ...]:
            run = unit.connection.execute
            return tuple(tuple(map(tuple, run(select(t).order_by(*t.primary_key)))) for t in wanted)

        return await self.house.database.read(read)


_KEPT = frozenset(
    [
        "seat",
        "stay",
        "handed",
        "remark",
        "settled",
        "paper_in",
        "correction",
        "statement",
        "letter",
        "trail",
        "export",
        "code",
        "interview",
        "progress",
        "standing",
    ]
)
Cell = Callable[[Scenery], Any]


async def scenery(house: House, name: str) -> Scenery:
    """Everything there, and one who tries: an actor of the table."""
    bureau = await Bureau(weighed(house)).opens(corrects=True)
    await house.database.run(
        lambda unit: offices.add(unit, (Office(name=ELSEWHERE, kind="county", above=CITY),), house.now)
    )
    by_name = await house.database.read(lambda u: {e.office.name: e.id for e in offices.standing(u)})
    anna = await nominated(Someone(house, address="nominee"))
    expert = await takes(Someone(house, address="expert"), await asks(anna))
    await writes(expert)
    worker = await takes(Someone(house, address="worker"), await asks(anna, "陆建华", "同事", "被推荐人本人"))
    await worker.presses("是", "没问题，交上", "属实，交上")
    unit = await takes(Someone(house, address="unit"), await asks(anna, "韦晓梅", "同事", "所在单位"))
    await unit.says("韦晓梅")
    await unit.presses("是", "没问题，交上", "属实，交上")
    await anna.says("进度")
    await anna.presses("接着填")
    await anna.says("第一机床厂", "书法", STORY, "写完了")
    sent = await house.conversation.receive("web", "nominee", "证书.jpg", stream(picture()))
    await anna.take(file=sent)
    await anna.presses("发完了", "没问题", "属实", "递交", COUNTY, "递交给")
    rival = await bureau.seats("对手", bureau.county)
    idle = await bureau.seats("闲人", bureau.county, "auditor")
    case = Lying(bureau, anna, rival)
    stay, office = await case.stay(), bureau.county
    ids = {"file": sent.file, "case": stay.case}
    if name in UP:
        await case.opens()
        await forges(rival, "pass_now")
        rival = await bureau.seats("市里的对手", bureau.city)
        if name == "passed":
            stay, office = await case.stay(bureau.city), bureau.city
            idle = await bureau.seats("市里的闲人", bureau.city, "auditor")
    await case.opens(rival)
    actor = Someone(house, address=name)
    if name in SEATS:
        where, role = SEATS[name]
        actor = await bureau.seats(name, by_name[where], role)
    made = Scenery(case, rival, actor, stay.id, office, ids)
    await house.database.run(lambda u: _furnished(u, made, house))
    if name == "left":
        await house.database.run(lambda u: seats.end(u, _seat(u, by_name[COUNTY], "left"), house.now))
    ids["idle"] = await house.database.read(lambda u: _seat(u, office, idle.address))
    ids["waiting"] = await house.database.run(
        lambda u: (
            house.conversation.staff.seating.invite(u, office, "clerk", "新来的", "test", house.now).seat
        )
    )
    return made


def _seat(unit: Unit, office: str, name: str) -> str:
    return next(each.id for each in seats.of_office(unit, office) if each.name == name)


def _furnished(unit: Unit, made: Scenery, house: House) -> None:
    """A remark, a settlement, paper, a letter and an export of the office's."""
    row = stays.one(unit, made.stay)
    assert row
    seat = next(each.id for each in seats.of_office(unit, made.office) if "对手" in each.name)
    who = interviews.speaker(unit, "web", "nominee")
    assert who and who.party
    now = house.now
    made.ids["remark"] = remarks.write(
        unit, row.case, who.party, "story", "wrong", DRAFT, seat, now, row.round
    )
    settlements.settle(unit, row.case, Settlement("near", "met", REASON, "0" * 64, "", seat, now))
    papers_in.tick(unit, row.case, InHand("proofs", 3, "", seat, now))
    letters.write(unit, row.case, who.person, LETTER, now + timedelta(minutes=1))
    export = tables.new_id()
    values = {"id": export, "office": made.office, "seat": seat, "kind": "packets", "programme": "small"}
    rest = {"cases": [row.case], "state": "ready", "done": 1, "created": now, "name": "材料包.zip", "size": 1}
    unit.connection.execute(
        insert(desk_tables.export),
        {**values, **rest, "expires": now + timedelta(days=1), "digest": "0" * 64},
    )
    made.ids["export"] = export
