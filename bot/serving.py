"""`jiangjian run`: the web chat, and Telegram where a token is set, open until told to stop."""

from __future__ import annotations

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.courier import Courier, Door
from bot.demo import page as demo
from bot.demo.premises import swept
from bot.hands import Hands
from bot.house import readiness, wiring
from bot.house.conversation import utc_now
from bot.house.failure import Failure
from bot.house.masters import beside, file_of
from bot.house.paces import Pace
from bot.house.readiness import Readiness
from bot.house.settings import Settings
from bot.measuring import Measured, listened, listening_at
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.policy import Policy
from bot.webchat.server import application, listening
from forms.library import Library
from forms.printing import faces
from storage.database import Database
from storage.jobs import many_machines
from storage.line import Line

if TYPE_CHECKING:
    from bot.house.conversation import Conversation
    from bot.telegram.running import Telegram

#: What is done beside the doors, until cancelled.
Beside = Callable[[], Coroutine[Any, Any, None]]

_ALL = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
_PATIENCE = 10  # seconds that open pages get to finish when we stop
_BEHIND_PROXY = 75.0  # seconds a proxy of ours may keep a connection for later, as nginx does
_MB = 1024 * 1024


def _warned(settings: Settings) -> None:
    """The embedded default is for trying it: whoever has the directory has all of it."""
    if beside(settings):
        print(
            f"warning: the master key lies beside what it opens ({file_of(settings)}); "
            "for real cases keep it apart: JIANGJIAN_MASTER_KEY or JIANGJIAN_MASTER_KEY_FILE",
            file=sys.stderr,
            flush=True,
        )


def serve(settings: Settings, library: Library) -> None:
    """Open the doors and wait for SIGINT or SIGTERM. Raises `Failure` where one cannot be opened."""
    if not library.offered:
        raise Failure("there is no programme to offer: see what was left out, or name more with --programmes")
    with ExitStack() as stack:
        door = stack.enter_context(listened(settings.host, settings.port, "JIANGJIAN_PORT"))
        measured = stack.enter_context(listening_at(settings.metrics)) if settings.metrics else None
        kept = stack.enter_context(wiring.database(settings))
        crew = stack.enter_context(wiring.workers(settings))
        files = wiring.store(settings, kept)
        conversation = wiring.conversation(settings, library, kept, crew, files=files)
        port = door.getsockname()[1]
        url = settings.public_url or f"http://{_name(settings.host)}:{port}"
        largest = max(settings.largest_photo, settings.largest_pdf, settings.largest_video) * _MB
        _warned(settings)
        policy = Policy(
            public_url=url,
            proxies=settings.proxies,
            max_file=largest,
            newcomers=Pace(settings.newcomers, settings.newcomers / 60),
            new_sessions=Pace(2 * settings.newcomers, 2 * settings.newcomers / 60),
            idle=_BEHIND_PROXY if settings.proxies else Policy.idle,
        )
        links = wiring.links_of(settings, url)
        ready = readiness.of_house(kept, files)
        app = application(conversation, policy, links, ready)

        swept(settings.data)
        shown = demo.Demo(settings, library, kept, crew, url, port) if demo.offered(settings) else None
        if shown:
            shown.install(app)

        doors: dict[str, Door] = {CHANNEL: app[DOOR]}

        def telegram() -> Telegram | None:
            if not settings.bot_token.get_secret_value():
                return None
            from bot.telegram.running import Telegram

            bot = Telegram(settings, conversation, crew, links)
            doors["telegram"] = bot.door
            return bot

        beside = _beside(settings, library, kept, conversation, Courier(conversation, doors))
        if measured:
            pages = app[DOOR].tabs.__len__
            figures = Measured(kept, files, crew, utc_now, pages)
            beside = (*beside, partial(figures.serve, measured))
        leave = Leave(ready, settings.draining)
        asyncio.run(_open(app, policy, door, url, telegram, beside, shown, leave))


def _beside(
    settings: Settings, library: Library, kept: Database, conversation: Conversation, courier: Courier
) -> tuple[Callable[[], Coroutine[Any, Any, None]], ...]:
    """What is done beside the doors: alone all of it by looking now and again, else by jobs that any machine may do."""
    url = settings.database_url
    if not many_machines(url):
        return conversation.tend, conversation.exports.work, courier.run
    conversation.neighbours.join(Line(url, kept), wiring.footing(settings, library))
    sweeps = partial(conversation.exports.work, alone=False)
    return conversation.tend, sweeps, conversation.neighbours.run, Hands(url, conversation, courier).run


class Leave:
    """How it leaves: at once nobody is sent here any more, and some seconds later, or when told again, the doors close.

    Whoever is here is served until then.
    """

    def __init__(self, ready: Readiness, drain: float) -> None:
        self._ready, self._drain = ready, drain
        #: Set when the doors are to close.
        self.now = asyncio.Event()

    def told(self) -> None:
        """It is told to stop. To be called in the loop."""
        if self._ready.stopping or not self._drain:
            self.now.set()
        else:
            asyncio.get_running_loop().call_later(self._drain, self.now.set)
        self._ready.stopping = True


async def _open(  # noqa: PLR0913, PLR0917  # called once
    app: web.Application,
    policy: Policy,
    door: socket.socket,
    url: str,
    telegram: Callable[[], Telegram | None],
    beside: tuple[Beside, ...],
    shown: demo.Demo | None,
    leave: Leave,
) -> None:
    bot = telegram()
    if bot:
        bot.install(app)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, leave.told)
    runner = web.AppRunner(app, shutdown_timeout=_PATIENCE, handler_cancellation=True, **listening(policy))
    await runner.setup()
    tasks = [loop.create_task(work()) for work in beside]
    try:
        await web.SockSite(runner, door).start()
        # What was made so far stays: no collection looks at it again, which would hold everybody up for a tenth of a second.
        gc.collect()
        gc.freeze()
        gc.enable()
        print(f"匠荐 is open at {url} (Ctrl-C stops it)", flush=True)
        if not faces.ready():
            print(faces.AWAITED, flush=True)
        if shown and await shown.free():
            print(f"nobody has begun here: a demo in one press, gone in another, at {shown.url}", flush=True)
        await (bot.run(leave.now) if bot else leave.now.wait())
    finally:
        for task in tasks:
            task.cancel()
        await runner.cleanup()


def _name(host: str) -> str:
    """How people type the host where no public address is set."""
    if host in (*_ALL, "127.0.0.1", "::1"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
