"""The course of a selection: its stages, what begins one, what ends it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from dialogs.desk.course_scene import Selection, StageBrief, Where
from dialogs.desk.desk_change import DeskChange
from dialogs.desk.desk_scene import DeskView
from dialogs.desk.press import button
from dialogs.desk.stage_deeds import StageBegun
from dialogs.turn import Button, Card, Row, Say, Screen, Table
from forms import stages
from forms.characters import folded
from forms.dates import Unreadable, read, spoken
from forms.halts import halt
from forms.hours import clock
from forms.message import Message, Own, say
from forms.numerals import between, to_arabic
from forms.stages import Decision, Stage

#: The list that is put up, as a document of the desk.
STAGE_LIST = "stage_list"
#: Reasons are at most so long.
LONGEST = 300
#: Places and days that are still counted by hand, and a day that is one of another year: as where they are kept.
_MOST, _MOST_DAYS, _FAR = 100_000, 366, timedelta(days=183)
#: So many minutes after a press whoever it is about learns of it: a slip is mended before.
TOLD_AFTER = 10
#: In place of a figure: what the notice says is left as it is.
AS_WRITTEN = 0

OUTCOMES: Mapping[str, Message] = {
    "on": say("通过"),
    "reserve": say("后备"),
    "out": say("未通过"),
    "objected": say("有异议"),
    "named": say("已命名"),
    "": say("还没定"),
}
#: As a public notice calls them.
LISTED: Mapping[str, Message] = {
    **OUTCOMES,
    "on": say("在名单上"),
    "out": say("不在名单上"),
    "": say("没列入"),
}
_WHERE: Mapping[Where, Message] = {
    "told": say("不在这里办"),
    "over": say("已结束"),
    "on": say("正在办"),
    "ready": say("可以开始"),
    "passed_over": say("没有办"),
    "to_come": say("还没到"),
}
_FIGURES: Mapping[Decision, Message] = {
    "places": say("通知没有写名额。今年一共多少个名额？请打一个数字。"),
    "days": say("通知没有写公示几天。公示几天？请打一个数字。"),
    "number": say("通知在这一步没说清，可以另定最多多少人：请打一个数字。照通知写的算，就点下面的“照通知”。"),
}
_NUMBER = "[0-9０-９]{1,6}|[零〇一二两三四五六七八九十百千]+"
#: A number with what people say before and behind it; what follows is taken for the reason.
_FIGURE = re.compile(
    rf"^(?:一?共|总共|今年|名额|暂?定|[为是就按有]|公示|最多|大?[概约]|[\s:：,，])*({_NUMBER})(?![年月号点.\d])\s*"
    r"(?:个?工作日|个?名额|[个名人天日位])?\s*(?:吧|左右)?[\s，,。.；;：:！!]*(.*)$",
    re.DOTALL,
)
_MONTH_AND_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})")
_WEEKDAY = re.compile("(这|本|下)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEK = "一二三四五六日"
_SHIFTS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}


def called(brief: StageBrief) -> Mapping[str, Message]:
    """How outcomes are called in a stage that is shown."""
    return outcomes_in(brief.stage)


def outcomes_in(stage: Stage) -> Mapping[str, Message]:
    """How outcomes are called in a stage."""
    return LISTED if stage.kind == "notice" else OUTCOMES


def screen(view: DeskView) -> Screen:
    """Which programme, where the office has several; then its course."""
    words, scene = view.words, view.scene
    home = button("board", words(say("回到看板")))
    selection = scene.selection
    if selection is None and len(scene.programmes) > 1 and not view.desk.selection:
        return Screen(
            (Say(words(say("看哪个项目的评选进度？")), "ask"),),
            (
                *(button("course", words(Own(title)), name, "option") for name, title in scene.programmes),
                home,
            ),
        )
    if selection is None:
        sentence = (
            say("这个项目现在不在办，看不到它的评选步骤。")
            if scene.programmes
            else say("这里还没有收到过件。受理了申报，才有评选。")
        )
        return Screen((Say(words(sentence), "note"),), (home,))
    title = say("{title} · 评选进度", title=selection.programme.title)
    if not any(each.stage.walked for each in selection.stages):
        sentence = say("这个项目的通知没有写受理以后怎么评，这里没有要办的。")
        return Screen((Say(words(title)), Say(words(sentence), "note")), (home,))
    parts: list[Say | Table] = [Say(words(title)), _table(view, selection)]
    if selection.quota:
        parts.append(Say(words(selection.quota), "note"))
    parts.extend((*told(view, selection), *_next(view, selection)))
    return Screen(tuple(parts), (*_buttons(view, selection), home), cards=cards(view, selection))


def _table(view: DeskView, selection: Selection) -> Table:
    words = view.words
    heads = (say("步骤"), say("什么时候"), say("依据"), say("现在"), say("谁来办"))
    rows = tuple(
        Row(
            (
                words.text(each.stage.title),
                words.text(each.stage.when) or "—",
                each.stage.clause or "—",
                words(_where(each)),
                words.text(each.stage.by) or "—",
            ),
            button("listing", words(say("看“{stage}”的名单", stage=each.stage.title)), each.stage.id)
            if each.begun and (each.where != "on" or not view.may("stages"))
            else None,  # the one that is on has a button of its own
        )
        for each in selection.stages
    )
    runs = any(each.stage.by for each in selection.stages)
    keep = len(heads) if runs else len(heads) - 1
    rows = tuple(Row(row.cells[:keep], row.opens) for row in rows)
    return Table(tuple(words(each) for each in heads[:keep]), rows, brief=(0, 3, 1))


def _where(brief: StageBrief) -> Message:
    if brief.where == "over" and brief.closed:
        return say("已结束（{day}）", day=clock(brief.closed))
    if brief.where == "on" and brief.begun:
        return say("正在办（{day}开始）", day=clock(brief.begun))
    return _WHERE[brief.where]


def told(view: DeskView, selection: Selection) -> tuple[Say, ...]:
    """How many may go on from the stage that is shown, how many do, and its days."""
    words, shown = view.words, selection.shown
    if shown is None:
        return ()
    said = [Say(words(say("{stage}：{counts}", stage=shown.stage.title, counts=tally(selection))))]
    if selection.allowance:
        said.append(Say(words(selection.allowance.sentence), "note"))
    if shown.figure is not None:
        sentence = say(
            "{figure}是工作人员定的，理由：{reason}", figure=shown.figure, reason=Own(shown.reason)
        )
        said.append(Say(words(sentence), "note"))
    if shown.days:
        said.append(Say(words(shown.days.sentence), "note"))
        if selection.until and selection.until > shown.days.ends:
            later = say("后来递补的人，公示到{day}为止。", day=spoken(selection.until.isoformat()))
            said.append(Say(words(later), "note"))
    if selection.counts.get("objected"):
        sentence = say("有{count}个异议还没有核实完，核实完才能结束。", count=selection.counts["objected"])
        said.append(Say(words(sentence), "problem"))
    point = next((e for e in selection.programme.open_points if e.id == shown.stage.open_point), None)
    if point:
        sentence = say(
            "通知没说清：{point}。这里这样办：{adopted}。", point=point.title, adopted=point.adopted
        )
        said.append(Say(words(sentence), "note"))
    return tuple(said)


def tally(selection: Selection) -> Message:
    """How many count as what."""
    counts, shown = selection.counts, selection.shown
    names = called(shown) if shown else OUTCOMES
    kinds = ("named", "on", "reserve", "out", "")
    counted = tuple(
        say("{outcome}{count}人", outcome=names[each], count=counts[each])
        for each in kinds
        if counts.get(each)
    )
    return say("{counted}。", counted=counted) if counted else say("还没有人走到这一步。")


def _next(view: DeskView, selection: Selection) -> tuple[Say, ...]:
    words = view.words
    ready = [each for each in selection.stages if each.where == "ready"]
    if not selection.on and not ready:
        return (Say(words(say("各步都走完了。")), "met"),)
    if not view.may("stages"):
        return (Say(words(say("开始、定人、结束，由负责人来办。您可以看。")), "note"),)
    return ()


def _buttons(view: DeskView, selection: Selection) -> tuple[Button, ...]:
    words, on, buttons = view.words, selection.on, list[Button]()
    several = len(view.scene.programmes) > 1
    if view.may("stages"):
        if on:
            label = say("看名单，定人：{stage}", stage=on.stage.title)
            buttons.append(button("listing", words(label), on.stage.id, "primary"))
            buttons.append(button("closing", words(say("结束“{stage}”", stage=on.stage.title))))
        buttons.extend(
            button("begin", words(say("开始“{stage}”", stage=each.stage.title)), each.stage.id, "primary")
            for each in selection.stages
            if each.where == "ready"
        )
        back = selection.reopens
        if back:
            label = say("“{stage}”结束错了，重新打开", stage=back.stage.title)
            buttons.append(button("reopen", words(label), f"{back.stage.id}.{back.version}"))
    if several:
        buttons.append(button("programmes", words(say("看别的项目"))))
    return tuple(buttons)


def cards(view: DeskView, selection: Selection) -> tuple[Card, ...]:
    """The list that is put up, once there is one with names."""
    listed = selection.counts.get("on") or selection.counts.get("reserve")
    shown = selection.shown
    if shown is None or shown.days is None or not listed:
        return ()
    title = view.words(say("公示名单"))
    return (Card(STAGE_LIST, title, f"{selection.programme.title}人选公示.pdf"),)


def beginning(view: DeskView) -> Screen:
    """What is asked before a stage begins: what the notice leaves open and why, the day on which a list is up."""
    words, desk, selection = view.words, view.desk, view.selection
    back = button("stages", words(say("先不开始")))
    brief = selection.brief(desk.about)
    if brief is None or brief.where != "ready":
        sentence = say("这一步现在不能开始，请看一下现在走到哪了。")
        return Screen((Say(words(sentence), "problem"),), (button("stages", words(say("看评选进度"))),))
    stage, head = (
        brief.stage,
        Say(words(say("开始“{stage}”（{clause}）", stage=brief.stage.title, clause=Own(brief.stage.clause)))),
    )
    need = stages.enters(stage, brief.places)
    if need and desk.figure is None:
        as_written = () if need != "number" else (button("as_written", words(say("照通知"))),)
        if (
            need == "places" and selection.quota
        ):  # the notice gives a quota, and no number for this very office
            asked = say("这一步最多报几人？请打一个数字。")
            return Screen((head, Say(words(selection.quota), "note"), Say(words(asked), "ask")), (back,))
        return Screen((head, Say(words(_FIGURES[need]), "ask")), (*as_written, back))
    if need and desk.figure and not desk.reason:
        sentence = say("为什么定{figure}？写上理由，比如哪个文件、哪次会议定的。", figure=desk.figure)
        return Screen((head, Say(words(sentence), "ask")), (back,))
    figure = desk.figure or None
    if stage.kind != "notice":
        places = figure if need == "places" else brief.places
        sentence = stages.allowed(stage, places, figure).sentence
        now = button("begin_now", words(say("开始")), style="primary")
        return Screen((head, Say(words(sentence))), (now, back))
    today = selection.programme.window.today(view.scene.now)
    chosen = date.fromisoformat(desk.sort) if desk.sort else today
    days = stages.counted(stage, chosen, figure)
    parts = (
        head,
        Say(words(days.sentence), "note"),
        Say(words(say("名单从哪一天贴出来？今天贴就点下面，别的日子请打出来，比如9月3日。")), "ask"),
    )
    label = say("今天（{day}）开始公示", day=spoken(chosen.isoformat()))
    if chosen != today:
        label = say("从{day}开始公示", day=spoken(chosen.isoformat()))
    return Screen(parts, (button("begin_now", words(label), chosen.isoformat(), "primary"), back))


def typed_beginning(view: DeskView, text: str) -> DeskChange | None:
    """A figure, its reason, or the day on which a list is up: whichever is asked."""
    words, desk, selection = view.words, view.desk, view.selection
    brief = selection.brief(desk.about)
    if brief is None or brief.where != "ready":
        return None
    need = stages.enters(brief.stage, brief.places)
    if need and desk.figure is None:
        figure, why = figure_of(text)
        if not figure:
            return DeskChange(desk, said=(Say(words(say("请打一个数字，比如 30。")), "problem"),))
        if figure > (_MOST_DAYS if need == "days" else _MOST):
            return DeskChange(desk, said=(Say(words(halt("figure_wrong", figure=figure)), "problem"),))
        if len(why) > LONGEST:
            return DeskChange(desk, said=(Say(words(too_long(why)), "problem"),))
        update = {"figure": figure, "reason": why}
        return DeskChange(desk.model_copy(update=update))
    if need and desk.figure and not desk.reason:
        if len(text) > LONGEST:
            return DeskChange(desk, said=(Say(words(too_long(text)), "problem"),))
        return DeskChange(desk.model_copy(update={"reason": text.strip()}))
    if brief.stage.kind == "notice":
        today = selection.programme.window.today(view.scene.now)
        day = day_of(text, today)
        if not isinstance(day, Message) and abs(day - today) > _FAR:
            day = halt("starts_wrong")
        if isinstance(day, Message):
            return DeskChange(desk, said=(Say(words(day), "problem"),))
        return DeskChange(desk.model_copy(update={"sort": day.isoformat()}))
    return None


def figure_of(text: str) -> tuple[int, str]:
    """The number that somebody writes, and the words behind it; 0 where there is none, or it may be either of two."""
    match = _FIGURE.match(text.strip())
    if match is None or between(match[1]):
        return 0, ""
    why = match[2].strip()
    return int(to_arabic(folded(match[1]))), why if len(why) > 1 else ""


def too_long(text: str) -> Message:
    """What is said to a reason that nobody would read."""
    return say("最多{most}个字，这里有{count}个字，请短一点。", most=LONGEST, count=len(text))


def day_of(text: str, today: date) -> date | Message:
    """The day that somebody means, of this year where they leave the year out; what is said where it is none."""
    plain = folded(text).strip(" 。.!！吧")
    for word in ("公示", "开始", "贴出来", "贴", "起"):
        plain = plain.removesuffix(word)
    plain = plain.removeprefix("从").removeprefix("就").strip()
    if plain in _SHIFTS:
        return today + timedelta(days=_SHIFTS[plain])
    if weekday := _WEEKDAY.fullmatch(plain):
        ahead = _WEEK.index(weekday[2].replace("天", "日")) - today.weekday()
        return today + timedelta(days=ahead + 7 if weekday[1] == "下" else ahead if weekday[1] else ahead % 7)
    if numbers := _MONTH_AND_DAY.fullmatch(plain):
        plain = f"{numbers[1]}月{numbers[2]}日"
    for said in (plain, f"{today.year}年{plain}"):
        try:
            iso = read(said, today).iso
        except Unreadable:
            continue
        if len(iso) == len("2026-09-02"):
            return date.fromisoformat(iso)
    return say("没看懂是哪一天。请写几月几日，比如9月3日。")


def begun(view: DeskView, about: str) -> DeskChange:
    """The press that lets a stage begin."""
    desk = view.desk
    deed = StageBegun(desk.selection, desk.about, desk.figure or None, desk.reason, about)
    return DeskChange(desk.at("choosing", about=desk.about, leaf=0, figure=None, reason=""), (deed,))


def closing(view: DeskView) -> Screen:
    """Ending a stage is asked about, with what becomes of those of whom nothing was recorded."""
    words, selection = view.words, view.selection
    back = button("stages", words(say("先不结束")))
    on = selection.on
    if on is None:
        return Screen((Say(words(say("现在没有正在办的步骤。")), "note"),), (back,))
    parts = [*told(view, selection)]
    left = selection.counts.get("", 0)
    if left and on.stage.kind == "review":
        sentence = say("还有{count}人没有定，结束的时候都记为未通过。", count=left)
        parts.append(Say(words(sentence), "problem"))
    if on.stage.kind == "notice" and on.days:
        last = max(on.days.ends, selection.until or on.days.ends)
        sentence = say("公示到{day}为止，过了那一天才能结束。", day=spoken(last.isoformat()))
        parts.append(Say(words(sentence), "note"))
    told_ = say("结束以后过{minutes}分钟，告诉每个人自己的结果；写的说明不告诉。", minutes=TOLD_AFTER)
    if on.stage.kind == "notice":
        told_ = say("结束以后过{minutes}分钟，告诉没列入名单的人。", minutes=TOLD_AFTER)
    parts.append(Say(words(told_), "note"))
    parts.append(Say(words(say("结束“{stage}”吗？", stage=on.stage.title)), "ask"))
    label = say("结束，没定的都记为未通过") if left and on.stage.kind == "review" else say("结束")
    return Screen(tuple(parts), (button("close_now", words(label), style="primary"), back))
