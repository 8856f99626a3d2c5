"""A person comes back by a code, on whatever device; a code joins a door, and hands nothing over."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from bot.house.recovery import key_of
from dialogs.turn import Say, Screen
from forms.printing.workers import Workers
from storage import codes, interviews
from storage.database import Database
from tests.bot.household import House, Someone
from tests.built_in import built_in

CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}")


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    return House(database, tmp_path / "files", cast("Workers", None))


@pytest.fixture
def anna(house: House) -> Someone:
    return Someone(house, "anna")


def texts(screen: Screen) -> str:
    return "\n".join(part.text for part in screen.parts if isinstance(part, Say))


async def code_of(someone: Someone) -> str:
    """The recovery code, looked up in the menu and left again."""
    screen = await someone.says("恢复码")
    assert screen.code
    await someone.presses("抄好了")
    return screen.code.text


async def fills_a_little(someone: Someone) -> str:
    """An application with two answers; gives the code that is told with the first of them."""
    await someone.begins()
    first = await someone.says("个人申报")
    found = CODE.search(texts(first))
    assert found, "told at the first save"
    await someone.says("焊工")
    return found[0]


async def test_no_code_leads_to_what_may_not_be_kept(house: House, anna: Someone) -> None:
    house.open(built_in())
    await anna.says("/p daguo-jiangsu-2026")
    await anna.presses("同意，开始")
    first = await anna.says("是")
    assert "已经填的都删除了" in texts(first) and not CODE.search(texts(first))
    await anna.presses("改一下")
    assert CODE.search(texts(await anna.says("否"))), "now something is kept"


async def test_the_code_is_told_once_at_the_first_save_and_stands_in_the_menu(anna: Someone) -> None:
    await anna.begins()
    assert not CODE.search(texts(anna.screen))
    first = await anna.says("个人申报")
    told = CODE.search(texts(first))
    assert told
    assert told[0] in texts(await anna.take()), "and again until something is done"
    assert not CODE.search(texts(await anna.says("焊工")))
    assert await code_of(anna) == told[0]
    assert anna.asked == "trade_start", "the question is where it was"


async def test_the_database_alone_tells_no_code(anna: Someone, house: House) -> None:
    told = (await fills_a_little(anna)).replace("-", "")
    rows: list[str] = []
    for name in ("code", "notice", "event", "interview", "message", "crossing"):
        from storage.tables import metadata

        query = metadata.tables[name].select()
        rows += await house.database.run(
            lambda unit, query=query: [str(tuple(row)) for row in unit.connection.execute(query)]
        )
    assert rows
    assert not any(told in row.replace("-", "") for row in rows)


async def test_somebody_comes_back_on_another_device(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    phone = Someone(house, "new phone")
    await phone.take()
    asked = await phone.says(code)
    assert "小城工匠" in texts(asked)
    assert "已填2项" in texts(asked)
    assert "那边最近用过：2026年6月15日" in texts(asked)
    assert await house.conversation.attachment("web", "new phone", "0" * 32) is None
    screen = await phone.presses("接过来")
    assert "接上了" in texts(screen)
    assert phone.asked == "trade_start"
    await phone.says("2015年7月")
    told = await anna.take()
    assert anna.asked not in ("", "trade_start"), "both go on with the same application"
    assert "有人用恢复码" in texts(told)
    assert "网页" in texts(told)


SPELLINGS = [
    str.lower,
    lambda code: code.replace("-", ""),
    lambda code: code.replace("-", " "),
    lambda code: code.replace("-", "－"),
    lambda code: code.translate({ord(c): ord(c) + 0xFEE0 for c in "23456789ABCDEFGHJKMNPQRSTVWXYZ"}),
    lambda code: f"恢复码：{code}",
    lambda code: f"/resume {code}",
    lambda code: f"我的恢复码是{code.replace('-', ' - ')}，帮我接上",
    lambda code: f"https://jiangjian.example/resume#{code}",
    lambda code: f"https://t.me/jiangjian_bot?start=join_{code}",
]


@pytest.mark.parametrize("number", range(len(SPELLINGS)))
async def test_a_code_is_known_however_it_is_typed(anna: Someone, house: House, number: int) -> None:
    code = await fills_a_little(anna)
    other = Someone(house, "other")
    await other.take()
    assert "接着它填吗" in texts(await other.says(SPELLINGS[number](code)))


async def test_a_code_is_an_answer_at_no_question_and_is_never_stored(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await ben.begins()
    await ben.says("个人申报")
    for typed, told in (
        (code[:-1] + ("A" if code[-1] != "A" else "B"), "这个码不对"),
        (code[:-4] + "0OIL", "码里不会有数字0、数字1和字母O、I、L、U"),
        ("恢复码 ABCD-2345", "码是20位，您发了8位"),
        ("口令 AB2CD-EF3G", "码是10位，您发了9位"),
        ("AB2CD-EF3GH", "这个码不对"),
    ):
        screen = await ben.says(typed)
        assert told in texts(screen)
        assert typed not in texts(screen)
        assert ben.asked == "trade"
    speaker = await house.database.run(lambda unit: interviews.speaker(unit, "web", "ben"))
    assert speaker
    assert speaker.state.answers == {"route": "self"}
    await ben.says("答案：AB2CD-EF3GH")
    assert ben.asked != "trade", "whoever means an answer says so"


NO_CODES = [
    "GB50661",
    "2023",
    "HT250",
    "450122198409129963",
    "焊工 2015 年",
    "ABCDEFGHJKMNPQRSTVWX",
    "23456789234567892345",
    "13877155321",
]


@pytest.mark.parametrize("text", NO_CODES)
async def test_what_only_looks_a_little_like_a_code_is_an_answer(anna: Someone, text: str) -> None:
    await anna.begins()
    await anna.says("个人申报")
    assert "码" not in texts(await anna.says(text)).replace(text, "")


async def test_only_the_press_binds(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await ben.take()
    await ben.says(code)
    for said in ("好的", "焊工", "是"):
        assert "接着它填吗" in texts(await ben.says(said))
    assert "接着它填吗" in texts(await ben.take()), "a reload shows it again"
    await ben.presses("不接")
    assert "同意，开始" in [button.label for button in ben.screen.buttons]
    assert await house.rows("door") == 1


async def test_the_question_survives_a_restart_and_holds_for_one_door_and_ten_minutes(
    anna: Someone, house: House
) -> None:
    code = await fills_a_little(anna)
    ben, carla = Someone(house, "ben"), Someone(house, "carla")
    await ben.take()
    await carla.take()
    await ben.says(code)
    token = ben.token("接过来")
    house.__post_init__()
    assert "接着它填吗" not in texts(await carla.take(choice=token))
    house.now += timedelta(minutes=11)
    assert "接着它填吗" not in texts(await ben.take(choice=token))
    assert await house.rows("door") == 1


async def test_a_strangers_code_takes_nothing(anna: Someone, house: House) -> None:
    strangers = await fills_a_little(Someone(house, "stranger"))
    mine = await fills_a_little(anna)
    await anna.says("2015年7月")
    asked = texts(await anna.says(strangers))
    assert "不是您自己的就不要接" in asked
    assert "原样留着" in asked
    assert "已填3项" in asked
    assert "已填2项" in asked
    screen = await anna.presses("是我的，接过来")
    assert mine in texts(screen), "what is left behind can be reached again"
    assert anna.asked == "trade_start"
    stranger = Someone(house, "stranger")
    stranger._ids = iter(range(100, 200))  # type: ignore[assignment]
    await stranger.says("我的申报")
    assert "小城工匠" in texts(stranger.screen) or stranger.screen.buttons
    assert not any("填写中" in button.label for button in stranger.screen.buttons), "it got nothing of Anna's"
    await anna.says(mine)
    await anna.presses("是我的，接过来")
    await anna.says("/back")
    assert anna.asked == "trade_start", "three answers deep as before"


async def test_what_stands_here_goes_along_only_on_a_press_that_says_so(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    old = await fills_a_little(ben)
    tablet = Someone(house, "tablet")
    await tablet.take()
    await tablet.says(old)
    await tablet.presses("接过来")
    asked = texts(await ben.says(code))
    assert "也可以两份都要，放在一起" in asked
    await ben.presses("两份都要，放在一起")
    assert "放到一起了" in texts(await anna.take())
    assert "放到一起了" in texts(await tablet.take())
    screen = await anna.says("我的申报")
    assert sum("填写中" in button.label for button in screen.buttons) == 1
    assert await house.rows("person") == 1
    other = Someone(house, "other")
    await other.take()
    assert "接着它填吗" in texts(await other.says(old)), "the paper with the old code opens what it opened"


async def test_a_hundred_redeem_one_short_code_and_one_wins(
    anna: Someone, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "MOST", 100)  # questions about one code that stand at doors
    await fills_a_little(anna)
    code = await house.conversation.resume_code("web", "anna")
    many = [Someone(house, f"door {number}") for number in range(100)]
    for each in many:
        await each.take()
        await each.says(code)
    screens = await asyncio.gather(*(each.presses("接过来") for each in many))
    won = [screen for screen in screens if "接上了" in texts(screen)]
    assert len(won) == 1
    assert sum("已经用过" in texts(screen) for screen in screens) == 99
    assert await house.rows("door") == 2


async def test_a_short_code_runs_out_and_a_newer_one_replaces_it(anna: Someone, house: House) -> None:
    await fills_a_little(anna)
    first = await house.conversation.resume_code("web", "anna")
    second = await house.conversation.resume_code("web", "anna")
    ben = Someone(house, "ben")
    await ben.take()
    assert "这个码不对" in texts(await ben.says(first))
    house.now += timedelta(minutes=16)
    assert "这个码不对" in texts(await ben.says(second))


async def test_nobody_gets_a_short_code_where_nothing_was_kept(house: House) -> None:
    with pytest.raises(LookupError):
        await house.conversation.resume_code("web", "stranger")


async def test_guessing_is_slowed_at_a_door_and_a_network_and_another_still_gets_in(
    anna: Someone, house: House
) -> None:
    code = await fills_a_little(anna)
    guesser = Someone(house, "guesser")
    await guesser.take()
    for _ in range(5):
        assert "这个码不对" in texts(await guesser.says("恢复码 ABCD-2345-EFGH-6789-JKMN"))
    told = texts(await guesser.says(code))
    assert "请过15分钟再试" in told
    assert "没有失效" in told
    house.now += timedelta(minutes=5)
    assert "请过10分钟再试" in texts(await guesser.says(code))
    for number in range(12):
        each = Someone(house, f"guesser {number}")
        for _ in range(5):
            await each.take(text="恢复码 ABCD-2345-EFGH-6789-JKMN", network="198.51.100.7")
    fresh = Someone(house, "fresh")
    assert "分钟再试" in texts(await fresh.take(text=code, network="198.51.100.7"))
    assert "接着它填吗" in texts(await fresh.take(text=code, network="203.0.113.9"))
    house.now += timedelta(minutes=16)
    assert "接着它填吗" in texts(await guesser.says(code))


async def test_a_new_code_voids_the_old_one_at_once(anna: Someone, house: House) -> None:
    old = await fills_a_little(anna)
    tablet = Someone(house, "tablet")
    await tablet.take()
    await tablet.says(old)
    await tablet.presses("接过来")
    await anna.says("恢复码")
    await anna.presses("换一个")
    assert "马上作废" in texts(anna.screen)
    screen = await anna.presses("换一个新的")
    assert screen.code
    assert screen.code.text != old
    assert "已经作废" in texts(screen)
    assert "换过了" in texts(await tablet.take())
    ben = Someone(house, "ben")
    await ben.take()
    assert "这个码不对" in texts(await ben.says(old))
    assert "接着它填吗" in texts(await ben.says(screen.code.text))


async def test_under_another_key_the_paper_still_opens(anna: Someone, house: House) -> None:
    old = await fills_a_little(anna)
    house.key = b"another key of thirty-two bytes.."
    house.__post_init__()
    new = await code_of(anna)
    assert new != old
    for number, code in enumerate((old, new)):
        ben = Someone(house, f"ben {number}")
        await ben.take()
        assert "接着它填吗" in texts(await ben.says(code))


async def test_a_repeated_message_changes_nothing_twice(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await ben.take()
    await ben.says(code)
    token = ben.token("接过来")
    await ben.take(message_id="press", choice=token)
    await ben.says("2015年7月")
    screen = await ben.take(message_id="press", choice=token)
    assert "那一步" not in texts(screen)
    assert await house.rows("door") == 2


async def test_deleting_everything_voids_the_codes(anna: Someone, house: House) -> None:
    code = await fills_a_little(anna)
    ben = Someone(house, "ben")
    await ben.take()
    await ben.says(code)
    assert await house.conversation.forget("web", "anna")
    assert "接着它填吗" not in texts(await ben.take())
    assert "这个码不对" in texts(await ben.says(code))
    for table in ("person", "door", "code", "notice", "interview"):
        assert await house.rows(table) == 0


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = key_of(tmp_path)
    assert key_of(tmp_path) == first
    assert (tmp_path / "recovery.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["recovery.key"]
    assert key_of(tmp_path, "x" * 40) == b"x" * 40
