"""Updates that should not be: none raises, and none stands in anybody's way."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import Blemishes, forgiven, polling, telegram, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service

__all__ = ["forgiven", "polling", "telegram"]
pytestmark = together

USER = {"id": 77, "is_bot": False, "first_name": "x"}
CHAT = {"id": 77, "type": "private", "first_name": "x"}
MESSAGE = {"message_id": 5, "date": 1, "chat": CHAT, "from": USER, "text": "x"}
QUERY = {"id": "9", "from": USER, "chat_instance": "1", "data": "x", "message": MESSAGE}


def without(what: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in what.items() if key not in names}


BAD: dict[str, dict[str, Any]] = {
    "an unknown type": {"telepathy": {"thought": "x"}},
    "nothing at all": {},
    "no sender": {"message": without(MESSAGE, "from")},
    "no chat": {"message": without(MESSAGE, "chat")},
    "no date": {"message": without(MESSAGE, "date")},
    "no number": {"message": without(MESSAGE, "message_id")},
    "a message that is none": {"message": "x"},
    "a message that is null": {"message": None},
    "a message of a list": {"message": [1, 2]},
    "a text that is a number": {"message": MESSAGE | {"text": 17}},
    "a user without a name": {"message": MESSAGE | {"from": {"id": 77}}},
    "a number beyond all": {"message": MESSAGE | {"chat": CHAT | {"id": 10**30}}},
    "a chat that is text": {"message": MESSAGE | {"chat": CHAT | {"id": "x"}}},
    "a type of chat not known yet": {"message": MESSAGE | {"chat": CHAT | {"type": "hologram"}}},
    "a bot that speaks": {"message": MESSAGE | {"from": USER | {"is_bot": True}}},
    "a photo of no size": {"message": without(MESSAGE, "text") | {"photo": []}},
    "a photo without an id": {"message": without(MESSAGE, "text") | {"photo": [{"width": 1, "height": 1}]}},
    "a document of nothing": {"message": without(MESSAGE, "text") | {"document": {}}},
    "a press without data": {"callback_query": without(QUERY, "data")},
    "a press without a message": {"callback_query": without(QUERY, "message")},
    "a press without an id": {"callback_query": without(QUERY, "id")},
    "a press by nobody": {"callback_query": without(QUERY, "from")},
    "a press of a game": {"callback_query": without(QUERY, "data") | {"game_short_name": "x"}},
    "a press in an inline message": {
        "callback_query": without(QUERY, "message") | {"inline_message_id": "x"}
    },
    "a change of nobody": {"my_chat_member": {}},
    "a change to a status not known yet": {
        "my_chat_member": {
            "chat": CHAT,
            "from": USER,
            "date": 1,
            "old_chat_member": {"status": "member", "user": USER},
            "new_chat_member": {"status": "ascended", "user": USER},
        }
    },
    "an edit of nothing": {"edited_message": without(MESSAGE, "text")},
    "a post in a channel": {"channel_post": MESSAGE},
    "a poll": {"poll": {"id": "1"}},
    "a lone surrogate": {"message": MESSAGE | {"text": "\ud800"}},
    "zeros": {"message": MESSAGE | {"text": "\x00\x00"}},
    "a date before time": {"message": MESSAGE | {"date": -(10**12)}},
    "entities that lie": {
        "message": MESSAGE | {"entities": [{"type": "bot_command", "offset": 900, "length": -3}]}
    },
    "fields of tomorrow": {"message": MESSAGE | {"aura": {"colour": "blue"}}},
}

RAW: dict[str, Callable[[int], str]] = {
    "an update that is null": lambda number: "null",
    "an update that is a number": lambda number: "17",
    "an update without a number": lambda number: json.dumps({"message": MESSAGE}),
    "an update with a number in words": lambda number: '{"update_id": "seven", "message": {}}',
}


@pytest.fixture
def service(polling: Service) -> Service:
    return polling


@pytest.fixture(autouse=True)
def _no_blemish(telegram: Telegram, service: Service) -> object:
    blemishes = Blemishes(telegram, service)
    # Those who are not there cannot be answered; a keyboard that is gone cannot be taken away again.
    telegram.forgiven += ["chat not found", "query is too old", "message is not modified"]
    yield
    blemishes.none()


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_update_is_passed_over(telegram: Telegram, service: Service, what: str) -> None:
    before, after = Phone(telegram), Phone(telegram)
    before.says("/start")
    update = BAD[what]
    telegram.updates.add("", None, "bad", raw=lambda number: json.dumps({"update_id": number, **update}))
    after.says("/start")
    await before.sees_screen()
    await after.sees_screen()
    await telegram.updates.settled()


@pytest.mark.parametrize("what", RAW)
async def test_what_is_no_update_is_passed_over(telegram: Telegram, service: Service, what: str) -> None:
    telegram.updates.add("", None, "bad", raw=RAW[what])
    phone = Phone(telegram)
    phone.says("/start")
    await phone.sees_screen()
    await telegram.updates.settled()


FORGED = [
    "",
    "x",
    "0.000000000000",
    "ffffffffffffffff.ffffffffffff",
    "v:p999:0",
    "v:s999:0",
    "v:c:ffffffffffff",
    "d:",
    "d:application",
    "d:../../etc/passwd",
    "x:yes:0",
    "x:yes:ffffffffffff",
    "x:no:",
    "密",
    "a" * 64,
    "'; DROP TABLE person; --",
    "{{ 7 * 7 }}",
]


@pytest.mark.parametrize("data", FORGED, ids=range(len(FORGED)))
async def test_forged_data_changes_nothing(telegram: Telegram, service: Service, data: str) -> None:
    phone = Phone(telegram)
    await phone.begins()
    before = await service.interview(phone)
    query = phone.sends_data(data)
    await phone.until(lambda: query in telegram.answers, "the press to be answered")
    await telegram.updates.settled()
    after = await service.interview(phone)
    if data.startswith("x:yes:f"):
        return  # the person's own decision, however it came: nobody else's is touched
    assert after == before
    await phone.tells("是")


async def test_a_forged_deletion_is_no_decision(telegram: Telegram, service: Service) -> None:
    """A moment far ahead was never asked about."""
    phone = Phone(telegram)
    await phone.begins()
    query = phone.sends_data("x:yes:ffffffffffff")
    await phone.until(lambda: query in telegram.answers, "the press to be answered")
    assert (await service.interview(phone)).answers == {"route": "unit"}


async def test_foreign_data_is_one_s_own_or_nothing(telegram: Telegram, service: Service) -> None:
    """Another person's button, pressed by a client that shows what it likes."""
    mine, theirs = Phone(telegram), Phone(telegram)
    await mine.begins()
    await theirs.begins()
    await theirs.tells("是")
    their_screen = theirs.screen
    assert their_screen
    before = await service.interview(theirs)
    for row in their_screen.rows:
        for button in row:
            query = mine.sends_data(button["callback_data"], their_screen)
            await mine.until(partial(telegram.answers.get, query), "the press to be answered")
    await telegram.updates.settled()
    assert await service.interview(theirs) == before


async def test_a_press_on_a_message_that_is_gone_for_bots(telegram: Telegram, service: Service) -> None:
    phone = Phone(telegram)
    screen = await phone.begins()
    telegram.forgiven.append("message to edit not found")
    phone.sends_old_data(screen.rows[0][0]["callback_data"], screen)
    await phone.sees_screen()
    assert "in_area" in (await service.interview(phone)).answers


async def test_the_numbers_of_updates_begin_anew(telegram: Telegram, service: Service) -> None:
    """After an idle week Telegram's numbers are random again, here lower than any before."""
    phone = Phone(telegram)
    await phone.begins()
    await telegram.updates.settled()
    telegram.updates.start_again()
    phone.says("是")
    await phone.sees_screen(60)
    await telegram.updates.settled()
