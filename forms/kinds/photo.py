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

# Two inches have no single size in practice: these are all sold under the name. Millimetres across and up.
_PRINTS = ((35, 49), (35, 53), (35, 45), (33, 48))
# Between the tallest of them and 4:5, to which phones and beautifiers crop, every shape is taken.
_TALLEST, _FLATTEST = (35, 53), (35, 43.75)
_HALF = 0.5  # millimetres: a print's sides are told in whole ones
_DPI = 300
_INCH = 25.4  # millimetres
_FEWEST_PIXELS = 413  # across 35 mm at 300 dpi
_ONE_INCH = (25, 35)  # millimetres of a one-inch photo
_SMALLEST, _LARGEST = 20 * 1024, 5 * 1024 * 1024  # bytes

#: Formats that keep a good portrait in fewer bytes than that.
_DENSE = frozenset({"image/webp", "image/avif", "image/heif"})

_COLOURS = {"white": say("白色"), "red": say("红色"), "blue": say("蓝色"), "grey": say("灰色")}


class PhotoQuestion(Question):
    """Value: {file, name, mime, size, width, height, background}. Another background is told, never refused."""

    kind: Literal["photo"] = "photo"
    background: Literal["any", "white", "red", "blue"] = "any"

    keyboard: ClassVar[Keyboard] = "none"
    accepts_files: ClassVar[bool] = True
    gathers: ClassVar[Message | None] = say("照片")

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
        if shaped_for_two_inches(height, width) and not shaped_for_two_inches(width, height):
            return Problem(
                say(
                    "这张照片横着，宽 {width}、高 {height}，不是 2 寸照片的比例。请把它转正再发。",
                    width=width,
                    height=height,
                )
            )
        if not shaped_for_two_inches(width, height):
            return Problem(
                say(
                    "这张照片宽 {width}、高 {height}，不是 2 寸照片的比例。要竖的证件照，例如 413×579。请裁剪后再发。",
                    width=width,
                    height=height,
                )
            )
        if _is_print(width, height, *_ONE_INCH):
            return Problem(
                say(
                    "这张是 1 寸照片（宽 {width}、高 {height}），这里要 2 寸的，例如 413×579。请换一张再发。",
                    width=width,
                    height=height,
                )
            )
        if width < _FEWEST_PIXELS and not any(_is_print(width, height, *print_) for print_ in _PRINTS):
            return Problem(
                say(
                    "照片太小，宽只有 {width} 像素，印出来会模糊，至少要 {least} 像素。请发原图，不要发截图。",
                    width=width,
                    least=_FEWEST_PIXELS,
                )
            )
        least = 0 if sent.mime in _DENSE else _SMALLEST
        if not least <= sent.size <= _LARGEST:
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
        colour = value.get("background")
        if self.background in ("any", colour):
            return ()
        wanted = _COLOURS[self.background]
        if colour not in _COLOURS:
            return (Remark(say("看不准照片的底色，这里要{wanted}底，请您自己核对一下。", wanted=wanted)),)
        return (
            Remark(
                say(
                    "照片底色看起来是{found}，这里要{wanted}底。如果确实不是，请换一张再发。",
                    found=_COLOURS[colour],
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
        sample = {
            "file": name,
            "name": name,
            "mime": "image/jpeg",
            "size": 60_000,
            "width": 620,
            "height": 868,
        }
        return {**sample, "background": name.removeprefix("photo-").removesuffix(".jpg")}


def shaped_for_two_inches(width: int, height: int) -> bool:
    """Whether a picture of so many pixels has the shape of a two-inch photo.

    A pixel and half a millimetre either way are rounding: 35×53 mm at 300 dpi are 413×626, which is a little taller.
    """
    tallest = _is_at_least(width, height, _TALLEST[0], _TALLEST[1] + _HALF)
    return tallest and _is_at_least(height, width, _FLATTEST[1] - _HALF, _FLATTEST[0])


def _is_at_least(one: int, other: int, of_one: float, of_other: float) -> bool:
    """Whether one side is, with a pixel more or less, at least so long to the other one."""
    return (one + 1) * of_other >= (other - 1) * of_one


def _is_print(width: int, height: int, across: int, up: int) -> bool:
    """Whether a picture is a print of so many millimetres at 300 dpi, a pixel more or less."""
    sides = ((width, across), (height, up))
    return all(abs(pixels - millimetres * _DPI / _INCH) <= 1 for pixels, millimetres in sides)
