"""The web door under people: 300 and 1,000 of them, each with a line of their own and an answer every four seconds.

`python -m bench.load [--people N …] [--seconds S] [--ahead N] [--builds NAME …]` starts `jiangjian run` on SQLite
(write-ahead log, synchronous=FULL), has people talk to it over WebSockets from another process, and prints for each
build turns per second, the 50th, 95th and 99th percentile of an answer in milliseconds, errors, processor and memory
of the server, by how much each connection made that grow, and the processor that the people themselves took.

Everybody answers as Nanning's case file does. Before it is measured they have come to different places of the form,
up to `--ahead` answers in, so that rules are judged and states have grown. Whoever has said everything gives way to
somebody new.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import resource
import secrets
import signal
import sys
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import aiohttp

from bench.peers.builds import Build, builds
from bench.peers.played import MARK

#: Seconds between two answers of one person.
PACE = 4.0
#: How many hurry at once while everybody comes to their place.
_HURRY = 16
_PATIENCE = 60.0
_FIRST = 20
_PROGRAMME, _CASE = "nanning-2026", "unit"
_TICK = os.sysconf("SC_CLK_TCK")


# The people


class Astray(Exception):  # noqa: N818 - says what a person met
    """A person who could not go on, and why."""


class Done(Exception):  # noqa: N818 - says how far a person has come
    """A person who has said everything."""


class Person:
    """One page: a line, what is on its Screen, and how far in the script it has come."""

    def __init__(
        self, number: int, line: aiohttp.ClientWebSocketResponse, said: list[dict[str, str]]
    ) -> None:
        self._number = number
        self._line = line
        self._said = iter(said)
        self._screen: dict[str, Any] = {}
        self._heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._listening = asyncio.create_task(self._listen())

    async def arrive(self) -> None:
        """The first Screen."""
        await self._await(None)

    async def answer(self) -> float:
        """Say the next thing; seconds until the Screen that follows was there. Raises `Astray`, and `Done` at the end."""
        said = next(self._said, None)
        if said is None:
            raise Done
        message = {"id": str(uuid4()), "locale": "zh", **self._next(said)}
        began = time.perf_counter()
        await self._line.send_str(json.dumps(message))
        await self._await(message["id"])
        return time.perf_counter() - began

    async def leave(self) -> None:
        """Close the page."""
        self._listening.cancel()
        with suppress(aiohttp.ClientError, ConnectionError):
            await self._line.close()

    def _next(self, said: dict[str, str]) -> dict[str, Any]:
        revision = self._screen["revision"]
        if "mark" in said:
            token = f"{revision:x}.{said['mark']}"
            if token not in json.dumps(self._screen):
                raise Astray("a button is not there")
            return {"choice": token}
        asks = self._screen["asks"]
        return {
            "text": said["text"].replace(f"{MARK}", f"{self._number}"),
            "question": asks["question"] if asks else "",
            "revision": revision,
            "who": self._screen.get("who", ""),
        }

    async def _await(self, identifier: str | None) -> None:
        while True:
            try:
                heard = await asyncio.wait_for(self._heard.get(), _PATIENCE)
            except TimeoutError as error:
                raise Astray("no answer in a minute") from error
            if heard.get("for") != identifier:
                continue
            if "error" in heard:
                raise Astray(heard["error"])
            self._screen = heard["screen"]
            return

    async def _listen(self) -> None:
        # Also between two answers: whoever does not hear the server's pings is taken for gone.
        async for message in self._line:
            self._heard.put_nowait(json.loads(message.data))
        self._heard.put_nowait({"for": None, "error": f"closed {self._line.close_code}"})


class Crowd:
    """All of them, against one address, or each against the next one of several; an answer every `pace` seconds."""

    def __init__(
        self, urls: list[str], said: list[dict[str, str]], people: int, ahead: int, pace: float = PACE
    ) -> None:
        self._urls = urls
        self._pace = pace
        self._said = said
        self._people = people
        #: Of whoever comes in the place of somebody who has said everything.
        self._numbers = count(people)
        self._ahead = ahead
        self._hurry = asyncio.Semaphore(_HURRY)
        self.errors: Counter[str] = Counter()
        self.times: list[float] = []

    async def run(self, seconds: float) -> dict[str, Any]:
        """Everybody to their place, then `seconds` at human speed."""
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
            came = await asyncio.gather(
                *(self._come(session, number, number % (self._ahead + 1)) for number in range(self._people))
            )
            there = [person for person in came if person]
            print("there", flush=True)
            busy, began = time.process_time(), time.perf_counter()
            left = await asyncio.gather(*(self._talk(session, person, began, seconds) for person in there))
            took = time.perf_counter() - began
            busy = time.process_time() - busy
            print("done", flush=True)
            await asyncio.gather(*(person.leave() for person in left if person))
        self.times.sort()
        shares = {f"p{share}": self._at(share / 100) for share in (50, 95, 99)}
        return {
            "turns": len(self.times),
            "rate": len(self.times) / took,
            "took": took,
            "client": busy / took * 100,
            "errors": dict(self.errors),
            **shares,
        }

    def _at(self, share: float) -> float:
        return self.times[int(len(self.times) * share)] * 1e3 if self.times else 0.0

    async def _come(self, session: aiohttp.ClientSession, number: int, ahead: int = 0) -> Person | None:
        url = self._urls[number % len(self._urls)]
        async with self._hurry:
            line = await session.ws_connect(
                f"{url}/chat?locale=zh",
                headers={
                    "Origin": url,
                    "Cookie": f"jiangjian={secrets.token_urlsafe(32)}",
                    # Everybody has an address of their own, as the server's one proxy tells it.
                    "X-Forwarded-For": f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}",
                },
                max_msg_size=0,
            )
            person = Person(number, line, self._said)
            try:
                await person.arrive()
                for _ in range(3 + ahead):
                    await person.answer()
            except Astray as error:
                self.errors[f"{error} (before)"] += 1
                return None
            return person

    async def _talk(
        self, session: aiohttp.ClientSession, person: Person, began: float, seconds: float
    ) -> Person | None:
        """Answer at human speed; gives who is there in the end, None where something went wrong."""
        due = began + random.uniform(0, self._pace)
        while due < began + seconds:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            try:
                self.times.append(await person.answer())
            except Done:
                await person.leave()
                following = await self._come(session, next(self._numbers))
                if following is None:
                    return None
                person = following
            except (Astray, aiohttp.ClientError, ConnectionError) as error:
                self.errors[str(error)] += 1
                return None
            due = max(due + self._pace, time.perf_counter())
        return person


# The server


@asynccontextmanager
async def server(build: Build, data: Path, **more: str) -> AsyncIterator[tuple[Process, str]]:
    """`jiangjian run`, and its address; `more` are settings."""
    settings = {"PORT": "0", "DATA": str(data), "PROXIES": "1", "WORKERS": "1", **more}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "run",
        cwd=build.directory,
        env={**build.environment, **{f"JIANGJIAN_{name}": value for name, value in settings.items()}},
        stdout=PIPE,
        stderr=(data / "log").open("ab"),
    )
    assert process.stdout
    try:
        told = (await process.stdout.readline()).decode()
        yield process, next(word for word in told.split() if word.startswith("http"))
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


def busy_so_far(pid: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def _memory(process: Process) -> float:
    """Resident memory of a process in MB."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


async def watched(
    urls: list[str], job: dict[str, Any], gauges: list[Callable[[], float]]
) -> tuple[list[float], dict[str, Any]]:
    """What people in a process of their own tell, and by how much each gauge rose while they talked."""
    crowd = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", "--crowd", *urls, stdin=PIPE, stdout=PIPE
    )
    assert crowd.stdin
    assert crowd.stdout
    crowd.stdin.write(json.dumps(job).encode())
    crowd.stdin.close()
    await crowd.stdout.readline()
    before = [gauge() for gauge in gauges]
    await crowd.stdout.readline()
    rose = [gauge() - was for gauge, was in zip(gauges, before, strict=True)]
    found: dict[str, Any] = json.loads(await crowd.stdout.readline())
    await crowd.wait()
    return rose, found


async def measure(build: Build, people: int, seconds: float, ahead: int) -> dict[str, Any]:
    """One build under so many people."""
    said = build.played("script", str(build.case(_PROGRAMME, _CASE)))["said"]
    async with AsyncExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="jiangjian-bench-")))
        running, url = await stack.enter_async_context(server(build, data))
        job = {"said": said, "people": people, "seconds": seconds, "ahead": ahead}
        # What the first few bring into memory is not what a connection takes.
        await watched([url], job | {"people": _FIRST, "seconds": 2 * PACE}, [])
        before = _memory(running)
        (busy,), found = await watched([url], job, [lambda: busy_so_far(running.pid)])
        found |= {
            "server": busy / found["took"] * 100,
            "each": busy / max(1, found["turns"]) * 1e3,
            "memory": (after := _memory(running)),
            "connection": (after - before) / people * 1024,
            "load": os.getloadavg()[0],
        }
        return found


async def compare(named: list[str], sizes: list[int], seconds: float, ahead: int) -> None:
    """Every build at every size, and print it."""
    print(
        "people  build     turns/s     p50     p95     p99 ms  errors  server CPU  ms/turn  RSS MB  KB each  client CPU  load"
    )
    for people in sizes:
        for build in builds():
            if build.name not in named and named:
                continue
            found = await measure(build, people, seconds, ahead)
            errors = sum(found["errors"].values())
            print(
                f"{people:>6}  {build.name:<8}{found['rate']:>9.0f}{found['p50']:>8.1f}{found['p95']:>8.1f}"
                f"{found['p99']:>8.1f}   {errors:>7}{found['server']:>11.0f}%{found['each']:>9.2f}{found['memory']:>8.0f}"
                f"{found['connection']:>9.0f}{found['client']:>11.0f}%{found['load']:>6.1f}",
                flush=True,
            )
            if errors:
                print(f"        {found['errors']}", flush=True)


def main() -> None:
    """Measure on the disk that temporary files lie on; TMPDIR chooses another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--people", type=int, nargs="+", default=[300, 1000], help="how many at once")
    parser.add_argument("--seconds", type=float, default=60, help="how long each is measured (default 60)")
    parser.add_argument(
        "--ahead", type=int, default=30, help="answers that some have given before (default 30)"
    )
    parser.add_argument("--builds", nargs="+", default=[], help="only these: today, or a commit")
    parser.add_argument("--crowd", nargs="+", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if not chosen.crowd:
        asyncio.run(compare(chosen.builds, chosen.people, chosen.seconds, chosen.ahead))
        return
    job = json.load(sys.stdin)
    seconds = job.pop("seconds")
    print(json.dumps(asyncio.run(Crowd(chosen.crowd, **job).run(seconds))), flush=True)


if __name__ == "__main__":
    main()
