"""Who plays in a demo: cases from the programme's own case files, led through the real conversation, and two who receive them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.demo.edition import PROGRAMME
from bot.house.conversation import Conversation
from bot.webchat.cookies import Sessions
from bot.webchat.keepers import CHANNEL
from bot.workshop.guests import Guest, Host
from dialogs.turn import Screen, Turn
from forms.casefile import CaseFile, read_case
from forms.library import Library
from forms.offices import Office
from forms.seats import Role
from storage import offices
from storage.database import Database
from storage.unit import Unit

COUNTY, CITY = "南宁市江南区总工会", "南宁市总工会"
OFFICES = (
    Office(name=CITY, kind="city", phone="0771-2805708", hours="工作日 9:00–17:00"),
    Office(
        name=COUNTY,
        kind="county",
        above=CITY,
        programmes=(PROGRAMME,),
        address="南宁市江南区星光大道1号3楼",
        hours="工作日 9:00–17:00",
        corrects=True,
    ),
)
#: What the expert's part ends before: the letter is left for whoever opens the expert's address.
_LETTER = "expert_letter"
#: The cases that are handed in, and whether paper is missing: one with something to verify, then a clean one.
_HANDED_IN = (("exceptional.yaml", True), ("unit.yaml", False))
_HEAD, _CLERK = "王秀英", "韦晓燕"
_HALF_WAY = "experts.yaml"


class CannotPlayError(RuntimeError):
    """A case could not be played as it is written."""


@dataclass(frozen=True)
class Place:
    """Where somebody of a demo sits: the token of their web session, its address, and what the page opens first."""

    token: str
    address: str
    path: str = "/"

    @classmethod
    def fresh(cls, path: str = "/") -> Place:
        """A session that nobody has."""
        token, address = Sessions.fresh()
        return cls(token, address, path)


#: The three that somebody can be.
NOMINEE, EXPERT, STAFF = "nominee", "expert", "staff"


@dataclass
class Cast:
    """Plays everybody as far as they are to be when the demo begins. `places` are the three to be taken over, by role."""

    conversation: Conversation
    kept: Database
    library: Library
    now: datetime
    places: Mapping[str, Place] = field(
        default_factory=lambda: {role: Place.fresh() for role in (NOMINEE, EXPERT, STAFF)}
    )

    async def plays(self) -> None:
        """Offices open, their people sit down, two cases are handed in, a third is half way. Raises `CannotPlayError`."""
        ids = await self.kept.run(lambda unit: offices.add(unit, OFFICES, self.now))
        staff = _Visitor(self.conversation, self.places[STAFF].address)
        colleague = _Visitor(self.conversation, Place.fresh().address)
        await self._sits(staff, ids[0], "head", _HEAD)
        await self._sits(staff, ids[1], "head", _HEAD)
        await self._sits(colleague, ids[1], "clerk", _CLERK)
        await self._goes_half_way()
        for file, lacking in _HANDED_IN:
            await _takes_paper_in(colleague, await self._hands_in(file), lacking)

    async def _sits(self, person: _Visitor, office: str, role: Role, name: str) -> None:
        def invite(unit: Unit) -> str:
            return self.conversation.staff.seating.invite(unit, office, role, name, "demo", self.now).token

        await person.says(await self.kept.run(invite))
        await person.presses("seat", "take")

    async def _hands_in(self, file: str) -> str:
        """Gives the name of whoever handed in."""
        case = self._case(file)
        player = Host(*self._with(case))
        player.channel, player.address = CHANNEL, Place.fresh().address
        await player.play()
        for verb in ("hand_in", "hand_over"):
            if not await player._press(verb):
                raise CannotPlayError(f"{file}: {player.differences}")
        return str(case.answers["name"])

    async def _goes_half_way(self) -> None:
        player = _HalfWay(*self._with(self._case(_HALF_WAY)))
        player.channel, player.address = CHANNEL, self.places[NOMINEE].address
        player.expert = self.places[EXPERT].address
        await player.play()
        if len(player.guests) < 2 or not player.guests[-1].screen.asks:
            raise CannotPlayError(f"{_HALF_WAY}: {player.differences}")

    def _with(self, case: CaseFile) -> tuple[Any, ...]:
        programme = self.library.offered[0]
        return self.conversation, self.kept, programme, case, self._folder

    @property
    def _folder(self) -> Path:
        return self.library.directories[PROGRAMME] / "cases"

    def _case(self, name: str) -> CaseFile:
        case = read_case(name, (self._folder / name).read_text("utf-8"))
        return case.model_copy(update={"now": self.now, "answers": {**case.answers, "office_name": COUNTY}})


class _HalfWay(Host):
    """The nominee who has asked both experts in: the first is done, the second writes the letter."""

    expert = ""

    async def _gathers(self) -> bool:
        if not self._awaited:
            return False
        tokens = []
        for party, at in self._awaited:
            guest = Guest(self, self._programme, party, at)
            self.guests.append(guest)
            tokens.append(await self._invites(guest))
        last = self.guests[-1]
        last.channel, last.address = CHANNEL, self.expert
        last._answers = {asked: value for asked, value in last._answers.items() if asked != _LETTER}
        for guest, token in zip(self.guests, tokens, strict=True):
            await guest.comes(token)
        await self._send(text="进度")
        return False


async def _takes_paper_in(clerk: _Visitor, name: str, lacking: bool) -> None:
    """The clerk ticks the paper of somebody's case; where some is `lacking`, one came without its seal, and one not at all."""
    await clerk.says(name)
    await clerk.presses("open")
    await clerk.presses("papers")
    if lacking:
        unsealed, *rest = clerk.abouts("paper")
        for paper in rest[1:]:
            await clerk.presses("paper", paper)
            await clerk.presses("tick")
        await clerk.presses("paper", unsealed)
        await clerk.presses("lacks")
        await clerk.presses("lack", "0")
    else:
        await clerk.presses("tick_all")
    await clerk.says("看板")


class _Visitor:
    """Somebody at the web door who only types and presses."""

    def __init__(self, conversation: Conversation, address: str) -> None:
        self._conversation, self._address = conversation, address
        self._numbers = count(1)
        self.screen = Screen(parts=())

    async def says(self, text: str) -> None:
        """Type something."""
        await self._take(Turn(self._address, f"demo-{next(self._numbers)}", text=text))

    def abouts(self, verb: str) -> tuple[str, ...]:
        """What the buttons of a verb are about."""
        return tuple(
            button.action.about for button in self.screen.all_buttons() if button.action.verb == verb
        )

    async def presses(self, verb: str, about: str = "") -> None:
        """Press the button that does this. Raises `CannotPlayError` where there is none."""
        for token, button in self.screen.tokens().items():
            if button.action.verb == verb and button.action.about.startswith(about):
                await self._take(Turn(self._address, f"demo-{next(self._numbers)}", choice=token))
                return
        raise CannotPlayError(f"no button “{verb} {about}”")

    async def _take(self, turn: Turn) -> None:
        self.screen = await self._conversation.take(CHANNEL, self._address, turn)
