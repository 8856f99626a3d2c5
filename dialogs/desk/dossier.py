"""A case as staff need it: how it stands, what is to be looked at, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from dialogs.desk.board import STATES, wants
from dialogs.desk.desk_scene import (
    DeskView,
    Dossier,
    ErasureBrief,
    LetterBrief,
    PartBrief,
    RemarkBrief,
    Ruled,
    StayBrief,
)
from dialogs.desk.press import button
from dialogs.turn import Button, Card, Row, Say, Screen, Table
from dialogs.verdicts import told
from forms.dates import spoken
from forms.message import Message, Own, say
from forms.packet import BUNDLE, PACKET, due_documents, filename, packet_filename
from forms.parties import OFFICE

_ZONE = ZoneInfo("Asia/Shanghai")
SORTS = {"wrong": say("写错了"), "missing": say("没写全"), "outdated": say("过期了")}


def when(moment: datetime) -> Message:
    """A moment as staff read it."""
    local = moment.astimezone(_ZONE)
    return say("{month}月{day}日 {time}", month=local.month, day=local.day, time=Own(f"{local:%H:%M}"))


def screen(view: DeskView) -> Screen:
    """The case that is open."""
    dossier = view.dossier
    words, stay = view.words, dossier.stay
    parts: list[Say | Table] = [
        Say(words(_head(view, dossier))),
        Say(words(_standing(view, dossier)), "note"),
    ]
    if stay.holder and stay.holder != view.seat.id:
        parts.append(Say(words(say("{who}正打开着这一件。", who=Own(stay.held_by))), "problem"))
    parts.extend(judged(view, (each for each in dossier.ruled if each.verdict.outcome != "met")))
    points = [Own(words.text(each.title)) for each in dossier.programme.open_points]
    if points:
        parts.append(Say(words(say("通知没说清的：{points}", points=tuple(points))), "note"))
    lacking = [each for each in dossier.papers if each.lacking]
    if lacking:
        names = tuple(Own(words.text(each.paper.title)) for each in lacking)
        parts.append(Say(words(say("纸质还差：{papers}", papers=names)), "pending"))
    if dossier.drafts:
        parts.append(Say(words(say("写好还没退回的意见：{count}条。", count=len(dossier.drafts))), "problem"))
    parts.extend(
        Say(words(say("{who}留言，等着回：{said}", who=whose(each, stay), said=Own(each.text))), "ask")
        for each in dossier.letters
        if each.waits
    )
    parts.extend(_erasures(view))
    return Screen(
        parts=tuple(parts), buttons=(*_answers(view), *_buttons(view, dossier)), cards=cards(view, dossier)
    )


def outside(view: DeskView) -> tuple[Say, ...]:
    """What is shown of the case that is open where no names may stand: its number, its programme, how it stands."""
    dossier, words = view.scene.dossier, view.words
    if dossier is None:
        return ()
    stay = dossier.stay
    state = STATES.get(stay.state, Own(stay.state))
    stands = say("{state}，{wants}", state=state, wants=wants(view, stay)) if stay.state == "here" else state
    title = Own(words.text(dossier.programme.title))
    return (
        Say(words(say("编号 {number}\n{title}\n{how}", number=Own(stay.number), title=title, how=stands))),
    )


def named(part: str) -> str:
    """A party as a button names it: “nominee.1”."""
    return part.replace(" ", ".")


def asker(view: DeskView, each: ErasureBrief) -> Own:
    """Who wants gone what the office has."""
    return Own(each.called or view.dossier.stay.name or "—")


def _erasures(view: DeskView) -> tuple[Say, ...]:
    """Who asks for it, since when."""
    sentence = say("{who}{day}申请删除，等您这里定。")
    return tuple(
        Say(view.words(say(sentence.text, who=asker(view, each), day=when(each.asked))), "problem")
        for each in view.dossier.erasures
    )


def _answers(view: DeskView) -> tuple[Button, ...]:
    """The way to an answer, to whoever may give it."""
    if not view.may("erase"):
        return ()
    return tuple(
        button("erasing", view.words(say("{who}申请删除：去答复", who=asker(view, each))), named(each.part))
        for each in view.dossier.erasures
    )


def whose(letter: LetterBrief, stay: StayBrief) -> Own:
    """Who wrote to the office, or was written to."""
    return Own(letter.called or stay.name or "—")


def gone(view: DeskView) -> Screen:
    """A case that is not here (any more)."""
    words = view.words
    sentence = say("这一件不在您这里了：可能已经撤回、删除，或者不归您这个工会。")
    return Screen(
        (Say(words(sentence), "problem"),), (button("board", words(say("回到看板")), style="primary"),)
    )


def judged(view: DeskView, verdicts: Iterable[Ruled]) -> tuple[Say, ...]:
    """Verdicts in words, those of another party with whose they are."""
    return tuple(
        replace(each, text=view.words(owned(ruled.part, Own(each.text))))
        for ruled in verdicts
        for each in told(ruled.part.view, (ruled.verdict,))
    )


def owned(part: PartBrief, said: Own | Message) -> Own | Message:
    """What is said of a part, with whose it is where that is not the nominee's."""
    if part.view.role.leads:
        return said
    return say("{who} · {said}", who=Own(part.called), said=said)


def _head(view: DeskView, dossier: Dossier) -> Message:
    stay, route = dossier.stay, str(dossier.view.scope.get("route", ""))
    way = Own(view.words.text(dossier.programme.route(route).title)) if route else Own("")
    return say(
        "{name}，{unit}\n{title} · {way}\n编号 {number}",
        name=Own(stay.name),
        unit=Own(stay.unit or "—"),
        title=Own(view.words.text(dossier.programme.title)),
        way=way,
        number=Own(stay.number),
    )


def _standing(view: DeskView, dossier: Dossier) -> Message:
    stay = dossier.stay
    until = say("，截止{day}", day=spoken(stay.due)) if stay.due else Own("")
    how = say(
        "{state}，{wants}{until}",
        state=STATES.get(stay.state, Own(stay.state)),
        wants=wants(view, stay),
        until=until,
    )
    if stay.state == "here":
        return say("第{round}次递交，{day}到。{how}", round=stay.round, day=when(stay.arrived), how=how)
    by = say("{who} {day}", who=Own(stay.decider), day=when(stay.decided)) if stay.decided else Own("")
    why = (
        say("：{clause} {reason}", clause=Own(stay.clause), reason=Own(stay.reason))
        if stay.reason
        else Own("")
    )
    return say("{state}（{by}）{why}", state=STATES.get(stay.state, Own(stay.state)), by=by, why=why)


def _buttons(view: DeskView, dossier: Dossier) -> tuple[Button, ...]:
    words, stay = view.words, dossier.stay
    buttons: list[Button] = []
    here, may = stay.state == "here", view.seat.rights.decides
    if here and may and stay.holder and stay.holder != view.seat.id:
        buttons.append(button("takeover", words(say("由我接着办")), style="primary"))
    buttons.append(button("answers", words(say("逐项看，逐项写意见")), style="option"))
    if dossier.before:
        buttons.append(button("compare", words(say("和上一次对比")), style="option"))
    if here and may:
        if dossier.drafts:
            label = say("看一遍意见，退回（{count}条）", count=len(dossier.drafts))
            buttons.append(button("returning", words(label), style="primary"))
        else:
            buttons.append(button("accepting", words(say("受理")), style="primary"))
            if view.seat.above:
                buttons.append(button("passing", words(say("上报{office}", office=Own(view.seat.above)))))
        buttons.append(button("refusing", words(say("不予受理")), style="danger"))
    if stay.state == "accepted" and may and view.seat.above:
        buttons.append(
            button("passing", words(say("上报{office}", office=Own(view.seat.above))), style="primary")
        )
    if dossier.undoable and may:
        buttons.append(button("undo", words(say("撤销刚才的决定"))))
    buttons.append(
        button("settling", words(say("核实待核实的条件")))
        if may and any(each.doubtful or each.settled for each in dossier.ruled)
        else _verdicts(view)
    )
    buttons.append(button("papers", words(say("纸质材料"))))
    buttons.append(button("letters", words(say("留言"))))
    if may:
        buttons.append(button("assigning", words(say("分给同事"))))
        buttons.append(button("recovering", words(say("本人丢了恢复码"))))
    buttons.append(button("history", words(say("经过"))))
    buttons.append(button("board", words(say("回到看板"))))
    return tuple(buttons)


def _verdicts(view: DeskView) -> Button:
    return button("verdicts", view.words(say("条件对照")))


def verdicts(view: DeskView) -> Screen:
    """Every verdict, with arithmetic and clause."""
    return Screen(judged(view, view.dossier.ruled), (back(view),))


def back(view: DeskView) -> Button:
    """The way back to the case."""
    return button("case", view.words(say("回到这一件")), style="primary")


def cards(view: DeskView, dossier: Dossier) -> tuple[Card, ...]:
    """Everything that the office is to have: at a go, to be printed or kept, and one by one, to be looked at."""
    scope, programme, words = dossier.view.scope, dossier.programme, view.words
    whole = (
        Card(PACKET, words(say("全部材料，一个 PDF")), packet_filename(programme, scope, "pdf")),
        Card(
            BUNDLE, words(say("全部材料，一个压缩包")), packet_filename(programme, scope, "zip"), format="zip"
        ),
    )
    each = tuple(
        Card(due.id, words.text(due.title), filename(due, scope), format="xlsx" if due.sheet else "pdf")
        for due in due_documents(programme, scope, OFFICE)
    )
    return (*whole, *each)


def compare(view: DeskView) -> Screen:
    """What was answered in the round before, and now, side by side: only what differs."""
    dossier = view.dossier
    words = view.words
    rows = []
    for part in dossier.parts:
        earlier = next((each for each in dossier.before if each.key == part.key), None)
        if earlier is None:
            continue
        was, now = earlier.view.interview.answers, part.view.interview.answers
        for question in part.view.form.questions.values():
            if was.get(question.id) == now.get(question.id):
                continue
            cells = (
                words.text(question.label),
                words(question.show(was[question.id])) if question.id in was else words(say("（没有填）")),
                words(question.show(now[question.id])) if question.id in now else words(say("（没有填）")),
                "；".join(each.text for each in _of(dossier, part.key, question.id)),
            )
            rows.append(Row(cells))
    heads = tuple(words(each) for each in (say("哪一项"), say("上一次"), say("这一次"), say("当时的意见")))
    if not rows:
        return Screen((Say(words(say("和上一次一样，什么也没有改。"))),), (back(view),))
    return Screen(
        (Say(words(say("和上一次不一样的：{count}处", count=len(rows)))), Table(heads, tuple(rows))),
        (back(view),),
    )


def _of(dossier: Dossier, part: str, question: str) -> tuple[RemarkBrief, ...]:
    return tuple(
        each for each in dossier.remarks if each.part == part and each.question == question and each.sent
    )


def history(view: DeskView) -> Screen:
    """Who did what, and when."""
    dossier = view.dossier
    words = view.words
    heads = (words(say("什么时候")), words(say("谁")), words(say("做了什么")))
    rows = tuple(Row((words(when(each.at)), each.by or "—", words(each.what))) for each in dossier.history)
    return Screen((Say(words(say("这一件的经过："))), Table(heads, rows)), (back(view),))
