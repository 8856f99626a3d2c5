"""A programme that somebody came for by a link, remembered until they have agreed: nothing is kept before that."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import replace

from bot.house.conversation import Conversation
from bot.house.links import WISH, WISHES
from bot.telegram.transfers import CHANNEL
from bot.telegram.updates import Incoming
from dialogs.turn import Screen
from dialogs.wishes import wishing

#: What may stand behind “?start=” (core.telegram.org/bots/features, deep linking).
_PAYLOAD = re.compile(rf"(?=.{{1,64}}$)(?:{WISH})?([A-Za-z0-9_-]+)", re.IGNORECASE)
_REMEMBERED = 20_000


def command(payload: str) -> str:
    """What a link's payload says to the conversation, `p_PROGRAMME` or the id alone; "" for what cannot be one."""
    match = _PAYLOAD.fullmatch(payload)
    return WISHES + match[1] if match and match[0].lower() != WISH else ""


class Wishes:
    """Of the people who came by a link and have not agreed yet, one each.

    The button that consents holds the wish by itself; this is for a greeting that is shown anew, in the other
    language say, and for whoever agrees in words.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._of: OrderedDict[int, str] = OrderedDict()

    def made(self, chat: int, screen: Screen) -> None:
        """A wish was said; `screen` is what came of it."""
        self._of.pop(chat, None)
        wish = next((button.action.about for button in screen.buttons if button.action.verb == "consent"), "")
        if wish:
            self._of[chat] = wish
            if len(self._of) > _REMEMBERED:
                self._of.popitem(last=False)

    async def granted(self, incoming: Incoming, screen: Screen) -> Screen:
        """The Screen with the wish in its consent; where somebody has just agreed, the programme that they came for."""
        wish = self._of.get(incoming.chat)
        if not wish:
            return screen
        if not screen.who:
            return wishing(screen, wish)
        del self._of[incoming.chat]
        if screen.title:
            return screen
        turn = incoming.turn(locale=screen.locale, text=WISHES + wish)
        turn = replace(turn, message_id=f"{incoming.id}:{WISH}", amends="", quotes="")
        return await self._conversation.take(CHANNEL, str(incoming.user), turn)
