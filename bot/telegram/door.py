"""What people do in Telegram, each as a Turn or a word with the door itself, and what they are shown."""

from __future__ import annotations

import math
import re

import structlog
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.methods import AnswerCallbackQuery

from bot.courier import Receipt, Undelivered
from bot.house import troubles
from bot.house.conversation import Clock, Conversation
from bot.house.intake import NotBegun
from bot.house.links import Links
from bot.telegram import rendering
from bot.telegram.chat import TOOK
from bot.telegram.chats import Chats
from bot.telegram.commands import Commands
from bot.telegram.discretion import Discretion
from bot.telegram.groups import Groups
from bot.telegram.haste import Haste
from bot.telegram.keyboards import ALL, DOCUMENT, document_key, printed, view_of
from bot.telegram.languages import spoken
from bot.telegram.sender import Refused, Sender, Unreachable
from bot.telegram.starting import Wishes
from bot.telegram.transfers import CHANNEL, Files, NotFetched, TooBig, TooHeavy, caption
from bot.telegram.updates import Incoming
from dialogs.belongings import COPY
from dialogs.turn import Screen, Turn
from dialogs.words import Words
from forms.kinds.taking_files import megabytes
from forms.message import Message, Own, say

log = structlog.get_logger(__name__)

#: Seconds within which the next picture of an album comes; the reply waits for the last.
_ALBUM = 1.5
#: What is between the person and the door, and the seconds that its answer is waited for.
_ASKS = ("command", "other")
_ANSWERED = 10.0
#: Seconds within which something of our own accord is to stand in the chat.
_DELIVERED = 20.0
#: What nobody waits for an answer to.
_SILENT = ("group", "moved", "blocked", "unblocked")
#: What would be right in the place of what is not understood.
_HEARING = say("语音我听不懂，请把要说的打成字发过来。")
_INSTEAD: dict[str, Message] = {
    "voice": _HEARING,
    "audio": _HEARING,
    "location": say("定位我看不懂，请把地址打成字发过来。"),
    "venue": say("定位我看不懂，请把地址打成字发过来。"),
    "sticker": say("表情我看不懂，请打字，或者点消息下面的按钮。"),
    "poll": say("投票我看不懂，请打字，或者点消息下面的按钮。"),
}
_NOT_UNDERSTOOD = say("这种消息我看不懂。请打字，或者发照片、PDF、视频、Word 文档。")


def _other(incoming: Incoming) -> Message:
    """What is said to what cannot be taken."""
    if incoming.text == "contact":
        number = re.sub(r"\D", "", incoming.argument)[-11:]  # without a country's code
        return say(
            "这是别人的名片（{number}），我没有记。要填这个号码，请打成字发过来。",
            number=Own(f"{number[:3]}****{number[-4:]}"),
        )
    return _INSTEAD.get(incoming.text, _NOT_UNDERSTOOD)


class Door:
    """One bot's way in. `handle` takes one thing that a person did; it may be called again where it raised."""

    def __init__(  # noqa: PLR0913, PLR0917  # where the parts of the door meet
        self,
        conversation: Conversation,
        sender: Sender,
        chats: Chats,
        files: Files,
        groups: Groups,
        links: Links,
        clock: Clock,
        haste: Haste | None = None,
    ) -> None:
        self._conversation = conversation
        self._sender = sender
        self._chats = chats
        self._files = files
        self._links = links
        self._wishes = Wishes(conversation)
        self._discretion = Discretion(sender)
        self._commands = Commands(conversation, chats, files, links, self._wishes, self._discretion)
        self._groups = groups
        self._haste = haste or Haste()

    async def handle(self, incoming: Incoming) -> None:
        """Returns once what was done is durable. Showing what follows goes on by itself.

        What leaves nothing durable behind (a stranger's greeting, a question to the door) is done only when it was
        answered: nothing else would tell after a crash that somebody waits.
        """
        if incoming.what not in _SILENT:
            wait = self._haste.wait(incoming.user)
            if wait:
                self._too_fast(incoming, wait)
                return
            self._chats.heard(incoming.chat, incoming.thread, incoming.language)
        await self._handled(incoming)
        self._chats.took(incoming.chat, incoming.id)
        strange = not self._chats.begun(incoming.chat)
        if strange and self._chats.crowded:
            return  # a crowd of strangers keeps nobody waiting, and after a crash they come again
        if incoming.what not in _SILENT and (incoming.what in _ASKS or strange):
            await self._chats.shown(incoming.chat, _ANSWERED)

    async def repeated(self, incoming: Incoming) -> None:
        """What was handled before came once more: nothing is done again, and the person sees where they are."""
        if incoming.what in ("blocked", "unblocked"):
            await self._handled(incoming)  # how it is, however often it is said
        elif incoming.what not in _SILENT:
            self._chats.heard(incoming.chat, incoming.thread, incoming.language)
            self._chats.show(incoming.chat, await self._look(incoming))
            await self._chats.shown(incoming.chat, _ANSWERED)

    async def _handled(self, incoming: Incoming) -> None:
        match incoming.what:
            case "text":
                turn = await self._meant(incoming, text=incoming.text)
                screen = await self._taken(incoming, turn)
                self._chats.show(incoming.chat, await self._discretion.keep(incoming, screen))
            case "press":
                await self._pressed(incoming)
            case "file":
                await self._file(incoming)
            case "contact":
                await self._contact(incoming)
            case "command":
                await self._commands.obey(incoming)
            case "other":
                await self._tell(incoming, _other(incoming))
            case "group":
                if incoming.query:
                    self._answer(incoming)  # so that the button stops spinning
                else:
                    self._groups.heard(incoming)
            case "moved":
                self._groups.moved(incoming.chat, int(incoming.text))
            case "blocked" | "unblocked":
                gone = incoming.what == "blocked"
                await self._conversation.unreachable(CHANNEL, str(incoming.user), gone)

    def _too_fast(self, incoming: Incoming, wait: float) -> None:
        """What one person sends beyond all measure is not taken."""
        self._answer(incoming)
        if self._haste.tells(incoming.user):
            words = Words(self._chats.locale(incoming.chat) or spoken(incoming.language))
            sentence = say(
                "发得太快了，请过{when}再发。这中间发的没有记下。", when=troubles.wait(math.ceil(wait))
            )
            self._chats.tell(incoming.chat, rendering.sentence(words(sentence)))

    async def blocked(self, chat: int) -> None:
        """The person of a chat does not want to hear from the bot."""
        await self._conversation.unreachable(CHANNEL, str(chat), True)

    async def give_up(self, incoming: Incoming) -> None:
        """Something could not be taken, and the person is told so."""
        self._answer(incoming)
        if incoming.what not in _SILENT:
            words = Words(self._chats.locale(incoming.chat) or spoken(incoming.language))
            self._chats.tell(incoming.chat, rendering.sentence(words(troubles.words("not_taken"))))

    @property
    def page(self) -> bool:
        """As `bot.courier.Door.page`: each Screen is a message of its own."""
        return False

    async def deliver(self, address: str, screen: Screen) -> Receipt:
        """As `bot.courier.Door.deliver`."""
        chat = int(address)
        self._chats.show(chat, screen)
        await self._chats.shown(chat, _DELIVERED)
        message = self._chats.live(chat)
        if message is None:
            raise Undelivered
        return Receipt(str(message))

    async def show(self, user: int) -> None:
        """Show a person their current Screen, unless they have seen it since the start."""
        if not self._chats.knows(user):
            screen = await self._conversation.take(CHANNEL, str(user), Turn(str(user), ""))
            self._chats.show(user, screen)

    async def _meant(
        self, incoming: Incoming, *, text: str | None = None, choice: str | None = None, file: bool = False
    ) -> Turn:
        """A Turn with all that is known of its purpose: where the person tells it, nothing is guessed."""
        chats, chat = self._chats, incoming.chat
        explicit = choice is not None or incoming.amends or incoming.quotes
        if not explicit and self._conversation.neighbours.several:
            chats.caught_up(chat, await self._conversation.latest(CHANNEL, str(chat), TOOK))
        answers = "" if explicit else chats.question(chat, incoming.message if file else None)
        return incoming.turn(locale=chats.locale(chat), text=text, choice=choice, answers=answers)

    async def _look(self, incoming: Incoming) -> Screen:
        turn = incoming.turn(locale=self._chats.locale(incoming.chat))
        return await self._taken(incoming, turn)

    async def _taken(self, incoming: Incoming, turn: Turn) -> Screen:
        screen = await self._conversation.take(CHANNEL, str(incoming.user), turn)
        return await self._wishes.granted(incoming, screen)

    async def _tell(self, incoming: Incoming, message: Message) -> None:
        if self._chats.crowded and not self._chats.begun(incoming.chat):
            return
        locale = self._chats.locale(incoming.chat) or (await self._look(incoming)).locale
        self._chats.tell(incoming.chat, rendering.sentence(Words(locale)(message)))

    # Buttons

    async def _pressed(self, incoming: Incoming) -> None:
        notice = ""
        view = view_of(incoming.text)
        if incoming.text.startswith(DOCUMENT):
            self._chats.run(self._document(incoming, incoming.text.removeprefix(DOCUMENT)))
        elif not view or not await self._paged(incoming, *view):
            notice = await self._chosen(incoming)
        self._answer(incoming, notice)

    async def _chosen(self, incoming: Incoming) -> str:
        turn = await self._meant(incoming, choice=incoming.text)
        screen = await self._taken(incoming, turn)
        return self._chats.show(incoming.chat, screen, pressed=incoming.message)

    async def _paged(self, incoming: Incoming, view: str, revision: int) -> bool:
        """Turn a page, where the Screen that it belongs to is still the current one."""
        screen = await self._look(incoming)
        if incoming.message is None or screen.revision != revision:
            return False
        self._chats.turn(incoming.chat, incoming.message, screen, view)
        return True

    async def _document(self, incoming: Incoming, wanted: str) -> None:
        screen = await self._look(incoming)
        if self._chats.reticence.withholds(screen):  # such a button was never here
            self._chats.show(incoming.chat, screen)
            return
        card = next((card for card in screen.cards if document_key(card.document) == wanted), None)
        if wanted == COPY:
            await self._commands.copied(incoming, screen)
            return
        document = card.document if card else wanted
        lacking: tuple[str, ...] = ()
        try:
            if wanted == ALL:
                lacking = await self._files.open_all(incoming, printed(screen))
            else:
                await self._files.open(incoming, document, caption(card) if card else "")
        except TooHeavy as heavy:
            await self._too_heavy(incoming, heavy)
        except Unreachable:
            await self.blocked(incoming.chat)
        except Exception as error:
            # Not due any more, not printable, not sent: the person presses again.
            log.warning("telegram.no_document", error=type(error).__name__)
            sentence = Words(screen.locale)(troubles.words(troubles.unprinted(error)))
            self._chats.tell(incoming.chat, rendering.sentence(sentence))
        else:
            if lacking:
                await self._tell(
                    incoming, say("这几份没能打印出来，请稍后单独点它再试：{titles}", titles=lacking)
                )
            # Below what was sent, so that the buttons are at hand.
            self._chats.again(incoming.chat, await self._look(incoming))

    async def _too_heavy(self, incoming: Incoming, heavy: TooHeavy) -> None:
        code = await self._conversation.resume_code(CHANNEL, str(incoming.user))
        size = megabytes(heavy.size)
        by_code = say(
            "这一份有 {size}，在 Telegram 里发不了。请在匠荐网页里打上口令 {code}（15分钟内有效，只能用一次），在那里下载。",
            size=size,
            code=code,
        )
        by_link = say(
            "这一份有 {size}，在 Telegram 里发不了。请打开这个链接，在网页里下载（15分钟内有效，只能用一次）：{link}",
            size=size,
            link=self._links.resume_link(code),
        )
        await self._tell(incoming, by_link if self._links.home else by_code)

    def _answer(self, incoming: Incoming, notice: str = "") -> None:
        """Let the button stop spinning. Nobody waits for it, and too late is no harm."""
        if incoming.query:
            self._chats.run(self._answered(incoming, notice))

    async def _answered(self, incoming: Incoming, notice: str) -> None:
        method = AnswerCallbackQuery(callback_query_id=incoming.query, text=notice or None)
        try:
            await self._sender.send(method, incoming.chat)
        except (TelegramAPIError, ClientDecodeError, Refused, Unreachable) as error:
            log.info("telegram.press_unanswered", error=type(error).__name__)

    async def _contact(self, incoming: Incoming) -> None:
        """The person's own number counts where a number is asked for, and nowhere else."""
        screen = await self._look(incoming)
        if rendering.numbers(screen):
            turn = await self._meant(incoming, text=incoming.text)
            self._chats.show(incoming.chat, await self._taken(incoming, turn))
        else:
            await self._tell(incoming, say("现在没有问到电话，这个号码我没有记。"))
            self._chats.show(incoming.chat, screen)

    # Files

    async def _file(self, incoming: Incoming) -> None:
        sent = incoming.sent
        if sent is None:
            return
        try:
            turn = await self._meant(incoming, text=incoming.text or None, file=True)
            screen = await self._files.take(incoming, sent, turn)
        except TooBig as error:
            await self._too_big(incoming, sent.name, error)
        except troubles.NOT_RECEIVED as error:
            await self._tell(incoming, troubles.words(troubles.code_of(error)))
            if isinstance(error, NotBegun):
                self._chats.show(incoming.chat, await self._look(incoming))
        except NotFetched:
            await self._tell(incoming, troubles.words("not_fetched", name=sent.name))
        else:
            screen = await self._discretion.keep(incoming, screen)
            self._chats.show(incoming.chat, screen, hold=_ALBUM if sent.album else 0)

    async def _too_big(self, incoming: Incoming, name: str, error: TooBig) -> None:
        most = megabytes(error.largest)
        if not error.elsewhere:
            await self._tell(incoming, troubles.words("too_large", name=name, most=most))
            return
        try:
            code = await self._conversation.resume_code(CHANNEL, str(incoming.user))
        except LookupError:
            await self._tell(incoming, troubles.words("not_begun"))
            return
        by_code = say(
            "“{name}”超过 {most}，在 Telegram 里收不了。可以压小一点再发；要传原来的，请在匠荐网页里打上口令 {code}"
            "（15分钟内有效，只能用一次），在那里上传。",
            name=name,
            most=most,
            code=code,
        )
        by_link = say(
            "“{name}”超过 {most}，在 Telegram 里收不了。请打开这个链接，在网页里上传（15分钟内有效，只能用一次）：{link}",
            name=name,
            most=most,
            link=self._links.resume_link(code),
        )
        await self._tell(incoming, by_link if self._links.home else by_code)
