"""The board: what to do next, and everything that lies at the office, in short pages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from zoneinfo import ZoneInfo

from dialogs.desk.desk_scene import DeskView, StayBrief
from dialogs.desk.desk_state import Tray
from dialogs.desk.press import button
from dialogs.turn import Button, Mark, Row, Say, Screen, Table
from forms.dates import spoken
from forms.message import Message, Own, say

#: So many lines stand on one page, on a phone as at a desk.
PAGE = 10
#: A count says “99+” beyond this.
MOST = 99

TRAYS: Mapping[Tray, Message] = {
    "next": say("现在该办"),
    "new": say("新到"),
    "mine": say("分给我的"),
    "returned": say("退回去的"),
    "verify": say("待核实"),
    "complete": say("齐全可办"),
    "overdue": say("过期"),
    "letters": say("有人留言"),
    "done": say("办完的"),
}
STATES: Mapping[str, Message] = {
    "here": say("在办"),
    "returned": say("已退回"),
    "accepted": say("已受理"),
    "passed": say("已上报"),
    "refused": say("未予受理"),
    "withdrawn": say("本人撤回"),
}
_EMPTY: Mapping[Tray, Message] = {
    "next": say("眼下没有要办的。有人递交，会列在这里。"),
    "new": say("没有新到的，到了的都打开看过。没办完的在“现在该办”里。"),
    "mine": say("没有分给您的。要自己接一件，打开它，点“由谁来办”。"),
    "returned": say("没有退回去、还没交回来的。"),
    "verify": say("没有等着核实的条件。"),
    "complete": say("眼下没有齐全可办的。还缺什么，在“现在该办”里打开一件看。"),
    "overdue": say("没有过了截止还没办的。"),
    "letters": say("没有人留言等着回。"),
    "done": say("还没有办完的。受理、上报、不予受理以后，会列在这里。"),
}
_ZONE = ZoneInfo("Asia/Shanghai")
_HEADS = (
    say("姓名"),
    say("单位"),
    say("项目"),
    say("编号"),
    say("截止"),
    say("到件"),
    say("在谁手里"),
    say("要看什么"),
)
#: Who it is stands in these columns, and these are enough for a line.
_PRIVATE = frozenset({0, 1})
_BRIEF = (0, 1, 2, 3, 7)


def screen(view: DeskView) -> Screen:
    """The tray that is open: its lines, and the way to the other trays."""
    words, desk, board = view.words, view.desk, view.scene.board
    rows = board.rows if board else ()
    counts = board.counts if board else {}
    head = words(say("{office} · {tray}", office=Own(view.seat.office_name), tray=TRAYS[desk.tray]))
    parts: list[Say | Table] = [Say(head)]
    if board and board.quota:
        parts.append(Say(words(board.quota), "note"))
    if rows:
        parts.append(table(view, rows))
    else:
        parts.append(Say(words(_empty(view)), "note"))
    buttons: list[Button] = []
    if board and board.following:
        buttons.append(button("page", words(say("下一页")), board.following))
    if desk.after:
        buttons.append(button("first", words(say("回到第一页"))))
    buttons.extend(
        button(
            "tray",
            words(say("{tray} {count}", tray=label, count=Own(_count(counts.get(tray, 0))))),
            tray,
            "primary" if tray == "next" and not rows and counts.get(tray) else "plain",
        )
        for tray, label in TRAYS.items()
        if tray != desk.tray and (counts.get(tray) or tray in {"next", "done"})
    )
    if board and len(board.programmes) > 1:
        buttons.extend(
            button("programme", words(say("只看{title}", title=Own(title))), name)
            for name, title in board.programmes
            if name != desk.programme
        )
    if desk.programme:
        buttons.append(button("programme", words(say("看全部项目"))))
    if desk.unit:
        buttons.append(button("unit", words(say("看全部单位"))))
    buttons.append(button("menu", words(say("更多"))))
    hint = words(say("打姓名、单位、编号、身份证号或拼音，就能找人。"))
    parts.append(Say(hint, "note"))
    return Screen(parts=tuple(parts), buttons=tuple(buttons))


def _empty(view: DeskView) -> Message:
    """Why nothing is listed, and what to do now."""
    if view.desk.programme:
        return say("只看这个项目，这里没有。点“看全部项目”，别的就列出来。")
    if view.desk.unit:
        return say("只看这个单位，这里没有。点“看全部单位”，别的就列出来。")
    return _EMPTY[view.desk.tray]


def table(view: DeskView, rows: tuple[StayBrief, ...]) -> Table:
    """Cases as lines, each with the way to it."""
    words = view.words
    heads = tuple(words(each) for each in _HEADS)
    return Table(heads, tuple(_row(view, each) for each in rows), _PRIVATE, _BRIEF)


def _row(view: DeskView, stay: StayBrief) -> Row:
    words = view.words
    cells = (
        stay.name or "—",
        stay.unit or "—",
        view.scene.titles.get(stay.programme, stay.programme),
        stay.number,
        _day(view, date.fromisoformat(stay.due)) if stay.due else "—",
        _day(view, stay.arrived.astimezone(_ZONE).date()),
        stay.held_by or stay.assigned_to or "—",
        words(wants(view, stay, marked=True)),
    )
    opens = button(
        "open",
        words(say("打开{name}（{number}）", name=Own(stay.name or "—"), number=Own(stay.number))),
        stay.id,
    )
    public = words(say("打开{number}", number=Own(stay.number)))
    return Row(cells, opens, _mark(view, stay), public)


def _day(view: DeskView, day: date) -> str:
    """A day as a row has room for it: this year's goes without saying."""
    if day.year == view.scene.now.astimezone(_ZONE).year:
        return view.words(say("{month}月{day}日", month=day.month, day=day.day))
    return view.words(spoken(day.isoformat()))


def _mark(view: DeskView, stay: StayBrief) -> Mark:
    if stay.state != "here":
        return ""
    return "overdue" if _overdue(view, stay) else "" if stay.opened else "new"


def wants(view: DeskView, stay: StayBrief, marked: bool = False) -> Message | Own:
    """What a case wants, in few words; `marked`: what the mark of its row says goes without saying."""
    state = STATES.get(stay.state, Own(stay.state))
    if stay.state != "here":
        return say("{state}，有人申请删除", state=state) if stay.erasing else state
    said: list[Message] = [say("有人申请删除")] if stay.erasing else []
    mark = _mark(view, stay) if marked else ""
    if _overdue(view, stay) and mark != "overdue":
        said.append(say("过了截止"))
    if not stay.opened and mark != "new":
        said.append(say("新到"))
    if stay.round > 1:
        said.append(say("改后第{round}次交", round=stay.round))
    if stay.doubts:
        said.append(say("{count}条待核实", count=stay.doubts))
    if stay.lacking:
        said.append(say("差{count}样纸质", count=stay.lacking))
    if not said:
        said.append(say("齐全"))
    if stay.rank:
        said.append(say("单位推荐第{rank}位", rank=stay.rank))
    return say("{all}", all=tuple(said))


def _overdue(view: DeskView, stay: StayBrief) -> bool:
    today = view.scene.now.astimezone(_ZONE).date()
    return stay.state == "here" and bool(stay.due) and date.fromisoformat(stay.due) < today


def _count(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number)


def search(view: DeskView) -> Screen:
    """What was found by a name, a unit, a number of a case, an ID number, or a part of them."""
    words, matches = view.words, view.scene.found
    query = Own(view.desk.query)
    parts: list[Say | Table]
    if not matches:
        parts = [
            Say(
                words(
                    say(
                        "没有找到“{query}”。这里只找得到交到{office}的件。换一个字、换拼音，或者打完整的编号再试。",
                        query=query,
                        office=Own(view.seat.office_name),
                    )
                ),
                "note",
            ),
        ]
    else:
        many = say("找到的前{count}个，打多几个字能找得更准：", count=len(matches))
        one = say("找到{count}个：", count=len(matches))
        parts = [Say(words(many if len(matches) >= PAGE else one)), table(view, matches)]
    return Screen(parts=tuple(parts), buttons=(button("board", words(say("回到看板")), style="primary"),))


def menu(view: DeskView) -> Screen:
    """What else can be done from the desk."""
    words, seat = view.words, view.seat
    buttons = [button("board", words(say("回到看板")), style="primary")]
    buttons.append(button("exports", words(say("导出表格和材料包"))))
    buttons.append(button("stages", words(say("评选进度"))))
    buttons.append(button("colleagues", words(say("同事和席位"))))
    buttons.append(button("digest", words(say("每天的提醒"))))
    buttons.extend(
        button("seat", words(say("换到{office}", office=Own(each.office_name))), each.id)
        for each in view.scene.seats
        if each.id != seat.id
    )
    buttons.append(button("own", words(say("我自己的申报"))))
    role = {"head": say("负责人"), "clerk": say("经办人"), "auditor": say("只看不办")}.get(
        seat.role, say("席位")
    )
    sentence = say(
        "{office}，您是{role}（{name}）。", office=Own(seat.office_name), role=role, name=Own(seat.name)
    )
    lost = view.scene.unheard
    buttons.extend(
        button("open", words(say("打开{number}", number=Own(number))), stay)
        for stay, number in (lost.stays[:PAGE] if lost else ())
    )
    return Screen(parts=(Say(words(sentence)), *_unheard(view)), buttons=tuple(buttons))


def _unheard(view: DeskView) -> tuple[Say, ...]:
    """What could not be told: whom to call."""
    words, lost = view.words, view.scene.unheard
    if lost is None:
        return ()
    said = [say("有{count}条通知送不到，请打电话告诉他们：", count=lost.notices)]
    if lost.stays:
        numbers = tuple(Own(number) for _, number in lost.stays)
        said.append(say("申报：{numbers}", numbers=numbers))
    if lost.staff:
        said.append(say("同事：{names}", names=tuple(Own(name) for name in lost.staff)))
    return tuple(Say(words(each), "problem") for each in said)
