"""Paper in hand: what has come, with its seals and copies, and which originals were given back."""

from __future__ import annotations

from dialogs.desk.deeds import Ticked
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView, PaperBrief
from dialogs.desk.dossier import back, when
from dialogs.desk.press import button
from dialogs.turn import Button, Say, Screen, Tone
from forms.message import Message, Own, say

_LONGEST = 100


def screen(view: DeskView) -> Screen:
    """Every paper that is due, and the press that ticks it."""
    dossier, words = view.dossier, view.words
    lacking = [each for each in dossier.papers if each.lacking]
    head = say("纸质还差{count}样。", count=len(lacking)) if lacking else say("纸质都齐了。")
    parts = [Say(words(head), "pending" if lacking else "met")]
    parts.extend(Say(words(_line(view, each)), _tone(each)) for each in dossier.papers)
    buttons: list[Button] = []
    if view.may("tick"):
        for each in dossier.papers:
            buttons.extend(_ways(view, each))
    return Screen(tuple(parts), (*buttons, back(view)))


def _tone(paper: PaperBrief) -> Tone:
    return "pending" if paper.lacking else "met" if paper.got else "note"


def _line(view: DeskView, brief: PaperBrief) -> Message:
    paper, words = brief.paper, view.words
    what = say(
        "{title} {copies}份 {form}",
        title=words.text(paper.title),
        copies=paper.copies,
        form=words.text(paper.form),
    )
    if not paper.copies:
        return say("{title}：{form}", title=words.text(paper.title), form=words.text(paper.form))
    got = brief.got
    if got is None or got.at is None:
        return say("{what}（{clause}）：还没收到", what=what, clause=Own(paper.clause))
    came = say(
        "{what}（{clause}）：{who} {day}收到",
        what=what,
        clause=Own(paper.clause),
        who=Own(brief.by),
        day=when(got.at),
    )
    if got.lacks:
        return say("{came}，还差{lacks}", came=came, lacks=Own(got.lacks))
    if got.given_back:
        return say("{came}，原件{day}退回", came=came, day=when(got.given_back))
    return came


def _ways(view: DeskView, brief: PaperBrief) -> tuple[Button, ...]:
    title, paper = view.words.text(brief.paper.title), brief.paper.id
    if not brief.paper.copies:
        return ()
    if brief.got is None:
        return (
            button("tick", view.words(say("收到：{title}", title=title)), paper, "option"),
            button("lacks", view.words(say("收到但有缺：{title}", title=title)), paper),
        )
    ways = [button("untick", view.words(say("没收到，取消：{title}", title=title)), paper)]
    if brief.got.lacks:
        ways.insert(0, button("tick", view.words(say("补齐了：{title}", title=title)), paper, "option"))
    elif "原件" in brief.paper.form and not brief.got.given_back:
        ways.insert(0, button("giveback", view.words(say("原件退回本人了：{title}", title=title)), paper))
    return tuple(ways)


def lacking(view: DeskView) -> Screen:
    """What is wrong with a paper, in a few words."""
    words = view.words
    sentence = say("差什么？点一个，或者打几个字。")
    ready = (say("缺公章"), say("份数不够"), say("缺签名"), say("缺日期"), say("复印件不清楚"))
    choices = tuple(button("lack", words(each), str(at), "option") for at, each in enumerate(ready))
    return Screen((Say(words(sentence), "ask"),), (*choices, button("papers", words(say("返回")))))


LACKS = ("缺公章", "份数不够", "缺签名", "缺日期", "复印件不清楚")


def lack(view: DeskView, about: str) -> DeskChange | None:
    """A ready-made lack was pressed."""
    at = int(about) if about.isdigit() else len(LACKS)
    return typed_lack(view, LACKS[at]) if at < len(LACKS) else None


def typed_lack(view: DeskView, text: str) -> DeskChange | None:
    """What is wrong with the paper."""
    desk, words = view.desk, view.words
    if len(text) > _LONGEST:
        sentence = say("最多{most}个字，这里有{count}个字。", most=_LONGEST, count=len(text))
        return DeskChange(desk, said=(Say(words(sentence), "problem"),))
    return DeskChange(desk.at("papers"), (Ticked(desk.stay, desk.about, text.strip()),))
