"""Going on at another device, and leaving this one."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.house.joining import TooManyAttempts
from bot.webchat.door import CHANNEL, DOOR
from bot.webchat.refusal import Refusal

_LONGEST_CODE = 64


async def give(request: web.Request) -> web.Response:
    """POST /resume/code: a code that opens this person's interview elsewhere, and a link that takes it to Telegram."""
    door = request.app[DOOR]
    address = door.enter(request, "codes")
    try:
        code = await door.conversation.resume_code(CHANNEL, address)
    except LookupError as error:
        raise Refusal("no_case") from error
    return web.json_response({"code": code, "telegram": door.house.join_link(code)})


async def redeem(request: web.Request) -> web.Response:
    """POST /resume {"code"}: this device goes on with the interview the code belongs to."""
    door = request.app[DOOR]
    address = door.enter(request, "codes")
    code = await _code(request)
    try:
        fits = await door.conversation.redeem(CHANNEL, address, code)
    except TooManyAttempts as error:
        raise Refusal("too_fast", retry=15 * 60) from error
    if not fits:
        raise Refusal("wrong_code")
    door.tabs.changed(address)
    return web.json_response({"ok": True})


async def leave(request: web.Request) -> web.Response:
    """POST /leave: a new, empty session for this device; what was filled in stays with its resume code."""
    door = request.app[DOOR]
    door.sessions.require(request)
    response = web.json_response({"ok": True})
    door.sessions.replace(response)
    return response


async def _code(request: web.Request) -> str:
    try:
        said: Any = await request.json()
    except ValueError as error:
        raise Refusal("bad_request") from error
    code = said.get("code") if isinstance(said, dict) else None
    if not isinstance(code, str) or not 0 < len(code) <= _LONGEST_CODE:
        raise Refusal("bad_request")
    return code
