"""Commands: those of the conversation go to it as text, the others are between the person and this door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog

from bot.house import troubles
from bot.house.conversation import Conversation
from bot.house.links import JOIN, Links
from bot.house.tokens import MARK, SEAT_MARK
from bot.telegram import rendering
from bot.telegram.chats import Chats
from bot.telegram.discretion import Discretion
from bot.telegram.keyboards import copying
from bot.telegram.menus import DESCRIPTIONS
from bot.telegram.sender import Unreachable
from bot.telegram.starting import Wishes
from bot.telegram.starting import command as command_of
from bot.telegram.transfers import CHANNEL, Files
from bot.telegram.updates import Incoming
from dialogs.command_words import command
from dialogs.turn import Screen
from dialogs.words import Words
from forms.kinds.taking_files import megabytes
from forms.message import Message, say

log = structlog.get_logger(__name__)


class Commands:
    """What each command does."""

    def __init__(  # noqa: PLR0913, PLR0917  # what commands are about
        self,
        conversation: Conversation,
        chats: Chats,
        files: Files,
        links: Links,
        wishes: Wishes,
        discretion: Discretion,
    ) -> None:
        self._discretion = discretion
        self._wishes = wishes
        self._conversation = conversation
        self._chats = chats
        self._files = files
        self._links = links
        self._own: dict[str, Callable[[Incoming], Awaitable[None]]] = {
            "start": self._start,
            "resume": self._resume,
            "help": self._help,
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
        self._chats.show(incoming.chat, await self._turn(incoming, text=f"/{incoming.text}"))

    async def _help(self, incoming: Incoming) -> None:
        screen = await self._look(incoming)
        self._list(incoming, screen)
        await self._pass_on(incoming)

    # Coming and going

    async def _start(self, incoming: Incoming) -> None:
        await self._conversation.unreachable(CHANNEL, str(incoming.user), False)
        if incoming.argument.startswith(JOIN):
            await self._give(incoming, incoming.argument.removeprefix(JOIN))
            return
        if incoming.argument.startswith((MARK, SEAT_MARK)):
            await self._invited(incoming)
            return
        wish = command_of(incoming.argument)
        if wish:
            turn = incoming.turn(locale=self._chats.locale(incoming.chat), text=wish)
            screen = await self._conversation.take(CHANNEL, str(incoming.user), turn)
            self._wishes.made(incoming.chat, screen)
            self._chats.show(incoming.chat, screen)
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
            self._tell(incoming, screen, troubles.words("no_case"))
            self._chats.show(incoming.chat, screen)
            return
        here = say(
            "接着填的口令：{code}（15分钟内有效，只能用一次）。在另一个 Telegram 账号里发给我。"
            "以后再要换设备，用恢复码：发 /recovery 就能看到。",
            code=code,
        )
        elsewhere = say(
            "接着填的口令：{code}（15分钟内有效，只能用一次）。在另一个 Telegram 账号里发给我，或者打开网页：{link}。"
            "以后再要换设备，用恢复码：发 /recovery 就能看到。",
            code=code,
            link=self._links.resume_link(code),
        )
        words = Words(screen.locale)
        sentence = words(elsewhere if self._links.home else here)
        rows = (copying(words(say("复制口令")), code),)
        self._chats.tell(incoming.chat, rendering.sentence(sentence, rows))

    async def _give(self, incoming: Incoming, code: str) -> None:
        """A code only puts the question; nothing is joined without a press."""
        self._chats.show(incoming.chat, await self._turn(incoming, text=f"/resume {code}"))

    async def _invited(self, incoming: Incoming) -> None:
        """A link that asks somebody in only puts the question; nobody is bound without a press."""
        turn = incoming.turn(locale=self._chats.locale(incoming.chat), text=incoming.argument)
        screen = await self._conversation.take(CHANNEL, str(incoming.user), turn)
        self._wishes.made(incoming.chat, screen)  # what they came for before is not what they came for now
        screen = await self._discretion.keep(incoming, screen)
        self._chats.show(incoming.chat, screen)

    # What is kept of the person

    async def copied(self, incoming: Incoming, screen: Screen) -> None:
        """Send everything that is kept of the person, in as many files as it takes."""
        self._tell(incoming, screen, say("正在整理，一会儿就发给您。"))
        most = self._files.fetching.sending
        sent = 0
        try:
            async for copy in self._conversation.copies(CHANNEL, str(incoming.user), most - most // 50):
                await self._files.send(incoming, copy.filename, copy)
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

    # Saying

    def _list(self, incoming: Incoming, screen: Screen) -> None:
        words = Words(screen.locale)
        lines = "\n".join(f"/{name} {words(description)}" for name, description in DESCRIPTIONS.items())
        title = words(say("可以用的命令："))
        self._chats.tell(incoming.chat, rendering.sentence(f"{title}\n{lines}"))

    def _tell(self, incoming: Incoming, screen: Screen, message: Message) -> None:
        self._chats.tell(incoming.chat, rendering.sentence(Words(screen.locale)(message)))

    async def _look(self, incoming: Incoming) -> Screen:
        turn = incoming.turn(locale=self._chats.locale(incoming.chat))
        screen = await self._conversation.take(CHANNEL, str(incoming.user), turn)
        return await self._wishes.granted(incoming, screen)

    async def _turn(self, incoming: Incoming, text: str) -> Screen:
        turn = incoming.turn(locale=self._chats.locale(incoming.chat), text=text)
        screen = await self._conversation.take(CHANNEL, str(incoming.user), turn)
        return await self._wishes.granted(incoming, screen)
