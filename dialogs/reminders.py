"""Whether somebody wants to be reminded before a closing day: it is theirs to say, once for all they have here."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.change import Change, changed
from dialogs.events import RemindersOff, RemindersOn
from dialogs.interview import Interview
from dialogs.scene import Scene
from dialogs.turn import Action, Button, Say, Screen
from dialogs.words import Words
from forms.message import Message, say
from forms.window import Window

#: What is typed for it, by verb: words, and whole sentences without blanks and marks.
WORDS: Mapping[str, str] = {
    "unremind": "退订 td unsubscribe /unremind",
    "remind_me": "remind_me /remindme",
}
SENTENCES: Mapping[str, str] = {
    "unremind": (
        r"(请|麻烦|你们?|您|以后|就|先|我)*(不用|不要|不需要|用不着|不必|不想要?|不再|不|别|甭|莫|勿|停止|关闭|关掉|关了?|取消)"
        r"(再|总是?|老是?|一直|天天|给我|对我|收到?|发|接收|任何|什么|这些|这种)*提醒(我|消息|短信|通知|功能)*(了|啦|吧)*"
        r"|(please)*(stop|turnoff|no|nomore|cancel)(sending)?(me)?(the)?(reminders?|remindingme)|(please)*(dont|don't|donot)remindme"
    ),
    "remind_me": (
        r"(请|麻烦|我|还是|以后|可以|又)*(要|想要|需要|恢复|打开|开启|重新|继续|接着)(再|给我|收到?|发)*提醒(我|消息|短信|通知|功能)*"
        r"(了|啦|吧|一下)*|(请|麻烦)提醒我(一下|吧)*|(please)*(turnon(the)?reminders|remindmeagain)"
    ),
}


def page(interview: Interview, scene: Scene) -> Screen:
    """Whether reminders come, and the way to the other."""
    words = Words(interview.locale)
    back = Button(Action("close"), words(say("返回")), "primary", says=True)
    if scene.unreminded:
        sentence = say("现在不提醒您。想再收到，点“要提醒”。")
        return Screen((Say(words(sentence)),), (Button(Action("remind_me"), words(say("要提醒"))), back))
    sentence = _when(interview, scene)
    return Screen((Say(words(sentence)),), (Button(Action("unremind"), words(say("不用提醒"))), back))


def _when(interview: Interview, scene: Scene) -> Message:
    """On which days before the closing day; those of the programme, where there is one."""
    chosen = next((each for each in scene.offered if each.id == interview.programme), None)
    reminds = chosen.window.reminds if chosen else Window().reminds
    if not reminds:
        return say("这个项目截止前不提醒。别人请您、退回给您的，会告诉您。")
    days = tuple(say("前{days}天", days=each) for each in reminds)
    return say("没做完的，截止{days}各提醒您一次，晚上9点到早上8点不打扰。", days=days)


def _off(interview: Interview, action: Action, scene: Scene) -> Change:
    said = say("好的，不再提醒您。截止的日子请自己记着；想再收到，说“要提醒”。")
    return Change(_closed(interview), (Say(Words(interview.locale)(said), "note"),), events=(RemindersOff(),))


def _on(interview: Interview, action: Action, scene: Scene) -> Change:
    said = say("好的，截止前会提醒您。不想要了，说“不用提醒”。")
    return Change(_closed(interview), (Say(Words(interview.locale)(said), "note"),), events=(RemindersOn(),))


def _closed(interview: Interview) -> Interview:
    return changed(interview, page="" if interview.page == "reminders" else interview.page)


VERBS: Mapping[str, Callable[[Interview, Action, Scene], Change]] = {"unremind": _off, "remind_me": _on}
