"""Telegram's Bot API on loopback, as strict as the real one.

The sentences, codes and rules are those of github.com/tdlib/telegram-bot-api (Client.cpp, WebhookActor.cpp) and of
TDLib below it. What a person does comes in through `tests.bot.telegram.phone.Phone`; what the network does to the
bot is asked for with `fail`.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import web

from tests.bot.telegram import editing, profile, sending
from tests.bot.telegram.arguments import Arguments, arguments_of
from tests.bot.telegram.chats import Change, Chat, Files, Message
from tests.bot.telegram.flood import Flood, Limits
from tests.bot.telegram.refusal import (
    NO_METHOD,
    NOT_FOUND,
    QUERY_TOO_OLD,
    UNAUTHORIZED,
    Refusal,
    bad,
    forbidden,
)
from tests.bot.telegram.updates import Updates
from tests.bot.telegram.waiting import Pulse

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"
_QUERY_LIVES = 150.0  # seconds
_PIECES = 8  # that a download comes in
_BAD_GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
)

Trouble = Literal[
    "too_many", "internal", "bad_gateway", "lost_before", "lost_after", "silent_before", "silent_after",
    "odd_after", "garbled_after", "broken_after",
]  # fmt: skip


@dataclass
class Fault:
    """What goes wrong with the next calls: `times` of them, of one method and in one chat where these are set.

    “before” and “after” tell whether the call takes effect; “lost” cuts the connection, “silent” never answers.
    Three say yes (200) in their way: “odd” in words of tomorrow, “garbled” in no words at all, “broken” stops in
    the middle.
    """

    trouble: Trouble
    method: str = ""
    chat: int = 0
    times: int = 1
    retry_after: int = 1
    hits: int = 0

    def fits(self, method: str, chat: int) -> bool:
        return self.times > 0 and self.method.lower() in ("", method) and self.chat in (0, chat)


@dataclass(frozen=True)
class Call:
    """A method that was called, and what was said to it (“ok” or the refusal)."""

    method: str
    chat: int
    values: dict[str, Any] = field(repr=False)
    said: str
    at: float


class Telegram:
    """The world behind the Bot API: one bot, its chats, files and updates."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        token: str = TOKEN,
        local: bool = True,
    ) -> None:
        self.token = token
        self.local = local  # a local Bot API server takes webhooks without TLS
        self.clock = clock
        self.bot: dict[str, Any] = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "匠荐",
            "username": "jiangjian_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.flood = Flood(limits, clock)
        self.updates = Updates(self._execute)
        self.profile = profile.Profile()
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        #: How many seconds the next download takes.
        self.slowness: Callable[[], float] = lambda: 0.0
        self.forgiven: list[str] = []  # refusals that are to be expected, by a part of their words
        self.queries: dict[str, tuple[Chat, float]] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self._ids = count(1)
        self._group_ids: dict[int, count[int]] = {}
        self._methods: dict[str, Callable[[Telegram, Arguments], Any]] = {
            **sending.METHODS,
            **editing.METHODS,
            **profile.METHODS,
            "getme": lambda telegram, _: (
                telegram.bot | {"can_join_groups": True, "supports_inline_queries": False}
            ),
            "answercallbackquery": Telegram._answer_query,
        }
        self._pulse = Pulse()
        self._runner: web.ServerRunner | None = None
        self.url = ""

    # Running

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(
            web.Server(self._handle, handler_cancellation=True), shutdown_timeout=0.1
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.updates.close()
        if self._runner:
            await self._runner.cleanup()

    # What happens in chats

    def chat(self, json: dict[str, Any]) -> Chat:
        """The chat with this id, opened where it is new. Private chats share one row of message ids."""
        number = int(json["id"])
        if number not in self.chats:
            ids = self._ids if json["type"] == "private" else self._group_ids.setdefault(number, count(1))
            self.chats[number] = Chat(json, lambda: next(ids))
        return self.chats[number]

    def reached(self, arguments: Arguments) -> Chat:
        """The chat that a method speaks to. Raises the Refusal where the bot may not."""
        given = arguments.text("chat_id")
        if not given:
            raise bad("chat_id is empty")
        chat = self.chats.get(int(given)) if given.lstrip("-").isdecimal() else None
        if chat is None:
            raise bad("chat not found")
        if chat.private and chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.private and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        if not chat.member:
            raise forbidden("bot was kicked from the group chat")
        return chat

    def now(self) -> int:
        """Seconds since 1970, for dates."""
        return int(time.time())

    def query(self, chat: Chat, identifier: str) -> None:
        """A button was pressed; its query can be answered once and for a while."""
        self.queries[identifier] = (chat, self.clock() + _QUERY_LIVES)

    def _answer_query(self, arguments: Arguments) -> bool:
        identifier = arguments.text("callback_query_id")
        if len(arguments.text("text")) > 200:
            raise bad("MESSAGE_TOO_LONG")
        chat, until = self.queries.pop(identifier, (None, 0.0))
        if chat is None or self.clock() > until:
            raise QUERY_TOO_OLD
        said: dict[str, Any] = {"text": arguments.text("text"), "show_alert": arguments.flag("show_alert")}
        self.answers[identifier] = said
        chat.note(Change("answered", value=said["text"]))
        return True

    def forget_queries(self) -> None:
        """All presses so far are too old to be answered."""
        self.queries.clear()

    # What the bot asks

    def fail(self, trouble: Trouble, method: str = "", **more: Any) -> Fault:
        """Let the next calls go wrong."""
        fault = Fault(trouble, method, **more)
        self.faults.append(fault)
        return fault

    @property
    def refusals(self) -> list[Call]:
        """The calls that were refused, other than for speed, for another poller and as expected."""
        return self.refusals_since(0)

    def refusals_since(self, first: int) -> list[Call]:
        """Those among the calls from a certain one on."""
        codes = ("400", "401", "403", "404", "413")
        refused = [call for call in self.calls[first:] if call.said[:3] in codes]
        return [call for call in refused if not any(words in call.said for words in self.forgiven)]

    async def until(self, holds: Callable[[], object], what: str, seconds: float = 15) -> None:
        """Wait until something holds of what the bot called."""
        await self._pulse.until(holds, what, seconds, lambda: self.calls[-20:])

    def called(self, method: str, chat: int = 0) -> list[Call]:
        wanted = method.lower()
        return [call for call in self.calls if call.method == wanted and chat in (0, call.chat)]

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        _, _, path = request.path.partition("/bot")
        if request.path.startswith("/file/bot"):
            return await self._download(request)
        token, _, method = path.partition("/")
        method = method.lower()
        if not request.path.startswith("/bot") or not method:
            return _refused(NOT_FOUND)
        arguments = Arguments({})
        try:
            arguments = await arguments_of(request)
            if token != self.token:
                shaped = token.split(":")[0].isdecimal() and len(token.partition(":")[2]) > 20
                raise UNAUTHORIZED if shaped else NOT_FOUND
            return await self._call(request, method, arguments)
        except Refusal as refusal:
            self._log(method, arguments, str(refusal))
            return _refused(refusal)

    async def _call(self, request: web.BaseRequest, method: str, arguments: Arguments) -> web.StreamResponse:
        chat = arguments.integer("chat_id")
        fault = next((fault for fault in self.faults if fault.fits(method, chat)), None)
        if fault is None:
            return await self._answer(method, arguments)
        fault.times -= 1
        fault.hits += 1
        if fault.trouble.endswith("_after"):
            done = await self._answer(method, arguments)
        self._log(method, arguments, fault.trouble)
        match fault.trouble:
            case "too_many":
                body = Refusal(
                    429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after
                )
                return _refused(body)
            case "internal":
                return _refused(Refusal(500, "Internal Server Error"))
            case "bad_gateway":
                return web.Response(status=502, text=_BAD_GATEWAY, content_type="text/html")
            case "odd_after" | "garbled_after" | "broken_after":
                return await _unreadable(request, done, fault.trouble)
            case "silent_before" | "silent_after":
                await asyncio.Event().wait()  # until the caller has had enough
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    async def _answer(self, method: str, arguments: Arguments) -> web.Response:
        if method == "getupdates":
            body = await self._get_updates(arguments)
        else:
            result = self._do(method, arguments)
            body = json.dumps({"ok": True, "result": result}, ensure_ascii=False)
            self._log(method, arguments, "ok")
        return web.Response(text=body, content_type="application/json")

    async def _get_updates(self, arguments: Arguments) -> str:
        allowed = arguments.structure("allowed_updates")
        if allowed is not None:
            self.updates.allowed = set(allowed) or None
        timeout = min(arguments.integer("timeout"), 50)
        found = await self.updates.poll(arguments.integer("offset"), arguments.integer("limit", 100), timeout)
        return f'{{"ok": true, "result": [{", ".join(update.json for update in found)}]}}'

    def _do(self, method: str, arguments: Arguments) -> Any:
        found = self._methods.get(method)
        if found is None:
            raise NO_METHOD
        result = found(self, arguments)
        return result.shown() if isinstance(result, Message) else result

    async def _execute(self, call: dict[str, Any]) -> None:
        """A method that came in the answer to a webhook: its result is told to nobody."""
        method, arguments = str(call.pop("method")).lower(), Arguments(call)
        try:
            self._do(method, arguments)
            self._log(method, arguments, "ok")
        except Refusal as refusal:
            self._log(method, arguments, str(refusal))

    def _log(self, method: str, arguments: Arguments, said: str) -> None:
        call = Call(method, arguments.integer("chat_id"), arguments.values, said, self.clock())
        self.calls.append(call)
        self._pulse.beat()

    async def _download(self, request: web.BaseRequest) -> web.StreamResponse:
        token, _, path = request.path.removeprefix("/file/bot").partition("/")
        stored = self.files.at(path)
        if token != self.token or stored is None:
            return _refused(NOT_FOUND)
        content, seconds = stored.content, self.slowness()
        answer = web.StreamResponse()
        answer.content_type, answer.content_length = "application/octet-stream", len(content)
        await answer.prepare(request)
        piece = len(content) // _PIECES + 1
        for start in range(0, len(content), piece):
            await asyncio.sleep(seconds / _PIECES)
            await answer.write(content[start : start + piece])
        return answer


async def _unreadable(request: web.BaseRequest, answer: web.Response, trouble: Trouble) -> web.StreamResponse:
    """A yes that the bot cannot read."""
    told = answer.text or ""
    if trouble == "odd_after":
        body = json.loads(told)
        result = body["result"]
        body["result"] = (
            result | {"date": "tomorrow"} if isinstance(result, dict) and "date" in result else {"yes": 1}
        )
        return web.Response(text=json.dumps(body), content_type="application/json")
    if trouble == "garbled_after":
        return web.Response(body=b"\xff\xfe<html>", content_type="text/html")
    broken = web.StreamResponse(headers={"Content-Length": str(len(told.encode()))})
    await broken.prepare(request)
    await broken.write(told.encode()[:10])
    if request.transport:
        request.transport.close()
    return broken


def _refused(refusal: Refusal) -> web.Response:
    headers = {"Retry-After": str(refusal.parameters["retry_after"])} if refusal.code == 429 else {}
    return web.Response(
        status=refusal.code,
        text=json.dumps(refusal.body),
        content_type="application/json",
        headers=headers,
    )
