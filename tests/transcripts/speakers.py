"""A conversation of several people, kept as a transcript, and each of its lines done at a door.

`name> words` types, `name> [label]` presses, `name> <link>` opens what was handed on last, `name> <seat>` the link of
their own seat, `name> +file` sends a picture, and `name>` looks; indented below stands what they are told then. Rows of a
table are not written down: what is pressed in them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from bot.screens import plain
from dialogs.turn import Table
from tests.bot.household import Someone, picture, stream
from tests.bot.telegram.parties import standing
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service
from tests.bot.webchat.caller import Caller, Line

_ACT = re.compile(r"(?P<who>\w+)>(?: (?P<what>.+))?")
_NUMBER = re.compile(r"(?<!\d)\d{4}-\d{4}(?!\d)")
_CODE = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}\b")
_MARK = re.compile(r"^(?:· |ℹ |! |✓ |✗ |\? |… )|\s*←!?$")
LINK, SEAT = "<link>", "<seat>"
#: A case has another number each time.
_ANY_NUMBER = "<number>"


@dataclass
class Act:
    """One line, and what was told then."""

    who: str
    what: str
    told: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What is pressed, ""."""
        return self.what[1:-1] if self.what.startswith("[") else ""

    @property
    def file(self) -> str:
        """The name of the picture that is sent, ""."""
        return self.what[1:] if self.what.startswith("+") else ""

    def seen(self, now: str, ever: str) -> bool:
        """Whether all of it is seen: in what stands there now; what others did, by what was told ever, by itself."""
        here, before = _squeezed(now), _squeezed(ever)
        return all(
            _squeezed(piece) in (before if note else here)
            for line, note in self._lines()
            for piece in line.split(_ANY_NUMBER)
            if _squeezed(piece)
        )

    def _lines(self) -> Iterator[tuple[str, bool]]:
        """What is seen at any door, without the marks of plain text, and whether it may have been told before.

        A recovery code is another one each time; a document is a line or a button; what is being done may be by now.
        """
        for line in self.told:
            if "{link}" in line:
                yield line.partition("】")[2].partition("{link}")[0], False
            elif line.startswith("📄 "):
                yield line.removeprefix("📄 ").partition("（")[0], False
            elif "<code>" not in line and not line.startswith("… "):
                yield _MARK.sub("", line.strip()), line.startswith("· ")


def read(path: Path) -> list[Act]:
    """A kept transcript."""
    acts: list[Act] = []
    for line in path.read_text("utf-8").splitlines():
        match = _ACT.fullmatch(line)
        if match:
            acts.append(Act(match["who"], match["what"] or ""))
        elif line:
            acts[-1].told.append(line.removeprefix("  "))
    return acts


def written(acts: list[Act]) -> str:
    """As it is kept."""
    lines = (f"{act.who}> {act.what}".rstrip() + "".join(f"\n  {line}" for line in act.told) for act in acts)
    return "\n".join(lines) + "\n"


def numberless(told: str) -> str:
    """What was told, without what is drawn by lot: numbers of cases and recovery codes."""
    return _NUMBER.sub(_ANY_NUMBER, _CODE.sub("<code>", told))


class Speaker(Protocol):
    """One of the people, at a door."""

    async def does(self, act: Act, link: str) -> str:
        """Do what a line says and see what it tells; gives the token that is handed on then, ""."""
        ...


class Spoken:
    """Somebody in the engine itself; writes down what is told."""

    def __init__(self, someone: Someone, seat: str = "") -> None:
        self._someone, self._seat = someone, seat

    async def does(self, act: Act, link: str) -> str:
        someone = self._someone
        if act.label:
            await someone.presses(act.label)
        elif act.file:
            receive = someone.house.conversation.receive
            file = await receive(someone.channel, someone.address, act.file, stream(picture()))
            await someone.take(file=file)
        elif act.what:
            await someone.says(act.what.replace(LINK, link).replace(SEAT, self._seat))
        else:
            await someone.take()
        spoken = tuple(part for part in someone.screen.parts if not isinstance(part, Table))
        told = "\n".join(plain.told(replace(someone.screen, parts=spoken)))
        act.told = numberless(told).split("\n")
        handed = someone.screen.invitation
        return handed.token if handed else ""


class Browsing:
    """Somebody at the web chat."""

    def __init__(  # a page, with what sends its files and the link of its seat, if it has them
        self, line: Line, service: Service, cookie: str, caller: Caller | None = None, seat: str = ""
    ) -> None:
        self._line, self._service, self._ever = line, service, ""
        self._caller, self._seat = caller, seat
        self._address = sha256(cookie.partition("=")[2].encode()).hexdigest()

    async def does(self, act: Act, link: str) -> str:
        if act.label:
            await self._line.says(choice=_token(self._line.screen, act.label))
        elif act.file and self._caller:
            sent = await self._caller.sends(act.file, picture())
            await self._line.says(file=(await sent.json())["file"])
        elif act.what:
            await self._line.says(text=act.what.replace(LINK, link).replace(SEAT, self._seat))
        else:
            await self._line.says()
        handed = any("{link}" in line for line in act.told)
        now = _text(self._line.screen)
        self._ever += now
        offered = self._line.screen["invitation"]
        now += str(offered) if offered else ""
        assert act.seen(now, self._ever), (act, now)
        return await standing(self._service, "web", self._address) if handed else ""


class Texting:
    """Somebody on Telegram, who is told of what others do without asking."""

    def __init__(self, phone: Phone, service: Service, seat: str = "") -> None:
        self._phone, self._service, self._seat = phone, service, seat

    async def does(self, act: Act, link: str) -> str:
        phone = self._phone
        if act.label:
            await self._presses(act.label)
        elif act.what.startswith(LINK):
            phone.says(f"/start {link}")
        elif act.what == SEAT:
            phone.says(f"/start {self._seat}")
        elif act.what:
            phone.says(act.what)
        elif not phone.chat.started:
            phone.says("/start")
        await phone.until(lambda: self._tells(act), f"what {act} tells", 60)
        handed = any("{link}" in line for line in act.told)
        return await standing(self._service, "telegram", str(phone.id)) if handed else ""

    async def _presses(self, label: str) -> None:
        """The button; a line of the nominee's own section, which is folded, once that one is opened."""
        phone, line = self._phone, label.removeprefix("看：")
        if line != label:
            phone.press("看：基本情况")
            await phone.until(lambda: any(line in each.buttons for each in phone.chat.standing), label, 60)
        phone.press_like(line)

    def _tells(self, act: Act) -> bool:
        """What is told is there, with buttons; what others did may have been told before, by itself."""
        phone = self._phone
        now = [phone.said, *(label for message in phone.news for label in message.buttons)]
        ever = (message.text for message in phone.chat.standing)
        return act.seen("\n".join(now), "\n".join(ever)) and any(message.rows for message in phone.news)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _text(screen: Mapping[str, Any]) -> str:
    parts = [screen["echo"]]
    for part in screen["parts"]:
        parts.append(part.get("text", ""))
        for group in part.get("groups", ()):
            parts.append(f"【{group['title']}】{group['note']}")
            parts += [
                f"{line['label']}：{line['value']}" + (f"（{line['remark']}）" if line["remark"] else "")
                for line in group["lines"]
            ]
    parts += [
        f"📄 {card['title']}" + (f"（{card['note']}）" if card["note"] else "") for card in screen["cards"]
    ]
    parts += [f"{button['label']}：{button['explain']}" for button in screen["buttons"]]
    return "\n".join(parts)


def _token(screen: Mapping[str, Any], label: str) -> str:
    groups = [group for part in screen["parts"] for group in part.get("groups", ())]
    edits = [line["edit"] for group in groups for line in group["lines"]]
    rows = [row["opens"] for part in screen["parts"] for row in part.get("rows", ()) if row["opens"]]
    fitting = [button["token"] for button in (*screen["buttons"], *edits, *rows) if label in button["label"]]
    assert fitting, (label, _text(screen))
    return str(fitting[0])
