"""Paces, slow pages, the wire form of a Screen, the static files."""

from __future__ import annotations

import asyncio
import gzip
import re
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import web
from multidict import CIMultiDict

from bot.screens.wire import screen_json
from bot.webchat import assets
from bot.webchat.pace import Buckets, network_of
from bot.webchat.policy import Pace
from bot.webchat.refusal import at_once
from bot.webchat.tabs import Tabs
from dialogs.interview import Interview
from dialogs.reception import privacy
from dialogs.scene import Scene
from dialogs.turn import Action, Asks, Button, Card, Group, Line, Progress, Say, Screen, Summary
from tests.bot.webchat.caller import Caller

STATIC = assets._DIRECTORY


def test_a_bucket_empties_and_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(Pace(2, 60), lambda: now[0])
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 1]
    assert buckets.wait("b") == 0
    now[0] = 1
    assert [buckets.wait("a"), buckets.wait("a")] == [0, 1]
    now[0] = 1000
    assert [buckets.wait("a") for _ in range(3)] == [0, 0, 1]


def test_buckets_do_not_remember_everybody() -> None:
    buckets = Buckets(Pace(1, 1))
    for number in range(30_000):
        buckets.wait(str(number))
    assert len(buckets._levels) == 20_000


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "network"),
    [
        ("203.0.113.7", [], 0, "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], 0, "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1"], 1, "198.51.100.1"),
        ("127.0.0.1", ["1.1.1.1, 198.51.100.1"], 1, "198.51.100.1"),
        ("127.0.0.1", ["1.1.1.1", "198.51.100.1, 10.0.0.1"], 2, "198.51.100.1"),
        ("127.0.0.1", ["garbage"], 1, "?"),
        ("2001:db8:1:2:3:4:5:6", [], 0, "2001:0db8:0001:0002"),
        (None, [], 0, "?"),
    ],
)
def test_where_a_request_comes_from(
    remote: str | None, forwarded: list[str], proxies: int, network: str
) -> None:
    headers = CIMultiDict([("X-Forwarded-For", value) for value in forwarded])
    request: Any = SimpleNamespace(remote=remote, headers=headers)
    assert network_of(request, proxies) == network


async def test_a_page_that_does_not_read_is_let_go() -> None:
    class Stuck(web.WebSocketResponse):
        code = 0

        async def send_str(self, data: str, compress: int | None = None) -> None:
            await asyncio.sleep(60)

        async def close(self, *, code: int = 0, message: bytes = b"", drain: bool = True) -> bool:
            self.code = code
            return True

    tabs, stuck = Tabs(2, 0.05), Stuck()
    tabs.enter("someone", stuck)
    await tabs.send(stuck, {})
    assert stuck.code == 1013
    tabs.leave("someone", stuck)
    tabs.leave("someone", stuck)


def test_a_screen_travels_whole_and_without_its_verbs() -> None:
    edit = Button(Action("edit", "name"), "改：姓名")
    screen = Screen(
        parts=(
            Say("问", "ask"),
            Say("甲：有一手", "note"),
            Say("没有列出的：可以打字", "note"),
            Summary((Group("基本", (Line("姓名", "陆建华", edit, "wrong", "太短"),)),)),
        ),
        buttons=(Button(Action("pick", "q:secret"), "甲", "option", False), Button(Action("menu"), "菜单")),
        asks=Asks("q", "number", files=True, many_options=True, placeholder="例如"),
        progress=Progress("基本", 1, 2, 3, 4),
        cards=(Card("form", "表", "表.pdf", "草稿"), Card("table", "汇总表", "表.xlsx", format="xlsx")),
        revision=7,
        echo="✓ 甲",
        title="工匠",
    )
    sent = screen_json(screen)
    assert sent["buttons"] == [
        {
            "token": Action("pick", "q:secret").token(7),
            "label": "甲",
            "style": "option",
            "on": False,
            "explain": "有一手",
            "key": "",
        },
        {
            "token": Action("menu").token(7),
            "label": "菜单",
            "style": "plain",
            "on": None,
            "explain": "",
            "key": "",
        },
    ]
    assert [part.get("text") for part in sent["parts"]] == ["问", "没有列出的：可以打字", None]
    assert sent["parts"][2]["groups"][0]["lines"][0]["edit"]["token"] == Action("edit", "name").token(7)
    assert sent["progress"]["all_of"] == 4
    assert [(card["filename"], card["format"]) for card in sent["cards"]] == [
        ("表.pdf", "pdf"),
        ("表.xlsx", "xlsx"),
    ]
    assert "secret" not in str(sent)


@pytest.mark.parametrize("said", ["Craft: of its own", "Craft：of its own"])
def test_options_are_explained_on_their_buttons_in_every_language(said: str) -> None:
    buttons = tuple(Button(Action("pick", f"q:{name}"), name, "option", False) for name in ("Craft", "Skill"))
    sent = screen_json(Screen((Say("Which?", "ask"), Say(said, "note")), buttons), {"Skill": "the best"})
    assert [button["explain"] for button in sent["buttons"]] == ["of its own", "the best"]
    assert [part["text"] for part in sent["parts"]] == ["Which?"]


async def test_static_files_are_kept_for_ever_and_compressed(caller: Caller) -> None:
    page = await (await caller.get("/")).text()
    addresses = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
    assert {address.rsplit("/", 1)[1] for address in addresses} >= {"main.js", "base.css", "emblem.svg"}
    for address in addresses:
        answer = await caller.get(address)
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Encoding"] == "gzip"
        assert not answer.cookies
    assert (await caller.get("/static/0000000000000000/main.js")).status == 404
    assert (await caller.get(next(iter(addresses)).rsplit("/", 1)[0] + "/index.html")).status == 404


def test_the_build_changes_with_any_file(tmp_path: Any) -> None:
    (tmp_path / "index.html").write_text("{{base}}", "utf-8")
    (tmp_path / "main.js").write_text("1", "utf-8")
    before = assets.Assets(tmp_path)
    (tmp_path / "main.js").write_text("2", "utf-8")
    after = assets.Assets(tmp_path)
    assert before.build != after.build
    found = after.find("main.js")
    assert found
    assert gzip.decompress(found.packed) == found.content == b"2"


def test_the_page_has_no_inline_script_or_style() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    assert not re.search(r"<style|style=|\son\w+=|javascript:", page)
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_nothing_comes_from_elsewhere_and_one_place_keeps_something() -> None:
    for path in STATIC.iterdir():
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|innerHTML|indexedDB", text), path.name
        # Which programme a link named, until consent: it came in the address and says nothing of anybody.
        assert path.name == "arriving.js" or "sessionStorage" not in text, path.name
        assert path.name == "drafts.js" or "localStorage" not in text, path.name
        assert len(text.splitlines()) < 400, path.name


def test_every_word_of_the_page_has_both_languages() -> None:
    chinese, english = (STATIC / "words.js").read_text("utf-8").split("\n  en: {")
    pattern = re.compile(r'^    (\w+): "(.*)",$', re.M)
    zh, en = dict(pattern.findall(chinese)), dict(pattern.findall(english))
    assert zh.keys() == en.keys()
    assert zh
    for key in zh:
        assert set(re.findall(r"{\w+}", zh[key])) == set(re.findall(r"{\w+}", en[key])), key
    used = set(
        re.findall(r'(?<!#)say\(\s*"(\w+)"', "".join(p.read_text("utf-8") for p in STATIC.glob("*.js")))
    )
    assert used <= zh.keys() | at_once()["zh"].keys(), "or the server's, which come with the page"


def test_the_privacy_notice_names_the_days_for_which_unsent_text_is_kept() -> None:
    kept = re.search(r"LASTING = (\d+) \* 24 \* 3600 \* 1000", (STATIC / "drafts.js").read_text("utf-8"))
    assert kept
    scene = Scene(now=datetime(2026, 6, 15, tzinfo=UTC), offered=())
    assert f"最多留{kept[1]}天" in privacy(Interview(), scene).text
    assert f"for {kept[1]} days at the most" in privacy(Interview(locale="en"), scene).text
