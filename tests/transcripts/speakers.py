"""A conversation of several people, kept as a transcript, and each of its lines done at a door.

`name> words` types, `name> [label]` presses, `name> <link>` opens what was handed on last, and `name>` looks; indented
below stands what they are told then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from bot.screens import plain
from tests.bot.household import Someone
from tests.bot.telegram.parties import standing
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service
from tests.bot.webchat.caller import Line

_ACT = re.compile(r"(?P<who>\w+)>(?: (?P<what>.+))?")
_CODE = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){4}\b")
_MARK = re.compile(r"^(?:· |ℹ |! |✓ |✗ |\? |… )|\s*←!?$")
LINK = "<link>"


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
    def lines(self) -> Iterator[str]:
        """What must be seen at any door, without the marks of plain text; a recovery code is another one each time."""
        for line in self.told:
            if "{link}" in line:
                yield line.partition("】")[2].partition("{link}")[0]
            elif "<code>" not in line and line.strip():
                yield _MARK.sub("", line.strip())


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


class Speaker(Protocol):
    """One of the people, at a door."""

    async def does(self, act: Act, link: str) -> str:
        """Do what a line says and see what it tells; gives the token that is handed on then, ""."""
        ...


class Spoken:
    """Somebody in the engine itself; writes down what is told."""

    def __init__(self, someone: Someone) -> None:
        self._someone = someone

    async def does(self, act: Act, link: str) -> str:
        if act.label:
            await self._someone.presses(act.label)
        elif act.what:
            await self._someone.says(act.what.replace(LINK, link))
        else:
            await self._someone.take()
        told = "\n".join(plain.told(self._someone.screen))
        act.told = _CODE.sub("<code>", told).split("\n")
        handed = self._someone.screen.invitation
        return handed.token if handed else ""


class Browsing:
    """Somebody at the web chat."""

    def __init__(self, line: Line, service: Service, cookie: str) -> None:
        self._line, self._service = line, service
        self._address = sha256(cookie.partition("=")[2].encode()).hexdigest()

    async def does(self, act: Act, link: str) -> str:
        if act.label:
            await self._line.says(choice=_token(self._line.screen, act.label))
        elif act.what:
            await self._line.says(text=act.what.replace(LINK, link))
        else:
            await self._line.says()
        handed = any("{link}" in line for line in act.told)
        seen = _squeezed(_text(self._line.screen))
        missing = [line for line in act.lines if not handed and _squeezed(line) not in seen]
        assert not missing, (act, _text(self._line.screen))
        return await standing(self._service, "web", self._address) if handed else ""


class Texting:
    """Somebody on Telegram, who is told of what others do without asking."""

    def __init__(self, phone: Phone, service: Service) -> None:
        self._phone, self._service = phone, service

    async def does(self, act: Act, link: str) -> str:
        phone = self._phone
        if act.label:
            phone.press_like(act.label)
        elif act.what.startswith(LINK):
            phone.says(f"/start {link}")
        elif act.what:
            phone.says(act.what)
        elif not phone.chat.started:
            phone.says("/start")
        await phone.until(lambda: self._tells(act), f"what {act} tells", 60)
        handed = any("{link}" in line for line in act.told)
        return await standing(self._service, "telegram", str(phone.id)) if handed else ""

    def _tells(self, act: Act) -> bool:
        """What is told is there, with buttons; what others did may have been told before, by itself."""
        phone = self._phone
        seen = _squeezed(phone.said)
        ever = _squeezed("\n".join(message.text for message in phone.chat.standing))
        notes = {_MARK.sub("", line.strip()) for line in act.told if line.startswith("· ")}
        told = all(_squeezed(line) in (ever if line in notes else seen) for line in act.lines)
        return told and any(message.rows for message in phone.news)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _text(screen: Mapping[str, Any]) -> str:
    parts = [screen["echo"]]
    for part in screen["parts"]:
        parts.append(part.get("text", ""))
        for group in part.get("groups", ()):
            parts.append(f"【{group['title']}】{group['note']}")
            parts += [f"{line['label']}：{line['value']}" for line in group["lines"]]
    parts += [
        f"📄 {card['title']}" + (f"（{card['note']}）" if card["note"] else "") for card in screen["cards"]
    ]
    parts += [f"{button['label']}：{button['explain']}" for button in screen["buttons"]]
    return "\n".join(parts)


def _token(screen: Mapping[str, Any], label: str) -> str:
    groups = [group for part in screen["parts"] for group in part.get("groups", ())]
    edits = [line["edit"] for group in groups for line in group["lines"]]
    fitting = [button["token"] for button in (*screen["buttons"], *edits) if label in button["label"]]
    assert fitting, (label, _text(screen))
    return str(fitting[0])
