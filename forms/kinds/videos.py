"""Several videos that count together (视频素材)."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from forms.attachment import Attachment
from forms.kinds.base import (
    SAMPLES,
    Answer,
    Circumstances,
    Given,
    Key,
    Keyboard,
    Problem,
    Question,
    Reading,
    Remark,
    Unfinished,
    Value,
    pressed,
    stale,
)
from forms.kinds.taking_files import facts, received
from forms.kinds.video import broken_off, misshapen, pixels, shape_wanted, spoken_length
from forms.message import Message, Own, say


class VideosQuestion(Question):
    """Value: a list of {file, name, mime, size, width, height, seconds}, in the order in which they came.

    Draft: {"videos": [...]}. One to `most` files. Lengths are seconds of all files together; `aspect` and
    `resolution` (at least) are each file's own. What does not fit is remarked on, never refused: a rule may weigh
    `videos|total('seconds')`.
    """

    kind: Literal["videos"] = "videos"
    most: int = Field(20, ge=1)
    min_seconds: int | None = None
    max_seconds: int | None = None
    aspect: str = Field("", pattern=r"^([1-9]\d*:[1-9]\d*)?$")
    resolution: str = Field("", pattern=r"^([1-9]\d*[x×][1-9]\d*)?$")

    keyboard: ClassVar[Keyboard] = "none"
    accepts_files: ClassVar[bool] = True
    gathers: ClassVar[Message | None] = say("拍的视频")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_seconds and self.max_seconds and self.min_seconds > self.max_seconds:
            raise ValueError("“min_seconds” is more than “max_seconds”")
        return self

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """Another video, or the end of them."""
        videos = list(draft["videos"]) if draft else []
        match pressed(given, self.keys(draft)):
            case "done" if videos:
                return Answer(videos, tuple(remark.message for remark in self._lengths(videos)))
            case "undo" if videos:
                return Unfinished(
                    {"videos": videos[:-1]}, (say("删掉了“{name}”。", name=Own(videos[-1]["name"])),)
                )
            case None:
                return self._another(given, videos)
            case _:
                return stale()

    def _another(self, given: Given, videos: list[Value]) -> Reading:
        sent = received(
            given,
            ("video",),
            say("请发视频文件（mp4）：点聊天框旁的附件按钮，从相册里选视频。发完了点“发完了”。"),
        )
        if not isinstance(sent, Attachment):
            return sent
        if len(videos) >= self.most:
            return Problem(say("最多收 {most} 份，已经够了。请点“发完了”，或先删掉一份。", most=self.most))
        one = facts(sent, "width", "height", "seconds", "broken_off")
        return Unfinished({"videos": [*videos, one]}, tuple(self._shape(one)))

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """The limits; once something has come in, how long it is together."""
        if draft and draft["videos"]:
            return (
                say(
                    "收到 {count} 段视频（{names}），一共{length}。可以接着发，发完了请点“发完了”。",
                    count=len(draft["videos"]),
                    names=tuple(Own(video["name"]) for video in draft["videos"][-5:]),
                    length=spoken_length(_together(draft["videos"])),
                ),
            )
        said = [say("一段或几段都行，一段一段发。")]
        if self.min_seconds:
            said.append(say("加起来不少于{length}。", length=spoken_length(self.min_seconds)))
        if self.max_seconds:
            said.append(say("加起来不超过{length}。", length=spoken_length(self.max_seconds)))
        return (*said, *shape_wanted(self.aspect, self.resolution))

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The end, and taking back the last one."""
        if not draft or not draft["videos"]:
            return ()
        return (Key("done", say("发完了"), primary=True), Key("undo", say("删掉最后一份"), quiet=True))

    def holds(self, draft: Value) -> bool:
        """Videos."""
        return bool(draft and draft["videos"])

    def reopen(self, value: Value) -> Value | None:
        """The videos so far."""
        return {"videos": value}

    def taken_up(self, value: Value) -> Value | None:
        """The videos so far; the only one that is not as it should be gives way to the next."""
        wrong = [video for video in value if self._shape(video) or self._overlong((video,))]
        return {"videos": [video for video in value if not (len(wrong) == 1 and video in wrong)]}

    def continued(self, value: Value) -> Value | None:
        """The files so far."""
        return self.reopen(value)

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """The length of all together, and each one's shape and resolution."""
        return (*self._lengths(value), *(Remark(message) for one in value for message in self._shape(one)))

    def _lengths(self, videos: Value) -> tuple[Remark, ...]:
        together = _together(videos)
        if self._overlong(videos):
            said = say(
                "视频一共{length}，超过规定的{most}。请剪短一些，或少发一段。",
                length=spoken_length(together),
                most=spoken_length(self.max_seconds or 0),
            )
        elif self.min_seconds and together < self.min_seconds:
            said = say(
                "视频一共{length}，规定加起来不少于{least}。请再补拍一些。",
                length=spoken_length(together),
                least=spoken_length(self.min_seconds),
            )
        else:
            return ()
        return (Remark(said),)

    def _overlong(self, videos: Value) -> bool:
        # Files round up to the next second.
        return self.max_seconds is not None and _together(videos) >= self.max_seconds + 1

    def _shape(self, video: Value) -> list[Message]:
        misfits = broken_off(video) + misshapen(video, self.aspect, self.resolution)
        return [say("“{name}”{misfit}", name=Own(video["name"]), misfit=misfit) for misfit in misfits]

    def show(self, value: Value) -> str | Message:
        """How many, and how long together."""
        length = spoken_length(_together(value))
        return say("{count} 段，一共{length}", count=len(value), length=length)

    def printed(self, value: Value) -> str:
        """The files' names."""
        return "、".join(video["name"] for video in value)

    def files(self, value: Value) -> tuple[str, ...]:
        """All of them."""
        return tuple(video["file"] for video in value)

    def replay(self, value: Value) -> tuple[Given, ...]:
        """Files cannot be given again from what is known of them; the end can."""
        return (Given(key="done"),)

    def fullest(self) -> Value:
        """As many sample videos as are taken, a handful at most, of the length that is wanted together."""
        count = min(self.most, 5)
        width, height = pixels(self.resolution) if self.resolution else (1920, 1080)
        seconds = float(self.max_seconds or self.min_seconds or 300) / count
        name = SAMPLES["video"]
        sample = {"file": name, "mime": "video/mp4", "size": 9_000_000, "width": width, "height": height}
        return [{**sample, "name": f"{number}-{name}", "seconds": seconds} for number in range(1, count + 1)]


def _together(videos: Value) -> float:
    return sum(float(video.get("seconds", 0)) for video in videos)
