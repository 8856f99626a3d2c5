"""The conversation over a WebSocket.

The page sends {"id", "text" | "choice" | "file"} or {"id"} alone for the Screen as it stands, and {"ping": n}.
A text and a file say what they answer: the "question", "revision" and "who" of the Screen they were typed or chosen
for, "" where it asked nothing. Only the page's own commands, which mean the same everywhere, say nothing of the kind.
It hears {"for": id, "screen": …}, {"for": id, "error", "say", "retry"?, "screen"?}, {"pong": n}, {"changed": true},
and as the first word {"build", "screen"}. The id is the page's own UUID: a message sent again after a lost
connection carries the same one and counts once. A text that is
"whole" is all of the answer, and no part of it. A text is refused with today's Screen where another one has come
since its own. Before consent nothing is kept: every message then says the "locale" that the page speaks, as does the
address of the line itself (/chat?locale=en).

Every frame counts, pings too. Whoever sends more than any page does, or what nobody understands, is told so by the
code with which the line is closed.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import nullcontext
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from bot.house.faults import note
from bot.house.turns import MovedOn
from bot.screens import paper
from bot.screens.wire import screen_json
from bot.webchat.device import device_of
from bot.webchat.inviting import handed
from bot.webchat.keepers import CHANNEL, DOOR, Door
from bot.webchat.pace import network_of
from bot.webchat.refusal import Refusal
from bot.webchat.tabs import NO_SESSION, NOT_UNDERSTOOD, TOO_FAST
from dialogs.turn import Meant, Screen, Turn
from dialogs.words import LOCALES

BUILD = web.AppKey("build", str)

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_WHO = re.compile(r"[0-9a-f]{0,16}")
_QUESTION = re.compile(r"[a-z0-9_.]{0,64}")
_MAX_REFERENCE = 128


async def chat(request: web.Request) -> web.WebSocketResponse:
    """One page's connection, from its first Screen until it goes."""
    door = request.app[DOOR]
    policy = door.policy
    tab = web.WebSocketResponse(
        heartbeat=policy.heartbeat,
        max_msg_size=policy.max_message,
        compress=False,
        timeout=5.0,
        autoping=False,  # pings are answered here, where they count
    )
    address = door.sessions.address(request)
    if address is None:
        # Script cannot read the status of a refused upgrade, only the code of a close.
        await tab.prepare(request)
        await tab.close(code=NO_SESSION)
        return tab
    refusal = await _unwelcome(door, request, address)
    await tab.prepare(request)
    if refusal:
        await door.tabs.send(tab, refusal.as_json())
        await tab.close(code=TOO_FAST)
        return tab
    door.tabs.enter(address, tab)
    first_look = {"id": str(uuid4()), "locale": request.query.get("locale")}
    try:
        first = {
            "build": request.app[BUILD],
            **await _answer(door, request, address, tab, first_look),
        }
        first.pop("for", None)
        await door.tabs.greet(tab, first)
        await _listen(door, request, address, tab)
    finally:
        door.tabs.leave(address, tab)
    return tab


async def _unwelcome(door: Door, request: web.Request, address: str) -> Refusal | None:
    """Why a line is closed again: too many of them, or too many sessions of strangers from this network."""
    try:
        familiar = await door.newcomers.knows(address)
        door.paces.spend("connects", request, address)
        if not familiar:
            door.newcomers.arrives(request, address)
    except Refusal as refusal:
        return refusal
    return None


async def _listen(door: Door, request: web.Request, address: str, tab: web.WebSocketResponse) -> None:
    """Answer every frame, until the page goes or sends too much of what no page sends."""
    junk = 0
    async for message in tab:
        try:
            door.paces.spend("frames", request, address)
        except Refusal:
            await tab.close(code=TOO_FAST)
            return
        if message.type is WSMsgType.PING:
            await tab.pong(message.data)
        elif message.type is WSMsgType.TEXT:
            answer = await _answer(door, request, address, tab, _read(message.data))
            junk += answer.get("error") == "bad_request"
            await door.tabs.send(tab, answer)
        elif message.type is not WSMsgType.PONG:
            junk = door.policy.junk
        if junk >= door.policy.junk:
            await tab.close(code=NOT_UNDERSTOOD)
            return


def _read(raw: str) -> dict[str, Any]:
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


async def _answer(
    door: Door, request: web.Request, address: str, tab: web.WebSocketResponse, said: dict[str, Any]
) -> dict[str, Any]:
    if isinstance(said.get("ping"), int):
        return {"pong": said["ping"]}
    claimed = said.get("id")
    identifier = claimed if isinstance(claimed, str) and _ID.fullmatch(claimed) else None
    try:
        if identifier is None:
            raise Refusal("bad_request")
        for pace in ("messages", "day"):
            door.paces.spend(pace, request, address)
        turn = await _turn(door, address, identifier, said)
        network = network_of(request, door.policy.proxies)
        device = device_of(request.headers.get("User-Agent", ""))
        async with nullcontext() if turn.looks else door.newcomers.begins(request, address):
            taken = await door.conversation.take(
                CHANNEL, address, turn, network=network, device=device, several=True
            )
        screen = await _shown(door, address, taken)
    except MovedOn:
        now = await door.conversation.take(CHANNEL, address, Turn(address, str(uuid4())))
        screen = await _shown(door, address, now)
        return {"for": identifier, **Refusal("moved_on").as_json(), "screen": screen}
    except Refusal as refusal:
        return {"for": identifier, **refusal.as_json()}
    except Exception as error:
        # The page keeps the message and may send it again; nothing was saved, so nothing counts twice.
        note("web.turn_failed", error)
        return {"for": identifier, **Refusal("broken").as_json()}
    if turn.text is not None or turn.choice is not None or turn.file is not None:
        door.tabs.tell(address, {"screen": screen}, but=tab)
        door.conversation.neighbours.tell("turned", (CHANNEL, address))
    return {"for": identifier, "screen": screen}


async def _turn(door: Door, address: str, identifier: str, said: dict[str, Any]) -> Turn:
    """Read one message; anything but at most one of text, choice and file is refused."""
    content = {key: said[key] for key in ("text", "choice", "file") if key in said}
    if len(content) > 1 or not all(
        isinstance(value, str) and (key == "text" or len(value) <= _MAX_REFERENCE) and _sound(value)
        for key, value in content.items()
    ):
        raise Refusal("bad_request")
    if len(content.get("text", "")) > door.policy.max_text:
        raise Refusal("too_long", count=len(content["text"]), most=door.policy.max_text)
    answers, file = _meant(said), None
    if "file" in content:
        file = await door.conversation.attachment(CHANNEL, address, content["file"])
        if file is None:
            raise Refusal("not_found")
    return Turn(
        conversation=address,
        message_id=identifier,
        text=content.get("text"),
        choice=content.get("choice"),
        file=file,
        answers=answers,
        whole=said.get("whole") is True and answers is not None,
        locale=_locale(said.get("locale")),
    )


def _meant(said: dict[str, Any]) -> Meant | None:
    """What a text or a file was typed or chosen for; None where it does not say so."""
    if "question" not in said and "revision" not in said:
        return None
    question, revision, who = said.get("question"), said.get("revision"), said.get("who", "")
    if not ("text" in said or "file" in said) or type(revision) is not int or revision < 0:
        raise Refusal("bad_request")
    if not isinstance(question, str) or not _QUESTION.fullmatch(question):
        raise Refusal("bad_request")
    if not isinstance(who, str) or not _WHO.fullmatch(who):
        raise Refusal("bad_request")
    return Meant(question, revision, who)


def _locale(said: object) -> str:
    """A language we speak; "" for any other."""
    return said if isinstance(said, str) and said in LOCALES else ""


async def _shown(door: Door, address: str, screen: Screen) -> dict[str, Any]:
    """A Screen as the page renders it. Half-ticked options are shown without a word on them: it is added here."""
    if screen.invitation:
        return screen_json(screen, handed=handed(door.links, screen.invitation))
    if screen.code:
        link = door.links.resume_link(screen.code.text)
        return screen_json(screen, picture=await asyncio.to_thread(paper.encoded, screen.code, link))
    if screen.asks is None or all(button.on is None for button in screen.buttons):
        return screen_json(screen)
    return screen_json(screen, await door.conversation.explanations(CHANNEL, address, screen.asks.question))


def _sound(text: str) -> bool:
    """Whether a text is Unicode: JSON can smuggle in half of a surrogate pair, which no database takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
