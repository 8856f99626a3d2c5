"""The picture of a recovery code."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageColor

from bot.screens.paper import invitation, picture
from dialogs.turn import Code

FRAME = ImageColor.getrgb("#c9c4ba")


@pytest.mark.parametrize(
    "home",
    [
        "http://localhost:8080",
        "https://jiangjian.example.org",
        "https://" + "a-long-name." * 5 + "example.org",
    ],
    ids=len,
)
def test_the_frame_goes_all_the_way_round(home: str) -> None:
    code = Code("ABCD-EFGH-JKMN-PQRS-TVWX", "匠荐恢复码", "换手机、丢手机时，打上它接着填。不要给别人看。")
    sheet = Image.open(io.BytesIO(picture(code, f"{home}/resume#{code.text}"))).convert("RGB")
    wide, high = sheet.size
    left, top, right, bottom = 10, 10, wide - 11, high - 11
    edges = [(x, y) for x in range(left, right + 1) for y in (top, bottom)]
    edges += [(x, y) for y in range(top, bottom + 1) for x in (left, right)]
    assert {sheet.getpixel(place) for place in edges} == {FRAME}


def test_an_invitation_is_a_picture_with_a_frame_and_a_code() -> None:
    sheet = Image.open(
        io.BytesIO(invitation("给莫振邦的链接", "扫码打开", f"https://jiangjian.example/i#{'A' * 43}"))
    )
    assert sheet.format == "PNG" and sheet.width == 720
    assert sheet.convert("RGB").getpixel((10, sheet.height // 2)) == FRAME


@pytest.mark.parametrize("way", ["/i#{}", "/s#{}", "?start=i_{}", "?start=s_{}"])
def test_what_opens_an_invitation_stands_in_its_code_alone(way: str) -> None:
    one, other = (
        Image.open(
            io.BytesIO(
                invitation("给莫振邦的链接", "扫码打开", f"https://jiangjian.example{way.format(token)}")
            )
        )
        for token in ("A" * 43, "B" * 43)
    )
    words = (0, 0, one.width, 190)
    assert one.crop(words).tobytes() == other.crop(words).tobytes()
    assert one.tobytes() != other.tobytes()
