"""What is handed on to somebody who is asked in: words ready to be sent, with the links in their place.

`web` and `chat` are the links by the web chat and by Telegram; "" where others cannot open the one or the other.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from dialogs.turn import Invitation
from dialogs.words import Words
from forms.message import say

#: Where in the words the link belongs.
PLACE = "{link}"
#: What is said where nobody else could open any address of ours.
NOWHERE = say("这里还没有别人打得开的网址，链接发了对方也点不开。请让管理匠荐的人先设好网址。")


def ready(invitation: Invitation, locale: str, web: str, chat: str) -> str:
    """The words with every link that others can open."""
    links = web or chat
    if web and chat:
        other = Words(locale)(say("用 Telegram 的，点这个："))
        links = f"{web}\n{other}\n{chat}"
    return invitation.text.replace(PLACE, links)


def sharing(invitation: Invitation, locale: str, web: str, chat: str) -> str:
    """A link by which Telegram asks whom to send the words to: the link stands before them.

    core.telegram.org/widgets/share
    """
    words = invitation.text.replace(PLACE, Words(locale)(say("就是上面的链接")))
    return f"https://t.me/share/url?{urlencode({'url': chat or web, 'text': words}, quote_via=quote)}"
