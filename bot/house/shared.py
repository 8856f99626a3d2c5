"""What is costly to make and asked for by many: made once, kept for those who come later, given up with the last who waits."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic, TypeVar

from forms.printing.queue import Errand, Urgency

T = TypeVar("T")


@dataclass
class _Making(Generic[T]):
    """One thing on its way or made, and how urgently each of those who wait for it does so."""

    task: asyncio.Task[T]
    errand: Errand
    asked: list[Urgency] = field(default_factory=list)


class Shared(Generic[T]):
    """Things by key. Those used longest ago are dropped once all weigh more than `most`, as `weigh` tells."""

    def __init__(self, most: int, weigh: Callable[[T], int]) -> None:
        self._most = most
        self._weigh = weigh
        self._known: OrderedDict[str, _Making[T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    async def get(self, key: str, make: Callable[[Errand], Coroutine[Any, Any, T]], errand: Errand) -> T:
        """The thing, as `make` makes it with the errand it is given; what that raises is raised to all and not kept.

        Cancelled while others wait for the same, only this one leaves. The last who leaves takes it out of the
        workers' queue; what a worker has begun is finished, without hurry, for whoever asks next.
        """
        making = self._making(key, make, errand.whose)
        making.asked.append(errand.urgency)
        making.errand.urgency = min(making.asked)
        try:
            return await asyncio.shield(making.task)
        finally:
            making.asked.remove(errand.urgency)
            making.errand.urgency = min(making.asked, default=Urgency.AHEAD)
            if not making.asked and not making.errand.begun and not making.task.done():
                self._drop(key, making)
                making.task.cancel()

    def _making(self, key: str, make: Callable[[Errand], Coroutine[Any, Any, T]], whose: str) -> _Making[T]:
        making = self._known.get(key)
        if making is None:
            errand = Errand(whose)
            making = _Making(asyncio.get_running_loop().create_task(make(errand)), errand)
            making.task.add_done_callback(partial(self._made, key, making))
            self._known[key] = making
        self._known.move_to_end(key)
        return making

    def _made(self, key: str, making: _Making[T], ended: asyncio.Task[T]) -> None:
        if ended.cancelled() or ended.exception():
            self._drop(key, making)
            return
        weights = {
            name: self._weigh(each.task.result()) for name, each in self._known.items() if each.task.done()
        }
        total = sum(weights.values())
        for name, weight in weights.items():
            if total <= self._most:
                return
            del self._known[name]
            total -= weight

    def _drop(self, key: str, making: _Making[T]) -> None:
        if self._known.get(key) is making:
            del self._known[key]
