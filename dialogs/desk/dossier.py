"""A case as staff need it: how it stands, what is to be looked at, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dialogs.desk.board import STATES, wants
from dialogs.desk.deeds import Stated
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
from dialogs.desk.so_far import selected
from dialogs.turn import Button, Card, Row, Say, Screen, Style, Table
from dialogs.verdicts import open_points, told
from forms.dates import spoken
from forms.hours import clock
from forms.message import Message, Own, say
from forms.packet import BUNDLE, PACKET, due_documents, filename, packet_filename
from forms.parties import OFFICE


def screen(view: DeskView) -> Screen:
    """The case that is open."""
    dossier = view.dossier
    words, stay = view.words, dossier.stay
    parts: list[Say | Table] = [
        Say(words(_head(view, dossier))),
        Say(words(_standing(view, dossier)), "note"),
    ]
    if how := selected(dossier):
        parts.append(Say(words(how), "note"))
    if stay.holder and stay.holder != view.seat.id:
        parts.append(Say(words(say("{who}正打开着这一件。", who=Own(stay.held_by))), "problem"))
    if same := twins(dossier):
        parts.append(Say(words(same), "problem"))
    if dossier.undoable and view.seat.rights.decides:
        parts.append(Say(words(say("点错了，十分钟以内可以撤销。")), "note"))
    parts.extend(judged(view, (each for each in dossier.ruled if each.verdict.outcome != "met")))
    if stay.state in Stated.states:
        parts.extend(unwritten(view))
    lacking = [each for each in dossier.papers if each.lacking]
    if lacking:
        names = tuple(Own(words.text(each.paper.title)) for each in lacking)
        parts.append(Say(words(say("纸质还差：{papers}", papers=names)), "problem"))
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
        Say(view.words(say(sentence.text, who=asker(view, each), day=clock(each.asked))), "problem")
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


def twins(dossier: Dossier) -> Message | None:
    """That the same ID number stands in other cases of the programme, by their numbers; None where it does not."""
    here = tuple(
        say("{number}（{state}）", number=Own(each.number), state=STATES.get(each.state, Own(each.state)))
        for each in dossier.twins
    )
    elsewhere = dossier.twins_elsewhere
    if here and elsewhere:
        return say(
            "同一个身份证号在这个项目里还有：{here}；别的工会还有{count}件。请核对是不是重复申报。",
            here=here,
            count=elsewhere,
        )
    if here:
        return say("同一个身份证号在这个项目里还有：{here}。请核对是不是重复申报。", here=here)
    if elsewhere:
        return say(
            "同一个身份证号在这个项目里，别的工会还有{count}件。请核对是不是重复申报。", count=elsewhere
        )
    return None


def unwritten(view: DeskView) -> tuple[Say, ...]:
    """What the office has still to write itself."""
    dossier, words = view.dossier, view.words
    declared = dossier.programme.statement
    if declared is None or not dossier.unwritten:
        return ()
    labels = tuple(Own(words.text(each.label)) for each in dossier.unwritten)
    lacks = say("{title}还差：{labels}", title=words.text(declared.title), labels=labels)
    return (Say(words(lacks), "problem"),)


def gone(view: DeskView) -> Screen:
    """A case that is not here (any more)."""
    words = view.words
    sentence = say("这一件不在您这里了：可能已经撤回、删除，或者不归您这个工会。要找别的件，打姓名或者编号。")
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
        return say("第{round}次递交，{day}到。{how}", round=stay.round, day=clock(stay.arrived), how=how)
    by = say("{who} {day}", who=Own(stay.decider), day=clock(stay.decided)) if stay.decided else Own("")
    why = (
        say("：{why}", why=Own(" ".join(filter(None, (stay.clause, stay.reason)))))
        if stay.reason
        else Own("")
    )
    return say("{state}（{by}）{why}", state=STATES.get(stay.state, Own(stay.state)), by=by, why=why)


def _first(view: DeskView, dossier: Dossier) -> str:
    """The primary way on from a case, by its verb: what is to be done before anything else can be, else the board."""
    stay = dossier.stay
    if not view.seat.rights.decides:
        return "answers"
    if stay.state != "here":
        return "passing" if stay.state == "accepted" and view.seat.above else "board"
    if stay.holder and stay.holder != view.seat.id:
        return "takeover"
    if dossier.drafts:
        return "returning"
    if dossier.doubts:
        return "settling"
    if dossier.unwritten:
        return "statement"
    return "answers" if any(each.lacking for each in dossier.papers) else "accepting"


def _buttons(view: DeskView, dossier: Dossier) -> tuple[Button, ...]:
    words, stay, first = view.words, dossier.stay, _first(view, dossier)
    here, may = stay.state == "here", view.seat.rights.decides
    buttons: list[Button] = []

    def way(verb: str, label: Message, style: Style = "plain") -> None:
        buttons.append(button(verb, words(label), style="primary" if verb == first else style))

    if first == "takeover":
        way("takeover", say("由我接着办"))
    way("answers", say("逐项看，逐项写意见"), "option")
    if dossier.before:
        way("compare", say("和上一次对比"), "option")
    if here and may:
        if dossier.drafts:
            way("returning", say("看一遍意见，退回（{count}条）", count=len(dossier.drafts)), "option")
        else:
            way("accepting", say("受理"), "option")
    if may and view.seat.above and (stay.state == "accepted" or (here and not dossier.drafts)):
        way("passing", say("上报{office}", office=Own(view.seat.above)))
    if here and may:
        way("refusing", say("不予受理"), "danger")
    buttons.extend(
        button("open", words(say("打开{name}", name=Own(each.number))), each.stay) for each in dossier.twins
    )
    if dossier.undoable and may:
        way("undo", say("撤销刚才的决定"))
    if may and any(each.doubtful or each.settled for each in dossier.ruled):
        way("settling", say("核实待核实的条件"))
    else:
        way("verdicts", say("条件对照"))
    for verb, label in _around(view, dossier):
        way(verb, label)
    return tuple(buttons)


def _around(view: DeskView, dossier: Dossier) -> Iterator[tuple[str, Message]]:
    """What else there is of a case: the pages of it that decide nothing."""
    if label := _statement(view, dossier):
        yield "statement", label
    yield "papers", say("纸质材料")
    if dossier.programme.open_points:
        yield "points", say("通知没说清的")
    yield "letters", say("留言")
    if view.seat.rights.decides:
        yield "assigning", say("由谁来办")
        yield "recovering", say("本人丢了恢复码")
    yield "history", say("经过")
    yield "board", say("回到看板")


def _statement(view: DeskView, dossier: Dossier) -> Message | None:
    """The way to what the office writes itself; None where it writes nothing."""
    declared, words = dossier.programme.statement, view.words
    if declared is None or dossier.statement is None:
        return None
    if dossier.unwritten and view.may("state") and dossier.stay.state in Stated.states:
        return say("去{task}", task=words.text(declared.task))
    return say("看{title}", title=words.text(declared.title))


def verdicts(view: DeskView) -> Screen:
    """Every verdict, with arithmetic and clause."""
    return Screen(judged(view, view.dossier.ruled), (back(view, "primary"),))


def points(view: DeskView) -> Screen:
    """What the notice leaves open, and how it is read here."""
    return Screen(open_points(view.dossier.view).parts, (back(view, "primary"),))


def back(view: DeskView, style: Style = "plain") -> Button:
    """The way back to the case: the primary one from a page that is there to be read."""
    return button("case", view.words(say("回到这一件")), style=style)


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
    """What was answered in the round before, and now, side by side: what differs, and what was sent back and stands."""
    dossier, words = view.dossier, view.words
    rows = []
    for part in dossier.parts:
        earlier = next((each for each in dossier.before if each.key == part.key), None)
        if earlier is None:
            continue
        was, now = earlier.view.interview.answers, part.view.interview.answers
        for question in part.view.form.questions.values():
            sent = _of(dossier, part.key, question.id)
            answered = tuple(each for each in sent if each.answered == dossier.stay.round)
            if was.get(question.id) == now.get(question.id) and not answered:
                continue
            upheld = tuple(
                each for each in part.view.interview.upheld if each.remark in {e.id for e in answered}
            )
            said = [each.text for each in sent]
            said.extend(words(_upheld(each.text)) for each in upheld)
            cells = (
                words.text(question.label),
                words(question.show(was[question.id])) if question.id in was else words(say("（没有填）")),
                words(question.show(now[question.id])) if question.id in now else words(say("（没有填）")),
                "；".join(said),
            )
            rows.append(Row(cells))
    rows.extend(_stated_anew(view))
    heads = tuple(
        words(each) for each in (say("哪一项"), say("上一次"), say("这一次"), say("意见和本人的话"))
    )
    if not rows:
        return Screen((Say(words(say("和上一次一样，什么也没有改。"))),), (back(view),))
    return Screen(
        (Say(words(say("改过的、退回过的：{count}处", count=len(rows)))), Table(heads, tuple(rows))),
        (back(view),),
    )


def _stated_anew(view: DeskView) -> Iterator[Row]:
    """What the office wrote itself in the round before, and what stands now, where that is something else."""
    dossier, words = view.dossier, view.words
    if dossier.statement is None or dossier.stated_before is None:
        return
    was, now = dossier.stated_before.answered, dossier.statement.answered
    for question in dossier.statement.view.form.questions.values():
        if was.get(question.id) != now.get(question.id):
            shown = (
                words(question.show(each[question.id])) if question.id in each else words(say("（没有填）"))
                for each in (was, now)
            )
            yield Row((words.text(question.label), *shown, words(say("工会自己写的"))))


def _upheld(text: str) -> Message:
    """That whoever owns an answer leaves it as it is, in their words."""
    return say("本人：照旧，{said}", said=Own(text)) if text else say("本人：照旧")


def _of(dossier: Dossier, part: str, question: str) -> tuple[RemarkBrief, ...]:
    return tuple(
        each for each in dossier.remarks if each.part == part and each.question == question and each.sent
    )
