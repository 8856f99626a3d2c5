"""A short word on somebody's device, so that they know it again in a list: what it runs, and what it reads us with."""

from __future__ import annotations

import re

#: The first that fits counts: a browser names its forefathers too.
_SYSTEMS = (
    (r"HarmonyOS|OpenHarmony", "鸿蒙"),
    (r"iPad", "iPad"),
    (r"iPhone|iPod", "iPhone"),
    (r"Android", "Android"),
    (r"Windows", "Windows"),
    (r"Macintosh|Mac OS X", "Mac"),
    (r"CrOS", "Chromebook"),
    (r"Linux|X11", "Linux"),
)
_READERS = (
    (r"MicroMessenger", "微信"),
    (r"DingTalk", "钉钉"),
    (r"Lark|Feishu", "飞书"),
    (r"\bQQ/", "QQ"),
    (r"MQQBrowser|QQBrowser", "QQ浏览器"),
    (r"UCBrowser|UBrowser", "UC"),
    (r"HuaweiBrowser", "华为浏览器"),
    (r"MiuiBrowser", "小米浏览器"),
    (r"Edg(?:e|A|iOS)?/", "Edge"),
    (r"Firefox|FxiOS", "Firefox"),
    (r"Chrome|CriOS|Chromium", "Chrome"),
    (r"Safari", "Safari"),
)
_LONGEST = 1000


def device_of(agent: str) -> str:
    """“Android · 微信” from a User-Agent; "" where it tells nothing."""
    named = (_first(table, agent[:_LONGEST]) for table in (_SYSTEMS, _READERS))
    return " · ".join(word for word in named if word)


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((word for pattern, word in table if re.search(pattern, agent)), "")
