"""What is kept of the person, handed over: a copy of everything, streamed, and the story so far."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote

from aiohttp import web

from bot.screens.wire import telling_json
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.refusal import Refusal

#: A copy is one file here, however large, in bytes.
_ALL = 1 << 62
_SLICE = 64 * 1024
_QUESTION = re.compile(r"[a-z0-9_]{0,64}")


async def copy(request: web.Request) -> web.StreamResponse:
    """GET /documents/mydata.zip: everything that is kept of the person, as a download.

    It is packed while it is sent, at the reader's pace; one who reads nothing for too long is left.
    """
    door = request.app[DOOR]
    address = door.enter(request, "documents")
    async for packed in door.conversation.copies(CHANNEL, address, _ALL):
        response = web.StreamResponse(
            headers={
                "Content-Type": "application/zip",
                "Content-Disposition": f"attachment; filename=\"copy.zip\"; filename*=UTF-8''{quote(packed.filename)}",
            }
        )
        response.content_length = packed.size
        await response.prepare(request)
        async for piece in packed.pieces():
            for start in range(0, len(piece), _SLICE):
                async with asyncio.timeout(door.policy.send_patience):
                    await response.write(piece[start : start + _SLICE])
        await response.write_eof()
        return response
    raise Refusal("not_found")


async def story(request: web.Request) -> web.Response:
    """GET /story?before=QUESTION: the page of the story that ends before a question, or with its end."""
    door = request.app[DOOR]
    address = door.enter(request, "messages")
    before = request.query.get("before", "")
    if not _QUESTION.fullmatch(before):
        raise Refusal("bad_request")
    page = await door.conversation.story(CHANNEL, address, before)
    return web.json_response(telling_json(page) if page else {"entries": [], "earlier": None})
