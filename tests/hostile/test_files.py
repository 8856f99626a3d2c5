"""Every hostile file, looked at by the real inspection in a worker with the usual bounds: each gets a clear answer."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from forms.attachment import Attachment
from forms.inspection import Caps, inspect
from forms.kinds.base import Given, Problem
from forms.kinds.taking_files import received
from forms.message import say
from forms.pictures import prepared_scan, preview
from forms.printing.workers import Workers
from forms.readable import PlainFile
from tests.hostile.files import Sent, every
from tests.hostile.watched import SECRET, Watch, watched


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    with watched(tmp_path) as watch:
        yield watch


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """As the house has them, with half of the time: 10 s of CPU and 512 MB for each file."""
    with closing(Workers(2, cpu_seconds=10)) as workers:
        yield workers


def test_there_are_enough_of_every_kind() -> None:
    kinds = Counter(sent.kind for sent in every())
    assert sum(kinds.values()) >= 300
    assert len(kinds) >= 12 and min(kinds.values()) >= 10
    assert len({(sent.name, sent.content) for sent in every()}) >= 300
    assert all(len(sent.content) < 4_000_000 for sent in every()), "harmless because small"


async def test_every_file_gets_a_clear_answer(workers: Workers, watch: Watch, tmp_path: Path) -> None:
    stored = tmp_path / "stored"
    stored.mkdir()

    async def look(number: int, sent: Sent) -> Attachment:
        path = stored / f"{number:032x}"
        path.write_bytes(sent.content)
        there = PlainFile(path)
        found: Attachment = await workers.run(inspect, there, path.name, sent.name, Caps())
        if found.trouble is None and found.media == "image":
            assert (await workers.run(preview, there)).startswith(b"\xff\xd8")
        if found.trouble is None and found.media == "pdf":
            assert (await workers.run(prepared_scan, there, 0)).startswith(b"\xff\xd8")
        return found

    everything = every(watch.url, watch.file)
    found: list[Attachment] = []
    for start in range(0, len(everything), 20):
        some = enumerate(everything[start : start + 20], start)
        found += await asyncio.gather(*(look(number, sent) for number, sent in some))
    odd = []
    for sent, about in zip(everything, found, strict=True):
        state = "refused" if about.trouble else "taken"
        if sent.wanted not in ("", state):
            odd.append((sent.kind, sent.name, sent.content[:40], about.trouble, about.detail))
        assert SECRET not in about.model_dump_json()
        assert about.name and "/" not in about.name and "\\" not in about.name
        answer = received(Given(attachment=about), ("image", "pdf", "text", "video"), say("发一张照片。"))
        assert isinstance(answer, Problem) == bool(about.trouble)
        assert not isinstance(answer, Problem) or str(answer.message)
    assert not odd, odd
    assert not watch.fetched
    assert not watch.opened
    assert len(list(stored.iterdir())) == len(everything)
    assert {path.name for path in tmp_path.iterdir()} == {"stored", "canary.svg"}, "nothing lies beside them"
