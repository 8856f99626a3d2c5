"""People in the middle of all that one can be in the middle of, from walks through the engine over every programme."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from bot.house.conversation import CAPS
from bot.workshop.player import Player
from dialogs.engine import step
from dialogs.interview import Interview, Outcome
from dialogs.keeping import beside
from dialogs.scene import Scene
from dialogs.turn import Screen, Turn
from dialogs.view import View
from forms.attachment import Attachment
from forms.casefile import read_case
from forms.inspection import inspect
from forms.library import BUILT_IN
from forms.loader import Source, load
from forms.printing.faces import Faces
from forms.programme import Programme
from forms.readable import PlainFile
from storage.tables import new_id
from tests.built_in import built_in

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)


#: Of every so many case files one is walked.
_EVERY = 4


#: So many points of a walk are kept: the beginning, the end, and what lies between them.
_POINTS = 5


LIBRARY = built_in()


def named(name: str) -> Programme:
    found = LIBRARY.named(name)
    assert found
    return found


def _older() -> tuple[Source, Programme]:
    """A programme as it was before its text was corrected, from the time when its macros lay among its own prints."""
    known = LIBRARY.source(named("liuzhou-2025").digest).files
    files = {name.replace("_shared/print/", "print/"): body for name, body in known.items()}
    for name in ("macros.html", "page.css"):
        del files[f"print/{name}"]
    source = Source({**files, "programme.yaml": files["programme.yaml"] + "\n# as it was\n"})
    return source, load(source)


SOURCE, OLDER = _older()


def programme_of(state: Interview) -> Programme | None:
    """The definition that an interview is pinned to."""
    return OLDER if state.digest == OLDER.digest else LIBRARY.get(state.digest)


class Counts(dict[str, int]):
    """How many other cases have each key; none has any other."""

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: str) -> int:
        return 0

    def __bool__(self) -> bool:
        return True


#: No other case has anything in common with this one.
NOBODY = Counts()


def scene(now: datetime = NOW, **more: Any) -> Scene:
    """What surrounds somebody alone in the world."""
    return Scene(now, LIBRARY.offered, faces=_faces(), common=LIBRARY.common, **more)


@cache
def _faces() -> Faces:
    return Faces.load()


_RECEIVED: dict[str, Attachment] = {}


def files_of(state: Interview) -> list[Attachment]:
    """Every file that an interview names."""
    said = state.model_dump_json()
    return [held for name, held in _RECEIVED.items() if name in said]


def with_own_files(state: Interview) -> Interview:
    """The interview with files that nobody else has: several were cut out of one walk."""
    said = state.model_dump_json()
    for held in files_of(state):
        own = held.model_copy(update={"file": new_id()})
        _RECEIVED[own.file] = own
        said = said.replace(held.file, own.file)
    return Interview.model_validate_json(said).model_copy(update=beside(state))


class _Walk:
    """What a Player speaks to: the engine alone, which notes every interview that it comes by."""

    def __init__(self, now: datetime) -> None:
        self.states = [Interview()]
        self._now = now

    def say(self, turn: Turn) -> Screen:
        now = self.states[-1]
        outcome = _stepped(now, turn, self._now)
        self.states.append(outcome.interview)
        return outcome.screen

    async def take(self, channel: str, address: str, turn: Turn) -> Screen:
        """As `Conversation.take`."""
        return self.say(turn)

    async def receive(
        self, channel: str, address: str, name: str, chunks: AsyncIterator[bytes], size: int
    ) -> Attachment:
        """As `Conversation.receive`."""
        content = b"".join([chunk async for chunk in chunks])
        taken = _inspected(name, content).model_copy(update={"file": new_id()})
        _RECEIVED[taken.file] = taken
        return taken


@cache
def _inspected(name: str, content: bytes) -> Attachment:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "sent"
        path.write_bytes(content)
        return inspect(PlainFile(path), "", name, CAPS)


_numbers = count(1)


def _stepped(state: Interview, turn: Turn, now: datetime = NOW) -> Outcome:
    return step(programme_of(state), state, turn, scene(now, counts=NOBODY))


def _says(state: Interview, *texts: str) -> Interview:
    for words in texts:
        state = _stepped(state, Turn("", str(next(_numbers)), text=words)).interview
    return state


def _offers(state: Interview, verb: str) -> bool:
    """Only where the question was just come to: looking at every state again takes its time."""
    if not (state.focus or state.drafts or state.pending) and "photo" in state.answers:
        screen = _stepped(state, Turn("", str(next(_numbers)))).screen
        return any(b.action.verb == verb for b in screen.all_buttons())
    return False


def _presses(state: Interview, verb: str, about: str = "") -> Interview:
    screen = _stepped(state, Turn("", str(next(_numbers)))).screen
    button = next(b for b in screen.all_buttons() if b.action.verb == verb and about in ("", b.action.about))
    token = button.action.token(screen.revision)
    return _stepped(state, Turn("", str(next(_numbers)), choice=token)).interview


class _Player(Player):
    """One behind whom there is no database."""

    async def view(self) -> View:
        walk: Any = self._conversation
        return View(self._programme, walk.states[-1], scene(self._case.now))


@cache
def walks() -> tuple[tuple[Interview, ...], ...]:
    """Whole conversations over every programme, as the interviews that they came by."""
    every = sorted(BUILT_IN.glob("*/cases/*.yaml"))[::_EVERY]
    late = BUILT_IN.glob("nanning-*/cases/late.yaml")  # who goes on as practice
    appeals = BUILT_IN.glob("nanning-*/cases/exceptional.yaml")  # who asks the staff
    too_long = BUILT_IN.glob("nanning-*/cases/too-long.yaml")  # who is told of a text what to mend
    return tuple(_walked(path) for path in dict.fromkeys((*every, *late, *appeals, *too_long)))


def _walked(path: Path) -> tuple[Interview, ...]:
    case = read_case(str(path), path.read_text("utf-8")).model_copy(update={"parties": {}, "peers": {}})
    walk = _Walk(case.now)
    programme = named(path.parent.parent.name)
    player = _Player(walk, None, programme, case, path.parent)  # type: ignore[arg-type]
    asyncio.run(player.play())
    return tuple(walk.states)


#: What people type to look at something else than the next question.
_PAGES = (
    "菜单",
    "检查答案",
    "条件对照",
    "材料清单",
    "前面填的",
    "/privacy",
    "/mydata",
    "/delete",
    "我的申报",
    "重新开始",
)


def cut() -> Iterator[Interview]:
    """Interviews as they stood when people went away."""
    for number, walk in enumerate(walks()):
        kept = [state for state in walk if state.consented_at]
        apart = max(1, (len(kept) - 1) // (_POINTS - 1))
        points = [*kept[number % apart : -1 : apart], kept[-1]]
        yield from points
        # What lasts for a moment only: half a row, a reading that waits for a yes, a remark that waits for a word.
        for name in ("drafts", "pending", "remarked", "faced", "appealed", "later", "due"):
            yield from [state for state in kept if getattr(state, name)][number % 3 : number % 3 + 1]
        files = [state for state in kept if _offers(state, "later")]
        if files:
            yield _presses(files[number % len(files)], "later")
        middle = kept[len(kept) // 2]
        if middle.programme:
            yield _says(middle, _PAGES[number % len(_PAGES)])
            yield _presses(_says(kept[-1], "检查答案"), "edit")


def fitting() -> Iterator[Interview]:
    """In the pre-check, before there is a programme."""
    state = _presses(Interview(), "consent")
    yield state
    state = _presses(state, "fit")
    yield state
    for words in ("广西南宁", "焊工", "2010年7月"):
        state = _says(state, words)
        yield state
