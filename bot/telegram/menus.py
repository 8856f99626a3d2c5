"""The bot's menu of commands, in every language."""

from __future__ import annotations

from aiogram.methods import GetMyCommands, SetChatMenuButton, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, MenuButtonCommands

from bot.telegram.languages import spoken
from bot.telegram.sender import Sender
from dialogs.words import LOCALES, Words
from forms.message import Message, say

#: What the menu offers, in order.
DESCRIPTIONS: dict[str, Message] = {
    "start": say("开始或接着填"),
    "back": say("回到上一步"),
    "review": say("检查答案"),
    "story": say("看前面填的"),
    "help": say("这一步怎么填"),
    "resume": say("换一台设备接着填"),
    "recovery": say("恢复码"),
    "devices": say("我的设备"),
    "language": say("换语言"),
    "cancel": say("保存，先到这里"),
    "privacy": say("隐私说明"),
    "mydata": say("要一份我的全部内容"),
    "looked": say("谁看过我的材料"),
    "consents": say("同意和撤回"),
    "delete": say("删除我的全部内容"),
}
#: Stands for the languages that have no menu of their own.
_OTHERS = "und"


async def offer(sender: Sender) -> int:
    """Give the bot its menu where it has another one; gives the number of languages that changed.

    Everybody who speaks with the bot is a nominee; other roles get menus of their own in their own chats.
    """
    scope = BotCommandScopeAllPrivateChats()
    changed = 0
    for code in ("", *LOCALES):
        wanted = _commands(code or spoken(_OTHERS))
        listed = await sender.send(GetMyCommands(scope=scope, language_code=code or None), 0)
        if [_pair(each) for each in listed] != [_pair(each) for each in wanted]:
            await sender.send(SetMyCommands(commands=wanted, scope=scope, language_code=code or None), 0)
            changed += 1
    if changed:
        await sender.send(SetChatMenuButton(menu_button=MenuButtonCommands()), 0)
    return changed


async def translate(sender: Sender, chat: int, locale: str) -> None:
    """The menu of one chat in the language that is spoken there, whatever language the person's Telegram has."""
    scope = BotCommandScopeChat(chat_id=chat)
    await sender.send(SetMyCommands(commands=_commands(locale), scope=scope), chat)


def _commands(locale: str) -> list[BotCommand]:
    words = Words(locale)
    return [
        BotCommand(command=name, description=words(description)) for name, description in DESCRIPTIONS.items()
    ]


def _pair(command: BotCommand) -> tuple[str, str]:
    return command.command, command.description
