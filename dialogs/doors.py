"""Coming back and leaving: the recovery code, the person's devices, and the way out at this one.

These pages are there before a programme is chosen as well, so they follow from interview and Scene alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.change import Change, changed
from dialogs.events import CodeRenewed, DeviceEnded, Left
from dialogs.interview import Interview
from dialogs.scene import DoorBrief, Scene
from dialogs.turn import Action, Button, Code, Say, Screen
from dialogs.words import Words
from forms.dates import spoken
from forms.message import Message, Own, say

# What is seen.


def code(interview: Interview, scene: Scene) -> Screen:
    """The recovery code, to be written down, and the way to a new one."""
    words = Words(interview.locale)
    sentence = say("这是您的恢复码。换了手机、丢了手机，打开匠荐打上它，就能接着填。请抄在纸上或存成图片。")
    return Screen(
        parts=(Say(words(sentence)), Say(words(say("谁有它谁就能看到您填的，别发给别人。")), "note")),
        buttons=(
            Button(Action("close"), words(say("抄好了，返回")), "primary"),
            Button(Action("renewal"), words(say("换一个新的恢复码"))),
            Button(Action("devices"), words(say("我的设备"))),
        ),
        code=_written(words, scene),
    )


def renewal(interview: Interview, scene: Scene) -> Screen:
    """A new code voids the paper in somebody's drawer, so it is asked about first."""
    words = Words(interview.locale)
    return Screen(
        parts=(Say(words(say("换了以后，旧的恢复码马上作废，抄在纸上的那个就不能用了。要换吗？")), "ask"),),
        buttons=(
            Button(Action("renew"), words(say("换一个新的")), "primary"),
            Button(Action("code"), words(say("不换，返回"))),
        ),
    )


def devices(interview: Interview, scene: Scene) -> Screen:
    """Every device on which the person goes on, each to be ended."""
    words = Words(interview.locale)
    others = [door for door in scene.doors if not door.here]
    parts = [Say(words(say("您的申报现在开在这些设备上："))), *(Say(_line(words, d)) for d in scene.doors)]
    if others:
        parts.append(Say(words(say("有不认识的，点“退出”，再换一个新的恢复码。")), "note"))
    buttons = [Button(Action("close"), words(say("返回")), "primary")]
    buttons.extend(
        Button(Action("end", door.id), words(_ends(door, scene.doors)), "danger") for door in others
    )
    buttons.append(Button(Action("code"), words(say("恢复码"))))
    buttons.append(Button(Action("leaving"), words(say("离开这台设备"))))
    return Screen(parts=tuple(parts), buttons=tuple(buttons))


def leaving(interview: Interview, scene: Scene) -> Screen:
    """The code first: whoever leaves without it is locked out of what they filled in."""
    words = Words(interview.locale)
    sentence = say("离开以后，这台设备上就看不到您填的了，填过的都还存着。回来要用这个恢复码，请先抄好：")
    return Screen(
        parts=(Say(words(sentence)), Say(words(say("抄好恢复码了吗？现在离开吗？")), "ask")),
        buttons=(
            Button(Action("depart"), words(say("抄好了，离开")), "danger"),
            Button(Action("close"), words(say("不离开")), "primary"),
        ),
        code=_written(words, scene, sentence),
    )


def departed(locale: str, text: str) -> tuple[tuple[Say, ...], Code]:
    """What is said to somebody who has just left, with their code once more."""
    words = Words(locale)
    sentence = say("已经离开这台设备，填过的都还存着。下次打开匠荐，打上恢复码就能接着填：")
    return (Say(words(sentence), "note"),), written(words, text, sentence)


def written(words: Words, text: str, below: Message | None = None) -> Code:
    """A code with the lines that go with it onto paper, and the sentence that announces it."""
    title, purpose = say("匠荐恢复码"), say("换手机、丢手机时，打上它接着填。不要给别人看。")
    return Code(text, words(title), words(purpose), words(below) if below else "")


def _written(words: Words, scene: Scene, below: Message | None = None) -> Code | None:
    return written(words, scene.code, below) if scene.code else None


def name(door: DoorBrief) -> Message:
    """What a device is called."""
    if not door.device:
        return door.kind
    return say("{kind} · {device}", kind=door.kind, device=Own(door.device))


def _ends(door: DoorBrief, doors: tuple[DoorBrief, ...]) -> Message:
    """The label that ends a device, with the time from which it is on where another is called the same."""
    if sum(name(other) == name(door) for other in doors) > 1:
        return say("退出：{device}（{since}起）", device=name(door), since=_since(door))
    return say("退出：{device}", device=name(door))


def _since(door: DoorBrief) -> Message:
    date, _, time = door.since.partition("T")
    return say("{day} {time}", day=spoken(date), time=Own(time))


def _line(words: Words, door: DoorBrief) -> str:
    here = words(say("（这台）")) if door.here else ""
    sentence = say(
        "{device}{here}：{since}起，最近用过：{used}",
        device=name(door),
        here=Own(here),
        since=_since(door),
        used=spoken(door.used),
    )
    return words(sentence)


# What is done. The house does what the events say; the Screen follows from that.


def _to(page: str) -> Callable[[Interview, Action, Scene], Change]:
    def go(interview: Interview, action: Action, scene: Scene) -> Change:
        return Change(changed(interview, page=page, pending=None))

    return go


def _renew(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(changed(interview, page="code"), events=(CodeRenewed(),))


def _end(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(changed(interview, page="devices"), events=(DeviceEnded(action.about),))


def _depart(interview: Interview, action: Action, scene: Scene) -> Change:
    return Change(changed(interview, page=""), events=(Left(),))


VERBS: Mapping[str, Callable[[Interview, Action, Scene], Change]] = {
    "code": _to("code"),
    "renewal": _to("renewal"),
    "renew": _renew,
    "devices": _to("devices"),
    "end": _end,
    "leaving": _to("leaving"),
    "depart": _depart,
}
