"""Several people at one browser: who is here, who stands aside, and one giving way to another."""

from __future__ import annotations

import math
from typing import Any

from aiohttp import web

from bot.house.attempts import TooManyAttempts
from bot.house.beside import Change, NoPin, Person, PlainPin, WrongPin
from bot.house.devices import Place
from bot.webchat.device import device_of
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.pace import network_of
from bot.webchat.refusal import Refusal

#: More digits than anybody is asked for.
_LONGEST = 32


async def listed(request: web.Request) -> web.Response:
    """GET /people: {"here": {"name", "programme"} | null, "others": [{"id", "name", "programme", "pin"}]}, masked."""
    door = request.app[DOOR]
    address = door.enter(request, "previews")
    waiting = door.sessions.waiting(request)
    here, others = await door.conversation.beside.listed(
        Place(CHANNEL, address), tuple(each.address for each in waiting)
    )
    ids = {each.address: each.id for each in waiting}
    return web.json_response(
        {
            "here": _told(here) if here else None,
            "others": [{"id": ids[each.address], **_told(each), "pin": each.pin} for each in others],
        }
    )


async def change(request: web.Request) -> web.Response:
    """POST /people {"to": id, "pin", "own"}: whoever is here stands aside, brought back by `own` ("": not by digits).

    Somebody else begins, or whoever `to` names comes back by `pin`. The answer's cookies are theirs.
    """
    door = request.app[DOOR]
    address = door.enter(request, "connects")
    said = await _said(request)
    waiting = door.sessions.waiting(request)
    back = next((each for each in waiting if each.id == said["to"]), None)
    if said["to"] and back is None:
        raise Refusal("no_pin")
    own = door.sessions.aside(request)
    wanted = Change(
        own.address,
        said["own"],
        back.address if back else "",
        said["pin"],
        tuple(each.address for each in waiting if each != back),
    )
    place = Place(
        CHANNEL,
        address,
        network_of(request, door.policy.proxies),
        device_of(request.headers.get("User-Agent", "")),
    )
    token, fresh = door.sessions.fresh()
    try:
        left = await door.conversation.change_over(place, fresh, wanted)
    except PlainPin as error:
        raise Refusal("plain_pin") from error
    except WrongPin as error:
        raise Refusal("wrong_pin") from error
    except NoPin as error:
        raise Refusal("no_pin") from error
    except TooManyAttempts as error:
        raise Refusal("pin_locked", retry=math.ceil(error.wait.total_seconds())) from error
    response = web.json_response({"left": left})
    # Whoever is here is looked for also where nothing was left: it may have been, and its answer lost on the way.
    asides = (own, *(each for each in waiting if each not in {back, own}))
    _, others = await door.conversation.beside.listed(
        Place(CHANNEL, fresh), tuple(each.address for each in asides)
    )
    stand = {each.address for each in others}
    door.sessions.hand_over(response, token, tuple(each for each in asides if each.address in stand))
    door.tabs.dismiss(address)
    door.conversation.neighbours.tell("dismissed", (CHANNEL, address))
    return response


def _told(person: Person) -> dict[str, str]:
    return {"name": person.name, "programme": person.programme}


async def _said(request: web.Request) -> dict[str, str]:
    try:
        body: Any = await request.json()
        said = {name: body[name] for name in ("to", "pin", "own")}
    except (ValueError, LookupError, TypeError) as error:
        raise Refusal("bad_request") from error
    if not all(isinstance(value, str) and len(value) <= _LONGEST for value in said.values()):
        raise Refusal("bad_request")
    return said
