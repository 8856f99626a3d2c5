"""A case at a desk with everything in it that can be seen or done, and all who might try: what each cell of the table is
tried with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select

from bot.workshop.rehearsal import pdf_text
from dialogs.desk import deeds
from dialogs.desk.desk_state import Desk
from forms.in_hand import InHand
from forms.offices import Office
from forms.packet import PACKET
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
from storage.unit import Unit
from tests.bot.house.desk.bureau import CITY, COUNTY, Bureau
from tests.bot.house.desk.cases import Lying, forges, shows, weighed
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
            desk = Desk(page=page, stay=self.stay, seen=row.version if row else 0, revision=7, **fields)
            desks.save(unit, speaker.person, kept.version, desk.model_dump_json())

        await self.house.database.run(stand)

    async def presses(self, verb: str, about: str = "") -> str:
        """The actor presses what may never have been offered; gives all that is shown then."""
        await self.actor.take(choice=f"7.~{verb}~{about}")
        return shows(self.actor)

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
        "letter",
        "trail",
        "export",
        "code",
        "interview",
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
    ids = {"file": sent.file}
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


# Pages: what each shows where it may be seen


@dataclass(frozen=True)
class Shown:
    """A page is pressed for while the case is open; these words stand on it."""

    verb: str
    words: str
    about: str = ""
    at: tuple[str, str] = ("case", "")

    async def __call__(self, there: Scenery) -> bool:
        await there.at(self.at[0], about=self.at[1])
        return self.words in await there.presses(self.verb, self.about.format(**there.ids))


async def on_the_board(there: Scenery) -> bool:
    """A row of the board, among those to be done or those that are."""
    seen = ""
    for tray in ("next", "done"):
        await there.at("board", tray=tray)
        await there.actor.take()
        seen += shows(there.actor)
    return "打开陆建华" in seen


async def found(there: Scenery) -> bool:
    """A search for the name, the unit, the ID number or the number of the case."""
    row = await there.house.database.read(lambda unit: stays.one(unit, there.stay))
    assert row
    for words in ("陆建华", "第一机床厂", NUMBER, row.number):
        await there.at("board")
        await there.actor.says(words)
        if f"打开陆建华（{row.number}）" in shows(there.actor):
            return True
    return False


async def offered(there: Scenery) -> bool:
    """The link of a seat that waits for somebody."""
    await there.at()
    await there.presses("offered", there.ids["waiting"])
    return there.actor.screen.invitation is not None


PAGE_CELLS: dict[str, Cell] = {
    "board": on_the_board,
    "search": found,
    "menu": Shown("menu", "您是"),
    "exports": Shown("exports", "全部材料包：小城工匠"),
    "case": Shown("case", "第一机床厂\\n小城工匠"),
    "verdicts": Shown("verdicts", "从事焊工"),
    "compare": Shown("compare", "和上一次一样"),
    "history": Shown("history", "收到递交"),
    "answers": Shown("answers", "一节一节点开看"),
    "remark": Shown("remark", "看下一项", STORY_OF),
    "returning": Shown("returning", "只会被问这几项"),
    "correcting": Shown("correcting", "请打出改后的内容", at=("remark", STORY_OF)),
    "accepting": Shown("accepting", "受理陆建华"),
    "passing": Shown("passing", "把陆建华这一件上报"),
    "refusing": Shown("refusing", "按通知的哪一条"),
    "settling": Shown("settling", REASON),
    "papers": Shown("papers", "还没收到"),
    "lacking": Shown("lacks", "差什么？", "form"),
    "letters": Shown("letters", LETTER),
    "assigning": Shown("assigning", "分给"),
    "recovering": Shown("recovering", "先当面看身份证"),
    "colleagues": Shown("colleagues", "闲人：只看不办"),
    "offering": Shown("offer", "这位同事怎么称呼", "clerk"),
    "offered": offered,
    "unseating": Shown("unseat", "闲人的席位吗", "{idle}"),
    "digest": Shown("digest", "每天的提醒"),
}


# Deeds: what is kept afterwards is something else


async def nothing(there: Scenery) -> None:
    """The case is as the last one left it."""


async def clean(there: Scenery) -> None:
    """It is here again, in nobody's hands, with no remark that waits."""

    def tidy(unit: Unit) -> None:
        row = stays.one(unit, there.stay)
        remark, stay = desk_tables.remark, desk_tables.stay
        unit.connection.execute(remark.delete().where(remark.c.sent.is_(None)))
        values: dict[str, Any] = {"holder": None}
        if row and row.state not in {"here", "passed"}:
            values |= {"state": "here", "version": row.version + 1, "decided": None}
        unit.connection.execute(stay.update().where(stay.c.id == there.stay).values(**values))

    await there.house.database.run(tidy)


async def drafted(there: Scenery) -> None:
    """It is here again, with a remark that was not sent."""
    await clean(there)

    def write(unit: Unit) -> None:
        row = stays.one(unit, there.stay)
        who = interviews.speaker(unit, "web", "nominee")
        assert row and who and who.party
        seat = next(each.id for each in seats.of_office(unit, there.office) if "对手" in each.name)
        there.ids["remark"] = remarks.write(
            unit, row.case, who.party, "story", "wrong", DRAFT, seat, there.house.now, row.round
        )

    await there.house.database.run(write)


async def accepted(there: Scenery) -> None:
    """The rival has accepted it a moment ago."""
    await clean(there)
    await forges(there.rival, "open", there.stay)
    await forges(there.rival, "accept_now")


@dataclass(frozen=True)
class Done:
    """A deed: from a page of the desk something is pressed, or typed."""

    deed: type[deeds.Deed]
    press: tuple[str, str] = ("", "")
    says: str = ""
    page: str = "case"
    about: str = ""
    sort: str = ""
    before: Callable[[Scenery], Any] = nothing

    async def __call__(self, there: Scenery) -> bool:
        await self.before(there)
        await there.at(self.page, about=self.about, sort=self.sort)
        before = await there.kept()
        if self.says:
            await there.actor.says(self.says)
        else:
            await there.presses(self.press[0], self.press[1].format(stay=there.stay, **there.ids))
        return await there.kept() != before


#: In an order in which each may be done after the ones before it.
DEED_CELLS: tuple[Done, ...] = (
    Done(deeds.Opened, ("open", "{stay}")),
    Done(deeds.TakenOver, ("takeover", "")),
    Done(deeds.Remarked, says="写全称", page="remark", about=TRADE_OF, sort="wrong", before=clean),
    Done(deeds.RemarkDropped, ("drop", "{remark}"), before=drafted),
    Done(deeds.Settled, says="看过原件", page="settling", about="craft", sort="met", before=clean),
    Done(deeds.Unsettled, ("unsettle", "near")),
    Done(deeds.Corrected, says="电焊工", page="correcting", about=TRADE_OF),
    Done(deeds.Ticked, ("tick", "form"), page="papers"),
    Done(deeds.GivenBack, ("giveback", "proofs"), page="papers"),
    Done(deeds.Unticked, ("untick", "proofs"), page="papers"),
    Done(deeds.TakenOn, ("take_on", ""), page="assigning"),
    Done(deeds.Assigned, ("assign", ""), page="assigning"),
    Done(deeds.Replied, says="能，九点以后都行。", page="letters"),
    Done(deeds.CodeIssued, ("issue_code", ""), page="recovering"),
    Done(deeds.SeatOffered, says="新同事", page="offering", sort="clerk"),
    Done(deeds.SeatEnded, ("unseat_now", "{idle}"), page="unseating"),
    Done(deeds.Exported, ("packets", "small"), page="exports"),
    Done(deeds.DigestAt, ("digest_at", "14"), page="digest"),
    Done(deeds.Returned, ("return_now", ""), page="returning", before=drafted),
    Done(deeds.Accepted, ("accept_now", ""), page="accepting", before=clean),
    Done(deeds.Refused, says="材料是别人的", page="refusing", about="-", before=clean),
    Done(deeds.Undone, ("undo", ""), before=accepted),
    Done(deeds.PassedUp, ("pass_now", ""), page="passing", before=clean),
)


async def leaves(there: Scenery) -> bool:
    """Whoever is at a desk goes from it to applications of their own."""
    await there.at("menu")

    def open_(unit: Unit) -> bool:
        speaker = interviews.speaker(unit, "web", there.actor.address)
        return bool(speaker and speaker.at_desk and speaker.seated)

    before = await there.house.database.read(open_)
    await there.presses("own")
    return before and not await there.house.database.read(open_)


# What is fetched beside the Screens


async def prints(there: Scenery) -> bool:
    """A document of the case."""
    await there.at()
    try:
        printed = await there.house.conversation.document("web", there.actor.address, "application")
    except LookupError:
        return False
    return "陆建华" in pdf_text(printed.content)


async def pictures(there: Scenery) -> bool:
    """A page of a document as a picture."""
    await there.at()
    conversation = there.house.conversation
    try:
        printed = await conversation.document("web", there.actor.address, PACKET)
    except LookupError:
        return False
    return len(await conversation.page(printed, 1, there.actor.address)) > 0


async def proves(there: Scenery) -> bool:
    """A scan of the case, as it was sent."""
    await there.at()
    found = await there.house.conversation.documents.evidence("web", there.actor.address, there.ids["file"])
    return found is not None


async def takes_along(there: Scenery) -> bool:
    """An export of the office's that is ready."""
    found = await there.house.conversation.exports.may_have("web", there.actor.address, there.ids["export"])
    return found is not None


def _rows() -> Mapping[str, Cell]:
    """Every row of the table by its name there: pages, deeds, and what is fetched."""
    pages = {f"看：{name}": cell for name, cell in PAGE_CELLS.items()}
    done = {f"做：{each.deed.__name__}": each for each in DEED_CELLS}
    fetched = {
        "取：材料 PDF": prints,
        "取：材料每一页的图片": pictures,
        "取：证书照片原件": proves,
        "取：做好的导出": takes_along,
    }
    return {**fetched, **pages, **done, f"做：{deeds.LeftDesk.__name__}": leaves}


TRIED = _rows()
