"""What an office takes along, fetched: as a download that goes on where it broke off.

The link opens nothing by itself: it is the session's person who must have a seat at the office, at every request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import BinaryIO

from aiohttp import hdrs, web

from bot.house.exporting import NotExported
from bot.house.taken_along import mime_of
from bot.webchat.documents import disposition
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.refusal import Refusal
from forms.readable import Readable, Unreachable

#: What a browser shows by itself, and nothing in it can do anything.
_LOOKED_AT = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4"})
#: Bytes handed on at a time.
_PIECE = 1 << 18


async def fetch(request: web.Request) -> web.StreamResponse:
    """GET /exports/<id>: the file, whole or the part that is asked for (Range).

    404 for whoever may not have it, 410 with a way on where it is there no more.
    """
    door = request.app[DOOR]
    address = door.enter(request, "documents")
    try:
        export = await door.conversation.staff.downloads.export(
            CHANNEL, address, request.match_info["export"]
        )
    except NotExported as error:
        raise Refusal(error.code) from error
    if export is None:
        raise Refusal("not_found")
    headers: dict[str, str] = {
        hdrs.CONTENT_TYPE: mime_of(export),
        hdrs.CONTENT_DISPOSITION: disposition("attachment", export.name),
    }
    return await _sent(request, await door.conversation.exports.kept(export), export.digest, headers)


async def evidence(request: web.Request) -> web.StreamResponse:
    """GET /evidence/<file>: a scan, photo or video of the case on one's desk, as it was sent; 404 for any other file."""
    door = request.app[DOOR]
    address = door.enter(request, "documents")
    fetched = await door.conversation.staff.downloads.evidence(CHANNEL, address, request.match_info["file"])
    if fetched is None:
        raise Refusal("not_found")
    kept, sent = fetched
    looked_at = sent.mime in _LOOKED_AT
    headers: dict[str, str] = {
        hdrs.CONTENT_TYPE: sent.mime if looked_at else "application/octet-stream",
        hdrs.CONTENT_DISPOSITION: disposition(
            "inline" if looked_at else "attachment", sent.name or sent.title
        ),
    }
    # A stored file never changes, so its id stands for its bytes.
    return await _sent(request, kept, sent.file, headers)


async def _sent(
    request: web.Request, file: Readable, stands_for: str, headers: Mapping[str, str]
) -> web.StreamResponse:
    """A file or a part of it (RFC 9110, 13 and 14), a piece of it in memory. `stands_for` is in its tag."""
    try:
        stream = await asyncio.to_thread(file.open)
    except Unreachable as error:
        raise Refusal("broken") from error
    except (LookupError, OSError) as error:
        raise Refusal("not_found") from error
    try:
        return await _part(request, stream, f'"{stands_for}"', headers)
    finally:
        await asyncio.to_thread(stream.close)


async def _part(
    request: web.Request, stream: BinaryIO, tag: str, headers: Mapping[str, str]
) -> web.StreamResponse:
    size = await asyncio.to_thread(stream.seek, 0, 2)
    headers = {
        **headers,
        hdrs.ETAG: tag,
        hdrs.ACCEPT_RANGES: "bytes",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    their_tags = {
        each.strip().removeprefix("W/") for each in request.headers.get(hdrs.IF_NONE_MATCH, "").split(",")
    }
    if their_tags & {tag, "*"}:
        return web.Response(status=304, headers={hdrs.ETAG: tag})
    start, end, status = 0, size, 200
    if hdrs.RANGE in request.headers and request.headers.get(hdrs.IF_RANGE, tag).strip() == tag:
        try:
            start, end, _ = request.http_range.indices(size)
        except ValueError:  # several parts, or none that is understood: the whole may be sent (14.2)
            pass
        else:
            if start >= end:
                return web.Response(status=416, headers={hdrs.CONTENT_RANGE: f"bytes */{size}"})
            headers[hdrs.CONTENT_RANGE], status = f"bytes {start}-{end - 1}/{size}", 206
    response = web.StreamResponse(status=status, headers=headers)
    response.content_length = end - start
    await response.prepare(request)
    await asyncio.to_thread(stream.seek, start)
    while request.method != hdrs.METH_HEAD and start < end:
        piece = await asyncio.to_thread(stream.read, min(_PIECE, end - start))
        if not piece:
            raise OSError("it ended before its end")
        start += len(piece)
        await response.write(piece)
    await response.write_eof()
    return response
