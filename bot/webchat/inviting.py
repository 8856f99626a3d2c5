"""A link that asks somebody in, as the page hands it on: in words to forward, and as a picture with its QR code."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

from aiohttp import web

from bot.house.links import Links
from bot.screens import paper
from bot.webchat.keepers import CHANNEL, DOOR
from bot.webchat.refusal import Refusal
from dialogs.turn import Invitation, Turn
from dialogs.words import Words
from forms.message import say


def handed(links: Links, invitation: Invitation) -> dict[str, Any]:
    """What the page shows of an invitation.

    `here` is where it opens in this very browser, `reaches` tells whether others can open the web chat's own link.
    """
    link = links.handed_link(invitation.token)
    telegram = links.invited_link(invitation.token)
    return {
        "title": invitation.title,
        "text": invitation.text.replace("{link}", link),
        "link": link,
        "telegram": "" if telegram == link else telegram,
        "here": f"/{links.invitation_link(invitation.token).rpartition('/')[2]}",
        "reaches": bool(links.home),
    }


async def picture(request: web.Request) -> web.Response:
    """GET /i/code.png: the invitation on the person's Screen as a picture, at an address so that it can be kept.

    The token stands in no address: whose picture it is follows from who asks.
    """
    door = request.app[DOOR]
    address = door.enter(request, "previews")
    screen = await door.conversation.take(CHANNEL, address, Turn(address, str(uuid4())))
    if screen.invitation is None:
        raise Refusal("not_found")
    purpose = Words(screen.locale)(say("扫码打开，只能用一次，请只给本人"))
    link = door.links.handed_link(screen.invitation.token)
    image = await asyncio.to_thread(paper.invitation, screen.invitation.title, purpose, link)
    return web.Response(body=image, content_type="image/png", headers={"Content-Disposition": "inline"})
