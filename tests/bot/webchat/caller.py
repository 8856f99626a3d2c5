"""A browser without a window: keeps its cookie, names its origin, speaks over the WebSocket."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse, DummyCookieJar
from aiohttp.test_utils import TestServer

HOME = "https://jiangjian.example"


class Caller:
    """One person's browser. The cookie is kept by hand: it insists on https, which a test server is not."""

    def __init__(self, server: TestServer | str, origin: str | None = HOME) -> None:
        self._server = server if isinstance(server, str) else server.make_url("/")
        self._origin = origin
        self.cookie = ""
        self.forwarded = ""

    async def __aenter__(self) -> Self:
        self._session = ClientSession(self._server, cookie_jar=DummyCookieJar())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def request(self, method: str, path: str, **more: Any) -> ClientResponse:
        headers = {**self._headers(method != "GET"), **more.pop("headers", {})}
        response = await self._session.request(method, path, headers=headers, **more)
        self._keep(response)
        return response

    async def get(self, path: str, **more: Any) -> ClientResponse:
        return await self.request("GET", path, **more)

    async def post(self, path: str, **more: Any) -> ClientResponse:
        return await self.request("POST", path, **more)

    async def sends(self, name: str, content: Any) -> ClientResponse:
        return await self.post("/files", data=content, headers={"X-File-Name": name})

    async def connects(self) -> Line:
        """The WebSocket, after its first Screen."""
        if not self.cookie:
            await self.get("/")
        line = Line(await self.opens())
        line.screen = (await line.hears())["screen"]
        return line

    async def opens(self) -> ClientWebSocketResponse:
        """The WebSocket, whatever comes first."""
        return await self._session.ws_connect("/chat", headers=self._headers(True))

    def _headers(self, acts: bool) -> dict[str, str]:
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if self.forwarded:
            headers["X-Forwarded-For"] = self.forwarded
        if acts and self._origin is not None:
            headers["Origin"] = self._origin
        return headers

    def _keep(self, response: ClientResponse) -> None:
        for name, morsel in response.cookies.items():
            self.cookie = f"{name}={morsel.value}"


class Line:
    """An open WebSocket and the Screen last seen on it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self.socket = socket
        self.screen: dict[str, Any] = {}

    async def hears(self) -> dict[str, Any]:
        heard: dict[str, Any] = await self.socket.receive_json(timeout=10)
        return heard

    async def says(self, **content: str | int) -> dict[str, Any]:
        """Send one message and hear its answer."""
        message = {"id": str(uuid4()), **content}
        await self.socket.send_json(message)
        while (heard := await self.hears()) == {"changed": True}:
            pass  # a courier may tell of something at any moment
        assert heard.get("for") == message["id"]
        if "screen" in heard:
            self.screen = heard["screen"]
        return heard

    async def presses(self, label: str) -> dict[str, Any]:
        button = next(b for b in self.screen["buttons"] if b["label"].startswith(label))
        return await self.says(choice=button["token"])

    async def begins(self) -> None:
        """Consent and the first programme."""
        await self.presses("同意")
        await self.presses("2026年“南宁工匠”")

    @property
    def meant(self) -> dict[str, str | int]:
        """What is said now answers this."""
        return {"question": self.asked, "revision": self.screen["revision"]}

    @property
    def asked(self) -> str:
        return (self.screen["asks"] or {}).get("question", "")

    @property
    def text(self) -> str:
        return "\n".join(part.get("text", "") for part in self.screen["parts"])
