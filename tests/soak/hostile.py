"""Every hostile text in every open cell of every printed form, and in every prose: nothing is fetched, opened or acts.

`python -m tests.soak.hostile [--every 5]`: with `--every` only each so manieth text.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from bot.workshop.preview import drawn
from forms.printing.renderer import RenderFailed
from forms.programme import Programme
from forms.specimen import fullest
from tests.built_in import built_in
from tests.hostile.strings import every
from tests.hostile.test_printed import acts, answered, taken, together, words_of
from tests.hostile.watched import SECRET, Watch, watched

#: A cell takes at most so much; longer texts go through the prose.
_CELL = 200


def printed(programme: Programme, watch: Watch, step: int) -> tuple[int, list[str]]:
    """All forms of a programme with all texts: how many documents, and what was wrong with them."""
    faults: list[str] = []
    count = 0
    for document in programme.documents:
        if document.sheet:
            continue
        full = fullest(programme, document.when)
        asked = programme.leading.questions.values()
        cells = [each for each in asked if each.kind == "text" and not each.shape and each.id in full.scope]
        prose = [each for each in asked if each.kind == "prose" and each.id in full.scope]
        values = taken(cells[0], every(watch.url, watch.file)[::step])
        short = [value for value in values if len(value) <= _CELL]
        cases = [
            dict(zip((each.id for each in cells), some, strict=False)) for some in together(short, len(cells))
        ]
        cases += [{each.id: "\n".join(some) for each in prose} for some in together(values, 60)]
        for answers in cases:
            count += 1
            try:
                content = drawn(programme, document, answered(full, programme, answers)).content
            except RenderFailed as error:
                faults.append(f"{programme.id} {document.id}: {error} in {list(answers.values())!r:.300}")
                continue
            if acts(content) or SECRET in words_of(content):
                faults.append(f"{programme.id} {document.id}: it acts in {list(answers.values())!r:.300}")
    if watch.fetched or watch.opened:
        faults.append(f"{programme.id}: something was fetched or opened")
    return count, faults


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--every", type=int, default=1, help="only each so manieth text")
    step = parser.parse_args().every
    wrong = 0
    with tempfile.TemporaryDirectory() as directory, watched(Path(directory)) as watch:
        for programme in built_in().offered:
            since = perf_counter()
            count, faults = printed(programme, watch, step)
            wrong += len(faults)
            print(
                f"{programme.id}: {count} documents, {len(faults)} faults, {perf_counter() - since:.0f} s",
                *faults,
                sep="\n  ",
            )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
