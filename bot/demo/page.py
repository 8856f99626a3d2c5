"""The page that offers the demo, says where to go, and takes it away again: at the installation's own door."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Literal, get_args

import structlog
from aiohttp import web
from yarl import URL

from bot.demo.cast import CITY, COUNTY, EXPERT, NOMINEE, STAFF
from bot.demo.premises import Premises
from bot.house.settings import Settings
from bot.webchat.refusal import Refusal
from dialogs.words import Words
from forms.dates import spoken
from forms.library import Library
from forms.message import Message, Own, say
from forms.printing.workers import Workers
from storage.beginnings import untouched
from storage.database import Database

log = structlog.get_logger(__name__)

Wish = Literal["open", "close", "day", "late"]
_HERE = Path(__file__).parent
_FILES = {"page.js": "text/javascript", "page.css": "text/css"}
_WHO = {
    NOMINEE: (say("被推荐人：农国强"), say("都填好了，等第二位专家。")),
    EXPERT: (say("推荐专家：覃秀兰"), say("只差一封推荐信。")),
    STAFF: (say("工会：王秀英"), say("区总工会和市总工会的负责人，桌上有两件。")),
}
_STEPS = (
    say("专家：写几句推荐信，检查，交上。"),
    say("被推荐人：检查答案，声明，递交给{office}。", office=Own(COUNTY)),
    say("工会：打开刚到的农国强，在“逐项看，逐项写意见”里写一条，退回。"),
    say("被推荐人：照意见改，再次递交。"),
    say("工会：和上一次对比，受理，上报{office}。", office=Own(CITY)),
    say("工会：“更多”里换到{office}，受理，导出表格和材料包。", office=Own(CITY)),
)


class Demo:
    """The demo of one process: none, being made, or open. `url` is where its page is."""

    def __init__(  # noqa: PLR0913, PLR0917  # an installation, beside which it stands
        self, settings: Settings, library: Library, kept: Database, crew: Workers, url: str, port: int
    ) -> None:
        self._what = settings, library, crew
        self._kept = kept
        self._host = str(URL(url).host_subcomponent)
        self._port = port
        self._path = f"/demo/{secrets.token_urlsafe(6)}"
        self.url = url + self._path
        self._premises: Premises | None = None
        self._making: asyncio.Task[None] | None = None
        self._trouble = False
        self._one = asyncio.Lock()

    def install(self, app: web.Application) -> None:
        """Put the page at the door; whatever is open goes when that closes."""
        app.router.add_get(self._path, self._page)
        app.router.add_post(self._path, self._press)
        for name, mime in _FILES.items():
            app.router.add_get(f"{self._path}/{name}", _file(name, mime))
        app.on_cleanup.append(self._over)

    async def free(self) -> bool:
        """Whether nobody has begun anything in the installation."""
        return await self._kept.read(untouched)

    async def made(self) -> None:
        """Wait until a demo that is being made is there, or is known not to be."""
        if self._making:
            with suppress(asyncio.CancelledError):
                await self._making

    async def _press(self, request: web.Request) -> web.Response:
        try:
            wish = (await request.json())["do"]
        except (ValueError, LookupError, TypeError) as error:
            raise Refusal("bad_request") from error
        if wish not in get_args(Wish):
            raise Refusal("bad_request")
        async with self._one:
            await self._does(wish)
        return web.json_response({})

    async def _does(self, wish: Wish) -> None:
        premises = self._premises
        if wish == "open" and premises is None and await self.free():
            self._trouble = False
            self._premises = Premises(*self._what, self._host, self._port)
            self._making = asyncio.create_task(self._made(self._premises))
        elif wish == "close":
            await self._ends()
        elif premises and premises.ways and wish in {"day", "late"}:
            left = (premises.closes - premises.today).days + 1
            await premises.passes(max(left, 1) if wish == "late" else 1)

    async def _made(self, premises: Premises) -> None:
        try:
            await premises.open()
        except Exception:
            log.exception("demo.not_made")
            self._trouble, self._premises = True, None

    async def _ends(self) -> None:
        if self._making and not self._making.done():
            self._making.cancel()
        await self.made()
        premises, self._premises, self._making = self._premises, None, None
        if premises:
            await premises.close()

    async def _over(self, app: web.Application) -> None:
        await self._ends()

    async def _page(self, request: web.Request) -> web.Response:
        english = request.headers.get("Accept-Language", "").strip().casefold().startswith("en")
        words = Words("en" if english else "zh")
        free = self._premises is not None or await self.free()
        body = "\n".join(self._body(words, free=free))
        waits = ' data-waits="1"' if self._premises and not self._premises.ways else ""
        title = escape(words(say("匠荐演示")))
        text = (
            f'<!doctype html><html lang="{"en" if english else "zh-CN"}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<title>{title}</title><link rel="stylesheet" href="{self._path}/page.css">'
            f'<script type="module" src="{self._path}/page.js"></script></head>'
            f"<body{waits}><main>{body}</main></body></html>"
        )
        return web.Response(text=text, content_type="text/html")

    def _body(self, words: Words, *, free: bool) -> Iterator[str]:
        premises = self._premises
        if premises and premises.ways:
            yield from self._opened(words, premises)
            return
        if premises:
            yield _tag("h1", words(say("正在准备演示…")))
            yield _tag("p", words(say("三份申报正在一问一答地填，十几秒就好。")), "soft")
            return
        yield _tag("h1", words(say("匠荐演示")))
        if not free:
            yield _tag("p", words(say("这里已经有人开始用了。演示只在还没有人用的时候提供。")))
            return
        if self._trouble:
            yield _tag("p", words(say("演示没有做成，原因在程序的日志里。可以再试一次。")))
        offer = say("先看一遍：三个人、三份申报、两级工会，五分钟从填表走到受理。")
        yield _tag("p", words(offer))
        apart = say("人和内容都是编的，和您自己的分开放，随时一键全部拿走。")
        yield _tag("p", words(apart), "soft")
        yield _buttons(words, ("open", say("开始演示"), "first"))

    @staticmethod
    def _opened(words: Words, premises: Premises) -> Iterator[str]:
        yield _tag("h1", words(say("演示开着")))
        beside = say("三个地址，三个人。各开一个窗口，并排放着看；用同一个浏览器就行。")
        yield _tag("p", words(beside))
        yield '<ul class="people">'
        for role, (who, what) in _WHO.items():
            link = escape(premises.link(role))
            label = (
                f"{_tag('b', words(who))}{_tag('span', words(what))}<br>{_tag('code', premises.home(role))}"
            )
            yield f'<li><a href="{link}" target="_blank" rel="noopener">{label}</a></li>'
        yield "</ul>"
        yield _tag("h2", words(say("五分钟走一遍")))
        yield "<ol>" + "".join(_tag("li", words(each)) for each in _STEPS) + "</ol>"
        yield _tag("h2", words(say("日子")))
        today, closes = (spoken(each.isoformat()) for each in (premises.today, premises.closes))
        yield _tag("p", words(say("演示里今天是{today}，{closes}截止。", today=today, closes=closes)))
        late = () if premises.today > premises.closes else (("late", say("过到截止以后"), ""),)
        yield _buttons(words, ("day", say("过一天"), ""), *late)
        yield _tag("h2", words(say("看完了")))
        gone = say("演示里的人、申报、文件、导出和经过一起删掉，别的都不动。程序一停也就没有了。")
        yield _tag("p", words(gone), "soft")
        yield _buttons(words, ("close", say("全部拿走"), ""))


def offered(settings: Settings) -> bool:
    """Whether this installation may offer a demo: on this machine alone, or where its operator says so."""
    if settings.demo != "local":
        return settings.demo == "on"
    return not settings.public_url and settings.host in {"127.0.0.1", "::1", "localhost"}


def _file(name: str, mime: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def give(request: web.Request) -> web.Response:
        return web.Response(body=(_HERE / name).read_bytes(), content_type=mime, charset="utf-8")

    return give


def _tag(name: str, text: str, style: str = "") -> str:
    named = f' class="{style}"' if style else ""
    return f"<{name}{named}>{escape(text)}</{name}>"


def _buttons(words: Words, *buttons: tuple[Wish, Message, str]) -> str:
    made = (
        f'<button type="button" data-do="{wish}"{f" class={style}" if style else ""}>{escape(words(label))}</button>'
        for wish, label, style in buttons
    )
    return f'<div class="row">{"".join(made)}</div>'
