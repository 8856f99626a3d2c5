"""Groups: nobody is interviewed there. A command gets one line that says where to go, once an hour at most."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import structlog
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.methods import SendMessage
from aiogram.types import LinkPreviewOptions

from bot.house.conversation import Clock
from bot.house.links import Links
from bot.telegram.languages import spoken
from bot.telegram.sender import Refused, Sender, Unreachable
from bot.telegram.updates import Incoming
from dialogs.words import Words
from forms.message import say

log = structlog.get_logger(__name__)

#: Seconds before a group is told again where to go.
_BETWEEN = 3600
#: So many groups are told within that time: whoever adds the bot to thousands keeps nobody else waiting.
_MOST = 500


class Groups:
    """All groups that the bot is in. `run` does something aside.

    When a group was told stands in `file`, so that a start within the hour does not tell it again: nothing
    but the groups' numbers, for an hour.
    """

    def __init__(
        self,
        sender: Sender,
        links: Links,
        clock: Clock,
        run: Callable[[Coroutine[Any, Any, None]], None],
        file: Path,
    ) -> None:
        self._sender = sender
        self._links = links
        self._clock = clock
        self._run = run
        self._file = file
        self._told: dict[int, float] = _read(file)

    def heard(self, incoming: Incoming) -> None:
        """Answer a command that is for this bot, or an invitation, in the topic where it was given."""
        meant = incoming.addressed.lower() in ("", self._links.username.lower())
        now = self._clock().timestamp()
        if not meant or self._told.get(incoming.chat, 0) > now - _BETWEEN:
            return
        if sum(at > now - _BETWEEN for at in self._told.values()) >= _MOST:
            return
        self._note(incoming.chat, now)
        words = Words(spoken(incoming.language))
        line = words(say("填表要说到个人信息，请点这里私下和我聊：{link}", link=self._links.chat_link))
        self._run(self._say(incoming, line))

    def moved(self, before: int, after: int) -> None:
        """A group became a supergroup, which has another number."""
        if before in self._told:
            self._note(after, self._told[before])

    def _note(self, chat: int, at: float) -> None:
        """First noted, then told: after a crash in between a group hears nothing rather than everything twice."""
        self._told[chat] = at
        self._told = {group: time for group, time in self._told.items() if time > at - _BETWEEN}
        try:
            fresh = self._file.with_suffix(".new")
            fresh.write_text(json.dumps(self._told), "utf-8")
            fresh.replace(self._file)
        except OSError as error:
            log.warning("telegram.groups_unnoted", error=type(error).__name__)

    async def _say(self, incoming: Incoming, line: str) -> None:
        method = SendMessage(
            chat_id=incoming.chat,
            message_thread_id=incoming.thread or None,
            text=line,
            parse_mode=None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        try:
            await self._sender.send(method, incoming.chat, "message")
        except (TelegramAPIError, ClientDecodeError, Refused, Unreachable) as error:
            log.info("telegram.group_silent", error=type(error).__name__)


def _read(file: Path) -> dict[int, float]:
    try:
        return {int(group): float(at) for group, at in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # told to nobody, as far as is known
