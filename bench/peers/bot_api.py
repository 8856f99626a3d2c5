"""A Bot API that costs next to nothing, with people in it who answer 40 questions. A process of its own.

`python -m bench.peers.bot_api` prints its address, then reads one JSON object a line and answers each with one:
{"people": 100, "rounds": 1} has so many people interviewed at once and gives the seconds, every turn's
milliseconds and the share of a processor that this process took. It answers with what the clients of aiogram and
python-telegram-bot need, and checks nothing: strictness is `tests/bot/telegram/double.py`.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections import deque
from itertools import count
from time import perf_counter, process_time
from typing import Any
from urllib.parse import unquote_plus

from bench.peers import QUESTIONS, pressed

TOKEN = "4839574812:AAFD39kkdpWt3ywyRZergyOLMaJhac60qcK"
_BOT = '{"id":4839574812,"is_bot":true,"first_name":"bench","username":"bench_bot"}'
_ASKED = re.compile(r"请填第(\d+)项")
_LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
_JSON = re.compile(rb"(?i)content-type: *application/json")
_BOUNDARY = re.compile(rb"(?i)content-type: *multipart/form-data; *boundary=\"?([^\s\";]+)")
_BEGIN = -1


class Person:
    """Does what each screen asks for. Holds before the first question until everybody is there."""

    def __init__(self, world: World, number: int) -> None:
        self.world, self.number = world, number
        self.next = _BEGIN
        self.begun = 0.0
        self.screen: tuple[str, int, list[tuple[str, str]]] = ("", 0, [])

    def shown(self, text: str, message: int, keys: list[tuple[str, str]]) -> None:
        """The bot sent or changed a message."""
        self.screen = (text, message, keys)
        asked = _ASKED.findall(text)
        step = int(asked[-1]) if asked else None
        if self.next == _BEGIN:
            if step == 0:
                self.next = 0
                self.world.ready()
            else:
                self._finds_the_way(keys)
        elif step == self.next + 1 or (self.next == QUESTIONS - 1 and step is None and self._ended(text)):
            self.world.times.append(perf_counter() - self.begun)
            self.next += 1
            if self.next == QUESTIONS:
                self.world.done()
            else:
                self.answers()

    @staticmethod
    def _ended(text: str) -> bool:
        return "完成" in text or "【全部】" in text

    def _finds_the_way(self, keys: list[tuple[str, str]]) -> None:
        """Through whatever stands before the interview."""
        for label, data in keys:
            if "同意，开始" in label or "四十问" in label:
                self.world.presses(self.number, data, self.screen[1])
                return

    def answers(self) -> None:
        self.begun = perf_counter()
        if pressed(self.next):
            data = next(data for label, data in self.screen[2] if "甲" in label)
            self.world.presses(self.number, data, self.screen[1])
        else:
            self.world.types(self.number, f"这是第{self.next}项的回答")


class World:
    """All people and the updates that wait for the bot."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.polled = asyncio.Event()
        self._people: dict[int, Person] = {}
        self._numbers = count(1_000_000)
        self._messages = count(1)
        self._updates: deque[tuple[int, str]] = deque()
        self._ids = count(500_000)
        self._poll: tuple[asyncio.Transport, asyncio.TimerHandle] | None = None
        self._left = 0
        self._all = asyncio.Event()

    # People

    async def interview(self, people: int) -> float:
        """Have them all interviewed at once; the seconds from the first question to the last answer."""
        self._people = {
            number: Person(self, number) for number in (next(self._numbers) for _ in range(people))
        }
        self._left, self._all = people, asyncio.Event()
        for number in self._people:
            self.types(number, "/start")
        await asyncio.wait_for(self._all.wait(), 120)
        self._left, self._all = people, asyncio.Event()
        begun = perf_counter()
        for person in self._people.values():
            person.answers()
        await asyncio.wait_for(self._all.wait(), 600)
        return perf_counter() - begun

    def ready(self) -> None:
        self.done()

    def done(self) -> None:
        self._left -= 1
        if not self._left:
            self._all.set()

    def types(self, number: int, text: str) -> None:
        mark = ""
        if text.startswith("/"):
            mark = f',"entities":[{{"type":"bot_command","offset":0,"length":{len(text)}}}]'
        message = _message(next(self._messages), number, text, f"{_user(number)}")
        self._add(f'"message":{message[:-1]}{mark}}}')

    def presses(self, number: int, data: str, message: int) -> None:
        shown = _message(message, number, "…", _BOT)
        self._add(
            f'"callback_query":{{"id":"{next(self._ids)}","from":{_user(number)},"chat_instance":"1",'
            f'"data":{json.dumps(data)},"message":{shown}}}'
        )

    # The Bot API

    def call(self, method: str, body: bytes, kind: bytes, transport: asyncio.Transport) -> str | None:
        """The answer's JSON; None where it comes later."""
        if method == "getUpdates":
            return self._get_updates(_fields(body, kind), transport)
        if method in ("sendMessage", "editMessageText", "editMessageReplyMarkup"):
            return self._shown(_fields(body, kind))
        if method == "getMe":
            return f'{{"ok":true,"result":{_BOT}}}'
        if method == "getMyCommands":
            return '{"ok":true,"result":[]}'
        return '{"ok":true,"result":true}'

    def _shown(self, fields: dict[str, Any]) -> str:
        chat, text = int(fields["chat_id"]), fields.get("text", "…")
        message = int(fields.get("message_id") or next(self._messages))
        person = self._people.get(chat)
        if person and "text" in fields:
            given = fields.get("reply_markup") or {}
            markup = json.loads(given) if isinstance(given, str) else given
            rows = markup.get("inline_keyboard", ())
            keys = [(key["text"], key["callback_data"]) for row in rows for key in row]
            person.shown(text, message, keys)
        return f'{{"ok":true,"result":{_message(message, chat, text, _BOT)}}}'

    def _get_updates(self, fields: dict[str, Any], transport: asyncio.Transport) -> str | None:
        offset = int(fields.get("offset") or 0)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        self.polled.set()
        if self._updates or not int(fields.get("timeout") or 0):
            return self._batch()
        hold = min(int(fields["timeout"]), 20)
        timer = asyncio.get_running_loop().call_later(hold, self._answer_poll)
        self._poll = (transport, timer)
        return None

    def _batch(self) -> str:
        found = [self._updates[index][1] for index in range(min(100, len(self._updates)))]
        return f'{{"ok":true,"result":[{",".join(found)}]}}'

    def _add(self, update: str) -> None:
        number = next(self._ids)
        self._updates.append((number, f'{{"update_id":{number},{update}}}'))
        if self._poll:
            asyncio.get_running_loop().call_soon(self._answer_poll)

    def _answer_poll(self) -> None:
        if self._poll:
            transport, timer = self._poll
            self._poll = None
            timer.cancel()
            transport.write(_response(self._batch()))


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, no more of it than the clients use."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            head, gap, rest = self._buffer.partition(b"\r\n\r\n")
            if not gap:
                return
            found = _LENGTH.search(head)
            length = int(found[1]) if found else 0
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            path = head.split(b" ", 2)[1].decode()
            method = path.partition("?")[0].rpartition("/")[2]
            answer = self._world.call(method, rest[:length], _kind(head), self._transport)
            if answer is not None:
                self._transport.write(_response(answer))


def _response(text: str) -> bytes:
    body = text.encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )


def _kind(head: bytes) -> bytes:
    """“json”, the boundary of a multipart form, or nothing for an ordinary one."""
    boundary = _BOUNDARY.search(head)
    return boundary[1] if boundary else b"json" if _JSON.search(head) else b""


def _fields(body: bytes, boundary: bytes) -> dict[str, Any]:
    if boundary == b"json":
        found: dict[str, Any] = json.loads(body or b"{}")
        return found
    if not boundary:
        pairs = (part.partition("=") for part in body.decode().split("&") if part)
        return {name: unquote_plus(value) for name, _, value in pairs}
    fields = {}
    for part in body.split(b"--" + boundary):
        head, gap, value = part.partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]*)"', head)
        if gap and name:
            fields[name[1].decode()] = value.removesuffix(b"\r\n").decode()
    return fields


def _user(number: int) -> str:
    return f'{{"id":{number},"is_bot":false,"first_name":"p","language_code":"zh"}}'


def _message(number: int, chat: int, text: str, sender: str) -> str:
    return (
        f'{{"message_id":{number},"date":1780000000,"chat":{{"id":{chat},"type":"private","first_name":"p"}},'
        f'"from":{sender},"text":{json.dumps(text, ensure_ascii=False)}}}'
    )


def _give_up(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A bot that cannot be understood is not measured."""
    loop.default_exception_handler(context)
    os._exit(1)


async def main() -> None:
    """Serve and obey."""
    world = World()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_give_up)
    server = await loop.create_server(lambda: Connection(world), "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        asked: dict[str, Any] = json.loads(line)
        told: dict[str, Any] = {}
        if "people" in asked:
            world.times = []
            busy, seconds = process_time(), 0.0
            for _ in range(asked["rounds"]):
                seconds += await world.interview(asked["people"])
            told = {"seconds": seconds, "times": world.times, "busy": (process_time() - busy) / seconds}
        else:
            await asyncio.wait_for(world.polled.wait(), 60)
            world.polled.clear()
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
