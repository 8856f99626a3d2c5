"""The doors of a demo: one web chat for each of its people, at a port of their own, so that one browser can be all three."""

from __future__ import annotations

import secrets
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from aiohttp import web

from bot.courier import Receipt
from bot.demo.cast import Place
from bot.house.conversation import Conversation
from bot.house.links import Links
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.policy import Policy
from bot.webchat.server import application, listening
from dialogs.turn import Screen

_PATIENCE = 2  # seconds that open pages get to finish when the demo goes


@dataclass
class Away(Links):
    """As `Links`: `web` is where staff are, and `guest` where invitations are opened."""

    guest: str = ""

    def invitation_link(self, token: str) -> str:
        """A link that opens an invitation where the expert is."""
        return Links(self.guest).invitation_link(token)

    def seat_link(self, token: str) -> str:
        """A link that opens the invitation to a seat: there, too, since at the staff's own door somebody sits already."""
        return Links(self.guest).seat_link(token)


def sockets(host: str, port: int, number: int) -> list[socket.socket]:
    """Listening sockets at the ports behind this one, or at free ones where those are taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened: list[socket.socket] = []
    for at in range(1, number + 1):
        try:
            opened.append(socket.create_server((host, port + at), family=family))
        except (OSError, OverflowError):
            opened.append(socket.create_server((host, 0), family=family))
    return opened


@dataclass(frozen=True)
class Entrance:
    """Where somebody opens a door: its port, and the path that makes a browser this person."""

    port: int
    path: str


class Doors:
    """The open doors, one by role. To a courier they are one."""

    def __init__(self, conversation: Conversation, host: str) -> None:
        self._conversation = conversation
        self._host = host
        self._runners: list[web.AppRunner] = []
        self._apps: list[web.Application] = []

    async def open(
        self, places: Mapping[str, Place], listening_at: Sequence[socket.socket], links: Links
    ) -> dict[str, Entrance]:
        """Let everybody in at a door of their own; gives the ways in by role."""
        ways: dict[str, Entrance] = {}
        for (role, place), door in zip(places.items(), listening_at, strict=True):
            port = door.getsockname()[1]
            policy = Policy(public_url=f"http://{self._host}:{port}", cookie=f"jiangjian-demo-{role}")
            app = application(self._conversation, policy, links)
            way = f"/enter/{secrets.token_urlsafe(16)}"
            app.router.add_get(way, _let_in(place))
            runner = web.AppRunner(
                app, shutdown_timeout=_PATIENCE, handler_cancellation=True, **listening(policy)
            )
            self._runners.append(runner)
            self._apps.append(app)
            await runner.setup()
            await web.SockSite(runner, door).start()
            ways[role] = Entrance(port, way)
        self._conversation.neighbours.listen(CHANNEL, self._changed)
        return ways

    async def close(self) -> None:
        """Let nobody in any more."""
        for runner in self._runners:
            await runner.cleanup()
        self._runners.clear()
        self._apps.clear()

    @property
    def page(self) -> bool:
        """As `bot.courier.Door.page`."""
        return True

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        """As `bot.courier.Door.deliver`: wherever a page of this address is open."""
        receipt = Receipt()
        for app in self._apps:
            receipt = max(receipt, await app[DOOR].deliver(address, screen), key=lambda each: each.message)
        return receipt

    def _changed(self, address: str) -> None:
        for app in self._apps:
            app[DOOR].tabs.changed(address)


def _let_in(place: Place) -> Callable[[web.Request], Awaitable[NoReturn]]:
    async def enter(request: web.Request) -> NoReturn:
        response = web.HTTPFound(place.path)
        request.app[DOOR].sessions.hand_over(response, place.token, ())
        raise response

    return enter
