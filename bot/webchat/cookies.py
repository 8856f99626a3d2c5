"""Who is at the door: 256 random bits in a cookie, of which the server keeps only the SHA-256.

The hash is the person's address in this channel. Nothing has to be looked up to know it: a value nobody was
given opens nothing but a new, empty interview, and 256 bits are not guessed. Leaving, being ended from another device
and long disuse take away what the address leads to, on the server; the cookie is then as good as a new one.

SameSite is Lax and not Strict on purpose. People come back by a link in a WeChat message or a mail; with Strict
the browser would leave the cookie out, the page would hand out a new one, and the interview would seem lost.
Of a browser that several people share, one speaks; whoever stands aside has a handle in a second cookie, which opens
nothing by itself: the digits that they set do, together with it. A handle follows from the token that it takes the
place of, so that an answer lost on the way loses nobody.

What Lax leaves open (a foreign page may link here) carries no power: everything that acts is a POST or a
WebSocket, and both ask for our exact Origin.
"""

from __future__ import annotations

import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from aiohttp import web

from bot.webchat.policy import Policy
from bot.webchat.refusal import Refusal

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
#: So many people stand aside at one browser; who went first is brought back by their recovery code alone.
_MOST = 8


@dataclass(frozen=True)
class Waiting:
    """Somebody who stands aside at this browser, by their handle."""

    handle: str

    @property
    def address(self) -> str:
        """Where their door is meanwhile. No session has such an address."""
        return f"aside.{sha256(self.handle.encode('ascii')).hexdigest()}"

    @property
    def id(self) -> str:
        """What names them on the page."""
        return self.address[6:22]


class Sessions:
    """Reads and hands out the cookie."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        # The prefix makes the browser refuse a cookie that a neighbouring host tries to plant.
        self.cookie = f"__Host-{policy.cookie}" if policy.secure else policy.cookie
        self.beside = f"{self.cookie}-beside"

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
        self._set(response, self.cookie, self._token(request) or secrets.token_urlsafe(32))
        waiting = self.waiting(request)
        if waiting:
            self._set(response, self.beside, _joined(waiting))

    def waiting(self, request: web.Request) -> tuple[Waiting, ...]:
        """Who stands aside at this browser, the latest first."""
        handles = request.cookies.get(self.beside, "").split(".")[:_MOST]
        return tuple(Waiting(each) for each in dict.fromkeys(handles) if _TOKEN.fullmatch(each))

    def aside(self, request: web.Request) -> Waiting:
        """Where whoever speaks now will stand aside. Raises `Refusal` where nobody has a session."""
        token = self._token(request)
        if token is None:
            raise Refusal("no_session")
        digest = sha256(b"aside\0" + token.encode("ascii")).digest()
        return Waiting(urlsafe_b64encode(digest).decode("ascii").rstrip("="))

    @staticmethod
    def fresh() -> tuple[str, str]:
        """A new session: its token, and its address in this channel."""
        token = secrets.token_urlsafe(32)
        return token, sha256(token.encode("ascii")).hexdigest()

    def hand_over(self, response: web.Response, token: str, waiting: tuple[Waiting, ...]) -> None:
        """From now on the browser has this session, and these people stand aside there."""
        self._set(response, self.cookie, token)
        self._set(response, self.beside, _joined(waiting))

    def _token(self, request: web.Request) -> str | None:
        token = request.cookies.get(self.cookie, "")
        return token if _TOKEN.fullmatch(token) else None

    def _set(self, response: web.Response, name: str, value: str) -> None:
        response.set_cookie(
            name,
            value,
            max_age=self._policy.session_days * 86400,
            path="/",
            secure=self._policy.secure,
            httponly=True,
            samesite="Lax",
        )


def _joined(waiting: tuple[Waiting, ...]) -> str:
    return ".".join(each.handle for each in waiting[:_MOST])
