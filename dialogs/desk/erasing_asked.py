"""What somebody wants gone while the office has it: agreed to with what goes, or kept for now with a reason."""

from __future__ import annotations

from dialogs.desk.deciding import LONGEST, too_long
from dialogs.desk.deeds import ErasureAgreed, ErasureKept
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, ErasureBrief
from dialogs.desk.dossier import asker, back, named
from dialogs.desk.press import button
from dialogs.turn import Say, Screen
from forms.hours import clock
from forms.message import Own, say


def _one(view: DeskView) -> ErasureBrief | None:
    part = view.desk.about.replace(".", " ")
    return next((each for each in view.dossier.erasures if each.part == part), None)


def screen(view: DeskView) -> Screen:
    """What goes if it is agreed to."""
    words, asked = view.words, _one(view)
    if asked is None:
        return Screen((Say(words(say("这个申请已经答复过了，或者撤掉了。")), "note"),), (back(view),))
    who = asker(view, asked)
    if asked.called:
        goes = say(
            "同意以后，{who}写的、传的都删掉，这一件里也没有这一份了，不能恢复。{name}的申报还在。",
            who=who,
            name=Own(view.dossier.stay.name or "—"),
        )
    else:
        goes = say(
            "同意以后，{who}这一件的申报、答案、文件、意见、留言、纸质材料登记都删掉，不能恢复。"
            "经过里只留下一条“删除了申报”。已经导出的表、材料包和纸质材料，请您这里自己处理。",
            who=who,
        )
    sentence = say("评选、公示还没完的，一般先不删：有人提出异议，要凭它核对。")
    parts = (*told_one(view, asked), Say(words(goes), "problem"), Say(words(sentence), "note"))
    about = named(asked.part)
    buttons = (
        button("keeping", words(say("暂不删除")), about, "primary"),
        button("erase_now", words(say("同意删除")), about, "danger"),
        back(view),
    )
    return Screen(parts, buttons)


def told_one(view: DeskView, asked: ErasureBrief) -> tuple[Say, ...]:
    """Who asks for it, and that it is to be answered."""
    sentence = say("{who}{day}申请删除。怎么答复？", who=asker(view, asked), day=clock(asked.asked))
    return (Say(view.words(sentence), "ask"),)


def keeping(view: DeskView) -> Screen:
    """Why it is kept for now, in words that the person reads."""
    words, asked = view.words, _one(view)
    if asked is None:
        return screen(view)
    sentence = say("为什么暂不删除？请打一两句话，{who}会看到。", who=asker(view, asked))
    return Screen((Say(words(sentence), "ask"),), (back(view),))


def typed_reason(view: DeskView, text: str) -> DeskChange | None:
    """The reason, and with it the answer."""
    desk, asked = view.desk, _one(view)
    if asked is None:
        return None
    if len(text) > LONGEST:
        return DeskChange(desk, said=(Say(view.words(too_long(text)), "problem"),))
    return DeskChange(desk.at("case"), (ErasureKept(desk.stay, asked.part, text.strip()),))


def agreed(view: DeskView, about: str) -> DeskChange | None:
    """It is agreed to."""
    desk = view.desk
    return DeskChange(desk.at("case"), (ErasureAgreed(desk.stay, desk.seen, about.replace(".", " ")),))
