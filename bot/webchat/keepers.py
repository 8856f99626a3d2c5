"""What every handler of the door shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web

from bot.courier import Receipt
from bot.house.links import Links
from bot.webchat.cookies import Sessions
from bot.webchat.newcomers import Newcomers
from bot.webchat.pace import Paces
from bot.webchat.policy import Policy
from bot.webchat.tabs import Tabs
from dialogs.turn import Screen

if TYPE_CHECKING:
    from bot.house.conversation import Conversation

CHANNEL = "web"


@dataclass(frozen=True)
class Door:
    """The conversation behind the door and the door's own keepers."""

    conversation: Conversation
    policy: Policy
    sessions: Sessions
    paces: Paces
    newcomers: Newcomers
    tabs: Tabs
    links: Links

    @property
    def page(self) -> bool:
        """As `bot.courier.Door.page`."""
        return True

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        """As `bot.courier.Door.deliver`: an open page asks for its Screen; else it waits for whoever comes.

        Pages may be open in other processes: those hear of it and see to theirs.
        """
        self.conversation.neighbours.tell("waits", (CHANNEL, address))
        if not self.tabs.open(address):
            return Receipt()
        self.tabs.changed(address)
        return Receipt("page")

    def enter(self, request: web.Request, pace: str) -> str:
        """The address of whoever asks, having counted this request. Raises `Refusal`."""
        address = self.sessions.require(request)
        self.paces.spend(pace, request, address)
        return address


DOOR = web.AppKey("door", Door)
