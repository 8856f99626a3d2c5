"""The builds that are measured side by side: this checkout, and earlier commits in checkouts that the bench keeps.

They lie in the user's cache directory, outside any repository; deleting them costs nothing but the next checkout. All
run with the Python that runs the bench.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: What today's build is held against: before the house was rearranged, as tried in public, before the engine was quickened.
EARLIER = ("27b3ad2", "88772ba", "c3a3257")
_PLAYED = Path(__file__).with_name("played.py")


@dataclass(frozen=True)
class Build:
    """One checkout."""

    name: str
    directory: Path

    @property
    def environment(self) -> dict[str, str]:
        """That of its processes: its own code comes first."""
        return {**os.environ, "PYTHONPATH": str(self.directory)}

    def case(self, programme: str, name: str) -> Path:
        """A case file of a built-in programme, as this build has it."""
        return self.directory / "forms/programmes" / programme / "cases" / f"{name}.yaml"

    def played(self, *arguments: str) -> dict[str, Any]:
        """What `bench.peers.played` tells of this build. Raises CalledProcessError."""
        done = subprocess.run(
            [sys.executable, "-P", str(_PLAYED), *arguments],
            cwd=self.directory,
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told


def builds(earlier: tuple[str, ...] = EARLIER) -> tuple[Build, ...]:
    """Today's build, then the earlier ones that this repository has."""
    found = [Build("today", ROOT)]
    for commit in earlier:
        try:
            found.append(Build(commit, _checkout(commit)))
        except subprocess.CalledProcessError:
            print(f"{commit} is not in this repository: left out", file=sys.stderr)
    return tuple(found)


def _checkout(commit: str) -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jiangjian-bench"
    place = cache / commit
    if not place.is_dir():
        packed = subprocess.run(
            ["git", "archive", commit],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        ).stdout
        cache.mkdir(parents=True, exist_ok=True)
        whole = Path(tempfile.mkdtemp(dir=cache))
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(whole, filter="data")
        whole.rename(place)
    return place
