"""Words to be handed on, with the links that others can open."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.screens.handed_on import ready, sharing
from dialogs.turn import Invitation

TOKEN = "i_" + "A" * 43
GIVEN = Invitation(TOKEN, "给莫振邦的链接", "莫振邦您好，点这里开始：{link}")
WEB = "https://jiangjian.example/i#" + TOKEN[2:]
CHAT = "https://t.me/jiangjian_bot?start=" + TOKEN


@pytest.mark.parametrize(("web", "chat"), [(WEB, ""), ("", CHAT), (WEB, CHAT)])
def test_every_link_that_others_can_open_stands_in_the_words(web: str, chat: str) -> None:
    words = ready(GIVEN, "zh", web, chat)
    assert "{link}" not in words and words.startswith("莫振邦您好")
    assert [word for word in words.split() if word.startswith("https://") or "：https://" in word] == [
        word for word in (f"莫振邦您好，点这里开始：{web or chat}", chat if web else "") if word
    ]


@pytest.mark.parametrize(("web", "chat", "link"), [(WEB, "", WEB), ("", CHAT, CHAT), (WEB, CHAT, CHAT)])
def test_telegram_is_asked_to_share_the_link_once(web: str, chat: str, link: str) -> None:
    shared = urlsplit(sharing(GIVEN, "zh", web, chat))
    query = parse_qs(shared.query)
    assert (shared.netloc, shared.path, query["url"]) == ("t.me", "/share/url", [link])
    assert not shared.fragment and "https://" not in query["text"][0] and "{link}" not in query["text"][0]
