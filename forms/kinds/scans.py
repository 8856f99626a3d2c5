"""One or many scans or photos of papers (证书扫描件)."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

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
from forms.message import Message, Own, say

_MANY = 12  # made-up scans at most
_LEGIBLE = 600  # pixels across the shorter side; below, the print of an A4 page cannot be read


class ScansQuestion(Question):
    """Value: a list of {file, name, mime, size} with width, height of an image or pages of a PDF.

    Draft: {"scans": [...]}. Between `least` and `most` files. A paper with several `sides` may come on fewer pages,
    which is remarked on.
    """

    kind: Literal["scans"] = "scans"
    least: int = Field(1, ge=0)
    most: int = Field(30, ge=1)
    sides: int = Field(1, ge=1)

    keyboard: ClassVar[Keyboard] = "none"
    accepts_files: ClassVar[bool] = True
    gathers: ClassVar[Message | None] = say("证书")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least > self.most:
            raise ValueError("“least” is more than “most”")
        return self

    def parse(self, given: Given, draft: Value, about: Circumstances) -> Reading:
        """Another file, or the end of them."""
        scans = list(draft["scans"]) if draft else []
        match pressed(given, self.keys(draft)):
            case "done":
                if len(scans) < self.least:
                    return Problem(
                        say(
                            "至少要 {least} 份，还差 {short} 份，请接着发。",
                            least=self.least,
                            short=self.least - len(scans),
                        )
                    )
                return Answer(scans)
            case "undo" if scans:
                return Unfinished(
                    {"scans": scans[:-1]}, (say("删掉了“{name}”。", name=Own(scans[-1]["name"])),)
                )
            case None:
                return self._another(given, scans)
            case _:
                return stale()

    def _another(self, given: Given, scans: list[Value]) -> Reading:
        sent = received(
            given, ("image", "pdf"), say("请发照片或 PDF：点聊天框旁的附件或相机按钮。发完了点“发完了”。")
        )
        if isinstance(sent, Problem):
            return sent
        if len(scans) >= self.most:
            return Problem(say("最多收 {most} 份，已经够了。请点“发完了”，或先删掉一份。", most=self.most))
        scans = [*scans, facts(sent, "width", "height", "pages")]
        if self.most == 1:
            return Answer(scans)
        return Unfinished({"scans": scans})

    def prompt(self, draft: Value) -> tuple[Message | str, ...]:
        """What has come in."""
        if not draft or not draft["scans"]:
            return ()
        names = tuple(Own(scan["name"]) for scan in draft["scans"][-5:])
        return (
            say(
                "收到 {count} 份（{names}）。可以接着发，发完了请点“发完了”。",
                count=len(draft["scans"]),
                names=names,
            ),
        )

    def keys(self, draft: Value) -> tuple[Key, ...]:
        """The end, and taking back the last one."""
        count = len(draft["scans"]) if draft else 0
        keys = []
        if count >= self.least and (count or self.least == 0):
            done = Key("done", say("发完了"), primary=True)
            keys.append(done if count else Key("done", say("没有，跳过"), quiet=True))
        if count:
            keys.append(Key("undo", say("删掉最后一份"), quiet=True))
        return tuple(keys)

    def lacking(self) -> Message | None:
        """The button that says so, where none is enough; and what may be done about one that is elsewhere."""
        if self.least:
            return None
        return say("一份都没有就点“没有，跳过”；只是现在不在手边，就点“稍后再补”。")

    def holds(self, draft: Value) -> bool:
        """Files."""
        return bool(draft and draft["scans"])

    def reopen(self, value: Value) -> Value | None:
        """The files so far."""
        return {"scans": value}

    def taken_up(self, value: Value) -> Value | None:
        """The files so far; a lone one that is too small gives way to the next."""
        if self.most == 1:
            return None
        small = [scan for scan in value if _small(scan)]
        retaken = len(small) == 1 and _pages(value) >= self.sides
        return {"scans": [scan for scan in value if not (retaken and scan in small)]}

    def continued(self, value: Value) -> Value | None:
        """The files so far."""
        return self.reopen(value)

    def remarks(self, value: Value, about: Circumstances) -> tuple[Remark, ...]:
        """Pictures too small to be read in print, and fewer pages than the paper has sides."""
        small = tuple(
            Remark(say("“{name}”比较小，印出来可能看不清，最好重新拍一张。", name=Own(scan["name"])))
            for scan in value
            if _small(scan)
        )
        pages = _pages(value)
        if not 0 < pages < self.sides:
            return small
        too_few = say(
            "只收到 {pages} 页。{sides} 面都在上面就不用管，少了一面请补发。", pages=pages, sides=self.sides
        )
        return (*small, Remark(too_few))

    def show(self, value: Value) -> str | Message:
        """How many."""
        return say("{count} 份", count=len(value)) if value else say("没有")

    def printed(self, value: Value) -> str:
        """The files' names."""
        return "、".join(scan["name"] for scan in value)

    def files(self, value: Value) -> tuple[str, ...]:
        """All of them."""
        return tuple(scan["file"] for scan in value)

    def replay(self, value: Value) -> tuple[Given, ...]:
        """Files cannot be given again from what is known of them; the end can."""
        return (Given(key="done"),)

    def fullest(self) -> Value:
        """As many sample scans as are taken, a dozen at most."""
        name = SAMPLES["scan"]
        sample = {"file": name, "mime": "image/jpeg", "size": 200_000, "width": 1240, "height": 1754}
        return [{**sample, "name": f"{number}-{name}"} for number in range(1, min(self.most, _MANY) + 1)]


def _small(scan: Value) -> bool:
    return "width" in scan and min(scan["width"], scan["height"]) < _LEGIBLE


def _pages(scans: Value) -> int:
    return sum(scan.get("pages", 1) for scan in scans)
