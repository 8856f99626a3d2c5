"""Token buckets: how often a session, and the network address it comes from, may do something."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from aiohttp import web

from bot.webchat.policy import Pace, Policy
from bot.webchat.refusal import Refusal

#: Keys remembered at most, of each kind.
REMEMBERED = 20_000


class Buckets:
    """One pace for many keys. The keys used longest ago are forgotten first, so memory stays bounded."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self._pace = pace
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, amount: float = 1) -> float:
        """Take `amount`; 0 when there was so much to take, else the seconds until there is."""
        now = self._clock()
        level, since = self._levels.pop(key, (float(self._pace.burst), now))
        level = min(self._pace.burst, level + (now - since) * self._pace.per_minute / 60)
        taken = level >= amount
        self._levels[key] = (level - amount if taken else level, now)
        if len(self._levels) > REMEMBERED:
            self._levels.popitem(last=False)
        return 0.0 if taken else (amount - level) * 60 / self._pace.per_minute

    def give(self, key: str, amount: float = 1) -> None:
        """Give back what was taken and not used."""
        if key in self._levels:
            level, since = self._levels[key]
            self._levels[key] = (min(self._pace.burst, level + amount), since)


def network_of(request: web.Request, proxies: int) -> str:
    """Where a request comes from: an IPv4 address, or the /64 that one IPv6 customer holds."""
    source = request.remote or ""
    if proxies:
        hops = [hop.strip() for hop in ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")]
        if len(hops) >= proxies:
            source = hops[-proxies]
    try:
        address = ip_address(source)
    except ValueError:
        return "?"
    if isinstance(address, IPv6Address):
        return address.exploded[:19]
    return str(address)


class Paces:
    """Every pace of the door, asked by name. Raises `Refusal` with the seconds to wait.

    `familiar` tells whether somebody has begun at an address: what strangers do counts for their network too, and
    keeps nobody out who is known.
    """

    def __init__(self, policy: Policy, familiar: Callable[[str], bool] = lambda address: False) -> None:
        self._policy = policy
        self._known = familiar
        paces = {
            "messages": policy.messages,
            "uploads": policy.uploads,
            "connects": policy.connects,
            "frames": policy.frames,
            "documents": policy.documents,
            "previews": policy.previews,
            "codes": policy.codes,
        }
        factor = policy.address_factor
        self._sessions = {name: Buckets(pace) for name, pace in paces.items()}
        self._networks = {
            name: Buckets(Pace(pace.burst * factor, pace.per_minute * factor)) for name, pace in paces.items()
        }

    def spend(self, name: str, request: web.Request, address: str) -> None:
        """Count one `name` for the session, and for the network that a stranger comes from."""
        wait = self._sessions[name].wait(address)
        if not wait and not self._known(address):
            wait = self._networks[name].wait(network_of(request, self._policy.proxies))
        if wait:
            raise Refusal("too_fast", retry=math.ceil(wait))
