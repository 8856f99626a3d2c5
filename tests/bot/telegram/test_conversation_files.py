"""Photos, albums, papers and videos on their way to the bot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.library import Library
from tests.bot.telegram.double import Telegram
from tests.bot.telegram.house import SAMPLES, arrives, forgiven, library, together
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.polled import no_blemish, phone, polling, service, telegram
from tests.bot.telegram.service import Service

__all__ = ["forgiven", "library", "no_blemish", "phone", "polling", "service", "telegram"]
pytestmark = together


# Files


async def test_an_album_of_certificates(phone: Phone, service: Service, library: Library) -> None:
    await arrives(service, library, phone, "certificates")
    screens = len(phone.chat.changes)
    phone.sends_album([SAMPLES / "certificate.jpg"] * 3)
    await phone.hears("收到 3 份", 30)
    drafts = (await service.interview(phone)).drafts["certificates"]
    assert len({scan["file"] for scan in drafts["scans"]}) == 3
    shown = [change for change in phone.chat.changes[screens:] if change.kind == "sent"]
    assert len(shown) == 1, "one reply to the whole album"
    phone.press("发完了")
    await phone.sees_screen()


async def test_a_photo_sent_as_a_file_and_as_a_photo(
    phone: Phone, service: Service, library: Library
) -> None:
    await arrives(service, library, phone, "photo")
    sent = phone.sends_photo(SAMPLES / "photo-white.jpg").json["photo"]
    assert sent[0]["width"] < 100 < sent[-1]["width"]
    await phone.sees_screen()
    kept = (await service.interview(phone)).answers["photo"]
    assert (kept["width"], kept["height"]) == (sent[-1]["width"], sent[-1]["height"])
    await phone.tells("/back")
    phone.sends_file(SAMPLES / "photo-red.jpg")
    await phone.sees_screen()
    assert (await service.interview(phone)).answers["photo"]["file"] != kept["file"]


async def test_a_video_is_weighed_before_it_is_fetched(
    phone: Phone, service: Service, library: Library, telegram: Telegram
) -> None:
    await arrives(service, library, phone, "video")
    fetched = len(telegram.called("getFile"))
    phone.sends_video(SAMPLES / "video-short.mp4", seconds=10, size=21 * 1024 * 1024)
    await phone.hears("打上口令")
    assert len(telegram.called("getFile")) == fetched
    phone.sends_video(SAMPLES / "video-short.mp4", seconds=10)
    await phone.sees_screen()
    assert "video" in (await service.interview(phone)).answers


async def test_a_text_document_is_read(phone: Phone, service: Service, library: Library) -> None:
    await arrives(service, library, phone, "narrative")
    phone.sends_file(SAMPLES / "narrative.docx")
    await phone.hears("已收到")
    assert (await service.interview(phone)).drafts["narrative"]["parts"]


async def test_a_file_that_is_not_what_it_says(phone: Phone, service: Service, library: Library) -> None:
    await arrives(service, library, phone, "photo")
    phone.sends_file(b"MZ\x90\x00" + bytes(4000), "photo.jpg")
    await phone.sees_screen()
    phone.sends_file(b"", "photo.jpg")
    await phone.sees_screen()
    assert "photo" not in (await service.interview(phone)).answers


async def test_files_where_none_is_asked(phone: Phone) -> None:
    await phone.begins()
    phone.sends_photo(SAMPLES / "photo-white.jpg")
    await phone.hears("文件先不收")
    await phone.sees_screen()


async def test_a_file_before_the_yes(phone: Phone) -> None:
    await phone.tells("/start")
    phone.sends_photo(SAMPLES / "photo-white.jpg")
    await phone.hears("同意")


async def test_a_file_beyond_twenty_megabytes_goes_by_the_web(phone: Phone, telegram: Telegram) -> None:
    await phone.begins()
    phone.sends_file(b"x", "扫描.pdf", size=21 * 1024 * 1024)
    message = await phone.hears("打上口令")
    assert re.search(r"20(\.0)? MB", message.text)
    await phone.tells("/menu")


STICKER = {"file_id": "x", "file_unique_id": "y", "type": "regular", "width": 1, "height": 1,
           "is_animated": False, "is_video": False}  # fmt: skip
CLIP = {"file_id": "x", "file_unique_id": "y", "duration": 3}
NOT_UNDERSTOOD: list[tuple[dict[str, object], str]] = [
    ({"sticker": STICKER}, "表情我看不懂，请打字"),
    ({"location": {"latitude": 22.8, "longitude": 108.3}}, "请把地址打成字"),
    ({"voice": CLIP}, "请把要说的打成字"),
    ({"audio": CLIP, "caption": "听"}, "请把要说的打成字"),
    ({"contact": {"phone_number": "1", "first_name": "x"}}, "这是别人的名片"),
    ({"dice": {"emoji": "🎲", "value": 3}}, "请打字，或者发照片"),
    ({"paid_media": {"star_count": 5, "paid_media": [{"type": "preview"}]}}, "请打字，或者发照片"),
    ({"checklist": {"title": "一", "tasks": [{"id": 1, "text": "二"}]}}, "请打字，或者发照片"),
    ({"telepathy": {"thought": "x"}}, "请打字，或者发照片"),
    ({"text": 17}, "请打字，或者发照片"),
]


@pytest.mark.parametrize(("content", "said"), NOT_UNDERSTOOD, ids=range(len(NOT_UNDERSTOOD)))
async def test_what_no_form_asks_for_is_told_with_what_would_be_right(
    phone: Phone, content: dict[str, object], said: str
) -> None:
    await phone.begins()
    phone.sends(**content)
    await phone.hears(said)
    assert len(phone.news) == 1


async def test_a_place_that_moves_on_is_told_once(phone: Phone, telegram: Telegram) -> None:
    await phone.begins()
    place = phone.sends(location={"latitude": 22.8, "longitude": 108.3, "live_period": 900})
    await phone.hears("请把地址打成字")
    said = len(phone.chat.changes)
    for step in range(1, 5):
        phone.moves_on(place, step)
    await telegram.updates.settled()
    await phone.tells("是")
    assert [change.kind for change in phone.chat.changes[said:]].count("sent") == 1


async def test_a_full_disk_of_ours_is_told_as_ours(tmp_path: Path) -> None:
    async with (
        Telegram() as telegram,
        Service(telegram, tmp_path, JIANGJIAN_DISK_FLOOR=1 << 40) as bot,
    ):
        phone = Phone(telegram)
        await phone.begins()
        phone.sends_photo(SAMPLES / "photo-white.jpg")
        await phone.hears("是我们这边的存储满了，不是您的文件有问题", 60)
        assert any("files.no_room" in line for line in bot.lines + bot.errors)
