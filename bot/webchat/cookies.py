"""Who is at the door: 256 random bits in a cookie, of which the server keeps only the SHA-256.

The hash is the person's address in this channel. Nothing has to be looked up to know it: a value nobody was
given opens nothing but a new, empty interview, and 256 bits are not guessed. Leaving, being ended from another device
and long disuse take away what the address leads to, on the server; the cookie is then as good as a new one.

SameSite is Lax and not Strict on purpose. People come back by a link in a WeChat message or a mail; with Strict
the browser would leave the cookie out, the page would hand out a new one, and the interview would seem lost.
What Lax leaves open (a foreign page may link here) carries no power: everything that acts is a POST or a
WebSocket, and both ask for our exact Origin.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from aiohttp import web

from bot.webchat.policy import Policy
from bot.webchat.refusal import Refusal

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class Sessions:
    """Reads and hands out the cookie."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        # The prefix makes the browser refuse a cookie that a neighbouring host tries to plant.
        self.cookie = "__Host-jiangjian" if policy.secure else "jiangjian"

    def address(self, request: web.Request) -> str | None:
        """The address in this channel, or None where there is no session yet."""
        token = self._token(request)
        return sha256(token.encode("ascii")).hexdigest() if token else None

    def require(self, request: web.Request) -> str:
        """The address, or a refusal that tells to open the page first."""
        address = self.address(request)
        if address is None:
            raise Refusal("no_session")
        return address

    def keep(self, request: web.Request, response: web.Response) -> None:
        """Hand out a session with the page, or renew the one the browser has."""
        self._set(
            response, self._token(request) or secrets.token_urlsafe(32), self._policy.session_days * 86400
        )

    def _token(self, request: web.Request) -> str | None:
        token = request.cookies.get(self.cookie, "")
        return token if _TOKEN.fullmatch(token) else None

    def _set(self, response: web.Response, token: str, seconds: int) -> None:
        response.set_cookie(
            self.cookie,
            token,
            max_age=seconds,
            path="/",
            secure=self._policy.secure,
            httponly=True,
            samesite="Lax",
        )
