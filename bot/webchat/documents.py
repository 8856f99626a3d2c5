"""The packet's documents: as PDF to open or save, page by page as pictures to look at and to keep, sheets to save.

The pictures are there for phones: WeChat on Android opens no PDF, and another browser would not have the
session.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from bot.house import troubles
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


async def pages(request: web.Request) -> web.Response:
    """GET /documents/<id>.pages: {"pages": n}, once the document is printed."""
    printed = await _printed(request, PDF)
    return web.json_response({"pages": printed.pages})


async def picture(request: web.Request) -> web.Response:
    """GET /documents/<id>/<n>.jpg: one page, from 1, as a picture that can be pressed and kept.

    An address of its own and no script: what reads pages inside an app keeps nothing else.
    """
    printed = await _printed(request, PDF, "previews")
    number = int(request.match_info["page"])
    if not 1 <= number <= printed.pages:
        raise Refusal("not_found")
    door = request.app[DOOR]
    image = await door.conversation.page(printed, number, door.sessions.require(request))
    name = f"{Path(printed.filename).stem}-{number}.jpg"
    return web.Response(
        body=image,
        content_type="image/jpeg",
        headers={
            "Content-Disposition": f"inline; filename=\"page-{number}.jpg\"; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


async def _printed(request: web.Request, mime: str, pace: str = "documents") -> Printed:
    """The document that is asked for, if it is of that type."""
    door = request.app[DOOR]
    address = door.enter(request, pace)
    try:
        printed = await door.conversation.document(CHANNEL, address, request.match_info["document"])
    except LookupError as error:
        raise Refusal("not_found") from error
    except RenderFailed as error:
        note("web.document_failed", error)
        raise Refusal(troubles.unprinted(error)) from error
    if printed.mime != mime:
        raise Refusal("not_found")
    return printed


def disposition(kind: str, filename: str) -> str:
    """Content-Disposition with a Chinese name (RFC 6266, RFC 5987) and a plain one for very old clients."""
    extension = filename.rpartition(".")[2]
    return f"{kind}; filename=\"document.{extension}\"; filename*=UTF-8''{quote(filename, safe='')}"
