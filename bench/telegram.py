"""Turns per second over HTTP on loopback: ours and its peers, one after the other, against the same Bot API.

`python -m bench.telegram [--turns N]` has people answer the interview of 40 questions (25 typed, 15 pressed) through
each bot, one person at a time and a hundred at once. Each bot is a process of its own, the Bot API with the people in
it another (bench/peers/bot_api.py). Ours commits every turn (write-ahead log, synchronous=FULL) before its update is
confirmed; the peers confirm first, with the durable storages that they offer.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import json
import os
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench.peers.bot_api import TOKEN
from bench.turns import QUESTIONS, interview_40
from storage.database import open_engine
from storage.tables import event

PEERS = ("aiogram_fsm", "dialog", "conversation_handler")


@dataclass(frozen=True)
class Contender:
    """A bot: what it is called, how it is started and how many answers its storage has in a directory."""

    name: str
    command: tuple[str, ...]
    answers: Callable[[Path], int]


@dataclass(frozen=True)
class Measured:
    """Turns per second, milliseconds of a turn, and the Bot API's own share of a processor."""

    rate: float
    median: float
    worst: float
    busy: float


class BotApi:
    """The other side, in its own process."""

    async def open(self) -> str:
        """Its address."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.peers.bot_api", stdin=PIPE, stdout=PIPE, limit=2**24
        )
        assert self._process.stdout
        return (await self._process.stdout.readline()).decode().strip()

    async def ask(self, **what: Any) -> dict[str, Any]:
        """One line there, one line back."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        line = await self._process.stdout.readline()
        if not line:
            raise AssertionError("the Bot API gave up: a bot did not go on with somebody")
        told: dict[str, Any] = json.loads(line)
        return told

    async def close(self) -> None:
        """End it."""
        assert self._process.stdin
        self._process.stdin.close()
        await self._process.wait()


def ours(directory: Path) -> Contender:
    """The bot as it is run, with the interview as one more programme."""
    for name, text in interview_40().files.items():
        path = directory / "programmes" / "interview" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def answers(home: Path) -> int:
        count = select(func.count()).where(event.c.kind == "answered")
        with open_engine(f"sqlite:///{home / 'jiangjian.sqlite'}").begin() as connection:
            return int(connection.execute(count).scalar_one())

    return Contender("ours: one durable commit a turn", ("-m", "bot", "run"), answers)


def peer(name: str) -> Contender:
    """One of the others."""
    module = importlib.import_module(f"bench.peers.{name}")
    return Contender(module.NAME, ("-m", f"bench.peers.{name}"), module.answers)


async def measure(api: BotApi, people: int, turns: int) -> Measured:
    """Have `people` interviewed at once, again and again, until about `turns` turns were taken."""
    told = await api.ask(people=people, rounds=max(1, turns // (people * QUESTIONS)))
    times = sorted(told["times"])
    return Measured(
        len(times) / told["seconds"],
        times[len(times) // 2] * 1e3,
        times[int(len(times) * 0.99)] * 1e3,
        told["busy"],
    )


async def start(contender: Contender, url: str, home: Path, programmes: Path) -> Process:
    """The bot's process."""
    settings = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API": url,
        "TELEGRAM_PER_CHAT": "0",
        "TELEGRAM_OVERALL": "0",
        "JIANGJIAN_DATA": str(home),
        "JIANGJIAN_PORT": "0",
        "JIANGJIAN_WORKERS": "1",
        "JIANGJIAN_PROGRAMMES": str(programmes),
    }
    log = (home / "log").open("wb")
    words = contender.command if contender.command[1] == "bot" else (*contender.command, str(home))
    return await asyncio.create_subprocess_exec(
        sys.executable, *words, env=os.environ | settings, stdout=log, stderr=log
    )


async def run(contender: Contender, turns: dict[int, int], directory: Path) -> dict[int, Measured]:
    """Measure one contender, in a fresh directory, with a fresh Bot API."""
    home = directory / contender.command[1].rpartition(".")[2]
    home.mkdir()
    api = BotApi()
    url = await api.open()
    bot = await start(contender, url, home, directory / "programmes")
    try:
        await api.ask(wait=True)
        await measure(api, 5, 5 * QUESTIONS)
        found = {people: await measure(api, people, wanted) for people, wanted in turns.items()}
    except (AssertionError, TimeoutError):
        print((home / "log").read_text("utf-8", "replace")[-2000:], file=sys.stderr)
        raise
    finally:
        if bot.returncode is None:
            bot.send_signal(signal.SIGTERM)
        await bot.wait()
        await api.close()
    rounds = {people: max(1, wanted // (people * QUESTIONS)) for people, wanted in turns.items()}
    due = (5 + sum(people * each for people, each in rounds.items())) * QUESTIONS
    kept = await asyncio.to_thread(contender.answers, home)
    if kept != due:
        print(f"{contender.name}: {kept} of {due} answers are kept", file=sys.stderr)
    return found


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument(
        "--turns", type=int, default=4000, help="turns measured with a hundred people (default 4000)"
    )
    asked = parser.parse_args().turns
    turns = {1: max(asked // 10, QUESTIONS), 100: max(asked, 100 * QUESTIONS)}
    found: list[tuple[str, dict[int, Measured]]] = []
    with tempfile.TemporaryDirectory(prefix="jiangjian-bench-") as directory:
        for contender in (ours(Path(directory)), *map(peer, PEERS)):
            found.append((contender.name, asyncio.run(run(contender, turns, Path(directory)))))
    for people in turns:
        print(f"\n{people} at once{'':<33}turns/s    p50 ms    p99 ms   ours is   Bot API busy")
        first = found[0][1][people].rate
        for name, each in found:
            told = each[people]
            print(
                f"{name:<42}{told.rate:>8.0f}{told.median:>10.2f}{told.worst:>10.2f}{first / told.rate:>9.2f}×"
                f"{told.busy:>14.0%}"
            )


if __name__ == "__main__":
    main()
