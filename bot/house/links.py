"""Where the doors are to be found, so that each can send people to the other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yarl import URL

#: What stands before a resume code in a link that opens the bot, and before a programme's id.
JOIN = "join_"
WISH = "p_"
#: What stands before an invitation's token, in the bot's links too.
INVITED = "i_"
#: What stands before a seat's.
SEATED = "s_"
#: What a door says when such a link is opened: the programme's id follows.
WISHES = "/p "
#: Hosts by which every machine means itself.
_HERE = re.compile(r"localhost|.*\.localhost|127(?:\.\d+){3}|::1|0\.0\.0\.0|::|")


@dataclass
class Links:
    """`web` is the web chat's address; `username` the bot's, once Telegram has told it.

    `public` tells that the operator has set the address: others can open it, where it is not this very machine.
    `operator` is who answers for what is kept here and `contact` how to reach them, "" where nobody has said so.
    """

    web: str
    username: str = ""
    public: bool = False
    operator: str = ""
    contact: str = ""

    @property
    def home(self) -> str:
        """The web chat's address where somebody at another machine can open it; else ""."""
        return self.web if self.public and not _HERE.fullmatch(URL(self.web).host or "") else ""

    @property
    def chat_link(self) -> str:
        """A link that opens the private chat with the bot; "" where there is none."""
        return f"https://t.me/{self.username}" if self.username else ""

    def join_link(self, code: str) -> str:
        """A link that goes on in Telegram; "" where there is no bot."""
        return f"{self.chat_link}?start={JOIN}{code}" if self.username else ""

    def carried_link(self, code: str) -> str:
        """A link that goes on wherever it is opened: in the web chat, else in Telegram; "" where neither is to be had."""
        return self.resume_link(code) if self.home else self.join_link(code)

    def invitation_link(self, token: str) -> str:
        """A link that opens an invitation in the web chat, to a part or, by its mark, to a seat.

        The token stands behind “#”: it is in no server's log.
        """
        if token.startswith(SEATED):
            return self.seat_link(token)
        return f"{self.web}/i#{token.removeprefix(INVITED)}"

    def invited_link(self, token: str) -> str:
        """A link that opens an invitation of either kind in Telegram; "" where there is no bot."""
        if token.startswith(SEATED):
            return self.seated_link(token)
        return f"{self.chat_link}?start={INVITED}{token.removeprefix(INVITED)}" if self.username else ""

    def handed_link(self, token: str) -> str:
        """What is handed on with an invitation: the web chat's link, or Telegram's where nobody else can open that one."""
        return (
            self.invitation_link(token)
            if self.home
            else self.invited_link(token) or self.invitation_link(token)
        )

    def seat_link(self, token: str) -> str:
        """A link that opens the invitation to a seat in the web chat; its token stands in no server's log."""
        return f"{self.web}/s#{token.removeprefix(SEATED)}"

    def seated_link(self, token: str) -> str:
        """The same in Telegram; "" where there is no bot."""
        return f"{self.chat_link}?start={SEATED}{token.removeprefix(SEATED)}" if self.username else ""

    @property
    def app(self) -> str:
        """The page that Telegram opens inside itself, which it does by https alone; "" where there is none."""
        return f"{self.home}/launch" if self.home.startswith("https://") else ""

    def resume_link(self, code: str) -> str:
        """A link that goes on in the web chat. The code stands behind “#”: it is in no server's log."""
        return f"{self.web}/resume#{code}"
