"""How Telegram says no: its codes and its own sentences."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818  # an answer of the server, not an error of the double
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: Any) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    @property
    def body(self) -> dict[str, Any]:
        told: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return told | ({"parameters": self.parameters} if self.parameters else {})


def bad(what: str) -> Refusal:
    """400; the first letter is small, unless a constant of the servers follows, as the Bot API server has it."""
    constant = len(what) > 1 and (what[1] == "_" or what[1].isupper())
    return Refusal(400, f"Bad Request: {what if constant else what[:1].lower() + what[1:]}")


def forbidden(what: str) -> Refusal:
    return Refusal(403, f"Forbidden: {what}")


def conflict(what: str) -> Refusal:
    return Refusal(409, f"Conflict: {what}")


def too_many(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


UNAUTHORIZED = Refusal(401, "Unauthorized")
NOT_FOUND = Refusal(404, "Not Found")
NO_METHOD = Refusal(404, "Not Found: method not found")
TOO_LARGE = Refusal(413, "Request Entity Too Large")
QUERY_TOO_OLD = bad("query is too old and response timeout expired or query ID is invalid")
NOT_MODIFIED = bad(
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
