"""A person at the engine: types, presses by label, sends files, and reads the Screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from dialogs.engine import step
from dialogs.events import Event
from dialogs.interview import Earlier, Interview
from dialogs.keeping import beside, read, written
from dialogs.scene import Scene
from dialogs.turn import Screen, Summary, Turn
from forms.attachment import Attachment
from forms.programme import Programme

NOON = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def kept(interview: Interview) -> Interview:
    """The interview as it is after it was kept and read again."""
    return read(written(interview), beside(interview))


@dataclass
class Person:
    """Talks to the engine as a channel would. `programmes` are on offer beside `programme`.

    `around` is what else stands in the Scene, by field.
    """

    programme: Programme
    now: datetime = NOON
    interview: Interview = field(default_factory=Interview)
    events: list[Event] = field(default_factory=list)
    experts: tuple[dict[str, object], ...] = ()
    programmes: tuple[Programme, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    around: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = count(1)
        self.screen = self._take()

    @property
    def scene(self) -> Scene:
        offered = (self.programme, *self.programmes)
        scene = Scene(
            now=self.now,
            offered=offered,
            parts={"expert": self.experts} if self.experts else {},
            earlier=self.earlier,
        )
        return replace(scene, **self.around)

    @property
    def pinned(self) -> Programme | None:
        return next((known for known in self.scene.offered if known.id == self.interview.programme), None)

    def _take(self, **what: object) -> Screen:
        turn = replace(Turn("test", str(next(self._ids))), **what)
        outcome = step(self.pinned, self.interview, turn, self.scene)
        self.interview, self.screen = outcome.interview, outcome.screen
        assert kept(self.interview) == self.interview
        self.events.extend(outcome.events)
        return self.screen

    def look(self) -> Screen:
        return self._take()

    def says(self, *texts: str) -> Screen:
        for text in texts:
            self._take(text=text)
        return self.screen

    def writes(self, text: str) -> Screen:
        """All of a text, in a field of its own."""
        return self._take(text=text, whole=True)

    def sends(self, attachment: Attachment) -> Screen:
        return self._take(file=attachment)

    def token(self, label: str) -> str:
        found = [b for b in self.screen.all_buttons() if b.label == label or b.label.endswith(label)]
        assert found, f"no button “{label}” among {[b.label for b in self.screen.all_buttons()]}"
        return found[0].action.token(self.screen.revision)

    def presses(self, *labels: str) -> Screen:
        for label in labels:
            self._take(choice=self.token(label))
        return self.screen

    def presses_token(self, token: str) -> Screen:
        return self._take(choice=token)

    def begins(self) -> Screen:
        self.presses("同意，开始")
        programme = next(b for b in self.screen.buttons if b.action.verb == "programme")
        return self._take(choice=programme.action.token(self.screen.revision))

    @property
    def text(self) -> str:
        """Everything on screen in words."""
        said = []
        for part in self.screen.parts:
            if isinstance(part, Summary):
                said.extend(f"{line.label}：{line.value}" for group in part.groups for line in group.lines)
            else:
                said.append(part.text)
        return "\n".join(said)

    def tone(self, tone: str) -> list[str]:
        return [
            part.text for part in self.screen.parts if not isinstance(part, Summary) and part.tone == tone
        ]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.screen.buttons]

    @property
    def asked(self) -> str:
        return self.screen.asks.question if self.screen.asks else ""
