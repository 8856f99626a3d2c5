"""For whoever starts and balances processes: whether this one lives, and whether it can take people now.

Strangers learn a code and no more; why stands in the log.
"""

from __future__ import annotations

from aiohttp import web

from bot.house.readiness import Readiness

READINESS = web.AppKey("readiness", Readiness)


async def lives(request: web.Request) -> web.Response:
    """200 as soon and as long as the loop answers."""
    return web.json_response({"alive": True})


async def ready(request: web.Request) -> web.Response:
    """200 where a turn can be taken; 503 with the code of what is in the way."""
    trouble = await request.app[READINESS].trouble()
    if not trouble:
        return web.json_response({"ready": True})
    return web.json_response({"ready": False, "code": trouble}, status=503, headers={"Retry-After": "5"})
