"""The web chat as an aiohttp application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.house.links import Links
from bot.house.readiness import Readiness
from bot.webchat import belongings, documents, fetching, health, inviting, launch, resume, sharing, uploads
from bot.webchat.assets import Assets
from bot.webchat.cookies import Sessions
from bot.webchat.guard import add_headers, guard
from bot.webchat.keepers import CHANNEL, DOOR, Door
from bot.webchat.newcomers import Newcomers
from bot.webchat.pace import Paces
from bot.webchat.policy import Policy
from bot.webchat.refusal import Refusal, at_once
from bot.webchat.socket import BUILD, chat
from bot.webchat.tabs import Tabs
from dialogs.belongings import COPY

if TYPE_CHECKING:
    from bot.house.conversation import Conversation

_FOR_EVER = "public, max-age=31536000, immutable"


def application(
    conversation: Conversation,
    policy: Policy | None = None,
    links: Links | None = None,
    readiness: Readiness | None = None,
) -> web.Application:
    """The door to `conversation`, ready to be run or put under another aiohttp application's runner.

    `readiness` tells whether what stands behind it can take a turn now.
    """
    policy = policy or Policy()
    links = links or Links(policy.public_url)
    assets = Assets()
    # Bodies are read as streams under their own limit; only JSON is ever read whole.
    app = web.Application(middlewares=[guard], client_max_size=policy.max_message)
    newcomers = Newcomers(conversation, policy)
    app[DOOR] = Door(
        conversation,
        policy,
        Sessions(policy),
        Paces(policy, newcomers.remembers),
        newcomers,
        Tabs(policy.sockets_per_session, policy.send_patience),
        links,
    )
    tabs, neighbours = app[DOOR].tabs, conversation.neighbours
    neighbours.listen(CHANNEL, tabs.changed, tabs.addresses)
    neighbours.hear(CHANNEL, "dismissed", tabs.dismiss)
    app[BUILD] = assets.build
    app[health.READINESS] = readiness or Readiness({})
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_farewell)
    page = _page(assets)
    app.add_routes(
        [
            web.get("/", page),
            web.get("/healthz", health.lives),
            web.get("/readyz", health.ready),
            web.get("/resume", page),
            web.get("/launch", page),
            web.get("/i", page),
            web.get("/s", page),
            # Some apps spell “#” as %23 in links that they hand on.
            web.get("/{way:(?:i|s|resume)#.*}", page),
            web.get("/i/code.png", inviting.picture),
            web.post("/launch", launch.receive),
            web.get("/p/{programme:[A-Za-z0-9_.-]{1,64}}", page),
            web.get("/static/{build}/{name}", _static(assets)),
            web.get("/people", sharing.listed),
            web.post("/people", sharing.change),
            web.get("/chat", chat),
            web.post("/files", uploads.receive),
            web.get("/files/{file:[A-Za-z0-9_.-]+}", uploads.picture),
            web.get(f"/documents/{COPY}.zip", belongings.copy, allow_head=False),
            web.get("/story", belongings.story),
            web.get("/documents/{document:[a-z0-9_]+}.pdf", documents.pdf),
            web.get("/documents/{document:[a-z0-9_]+}.xlsx", documents.xlsx),
            web.get("/documents/{document:[a-z0-9_]+}.zip", documents.bundle),
            web.get("/documents/{document:[a-z0-9_]+}.pages", documents.pages),
            web.get("/documents/{document:[a-z0-9_]+}/{page:[0-9]{1,3}}.jpg", documents.picture),
            web.get("/exports/{export:[0-9a-f]{32}}", fetching.fetch),
            web.get("/evidence/{file:[0-9a-f]{32}}", fetching.evidence),
            web.post("/resume/code", resume.give),
            web.get("/resume/code.png", resume.picture),
        ]
    )
    return app


def listening(policy: Policy) -> dict[str, Any]:
    """How the server of an application is to listen: for `web.AppRunner`.

    Bodies stay as they were sent: a few kilobytes that unpack to a gigabyte are refused unread. A connection that
    does not get to the end of a request's head is closed.
    """
    return {"auto_decompress": False, "keepalive_timeout": policy.idle, "access_log": None}


async def _farewell(app: web.Application) -> None:
    await app[DOOR].tabs.close()


def _page(assets: Assets) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def page(request: web.Request) -> web.Response:
        door = request.app[DOOR]
        response = web.Response(
            text=assets.page(door.policy.origins, door.policy.max_file, door.policy.max_text, at_once()),
            content_type="text/html",
        )
        response.headers["Cache-Control"] = "private, no-cache"
        door.sessions.keep(request, response)
        return response

    return page


def _static(assets: Assets) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def static(request: web.Request) -> web.Response:
        asset = assets.find(request.match_info["name"])
        if asset is None or request.match_info["build"] != assets.build:
            raise Refusal("not_found")
        headers = {"Cache-Control": _FOR_EVER, "Vary": "Accept-Encoding"}
        body = asset.content
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = asset.packed, "gzip"
        return web.Response(body=body, content_type=asset.mime, charset="utf-8", headers=headers)

    return static
