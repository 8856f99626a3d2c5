"""What the web door allows: its own origin, sizes, paces and patience, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from yarl import URL

from bot.house.devices import LASTS
from bot.house.paces import Pace

_GB = 1024**3
_LOOPBACK = ("localhost", "127.0.0.1")


@dataclass(frozen=True)
class Policy:
    """The door's limits. Sizes are bytes, patience is in seconds.

    `public_url` is the address people type; the browser's Origin must match it exactly, whatever the Host
    header says. `proxies` is how many reverse proxies of ours stand in front: only that many entries of
    X-Forwarded-For, counted from the right, are believed.
    """

    public_url: str = "http://localhost:8080"
    proxies: int = 0
    #: What the session's cookie is called; a browser shares its cookies between all ports of a host.
    cookie: str = "jiangjian"

    max_file: int = 64 * 1024 * 1024
    max_message: int = 64 * 1024
    #: Longest text of one answer, in characters; the longest prose asked for anywhere is 3000.
    max_text: int = 12_000
    sockets_per_session: int = 6

    messages: Pace = Pace(40, 120)
    #: And in a day: more than anybody at a desk has to say.
    day: Pace = Pace(6000, 6000 / 1440)
    uploads: Pace = Pace(40, 30)
    connects: Pace = Pace(20, 30)
    documents: Pace = Pace(20, 20)
    previews: Pace = Pace(60, 120)
    codes: Pace = Pace(5, 1)
    #: One address may be a whole factory or a mobile carrier behind NAT: generous, but not endless. Strangers only.
    address_factor: int = 20

    #: What is new from one network (an IPv4 address, an IPv6 /64): so much at once, then so much an hour.
    newcomers: Pace = Pace(300, 300 / 60)
    new_sessions: Pace = Pace(600, 600 / 60)
    newcomers_bytes: Pace = Pace(4 * _GB, 4 * _GB / 60)
    #: For so long somebody who has begun counts as a newcomer.
    newcomer_hours: float = 24

    #: Messages on a line that nobody understands, before it is closed.
    junk: int = 10
    #: Seconds that a connection may take for the head of its next request, or rest between two.
    idle: float = 15

    heartbeat: float = 25
    send_patience: float = 15
    upload_patience: float = 40
    session_days: int = LASTS["web"].days

    @cached_property
    def url(self) -> URL:
        """The public address, parsed."""
        return URL(self.public_url)

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies may insist on it."""
        return self.url.scheme == "https"

    @property
    def frames(self) -> Pace:
        """Frames of any kind on a session's lines: its messages, and pings beside them."""
        return Pace(4 * self.messages.burst, 4 * self.messages.per_minute)

    @cached_property
    def origins(self) -> frozenset[str]:
        """Every Origin that is ours, as browsers spell it. On loopback both spellings of the host are."""
        own = self.url.origin()
        hosts = _LOOPBACK if own.host in _LOOPBACK else (own.host,)
        return frozenset(str(own.with_host(host)) for host in hosts if host)

    @cached_property
    def page_security(self) -> str:
        """The Content-Security-Policy of the page. Older Safari does not count ws under 'self': named."""
        sockets = " ".join(sorted(origin.replace("http", "ws", 1) for origin in self.origins))
        return (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; "
            f"connect-src 'self' {sockets}; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
            "form-action 'self'"
        )
