"""What must not stay readable in a chat: a message with an ID number, or with the link of an invitation, goes once
what it says is saved.

It is done before Telegram hears that the message counts: after a crash in between it comes once more, and goes then.
A bot may delete what came in a private chat for 48 hours (Bot API, deleteMessage).
"""

from __future__ import annotations

from collections import OrderedDict

import structlog
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.methods import DeleteMessage

from bot.house.tokens import typed
from bot.telegram.sender import Refused, Sender, Unreachable
from bot.telegram.session import Unread
from bot.telegram.updates import Incoming
from dialogs.turn import Say, Screen
from dialogs.words import Words
from forms.kinds.id_number import masked, written_in
from forms.message import Own, say

log = structlog.get_logger(__name__)

#: Chats remembered in which it was said how to delete a message oneself.
_REMEMBERED = 20_000


class Discretion:
    """Of one bot."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._told: OrderedDict[int, None] = OrderedDict()

    async def keep(self, incoming: Incoming, screen: Screen) -> Screen:
        """Take a message away that holds an ID number or an invitation; gives the Screen with a word on it."""
        if typed(incoming.text) or typed(incoming.argument):
            return await self._link_gone(incoming, screen)
        numbers = written_in(incoming.text)
        if not numbers or incoming.message is None:
            return screen
        number = Own(masked(numbers[0]))
        gone = await self._deleted(incoming.chat, incoming.message)
        if gone:
            sentence = say("含身份证号（{number}）的那条消息，我已经从对话里删掉了。", number=number)
        elif incoming.chat in self._told:
            return screen
        else:
            self._told[incoming.chat] = None
            if len(self._told) > _REMEMBERED:
                self._told.popitem(last=False)
            sentence = say(
                "含身份证号（{number}）的那条消息，我删不掉。请长按它，选“删除”，自己删一下。", number=number
            )
        return screen.telling((Say(Words(screen.locale)(sentence), "note"),))

    async def _link_gone(self, incoming: Incoming, screen: Screen) -> Screen:
        """A link that was tapped shows as a bare command, of which nothing need be said."""
        if incoming.message is None or not await self._deleted(incoming.chat, incoming.message):
            return screen
        if incoming.what == "command":
            return screen
        sentence = say("带邀请链接的那条消息，我已经从对话里删掉了，免得别人拿去用。")
        return screen.telling((Say(Words(screen.locale)(sentence), "note"),))

    async def _deleted(self, chat: int, message: int) -> bool:
        """Whether it is gone now, as far as can be told."""
        try:
            await self._sender.send(DeleteMessage(chat_id=chat, message_id=message), chat)
        except Unread:
            return True
        except Refused as error:
            return error.gone
        except (TelegramAPIError, ClientDecodeError, Unreachable) as error:
            log.warning("telegram.not_deleted", error=type(error).__name__)
            return False
        return True
