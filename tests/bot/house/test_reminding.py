"""Reminders: once for each closing day and party, only where something is still to be done, and never at night."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.courier import Courier, Receipt
from bot.house.reminding import deadline
from dialogs.turn import Screen
from forms.window import Window
from storage import tables
from tests.bot.house.desk.bureau import COUNTY, Bureau
from tests.bot.house.invitees import asks, gathered, nominated, takes, writes
from tests.bot.household import House, Someone, picture, stream

ZONE = ZoneInfo("Asia/Shanghai")
#: The small programme closes on 30 June 2026.
SEVEN, TWO = datetime(2026, 6, 23, 9, tzinfo=ZONE), datetime(2026, 6, 28, 9, tzinfo=ZONE)


class Phone:
    """A door that can be spoken to."""

    page = False

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        self.shown.append((address, str(screen.told)))
        return Receipt(str(len(self.shown)))

    def reminded(self) -> list[str]:
        """The addresses that were reminded since the last look, by name."""
        told = sorted(address for address, words in self.shown if "提醒您" in words)
        self.shown.clear()
        return told


class Day:
    """A house whose clock is moved, and whose courier delivers to phones."""

    def __init__(self, house: House) -> None:
        self.house, self.phone = house, Phone()

    async def goes_on(self, now: datetime, rounds: int = 6) -> list[str]:
        """What happens by a moment; gives who was reminded."""
        self.house.now = now
        await self.house.conversation.expire()
        courier = Courier(self.house.conversation, {"telegram": self.phone})
        for _ in range(rounds):
            await courier.round()
        return self.phone.reminded()


@pytest.fixture
def day(house: House) -> Day:
    return Day(gathered(house))


@pytest.fixture
async def anna(day: Day) -> Someone:
    return await nominated(Someone(day.house, "anna", "telegram"))


async def expert(day: Day, anna: Someone, name: str) -> Someone:
    anna.screen = await anna.take()
    if not await day.house.rows("code") or name == "first":
        token = await asks(anna)
    else:
        await anna.says("进度")
        await anna.presses("去请推荐专家")
        await anna.says("莫振邦", "师傅")
        assert anna.screen.invitation is not None
        token = anna.screen.invitation.token
    return await takes(Someone(day.house, name, "telegram"), token)


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (SEVEN - timedelta(minutes=1), None),
        (SEVEN, 7),
        (TWO - timedelta(minutes=1), 7),
        (TWO, 2),
        (datetime(2026, 6, 30, 23, 59, tzinfo=ZONE), 2),
        (datetime(2026, 7, 1, tzinfo=ZONE), None),
    ],
)
def test_the_last_moment_that_has_passed_counts(now: datetime, days: int | None) -> None:
    found = deadline(Window(closes=date(2026, 6, 30)), now)
    assert (found[1] if found else None) == days


def test_without_a_closing_day_nobody_is_reminded() -> None:
    assert deadline(Window(), SEVEN) is None


async def test_everybody_who_is_not_done_is_reminded_once_for_each_deadline(day: Day, anna: Someone) -> None:
    await expert(day, anna, "first")
    assert await day.goes_on(SEVEN - timedelta(hours=1)) == []
    assert await day.goes_on(SEVEN) == ["anna", "first"]
    assert await day.goes_on(SEVEN + timedelta(hours=1)) == []
    assert await day.goes_on(TWO) == ["anna", "first"]
    assert await day.goes_on(TWO + timedelta(days=1)) == []


async def test_whoever_is_done_withdrew_or_is_asked_no_more_is_not_reminded(day: Day, anna: Someone) -> None:
    done = await writes(await expert(day, anna, "first"))
    assert "好" in str(done.screen.parts)
    gone = await expert(day, anna, "second")
    await gone.says("菜单")
    await gone.presses("不参加了", "退出，不再参加")
    await expert(day, anna, "third")
    assert await day.goes_on(SEVEN) == ["anna", "third"]


async def test_what_is_done_between_the_evening_and_the_morning_needs_no_reminder(
    day: Day, anna: Someone
) -> None:
    first = await expert(day, anna, "first")
    night = datetime(2026, 6, 23, 22, tzinfo=ZONE)
    assert await day.goes_on(night) == []
    await writes(first)
    assert await day.goes_on(datetime(2026, 6, 24, 7, 59, tzinfo=ZONE)) == []
    assert await day.goes_on(datetime(2026, 6, 24, 8, tzinfo=ZONE)) == ["anna"]


async def test_a_house_that_was_shut_reminds_of_the_nearer_deadline_alone(day: Day, anna: Someone) -> None:
    assert await day.goes_on(TWO + timedelta(hours=3)) == ["anna"]
    assert await day.goes_on(TWO + timedelta(hours=4)) == []


async def test_whoever_came_after_the_moment_is_not_pressed(day: Day) -> None:
    day.house.now = SEVEN + timedelta(hours=1)
    await nominated(Someone(day.house, "anna", "telegram"))
    assert await day.goes_on(SEVEN + timedelta(hours=2)) == []
    assert await day.goes_on(TWO) == ["anna"]


async def test_after_the_closing_day_nobody_is_reminded(day: Day, anna: Someone) -> None:
    assert await day.goes_on(datetime(2026, 7, 1, 9, tzinfo=ZONE)) == []


async def test_practice_is_not_reminded_of(day: Day, anna: Someone) -> None:
    practice = tables.case.update().values(practice=True)
    await day.house.database.run(lambda unit: unit.connection.execute(practice))
    assert await day.goes_on(SEVEN) == []


@pytest.mark.parametrize(
    "word",
    ["不用提醒", "别提醒我了", "别再提醒我", "退订", "/unremind", "stop reminders", "请不要再给我发提醒"],
)
async def test_whoever_wants_no_reminders_gets_none_until_they_want_them_again(
    day: Day, anna: Someone, word: str
) -> None:
    await anna.says(word)
    assert "不再提醒您" in str(anna.screen.told)
    assert await day.goes_on(SEVEN) == []
    await anna.says("要提醒")
    assert "会提醒您" in str(anna.screen.told)
    assert await day.goes_on(TWO) == ["anna"]


async def test_reminders_have_a_page_with_a_button(day: Day, anna: Someone) -> None:
    await anna.says("提醒设置")
    assert "截止前7天、前2天各提醒您一次" in str(anna.screen.parts)
    await anna.presses("不用提醒")
    await anna.says("提醒设置")
    assert "现在不提醒您" in str(anna.screen.parts)
    await anna.presses("要提醒")
    assert await day.goes_on(SEVEN) == ["anna"]


async def test_asked_for_at_night_it_comes_at_eight_and_the_asker_is_told(day: Day, anna: Someone) -> None:
    await expert(day, anna, "first")
    await day.goes_on(datetime(2026, 6, 16, 12, tzinfo=ZONE))
    day.house.now = datetime(2026, 6, 16, 23, tzinfo=ZONE)
    await anna.says("进度")
    await anna.presses("看看莫振邦", "提醒一下")
    assert "早上8点提醒对方" in str(anna.screen.told)
    assert await day.goes_on(datetime(2026, 6, 17, 7, 59, tzinfo=ZONE)) == []
    assert await day.goes_on(datetime(2026, 6, 17, 8, tzinfo=ZONE)) == ["first"]
    assert await day.goes_on(datetime(2026, 6, 17, 9, tzinfo=ZONE)) == []


async def test_asked_for_by_day_it_comes_at_once(day: Day, anna: Someone) -> None:
    await expert(day, anna, "first")
    noon = datetime(2026, 6, 16, 12, tzinfo=ZONE)
    await day.goes_on(noon)
    await anna.says("进度")
    await anna.presses("看看莫振邦", "提醒一下")
    assert "已经提醒了" in str(anna.screen.told)
    assert await day.goes_on(noon) == ["first"]


async def test_whoever_wants_no_reminders_cannot_be_reminded_by_others(day: Day, anna: Someone) -> None:
    first = await expert(day, anna, "first")
    await first.says("不用提醒")
    await anna.says("进度")
    await anna.presses("看看莫振邦")
    assert "消息发不到" in str(anna.screen.parts)
    assert "提醒一下" not in [button.label for button in anna.screen.buttons]


async def test_a_courier_that_dies_in_between_loses_none_and_tells_none_twice(
    day: Day, anna: Someone
) -> None:
    day.house.now = SEVEN
    await day.house.conversation.expire()
    await day.house.conversation.post.claim()  # and dies
    assert await day.goes_on(SEVEN + timedelta(seconds=30)) == []
    assert await day.goes_on(SEVEN + timedelta(seconds=90)) == ["anna"]
    items = select(tables.outbox.c.key).where(tables.outbox.c.kind == "reminder")
    rows = await day.house.database.read(lambda unit: unit.connection.execute(items).all())
    assert len(rows) == 1


async def test_several_processes_put_it_in_once(day: Day, anna: Someone) -> None:
    day.house.now = SEVEN
    first = day.house.conversation
    day.house.open(first._archive.library)  # another process
    await first.expire()
    await day.house.conversation.expire()
    assert await day.goes_on(SEVEN) == ["anna"]


# What was sent back


async def _sent_back(house: House) -> tuple[Day, Someone]:
    """Somebody on the telephone whose case came back."""
    bureau = await Bureau(house).opens()
    clerk = await bureau.seats("韦经办", bureau.county)
    someone = Someone(house, address="anna", channel="telegram")
    await someone.fills()
    kept = await house.conversation.receive("telegram", "anna", "证书.jpg", stream(picture()))
    await someone.take(file=kept)
    await someone.presses("发完了", "没问题", "属实", "递交", COUNTY, "递交给")
    await clerk.take()
    await clerk.presses("陆建华", "逐项看", "看：工种", "写错了", "有错别字", "看一遍意见", "确定退回")
    return Day(house), someone


async def test_what_was_sent_back_is_reminded_of_once_for_each_deadline(house: House) -> None:
    day, _ = await _sent_back(house)
    assert await day.goes_on(SEVEN - timedelta(hours=1)) == []
    assert await day.goes_on(SEVEN) == ["anna"]
    assert await day.goes_on(SEVEN + timedelta(hours=1)) == []
    assert await day.goes_on(TWO) == ["anna"]


async def test_it_is_said_what_came_back_and_from_whom(house: House) -> None:
    day, _ = await _sent_back(house)
    house.now = SEVEN
    await house.conversation.expire()
    courier = Courier(house.conversation, {"telegram": day.phone})
    for _ in range(6):
        await courier.round()
    assert any(f"{COUNTY}退回了1处，您还没有再次递交" in words for _, words in day.phone.shown)


async def test_sent_back_after_the_closing_day_it_is_reminded_of_once(house: House) -> None:
    house.now = datetime(2026, 6, 30, 12, tzinfo=ZONE)
    day, _ = await _sent_back(house)
    noon = datetime(2026, 7, 2, 11, tzinfo=ZONE)
    assert await day.goes_on(noon) == []
    assert await day.goes_on(noon + timedelta(hours=2)) == ["anna"]
    assert await day.goes_on(noon + timedelta(days=9)) == []


async def test_handed_in_again_or_unwanted_nothing_is_said(house: House) -> None:
    day, someone = await _sent_back(house)
    await someone.take()
    await someone.says("电焊工")
    await someone.presses("没问题", "属实", "再次递交")
    assert await day.goes_on(SEVEN) == []


async def test_whoever_wants_no_reminders_is_not_reminded_of_what_came_back(house: House) -> None:
    day, someone = await _sent_back(house)
    await someone.says("不用提醒")
    assert await day.goes_on(SEVEN) == []
    assert await day.goes_on(datetime(2026, 7, 9, 12, tzinfo=ZONE)) == []


def test_the_programme_says_on_which_days() -> None:
    window = Window(closes=date(2026, 6, 30), reminds=(14,))
    assert deadline(window, datetime(2026, 6, 16, 8, tzinfo=ZONE)) is None
    found = deadline(window, TWO)
    assert found
    assert found[1] == 14
    assert deadline(Window(closes=date(2026, 6, 30), reminds=()), TWO) is None
