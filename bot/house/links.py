"""Where the doors are to be found, so that each can send people to the other."""

from __future__ import annotations

from dataclasses import dataclass

#: What stands before a resume code in a link that opens the bot, and before a programme's id.
JOIN = "join_"
WISH = "p_"
#: What a door says when such a link is opened: the programme's id follows.
WISHES = "/p "


@dataclass
class Links:
    """`web` is the web chat's public address; `username` the bot's, once Telegram has told it."""

    web: str
    username: str = ""

    @property
    def chat_link(self) -> str:
        """A link that opens the private chat with the bot; "" where there is none."""
        return f"https://t.me/{self.username}" if self.username else ""

    def join_link(self, code: str) -> str:
        """A link that goes on in Telegram; "" where there is no bot."""
        return f"{self.chat_link}?start={JOIN}{code}" if self.username else ""

    def programme_link(self, programme: str) -> str:
        """A link that opens the web chat at a programme."""
        return f"{self.web}/p/{programme}"

    def resume_link(self, code: str) -> str:
        """A link that goes on in the web chat. The code stands behind “#”: it is in no server's log."""
        return f"{self.web}/resume#{code}"
