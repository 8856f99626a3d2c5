"""A portrait of two inches (2寸照片)."""

from __future__ import annotations

from typing import ClassVar, Literal

from forms.kinds.base import (
    SAMPLES,
    Answer,
    Circumstances,
    Given,
    Keyboard,
    Problem,
    Question,
    Reading,
    Remark,
    Value,
)
from forms.kinds.taking_files import facts, megabytes, received
from forms.message import Message, Own, say

# Two inches have no single size in practice: 35×49, 35×45 and 35×53 mm are all sold under the name.
_NARROWEST, _WIDEST = 0.66, 0.80  # width to height
_FEWEST_PIXELS = 413  # across 35 mm at 300 dpi
_SMALLEST, _LARGEST = 20 * 1024, 5 * 1024 * 1024  # bytes

_COLOURS = {"white": say("白色"), "red": say("红色"), "blue": say("蓝色"), "grey": say("灰色")}


class PhotoQuestion(Question):
    """Value: {file, name, mime, size, width, height, background}. Another background is told, never refused."""

    kind: Literal["photo"] = "photo"
    background: Literal["any", "white", "red", "blue"] = "any"

    keyboard: ClassVar[Keyboard] = "none"
    accepts_files: ClassVar[bool] = True

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A photo that prints well at 35×49 mm."""
        sent = received(
            given,
            ("image",),
            say("请发一张照片：点聊天框旁的附件或相机按钮，从相册里选 2 寸证件照，发原图。"),
        )
        if isinstance(sent, Problem):
            return sent
        width, height = sent.width or 0, sent.height or 1
        if width / height < _NARROWEST or width / height > _WIDEST:
            return Problem(
                say(
                    "这张照片宽 {width}、高 {height}，不是 2 寸照片的比例。要竖的证件照，例如 413×579。请裁剪后再发。",
                    width=width,
                    height=height,
                )
            )
        if width < _FEWEST_PIXELS:
            return Problem(
                say(
                    "照片太小，宽只有 {width} 像素，印出来会模糊，至少要 {least} 像素。请发原图，不要发截图。",
                    width=width,
                    least=_FEWEST_PIXELS,
                )
            )
        if not _SMALLEST <= sent.size <= _LARGEST:
            return Problem(
                say(
                    "照片文件是 {size}，要在 20 KB 到 5 MB 之间。请换一张再发，例如照相馆给的电子版。",
                    size=megabytes(sent.size),
                )
            )
        value = facts(sent, "width", "height", "background")
        return Answer(value, tuple(remark.message for remark in self.remarks(value, about)))

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """The background, where the programme wants one."""
        found = value.get("background")
        if self.background in ("any", found):
            return ()
        wanted = _COLOURS[self.background]
        if found not in _COLOURS:
            return (Remark(say("看不准照片的底色，这里要{wanted}底，请您自己核对一下。", wanted=wanted)),)
        return (
            Remark(
                say(
                    "照片底色看起来是{found}，这里要{wanted}底。如果确实不是，请换一张再发。",
                    found=_COLOURS[found],
                    wanted=wanted,
                )
            ),
        )

    def show(self, value: Value) -> str | Message:
        """Name and size in pixels."""
        return say(
            "{name}（{width}×{height}）",
            name=Own(value["name"]),
            width=value["width"],
            height=value["height"],
        )

    def printed(self, value: Value) -> str:
        """Nothing: the print sets the picture itself."""
        return ""

    def files(self, value: Value) -> tuple[str, ...]:
        """The photo."""
        return (value["file"],)

    def replay(self, value: Value) -> tuple[Given, ...]:
        """A photo cannot be given again from what is known of it."""
        return ()

    def fullest(self) -> Value:
        """The sample photo with the background that is wanted."""
        name = SAMPLES[self.background]
        known = {
            "file": name,
            "name": name,
            "mime": "image/jpeg",
            "size": 60_000,
            "width": 620,
            "height": 868,
        }
        return {**known, "background": name.removeprefix("photo-").removesuffix(".jpg")}
