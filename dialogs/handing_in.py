"""Handing a case in to an office, taking it back, and how it stands there, as its parties see it."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import calling, correspondence, deletion, inviting, returned, selected
from dialogs.at_office import LAST, Destination, Handed, Place
from dialogs.turn import Action, Button, Line, LineState, Say, Screen, Tone
from dialogs.verdicts import told
from dialogs.view import View
from forms.dates import spoken
from forms.in_hand import Lacking, lacking
from forms.message import Message, Own, say
from forms.packet import due_documents, due_papers
from forms.parties import LEADING

_WAITING: tuple[tuple[frozenset[str], Message], ...] = (
    (
        frozenset(["invited", "opened", "agreed", "started"]),
        say("{names}还没写完：现在递交，交过去的没有他们那一份。"),
    ),
    (
        frozenset(["changed"]),
        say(
            "{names}写好了，您后来改了内容，还没有再看一眼：现在递交，交过去的没有他们那一份。等对方看过再交。"
        ),
    ),
)


def again(view: View) -> bool:
    """Whether the case came back and is to be handed in anew."""
    handed = view.scene.handed
    return view.role.leads and handed is not None and handed.state == "returned"


# Whether it can be handed in


def hindrance(view: View) -> Message | None:
    """Why the case cannot be handed in here, and what is right; None where it can, or where it can be declared."""
    handed = view.scene.handed
    if view.in_hand is not None:
        return say("已经递交给{office}了，不用再交。", office=Own(view.in_hand.office))
    if view.interview.practice:
        return say("这是练习，不能递交。要正式申报，到“我的申报”里另填一份。")
    if view.barred:
        return say("有条件不满足，不能递交。请看“条件对照”：填错了就改，通知里有破格的可以申请。")
    if view.late:
        return say("申报时间已经过了，不能在这里递交。能不能补报，请打电话问工作人员。")
    if view.sent_back:
        return say("退回的还有{count}处没改，改好再递交。", count=len(view.sent_back))
    if not view.ready:
        return say("还有{count}处没填好，填好再递交。", count=len(view.missing) + len(view.wrong))
    if handed is not None and handed.state == "returned" and handed.owing:
        return say("退回给{names}的还没改好，等改好再递交。", names=_named(view, handed.owing))
    if not view.scene.destinations:
        return say("这份申报在这里还交不了。材料打印、盖好章，照“材料清单”送去就行。")
    return None


def _named(view: View, keys: tuple[str, ...]) -> tuple[object, ...]:
    """The other parties by name; by what they are where no name is known."""
    names: list[object] = []
    for key in keys:
        brief = next((each for each in view.scene.parties if each.key == key), None)
        participant = view.programme.participant(key.partition(" ")[0])
        title = inviting.title(view.words, participant) if participant else key
        names.append(Own(brief.name) if brief and brief.name else title)
    return tuple(dict.fromkeys(names))


def destination(view: View) -> Destination | None:
    """The office that was named, or the only one there can be; None where it is still to be named."""
    named = next((each for each in view.scene.destinations if each.id == view.interview.subject), None)
    return named or sole(view)


def sole(view: View) -> Destination | None:
    """The only office that it can be for; None where that is to be asked, even about a single one."""
    there = view.scene.destinations
    return there[0] if len(there) == 1 and there[0].certain else None


def possible(view: View) -> bool:
    """Whether it can be handed in now."""
    return bool(view.interview.finished_at) and hindrance(view) is None


# Pages


def choosing(view: View) -> Screen:
    """Which office it is for: never guessed."""
    if not possible(view):
        return _impossible(view)
    words = view.words
    offered = tuple(
        Button(Action("hand_to", each.id), each.name, "option") for each in view.scene.destinations
    )
    unknown = Button(Action("which_office"), words(say("不知道是哪一个")))
    back = Button(Action("close"), words(say("都不是，我送纸质材料去")), says=False)
    asked = say("交给哪一个工会？一般是您单位所在的县区、产业工会。")
    return Screen((Say(words(asked), "ask"),), (*offered, unknown, back))


def before(view: View) -> Screen:
    """What is handed over, to whom, what is still to be brought on paper, and what can be done afterwards."""
    words, there = view.words, destination(view)
    if not possible(view):
        return _impossible(view)
    if there is None:
        return choosing(view)
    titles = tuple(each.title for each in due_documents(view.programme, view.scope, LEADING))
    head = say("再次递交给{office}。", office=Own(there.name)) if again(view) else say(
        "递交给{office}。", office=Own(there.name)
    )  # fmt: skip
    what = say("交过去的是：您填的全部答案、传的文件、条件对照，和这几份材料：{titles}。", titles=titles)
    parts = [Say(words(head)), Say(words(what), "note")]
    parts.extend(told(view, (v for v in view.verdicts if v.outcome != "met")))
    parts.extend(Say(words(each), "note") for each in _unfinished(view))
    parts.extend(paper(view, there.place))
    if view.programme.window.state(view.scene.now) == "closed":
        sentence = say("申报时间已经过了，退回的改好了还收不收，由{office}定。", office=Own(there.name))
        parts.append(Say(words(sentence), "note"))
    after = say("递交以后，答案先不能改。工作人员打开看以前，您可以撤回来改；要改的，会退回给您。")
    parts.extend(
        (Say(words(SEEN_BY), "note"), Say(words(after), "note"), Say(words(say("现在递交吗？")), "ask"))
    )
    label = say("再次递交给{office}") if again(view) else say("递交给{office}")
    hand = Message(label.text, {"office": Own(there.name)})
    buttons = [
        Button(Action("hand_over", there.id), words(hand), "primary", says=True),
        Button(Action("close"), words(say("先不交")), says=False),
    ]
    if len(view.scene.destinations) > 1:
        buttons.append(Button(Action("destination"), words(say("换一个工会"))))
    buttons.append(Button(Action("papers"), words(say("材料清单"))))
    return Screen(tuple(parts), tuple(buttons), cards=())


def _impossible(view: View) -> Screen:
    """What stands in the way by now: the page was open before it did."""
    words = view.words
    back = Button(Action("close"), words(say("返回")), "primary", says=True)
    trouble = hindrance(view) or say("要先声明，才能递交。")
    return Screen((Say(words(trouble), "problem"),), (back,))


def _unfinished(view: View) -> Iterator[Message]:
    """Whose part would not go along, and why."""
    for states, sentence in _WAITING:
        waiting = _named(view, tuple(each.key for each in view.scene.parties if each.state in states))
        if waiting:
            yield Message(sentence.text, {"names": waiting})


def paper(view: View, place: Place) -> tuple[Say, ...]:
    """What is still to be brought on paper, where, until when, and what the office has; nothing where nothing is due."""
    words, handed = view.words, view.scene.handed
    has = {each.paper: each for each in handed.in_hand} if handed else {}
    due = due_papers(view.programme, view.scope)
    short = {each.paper.id: each for each in lacking(due, has)}
    sentences = []
    if came := tuple(each.title for each in due if each.id in has and each.id not in short):
        sentences.append(Say(words(say("纸质的工会已经收到：{papers}。", papers=came)), "note"))
    sentences.extend(Say(words(_faulty(each)), "problem") for each in short.values() if each.lacks)
    left = tuple(
        words(say("· {paper}，{copies}份", paper=each.paper.title, copies=each.copies))
        for each in short.values()
        if not each.lacks
    )
    if not left:
        return tuple(sentences)
    lines = [words(say("网上递交代替不了纸质材料，这些还要送去：")), *left, *_where(view, place)]
    return (*sentences, Say("\n".join(lines), "note", _dials(view, place)))


def _faulty(lacks: Lacking) -> Message:
    """What is wrong with a paper that the office has, and how many copies it has not."""
    title, wrong = lacks.paper.title, Own(lacks.lacks)
    if not lacks.copies:
        return say("{paper}收到了，但{lacks}，请去补。", paper=title, lacks=wrong)
    return say(
        "{paper}收到了，但{lacks}，还差{copies}份，请去补。", paper=title, lacks=wrong, copies=lacks.copies
    )


def _where(view: View, place: Place) -> Iterator[str]:
    words, closes = view.words, view.programme.window.closes
    if place.address:
        yield words(say("送到：{address}", address=Own(place.address)))
    if place.hours:
        yield words(say("上班时间：{hours}", hours=Own(place.hours)))
    until = place.until or (closes.isoformat() if closes else "")
    if until:
        yield words(say("最晚{day}送到", day=spoken(until)))
    if place.phone:
        yield words(say("电话：{phone}", phone=calling.number(place.phone, view.programme.area_code)))


def _dials(view: View, place: Place) -> tuple[tuple[str, str], ...]:
    number = calling.number(place.phone, view.programme.area_code)
    return (calling.dialled(number),) if place.phone else ()


def taking_back(view: View) -> Screen:
    """Taking a case back is asked about first."""
    words, handed = view.words, view.in_hand
    if handed is None or not handed.may_withdraw:
        return locked(view)
    office = Own(handed.office)
    sentence = say("撤回来以后，{office}就不办这一份了。改好要再声明、再递交一次。撤回吗？", office=office)
    closed = view.programme.window.state(view.scene.now) == "closed"
    never = say("注意：申报时间已经过了，撤回来就不能再递交了。")
    return Screen(
        (*((Say(words(never), "problem"),) if closed else ()), Say(words(sentence), "ask")),
        (
            Button(Action("close"), words(say("不撤回")), "primary", says=False),
            Button(Action("take_back"), words(say("撤回来改"))),
        ),
    )


def locked(view: View) -> Screen:
    """Why nothing can be changed now, and what can be done about it."""
    words, handed = view.words, view.in_hand
    back = Button(Action("close"), words(say("返回")), "primary", says=True)
    letters = correspondence.buttons(view)
    if handed is None:
        return Screen((Say(words(say("现在可以改了。"))),), (back,))
    head = say("这份申报已经递交给{office}了，现在改不了。", office=Own(handed.office))
    if not view.role.leads:
        how = say("要改，请告诉填申报表的人：由他撤回来，或者请工会退回。")
        return Screen(
            (Say(words(head)), Say(words(how)), correspondence.human(view, handed)), (*letters, back)
        )
    if handed.may_withdraw:
        how = say("要改，先撤回来，改好再递交一次。")
        way = Button(Action("taking_back"), words(say("撤回来改")), says=True)
        stay = Button(Action("close"), words(say("不改了，返回")), "primary", says=False)
        return Screen((Say(words(head)), Say(words(how), "ask")), (way, stay))
    how = say("工作人员已经在办，撤不回来了。要改，请打电话请他们退回给您。")
    return Screen((Say(words(head)), Say(words(how)), correspondence.human(view, handed)), (*letters, back))


#: Who sees what is handed in, and for how long: said where it is handed in, and in the privacy notice.
SEEN_BY = say(
    "递交以后，那个工会和它往上报的工会，经办的工作人员看得到这些；谁看过、办过什么，都记下来。"
    "每次递交的都原样留着；那以后想删除，要先经工会同意，评选结束满一段时间会自动删除。"
)


# How it stands


def standing(view: View) -> tuple[Say, ...]:
    """How the case stands at its office, for the end of the part that leads it; nothing where it never was at one."""
    handed = view.scene.handed
    if handed is None:
        return ()
    words = view.words
    said = [Say(words(stands(handed)), _TONES.get(handed.state, "met"))]
    if handed.undone:
        said.append(Say(words(say("刚才的决定，工作人员撤回了，正在重新看。")), "note"))
    if handed.state == "here":
        said.append(Say(words(say("要改的会退回给您，有结果也在这里告诉您。")), "note"))
    over = handed.result is not None and handed.result.came in LAST
    if handed.state in {"here", "accepted"} and not over:
        said.extend(paper(view, handed.place))
    if handed.state == "refused":
        said.append(correspondence.human(view, handed))
    said.extend(selected.told(view, handed))
    return (*said, *deletion.standing(view), *returned.notes(view))


_TONES: dict[str, Tone] = {"refused": "not_met", "withdrawn": "note", "returned": "note"}


def stands(handed: Handed) -> Message:
    """Where a case lies, and what its office did with it."""
    office, number = Own(handed.office), Own(handed.number)
    match handed.state:
        case "here":
            return say(
                "已递交给{office}（第{round}次，{when}），编号：{number}。",
                office=office,
                round=handed.round,
                when=_when(handed),
                number=number,
            )
        case "returned":
            return say("{office}退回的都处理好了，还没有再次递交。", office=office)
        case "accepted":
            return say("{office}已经受理，编号：{number}。", office=office, number=number)
        case "passed" if handed.above:
            return say(
                "{office}已经受理，上报到{above}了，编号：{number}。",
                office=office,
                above=Own(handed.above),
                number=number,
            )
        case "passed":
            return say("{office}已经受理，上报了，编号：{number}。", office=office, number=number)
        case "refused" if handed.clause:
            return say(
                "{office}没有通过：{reason}（{clause}）",
                office=office,
                reason=Own(handed.reason),
                clause=handed.clause,
            )
        case "refused":
            return say("{office}没有通过：{reason}", office=office, reason=Own(handed.reason))
        case _:
            return say("您从{office}撤回来了，还没有再递交。", office=office)


def _when(handed: Handed) -> Message:
    day, _, clock = handed.when.partition("T")
    return say("{day} {clock}", day=spoken(day), clock=clock[:5]) if clock else spoken(day)


def ways(view: View) -> tuple[Button, ...]:
    """At the end of the part that leads: hand it in, or take it back."""
    words, handed = view.words, view.scene.handed
    if handed and view.in_hand:
        if not handed.may_withdraw:
            return ()
        return (Button(Action("taking_back"), words(say("撤回来改"))),)
    if not possible(view):
        return ()
    there, once_more = sole(view), again(view)
    if there:
        label = say("再次递交给{office}") if once_more else say("递交给{office}")
        return (
            Button(Action("hand_in"), words(Message(label.text, {"office": Own(there.name)})), "primary"),
        )
    return (Button(Action("hand_in"), words(say("再次递交") if once_more else say("递交")), "primary"),)


def why_not(view: View) -> tuple[Say, ...]:
    """What keeps a case from an office that would take it; nothing where nothing does, or none would."""
    trouble = hindrance(view) if view.scene.destinations and not view.in_hand else None
    return (Say(view.words(trouble), "note"),) if trouble else ()


def lines(view: View) -> Iterator[Line]:
    """The task list: handed in or not."""
    handed, words = view.scene.handed, view.words
    if not view.role.leads or (handed is None and not view.scene.destinations):
        return
    label, states = words(say("递交")), _LINES
    if handed is not None and handed.state not in {"returned", "withdrawn"}:
        yield Line(label, words(stands(handed)), _look(view), states.get(handed.state, "ok"))
        return
    if possible(view):
        shown = say("改好了，可以再次递交") if again(view) else say("可以递交了")
        yield Line(label, words(shown), Button(Action("hand_in"), words(say("递交"))), "missing")
        return
    trouble = hindrance(view)
    yield Line(label, words(trouble or say("声明以后递交")), _look(view), "skipped")


_LINES: dict[str, LineState] = {"refused": "wrong"}


def _look(view: View) -> Button:
    if view.interview.finished_at and not view.sent_back:
        return Button(Action("close"), view.words(say("看材料")))
    return Button(Action("summary"), view.words(say("检查答案")))
