"""What Telegram and people do to a bot: floods, lost answers, deleted messages, blocks, a second bot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from storage import interviews
from tests.bot.telegram.double import Telegram, Trouble
from tests.bot.telegram.flood import Limits
from tests.bot.telegram.house import SAMPLES, Blemishes, forgiven, polling, telegram, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service
from tests.storage.rings import kept_at

__all__ = ["forgiven", "polling", "telegram"]
pytestmark = together

PASSING: list[Trouble] = ["internal", "bad_gateway", "lost_before", "lost_after"]


@pytest.fixture
def service(polling: Service) -> Service:
    return polling


@pytest.fixture
def phone(telegram: Telegram, service: Service) -> Phone:
    return Phone(telegram)


@pytest.fixture(autouse=True)
def _no_blemish(telegram: Telegram, service: Service) -> object:
    blemishes = Blemishes(telegram, service)
    yield
    telegram.faults.clear()
    blemishes.none()


async def unreachable(service: Service, phone: Phone) -> bool:
    """Whether the person is noted as not to be reached."""
    kept = kept_at(service.database)
    seat = await kept.run(lambda unit: interviews.speaker(unit, "telegram", str(phone.id)))
    kept.close()
    assert seat
    return seat.unreachable


# Answers that get lost


@pytest.mark.parametrize("trouble", PASSING)
async def test_a_screen_comes_through(phone: Phone, telegram: Telegram, trouble: Trouble) -> None:
    await phone.begins()
    fault = telegram.fail(trouble, "sendMessage", chat=phone.id)
    screen = await phone.tells("是")
    await phone.until(lambda: fault.hits, "the trouble")
    assert screen.rows
    await phone.tells("/menu")


@pytest.mark.parametrize("trouble", PASSING)
async def test_updates_come_through(phone: Phone, telegram: Telegram, trouble: Trouble) -> None:
    await phone.begins()
    fault = telegram.fail(trouble, "getUpdates", times=2)
    await phone.tells("是")
    await phone.tells("/menu")
    await telegram.updates.until(lambda: fault.hits, "the trouble")


@pytest.mark.parametrize("trouble", PASSING)
async def test_a_file_comes_through(
    phone: Phone, telegram: Telegram, service: Service, trouble: Trouble
) -> None:
    await phone.begins()
    telegram.fail(trouble, "getFile")
    phone.sends_file(SAMPLES / "photo-white.jpg")
    await phone.hears("文件先不收", 30)


@pytest.mark.parametrize("trouble", PASSING)
async def test_a_press_that_cannot_be_answered_counts(
    phone: Phone, telegram: Telegram, service: Service, trouble: Trouble, forgiven: list[str]
) -> None:
    forgiven.append("query is too old")  # answered again after the connection was lost
    await phone.begins()
    await telegram.until(lambda: not telegram.queries, "all presses to be answered")
    fault = telegram.fail(trouble, "answerCallbackQuery")
    known = len(telegram.called("answerCallbackQuery"))
    await phone.chooses("是")

    def again() -> bool:
        calls = telegram.called("answerCallbackQuery")[known:]
        return len(calls) > 1 and calls[-1].said != trouble

    await telegram.until(again, "another answer")
    assert fault.hits == 1
    assert (await service.interview(phone)).answers["in_area"] is True


async def test_a_press_that_is_too_old_to_be_answered_counts(
    phone: Phone, telegram: Telegram, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("query is too old")
    await phone.begins()
    await telegram.until(lambda: not telegram.queries, "all presses to be answered")
    known = len(telegram.called("answerCallbackQuery"))
    phone.press("是")
    telegram.forget_queries()
    await phone.sees_screen()
    await telegram.until(lambda: len(telegram.called("answerCallbackQuery")) > known, "an answer, too late")
    assert "query is too old" in telegram.called("answerCallbackQuery")[-1].said
    assert (await service.interview(phone)).answers["in_area"] is True


# Answers that cannot be read: what was asked is maybe done, and is not done again


UNREADABLE: list[Trouble] = ["odd_after", "garbled_after", "broken_after"]


@pytest.mark.parametrize("trouble", UNREADABLE)
async def test_one_greeting_whatever_telegram_answers(
    phone: Phone, telegram: Telegram, service: Service, trouble: Trouble
) -> None:
    fault = telegram.fail(trouble, "sendMessage", chat=phone.id, times=100)
    await phone.tells("/start")
    phone.press("同意，开始")
    await phone.until(lambda: phone.screen and "请选要申报的项目" in phone.screen.text, "the programmes")
    phone.press_like("南宁工匠")
    await phone.until(lambda: phone.screen and "哪种方式" in phone.screen.text, "the route")
    await telegram.updates.settled()
    sent = [change.message for change in phone.chat.changes if change.kind == "sent"]
    assert len(sent) == fault.hits == 3, "each Screen once"
    await phone.chooses("单位推荐")
    assert (await service.interview(phone)).answers == {"route": "unit"}


@pytest.mark.parametrize("trouble", UNREADABLE)
async def test_a_keyboard_of_unknown_number_works(
    phone: Phone, telegram: Telegram, service: Service, trouble: Trouble
) -> None:
    await phone.begins()
    telegram.fail(trouble, "sendMessage", chat=phone.id)
    asked = await phone.tells("是")
    await phone.chooses("菜单", "接着填")
    assert asked.rows, "what is pressed is taken for the current one"
    await phone.tells("焊工")
    await phone.until(lambda: not asked.rows, "its keyboard to go")
    assert [message for message in phone.chat.standing if message.rows] == [phone.screen]
    assert (await service.interview(phone)).answers["trade"] == "焊工"


@pytest.mark.parametrize("trouble", UNREADABLE)
@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup", "answerCallbackQuery"])
async def test_what_is_maybe_changed_is_not_changed_again(
    phone: Phone, telegram: Telegram, service: Service, trouble: Trouble, method: str
) -> None:
    await phone.begins()
    await telegram.until(lambda: not telegram.queries, "all presses to be answered")
    fault = telegram.fail(trouble, method)
    known = len(telegram.called(method))
    phone.press("是")
    await phone.sees_screen()
    await phone.tells("焊工")
    await telegram.until(lambda: fault.hits, "the trouble")
    said = [call.said for call in telegram.called(method)[known:]]
    assert said.count(trouble) == 1
    assert (await service.interview(phone)).answers["trade"] == "焊工"


@pytest.mark.parametrize("trouble", UNREADABLE)
async def test_a_copy_comes_once_whatever_telegram_answers(
    phone: Phone, telegram: Telegram, trouble: Trouble
) -> None:
    await phone.begins()
    fault = telegram.fail(trouble, "sendDocument", chat=phone.id, times=100)
    await phone.tells("/mydata")
    phone.press("下载：我的全部内容")
    await telegram.until(lambda: fault.hits, "the copy", 30)
    await phone.tells("是")
    assert fault.hits == 1
    assert "没能发出去" not in "".join(message.text for message in phone.chat.standing)


@pytest.mark.parametrize("trouble", UNREADABLE)
async def test_updates_in_an_answer_that_cannot_be_read_come_again(
    phone: Phone, telegram: Telegram, trouble: Trouble
) -> None:
    await phone.begins()
    fault = telegram.fail(trouble, "getUpdates", times=2)
    await phone.tells("是")
    await phone.tells("/menu")
    await telegram.updates.until(lambda: fault.hits, "the trouble")


# Floods


async def test_a_flood_in_one_chat_is_waited_for(phone: Phone, telegram: Telegram) -> None:
    other = Phone(telegram)
    await phone.begins()
    await other.begins()
    begun = telegram.clock()
    fault = telegram.fail("too_many", "sendMessage", chat=phone.id, retry_after=2)
    phone.says("是")
    await other.tells("是")
    assert not phone.news, "the other one does not wait"
    await phone.sees_screen()
    assert fault.hits == 1
    assert telegram.clock() - begun >= 2


async def test_the_pace_that_telegram_allows_is_kept(tmp_path: Path) -> None:
    limits = Limits(burst=2)
    async with (
        Telegram(limits=limits) as strict,
        Service(strict, tmp_path, TELEGRAM_PER_CHAT=1, TELEGRAM_OVERALL=30) as bot,
    ):
        people = [Phone(strict) for _ in range(12)]
        for person in people:
            for text in ("/start", "/help", "你好", "/privacy"):
                person.says(text)
        await asyncio.gather(*map(_hears_four, people))
        assert not [call for call in strict.calls if call.said.startswith("429")]
        assert not bot.faults


async def _hears_four(phone: Phone) -> None:
    await phone.until(lambda: len(phone.chat.changes) >= 4, "four answers", 40)


# Messages that are no longer there


async def test_a_question_that_was_deleted_is_asked_again(
    phone: Phone, telegram: Telegram, forgiven: list[str]
) -> None:
    forgiven.append("message to edit not found")
    screen = await phone.begins()
    phone.presses_on(screen, "菜单")
    phone.deletes(screen)
    await phone.until(lambda: phone.screen and phone.screen is not screen, "the menu in another message")
    await phone.chooses("接着填")


async def test_everything_that_was_deleted_is_no_loss(
    phone: Phone, telegram: Telegram, service: Service, forgiven: list[str]
) -> None:
    forgiven.append("message to edit not found")
    await phone.begins()
    for message in phone.chat.standing:
        phone.deletes(message)
    known = len(telegram.calls)
    await phone.tells("是")
    await telegram.until(lambda: _not_found(telegram, known), "the keyboard to be taken away")
    assert (await service.interview(phone)).answers["in_area"] is True


def _not_found(telegram: Telegram, known: int) -> bool:
    return any("message to edit not found" in call.said for call in telegram.calls[known:])


# People who block the bot


async def test_who_blocks_the_bot_is_noted_and_welcome_again(
    phone: Phone, service: Service, telegram: Telegram
) -> None:
    await phone.begins()
    phone.blocks()
    await telegram.updates.settled()
    assert await unreachable(service, phone)
    phone.unblocks()
    await telegram.updates.settled()
    await phone.tells("/start")
    assert not await unreachable(service, phone)
    assert (await service.interview(phone)).answers == {"route": "unit"}


async def test_who_blocks_the_bot_while_it_answers_is_noted(
    phone: Phone, service: Service, telegram: Telegram, forgiven: list[str]
) -> None:
    forgiven.append("bot was blocked by the user")
    await phone.begins()
    phone.says("是")
    phone.chat.blocked = True
    other = Phone(telegram)
    await other.begins()
    await telegram.updates.settled()
    async with asyncio.timeout(10):
        while not await unreachable(service, phone):
            await other.tells("/menu")
    assert (await service.interview(phone)).answers["in_area"] is True


# Starting and stopping


@pytest_asyncio.fixture(loop_scope="module")
async def another(telegram: Telegram, tmp_path: Path) -> AsyncIterator[Service]:
    """A second process with the same token."""
    second = Service(telegram, tmp_path / "second")
    yield second
    if second.running:
        await second.stop()


async def test_two_processes_with_one_token(
    telegram: Telegram, service: Service, another: Service, phone: Phone
) -> None:
    said = len(service.errors)
    await another.launch()

    def conflicts() -> list[str]:
        told = [*service.errors[said:], *another.errors]
        return [line for line in told if "another process asks Telegram" in line]

    async with asyncio.timeout(60):
        while not conflicts():
            await asyncio.wait(
                [asyncio.ensure_future(each.until(conflicts, "a word", 60)) for each in (service, another)],
                return_when=asyncio.FIRST_COMPLETED,
            )
    assert len(conflicts()) <= 2, "one line each, however long it lasts"
    await another.stop()
    await phone.begins()
    assert service.running


async def test_a_wrong_token_is_told_in_one_line(tmp_path: Path) -> None:
    async with Telegram() as elsewhere:
        wrong = "4839574812:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        stranger = Service(elsewhere, tmp_path / "wrong", BOT_TOKEN=wrong)
        await stranger.launch()
        assert await stranger.ends() == 1
        lines = [line for line in stranger.errors if not line.startswith(("left out", "warning: the master"))]
        assert lines == ["jiangjian: Telegram refuses BOT_TOKEN: ask @BotFather for the right one"]
        assert wrong not in stranger.told


async def test_a_token_that_is_none(tmp_path: Path, telegram: Telegram) -> None:
    stranger = Service(telegram, tmp_path / "none", BOT_TOKEN="hello")
    await stranger.launch()
    assert await stranger.ends() == 1
    lines = [line for line in stranger.errors if not line.startswith(("left out", "warning: the master"))]
    assert len(lines) == 1
    assert "BOT_TOKEN" in lines[0]


async def test_a_webhook_without_its_secret(tmp_path: Path, telegram: Telegram) -> None:
    for secret in ("", "密钥", "with space", "x" * 257):
        hooked = Service(
            telegram, tmp_path / "hook", WEBHOOK_URL="https://bot.example/t", WEBHOOK_SECRET=secret
        )
        await hooked.launch()
        assert await hooked.ends() == 1
        lines = [line for line in hooked.errors if not line.startswith(("left out", "warning: the master"))]
        assert len(lines) == 1
        assert "WEBHOOK_SECRET" in lines[0]


async def test_without_a_network_it_waits_for_one(tmp_path: Path) -> None:
    async with Telegram() as servers:
        fault = servers.fail("lost_before", times=3)
        async with Service(servers, tmp_path / "offline") as bot:
            assert fault.hits == 3
            told = [line for line in bot.errors if "Telegram cannot be reached" in line]
            assert len(told) == 1
            await Phone(servers).tells("/start")


async def test_a_stop_finishes_what_is_in_hand(tmp_path: Path) -> None:
    async with Telegram() as servers:
        bot = Service(servers, tmp_path / "stopping")
        await bot.start()
        people = [Phone(servers) for _ in range(15)]
        await asyncio.gather(*(person.begins() for person in people))
        for person in people:
            person.says("是")
        await servers.updates.until(
            lambda: any(each.handed_out for each in servers.updates.pending.values()), "updates in hand"
        )
        assert await bot.stop() == 0
        taken = {each.payload["from"]["id"] for each in servers.updates.pending.values()}
        for person in people:
            kept = await bot.interview(person)
            assert ("in_area" in kept.answers) != (person.id in taken), "taken and confirmed, or neither"
            if person.id not in taken:
                assert person.news
        await bot.start()
        for person in people:
            await person.sees_screen()
            assert (await bot.interview(person)).answers["in_area"] is True
        await bot.stop()
        assert not bot.faults
