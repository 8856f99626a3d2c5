"""What is to be handed on to somebody who is asked in: a code to scan, and words to be forwarded as they are.

The buttons stand under the code: what is forwarded has none.
"""

from __future__ import annotations

import asyncio

import structlog
from aiogram.exceptions import AiogramError
from aiogram.methods import SendPhoto
from aiogram.types import BufferedInputFile

from bot.house.links import Links
from bot.screens import handed_on, paper
from bot.telegram import rendering
from bot.telegram.keyboards import Key, Rows, copying
from bot.telegram.messages import Messages, markup_of
from bot.telegram.sender import Refused, Sender
from dialogs.turn import Invitation
from dialogs.words import Words
from forms.message import say

log = structlog.get_logger(__name__)

#: The most that a button copies, in characters (Bot API, CopyTextButton).
_COPIED = 256


class Handing:
    """Of one bot."""

    def __init__(self, sender: Sender, links: Links) -> None:
        self._sender = sender
        self._messages = Messages(sender)
        self._links = links

    async def hand(self, chat: int, thread: int, invitation: Invitation, locale: str) -> None:
        """Send what is to be handed on to a chat's topic. Raises as `Sender.send`."""
        web = self._links.invitation_link(invitation.token) if self._links.home else ""
        by_chat = self._links.invited_link(invitation.token)
        if not (web or by_chat):
            nowhere = rendering.sentence(Words(locale)(handed_on.NOWHERE))
            await self._messages.send(chat, nowhere, thread)
            return
        rows = _ways(invitation, locale, web, by_chat)
        await self._scanned(chat, thread, invitation, locale, web or by_chat, rows)
        words = handed_on.ready(invitation, locale, web, by_chat)
        await self._messages.send(chat, rendering.sentence(words), thread)

    async def _scanned(  # noqa: PLR0913, PLR0917  # where, and what
        self, chat: int, thread: int, invitation: Invitation, locale: str, link: str, rows: Rows
    ) -> None:
        """The link as a picture; where that cannot be sent, its words and buttons alone."""
        words = Words(locale)
        caption = words(
            say("{title}：人在旁边就让对方扫这个码，不在就转发下面这一条。", title=invitation.title)
        )
        try:
            content = await asyncio.to_thread(paper.square, link)
            photo = SendPhoto(
                chat_id=chat,
                message_thread_id=thread or None,
                photo=BufferedInputFile(content, "link.png"),
                caption=caption,
                parse_mode=None,
                reply_markup=markup_of(rows),
            )
            await self._sender.send(photo, chat, "message")
        except (AiogramError, Refused) as error:
            log.warning("telegram.no_picture", error=type(error).__name__)
            below = words(say("{title}：转发下面这一条。", title=invitation.title))
            await self._messages.send(chat, rendering.sentence(below, rows), thread)


def _ways(invitation: Invitation, locale: str, web: str, by_chat: str) -> Rows:
    words, link = Words(locale), web or by_chat
    share = Key(
        words(say("在 Telegram 里转给对方")), handed_on.sharing(invitation, locale, web, by_chat), "link"
    )
    copy = (copying(words(say("复制链接")), link),) if len(link) <= _COPIED else ()
    return (*copy, (share,))
