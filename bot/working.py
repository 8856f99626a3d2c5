"""`jiangjian work`: a pair of hands on any machine: delivers, makes exports and prints ahead until told to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.courier import Courier, Door, Receipt
from bot.hands import Hands
from bot.house import wiring
from bot.house.conversation import utc_now
from bot.house.failure import Failure
from bot.house.neighbours import Neighbours
from bot.measuring import Measured, listening_at
from dialogs.turn import Screen
from storage.jobs import many_machines
from storage.line import Line

if TYPE_CHECKING:
    from bot.house.conversation import Conversation
    from bot.house.settings import Settings
    from bot.telegram.running import Telegram
    from forms.library import Library

_WEB = "web"


def work(settings: Settings, library: Library) -> None:
    """Work until SIGINT or SIGTERM. Raises `Failure` where the database serves one process alone."""
    if not many_machines(settings.database_url):
        raise Failure(
            "SQLite is worked by the one `jiangjian run` itself: set JIANGJIAN_DATABASE to PostgreSQL"
        )
    with ExitStack() as stack:
        kept = stack.enter_context(wiring.database(settings))
        crew = stack.enter_context(wiring.workers(settings))
        links = wiring.links_of(settings)
        files = wiring.store(settings, kept)
        conversation = wiring.conversation(settings, library, kept, crew, links=links, files=files)

        def telegram() -> Telegram | None:
            if not settings.bot_token.get_secret_value():
                return None
            from bot.telegram.running import Telegram

            return Telegram(settings, conversation, crew, links)

        figures: tuple[Callable[[], Coroutine[Any, Any, None]], ...] = ()
        if settings.metrics:
            door = stack.enter_context(listening_at(settings.metrics))
            measured = Measured(kept, files, crew, utc_now)
            figures = (partial(measured.serve, door),)
        line = Line(settings.database_url, kept)
        conversation.neighbours.join(line, wiring.footing(settings, library))
        asyncio.run(_work(settings.database_url, conversation, telegram, figures))


async def _work(
    url: str,
    conversation: Conversation,
    telegram: Callable[[], Telegram | None],
    figures: tuple[Callable[[], Coroutine[Any, Any, None]], ...],
) -> None:
    neighbours = conversation.neighbours
    doors: dict[str, Door] = {_WEB: Pages(neighbours)}
    bot = telegram()
    if bot:
        doors["telegram"] = bot.door
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    hands = Hands(url, conversation, Courier(conversation, doors))
    tasks = [
        asyncio.create_task(each) for each in (neighbours.run(), hands.run(), *(each() for each in figures))
    ]
    done = asyncio.Event()
    speaking = asyncio.create_task(bot.attend(done) if bot else _waited(done))
    stopping = asyncio.create_task(_waited(stop))
    print("匠荐 works (Ctrl-C stops it)", flush=True)
    await asyncio.wait({stopping, speaking}, return_when=asyncio.FIRST_COMPLETED)
    for task in (*tasks, stopping):  # what is under way is told before the doors close
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    done.set()
    await speaking


async def _waited(event: asyncio.Event) -> None:
    await event.wait()


class Pages:
    """The web chat's door where no page is ever open: the fronts hear of it and wake theirs."""

    #: As `bot.courier.Door.page`.
    page = True

    def __init__(self, neighbours: Neighbours) -> None:
        self._neighbours = neighbours

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        """As `bot.courier.Door.deliver`."""
        self._neighbours.tell("waits", (_WEB, address))
        return Receipt()
