"""How often a session, and the network address it comes from, may do something."""

from __future__ import annotations

import math
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

from aiohttp import web

from bot.house.paces import Buckets, Pace
from bot.webchat.policy import Policy
from bot.webchat.refusal import Refusal


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
            "day": policy.day,
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
