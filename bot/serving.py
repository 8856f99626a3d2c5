"""`jiangjian run`: the web chat, and Telegram where a token is set, open until told to stop."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING

from aiohttp import web

from bot.house import wiring
from bot.house.failure import Failure
from bot.house.links import House
from bot.house.settings import Settings
from bot.webchat.policy import Policy
from bot.webchat.server import application
from forms.library import Library

if TYPE_CHECKING:
    from bot.telegram.running import Telegram

_ALL = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
_PATIENCE = 10  # seconds that open pages get to finish when we stop
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
        policy = Policy(public_url=url, proxies=settings.proxies, max_file=largest)
        house = House(url)
        app = application(conversation, policy, house)

        def telegram() -> Telegram | None:
            if not settings.bot_token.get_secret_value():
                return None
            from bot.telegram.running import Telegram

            return Telegram(settings, conversation, crew, house)

        asyncio.run(_open(app, door, url, telegram))


async def _open(
    app: web.Application, door: socket.socket, url: str, telegram: Callable[[], Telegram | None]
) -> None:
    bot = telegram()
    if bot:
        bot.install(app)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE)
    await runner.setup()
    try:
        await web.SockSite(runner, door).start()
        print(f"匠荐 is open at {url} (Ctrl-C stops it)", flush=True)
        await (bot.run(stop) if bot else stop.wait())
    finally:
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
