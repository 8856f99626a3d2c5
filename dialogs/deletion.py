"""What is said to whoever wants gone what an office has: why it is kept, until when, and what the office answered."""

from __future__ import annotations

from dialogs.at_office import Erasing
from dialogs.scene import Held, Scene
from dialogs.turn import Say
from dialogs.view import View
from dialogs.words import Words
from forms.dates import spoken
from forms.message import Message, Own, say

_YEAR = 365


def span(days: int) -> Message:
    """A time in whole years where it is some, else in days."""
    if days >= _YEAR and days % _YEAR == 0:
        return say("{count}年", count=days // _YEAR)
    return say("{count}天", count=days)


def why(office: str, days: int) -> Message:
    """Why what was handed in is not deleted by its owner alone, and until when it is kept."""
    return say(
        "交上去的，评选、公示时有人提出异议，{office}要凭它核对，所以删不删由{office}定。"
        "评选结束满{span}，会自动删除。",
        office=Own(office),
        span=span(days),
    )


def before(words: Words, scene: Scene) -> tuple[Say, ...]:
    """On the page that asks whether everything is to go: what cannot go at once."""
    held = scene.kept.held if scene.kept else ()
    said = []
    for each in held:
        head = say("{which}：删除要先经{office}同意。", which=_which(scene, each), office=Own(each.office))
        said.append(Say(words(head), "problem"))
        said.append(Say(words(why(each.office, scene.retention)), "note"))
    if any(each.may_withdraw for each in held):
        sentence = say("工作人员还没打开看的，您可以先“撤回来改”，撤回来再删，就马上删掉。")
        said.append(Say(words(sentence), "note"))
    if held:
        sentence = say("点“全部删除”，别的马上删掉，上面的替您向工会申请删除。")
        said.append(Say(words(sentence), "note"))
    return tuple(said)


def asked(locale: str, scene: Scene) -> tuple[Say, ...]:
    """What is said once: all else is gone, and who was asked about the rest."""
    held, words = (scene.kept.held if scene.kept else ()), Words(locale)
    offices = tuple(Own(name) for name in dict.fromkeys(each.office for each in held))
    sentence = say(
        "别的都已经删除了。交上去的，已经替您向{offices}申请删除，有结果在这里告诉您。", offices=offices
    )
    return (Say(words(sentence), "note"),)


def _which(scene: Scene, held: Held) -> Own:
    title = next((each.title for each in scene.offered if each.id == held.programme), "")
    return Own(f"{title}（{held.number}）" if title else held.number)


def standing(view: View) -> tuple[Say, ...]:
    """How a request stands, where there is one."""
    handed = view.scene.handed
    erasing = handed.erasing if handed else None
    if handed is None or erasing is None:
        return ()
    return tuple(
        Say(view.words(each), "note") for each in _told(handed.office, erasing, view.scene.retention)
    )


def _told(office: str, erasing: Erasing, days: int) -> tuple[Message, ...]:
    day = spoken(erasing.asked)
    if not erasing.answered:
        waits = say("{day}已经向{office}申请删除，还没有答复。", day=day, office=Own(office))
        return (waits, why(office, days))
    kept = say("您申请删除，{office}答复暂不删除：{reason}", office=Own(office), reason=Own(erasing.reason))
    until = say("评选结束满{span}，会自动删除。想再申请，打“删除我的全部内容”。", span=span(days))
    return (kept, until)
