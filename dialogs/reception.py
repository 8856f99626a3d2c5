"""The way in: greeting and consent, the choice of a programme, the person's other applications."""

from __future__ import annotations

from datetime import datetime

from dialogs import calling, gathered, invited
from dialogs.deletion import span
from dialogs.interview import Brief, Interview
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.turn import Action, Button, Say, Screen
from dialogs.words import LOCALES, Words
from forms.dates import spoken
from forms.message import Message, Own, say
from forms.programme import Programme


def welcome(interview: Interview, programme: Programme | None, scene: Scene) -> Screen:
    """Greeting and privacy consent; nothing is kept before the yes but, of whoever was asked in, that they came."""
    words = Words(interview.locale, programme)
    asked = invited.purpose(words, programme, scene) if programme else ()
    parts = (
        Say(words(role_of(interview.role).greeting)),
        *(Say(words(sentence)) for sentence in asked),
        privacy(interview, scene, programme),
        Say(words(say("同意我为申报收集和使用这些信息吗？有疑问先点“先问人”，有工会的电话。")), "ask"),
    )
    return Screen(
        parts=parts,
        buttons=(
            Button(Action("consent"), words(say("同意，开始")), "primary", says=True),
            Button(Action("decline"), words(say("不同意")), says=False),
            Button(Action("privacy"), words(say("先问人"))),
            returning_button(words),
            language_button(interview),
        ),
        locale=interview.locale,
    )


def privacy(interview: Interview, scene: Scene, programme: Programme | None = None) -> Say:
    """What is asked for, what for, who sees it, who answers for it, for how long, and what people can do about it."""
    words = Words(interview.locale, programme)
    kept = say(
        "身份证号和电话在对话里会遮住。在网页上打了还没发出去的字，只存在您这台设备上，"
        "最多留7天（身份证号和电话不留）。您随时可以查看、修改，"
        "要一份存着的内容（发“我的数据”），撤回同意（发“同意记录”），或全部删除（发“删除我的全部内容”）。"
        "您不删的，评选结束满{span}自动删除。",
        span=span(scene.retention),
    )
    asked = gathered.asked(interview, _about(scene, programme))
    begins = Message(role_of(interview.role).privacy.text, {"asked": asked})
    return Say(words(begins) + words(responsible(scene, programme)) + words(kept), "note")


def responsible(scene: Scene, programme: Programme | None) -> Message:
    """Who answers for what is kept, and how to reach them: the operator, else the union, else that nobody has said so."""
    if scene.operator and scene.contact:
        return say(
            "您的信息由{operator}负责（{contact}）。",
            operator=Own(scene.operator),
            contact=Own(scene.contact),
        )
    if scene.operator:
        return say("您的信息由{operator}负责。", operator=Own(scene.operator))
    if programme is not None:
        ways = calling.ways(programme, programme.office)
        if ways:
            return say("您的信息由{office}负责（{ways}）。", office=programme.office.name, ways=ways)
        return say("您的信息由{office}负责。", office=programme.office.name)
    if scene.offered:
        return say("您的信息由您报送的工会负责，电话点“先问人”就看到。")
    return say("这里还没有写明由谁负责，请先问给您这个链接的人。")


def rights(interview: Interview, scene: Scene, programme: Programme | None = None) -> tuple[Say, ...]:
    """What is sensitive of it and why it is needed all the same, and where to complain."""
    words = Words(interview.locale)
    complain = say("觉得用得不对，先找上面说的单位；也可以向当地网信部门投诉。")
    return *gathered.told(interview, _about(scene, programme)), Say(words(complain), "note")


def _about(scene: Scene, programme: Programme | None) -> tuple[Programme, ...]:
    """The programmes that somebody may mean: the chosen one, else all that are on offer."""
    return (programme,) if programme else scene.in_order


def declined(interview: Interview) -> Say:
    """What follows from a no."""
    words = Words(interview.locale)
    return Say(words(say("好的，没有您的同意我什么也不会记下。想开始的时候，点“同意，开始”就行。")), "note")


def returning_button(words: Words) -> Button:
    """The way back for whoever has been here before, at another device."""
    return Button(Action("returning"), words(say("我填过，用恢复码")))


def returning(interview: Interview) -> Say:
    """How to come back."""
    sentence = say("请把恢复码打在这里发给我，大小写、空格都没关系。填过的还在，接着填就行。")
    return Say(Words(interview.locale)(sentence), "note")


def language_button(interview: Interview) -> Button:
    """The other language, named in itself."""
    other = next(locale for locale in LOCALES if locale != interview.locale)
    return Button(Action("language", other), LOCALES[other])


def window_text(programme: Programme, now: datetime) -> Message:
    """What is to be known about a programme's window; an unset one never states a deadline."""
    opens, closes = programme.window.opens, programme.window.closes
    match programme.window.state(now):
        case "open" if closes:
            left = (closes - programme.window.today(now)).days
            if not left:
                return say("申报中，今天截止")
            return say("申报中，{day}截止，还有{left}天", day=spoken(closes.isoformat()), left=left)
        case "closed" if closes:
            return say("已于{day}截止，可以练习", day=spoken(closes.isoformat()))
        case "not_yet" if opens:
            return say("{day}开始申报，可以先填", day=spoken(opens.isoformat()))
        case _:
            return say("申报时间还没公布，可以先填")


def choose(interview: Interview, scene: Scene) -> Screen:
    """The programmes: open ones first, closed ones marked; other applications to continue."""
    words = Words(interview.locale)
    acting = interview.acting
    programmes = tuple(each for each in scene.in_order if not acting or begins(each, acting))
    wanted = say("您要推荐的人，参加哪个项目？") if acting else say("请选要申报的项目：")
    parts = [Say(words(wanted), "ask")]
    if not programmes:
        parts = [Say(words(say("现在没有可以申报的项目，请过些时候再来，或联系当地工会。")), "note")]
    buttons = [
        Button(
            Action("continue", brief.interview),
            words(_other(brief)),
            "primary",
        )
        for brief in scene.others
    ]
    for programme in programmes:
        label = words(
            say(
                "{title} · {window}",
                title=words.of(programme, programme.title),
                window=window_text(programme, scene.now),
            )
        )
        buttons.append(Button(Action("programme", programme.id), label, "option"))
    if len(programmes) > 1 and not acting:
        buttons.append(Button(Action("fit"), words(say("哪个项目适合我？"))))
    if acting:
        buttons.append(Button(Action("act"), words(say("不是推荐别人，我自己申报"))))
    elif any(begins(programme, _EXPERT) for programme in programmes):
        buttons.append(Button(Action("act", _EXPERT), words(say("我是专家，来推荐别人"))))
    if not scene.others:
        buttons.append(returning_button(words))
    buttons.append(language_button(interview))
    return Screen(parts=tuple(parts), buttons=tuple(buttons), locale=interview.locale)


_EXPERT = "expert"


def begins(programme: Programme, party: str) -> bool:
    """Whether a party may put somebody forward in a programme."""
    participant = programme.participant(party)
    return participant is not None and participant.begins


def lost(interview: Interview, scene: Scene) -> Screen:
    """An application whose definition cannot be found or read: nothing of it is lost, and there are other ways on."""
    words = Words(interview.locale)
    sentence = say(
        "这份申报（{programme}）的表格现在打不开，您填的都还在，我们修好就能接着填。",
        programme=interview.programme,
    )
    buttons = [
        Button(Action("continue", brief.interview), words(_other(brief)), "primary") for brief in scene.others
    ]
    return Screen(
        parts=(Say(words(sentence), "problem"),),
        buttons=(*buttons, Button(Action("new"), words(say("另填一份"))), language_button(interview)),
        locale=interview.locale,
    )


def _other(brief: Brief) -> Message:
    return say("继续：{title} {name}（{state}）", title=brief.title, name=brief.name, state=brief.state)


def introduce(programme: Programme, interview: Interview, scene: Scene) -> tuple[Say, ...]:
    """A few words on the programme just chosen: what it is, until when, what to have at hand."""
    words = Words(interview.locale, programme)
    said = [
        Say(
            words(
                say(
                    "{title}：{summary}（{window}）",
                    title=words.text(programme.title),
                    summary=words.text(programme.summary),
                    window=window_text(programme, scene.now),
                )
            )
        )
    ]
    if programme.window.state(scene.now) == "closed":
        said.append(
            Say(
                words(say("这是练习：填法和正式申报一样，打印出来的材料带“样张”字样，不能用来报送。")), "note"
            )
        )
    said.append(
        Say(
            words(
                say("先用几个问题看看硬条件，再一节一节填表。每一步都会自动保存，随时可以关掉，下次接着填。")
            ),
            "say",
        )
    )
    return tuple(said)
