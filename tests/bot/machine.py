"""`jiangjian run` or `jiangjian work` on one machine of several, with the small programme, in June.

Nobody waits ten minutes in which a decision could be taken back, nor a minute for what a dead machine has in hand:
`python -m tests.bot.machine run SECONDS-AGO`.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from functools import partial

#: It is so long ago here.
AGO = datetime.now(UTC) - datetime(2026, 6, 15, 4, tzinfo=UTC)
#: And for so long a machine may be silent.
_LEASE = timedelta(seconds=4)


def now() -> datetime:
    """In June, and the seconds go by."""
    return datetime.now(UTC) - AGO


def main(word: str, ago: float) -> None:
    """Be `jiangjian WORD`, so many seconds ago."""
    from bot import __main__, hands
    from bot.house import exporting, neighbours, post, wiring
    from bot.house.desk import decisions
    from storage import exports, outbox
    from tests.bot.household import library

    vars(decisions).update(UNDOABLE=timedelta(), _ON_ITS_WAY=timedelta())
    vars(hands).update(_SWEEP=2.0, _SILENT=_LEASE)
    vars(exports).update(LEASE=_LEASE)
    vars(exporting).update(_BEAT=1.0)
    vars(post).update(_LEASE=_LEASE)
    vars(outbox).update(_MISSED=_LEASE)
    vars(neighbours).update(_LOOK=600.0)  # what wakes a page here was said
    wiring.conversation = partial(
        wiring.conversation, clock=lambda: datetime.now(UTC) - timedelta(seconds=ago)
    )
    __main__.Bench.library = lambda bench: library()  # type: ignore[method-assign]  # of this process alone
    sys.argv = ["jiangjian", word]
    __main__.main()


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]))
