"""What each cell of the table of a desk is tried with: its pages, its deeds, and what is fetched beside the Screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.workshop.rehearsal import pdf_text
from dialogs.desk import deeds, stage_deeds
from forms.packet import PACKET
from storage import (
    desk_tables,
    interviews,
    remarks,
    seats,
    stays,
)
from storage.unit import Unit
from tests.bot.house.desk.cases import forges, shows
from tests.bot.house.desk.scenery import (
    DRAFT,
    LETTER,
    NUMBER,
    REASON,
    STORY_OF,
    TRADE_OF,
    Cell,
    Scenery,
)
from tests.bot.house.desk.walked import FRESH, OBJECTED, OVER, WAITS, Walked, listed, naming, ready, screened

# Pages: what each shows where it may be seen


@dataclass(frozen=True)
class Shown:
    """A page is pressed for while the case is open; these words stand on it."""

    verb: str
    words: str
    about: str = ""
    at: tuple[str, str] = ("case", "")
    walked: Walked | None = None

    async def __call__(self, there: Scenery) -> bool:
        if self.walked:
            await there.walks(self.walked)
            await there.at("stages", selection="small")
        else:
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
    "history": Shown("history", "递交了"),
    "answers": Shown("answers", "一节一节点开看"),
    "remark": Shown("remark", "看别的项", STORY_OF),
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
    "points": Shown("points", "字数写了两种"),
    "paper": Shown("paper", "回到纸质材料", "form"),
    "statement": Shown("statement", "工会填写的内容："),
    "stating": Shown("stating", "请写推荐理由", "office_reason"),
    "stages": Shown("stages", "公示5个工作日", walked=FRESH),
    "beginning": Shown("begin", "开始“初审”（八1）", "screening", walked=ready),
    "choosing": Shown("listing", "陆建华", "screening", walked=screened),
    "people": Shown("people", "陆建华", walked=screened),
    "standing": Shown("person", "陆建华", "{case}", walked=screened),
    "closing": Shown("closing", "结束“初审”吗", walked=screened),
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


async def opened(there: Scenery) -> None:
    """It is here again, and whoever tries has it open."""
    await clean(there)
    await there.at()
    await there.presses("open", there.stay)


async def held(there: Scenery) -> None:
    """It is here again, and the rival has it open."""
    await clean(there)
    await forges(there.rival, "open", there.stay)


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
    reason: str = ""
    before: Callable[[Scenery], Any] = nothing
    walked: Walked | None = None

    async def __call__(self, there: Scenery) -> bool:
        await self.before(there)
        more = {"reason": self.reason} if self.reason else {}
        if self.walked:
            await there.walks(self.walked)
            more["selection"] = "small"
        await there.at(self.page, about=self.about.format(**there.ids), sort=self.sort, **more)
        before = await there.kept()
        if self.says:
            await there.actor.says(self.says)
        else:
            await there.presses(self.press[0], self.press[1].format(stay=there.stay, **there.ids))
        return await there.kept() != before


#: In an order in which each may be done after the ones before it.
DEED_CELLS: tuple[Done, ...] = (
    Done(deeds.Opened, ("open", "{stay}")),
    Done(deeds.PutDown, ("board", ""), before=opened),
    Done(deeds.TakenOver, ("takeover", ""), before=held),
    Done(deeds.Remarked, says="写全称", page="remark", about=TRADE_OF, sort="wrong", before=clean),
    Done(deeds.RemarkDropped, ("drop", "{remark}"), before=drafted),
    Done(deeds.Settled, says="看过原件", page="settling", about="craft", sort="met", before=clean),
    Done(deeds.Unsettled, ("unsettle", "near")),
    Done(deeds.Corrected, says="电焊工", page="correcting", about=TRADE_OF),
    Done(deeds.Stated, says="手艺好", page="stating", about="office_reason", before=clean),
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
    Done(deeds.Refused, ("refuse_now", ""), page="refusing", about="-", reason="材料是别人的", before=clean),
    Done(deeds.Undone, ("undo", ""), before=accepted),
    Done(stage_deeds.StageBegun, ("begin_now", ""), page="beginning", about="screening", walked=ready),
    Done(stage_deeds.StandingSet, ("pick", "{case}"), page="choosing", about="screening", walked=FRESH),
    Done(stage_deeds.StandingPlaced, says="1", page="standing", about="{case}", walked=screened),
    Done(stage_deeds.StageFilled, ("fill", ""), page="choosing", about="screening", walked=FRESH),
    Done(stage_deeds.StageClosed, ("close_now", ""), page="closing", walked=screened),
    Done(stage_deeds.StageReopened, ("reopen", "{reopens}"), page="stages", walked=OVER),
    Done(
        stage_deeds.ObjectedTo,
        says="有人反映材料不真",
        page="standing",
        about="{case}",
        sort="object",
        walked=listed,
    ),
    Done(
        stage_deeds.ObjectionAnswered,
        says="查过，属实",
        page="standing",
        about="{case}",
        sort="true",
        walked=OBJECTED,
    ),
    Done(stage_deeds.MovedUp, says="名单空出一个", page="standing", about="{case}", sort="up", walked=WAITS),
    Done(stage_deeds.TitleGiven, ("name_all", ""), page="choosing", about="naming", walked=naming),
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
    found = await there.house.conversation.staff.downloads.evidence(
        "web", there.actor.address, there.ids["file"]
    )
    return found is not None


async def takes_along(there: Scenery) -> bool:
    """An export of the office's that is ready."""
    found = await there.house.conversation.staff.downloads.export(
        "web", there.actor.address, there.ids["export"]
    )
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
