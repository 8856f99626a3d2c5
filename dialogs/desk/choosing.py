"""Who comes out of a stage how: the list with a press for each, page by page, and one of them by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.desk import deeds, stage_deeds
from dialogs.desk.board import PAGE
from dialogs.desk.course_scene import Candidate, Selection, StageBrief
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView
from dialogs.desk.press import button
from dialogs.desk.staging import LONGEST, TOLD_AFTER, called, cards, told, too_long
from dialogs.turn import Button, Row, Say, Screen, Table
from forms.characters import folded
from forms.message import Message, Own, say
from forms.numerals import to_arabic
from forms.stages import Outcome

#: What words can be about, by the `sort` of the desk: each with what is asked.
_ASKED = {
    "object": say("反映了什么情况？请写下来：谁、什么事。核实完以前，人还留在名单上。"),
    "true": say("异议属实，这个人会从名单上拿下来。请写明核实的结果。"),
    "false": say("异议不属实，这个人留在名单上。请写明核实的结果。"),
    "out": say("为什么不列入？请写上理由。"),
    "up": say("递补这个人吗？不按顺序，或者通知没写递补的，请打上理由。"),
}
_UNNAMED = say("为什么不命名？请写上理由。")


def screen(view: DeskView) -> Screen:
    """A page of those who come into the stage that is shown."""
    words, selection = view.words, view.selection
    shown = selection.shown
    back = button("stages", words(say("看评选进度")))
    if shown is None:
        return Screen((Say(words(say("这一步还没有开始。")), "note"),), (back,))
    edits = shown.where == "on" and view.may("stages")
    parts: list[Say | Table] = [*told(view, selection)]
    if not selection.candidates:
        parts.append(
            Say(words(say("还没有人走到这一步。受理了申报，或者上一步有人通过，才有名单。")), "note")
        )
        return Screen(tuple(parts), (back,))
    if edits:
        if shown.stage.kind == "notice":
            parts.append(Say(words(_TOLD), "note"))
        parts.append(Say(words(_how(view, shown)), "ask"))
    parts.append(_table(view, selection, shown, edits))
    buttons = _doing(view, selection, shown) if edits else ()
    return Screen(tuple(parts), (*buttons, *_turning(view, selection), back), cards=cards(view, selection))


#: What whoever is on a list learns, and when.
_TOLD = say(
    "列入、递补、拿下来，过{minutes}分钟告诉本人，最早等到名单贴出来那天；异议和写的说明不告诉。",
    minutes=TOLD_AFTER,
)


def _how(view: DeskView, shown: StageBrief) -> Message:
    if shown.stage.kind == "naming" and not view.selection.counts.get(""):
        return say("都定好了。请点“看评选进度”，再点“结束”：结束以后，本人才收到通知。")
    if shown.stage.kind == "naming":
        return say("点“全部命名”。不命名的，先点名字写上理由。")
    if shown.stage.kind == "notice":
        return say("没列入的，点一下就列入名单；已经列入的，点开可以记异议、拿下来。")
    if view.desk.sort == "reserve":
        return say("点谁，谁就记为后备；再点一下取消。先点的排在前面。")
    return say("点谁，谁就通过；再点一下取消。先点的排在前面。")


def _table(view: DeskView, selection: Selection, shown: StageBrief, edits: bool) -> Table:
    words = view.words
    heads = tuple(words(each) for each in (say("姓名"), say("单位"), say("编号"), say("结果"), say("说明")))
    rows = tuple(_row(view, selection, shown, each, edits) for each in selection.candidates)
    return Table(heads, rows, frozenset({0, 1, 4}), (0, 1, 2, 3))


def _row(view: DeskView, selection: Selection, shown: StageBrief, each: Candidate, edits: bool) -> Row:
    words = view.words
    cells = (
        each.name or "—",
        each.unit or "—",
        each.number,
        words(_of_most(selection, shown, each)),
        each.reason or (words(say("单位推荐第{rank}位", rank=each.rank)) if each.rank else "—"),
    )
    opens = _press(view, shown, each, each.name or "—") if edits else None
    public = _press(view, shown, each, each.number).label if edits else ""
    return Row(cells, opens, public=public)


def _of_most(selection: Selection, shown: StageBrief, each: Candidate) -> Message:
    """How somebody stands, and how many may stand so: it is told beside every press, wherever the head of the list is."""
    how, told_ = standing_of(shown, each), selection.allowance
    most = {"on": told_.sure, "reserve": told_.reserves or None} if told_ else {}
    if shown.where == "on" and each.outcome and most.get(each.outcome) is not None:
        return say("{how}（最多{most}）", how=how, most=most[each.outcome])
    return how


def standing_of(shown: StageBrief, each: Candidate) -> Message:
    """How somebody stands, with the place among those who stand so."""
    outcome = called(shown)[each.outcome]
    if each.position:
        return say("{outcome}，第{place}", outcome=outcome, place=each.position)
    return outcome


def _press(view: DeskView, shown: StageBrief, each: Candidate, who: str) -> Button:
    words, mode = view.words, view.desk.sort or "on"
    name = Own(who)
    if shown.stage.kind == "naming" or (shown.stage.kind == "notice" and each.outcome):
        return button("person", words(say("打开{name}", name=name)), each.case)
    if shown.stage.kind == "notice":
        return button("pick", words(say("列入：{name}", name=name)), each.case, on=False)
    if each.outcome == mode:
        return button("unpick", words(say("取消：{name}", name=name)), each.case, on=True)
    label = say("后备：{name}", name=name) if mode == "reserve" else say("通过：{name}", name=name)
    return button("pick", words(label), each.case, on=False)


def _doing(view: DeskView, selection: Selection, shown: StageBrief) -> tuple[Button, ...]:
    words, buttons, kind = view.words, list[Button](), shown.stage.kind
    left = selection.counts.get("", 0)
    if kind == "naming" and left:
        label = say("全部命名（{count}人）", count=left)
        buttons.append(button("name_all", words(label), style="primary"))
    if kind == "notice" and not any(selection.counts.get(each) for each in ("on", "reserve")):
        buttons.append(button("fill", words(say("照上一步的名次列入名单")), style="primary"))
    if kind == "review" and left and _room(selection) >= left:
        buttons.append(button("fill", words(say("没定的{count}人都通过", count=left))))
    if kind == "review" and shown.stage.reserve:
        if view.desk.sort == "reserve":
            buttons.append(button("mode", words(say("改成点通过的")), "on"))
        else:
            buttons.append(button("mode", words(say("改成点后备的")), "reserve"))
    if kind == "review":
        buttons.append(button("people", words(say("写理由、改名次"))))
    if kind != "naming" and selection.next_up and (kind == "review" or selection.counts.get("out")):
        buttons.append(button("moving", words(say("递补下一位")), selection.next_up.case))
    return tuple(buttons)


def _room(selection: Selection) -> int:
    told_ = selection.allowance
    if told_ is None or told_.sure is None:
        return selection.of
    return told_.sure - selection.counts.get("on", 0)


def _turning(view: DeskView, selection: Selection) -> tuple[Button, ...]:
    words, leaf = view.words, view.desk.leaf
    pages = -(-selection.of // PAGE)
    turns = list[Button]()
    if leaf + 1 < pages:
        label = say("下一页（{page}/{pages}）", page=leaf + 2, pages=pages)
        turns.append(button("leaf", words(label), str(leaf + 1)))
    if leaf:
        turns.append(button("leaf", words(say("上一页")), str(leaf - 1)))
    return tuple(turns)


def people(view: DeskView) -> Screen:
    """The page of the list, each line opening one of them."""
    words, selection = view.words, view.selection
    back = button("listing", words(say("回到名单")), view.desk.stage)
    shown = selection.shown
    if shown is None:
        return Screen((Say(words(say("这一步还没有开始。")), "note"),), (back,))
    table = _table(view, selection, shown, False)
    rows = tuple(
        Row(
            row.cells,
            button("person", words(say("打开{name}", name=Own(each.name or "—"))), each.case),
            public=words(say("打开{name}", name=Own(each.number))),
        )
        for row, each in zip(table.rows, selection.candidates, strict=True)
    )
    whole = Table(table.heads, rows, table.private, table.brief)
    return Screen(
        (Say(words(say("点开一个人，写理由，或者打数字改名次。"))), whole), (*_turning(view, selection), back)
    )


def one(view: DeskView) -> Screen:
    """Somebody in the stage that is on, and what can be recorded of them."""
    words, desk, selection = view.words, view.desk, view.selection
    shown, each = selection.shown, selection.one
    back = button("listing", words(say("回到名单")), desk.stage)
    if shown is None or each is None or shown.where != "on":
        return Screen(
            (Say(words(say("这个人不在正在办的这一步里。")), "note"),),
            (button("stages", words(say("看评选进度"))),),
        )
    head = say(
        "{name}，{unit}\n编号 {number}",
        name=Own(each.name or "—"),
        unit=Own(each.unit or "—"),
        number=Own(each.number),
    )
    parts = [
        Say(words(head)),
        Say(words(say("{stage}：{how}", stage=shown.stage.title, how=standing_of(shown, each)))),
    ]
    if each.reason:
        parts.append(Say(words(say("说明：{reason}", reason=Own(each.reason))), "note"))
    if each.days:
        parts.append(Say(words(each.days.sentence), "note"))
    if not view.may("stages"):
        return Screen(tuple(parts), (back,))
    if desk.sort in _ASKED:
        unnamed = desk.sort == "out" and shown.stage.kind == "naming"
        parts.append(Say(words(_UNNAMED if unnamed else _ASKED[desk.sort]), "ask"))
        freely = (
            desk.sort == "up"
            and selection.frees_up
            and selection.next_up
            and selection.next_up.case == each.case
        )
        ways = (button("up_now", words(say("递补")), each.case, "primary"),) if freely else ()
        return Screen(tuple(parts), (*ways, button("person", words(say("不写了")), each.case), back))
    if shown.stage.kind == "review":
        parts.append(Say(words(say("直接打字，就记成说明；打一个数字，就改成这个名次。")), "note"))
    return Screen(tuple(parts), (*_ways(view, selection, shown, each), back))


def _ways(view: DeskView, selection: Selection, shown: StageBrief, each: Candidate) -> tuple[Button, ...]:
    words, kind, names = view.words, shown.stage.kind, called(shown)
    if each.outcome == "objected":
        return (
            button("words", words(say("核实了，属实")), "true"),
            button("words", words(say("核实了，不属实")), "false"),
        )
    buttons = list[Button]()
    if kind == "review":
        offered = ("on", "reserve", "out") if shown.stage.reserve else ("on", "out")
        buttons.extend(
            button("set", words(say("记为{outcome}", outcome=names[outcome])), outcome)
            for outcome in offered
            if outcome != each.outcome
        )
        return tuple(buttons)
    if kind == "notice":
        if each.outcome in {"on", "reserve"}:
            buttons.append(button("words", words(say("记一条异议")), "object"))
        else:
            buttons.append(button("words", words(say("递补上来")), "up"))
        if each.outcome == "out":
            buttons.append(button("set", words(say("放回名单")), "on"))
    if kind == "naming" and each.outcome != "named":
        buttons.append(button("set", words(say("命名")), "named"))
    if each.outcome != "out":
        label = say("不命名，写理由") if kind == "naming" else say("不列入，写理由")
        buttons.append(button("words", words(label), "out"))
    return tuple(buttons)


def typed_one(view: DeskView, text: str) -> DeskChange | None:
    """The words that the page asks for; on a review a number is a place, and anything else a reason."""
    words, desk, selection = view.words, view.desk, view.selection
    shown, each = selection.shown, selection.one
    if shown is None or each is None or shown.where != "on" or not view.may("stages"):
        return None
    said = text.strip()
    if len(said) > LONGEST:
        return DeskChange(desk, said=(Say(words(too_long(said)), "problem"),))
    on_stage = (desk.selection, desk.stage, desk.seen, each.case)
    deed: deeds.Deed
    match desk.sort:
        case "object":
            deed = stage_deeds.ObjectedTo(*on_stage, said)
        case "true" | "false":
            deed = stage_deeds.ObjectionAnswered(*on_stage, said, desk.sort == "true")
        case "out":
            deed = stage_deeds.StandingSet(*on_stage, "out", said)
        case "up":
            deed = stage_deeds.MovedUp(*on_stage, said)
        case _ if shown.stage.kind == "review" and each.outcome in {"on", "reserve", "out"}:
            plain = to_arabic(folded(said)).strip("第名位 ")
            if plain.isdecimal() and len(plain) < len("100000") and each.outcome != "out":
                deed = stage_deeds.StandingPlaced(*on_stage, int(plain))
            else:
                deed = stage_deeds.StandingSet(*on_stage, _outcome(each), said)
        case _:
            return None
    return DeskChange(desk.at("standing", about=each.case), (deed,))


def _outcome(each: Candidate) -> Outcome:
    return "reserve" if each.outcome == "reserve" else "out" if each.outcome == "out" else "on"


def picked(view: DeskView, about: str) -> DeskChange:
    """A press on the list: out of the mode that it is in."""
    return _set(view, about, "reserve" if view.desk.sort == "reserve" else "on")


def unpicked(view: DeskView, about: str) -> DeskChange:
    """A second press."""
    return _set(view, about, "out")


def _set(view: DeskView, case: str, outcome: Outcome) -> DeskChange:
    desk = view.desk
    return DeskChange(desk, (stage_deeds.StandingSet(desk.selection, desk.stage, desk.seen, case, outcome),))


def stated(view: DeskView, about: str) -> DeskChange | None:
    """An outcome for the one that is looked at."""
    outcomes: Sequence[Outcome] = ("on", "reserve", "out", "named")
    chosen = next((each for each in outcomes if each == about), None)
    return _set(view, view.desk.about, chosen) if chosen else None


def outside(view: DeskView) -> tuple[Say, ...]:
    """What is shown of one of them where no names may stand."""
    selection = view.scene.selection
    if selection is None or selection.one is None or selection.shown is None:
        return ()
    how = standing_of(selection.shown, selection.one)
    sentence = say(
        "编号 {number}\n{stage}：{how}",
        number=Own(selection.one.number),
        stage=selection.shown.stage.title,
        how=how,
    )
    return (Say(view.words(sentence)),)
