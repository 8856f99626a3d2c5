"""An invitation as it goes to the page."""

from __future__ import annotations

import pytest

from bot.house.links import Links
from bot.webchat.inviting import handed
from dialogs.turn import Invitation

TOKEN = f"i_{'B' * 43}"
INVITATION = Invitation(TOKEN, "给莫振邦的链接", "莫振邦您好，点这里开始：{link}")


@pytest.mark.parametrize("username", ["", "jiangjian_bot"])
def test_an_address_that_others_can_open_is_what_is_handed_on(username: str) -> None:
    told = handed(Links("https://jiangjian.example", username, public=True), INVITATION)
    assert told["link"] == f"https://jiangjian.example/i#{TOKEN[2:]}"
    assert told["text"] == f"莫振邦您好，点这里开始：{told['link']}"
    assert told["reaches"] and told["here"] == f"/i#{TOKEN[2:]}"
    assert told["telegram"] == (f"https://t.me/{username}?start={TOKEN}" if username else "")


def test_where_only_the_bot_reaches_others_its_link_stands_alone() -> None:
    told = handed(Links("http://localhost:8080", "jiangjian_bot"), INVITATION)
    assert told["link"] == f"https://t.me/jiangjian_bot?start={TOKEN}" and told["telegram"] == ""
    assert not told["reaches"] and told["here"] == f"/i#{TOKEN[2:]}"


def test_where_nothing_reaches_others_it_says_so() -> None:
    told = handed(Links("http://localhost:8080"), INVITATION)
    assert told["link"] == f"http://localhost:8080/i#{TOKEN[2:]}" and not told["reaches"]
