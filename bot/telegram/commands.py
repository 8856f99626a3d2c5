"""Commands: those of the conversation go to it as text, the others are between the person and this door."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

import structlog

from bot.house.conversation import Clock, Conversation
from bot.house.links import JOIN, House
from bot.telegram import rendering
from bot.telegram.chats import Chats
from bot.telegram.files import CHANNEL, Files
from bot.telegram.keyboards import Key
from bot.telegram.menus import DESCRIPTIONS
from bot.telegram.sender import Unreachable
from bot.telegram.updates import Incoming
from dialogs.commands import command
from dialogs.doors import VERBS
from dialogs.reception import privacy
from dialogs.turn import Screen
from dialogs.words import Words
from forms.kinds.files import megabytes
from forms.message import Message, say

log = structlog.get_logger(__name__)

#: Seconds for which a question whether to delete everything stands.
_DECIDE = 600
_DECISION = re.compile(r"x:(yes|no):([0-9a-f]{1,12})")


class Commands:
    """What each command does."""

    def __init__(
        self, conversation: Conversation, chats: Chats, files: Files, house: House, clock: Clock
    ) -> None:
        self._conversation = conversation
        self._chats = chats
        self._files = files
        self._house = house
        self._clock = clock
        self._own: dict[str, Callable[[Incoming], Awaitable[None]]] = {
            "start": self._start,
            "resume": self._resume,
            "help": self._help,
            "language": self._language,
            "privacy": self._privacy,
            "mydata": self._mydata,
            "delete": self._delete,
        }

    async def obey(self, incoming: Incoming) -> None:
        """Do what a command says; an unknown one gets the list."""
        own = self._own.get(incoming.text)
        if own:
            await own(incoming)
        elif command(f"/{incoming.text}"):
            await self._pass_on(incoming)
        else:
            screen = await self._look(incoming)
            self._tell(incoming, screen, say("没有“/{name}”这个命令。", name=incoming.text))
            self._list(incoming, screen)

    # What the conversation itself understands

    async def _pass_on(self, incoming: Incoming) -> None:
        """Give it to the conversation; before there is an application, the Screen says what to do first."""
        screen = await self._look(incoming)
        if screen.title or (screen.who and command(f"/{incoming.text}") in VERBS):
            screen = await self._turn(incoming, text=f"/{incoming.text}")
        self._chats.show(incoming.chat, screen)

    async def _help(self, incoming: Incoming) -> None:
        screen = await self._look(incoming)
        self._list(incoming, screen)
        await self._pass_on(incoming)

    async def _language(self, incoming: Incoming) -> None:
        """The conversation's own word, which it also knows before there is an application."""
        self._chats.show(incoming.chat, await self._turn(incoming, text="/language"))

    # Coming and going

    async def _start(self, incoming: Incoming) -> None:
        await self._conversation.unreachable(CHANNEL, str(incoming.user), False)
        if incoming.argument.startswith(JOIN):
            await self._give(incoming, incoming.argument.removeprefix(JOIN))
            return
        screen = await self._look(incoming)
        if incoming.argument:
            self._tell(
                incoming,
                screen,
                say("这个链接我不认识，可能已经过期。请向发给您的人再要一个，或者直接开始。"),
            )
        self._chats.show(incoming.chat, screen)

    async def _resume(self, incoming: Incoming) -> None:
        if incoming.argument:
            await self._give(incoming, incoming.argument)
            return
        screen = await self._look(incoming)
        try:
            code = await self._conversation.resume_code(CHANNEL, str(incoming.user))
        except LookupError:
            self._tell(incoming, screen, say("这里还没有填过内容，不用换设备。"))
            self._chats.show(incoming.chat, screen)
            return
        told = say(
            "接着填的口令：{code}（15分钟内有效，只能用一次）。在另一个 Telegram 账号里发给我，或者打开网页：{link}。"
            "以后再要换设备，用恢复码：发 /recovery 就能看到。",
            code=code,
            link=self._house.resume_link(code),
        )
        self._tell(incoming, screen, told)

    async def _give(self, incoming: Incoming, code: str) -> None:
        """A code only puts the question; nothing is joined without a press."""
        self._chats.show(incoming.chat, await self._turn(incoming, text=f"/resume {code}"))

    # What is kept of the person

    async def _privacy(self, incoming: Incoming) -> None:
        screen = await self._look(incoming)
        text = f"{privacy(screen.locale).text}\n{Words(screen.locale)(_RIGHTS)}"
        self._chats.tell(incoming.chat, rendering.sentence(text))

    async def _mydata(self, incoming: Incoming) -> None:
        screen = await self._look(incoming)
        self._tell(incoming, screen, say("正在整理，一会儿就发给您。"))
        self._chats.run(self._copied(incoming, screen))

    async def _copied(self, incoming: Incoming, screen: Screen) -> None:
        most = self._files.fetching.sending
        sent = 0
        try:
            async for copy in self._conversation.copies(CHANNEL, str(incoming.user), most - most // 50):
                await self._files.send(incoming, copy.filename, copy.content)
                sent += 1
                for name in copy.left_out:
                    self._tell(
                        incoming,
                        screen,
                        say("“{name}”超过 {most}，在 Telegram 里发不了。", name=name, most=megabytes(most)),
                    )
        except Unreachable:
            await self._conversation.unreachable(CHANNEL, str(incoming.user), True)
        except Exception as error:
            log.warning("telegram.no_copy", error=type(error).__name__)
            self._tell(incoming, screen, say("没能发出去，请稍后再试。"))
        else:
            if not sent:
                self._tell(incoming, screen, say("这里没有存着您的任何信息。"))

    async def _delete(self, incoming: Incoming) -> None:
        screen = await self._look(incoming)
        words = Words(screen.locale)
        until = f"{int(self._clock().timestamp()) + _DECIDE:x}"
        told = words(
            say(
                "要删除您在这里的全部内容吗？答案、照片、证书和所有申报都会删掉，网页上的也一样，不能恢复。"
                "想先留一份，可以发 /mydata。"
            )
        )
        rows = (
            (Key(words(say("不删，返回")), f"x:no:{until}"),),
            (Key(words(say("全部删除")), f"x:yes:{until}"),),
        )
        self._chats.tell(incoming.chat, rendering.sentence(told, rows))

    def concerns(self, incoming: Incoming) -> bool:
        """Whether a press decides on a deletion."""
        return bool(_DECISION.fullmatch(incoming.text))

    async def pressed(self, incoming: Incoming) -> None:
        """Delete everything, or nothing; a question that is ten minutes old is asked again."""
        decision = _DECISION.fullmatch(incoming.text)
        screen = await self._look(incoming)
        words = Words(screen.locale)
        if decision is None:
            return
        left = int(decision[2], 16) - self._clock().timestamp()
        if decision[1] == "yes" and not 0 <= left <= _DECIDE:  # a moment further ahead was never asked about
            self._settle(incoming, words(say("过了太久，什么也没有删。要删除请再发一次 /delete。")))
        elif decision[1] == "no":
            self._settle(incoming, words(say("没有删除，都还在。")))
        else:
            gone = await self._conversation.forget(CHANNEL, str(incoming.user))
            told = (
                say("已经全部删除。想重新开始，发 /start 就行。")
                if gone
                else say("这里没有存着您的任何信息。")
            )
            self._settle(incoming, words(told))
            self._chats.forget(incoming.chat)

    # Saying

    def _settle(self, incoming: Incoming, text: str) -> None:
        if incoming.message is None:
            self._chats.tell(incoming.chat, rendering.sentence(text))
        else:
            self._chats.settle(incoming.chat, incoming.message, text)

    def _list(self, incoming: Incoming, screen: Screen) -> None:
        words = Words(screen.locale)
        lines = "\n".join(f"/{name} {words(told)}" for name, told in DESCRIPTIONS.items())
        title = words(say("可以用的命令："))
        self._chats.tell(incoming.chat, rendering.sentence(f"{title}\n{lines}"))

    def _tell(self, incoming: Incoming, screen: Screen, message: Message) -> None:
        self._chats.tell(incoming.chat, rendering.sentence(Words(screen.locale)(message)))

    async def _look(self, incoming: Incoming) -> Screen:
        turn = incoming.turn(locale=self._chats.locale(incoming.chat))
        return await self._conversation.take(CHANNEL, str(incoming.user), turn)

    async def _turn(self, incoming: Incoming, text: str) -> Screen:
        turn = incoming.turn(locale=self._chats.locale(incoming.chat), text=text)
        return await self._conversation.take(CHANNEL, str(incoming.user), turn)


_RIGHTS = say("要一份存着的内容：/mydata。全部删除：/delete。")
