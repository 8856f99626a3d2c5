"""What a role is: what is said to it, what it may look at, and what its end means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dialogs.turn import Style
from forms.message import Message, say
from forms.programme import Programme

#: Pages about the person, their doors and what is kept of them: everybody's.
PERSONAL = frozenset(
    (
        "story",
        "home",
        "menu",
        "mine",
        "stopped",
        "privacy",
        "mydata",
        "reminders",
        "delete",
        "consents",
        "recanting",
        "looked",
        "selected",
        "code",
        "renewal",
        "devices",
        "leaving",
    )
)


@dataclass(frozen=True)
class Entry:
    """A line of the menu: what it does, its words, and in which programmes it stands there."""

    verb: str
    label: Message
    style: Style = "plain"
    about: str = ""
    when: Callable[[Programme], bool] = lambda programme: True


CONTINUE = Entry("close", say("接着填"), "primary")
REVIEW = Entry("summary", say("检查答案"))
HOME = Entry("home", say("进度清单"))
STORY = Entry("story", say("看前面填的"))
STOP = Entry("stop", say("保存，先到这里"))
OVERVIEW = Entry("overview", say("我填的人"))
MINE = Entry("mine", say("我的申报"))
PRIVACY = Entry("privacy", say("隐私和我的数据"))
CODE = Entry("code", say("恢复码"))
DEVICES = Entry("devices", say("我的设备"))
#: Where the button for the other language stands.
LANGUAGE = Entry("language", Message(""))


_GREETING = say("您好，我是匠荐。我一步一步带您填好您这一部分。")
_PRIVACY = say(
    "隐私说明：我会请您提供{asked}和单位，只用于请您写的这一份，只给您和受理的工会看；"
    "请您的人只看得到您写没写完。"
)
_UPHOLDS = say("照旧，不用改")


@dataclass(frozen=True)
class Role:
    """One role. `greeting` is the first sentence it reads, `privacy` the beginning of what it agrees to; {asked} stands
    in it for what the questions ask of the person (`gathered.asked`).

    `pages` are names in `dialogs.register`.

    `upholds` is how it says that its part stands although something about the nominee has changed.
    `ending` names what is seen once its part is done, in `dialogs.register` too. `judged` tells whether the rules are
    judged in its conversation; `leads` whether its part is what the case is about: its end is the case's end, and it
    alone prints.
    """

    name: str
    greeting: Message = _GREETING
    privacy: Message = _PRIVACY
    menu: tuple[Entry, ...] = (CONTINUE, HOME, REVIEW, STORY, STOP, MINE, PRIVACY, CODE, DEVICES, LANGUAGE)
    pages: frozenset[str] = PERSONAL | {"summary", "declare", "restart"}
    ending: str = "own_part"
    upholds: Message = _UPHOLDS
    judged: bool = False
    leads: bool = False
