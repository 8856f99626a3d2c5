"""How much one person may send in Telegram: what is beyond it is not taken, and they are told so now and then."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.house.paces import Buckets, Pace

#: More than anybody types or forwards: hundreds of photos at once, then one thing a second; and in a day.
AT_ONCE = Pace(300, 60)
IN_A_DAY = Pace(6000, 6000 / 1440)
#: Nobody is told more often.
_TOLD = Pace(1, 2)


class Haste:
    """Keeps count of each person. `clock` gives seconds."""

    def __init__(
        self,
        at_once: Pace = AT_ONCE,
        in_a_day: Pace = IN_A_DAY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._paces = (Buckets(at_once, clock), Buckets(in_a_day, clock))
        self._told = Buckets(_TOLD, clock)

    def wait(self, user: int) -> float:
        """Count one thing: 0 where it is taken, else the seconds until something is."""
        return max(pace.wait(str(user)) for pace in self._paces)

    def tells(self, user: int) -> bool:
        """Whether they are to be told now."""
        return not self._told.wait(str(user))
