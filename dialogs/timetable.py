"""The plan backward from the closing day: what must have been begun when, and what can be done where it is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dialogs import contact
from dialogs.reception import window_text
from dialogs.turn import Action, Button, Group, Line, Part, Say, Screen, Summary
from dialogs.view import View
from forms import workdays
from forms.dates import spoken
from forms.message import Message, say
from forms.planning import Planned, planned

# Whole sentences, without blanks and marks, that ask whether there is time enough, or when what must be begun.
_NOW = r"(我|现在|今天|这样|这会儿?|那|请问|报名|申报|办|开始|填|材料|再|才|你看|您看|帮我看看|看看)*"
WHETHER_IN_TIME = (
    rf"{_NOW}(还)?(来得?及|赶得上|赶得及|来不来得及|赶不赶得上|来不及了?|赶不上了?)(办|交|报名|申报|开始|准备)?(吗|么|嘛|不|吧|没有)?"
    rf"|{_NOW}(时间|日子)(还)?(够不够|够|来得及|紧不紧|紧|赶得上)(用)?(吗|么|嘛|不|吧)?"
    r"|(我)?(什么时候|何时|啥时候|几号|哪天|最晚什么时候|最迟什么时候|最晚几号|最晚哪天)(该|要|应该|得|就得|就要)?"
    r"(开始|动手|着手|去)?(办|准备|盖章|跑手续|动手|开始)(什么|哪些|这些|手续|材料)?(呢|啊|呀)?"
    r"|(怎么|如何|帮我|给我|请)?(安排|排|做|列)(一下|一个|个)?(时间|日程|计划|时间表|倒排计划)"
    r"|(ami|isit|isthere)(still)?(intime|enoughtime|toolate)(left|toapply)?|when(must|should|do)i(start|begin)"
)


def steps(view: View) -> tuple[Planned, ...]:
    """What is still to be done before the closing day and what is done of it; nothing once that is over."""
    programme = view.programme
    if not view.role.leads or view.late or view.lodged:
        return ()
    figures = {name: figure.value for name, figure in programme.figures.items()}
    return planned(programme.plan, programme.window.closes, view.scope, figures)


def lines(view: View) -> Iterator[Line]:
    """The plan on the task list: what is to be begun next."""
    plan = steps(view)
    if "plan" not in view.role.pages or not plan:
        return
    words = view.words
    go = Button(Action("plan"), words(say("倒排计划")))
    first = _next(plan)
    if first is None:
        yield Line(words(say("倒排计划")), words(say("要等别人办的都办好了")), go)
        return
    title = words.text(first.step.title)
    if first.begins is None:
        shown = say("先办：{title}，{took}", title=title, took=_took(first))
    elif first.begins < view.today:
        shown = say("要抓紧：{title}，最晚该在{day}开始", title=title, day=_day(first))
    else:
        shown = say("先办：{title}，最晚{day}开始", title=title, day=_day(first))
    yield Line(words(say("倒排计划")), words(shown), go, "skipped")


def plan(view: View) -> Screen:
    """Every step with the last day on which it must begin, the first one first."""
    words, due = view.words, steps(view)
    buttons = (
        Button(Action("close"), words(say("返回")), "primary", says=True),
        Button(Action("home"), words(say("进度清单"))),
    )
    if not due:
        nothing = say("已经截止了，不用再排计划。") if view.late else say("这个项目没有要提前办的事。")
        nothing = say("已经递交了，不用再排计划。") if view.lodged else nothing
        return Screen(
            (Say(words(nothing)), Say(words(window_text(view.programme, view.scene.now)), "note")), buttons
        )
    ordered = sorted(due, key=lambda each: (each.done, each.begins or view.today))
    group = Group(words(say("倒排计划")), tuple(_line(view, each) for each in ordered))
    return Screen((*_head(view, due), Summary((group,)), *_notes(view, due)), buttons)


def _head(view: View, due: tuple[Planned, ...]) -> tuple[Part, ...]:
    words, closes, today = view.words, view.programme.window.closes, view.today
    if closes is None:
        return (Say(words(say("截止日还没公布。先看每件事要几天，公布以后我就倒着算出哪天开始。"))),)
    head = say(
        "{day}截止，连今天还有{days}天，其中{working}个工作日。从截止日倒着排：",
        day=spoken(closes.isoformat()),
        days=(closes - today).days + 1,
        working=workdays.until(today, closes),
    )
    late = [each for each in due if each.begins and each.begins < today and not each.done]
    gone = [each for each in late if each.squeezed and each.squeezed < today]
    if gone:
        said = say(
            "就算处处只用一天，这几件也赶不上了：{steps}。先别放下：马上打电话，问受理的地方能不能先收后补。",
            steps=_titles(gone),
        )
        return Say(words(head)), Say(words(said), "problem"), contact.told(view)
    if late:
        said = say(
            "有点晚了，还没开始的话今天就办：{steps}。办的时候说明截止日，请对方加急；几件能一起办的一起办。",
            steps=_titles(late),
        )
        return Say(words(head)), Say(words(said), "problem"), contact.told(view)
    return Say(words(head)), Say(words(say("还来得及。")), "met")


def _titles(due: list[Planned]) -> tuple[str, ...]:
    return tuple(each.step.title for each in due)


def _line(view: View, each: Planned) -> Line:
    words, step = view.words, each.step
    way = Button(Action("papers"), words(say("材料清单")))
    if step.question and step.question in view.on_path:
        label = words.text(view.question(step.question).label)
        way = Button(Action("edit", step.question), words(say("改：{label}", label=label)))
    label, note = words.text(step.title), words.text(step.note) if step.note else ""
    if each.done:
        return Line(label, words(say("办好了")), way)
    if each.begins is None or each.squeezed is None:
        return Line(label, words(_took(each)), way, "skipped", note)
    shown = words(say("最晚{day}开始，{took}", day=_day(each), took=_took(each)))
    if each.squeezed < view.today:
        return Line(label, shown, way, "wrong", note)
    if each.begins <= view.today:
        remark = words(say("还没开始的话，今天就办。"))
        return Line(label, shown, way, "missing", " ".join(filter(None, (remark, note))))
    return Line(label, shown, way, "skipped", note)


def _notes(view: View, due: tuple[Planned, ...]) -> Iterator[Say]:
    words = view.words
    if any(each.step.estimated for each in due):
        said = say("写着“估计”的，通知没说要几天，是照一般情况估的。各处快慢不同，请先问一声经办的人。")
        yield Say(words(said), "note")
    if not all(each.settled for each in due):
        said = say("暂定：这段时间的放假调休安排还没公布，只按周末休息来算；公布以后，日子可能变。")
        yield Say(words(said), "note")


def _next(due: tuple[Planned, ...]) -> Planned | None:
    """What must be begun first of what is still to be done."""
    left = (each for each in due if not each.done)
    return min(left, key=lambda each: each.begins or date.min, default=None)


def _took(each: Planned) -> Message:
    """How long it takes, and who says so."""
    days, step = each.days, each.step
    if step.estimated:
        if step.working:
            return say("估计要{days}个工作日", days=days)
        return say("估计要{days}天", days=days)
    if step.working:
        return say("要{days}个工作日（{clause}）", days=days, clause=step.clause)
    return say("要{days}天（{clause}）", days=days, clause=step.clause)


def _day(each: Planned) -> Message:
    return spoken(each.begins.isoformat()) if each.begins else say("没有填")
