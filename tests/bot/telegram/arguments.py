"""What a method was called with, however it came: query, form, multipart or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from tests.bot.telegram.refusal import TOO_LARGE, Refusal, bad

_MOST_UPLOADED = 50 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    name: str
    mime: str
    content: bytes


class Arguments:
    """By name; values are text, or what JSON had."""

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.uploads = uploads or {}

    def has(self, name: str) -> bool:
        return name in self.values or name in self.uploads

    def text(self, name: str) -> str:
        value = self.values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes", "y", "t")

    def structure(self, name: str) -> Any:
        """JSON, as text or as it is."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            what = {"reply_markup": "reply keyboard markup"}.get(name, name)
            raise bad(f"Can't parse {what} JSON object") from None

    def file(self, name: str) -> Upload | str:
        """The upload itself, or the file_id or address that was given instead."""
        value = self.text(name)
        if value.startswith("attach://"):
            name = value.removeprefix("attach://")
            if name not in self.uploads:
                raise bad("Wrong file identifier/HTTP URL specified")
        return self.uploads.get(name) or value


async def arguments_of(request: web.BaseRequest) -> Arguments:
    """Read the request. Raises the Refusal for what is too large."""
    values: dict[str, Any] = dict(request.query)
    uploads: dict[str, Upload] = {}
    kind = request.content_type
    try:
        if kind == "application/json":
            values |= await request.json()
        elif kind == "multipart/form-data":
            await _parts(request, values, uploads)
        elif request.can_read_body:
            values |= {name: str(value) for name, value in (await request.post()).items()}
    except ValueError:
        raise Refusal(400, "Bad Request: can't parse the request") from None
    if sum(len(upload.content) for upload in uploads.values()) > _MOST_UPLOADED:
        raise TOO_LARGE
    return Arguments(values, uploads)


async def _parts(request: web.BaseRequest, values: dict[str, Any], uploads: dict[str, Upload]) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or not part.name:
            continue
        if part.filename is None:
            values[part.name] = await part.text()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, mime, bytes(await part.read()))
