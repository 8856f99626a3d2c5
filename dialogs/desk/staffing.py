"""Words with the person, colleagues and their seats, and the way back in for whoever lost it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from dialogs.desk.deeds import LettersRead, Replied, SeatOffered
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, LetterBrief, SeatBrief
from dialogs.desk.dossier import back, whose
from dialogs.desk.press import button
from dialogs.turn import Button, Invitation, Say, Screen
from forms.hours import clock
from forms.message import Message, Own, say
from forms.seats import ROLES as SEATS
from forms.seats import Role

_LONGEST = 1_000
_NAME = 20
#: When a digest may come.
HOURS = (8, 9, 14, 17)
ROLES: Mapping[Role, Message] = {
    "head": say("负责人"),
    "clerk": say("经办人"),
    "auditor": say("只看不办"),
}


def _role(name: str) -> Message | Own:
    return ROLES.get(cast("Role", name), Own(name))


def letters(view: DeskView) -> Screen:
    """What was said between the office and each party, and whom an answer goes to."""
    dossier, words = view.dossier, view.words
    parts = [Say(words(_letter(view, each)), "ask" if each.waits else "say") for each in dossier.letters]
    if not parts:
        parts.append(Say(words(say("还没有留言。")), "note"))
    if not view.may("answer"):
        return Screen(tuple(parts), (back(view),))
    to = _correspondent(view)
    parts.append(Say(words(say("直接打字，就发给{who}。", who=_called(view, to))), "note"))
    others = dict.fromkeys((dossier.parts[0].key, *(each.part for each in dossier.letters if each.part)))
    buttons = [
        button("write_to", words(say("写给{who}", who=_called(view, key))), key.replace(" ", "."), "option")
        for key in others
        if key != to
    ]
    waiting = [each.id for each in dossier.letters if each.waits and each.part == to]
    if waiting:
        about = f"{to.replace(' ', '.')}:{max(waiting)}"
        buttons.append(button("no_answer", words(say("{who}这几条不用回", who=_called(view, to))), about))
    return Screen(tuple(parts), (*buttons, back(view)))


def _letter(view: DeskView, each: LetterBrief) -> Message:
    who = whose(each, view.dossier.stay)
    sentence = say("{by}给{who}，{day}：{said}") if each.by else say("{who}，{day}：{said}")
    return say(sentence.text, by=Own(each.by), who=who, day=clock(each.at), said=Own(each.text))


def _correspondent(view: DeskView) -> str:
    """Whom an answer goes to: whoever was chosen, or waited the longest as the page was opened."""
    return view.desk.about.replace(".", " ") or view.dossier.parts[0].key


def _called(view: DeskView, key: str) -> Own:
    dossier = view.dossier
    part = dossier.part(key)
    if part is not None and part.called:
        return Own(part.called)
    letter = next((each for each in dossier.letters if each.part == key), None)
    return whose(letter, dossier.stay) if letter else Own(dossier.stay.name or "—")


def typed_letter(view: DeskView, text: str) -> DeskChange | None:
    """Words to whoever the page names."""
    desk = view.desk
    if len(text) > _LONGEST:
        sentence = say("一条留言最多{most}个字，这条有{count}个字。", most=_LONGEST, count=len(text))
        return DeskChange(desk, said=(Say(view.words(sentence), "problem"),))
    return DeskChange(desk, (Replied(desk.stay, text.strip(), _correspondent(view), desk.letter),))


def no_answer(view: DeskView, about: str) -> DeskChange | None:
    """What somebody wrote needs no answer, up to the letter that the button stood under."""
    part, _, until = about.rpartition(":")
    if not part or not until.isdigit():
        return None
    return DeskChange(
        view.desk.at("letters"), (LettersRead(view.desk.stay, part.replace(".", " "), int(until)),)
    )


def assigning(view: DeskView) -> Screen:
    """Which colleague is to work on the case."""
    words = view.words
    staff = tuple(
        button("assign", words(say("分给{name}", name=Own(each.name))), each.id, "option")
        for each in view.scene.colleagues
        if each.rights.decides and not each.waits
    )
    nobody = button("assign", words(say("谁都不分")))
    if not view.may("assign"):
        mine = button("take_on", words(say("由我来办")), style="primary")
        return Screen(
            (Say(words(say("您可以自己接下来办。要分给别人，请找负责人。")), "note"),), (mine, back(view))
        )
    return Screen((Say(words(say("分给哪位同事？")), "ask"),), (*staff, nobody, back(view)))


def colleagues(view: DeskView) -> Screen:
    """Who sits at this office, and for heads the way to invite and to end."""
    words = view.words
    parts = [Say(words(say("{office}的席位：", office=Own(view.seat.office_name))))]
    parts.extend(Say(words(_seat(each)), "note") for each in view.scene.colleagues)
    buttons: list[Button] = []
    if view.may("invite"):
        buttons.extend(
            button("offer", words(say("请一位{role}", role=label)), role, "option")
            for role, label in ROLES.items()
        )
        buttons.extend(
            button("offered", words(say("再看{name}的链接", name=Own(each.name))), each.id)
            for each in view.scene.colleagues
            if each.waits
        )
        buttons.extend(
            button("unseat", words(say("收回{name}的席位", name=Own(each.name))), each.id, "danger")
            for each in view.scene.colleagues
            if each.id != view.seat.id
        )
    else:
        parts.append(Say(words(say("要加人、换人，请找负责人。")), "note"))
    return Screen(tuple(parts), (*buttons, button("board", words(say("回到看板")), style="primary")))


def _seat(seat: SeatBrief) -> Message:
    sentence = say("{name}：{role}，链接还没有打开") if seat.waits else say("{name}：{role}")
    return say(sentence.text, name=Own(seat.name), role=_role(seat.role))


def offering(view: DeskView) -> Screen:
    """How a new colleague is called."""
    words, role = view.words, _role(view.desk.sort)
    sentence = say("请一位{role}：这位同事怎么称呼？请打姓名。", role=role)
    return Screen((Say(words(sentence), "ask"),), (button("colleagues", words(say("不请了"))),))


def typed_offer(view: DeskView, text: str) -> DeskChange | None:
    """The name, and with it the invitation."""
    name, desk = text.strip(), view.desk
    if len(name) > _NAME:
        sentence = say("姓名最多{most}个字，这里有{count}个字。", most=_NAME, count=len(name))
        return DeskChange(desk, said=(Say(view.words(sentence), "problem"),))
    role = next((each for each in SEATS if each == desk.sort), None)
    if role is None:
        return None
    return DeskChange(desk.at("colleagues"), (SeatOffered(view.seat.office, role, name),))


def offered(view: DeskView) -> Screen:
    """The link for a colleague, to be handed on."""
    words = view.words
    text = words(
        say(
            "请您到{office}的工作台一起办件，点这个链接入座：\n{link}",
            office=Own(view.seat.office_name),
            link=Own("{link}"),
        )
    )
    sentence = say("把下面的链接发给这位同事，14天内有效，只能用一次。")
    if not view.scene.token:
        sentence = say("这个链接用过了，或者过期了。要再请这位同事，请回去重新请一次。")
    title = words(say("{office}的席位", office=Own(view.seat.office_name)))
    given = Invitation(view.scene.token, title, text) if view.scene.token else None
    return Screen(
        (Say(words(sentence)),),
        (button("colleagues", words(say("好的")), style="primary"),),
        invitation=given,
    )


def unseating(view: DeskView) -> Screen:
    """Taking a seat back is asked about."""
    words = view.words
    seat = next((each for each in view.scene.colleagues if each.id == view.desk.about), None)
    if seat is None:
        return colleagues(view)
    sentence = say(
        "收回{name}的席位吗？这位同事从现在起看不到也办不了这里的件；分出去的件会空出来。",
        name=Own(seat.name),
    )
    return Screen(
        (Say(words(sentence), "ask"),),
        (
            button("unseat_now", words(say("收回")), seat.id, "danger"),
            button("colleagues", words(say("不收回")), style="primary"),
        ),
    )


def recovering(view: DeskView) -> Screen:
    """A new recovery code is given out after a look at the ID card."""
    words = view.words
    sentence = say(
        "本人丢了恢复码、换了手机，可以给一个新的码。先当面看身份证，姓名和号码要和申报的一样。给码会记下来，也会告诉本人原来的设备；一天以后才能用，这期间原来的设备可以作废它。"
    )
    return Screen(
        (Say(words(sentence), "ask"),),
        (button("issue_code", words(say("看过身份证，是本人，给码")), style="danger"), back(view)),
    )


def digest(view: DeskView) -> Screen:
    """At which hour of the day a digest comes."""
    words, hour = view.words, view.seat.digest
    now = (
        say("每天{hour}点告诉您：新到几件、快到期几件、谁留了言。", hour=hour)
        if hour is not None
        else say("现在没有每天的提醒。")
    )
    hours = tuple(
        button("digest_at", words(say("每天{hour}点", hour=each)), str(each), "option") for each in HOURS
    )
    off = button("digest_at", words(say("不要提醒"))) if hour is not None else None
    ways = (*hours, *((off,) if off else ()), button("board", words(say("回到看板")), style="primary"))
    return Screen((Say(words(now)),), ways)
