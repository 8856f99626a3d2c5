"""The link of a seat: known for what it is wherever it is typed, and of nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.house.links import Links
from bot.house.seating import LASTS, Seating
from bot.house.tokens import SEAT_MARK, SeatTokens, Tokens, digest_of, garbled, typed
from forms.offices import Office
from storage import codes, offices, seats
from storage.database import Database
from storage.unit import Unit
from tests.storage.test_interviews import welcome

NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
KEY = b"k" * 32
TOKEN = SeatTokens(KEY).of("a seat")


@pytest.mark.parametrize(
    "text",
    [
        f"https://jj.example.org/s#{TOKEN}",
        f"https://jj.example.org/s%23{TOKEN}",
        f"请点这个链接入座：https://jj.example.org/s#{TOKEN} 14天内有效",
        f"https://t.me/jiangjian_bot?start=s_{TOKEN}",
        f"/start s_{TOKEN}",
        f"s_{TOKEN}",
        f"入座：s_{TOKEN}。",
    ],
)
def test_a_seats_link_is_known_in_every_dress(text: str) -> None:
    assert typed(text, SEAT_MARK) == TOKEN
    assert typed(text) == ""
    assert not garbled(text, SEAT_MARK)


@pytest.mark.parametrize(
    "text", [f"https://jj.example.org/i#{TOKEN}", f"i_{TOKEN}", f"is_{TOKEN}", "s", "张三"]
)
def test_what_is_no_seats_link_is_none(text: str) -> None:
    assert typed(text, SEAT_MARK) == ""
    assert not garbled(text, SEAT_MARK)


@pytest.mark.parametrize("text", [f"s_{TOKEN[:-1]}", "https://jj.example.org/s#abc", "s_", f"s_{TOKEN}x"])
def test_a_seats_link_that_was_cut_off_is_no_answer(text: str) -> None:
    assert garbled(text, SEAT_MARK)
    assert not garbled(text)


def test_no_two_tokens_are_alike() -> None:
    tokens = {
        SeatTokens(KEY).of("a"),
        SeatTokens(KEY).of("b"),
        SeatTokens(b"x" * 32).of("a"),
        Tokens(KEY).of("a", 1),
    }
    assert len(tokens) == 4
    assert {len(each) for each in tokens} == {43}


async def test_a_seat_is_offered_by_a_link_that_opens_it_and_can_be_shown_while_it_waits(
    database: Database,
) -> None:
    seating = Seating(KEY, Links("https://jj.example.org", "jiangjian_bot"))
    anna = (await welcome(database)).person

    def work(unit: Unit) -> None:
        (office,) = offices.add(unit, [Office(name="甲县总工会", kind="county")], NOW)
        offered = seating.invite(unit, office, "head", "李四", "command line", NOW)
        assert offered.expires == NOW + LASTS == NOW + timedelta(days=14)
        assert offered.token.startswith("s_")
        assert {typed(each, SEAT_MARK) for each in (offered.link, offered.telegram, offered.token)} == {
            offered.token.removeprefix("s_")
        }
        digest = digest_of(typed(offered.link, SEAT_MARK))
        found = codes.find(unit, digest, NOW)
        assert found is not None
        assert found.seat == offered.seat
        (waiting,) = seats.of_office(unit, office)
        assert seating.shown(waiting, NOW) == offered
        assert seating.shown(waiting, NOW + LASTS) is None
        assert seats.take(unit, digest, anna, NOW) == "taken"
        (taken,) = seats.of_office(unit, office)
        assert seating.shown(taken, NOW) is None

    await database.run(work)


def test_where_the_bots_name_is_not_known_there_is_no_link_to_it() -> None:
    assert Links("https://jj.example.org").seated_link("s_abc") == ""
