"""The address where Prometheus reads the figures: one of its own, never the public one."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.house import measures
from bot.house.failure import Failure
from storage.figures import Figures, figures

if TYPE_CHECKING:
    from forms.printing.workers import Workers
    from storage.database import Database
    from storage.files import FileStore

log = structlog.get_logger(__name__)

#: Seconds that the database may take; and that its figures are good for, however often they are read.
_PATIENCE, _GOOD = 5.0, 5.0


class Measured:
    """What the figures are read from. `pages` tells how many pages of the web chat are connected."""

    def __init__(
        self,
        kept: Database,
        files: FileStore,
        crew: Workers,
        clock: Callable[[], datetime],
        pages: Callable[[], int] = lambda: 0,
    ) -> None:
        self._kept, self._files, self._crew, self._pages, self._clock = kept, files, crew, pages, clock
        self._read: tuple[float, Figures] | None = None

    async def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        measures.PAGES.set(self._pages())
        measures.QUEUE.set(self._crew.waiting)
        try:
            measures.FREE_BYTES.set(await asyncio.to_thread(lambda: self._files.free))
            _set(await self._figures())
        except Exception as error:
            measures.UP.set(0)
            log.warning("figures.not_read", error=type(error).__name__)
        else:
            measures.UP.set(1)
        return generate_latest(measures.REGISTRY)

    async def serve(self, door: socket.socket) -> None:
        """Let them be read at a listening socket, until cancelled."""

        async def answer(_: web.Request) -> web.Response:
            return web.Response(body=await self.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

        app = web.Application()
        app.add_routes([web.get("/metrics", answer)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.SockSite(runner, door).start()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _figures(self) -> Figures:
        now = asyncio.get_running_loop().time()
        if self._read is None or now > self._read[0]:
            async with asyncio.timeout(_PATIENCE):
                numbers = await self._kept.read(lambda unit: figures(unit, self._clock()))
            self._read = (now + _GOOD, numbers)
        return self._read[1]


def _set(numbers: Figures) -> None:
    measures.OUTBOX.labels("waiting").set(numbers.waiting)
    measures.OUTBOX.labels("due").set(numbers.due)
    measures.OUTBOX.labels("dead").set(numbers.dead)
    measures.OUTBOX_AGE.set(numbers.oldest / timedelta(seconds=1))
    for state in ("waiting", "making", "ready", "failed"):
        measures.EXPORTS.labels(state).set(numbers.exports.get(state, 0))
    for work in ("deliver", "export", "print"):
        measures.JOBS.labels(work).set(numbers.jobs.get(work, 0))
    measures.FILES.set(numbers.files)
    measures.FILES_BYTES.set(numbers.size)


def listening_at(place: str) -> socket.socket:
    """A socket for the figures at an address and port, as `JIANGJIAN_METRICS` names them. Raises `Failure`."""
    host, _, port = place.rpartition(":")
    return listened(host.strip("[]"), int(port), "JIANGJIAN_METRICS")


def listened(host: str, port: int, variable: str) -> socket.socket:
    """A listening socket, taken before anything else is started; `variable` is where it was set. Raises `Failure`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        where = f"{host}:{port}"
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise Failure(f"{where} is in use already: stop what listens there or set {variable}") from error
        raise Failure(f"cannot listen on {where}: {getattr(error, 'strerror', None) or error}") from error
