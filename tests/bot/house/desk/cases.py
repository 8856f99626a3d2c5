"""Cases at a desk: with doubts that are left to staff and technicians who wrote letters; and presses as anybody forges them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.trail_words import word
from forms.library import Library
from forms.loader import Source, load
from storage import stays
from storage.desk_tables import stay
from storage.stays import Stay
from tests.bot.house.desk.bureau import CITY, COUNTY, Bureau, hands_in
from tests.bot.house.invitees import SOURCE, asks, nominated, takes, writes
from tests.bot.household import House, Someone, picture, stream

_DOUBTS = """
  - id: craft
    title: 技艺突出
    clause: 四3
    condition: "'技艺' in conditions"
    doubt: "trade == '焊工'"
    met: 技艺突出
    unmet: 技艺不突出
    verify: 技艺是不是突出，由工会看
  - id: near
    party: expert
    title: 了解被推荐人
    clause: 四2
    condition: relation != '不认识'
    doubt: "relation == '同班组八年'"
    met: 了解
    unmet: 不了解
    verify: 了解多少，由工会看
"""
_STAGES = """
stages:
  - {id: screening, title: 初审, kind: review, ratio: "1:1.5", clause: 八1}
  - {id: notice, title: 公示5个工作日, kind: notice, days: 5, clause: 八2}
  - {id: naming, title: 命名, kind: naming, clause: 八3}
places: 2
"""
_STATEMENT = """
statement: {title: 工会填写的内容, task: 写推荐理由, clause: 七}
"""
_OFFICE = """
id: office
title: 工会填写
party: office
sections:
  - id: all
    title: 工会填写
    questions:
      - kind: prose
        id: office_reason
        label: 推荐理由
        ask: 请写推荐理由。
        help: 印在申请表上
        limit: {value: 20, measure: within}
        suggest: [{text: "{{ nominee.story }}"}]
        clause: 七
      - {kind: phone, id: office_phone, label: 联系电话, ask: 电话是多少？, optional: true}
"""
_STATED_PRINT = "{{ offices[0].office_reason if offices and offices[0] else '' }}"
_WEIGHED = Source(
    {
        **SOURCE.files,
        "programme.yaml": SOURCE.files["programme.yaml"] + _STAGES + _STATEMENT,
        "forms/office.yaml": _OFFICE.replace("        limit", "        optional: true\n        limit"),
        "rules.yaml": SOURCE.files["rules.yaml"] + _DOUBTS,
    }
)

STATED_SOURCE = Source(
    {
        **SOURCE.files,
        "programme.yaml": SOURCE.files["programme.yaml"] + _STATEMENT,
        "forms/office.yaml": _OFFICE,
        "print/application.html": f"<p>{{{{ name }}}} {{{{ remark }}}} {_STATED_PRINT}</p>",
    }
)


#: A rule on the nominee and one on each technician are left to staff; and there are stages.
WEIGHED = load(_WEIGHED)
#: The union that receives a case writes why it recommends.
STATED = load(STATED_SOURCE)


def weighed(house: House) -> House:
    """The house with a programme that leaves a rule on the nominee and one on each technician to staff."""
    house.open(Library((WEIGHED,), (), {WEIGHED.digest: _WEIGHED}, {}))
    return house


def stated(house: House) -> House:
    """The house with a programme of which the receiving union writes a part itself."""
    house.open(Library((STATED,), (), {STATED.digest: STATED_SOURCE}, {}))
    return house


@dataclass
class Lying:
    """A case at the county union, with whoever handed it in and who sits there."""

    bureau: Bureau
    anna: Someone
    clerk: Someone
    experts: tuple[Someone, ...] = ()

    @property
    def house(self) -> House:
        return self.bureau.house

    async def opens(self, whose: Someone | None = None, name: str = "陆建华") -> Someone:
        """Somebody opens the case from the board."""
        someone = whose or self.clerk
        await someone.says("看板")
        await someone.presses(f"打开{name}")
        return someone

    async def stay(self, office: str = "") -> Stay:
        """The case as it lies at an office; the county's, where none is named."""
        wanted = stay.c.office == (office or self.bureau.county)
        found = stay.select().where(wanted).with_only_columns(stay.c.id)
        return await self.house.database.read(
            lambda unit: _known(stays.one(unit, unit.connection.execute(found).scalar_one()))
        )

    async def trail(self) -> list[tuple[str, str]]:
        """Who did what, as the history of the case tells it."""
        row = await self.stay()
        history = await self.house.database.read(
            lambda unit: self.house.conversation.staff.scenes.history(unit, row.case)
        )
        return [(each.by, word(each.kind).text) for each in history]


def _known(found: Stay | None) -> Stay:
    assert found is not None
    return found


async def lying(house: House, *, corrects: bool = False) -> Lying:
    """A case of one person alone."""
    bureau = await Bureau(house).opens(corrects=corrects)
    clerk = await bureau.seats("韦经办", bureau.county)
    return Lying(bureau, await hands_in(house), clerk)


async def together(house: House, *, corrects: bool = False) -> Lying:
    """A case with two technicians' letters, all of whose verdicts are left to staff."""
    bureau = await Bureau(weighed(house)).opens(corrects=corrects)
    clerk = await bureau.seats("韦经办", bureau.county)
    anna = await nominated(Someone(house, address="anna"))
    experts = []
    for number, name in enumerate(("莫振邦", "覃秀兰")):
        expert = await takes(Someone(house, address=f"expert{number}"), await asks(anna, name))
        experts.append(await writes(expert, number, name, letter=f"{name}说他手艺好"))
    await anna.says("进度")
    await anna.presses("接着填")
    await anna.says("第一机床厂", "书法", "手艺好", "写完了")
    kept = await house.conversation.receive("web", "anna", "证书.jpg", stream(picture()))
    await anna.take(file=kept)
    await anna.presses("发完了", "没问题", "属实", "递交", COUNTY, "递交给")
    return Lying(bureau, anna, clerk, tuple(experts))


async def forges(someone: Someone, verb: str, about: str = "", behind: int = 0) -> str:
    """Press what no Screen offered, or one that is `behind` the current one; gives what is said to it."""
    await someone.take(choice=f"{someone.screen.revision - behind:x}.~{verb}~{about}")
    return said(someone)


def said(someone: Someone) -> str:
    """All that stands on somebody's Screen in words."""
    return "\n".join(getattr(part, "text", "") for part in someone.screen.parts)


def shows(someone: Someone) -> str:
    """All that somebody's Screen says: its parts and its buttons."""
    return f"{someone.screen.parts} {[button.label for button in someone.screen.all_buttons()]}"


async def speaks(house: House) -> None:
    """A courier opens what is due, and tells it at doors that show it when somebody comes."""
    post = house.conversation.post
    while items := await post.claim():
        for item in items:
            if not await post.opened(item):
                await post.delivered(item, "")


def another(someone: Someone, channel: str) -> Someone:
    """The same person's address at another channel."""
    return replace(someone, channel=channel)


__all__ = ["CITY", "COUNTY", "Lying", "another", "forges", "lying", "said", "shows", "speaks", "together"]
