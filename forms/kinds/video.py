"""A video."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field

from forms.attachment import Attachment
from forms.filters import shaped
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
from forms.kinds.taking_files import facts, received
from forms.message import Message, Own, say

_PAIR = re.compile(r"(\d+)[:x×](\d+)")


class VideoQuestion(Question):
    """Value: {file, name, mime, size, width, height, seconds}, with broken_off true where only its beginning came.

    Lengths are seconds; `aspect` is like "16:9", `resolution` like "1920x1080" (at least). What does not fit is
    remarked on, or refused with `strict`.
    """

    kind: Literal["video"] = "video"
    min_seconds: int | None = None
    max_seconds: int | None = None
    aspect: str = Field("", pattern=r"^([1-9]\d*:[1-9]\d*)?$")
    resolution: str = Field("", pattern=r"^([1-9]\d*[x×][1-9]\d*)?$")
    strict: bool = False

    keyboard: ClassVar[Keyboard] = "none"
    accepts_files: ClassVar[bool] = True
    gathers: ClassVar[Message | None] = say("拍的视频")

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A video that plays."""
        sent = received(
            given, ("video",), say("请发一个视频文件（mp4）：点聊天框旁的附件按钮，从相册里选视频。")
        )
        if not isinstance(sent, Attachment):
            return sent
        value = facts(sent, "width", "height", "seconds", "broken_off")
        said = tuple(remark.message for remark in self.remarks(value, about))
        return Problem(said[0]) if said and self.strict else Answer(value, said)

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The limits, where there are some."""
        said = []
        if self.min_seconds:
            said.append(say("不少于{length}。", length=spoken_length(self.min_seconds)))
        if self.max_seconds:
            said.append(say("不超过{length}。", length=spoken_length(self.max_seconds)))
        return (*said, *shape_wanted(self.aspect, self.resolution))

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """Length, shape and resolution against the programme's."""
        return tuple(Remark(message) for message in self._misfits(value))

    def _misfits(self, value: Value) -> list[Message]:
        misfits = broken_off(value)
        seconds = value.get("seconds", 0)
        if self.max_seconds and seconds >= self.max_seconds + 1:
            misfits.append(
                say(
                    "视频长{length}，超过规定的{most}。请剪短一些再发。",
                    length=spoken_length(seconds),
                    most=spoken_length(self.max_seconds),
                )
            )
        if self.min_seconds and seconds < self.min_seconds:
            misfits.append(
                say(
                    "视频长{length}，规定不少于{least}。请补拍一些再发。",
                    length=spoken_length(seconds),
                    least=spoken_length(self.min_seconds),
                )
            )
        return misfits + misshapen(value, self.aspect, self.resolution)

    def show(self, value: Value) -> str | Message:
        """Name and length."""
        return say(
            "{name}（{length}）", name=Own(value["name"]), length=spoken_length(value.get("seconds", 0))
        )

    def printed(self, value: Value) -> str:
        """The file's name."""
        return str(value["name"])

    def files(self, value: Value) -> tuple[str, ...]:
        """The video."""
        return (value["file"],)

    def replay(self, value: Value) -> tuple[Given, ...]:
        """A video cannot be given again from what is known of it."""
        return ()

    def fullest(self) -> Value:
        """A video of the greatest length, in the resolution that is wanted."""
        width, height = pixels(self.resolution) if self.resolution else (1920, 1080)
        seconds = float(self.max_seconds or self.min_seconds or 300)
        name = SAMPLES["video"]
        sample = {"file": name, "name": name, "mime": "video/mp4", "size": 9_000_000}
        return {**sample, "width": width, "height": height, "seconds": seconds}


def shape_wanted(aspect: str, resolution: str) -> tuple[Message, ...]:
    """What the pictures should be like, told beforehand."""
    said = []
    if aspect:
        said.append(say("画面 {aspect}，横着拍。", aspect=aspect))
    if resolution:
        said.append(say("清晰度 {resolution}。", resolution=resolution))
    return tuple(said)


def broken_off(value: Value) -> list[Message]:
    """That a video's file ends before its pictures do."""
    if not value.get("broken_off"):
        return []
    length = spoken_length(value.get("seconds", 0))
    return [say("视频没有传完整，只收到前面{length}。请等它下载完、传完，再重新发一次。", length=length)]


def misshapen(value: Value, aspect: str, resolution: str) -> list[Message]:
    """How one video's pictures differ from the shape and resolution that are wanted."""
    misfits = []
    width, height = value.get("width", 0), value.get("height", 0)
    if aspect and height and not shaped(width, height, *pixels(aspect)):
        upright = say(
            "画面是 {width}×{height}，规定要 {aspect}。请把手机横过来拍。",
            width=width,
            height=height,
            aspect=aspect,
        )
        lying = say(
            "画面是 {width}×{height}，规定要 {aspect}。请在相机里把画幅设成 {aspect} 再拍，或者剪成 {aspect}。",
            width=width,
            height=height,
            aspect=aspect,
        )
        misfits.append(upright if width < height else lying)
    least = pixels(resolution)
    if width < least[0] or height < least[1]:
        misfits.append(
            say(
                "清晰度是 {width}×{height}，规定要 {resolution}。请用更高的清晰度拍。",
                width=width,
                height=height,
                resolution=resolution,
            )
        )
    return misfits


def pixels(text: str) -> tuple[int, int]:
    """Width and height of a resolution such as “1920x1080”; (0, 0) where there is none."""
    pair = _PAIR.fullmatch(text)
    return (int(pair[1]), int(pair[2])) if pair else (0, 0)


def spoken_length(seconds: float) -> Message:
    """A length as people say it: 5分钟, 4分59秒."""
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return say("{seconds}秒", seconds=rest)
    return (
        say("{minutes}分{seconds}秒", minutes=minutes, seconds=rest)
        if rest
        else say("{minutes}分钟", minutes=minutes)
    )
