"""Telegram delivers updates to us. The answer is 200 only once the update counts; else Telegram delivers it again."""

from __future__ import annotations

import asyncio
import hmac
import json
import re

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL

from bot.house.failure import Failure
from bot.telegram.order import Order

log = structlog.get_logger(__name__)

_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LARGEST = 1024 * 1024
#: Telegram hangs up after a minute and delivers again; what is in hand then is recognised.
_PATIENCE = 50


class Webhook:
    """Takes what is posted to the address's path. Raises `Failure` on an address or a secret that Telegram refuses."""

    def __init__(self, order: Order, url: str, secret: str) -> None:
        if not secret:
            raise Failure("WEBHOOK_URL is set, so WEBHOOK_SECRET is needed too: 1 to 256 of A-Z a-z 0-9 _ -")
        if not _SECRET.fullmatch(secret):
            raise Failure("WEBHOOK_SECRET may have 1 to 256 characters, only of A-Z a-z 0-9 _ -")
        self._order = order
        self._secret = secret.encode()
        self._path = URL(url).path
        self._open = True

    def install(self, app: web.Application) -> None:
        """Stand before everything else of an application that was not started yet.

        The web chat's own guard asks for a browser's Origin, which Telegram does not send.
        """
        app.middlewares.insert(0, self._middleware())

    def close(self) -> None:
        """Take no more; Telegram keeps what comes now."""
        self._open = False

    def _middleware(self) -> Middleware:
        @web.middleware
        async def telegram(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.method == "POST" and request.path == self._path:
                return await self._receive(request)
            return await handler(request)

        return telegram

    async def _receive(self, request: web.Request) -> web.Response:
        shown = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(shown, self._secret):
            return web.Response(status=401)
        if not self._open:
            return web.Response(status=503)
        body = await request.content.read(_LARGEST + 1)
        while len(body) <= _LARGEST and (more := await request.content.read(_LARGEST)):
            body += more
        if len(body) > _LARGEST:
            return web.Response(status=413)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return web.Response(status=400)
        task = self._order.accept(raw)
        if task:
            # Shielded: whether Telegram hangs up says nothing about the turn.
            await asyncio.wait((task,), timeout=_PATIENCE)
            if not task.done() or task.cancelled():
                return web.Response(status=503)
        return web.Response()
