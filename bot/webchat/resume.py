"""A code for a quarter of an hour, to go on at another device, and the lasting code as a picture to keep.

All other codes are typed into the conversation.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.screens import paper
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.refusal import Refusal
from dialogs.doors import written
from dialogs.words import Words


async def give(request: web.Request) -> web.Response:
    """POST /resume/code: a code that opens this person's interview elsewhere, and a link that takes it to Telegram."""
    door = request.app[DOOR]
    address = door.enter(request, "codes")
    try:
        code = await door.conversation.resume_code(CHANNEL, address)
    except LookupError as error:
        raise Refusal("no_case") from error
    return web.json_response({"code": code, "telegram": door.links.join_link(code)})


async def picture(request: web.Request) -> web.Response:
    """GET /resume/code.png: the person's recovery code with its QR code, at an address so that it can be kept."""
    door = request.app[DOOR]
    address = door.enter(request, "previews")
    try:
        text, locale = await door.conversation.recovery_code(CHANNEL, address)
    except LookupError as error:
        raise Refusal("no_case") from error
    code = written(Words(locale), text)
    image = await asyncio.to_thread(paper.picture, code, door.links.resume_link(text))
    return web.Response(body=image, content_type="image/png", headers={"Content-Disposition": "inline"})
