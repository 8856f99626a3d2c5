"""Files on their way in, streamed, and a person's own files on their way out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from urllib.parse import unquote

from aiohttp import ClientError, web

from bot.house import troubles
from bot.webchat.keepers import CHANNEL, DOOR, Door
from bot.webchat.refusal import Refusal
from forms.attachment import Attachment
from forms.kinds.taking_files import megabytes

_CHUNK = 256 * 1024
#: A browser may keep a preview, and asks each time whether it still may: nobody else's session gets to see it.
_CACHING = "private, no-cache"


async def receive(request: web.Request) -> web.Response:
    """POST /files: the body is the file itself, its name percent-encoded in X-File-Name.

    Answers with what the inspection found; the page then sends the file's id as a message.
    """
    door = request.app[DOOR]
    address = door.enter(request, "uploads")
    name = unquote(request.headers.get("X-File-Name", ""), errors="replace").strip()[:200]
    if not name:
        raise Refusal("bad_request")
    size = request.content_length
    if (size or 0) > door.policy.max_file:
        raise _too_large(door, name)
    async with door.newcomers.stores(request, address) as count:
        count(size or 0)
        chunks = _chunks(request, door, name, count)
        try:
            attachment: Attachment = await door.conversation.receive(CHANNEL, address, name, chunks, size)
        except troubles.NOT_RECEIVED as error:
            raise Refusal(troubles.code_of(error)) from error
    facts = attachment.model_dump(include={"file", "name", "media", "size", "trouble", "pages"})
    return web.json_response(facts, status=201)


async def picture(request: web.Request) -> web.Response:
    """GET /files/<id>: a preview of the person's own picture. Anybody else's does not exist."""
    door = request.app[DOOR]
    address = door.enter(request, "previews")
    file = request.match_info["file"]
    tag = f'"{file}"'  # what an id stands for never changes
    headers = {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": "inline",
        "Cache-Control": _CACHING,
        "ETag": tag,
    }
    if tag in request.headers.get("If-None-Match", ""):
        if await door.conversation.attachment(CHANNEL, address, file) is None:
            raise Refusal("not_found")
        return web.Response(status=304, headers=headers)
    content = await door.conversation.photo(CHANNEL, address, file)
    if content is None:
        raise Refusal("not_found")
    return web.Response(body=content, content_type="image/jpeg", headers=headers)


def _too_large(door: Door, name: str) -> Refusal:
    return Refusal("too_large", name=name, most=megabytes(door.policy.max_file))


async def _chunks(
    request: web.Request, door: Door, name: str, count: Callable[[int], None]
) -> AsyncIterator[bytes]:
    """The body as it comes: all of it, or a `Refusal`."""
    total, declared = 0, request.content_length
    while True:
        try:
            async with asyncio.timeout(door.policy.upload_patience):
                chunk = await request.content.read(_CHUNK)
        except TimeoutError as error:
            raise Refusal("too_slow") from error
        except (ClientError, ConnectionError) as error:  # it broke off
            raise Refusal("cut_short") from error
        if not chunk:
            break
        total += len(chunk)
        if total > door.policy.max_file:
            raise _too_large(door, name)
        if declared is None:
            count(len(chunk))
        yield chunk
    if not total:
        raise Refusal("empty")
    if declared not in (None, total):
        raise Refusal("cut_short")
