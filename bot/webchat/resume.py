"""A code for a quarter of an hour, to go on at another device. All other codes are typed into the conversation."""

from __future__ import annotations

from aiohttp import web

from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.refusal import Refusal


async def give(request: web.Request) -> web.Response:
    """POST /resume/code: a code that opens this person's interview elsewhere, and a link that takes it to Telegram."""
    door = request.app[DOOR]
    address = door.enter(request, "codes")
    try:
        code = await door.conversation.resume_code(CHANNEL, address)
    except LookupError as error:
        raise Refusal("no_case") from error
    return web.json_response({"code": code, "telegram": door.links.join_link(code)})
