"""The packet's documents: as PDF to open or save, as pictures to look at inside the page, sheets to save.

The pictures are there for phones: WeChat on Android opens no PDF, and another browser would not have the
session.
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from urllib.parse import quote

from aiohttp import web

from bot.house.documents import PDF, ZIP, Printed
from bot.house.faults import note
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.refusal import Refusal
from forms.printing.renderer import RenderFailed
from forms.sheet import XLSX

#: A PDF viewer is the browser's own; nothing inside the file may load or run anything.
_PDF_SECURITY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


async def pdf(request: web.Request) -> web.Response:
    """GET /documents/<id>.pdf: in the browser's viewer, or with ?save as a download under its own name."""
    printed = await _printed(request, PDF)
    kind = "attachment" if "save" in request.query else "inline"
    return web.Response(
        body=printed.content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": disposition(kind, printed.filename),
            "Content-Security-Policy": _PDF_SECURITY,
        },
    )


async def xlsx(request: web.Request) -> web.Response:
    """GET /documents/<id>.xlsx: a spreadsheet, which no browser shows, as a download under its own name."""
    return await _saved(request, XLSX)


async def bundle(request: web.Request) -> web.Response:
    """GET /documents/<id>.zip: the whole packet, as a download under its own name."""
    return await _saved(request, ZIP)


async def _saved(request: web.Request, mime: str) -> web.Response:
    printed = await _printed(request, mime)
    return web.Response(
        body=printed.content,
        content_type=mime,
        headers={
            "Content-Disposition": disposition("attachment", printed.filename),
            "Content-Security-Policy": _PDF_SECURITY,
        },
    )


async def pictures(request: web.Request) -> web.StreamResponse:
    """GET /documents/<id>.pages: one JSON line {"pages": n}, then a line {"image"} for each page as it is drawn."""
    printed = await _printed(request, PDF)
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    await response.prepare(request)
    door = request.app[DOOR]
    images = door.conversation.pages(printed, door.sessions.require(request))
    async for line in _lines(printed, images):
        async with asyncio.timeout(door.policy.send_patience):
            await response.write(json.dumps(line).encode() + b"\n")
    await response.write_eof()
    return response


async def _lines(printed: Printed, images: AsyncIterator[bytes]) -> AsyncIterator[dict[str, object]]:
    yield {"pages": printed.pages}
    async for image in images:
        yield {"image": b64encode(image).decode("ascii")}


async def _printed(request: web.Request, mime: str) -> Printed:
    """The document that is asked for, if it is of that type."""
    door = request.app[DOOR]
    address = door.enter(request, "documents")
    try:
        printed = await door.conversation.document(CHANNEL, address, request.match_info["document"])
    except LookupError as error:
        raise Refusal("not_found") from error
    except RenderFailed as error:
        note("web.document_failed", error)
        raise Refusal("not_printed") from error
    if printed.mime != mime:
        raise Refusal("not_found")
    return printed


def disposition(kind: str, filename: str) -> str:
    """Content-Disposition with a Chinese name (RFC 6266, RFC 5987) and a plain one for very old clients."""
    extension = filename.rpartition(".")[2]
    return f"{kind}; filename=\"document.{extension}\"; filename*=UTF-8''{quote(filename, safe='')}"
