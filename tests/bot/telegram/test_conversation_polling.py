"""People on Telegram, and a bot that asks for their updates."""

from __future__ import annotations

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from forms.library import Library
from forms.printing.workers import Workers
from tests.bot.telegram.house import (
    arrives,
    forgiven,
    library,
    opens_document,
    together,
    whole_application,
)
from tests.bot.telegram.phone import Phone, bare
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["forgiven", "library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together


async def test_a_whole_application_with_its_photo_and_its_papers(
    service: Service, library: Library, crew: Workers, tmp_path: Path
) -> None:
    player = await whole_application(service, library, crew, tmp_path)
    phone = player.phone
    message, text = await opens_document(phone, "推荐申请表")
    assert message.json["document"]["file_name"] == "“南宁工匠”推荐申请表-陆建华.pdf"
    thumbnail = phone.telegram.files.find(message.json["document"]["thumbnail"]["file_id"])
    assert Image.open(BytesIO(thumbnail.content)).format == "JPEG"
    assert "陆建华" in text
    assert "upload_document" in [change.value for change in phone.chat.changes if change.kind == "action"]
    await _all_together(phone)
    agreed = [message for message in phone.chat.standing if "以上都属实，同意吗？" in message.text]
    assert len(agreed) == 1 and not agreed[0].rows, "what was declared stays to be read"


async def _all_together(phone: Phone) -> None:
    """Every document in one album, the Screen with its buttons below it."""
    phone.press_like("全部发给我")
    screen = await phone.sees_screen(120)
    sent = [message for message in phone.news if message.media]
    assert len(sent) >= 2
    assert {message.media for message in sent} == {"document"}
    assert len({message.json["media_group_id"] for message in sent}) == -(-len(sent) // 10)
    assert not any(message.rows for message in sent)
    assert screen.id > max(message.id for message in sent)
    await phone.until(
        lambda: [message for message in phone.chat.standing if message.rows] == [screen],
        "the older keyboard to go",
    )
    names = [message.json["document"]["file_name"] for message in sent]
    assert len(set(names)) == len(names)


# The chat as a record


async def test_an_answer_by_button_turns_its_question_into_the_record(phone: Phone) -> None:
    await phone.begins()
    asked = await phone.tells("/back")
    assert "您是通过哪种方式申报的" in asked.text
    screen = await phone.chooses("单位推荐")
    await phone.until(lambda: not asked.rows, "the keyboard to go")
    assert asked.text == "✓ 推荐方式：单位推荐"
    assert [message for message in phone.chat.standing if message.rows] == [screen]


async def test_whatever_can_be_pressed_can_be_typed(phone: Phone) -> None:
    await phone.begins()
    asked = phone.screen
    screen = await phone.tells("是的")
    assert screen != asked
    assert "✓" in screen.text
    await phone.until(lambda: asked and not asked.rows, "the older keyboard to go")


async def test_several_choices_are_ticked_in_place(phone: Phone, service: Service, library: Library) -> None:
    screen = await arrives(service, library, phone, "conditions")
    first = next(label for label in screen.buttons if label.startswith("☐"))
    standing = len(phone.chat.standing)
    ticked = await phone.chooses(first)
    assert ticked is screen
    assert len(phone.chat.standing) == standing
    assert first.replace("☐", "☑") in ticked.buttons
    unticked = await phone.chooses(first.replace("☐", "☑"))
    assert first in unticked.buttons


async def test_an_old_button_breaks_nothing(phone: Phone, service: Service, forgiven: list[str]) -> None:
    forgiven.append("message is not modified")  # its keyboard is taken away, if it was still there
    await phone.begins()
    old = phone.screen
    assert old
    stale = old.rows[0][0]["callback_data"]
    before = await phone.tells("是")
    query = phone.sends_data(stale, old)
    await phone.until(lambda: query in phone.telegram.answers, "the press to be answered")
    assert "那一步已经过去了" in phone.telegram.answers[query]["text"] + phone.said
    assert (await service.interview(phone)).answers["in_area"] is True
    assert phone.screen is before or phone.screen.text == before.text  # type: ignore[union-attr]


async def test_a_long_list_has_pages(phone: Phone, service: Service, library: Library) -> None:
    screen = await arrives(service, library, phone, "ethnicity")
    if "更多" in "".join(screen.buttons):
        phone.press_like("更多")
        screen = await phone.sees_screen()
    seen = set(screen.buttons)
    pages = int(next(label for label in screen.buttons if "/" in label).split("/")[1])
    for _ in range(pages - 1):
        seen |= set((await phone.chooses("›")).buttons)
    assert {"汉族", "壮族", "基诺族"} <= {bare(label) for label in seen}
    await phone.chooses("›")  # round and round
    before = list(screen.buttons)
    await phone.chooses("›", "‹")
    assert screen.buttons == before
    await phone.presses_and_goes_on("基诺族")
    assert (await service.interview(phone)).answers["ethnicity"] == "基诺族"


async def test_a_long_list_takes_typed_words(phone: Phone, service: Service, library: Library) -> None:
    await arrives(service, library, phone, "ethnicity")
    await phone.tells("仫佬族")
    assert (await service.interview(phone)).answers["ethnicity"] == "仫佬族"


async def test_html_in_an_answer_is_shown_as_it_was_typed(phone: Phone) -> None:
    await phone.begins()
    await phone.tells("是")
    await phone.tells("<b>焊&工</b>")
    assert "<b>焊&工</b>" in phone.said


@pytest.mark.parametrize(
    "text", ["", "\x00", "😀" * 30, "<" * 4096, "&lt;" * 1000, "a" * 4096, "\u202ex", "　"]
)
async def test_any_text_gets_an_answer(phone: Phone, text: str) -> None:
    await phone.begins()
    await phone.tells("是")
    phone.says(text)
    await phone.until(lambda: phone.news, "an answer")
    await phone.tells("/menu")


async def test_a_long_text_comes_in_pieces(phone: Phone, service: Service, library: Library) -> None:
    await arrives(service, library, phone, "narrative")
    lines = [f"第{number}段，" + "他在弧光里站了二十三个年头。" * 60 for number in range(12)]
    assert len("\n".join(lines)) > 2 * 4096
    phone.says("\n".join(lines))
    await phone.telegram.updates.settled()
    await phone.hears("已收到")
    draft = (await service.interview(phone)).drafts["narrative"]
    assert "\n".join(draft["parts"]) == "\n".join(lines)


# Two things at once


async def test_three_quick_messages_keep_their_order(phone: Phone, service: Service) -> None:
    await phone.begins()
    phone.says("是")
    phone.says("焊工")
    phone.says("2003年7月")
    await phone.until(lambda: "2003年7月" in phone.said or "2003" in phone.said, "the last answer")
    await phone.telegram.updates.settled()
    answers = (await service.interview(phone)).answers
    assert (answers["in_area"], answers["trade"]) == (True, "焊工")


async def test_a_double_press_counts_once(phone: Phone, service: Service, forgiven: list[str]) -> None:
    forgiven.append("message is not modified")
    await phone.begins()
    screen = phone.screen
    assert screen
    for _ in range(3):
        phone.presses_on(screen, screen.buttons[0])
    await phone.telegram.updates.settled()
    async with asyncio.timeout(10):
        await phone.until(lambda: phone.presses[-1] in phone.telegram.answers, "every press to be answered")
    assert list((await service.interview(phone)).answers) == ["route", "in_area"]
