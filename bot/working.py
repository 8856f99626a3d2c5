"""`jiangjian work`: a pair of hands on any machine: delivers, makes exports and prints ahead until told to stop."""

from __future__ import annotations

import asyncio
import signal
from contextlib import ExitStack
from typing import TYPE_CHECKING

import typer

from bot.courier import Courier, Door, Receipt
from bot.hands import Hands
from bot.house.failure import Failure
from bot.house.neighbours import Neighbours
from dialogs.turn import Screen

if TYPE_CHECKING:
    from bot.house.conversation import Conversation
    from bot.house.settings import Settings
    from forms.library import Library
    from forms.printing.workers import Workers
    from storage.database import Database

_WEB = "web"


def work(context: typer.Context) -> None:
    """Deliver, make exports and print ahead for the fronts (`run`) that share this machine's PostgreSQL."""
    serve_work(context.obj.settings, context.obj.library())


def serve_work(settings: Settings, library: Library) -> None:
    """Work until SIGINT or SIGTERM. Raises `Failure` where the database serves one process alone."""
    from bot.house import wiring
    from storage.jobs import many_machines

    if not many_machines(settings.database_url):
        raise Failure(
            "SQLite is worked by the one `jiangjian run` itself: set JIANGJIAN_DATABASE to PostgreSQL"
        )
    with ExitStack() as stack:
        kept = stack.enter_context(wiring.database(settings.database_url))
        crew = stack.enter_context(wiring.workers(settings))
        conversation = wiring.conversation(settings, library, kept, crew)
        asyncio.run(_work(settings, conversation, kept, crew))


async def _work(settings: Settings, conversation: Conversation, kept: Database, crew: Workers) -> None:
    from storage.line import Line

    conversation.neighbours.join(Line(settings.database_url, kept))
    doors: dict[str, Door] = {_WEB: Pages(conversation.neighbours)}
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tasks = [
        asyncio.create_task(conversation.neighbours.run()),
        asyncio.create_task(Hands(settings.database_url, conversation, Courier(conversation, doors)).run()),
    ]
    print("匠荐 works (Ctrl-C stops it)", flush=True)
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


class Pages:
    """The web chat's door where no page is ever open: the fronts hear of it and wake theirs."""

    def __init__(self, neighbours: Neighbours) -> None:
        self._neighbours = neighbours

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        """As `bot.courier.Door.deliver`."""
        self._neighbours.say("waits", (_WEB, address))
        return Receipt()
