"""Who may see and do what in a case: every cell of `access.yaml`, tried at the doors of a house."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from sqlalchemy import select

from bot.workshop.rehearsal import pdf_text
from dialogs.keeping import written
from dialogs.trail_words import KINDS, LOOKED, Kind
from dialogs.turn import Action, Screen, Summary
from forms.loader import Source
from storage import interviews, tables
from storage.desk_tables import seat
from storage.unit import Unit
from tests.bot.house.desk.bureau import COUNTY, Bureau
from tests.bot.house.invitees import IDS, SOURCE, asks, gathered, nominated, one_more, takes, writes
from tests.bot.household import House, Someone, picture, stream

HERE = Path(__file__)
TABLE = YAML(typ="safe").load(HERE.with_name("access.yaml").read_text("utf-8"))
PAGE = HERE.parents[3] / "docs" / "access.md"
ACTORS = tuple(TABLE["actors"])
CELLS = {
    (action, actor): cell == "yes" or cell is True
    for action, row in TABLE["actions"].items()
    for actor, cell in zip(ACTORS, row, strict=True)
}
NUMBER, STORY, LETTER, DRAFT = "450122198409129963", "我热爱焊接这一行", "他手艺好得很", "她的手也很稳"
#: What people type to look at everything that is theirs.
LOOKS = (
    *("检查答案", "进度", "前面填的", "条件", "材料", "总览", "我的申报", "菜单"),
    *("我的数据", "隐私", "同意记录", "谁看过我的材料"),
)
#: Who sits at the office that had the case, and what the nominee agreed to by itself.
STAFF, SENSITIVE = "韦经办", "证书照片"
DECIDED: Kind = "accepted"
_FORM = SOURCE.files["forms/application.yaml"].replace(
    "label: 证书, ask: 请拍证书。}",
    f"label: 证书, ask: 请拍证书。, sensitive: {{what: {SENSITIVE}, why: 核对证书}}}}",
)


@dataclass
class Shared:
    """A case with everybody in it, at their doors, and what each was ever shown, told and offered."""

    house: House
    people: dict[str, Someone]
    file: str
    seen: dict[str, str]
    offered: dict[str, set[str]]

    async def opens(self, actor: str, document: str) -> bool:
        """Whether a document of this case opens, and not one of their own."""
        try:
            printed = await self.house.conversation.document("web", self.people[actor].address, document)
        except LookupError:
            return False
        return "陆建华" in pdf_text(printed.content)


def told(screen: Screen) -> str:
    return "\n".join((str(screen.parts), screen.echo, *(button.label for button in screen.all_buttons())))


async def looks(someone: Someone) -> tuple[str, set[str]]:
    """All that somebody can get to see by asking for it, with their copy of what is kept, and what they are offered."""
    texts, verbs = [], set()
    for words in ("", *LOOKS):
        screen = await (someone.says(words) if words else someone.take())
        for shown in (screen, *[await someone.presses(each) for each in _more(screen)]):
            texts.append(told(shown))
            verbs |= {button.action.verb for button in shown.all_buttons()}
            verbs |= {f"{button.action.verb} {button.action.about}" for button in shown.all_buttons()}
            verbs |= {f"door {button.action.about.partition(':')[0]}" for button in shown.all_buttons()}
    async for copy in someone.house.conversation.copies("web", someone.address, 1 << 24):
        content = b"".join([piece async for piece in copy.pieces()])
        with zipfile.ZipFile(io.BytesIO(content)) as kept:
            texts.extend(kept.read(name).decode(errors="replace") for name in kept.namelist())
    return "\n".join(texts), verbs


def _more(screen: Screen) -> list[str]:
    """The lines of a task list that open a page of one of the others."""
    groups = [group for part in screen.parts if isinstance(part, Summary) for group in part.groups]
    edits = [line.edit for group in groups for line in group.lines]
    return [button.label for button in edits if button.action.verb in {"asked", "amendment"}][:1]


@pytest.fixture
async def shared(house: House) -> Shared:
    gathered(house, Source({**SOURCE.files, "forms/application.yaml": _FORM}))
    people = {actor: Someone(house, actor) for actor in ACTORS}
    nominee = await nominated(people["nominee"])
    await takes(people["expert"], await asks(nominee))
    await writes(people["expert"], letter=LETTER)
    await takes(people["writer"], await asks(nominee, "覃秀兰", "同行"))
    await people["writer"].says("覃秀兰", IDS[1])
    await people["writer"].presses("对的")
    await people["writer"].says("同行")
    await people["writer"].presses("是")
    await people["writer"].says(DRAFT)
    await takes(people["worker"], await asks(nominee, "陆建华", "同事", "被推荐人本人"))
    await takes(people["unit"], await asks(nominee, "韦晓梅", "同事", "所在单位"))
    await people["unit"].says("韦晓梅")
    await nominee.says("进度")
    await nominee.presses("接着填")
    await nominee.says("南机公司", "跳过", STORY)
    await nominee.presses("同意")
    sent = await house.conversation.receive("web", "nominee", "证书.jpg", stream(picture()))
    await nominee.take(file=sent)
    await nominee.says("进度")
    await nominee.presses("看看莫振邦")
    await people["opened"].says(await one_more(nominee, "李卫东"))
    await people["other"].begins()
    await people["other"].says("个人申报", "钳工")
    await people["stranger"].take()
    await lies_at_an_office(house)
    seen, offered = {}, {}
    for actor in ACTORS:
        seen[actor], offered[actor] = await looks(people[actor])
    return Shared(house, people, sent.file, seen, offered)


async def lies_at_an_office(house: House) -> None:
    """The trail of the case as if it had been looked at, taken along and decided there."""
    bureau = await Bureau(house).opens()
    await bureau.seats(STAFF, bureau.county)

    def note(unit: Unit) -> None:
        nominee = interviews.speaker(unit, "web", "nominee")
        assert nominee
        assert nominee.case
        for kind in (*sorted(LOOKED), DECIDED):
            sits = unit.connection.execute(select(seat.c.id)).scalar_one()
            house.conversation.trail.note(unit, nominee.case, sits, kind, "", house.now)

    await house.database.run(note)


Cell = Callable[[Shared, str], Awaitable[bool]]


def sees(*words: str) -> Cell:
    async def cell(shared: Shared, actor: str) -> bool:
        return all(each in shared.seen[actor] for each in words)

    return cell


def may(*verbs: str) -> Cell:
    async def cell(shared: Shared, actor: str) -> bool:
        return bool(set(verbs) & shared.offered[actor])

    return cell


def prints(document: str) -> Cell:
    async def cell(shared: Shared, actor: str) -> bool:
        return await shared.opens(actor, document)

    return cell


async def gets_the_file(shared: Shared, actor: str) -> bool:
    return await shared.house.conversation.attachment("web", actor, shared.file) is not None


TRIED: dict[str, Cell] = {
    "被推荐人的姓名": sees("陆建华"),
    "被推荐人的工种": sees("焊工"),
    "被推荐人的事迹": sees(STORY),
    "被推荐人完整的身份证号": sees(NUMBER),
    "被推荐人发的文件": gets_the_file,
    "申请表 PDF": prints("application"),
    "写完的推荐函的内容": sees(LETTER),
    "推荐函 PDF（自己那一半）": prints("letter"),
    "写完的专家的身份证号": sees(IDS[0]),
    "没写完的推荐函的内容": sees(DRAFT),
    "谁在推荐、写到哪一步": sees("莫振邦，已完成"),
    "请人、换链接、撤回邀请": may("invite", "replace", "revoke"),
    "退出": may("withdrawing"),
    "婉拒": may("door cannot"),
    "指出哪一项不对": may("object"),
    "不同意推荐，取消申报": may("refuse", "pick agrees:no"),
    "被推荐人同意过什么": sees(f"日：{SENSITIVE}"),  # the day too: what will be asked for is told to all
    "撤回被推荐人的一项同意": may("recanting proofs", "recant proofs"),
    "哪个工会看过、带走过": sees(COUNTY, *(KINDS[each].text for each in LOOKED)),
    "工会办了什么、怎么决定的": sees(KINDS[DECIDED].text),
    "工会是谁看的、谁办的": sees(STAFF),
    "删除自己的全部内容": may("delete", "forget"),
}


async def test_every_cell_of_the_table_is_as_it_says(shared: Shared) -> None:
    assert TRIED.keys() == TABLE["actions"].keys()
    assert all(len(row) == len(ACTORS) for row in TABLE["actions"].values())
    differing = [
        f"{actor}: {action} is {not allowed}"
        for (action, actor), allowed in CELLS.items()
        if await TRIED[action](shared, actor) is not allowed
    ]
    assert not differing


#: Presses that are the nominee's alone, as anybody might make them up.
_FORGED = (
    ("invite", "expert"),
    ("replace", "expert 2"),
    ("revoke", "expert 1"),
    ("remind", "expert 2"),
    ("take_over", "trade"),
    ("leave_it", "trade"),
    ("edit", "trade"),
    ("sooner", "open"),
)


@pytest.mark.parametrize("actor", [actor for actor in ACTORS if actor != "nominee"])
async def test_a_made_up_press_changes_nothing_of_somebody_elses(shared: Shared, actor: str) -> None:
    before = await standing(shared.house)
    someone = shared.people[actor]
    for verb, about in (*_FORGED, ("switch", before[0])):
        await someone.take(choice=Action(verb, about).token(someone.screen.revision))
    assert await standing(shared.house) == before


async def standing(house: House) -> tuple[str, str, tuple[tuple[object, ...], ...]]:
    """The nominee's interview, what is kept of it, and every party and link."""

    def read(unit: Unit) -> tuple[str, str, tuple[tuple[object, ...], ...]]:
        nominee = interviews.speaker(unit, "web", "nominee")
        assert nominee
        kept = [
            tuple(row)
            for table in (tables.party, tables.code)
            for row in unit.connection.execute(select(table).order_by(*table.primary_key))
        ]
        return nominee.interview, written(nominee.state), tuple(kept)

    return await house.database.read(read)


def table(actors: dict[str, str], rows: dict[str, list[str]]) -> str:
    """Who the actors are, and a row for everything that they may try."""
    head = "| |" + "".join(f" {name} |" for name in actors) + "\n|---|" + "---|" * len(actors) + "\n"
    cells = "".join(
        f"| {action} |" + "".join(" ✓ |" if cell == "yes" else "  |" for cell in row) + "\n"
        for action, row in rows.items()
    )
    return "".join(f"- **{name}**: {what}\n" for name, what in actors.items()) + f"\n{head}{cells}"


def page() -> str:
    """`docs/access.md`, as the table has it."""
    return (
        "# Who may see and do what in a case\n\n"
        "Made from `tests/bot/house/access.yaml`; `tests/bot/house/test_access.py` tries every cell of it.\n\n"
        f"{table(TABLE['actors'], TABLE['actions'])}\n"
        "## At the desk\n\n"
        "Every page (看) and every deed (做) of the desk, and what is fetched beside the Screens (取), tried by"
        " `tests/bot/house/desk/test_desk_access.py` with presses that a Screen offered and such that none did."
        " 看 of `menu`, `offering` and `digest`, and 做 of `SeatOffered`, `DigestAt` and `LeftDesk`, are of each"
        " one's own office.\n\n"
        f"{table(TABLE['desk_actors'], TABLE['desk'])}"
    )


def test_the_page_in_docs_says_the_same() -> None:
    if os.environ.get("JIANGJIAN_WRITE_ACCESS"):
        PAGE.write_text(page(), "utf-8")
    assert PAGE.read_text("utf-8") == page()
