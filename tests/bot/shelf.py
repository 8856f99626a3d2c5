"""A shelf with the tiny programme on it, and a Conversation over real storage for those who talk about it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.house import wiring
from bot.house.conversation import Conversation
from bot.house.settings import Settings
from forms.library import Library
from forms.printing.workers import Workers
from tests.forms.definitions import FILES

CASE = """\
title: 一个焊工
now: 2026-06-15T10:00:00+08:00
answers: {route: unit, name: 陆建华, start: "2010-07", union: true, proof: 会字第7号}
expect:
  conclusion: eligible
  verdicts: {years: met}
  documents: [application]
  text:
    application: [陆建华, 陆建华自荐]
"""


def lay(top: Path, **changes: str) -> Path:
    """Write the tiny programme and a case into `top`, with files replaced; gives the programme's directory."""
    home = top / "tiny-2026"
    texts = {**FILES, "cases/one.yaml": CASE, **{f"{name}.yaml": text for name, text in changes.items()}}
    for name, text in texts.items():
        path = (top if name.startswith("_") else home) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return home


@contextmanager
def talking(top: Path, crew: Workers) -> Iterator[tuple[Conversation, asyncio.Runner]]:
    """A Conversation about the shelf in `top`, and the runner to run it in."""
    settings = Settings(data=top / "var")
    with wiring.database(settings) as kept, asyncio.Runner() as runner:
        yield wiring.conversation(settings, Library.open([top]), kept, crew), runner
