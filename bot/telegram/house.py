"""Where the bot and the web chat are to be found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class House:
    """`web` is the web chat's public address; `username` the bot's, once Telegram has told it."""

    web: str
    username: str = ""

    @property
    def chat_link(self) -> str:
        """A link that opens the private chat with the bot."""
        return f"https://t.me/{self.username}"

    def resume_link(self, code: str) -> str:
        """A link that goes on in the web chat. The code stands behind “#”: it is in no server's log."""
        return f"{self.web}/resume#{code}"
