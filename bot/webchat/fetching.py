"""What an office takes along, fetched: as a download that goes on where it broke off.

The link opens nothing by itself: it is the session's person who must have a seat at the office, at every request.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import hdrs, web
from multidict import CIMultiDict

from bot.house.exporting import NotExported
from bot.house.taken_along import mime_of
from bot.webchat.documents import disposition
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.refusal import Refusal

if TYPE_CHECKING:
    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.web_request import BaseRequest


#: What a browser shows by itself, and nothing in it can do anything.
_LOOKED_AT = frozenset({"image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4"})


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
    path = door.conversation.exports.path(export)
    if not path.is_file():
        raise Refusal("not_found")
    return _Resumable(
        path,
        headers={
            hdrs.CONTENT_TYPE: mime_of(export),
            hdrs.CONTENT_DISPOSITION: disposition("attachment", export.name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


async def evidence(request: web.Request) -> web.StreamResponse:
    """GET /evidence/<file>: a scan, photo or video of the case on one's desk, as it was sent; 404 for any other file."""
    door = request.app[DOOR]
    address = door.enter(request, "documents")
    found = await door.conversation.staff.downloads.evidence(CHANNEL, address, request.match_info["file"])
    if found is None or not found[0].is_file():
        raise Refusal("not_found")
    path, sent = found
    name = sent.name or sent.title
    kind = "inline" if sent.mime in _LOOKED_AT else "attachment"
    return _Resumable(
        path,
        headers={
            hdrs.CONTENT_TYPE: sent.mime if sent.mime in _LOOKED_AT else "application/octet-stream",
            hdrs.CONTENT_DISPOSITION: disposition(kind, name),
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


class _Resumable(web.FileResponse):
    """A file of which a part is sent only where the part before came from the very same file.

    aiohttp reads If-Range as a date alone; by RFC 9110 (13.1.5) a tag that is another one asks for the whole.
    """

    def __init__(self, path: Path, headers: dict[str, str]) -> None:
        super().__init__(path, headers=headers)
        self._file = path

    async def prepare(self, request: BaseRequest) -> AbstractStreamWriter | None:
        """As the base does, without the Range where what was fetched before is something else."""
        before = request.headers.get(hdrs.IF_RANGE, "").strip()
        if before.endswith('"') and before != self._tag():
            kept = CIMultiDict(request.headers)
            for name in (hdrs.RANGE, hdrs.IF_RANGE):
                kept.popall(name, None)
            request = request.clone(headers=kept)
        return await super().prepare(request)

    def _tag(self) -> str:
        """The ETag that the base gives."""
        try:
            lying = self._file.stat()
        except OSError:
            return ""
        return f'"{lying.st_mtime_ns:x}-{lying.st_size:x}"'
