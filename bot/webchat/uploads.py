"""Files on their way in, streamed, and a person's own files on their way out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import unquote

from aiohttp import web

from bot.house.intake import NotBegun
from bot.webchat.door import CHANNEL, DOOR
from bot.webchat.refusal import Refusal
from storage.files import QuotaExceeded

_CHUNK = 256 * 1024


async def receive(request: web.Request) -> web.Response:
    """POST /files: the body is the file itself, its name percent-encoded in X-File-Name.

    Answers with what the inspection found; the page then sends the file's id as a message.
    """
    door = request.app[DOOR]
    address = door.enter(request, "uploads")
    name = unquote(request.headers.get("X-File-Name", ""), errors="replace").strip()[:200]
    if not name:
        raise Refusal("bad_request")
    if (request.content_length or 0) > door.policy.max_file:
        raise Refusal("too_large")
    chunks = _chunks(request, door.policy.max_file, door.policy.upload_patience)
    try:
        attachment = await door.conversation.receive(CHANNEL, address, name, chunks)
    except NotBegun as error:
        raise Refusal("not_begun") from error
    except QuotaExceeded as error:
        raise Refusal("too_many_files") from error
    facts = attachment.model_dump(include={"file", "name", "media", "size", "trouble", "pages"})
    return web.json_response(facts, status=201)


async def picture(request: web.Request) -> web.Response:
    """GET /files/<id>: a preview of the person's own picture. Anybody else's does not exist."""
    door = request.app[DOOR]
    address = door.sessions.require(request)
    content = await door.conversation.photo(CHANNEL, address, request.match_info["file"])
    if content is None:
        raise Refusal("not_found")
    return web.Response(
        body=content,
        content_type="image/jpeg",
        headers={"Content-Security-Policy": "default-src 'none'; sandbox", "Content-Disposition": "inline"},
    )


async def _chunks(request: web.Request, limit: int, patience: float) -> AsyncIterator[bytes]:
    total = 0
    while True:
        try:
            async with asyncio.timeout(patience):
                chunk = await request.content.read(_CHUNK)
        except TimeoutError as error:
            raise Refusal("too_slow") from error
        if not chunk:
            break
        total += len(chunk)
        if total > limit:
            raise Refusal("too_large")
        yield chunk
    if not total:
        raise Refusal("empty")
