"""`jiangjian run`: the web chat, and Telegram where a token is set, open until told to stop."""

from __future__ import annotations

import asyncio
import errno
import gc
import signal
import socket
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.courier import Courier, Door
from bot.demo import page as demo
from bot.demo.premises import swept
from bot.house import wiring
from bot.house.failure import Failure
from bot.house.settings import Settings
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.policy import Pace, Policy
from bot.webchat.server import application, listening
from forms.library import Library

if TYPE_CHECKING:
    from bot.telegram.running import Telegram

_ALL = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
_PATIENCE = 10  # seconds that open pages get to finish when we stop
_BEHIND_PROXY = 75.0  # seconds a proxy of ours may keep a connection for later, as nginx does
_MB = 1024 * 1024


def serve(settings: Settings, library: Library) -> None:
    """Open the doors and wait for SIGINT or SIGTERM. Raises `Failure` where one cannot be opened."""
    if not library.offered:
        raise Failure("there is no programme to offer: see what was left out, or name more with --programmes")
    with ExitStack() as stack:
        door = stack.enter_context(_door(settings))
        kept = stack.enter_context(wiring.database(settings.database_url))
        crew = stack.enter_context(wiring.workers(settings))
        conversation = wiring.conversation(settings, library, kept, crew)
        port = door.getsockname()[1]
        url = settings.public_url or f"http://{_name(settings.host)}:{port}"
        largest = max(settings.largest_photo, settings.largest_pdf, settings.largest_video) * _MB
        policy = Policy(
            public_url=url,
            proxies=settings.proxies,
            max_file=largest,
            newcomers=Pace(settings.newcomers, settings.newcomers / 60),
            new_sessions=Pace(2 * settings.newcomers, 2 * settings.newcomers / 60),
            idle=_BEHIND_PROXY if settings.proxies else Policy.idle,
        )
        links = wiring.links_of(settings, url)
        app = application(conversation, policy, links)

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

        beside = (conversation.tend, conversation.exports.work, Courier(conversation, doors).run)
        asyncio.run(_open(app, policy, door, url, telegram, beside, shown))


async def _open(  # noqa: PLR0913, PLR0917  # called once
    app: web.Application,
    policy: Policy,
    door: socket.socket,
    url: str,
    telegram: Callable[[], Telegram | None],
    beside: tuple[Callable[[], Coroutine[Any, Any, None]], ...],
    shown: demo.Demo | None,
) -> None:
    bot = telegram()
    if bot:
        bot.install(app)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(app, shutdown_timeout=_PATIENCE, handler_cancellation=True, **listening(policy))
    await runner.setup()
    tasks = [loop.create_task(work()) for work in beside]
    try:
        await web.SockSite(runner, door).start()
        # What was made so far stays: no collection looks at it again, which would hold everybody up for a tenth of a second.
        gc.collect()
        gc.freeze()
        print(f"匠荐 is open at {url} (Ctrl-C stops it)", flush=True)
        if shown and await shown.free():
            print(f"nobody has begun here: a demo in one press, gone in another, at {shown.url}", flush=True)
        await (bot.run(stop) if bot else stop.wait())
    finally:
        for task in tasks:
            task.cancel()
        await runner.cleanup()


def _door(settings: Settings) -> socket.socket:
    """The listening socket, taken before anything else is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except (OSError, OverflowError) as error:
        where = f"{settings.host}:{settings.port}"
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise Failure(
                f"{where} is in use already: stop what listens there or set JIANGJIAN_PORT"
            ) from error
        raise Failure(f"cannot listen on {where}: {getattr(error, 'strerror', None) or error}") from error


def _name(host: str) -> str:
    """How people type the host where no public address is set."""
    if host in (*_ALL, "127.0.0.1", "::1"):
        return "localhost"
    return f"[{host}]" if ":" in host else host
