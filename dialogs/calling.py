"""A person to turn to: the office's name, address and number, and what can be dialled of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialogs.turn import Say
from dialogs.words import Words
from forms.message import say
from forms.programme import Office, Programme

#: The unions' hotline for working people, the same in all of China (全国工会 12351 职工服务热线).
HOTLINE = "12351"
#: This chat has nobody behind it.
ALONE = say("这里是自动填表，没有人在线。")
_NOT_DIGITS = re.compile(r"\D")
_LOCAL = (7, 8)  # digits of a number without its area


def number(phone: str, area_code: str) -> str:
    """A number as it is dialled from anywhere in the country: 0771-2805708; as it is where that cannot be told."""
    digits = _NOT_DIGITS.sub("", phone)
    if len(digits) in _LOCAL and area_code:
        return f"{area_code}-{digits}"
    return re.sub("[—–－‐]", "-", phone)


def dialled(shown: str) -> tuple[str, str]:
    """A number as it reads and what a telephone dials for it: `tel:+867712805708`."""
    digits = _NOT_DIGITS.sub("", shown)
    return shown, f"tel:{digits}" if len(digits) < _LOCAL[0] else "tel:+86" + digits.removeprefix("0")


def ways(programme: Programme, office: Office) -> tuple[str, ...]:
    """The number and the address for mail of an office, as far as the notice gives them."""
    phone = number(office.phone, programme.area_code)
    return tuple(way for way in (phone, office.email) if way)


def whom(programme: Programme, office: Office, words: Words) -> Say:
    """Where a person helps, said honestly where the notice gives no number."""
    reached = ways(programme, office)
    phone = number(office.phone, programme.area_code)
    if reached:
        return told(
            (words(say("拿不准可以问人：{office}，{ways}", office=office.name, ways=reached)),), [phone]
        )
    parts = [words(say("拿不准可以问人：{office}", office=office.name))]
    if office.address:
        parts.append(words(say("地址：{address}", address=office.address)))
    parts.append(words(say("通知上没有留电话。可以打工会的职工服务热线 {phone} 问。", phone=HOTLINE)))
    return told(parts, [HOTLINE])


def talking(programme: Programme, office: Office, words: Words) -> tuple[Say, ...]:
    """What is said to whoever wants to talk to somebody: this chat has nobody behind it, the office has."""
    phone = number(office.phone, programme.area_code)
    if not phone:
        return Say(words(ALONE), "help"), whom(programme, office, words)
    call = say("请打电话问{office}：{phone}", phone=phone, office=office.name)
    parts = [words(ALONE), words(call)]
    if office.email:
        parts.append(words(say("也可以发邮件：{email}", email=office.email)))
    if office.address:
        parts.append(words(say("地址：{address}", address=office.address)))
    return (told(parts, [phone]),)


def told(lines: Iterable[str], numbers: Iterable[str]) -> Say:
    """Lines in one bubble, with the numbers in it that can be dialled."""
    return Say("\n".join(lines), "help", tuple(dialled(shown) for shown in numbers if shown))
