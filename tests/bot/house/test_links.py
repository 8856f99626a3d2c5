"""Which addresses people are sent to."""

from __future__ import annotations

import pytest

from bot.house.links import Links


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost:8080",
        "http://127.0.0.1:80",
        "http://[::1]:8080",
        "http://0.0.0.0",
        "http://a.localhost",
    ],
)
def test_an_address_of_this_machine_is_nobody_elses(address: str) -> None:
    links = Links(address, "jiangjian_bot", public=True)
    assert links.home == ""
    assert links.carried_link("ABCDE-23456") == "https://t.me/jiangjian_bot?start=join_ABCDE-23456"
    assert Links(address, public=True).carried_link("ABCDE-23456") == ""


def test_only_an_address_that_was_set_is_shown_elsewhere() -> None:
    address = "https://jiangjian.example"
    assert Links(address).home == ""
    assert Links(address, public=True).home == address
    assert Links(address, public=True).carried_link("A-B") == "https://jiangjian.example/resume#A-B"


def test_telegram_opens_the_web_chat_inside_itself_by_https_alone() -> None:
    assert Links("https://jiangjian.example", public=True).app == "https://jiangjian.example/launch"
    assert Links("http://jiangjian.example", public=True).app == ""
    assert Links("https://localhost", public=True).app == ""
    assert Links("https://jiangjian.example").app == ""


TOKEN = f"i_{'A' * 43}"


def test_an_invitation_is_handed_on_by_the_web_where_others_can_open_it() -> None:
    links = Links("https://jiangjian.example", "jiangjian_bot", public=True)
    assert links.handed_link(TOKEN) == f"https://jiangjian.example/i#{TOKEN[2:]}"
    assert links.invited_link(TOKEN) == f"https://t.me/jiangjian_bot?start={TOKEN}"
    assert len(TOKEN) <= 64, "what Telegram takes behind start="


def test_else_it_is_handed_on_by_the_bot_and_where_there_is_none_by_an_address_of_this_machine() -> None:
    assert Links("http://localhost:8080", "jiangjian_bot").handed_link(TOKEN).startswith("https://t.me/")
    assert Links("http://localhost:8080").handed_link(TOKEN) == f"http://localhost:8080/i#{TOKEN[2:]}"
    assert Links("http://localhost:8080").invited_link(TOKEN) == ""


def test_an_invitation_to_a_seat_opens_as_one_to_a_seat() -> None:
    links = Links("https://jiangjian.example", "jiangjian_bot", public=True)
    assert links.handed_link("s_abc") == "https://jiangjian.example/s#abc"
    assert links.handed_link("i_abc") == "https://jiangjian.example/i#abc"
    assert links.invited_link("s_abc") == "https://t.me/jiangjian_bot?start=s_abc"
    assert links.invited_link("i_abc") == "https://t.me/jiangjian_bot?start=i_abc"
