"""Case files played within one checkout, whichever it is: what its turns cost, or what a person says in it.

Run by `bench.peers.builds` with a checkout's own code on the import path; prints JSON. It imports nothing of `bench`, and
what moved between the builds by any of its places (`_WHERE`).

`measure CASE PEOPLE` has that many people answer at once, each answer on the disk before the next. `script CASE` gives
what one of them says from the greeting on, as the web door is told it: {"text": …}, or {"mark": …}, which is a
button's token less its revision. What only files answer is put off. `finish CASE PEOPLE SECONDS` has them fill in all of
it, files included, read the summary for so long, and finish together: how long until each has the first document.
`packet CASE TIMES` has so many people ask one by one for all of it in one PDF, of which nothing is printed yet.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

#: Where today's build and those before it have what is used here.
_WHERE = {
    "turns": ("bot.house.turns", "bot.house.conversation", "bot.conversation"),
    "wiring": ("bot.house.wiring", "bot.wiring"),
    "settings": ("bot.house.settings", "bot.settings"),
    "player": ("bot.workshop.player", "bot.player"),
}
#: Answers that some rules count cases by: no two people share them. A script has `MARK` in the place of the number.
#: A turn is late from so many answers on.
LATE = 45
_APART = ("employer", "group_company")
MARK = 9999


def _module(name: str) -> Any:
    for place in _WHERE[name]:
        if Path(place.replace(".", "/")).with_suffix(".py").is_file():  # below the checkout, where this runs
            return importlib.import_module(place)
    raise ModuleNotFoundError(name)


class Spent:
    """Processor seconds of some functions, in whatever thread; what one of them does for another counts once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._inside = threading.local()
        self._lock = threading.Lock()

    def on(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, measured."""

        def measured(*given: Any, **named: Any) -> Any:
            if getattr(self._inside, "yes", False):
                return function(*given, **named)
            self._inside.yes = True
            began = time.thread_time()
            try:
                return function(*given, **named)
            finally:
                took = time.thread_time() - began
                self._inside.yes = False
                with self._lock:
                    self.seconds += took

        return measured


def _engine() -> Spent:
    """The engine's step, and the interview as it is read and written."""
    from dialogs.interview import Interview

    spent, turns = Spent(), _module("turns")
    turns.step = spent.on(turns.step)
    Interview.model_validate_json = staticmethod(spent.on(Interview.model_validate_json))
    Interview.model_dump_json = spent.on(Interview.model_dump_json)
    return spent


class Heard:
    """A conversation that notes what it is told and how long each answer took, in seconds."""

    def __init__(self, conversation: Any) -> None:
        self._conversation = conversation
        self.spent = Spent()
        self.times: list[float] = []
        #: Of each turn, of one person alone: how many answers were in, and the engine's processor seconds.
        self.engine: list[tuple[int, float]] = []
        self.said: list[dict[str, str]] = []

    async def take(self, channel: str, address: str, turn: Any) -> Any:
        """As the Conversation."""
        began, busy = time.perf_counter(), self.spent.seconds
        screen = await self._conversation.take(channel, address, turn)
        self.times.append(time.perf_counter() - began)
        done = screen.progress.all_done if screen.progress else 0
        self.engine.append((done, self.spent.seconds - busy))
        if turn.choice is not None:
            self.said.append({"mark": turn.choice.partition(".")[2]})
        elif turn.text is not None:
            self.said.append({"text": turn.text})
        return screen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._conversation, name)


class Finishing(Heard):
    """A conversation whose people read the summary for `seconds`, press at once, and open the first document."""

    def __init__(self, conversation: Any, people: int, seconds: float) -> None:
        super().__init__(conversation)
        self._together = asyncio.Barrier(people)
        self._seconds = seconds
        self._read: set[str] = set()
        self._screens: dict[str, Any] = {}
        #: Seconds from the last press to the document as PDF, and to the picture of its first page.
        self.first: list[tuple[float, float]] = []

    async def take(self, channel: str, address: str, turn: Any) -> Any:
        """As the Conversation."""
        before = self._screens.get(address)
        button = before.tokens().get(turn.choice) if before and turn.choice else None
        if button and button.action.verb == "finish" and address not in self._read:
            self._read.add(address)
            await self._together.wait()
            await asyncio.sleep(self._seconds)
        began = time.perf_counter()
        screen = self._screens[address] = await self._conversation.take(channel, address, turn)
        if button and button.action.verb == "declare" and screen.cards:
            document = screen.cards[0].document
            printed = await self._conversation.document(channel, address, document)
            whole = time.perf_counter() - began
            if hasattr(self._conversation, "page"):  # older builds have no pictures
                await self._conversation.page(printed, 1, address)
            self.first.append((whole, time.perf_counter() - began))
        return screen


class Stage:
    """One case of a programme, with a database of its own or the one in a `directory` that stays."""

    def __init__(
        self, stack: ExitStack, path: Path, now: datetime | None, directory: Path | None = None
    ) -> None:
        from forms.casefile import read_case
        from forms.library import Library

        wiring, settings, self._player = _module("wiring"), _module("settings"), _module("player")
        home = path.resolve().parents[1]
        library = Library.open([] if home.is_relative_to(Path.cwd()) else [home])
        self._programme = next(
            each for each in library.offered if library.directories[each.id].samefile(home)
        )
        self._case = read_case(str(path), path.read_text("utf-8"))
        self._folder = path.parent
        now = now or self._case.now
        if directory is None:
            directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiangjian-bench-")))
        here = settings.Settings(data=directory)
        seals = hasattr(wiring, "keyring")  # an older build takes the URL alone
        self._kept = stack.enter_context(
            wiring.database(here if seals else f"sqlite:///{directory / 'bench.sqlite'}")
        )
        crew = stack.enter_context(wiring.workers(here))
        self.heard = Heard(wiring.conversation(here, library, self._kept, crew, lambda: now))

    async def play(self, person: int, *, files: bool = False) -> list[str]:
        """From the greeting to the end, `files` included or put off; what did not go as the case says."""
        questions = self._programme.form("nominee").questions
        answers = {
            name: f"{value}第{person}车间" if name in _APART else value
            for name, value in self._case.answers.items()
            if files or not self._player.answered_by_files(questions[name])
        }
        case = self._case.model_copy(update={"answers": answers})
        player = self._player.Player(self.heard, self._kept, self._programme, case, self._folder)
        player.address = f"person-{person}"
        if files:
            player.channel = "web"  # where people look at pages
        await player.play()
        return list(player.differences)


async def measured(stage: Stage, people: int, before: int = 0) -> dict[str, Any]:
    """So many people at once, after one who warms the house; numbered from `before` on. Milliseconds a turn."""
    await stage.play(before)
    gc.collect()
    gc.freeze()  # as the service does after its start
    spent = stage.heard.spent = _engine()
    stage.heard.times.clear()
    stage.heard.engine.clear()
    began, busy = time.perf_counter(), time.process_time()
    differences = await asyncio.gather(
        *(stage.play(person) for person in range(before + 1, before + people + 1))
    )
    took, busy = time.perf_counter() - began, time.process_time() - busy
    times = sorted(stage.heard.times)
    late = sum(seconds for done, seconds in stage.heard.engine if done >= LATE)
    lately = sum(done >= LATE for done, _ in stage.heard.engine)
    return {
        "turns": len(times),
        "rate": len(times) / took,
        "median": times[len(times) // 2] * 1e3,
        "worst": times[int(len(times) * 0.99)] * 1e3,
        "engine": spent.seconds / len(times) * 1e3,
        "whole": busy / len(times) * 1e3,
        "late": late / lately * 1e3 if people == 1 and lately else 0.0,
        "differences": differences[0],
    }


def _unsealed() -> None:
    """From now on nothing is sealed in this process: what a turn cost without."""
    from storage.database import Database
    from storage.sealed import Sealing

    class Plain(Sealing):
        def seal(self, _owner: str, _what: str, _row: str, text: str) -> str:
            return text

        def open(self, _what: str, _row: str, sealed: str) -> str:
            return sealed

        def make(self, owner: str) -> None:
            pass

    vars(_module("wiring"))["Database"] = partial(Database, sealing=Plain)


async def _finished(stage: Stage, people: int, seconds: float) -> dict[str, Any]:
    conversation = stage.heard._conversation
    stage.heard = Finishing(conversation, 1, 0)
    await stage.play(0, files=True)  # warm
    stage.heard = Finishing(conversation, people, seconds)
    differences = await asyncio.gather(*(stage.play(person, files=True) for person in range(1, people + 1)))
    return {"first": stage.heard.first, "differences": differences[0]}


async def _packets(stage: Stage, times: int) -> dict[str, Any]:
    conversation = stage.heard._conversation
    documents = conversation.documents
    documents.preparing = None
    taken = []
    for person in range(times + 1):
        await stage.play(person, files=True)
        began = time.perf_counter()
        await conversation.document("web", f"person-{person}", "_packet")
        taken.append(time.perf_counter() - began)
    return {"packets": taken[1:]}  # the first has warmed the workers


async def _script(stage: Stage) -> dict[str, Any]:
    differences = await stage.play(MARK)
    return {"said": stage.heard.said, "differences": differences}


def main() -> None:
    """As the module says."""
    what, path, *rest = sys.argv[1:]
    if rest[1:] == ["unsealed"]:
        _unsealed()
    with ExitStack() as stack:
        stage = Stage(stack, Path(path), datetime.now(UTC) if what == "script" else None)
        if what == "finish":
            told = asyncio.run(_finished(stage, int(rest[0]), float(rest[1])))
        elif what == "packet":
            told = asyncio.run(_packets(stage, int(rest[0])))
        else:
            told = asyncio.run(_script(stage) if what == "script" else measured(stage, int(rest[0])))
    print(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
