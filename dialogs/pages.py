"""Pages beside the path: the menu, starting over, a pause."""

from __future__ import annotations

from dialogs.asking import contact
from dialogs.interview import Interview
from dialogs.reception import language_button
from dialogs.turn import Action, Button, Say, Screen
from dialogs.view import View
from forms.message import Own, say


def menu(view: View) -> Screen:
    """What can be done from anywhere."""
    words = view.words
    progress = view.progress(None)
    parts = (
        Say(
            words(
                say(
                    "{title}：已填{done}/{of}，都自动保存着。",
                    title=words.text(view.programme.title),
                    done=progress.all_done,
                    of=progress.all_of,
                )
            )
        ),
        Say(contact(view), "help"),
    )
    buttons = [
        Button(Action("close"), words(say("接着填")), "primary", says=True),
        Button(Action("summary"), words(say("检查答案"))),
        Button(Action("verdicts"), words(say("条件对照"))),
        Button(Action("papers"), words(say("材料清单"))),
        Button(Action("story"), words(say("看前面填的"))),
        Button(Action("stop"), words(say("保存，先到这里"))),
        Button(Action("mine"), words(say("我的申报"))),
        Button(Action("privacy"), words(say("隐私和我的数据"))),
        Button(Action("code"), words(say("恢复码"))),
        Button(Action("devices"), words(say("我的设备"))),
        language_button(view.interview),
        Button(Action("restart"), words(say("重新开始")), "danger"),
    ]
    if len(view.programme.routes) > 1:
        buttons.insert(5, Button(Action("edit", "route"), words(say("换申报方式"))))
    return Screen(parts=parts, buttons=tuple(buttons))


def restart(view: View) -> Screen:
    """Starting over is asked about first."""
    words = view.words
    return Screen(
        parts=(Say(words(say("重新开始会清空这份申报里已经填的全部内容，不能恢复。确定吗？")), "ask"),),
        buttons=(
            Button(Action("close"), words(say("不清空，返回")), "primary", says=False),
            Button(Action("clear"), words(say("清空，重新开始")), "danger"),
        ),
    )


def stopped(view: View) -> Screen:
    """A pause: nothing to do, nothing lost."""
    words = view.words
    return Screen(
        parts=(
            Say(words(say("都保存好了。您什么时候回来都可以，说一声“继续”就接着填。")), "say"),
            Say(contact(view), "help"),
        ),
        buttons=(Button(Action("close"), words(say("继续")), "primary", says=True),),
    )


def mine(view: View) -> Screen:
    """The person's applications, and a new one."""
    words = view.words
    buttons = [
        Button(
            Action("close"),
            words(say("接着填：{title}", title=words.text(view.programme.title))),
            "primary",
            says=True,
        )
    ]
    buttons.extend(
        Button(
            Action("switch", brief.interview),
            words(
                say("{title} {name}（{state}）", title=brief.title, name=Own(brief.name), state=brief.state)
            ),
            "option",
        )
        for brief in view.scene.others
    )
    buttons.append(Button(Action("new"), words(say("另填一份")), "option"))
    return Screen(parts=(Say(words(say("您的申报都在这里："))),), buttons=tuple(buttons))


def cleared(interview: Interview) -> Interview:
    """The interview emptied, in the same programme and language, with the consent kept."""
    return Interview(
        party=interview.party,
        locale=interview.locale,
        consented_at=interview.consented_at,
        programme=interview.programme,
        digest=interview.digest,
        practice=interview.practice,
        revision=interview.revision + 1,
    )
