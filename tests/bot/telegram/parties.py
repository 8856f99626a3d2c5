"""People who ask one another in on Telegram, and what each of them does."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.house.recovery import key_of
from bot.house.tokens import Tokens
from forms.library import Library
from storage import interviews, invitations
from storage.unit import Unit
from tests.bot.telegram.chats import Message
from tests.bot.telegram.house import SAMPLES, arrives
from tests.bot.telegram.phone import Phone
from tests.bot.telegram.service import Service
from tests.storage.rings import kept_at

#: A letter in as many messages as it has lines.
LETTER = (
    "我与农国强同志相识八年，曾在两个项目上同班作业。他半路学焊，却最肯在别人看不见的地方下功夫。",
    "省煤器薄壁管排根部内凹的问题困扰了大家多年，他用自制的气室把合格率提到了99.1%。",
    "作为同行，我认为他的技术水平已达到区内先进，特此推荐。",
)


@dataclass(frozen=True)
class Handed:
    """What the bot gave to be handed on: the message with the code to scan, and the words to be forwarded."""

    code: Message
    words: Message

    @property
    def copied(self) -> str:
        """What the button copies."""
        return str(self.code.rows[0][0]["copy_text"]["text"])

    @property
    def shared(self) -> dict[str, str]:
        """What Telegram is asked to share."""
        query = urlsplit(str(self.code.rows[1][0]["url"])).query
        return {name: values[0] for name, values in parse_qs(query).items()}

    @property
    def token(self) -> str:
        """As the bot gets it."""
        return str(self.shared["url"].rpartition("start=")[2])


async def nominates(service: Service, library: Library, phone: Phone) -> None:
    """Fill in as the case with two experts does, as far as the photo."""
    await arrives(service, library, phone, "photo", "experts")


async def asks(phone: Phone, name: str = "莫振邦", relation: str = "师傅") -> Handed:
    """Ask a technician in from the list of tasks."""
    phone.says("进度")
    await phone.hears("点哪一件就做哪一件")
    phone.press_like("去请推荐专家")
    await phone.hears("请谁？")
    phone.says(name)
    await phone.hears("是什么关系？")
    phone.says(relation)
    return await handed(phone)


async def handed(phone: Phone) -> Handed:
    """What stands above the page of somebody who is asked in, once that is there."""
    page = await sees(phone, "只能用一次")
    code, words = [message for message in phone.chat.standing if message.by_bot and message.id < page.id][-2:]
    return Handed(code, words)


async def sees(phone: Phone, text: str) -> Message:
    """Wait for a Screen, its buttons below it, that says this; what was said before loses its own."""
    found = await phone.until(
        lambda: next((each for each in phone.news if each.rows and text in each.text), None), f"“{text}”", 60
    )
    assert isinstance(found, Message)
    return found


async def takes(phone: Phone, token: str) -> None:
    """Open a link, say that it is meant for oneself, agree to what is kept."""
    phone.says(f"/start {token}")
    await phone.hears("是您本人吗？")
    phone.press("是我，开始")
    await phone.hears("有人请您写推荐意见")
    phone.press("同意，开始")
    await phone.hears("怎么认识的？")


async def qualifies(phone: Phone, name: str = "莫振邦", number: str = "450102197001159974") -> None:
    """Everything but the letter."""
    await phone.tells("同班组共事八年")
    await phone.chooses("是")
    await phone.tells(name)
    await phone.tells(number)
    await phone.chooses("对的")
    for said in ("广西电力建设安装有限公司", "焊接班班长", "工程师", "19000000201", "高级技师", "焊工", "是"):
        await phone.tells(said)
    phone.sends_photo(SAMPLES / "certificate.jpg")
    await phone.hears("收到 1 份", 60)
    await phone.chooses("发完了")


async def writes(phone: Phone, *paragraphs: str) -> Message:
    """The letter, message by message; gives what the answer is then shown as."""
    for each in paragraphs:
        await phone.tells(each)
    phone.press("写好了")
    told = await phone.hears("✓ 推荐信内容")
    await phone.sees_screen()
    return told


async def recommends(service: Service, token: str) -> Phone:
    """Somebody who opens a link and does all that it asks for."""
    expert = Phone(service.telegram, "老莫")
    await takes(expert, token)
    await qualifies(expert)
    await writes(expert, LETTER[0])
    await confirms(expert)
    return expert


async def standing(service: Service, channel: str, address: str) -> str:
    """The token of the newest link that somebody has made, as whoever keeps the key can tell it."""
    tokens = Tokens(key_of(service.directory))

    def read(unit: Unit) -> str:
        seat = interviews.speaker(unit, channel, address)
        assert seat and seat.case
        shown = [tokens.shown(row) for row in invitations.of_case(unit, seat.case)]
        return [token for token in shown if token][-1]

    kept = kept_at(service.database)
    try:
        return await kept.run(read)
    finally:
        kept.close()


async def confirms(phone: Phone) -> Message:
    """Hand one's own part in."""
    phone.press("没问题，交上我这一份")
    await phone.sees_screen()
    phone.press("属实，交上")
    return await sees(phone, "您这一部分填好了")
