"""Printing: the filled Nanning application form (four pages, narrative of 2,000 characters), by our workers and, in the
same run and turn by turn, by WeasyPrint as it comes: the system's fontconfig with the Noto collections, fresh objects.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path

ROOT = Path(__file__).parents[1]

TURNS = 15
BATCH = 40


def pss(pid: int | str) -> float:
    """Proportional set size of a process in MB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def peer() -> None:
    """The peer's process: for each line on stdin print one document and tell bytes and MB."""
    from weasyprint import CSS, HTML

    from forms.printing.renderer import PAGE
    from tests.forms.printing.sample import application

    fonts = {"FangSong": "Serif", "Song": "Serif", "Title": "Serif", "Hei": "Sans"}
    html, files = application()
    photo = "data:image/jpeg;base64," + b64encode(files["photo.jpg"]).decode()
    html, page = html.replace("case:photo.jpg", photo), PAGE
    for ours, noto in fonts.items():
        html = html.replace(f"JJ {ours}", f"Noto {noto} CJK SC")
        page = page.replace(f"JJ {ours}", f"Noto {noto} CJK SC")
    for _ in sys.stdin:
        content = HTML(string=html).write_pdf(stylesheets=[CSS(string=page)])
        print(json.dumps([len(content), pss("self")]), flush=True)


class Untuned:
    """The peer's process, asked for one document at a time."""

    def __init__(self) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.pdf", "peer"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            cwd=ROOT,
        )

    def render(self) -> tuple[float, int, float]:
        """Milliseconds as we see them, bytes, MB."""
        assert self._process.stdin
        assert self._process.stdout
        begun = time.perf_counter()
        print(file=self._process.stdin, flush=True)
        size, memory = json.loads(self._process.stdout.readline())
        return (time.perf_counter() - begun) * 1000, size, memory

    def close(self) -> None:
        self._process.communicate()


async def main() -> None:
    from forms.printing.renderer import PAGE
    from forms.printing.workers import Workers
    from tests.forms.printing.sample import application

    html, files = application()

    async def timed(workers: Workers) -> tuple[float, int]:
        begun = time.perf_counter()
        pdf = await workers.render(html, [PAGE], files)
        return (time.perf_counter() - begun) * 1000, len(pdf.content)

    begun = time.perf_counter()
    one = Workers(1)
    await timed(one)
    cold = (time.perf_counter() - begun) * 1000
    begun = time.perf_counter()
    untuned = Untuned()
    untuned.render()
    peer_cold = (time.perf_counter() - begun) * 1000

    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(await timed(one))
        theirs.append(untuned.render())
    warm = statistics.median(took for took, _ in ours)
    peer_warm = statistics.median(took for took, _, _ in theirs)
    memory, peer_memory = pss(one.pids[0]), theirs[-1][2]
    one.close()
    untuned.close()

    workers = Workers()
    count = len(workers.pids)
    await asyncio.gather(*(timed(workers) for _ in range(2 * count)))
    begun = time.perf_counter()
    await asyncio.gather(*(timed(workers) for _ in range(BATCH)))
    rate = BATCH / (time.perf_counter() - begun)
    memories = [pss(pid) for pid in workers.pids]
    workers.close()

    print(f"{'':34}{'ours':>10}{'untuned':>10}{'ratio':>8}")
    for what, mine, other in (
        ("warm, one worker, median ms", warm, peer_warm),
        ("cold start and first PDF, ms", cold, peer_cold),
        ("PSS of the process, MB", memory, peer_memory),
        ("size of the PDF, KB", ours[0][1] / 1024, theirs[0][1] / 1024),
    ):
        print(f"{what:34}{mine:10.0f}{other:10.0f}{other / mine:8.2f}")
    print(f"{f'{count} workers, PDFs/s':34}{rate:10.2f}")
    print(f"{'PSS of each of them, MB':34}{max(memories):10.0f}")


if __name__ == "__main__":
    if sys.argv[1:] == ["peer"]:
        peer()
    elif not any(Path("/usr/share/fonts").rglob("NotoSerifCJK-Regular.ttc")):
        sys.exit("the untuned peer needs the Noto CJK collections: bin/setup bench")
    else:
        asyncio.run(main())
