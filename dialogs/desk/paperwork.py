"""Paper in hand: what has come, with its seals and copies, and which originals were given back."""

from __future__ import annotations

from dialogs.desk.deeds import Ticked
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, PaperBrief
from dialogs.desk.dossier import back
from dialogs.desk.press import button
from dialogs.turn import Button, Row, Say, Screen, Table
from forms.hours import clock
from forms.in_hand import InHand
from forms.message import Message, Own, say

_LONGEST = 100
_MOST_COPIES = 100
#: What is often wrong with a paper; it is kept in Chinese, as what is typed.
LACKS = (say("缺公章"), say("缺签名"), say("缺日期"), say("复印件不清楚"))


def screen(view: DeskView) -> Screen:
    """Every paper that is due and how it is in hand; what is not here yet is ticked at a go, else each by its row."""
    dossier, words = view.dossier, view.words
    lacks = sum(each.lacking for each in dossier.papers)
    head = say("纸质还差{count}样。", count=lacks) if lacks else say("纸质都齐了。")
    heads = tuple(words(each) for each in (say("材料"), say("收到没有"), say("份数"), say("要求")))
    may = view.may("tick")
    table = Table(heads, tuple(_row(view, each, may=may) for each in dossier.papers), brief=(0, 1))
    parts: list[Say | Table] = [Say(words(head), "problem" if lacks else "met"), table]
    if may:
        parts.append(Say(words(say("点一样，记它收到没有、缺什么、原件退没退。")), "note"))
    left = len(_awaited(view))
    every = (button("tick_all", words(say("都收到了（{count}样）", count=left)), "", "option"),)
    return Screen(tuple(parts), (*(every if may and left else ()), back(view)))


def _awaited(view: DeskView) -> tuple[PaperBrief, ...]:
    """The papers that are still to come."""
    return tuple(each for each in view.dossier.papers if each.lacking and each.got is None)


def all_in(view: DeskView, about: str) -> DeskChange | None:
    """Everything that was still to come has come."""
    ticks = tuple(Ticked(view.desk.stay, each.paper.id) for each in _awaited(view))
    return DeskChange(view.desk.at("papers"), ticks)


def _row(view: DeskView, brief: PaperBrief, *, may: bool) -> Row:
    paper, words = brief.paper, view.words
    title = words.text(paper.title)
    asked = say("{form}（{clause}）", form=words.text(paper.form), clause=Own(paper.clause))
    cells = (title, words(_state(brief)), str(paper.copies) if paper.copies else "—", words(asked))
    opens = button("paper", title, paper.id) if may and paper.copies else None
    return Row(cells, opens)


def _state(brief: PaperBrief) -> Message | Own:
    """How a paper is in hand, in few words."""
    got = brief.got
    if not brief.paper.copies:
        return Own("—")
    if got is None or got.at is None:
        return say("还没收到")
    came = (
        say("{day}收到，{who}", day=clock(got.at), who=Own(brief.by))
        if brief.by
        else say("{day}收到", day=clock(got.at))
    )
    if short := brief.paper.copies - got.copies:
        came = say("{came}，还差{count}份", came=came, count=short)
    if got.lacks:
        return say("{came}，但{lacks}", came=came, lacks=Own(got.lacks))
    if got.given_back:
        return say("{came}，原件{day}退回", came=came, day=clock(got.given_back))
    return came


def one(view: DeskView) -> Screen:
    """A paper, and what may be noted of it."""
    words = view.words
    brief = next((each for each in view.dossier.papers if each.paper.id == view.desk.about), None)
    around = button("papers", words(say("回到纸质材料")))
    if brief is None:
        return Screen((Say(words(say("这一件不用交这样材料。")), "note"),), (around,))
    paper = brief.paper
    what = say(
        "{title} {copies}份 {form}（{clause}）：{state}",
        title=words.text(paper.title),
        copies=paper.copies,
        form=words.text(paper.form),
        clause=Own(paper.clause),
        state=_state(brief),
    )
    return Screen((Say(words(what), "ask"),), (*_ways(view, brief), around))


def _ways(view: DeskView, brief: PaperBrief) -> tuple[Button, ...]:
    words, paper = view.words, brief.paper.id
    lacks = button("lacks", words(say("收到了，但有缺")), paper, "option")
    few = tuple(
        button("few", words(say("只收到{count}份", count=count)), f"{paper}:{count}", "option")
        for count in range(1, brief.paper.copies)
        if brief.got is None or count != brief.got.copies
    )
    if brief.got is None:
        return (button("tick", words(say("收到了")), paper, "primary"), *few, lacks)
    undone = button("untick", words(say("没收到，记错了")), paper)
    if brief.lacking:
        return (button("tick", words(say("补齐了")), paper, "primary"), *few, undone)
    if "原件" in brief.paper.form and not brief.got.given_back:
        return (button("giveback", words(say("原件退回本人了")), paper, "primary"), lacks, undone)
    return (lacks, undone)


def lacking(view: DeskView) -> Screen:
    """What is wrong with a paper, in a few words."""
    words = view.words
    sentence = say("差什么？点一个，或者打几个字。")
    choices = tuple(button("lack", words(each), str(at), "option") for at, each in enumerate(LACKS))
    return Screen((Say(words(sentence), "ask"),), (*choices, button("papers", words(say("回到纸质材料")))))


def lack(view: DeskView, about: str) -> DeskChange | None:
    """A ready-made lack was pressed."""
    at = int(about) if about.isdigit() else len(LACKS)
    return typed_lack(view, str(LACKS[at])) if at < len(LACKS) else None


def typed_lack(view: DeskView, text: str) -> DeskChange | None:
    """What is wrong with the paper."""
    desk, words = view.desk, view.words
    if len(text) > _LONGEST:
        sentence = say("最多{most}个字，这里有{count}个字。", most=_LONGEST, count=len(text))
        return DeskChange(desk, said=(Say(words(sentence), "problem"),))
    got = _in_hand(view, desk.about)
    copies = got.copies if got else 0
    return DeskChange(desk.at("papers"), (Ticked(desk.stay, desk.about, text.strip(), copies),))


def few(view: DeskView, about: str) -> DeskChange | None:
    """Some of the copies have come; what else is wrong with them still is."""
    paper, _, count = about.partition(":")
    if count not in {str(each) for each in range(1, _MOST_COPIES)}:
        return None
    got = _in_hand(view, paper)
    ticked = Ticked(view.desk.stay, paper, got.lacks if got else "", int(count))
    return DeskChange(view.desk.at("papers"), (ticked,))


def _in_hand(view: DeskView, paper: str) -> InHand | None:
    return next((each.got for each in view.dossier.papers if each.paper.id == paper), None)
