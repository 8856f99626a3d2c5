"""In which language somebody is greeted."""

from __future__ import annotations

import pytest

from bot.house.settings import Settings
from bot.telegram.introduction import DESCRIPTION, SHORT, introduce
from bot.telegram.languages import spoken
from bot.telegram.rates import Limits, Pace
from bot.telegram.running import open_bot
from bot.telegram.sender import Sender
from dialogs.words import LOCALES, Words
from tests.bot.telegram.double import Telegram


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-hans", "zh"), ("zh-TW", "zh"), ("zh-hant-HK", "zh"), ("zh", "zh"), ("zh_CN", "zh"), ("yue", "zh"),
        ("", "zh"), ("za", "zh"), ("en", "en"), ("en-GB", "en"), ("vi", "en"), ("th", "en"), ("ja", "en"),
        ("pt-br", "en"), ("xx-unheard-of", "en"),
    ],
)  # fmt: skip
def test_a_phone_is_answered_in_its_language_as_far_as_there_is_one(tag: str, language: str) -> None:
    assert spoken(tag) == language


@pytest.mark.parametrize("locale", LOCALES)
def test_what_the_bot_says_of_itself_is_short_enough_for_telegram(locale: str) -> None:
    words = Words(locale)
    assert 0 < len(words(DESCRIPTION)) <= 512
    assert 0 < len(words(SHORT)) <= 120


async def test_it_describes_itself_in_every_language_and_only_where_that_changes_something(
    telegram: Telegram,
) -> None:
    bot = open_bot(Settings(BOT_TOKEN=telegram.token, TELEGRAM_API=telegram.url))  # type: ignore[call-arg]  # pydantic takes aliases
    sender = Sender(bot, Pace(Limits(chat=0, overall=0, group=0, between_edits=0)), pauses=(0,))
    telegram.fail("too_many", "setMyDescription", retry_after=1)
    assert await introduce(sender) == 2 * (1 + len(LOCALES))
    texts = telegram.profile.texts
    assert texts["description", "zh"].startswith("匠荐帮您填")
    assert texts["description", ""] == texts["description", "en"] != texts["description", "zh"]
    assert await introduce(sender) == 0
    texts["short_description", "zh"] = "一个旧的说法"
    assert await introduce(sender) == 1
    assert texts["short_description", "zh"] == Words("zh")(SHORT)
    await bot.session.close()
