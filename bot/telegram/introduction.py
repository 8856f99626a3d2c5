"""What the bot says of itself before anybody has spoken with it, in every language."""

from __future__ import annotations

from aiogram.methods import GetMyDescription, GetMyShortDescription, SetMyDescription, SetMyShortDescription

from bot.telegram.languages import spoken
from bot.telegram.sender import Sender
from dialogs.words import LOCALES, Words
from forms.message import say

#: In the empty chat, above the button that begins: at most 512 characters (Bot API, setMyDescription).
DESCRIPTION = say(
    "匠荐帮您填工匠评选的申报表：一问一答，符不符合条件当场就知道，填完直接生成可以打印盖章的材料。\n\n"
    "打字、发照片、发 Word 都行，随时能停，下次接着填。您同意以前，我什么也不记。"
    "发来的身份证号，存好以后就从对话里删掉。\n\n点下面的按钮就开始。"
)
#: On the bot's profile and where somebody passes it on: at most 120 characters (setMyShortDescription).
SHORT = say("一问一答填好工匠评选申报表，当场看符不符合条件，直接生成盖章材料。")
#: A language that no phone speaks, for those whose language has no description of its own.
_OTHERS = "und"


async def introduce(sender: Sender) -> int:
    """Give the bot its descriptions where it has others; gives how many changed."""
    changed = 0
    for code in ("", *LOCALES):
        words, language = Words(code or spoken(_OTHERS)), code or None
        whole, short = words(DESCRIPTION), words(SHORT)
        said = await sender.send(GetMyDescription(language_code=language), 0)
        if said.description != whole:
            await sender.send(SetMyDescription(description=whole, language_code=language), 0)
            changed += 1
        current = await sender.send(GetMyShortDescription(language_code=language), 0)
        if current.short_description != short:
            await sender.send(SetMyShortDescription(short_description=short, language_code=language), 0)
            changed += 1
    return changed
