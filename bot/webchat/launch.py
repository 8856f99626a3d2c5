"""The page inside Telegram: what the client says of who opened it, for a session of theirs."""

from __future__ import annotations

from aiohttp import web

from bot.house.devices import Place
from bot.house.launches import NobodyThere, NotProven, TooOld
from bot.webchat.device import device_of
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.pace import network_of
from bot.webchat.refusal import Refusal


async def receive(request: web.Request) -> web.Response:
    """POST /launch with {"launch": "query_id=…&user=…&auth_date=…&hash=…"}; gives {"code"}, "" where it is done."""
    door = request.app[DOOR]
    address = door.enter(request, "codes")
    try:
        raw = (await request.json())["launch"]
    except (ValueError, LookupError, TypeError) as error:
        raise Refusal("bad_request") from error
    if not isinstance(raw, str):
        raise Refusal("bad_request")
    network, device = (
        network_of(request, door.policy.proxies),
        device_of(request.headers.get("User-Agent", "")),
    )
    try:
        outcome = await door.conversation.launched(Place(CHANNEL, address, network, device), raw)
    except NotProven as error:
        raise Refusal("not_proven") from error
    except TooOld as error:
        raise Refusal("launch_over") from error
    except NobodyThere as error:
        raise Refusal("not_agreed") from error
    return web.json_response({"code": outcome.code})
