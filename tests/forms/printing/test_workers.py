"""Warm processes: jobs that crash, hang or swell end their worker and nothing else."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from forms.printing import faces, renderer
from forms.printing.renderer import PAGE, FontsAwaited, GlyphMissing, RenderFailed, ResourceRefused
from forms.printing.workers import Unanswered, Workers
from tests.forms.printing.sample import application


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    with closing(Workers(2)) as some:
        yield some


@pytest.fixture
async def impatient() -> AsyncIterator[Workers]:
    with closing(Workers(1, cpu_seconds=2)) as one:  # closed also where it never gets warm
        await one.run(len, "warm")
        yield one


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_form_is_the_same_from_every_process(workers: Workers) -> None:
    html, files = application()
    printed = await asyncio.gather(*(workers.render(html, [PAGE], files) for _ in range(4)))
    assert len({pdf.content for pdf in printed}) == 1
    assert printed[0].pages == 4
    assert printed[0] == renderer.render(html, [PAGE], files)


async def test_errors_of_a_document_arrive_as_themselves(workers: Workers) -> None:
    before = workers.pids
    with pytest.raises(GlyphMissing):
        await workers.render("<p>한", [PAGE], {})
    with pytest.raises(ResourceRefused):
        await workers.render('<img src="file:///etc/passwd">', [PAGE], {})
    with pytest.raises(ZeroDivisionError):
        await workers.run(divmod, 1, 0)
    assert workers.pids == before


async def test_other_work_is_done_too(workers: Workers) -> None:
    assert await workers.run(math.gcd, 12, 18) == 6
    assert await workers.run(os.getpid) in workers.pids


async def test_while_the_fonts_are_made_all_else_is_done_and_then_it_prints(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = faces.directory()
    monkeypatch.setenv("JIANGJIAN_FONTS", str(tmp_path / "fonts"))
    with closing(Workers(1)) as one:
        with pytest.raises(FontsAwaited, match="bin/setup fonts"):
            await one.render("<p>焊工", [PAGE], {})
        assert await one.run(math.gcd, 12, 18) == 6
        (tmp_path / "fonts").symlink_to(made)
        assert (await one.render("<p>焊工", [PAGE], {})).pages == 1


async def test_no_secret_of_the_service_is_known_there(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ("BOT_TOKEN", "JIANGJIAN_MASTER_KEY", "JIANGJIAN_DATABASE", "AWS_SECRET_ACCESS_KEY")
    for name in secrets:
        monkeypatch.setenv(name, "canary")
    with closing(Workers(1)) as one:
        assert [await one.run(os.getenv, name) for name in secrets] == [None] * len(secrets)
        assert await one.run(os.getenv, "PATH") == os.environ["PATH"]


async def test_a_result_that_does_not_travel_is_an_error(workers: Workers) -> None:
    with pytest.raises(RenderFailed, match="handed over"):
        await workers.run(memoryview, b"x")


async def test_a_worker_may_take_its_time_to_start() -> None:
    """On a busy machine, it takes longer than a job may wait for its answer."""
    one = Workers(1, cpu_seconds=1)
    try:
        os.kill(one.pids[0], signal.SIGSTOP)
        asyncio.get_running_loop().call_later(5, os.kill, one.pids[0], signal.SIGCONT)
        assert await one.run(math.gcd, 12, 18) == 6
    finally:
        one.close()


async def test_a_crash_is_tried_once_more_and_then_reported(workers: Workers) -> None:
    with pytest.raises(RenderFailed, match="crashed two workers in a row: Aborted"):
        await workers.run(os.abort)
    assert await workers.run(math.gcd, 12, 18) == 6


async def test_a_worker_killed_from_outside_is_replaced(workers: Workers) -> None:
    html, files = application()
    jobs = asyncio.gather(*(workers.render(html, [PAGE], files) for _ in range(6)))
    await asyncio.sleep(0.3)
    before = workers.pids
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert [pdf.pages for pdf in await jobs] == [4] * 6
    assert not set(before) & set(workers.pids)
    for pid in workers.pids:  # idle ones as well
        os.kill(pid, signal.SIGKILL)
    assert await asyncio.gather(*(workers.run(math.gcd, 12, 18) for _ in range(4))) == [6] * 4


async def test_endless_work_is_ended(impatient: Workers) -> None:
    with pytest.raises(RenderFailed, match=r"more than 2 s of CPU|no answer within 6 s"):
        await impatient.run(pow, 7, 10**9)
    assert await impatient.run(math.gcd, 12, 18) == 6


async def test_a_hanging_job_is_ended(impatient: Workers) -> None:
    with pytest.raises(Unanswered, match="no answer within 6 s"):
        await impatient.run(time.sleep, 600)  # longer than any test may take
    assert await impatient.run(math.gcd, 12, 18) == 6


async def test_many_short_jobs_are_not_taken_for_a_long_one(impatient: Workers) -> None:
    html, files = application()
    begun, before = time.process_time(), impatient.pids
    for _ in range(12):
        await impatient.render(html, [PAGE], files)
    assert impatient.pids == before
    assert time.process_time() - begun < 1  # the work is not done here


async def test_a_memory_bomb_is_defused(workers: Workers) -> None:
    with pytest.raises(RenderFailed, match="more than 512 MB"):
        await workers.run(bytearray, 600 << 20)
    with pytest.raises(RenderFailed, match="more than 512 MB"):
        await workers.run(str.ljust, "匠", 10**9)
    assert await asyncio.gather(*(workers.run(math.gcd, 12, 18) for _ in range(4))) == [6] * 4


@pytest.mark.parametrize("piece", ["匠荐工会南宁推荐", "abcdefgh", "“”（），。", "字 "])
async def test_forty_cells_of_four_thousand_characters_finish(workers: Workers, piece: str) -> None:
    cell = f"<td>{(piece * 4096)[:4096]}</td>"
    html = f'<table class="form">{f"<tr>{cell * 4}</tr>" * 10}</table>'
    assert (await workers.render(html, [PAGE], {})).pages > 20  # within the 20 s of CPU that a job may use


async def test_the_event_loop_goes_on_meanwhile(workers: Workers) -> None:
    html, files = application()
    jobs = asyncio.gather(*(workers.render(html, [PAGE], files) for _ in range(6)))
    turns = 0
    while not jobs.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert turns > 20  # a loop that waits for a print gets a turn or two


async def test_closing_ends_the_processes_and_the_jobs() -> None:
    workers = Workers(2)
    pids = workers.pids
    jobs = [asyncio.create_task(workers.run(time.sleep, 60)) for _ in range(4)]
    await asyncio.sleep(0.2)
    workers.close()
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)
    assert all(isinstance(outcome, RenderFailed | asyncio.CancelledError) for outcome in outcomes), outcomes
    assert not any(map(alive, pids))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_its_parent(how: signal.Signals) -> None:
    script = (
        "import asyncio, signal\n"
        "from forms.printing.workers import Workers\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # whatever started the tests may ignore it
        "async def main():\n"
        "    workers = Workers(2)\n"
        "    await workers.run(len, 'warm')\n"
        "    print(*workers.pids, flush=True)\n"
        "    try:\n"
        "        await asyncio.sleep(60)\n"
        "    finally:\n"
        "        workers.close()\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert parent.stdout is not None
    pids = [int(pid) for pid in parent.stdout.readline().split()]
    parent.send_signal(how)
    try:
        _, errors = parent.communicate(timeout=20)
    finally:
        parent.kill()
    assert len(pids) == 2
    assert "forms/printing/worker.py" not in errors  # the workers themselves make no noise
    deadline = time.monotonic() + 10
    while any(map(alive, pids)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
