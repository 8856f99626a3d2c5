"""A video."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

from pydantic import Field

from forms.attachment import Attachment
from forms.kinds.base import (
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
from forms.kinds.files import facts, received
from forms.message import Message, say

_PAIR = re.compile(r"(\d+)[:x×](\d+)")
_LEEWAY = 0.02  # an aspect off by this much is rounding, not another shape


class VideoQuestion(Question):
    """Value: {file, name, mime, size, width, height, seconds}.

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

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """A video that plays."""
        sent = received(
            given, ("video",), say("请发一个视频文件（mp4）：点聊天框旁的附件按钮，从相册里选视频。")
        )
        if not isinstance(sent, Attachment):
            return sent
        value = facts(sent, "width", "height", "seconds")
        said = tuple(remark.message for remark in self.remarks(value, about))
        return Problem(said[0]) if said and self.strict else Answer(value, said)

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The limits, where there are some."""
        said = []
        if self.min_seconds:
            said.append(say("不少于{length}。", length=_length(self.min_seconds)))
        if self.max_seconds:
            said.append(say("不超过{length}。", length=_length(self.max_seconds)))
        if self.aspect:
            said.append(say("画面 {aspect}，横着拍。", aspect=self.aspect))
        if self.resolution:
            said.append(say("清晰度 {resolution}。", resolution=self.resolution))
        return tuple(said)

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """Length, shape and resolution against the programme's."""
        return tuple(Remark(message) for message in self._misfits(value))

    def _misfits(self, value: Value) -> list[Message]:
        found = []
        seconds, width, height = value.get("seconds", 0), value.get("width", 0), value.get("height", 0)
        if self.max_seconds and seconds >= self.max_seconds + 1:
            found.append(
                say(
                    "视频长{length}，超过规定的{most}。请剪短一些再发。",
                    length=_length(seconds),
                    most=_length(self.max_seconds),
                )
            )
        if self.min_seconds and seconds < self.min_seconds:
            found.append(
                say(
                    "视频长{length}，规定不少于{least}。请补拍一些再发。",
                    length=_length(seconds),
                    least=_length(self.min_seconds),
                )
            )
        if self.aspect and height and abs(width / height / _ratio(self.aspect) - 1) > _LEEWAY:
            found.append(
                say(
                    "画面是 {width}×{height}，规定要 {aspect}。请把手机横过来拍。",
                    width=width,
                    height=height,
                    aspect=self.aspect,
                )
            )
        least = _pair(self.resolution)
        if width < least[0] or height < least[1]:
            found.append(
                say(
                    "清晰度是 {width}×{height}，规定要 {resolution}。请用更高的清晰度拍。",
                    width=width,
                    height=height,
                    resolution=self.resolution,
                )
            )
        return found

    def show(self, value: Value) -> str | Message:
        """Name and length."""
        return say("{name}（{length}）", name=value["name"], length=_length(value.get("seconds", 0)))

    def printed(self, value: Value) -> str:
        """The file's name."""
        return str(value["name"])

    def files(self, value: Value) -> tuple[str, ...]:
        """The video."""
        return (value["file"],)

    def replay(self, value: Value) -> tuple[Given, ...]:
        """A video cannot be given again from what is known of it."""
        return ()


def _pair(text: str) -> tuple[int, int]:
    found = _PAIR.fullmatch(text)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _ratio(text: str) -> float:
    width, height = _pair(text)
    return width / height


def _length(seconds: float) -> Message:
    minutes, rest = divmod(int(seconds), 60)
    if not minutes:
        return say("{seconds}秒", seconds=rest)
    return (
        say("{minutes}分{seconds}秒", minutes=minutes, seconds=rest)
        if rest
        else say("{minutes}分钟", minutes=minutes)
    )
