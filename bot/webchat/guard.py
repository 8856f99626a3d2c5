"""What holds for every request: our own origin, security headers, and no error without a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

from aiohttp import web

from bot.house.faults import note
from bot.webchat.keepers import DOOR
from bot.webchat.refusal import Refusal, of_status

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


#: Where a body is a file, which is read as it comes and given up with its request.
_FILES = "/files"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _words(request: web.Request, header: str) -> Iterator[str]:
    """What stands in a header, in all of its lines."""
    for value in request.headers.getall(header, []):
        yield from (word.strip().lower() for word in value.split(","))


def _upgrades(request: web.Request) -> bool:
    return "upgrade" in _words(request, "Connection") or "Upgrade" in request.headers


def _acts(request: web.Request) -> bool:
    return request.method not in {"GET", "HEAD"} or _upgrades(request)


def _encoded(request: web.Request) -> bool:
    """Whether a body is anything else than itself."""
    coded = {*_words(request, "Content-Encoding"), *_words(request, "Transfer-Encoding")}
    return bool(coded - {"", "identity", "chunked"})


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Ask whatever acts for our exact Origin; turn refusals and faults into sentences.

    The Host header plays no part: under DNS rebinding it agrees with a foreign Origin. A missing Origin is
    foreign too; every browser that has WebSockets sends one.
    """
    try:
        if _acts(request) and request.headers.getall("Origin", []) not in _own(request):
            raise Refusal("foreign_origin")
        if _encoded(request):
            raise Refusal("encoded")
        return await _handled(request, handler)
    except Refusal as refusal:
        return _refused(request, refusal)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        return _refused(request, of_status(error.status))
    except Exception as error:
        note("web.request_failed", error)
        return _refused(request, Refusal("broken"))


async def _handled(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What only looks, and what still arrives, ends when its connection does. What acts is done to its end."""
    if not _acts(request) or request.path == _FILES:
        return await handler(request)
    if not _upgrades(request):
        try:
            async with asyncio.timeout(request.app[DOOR].policy.upload_patience):
                await request.read()
        except TimeoutError as error:
            raise Refusal("too_slow") from error
    acting = asyncio.ensure_future(handler(request))
    try:
        return await asyncio.shield(acting)
    except asyncio.CancelledError:
        acting.add_done_callback(_unheard)
        raise


def _unheard(acting: asyncio.Future[web.StreamResponse]) -> None:
    """Nobody hears any more how it ended."""
    if not acting.cancelled() and (error := acting.exception()) and not isinstance(error, ConnectionError):
        note("web.request_failed", error)


def _own(request: web.Request) -> list[list[str]]:
    return [[origin] for origin in request.app[DOOR].policy.origins]


def _refused(request: web.Request, refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.retry)} if refusal.retry else {}
    if "text/html" in request.headers.get("Accept", ""):
        text = f"{refusal.chinese}\n{refusal.english}\n"
        return web.Response(text=text, status=refusal.status, headers=headers)
    return web.json_response(refusal.as_json(), status=refusal.status, headers=headers)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Security headers on everything. What a handler set itself stands."""
    policy = request.app[DOOR].policy
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", policy.page_security)
    response.headers.setdefault("Cache-Control", "private, no-store")
    if policy.secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    response.headers.popall("Server", None)
