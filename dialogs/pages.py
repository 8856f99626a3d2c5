"""Pages beside the path: the menu, starting over, a pause."""

from __future__ import annotations

from dialogs import contact
from dialogs.interview import Interview
from dialogs.reception import language_button
from dialogs.roles.role import CONTINUE, LANGUAGE, Entry
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
        contact.told(view),
    )
    buttons = tuple(_entry(view, entry) for entry in view.role.menu if entry.when(view.programme))
    return Screen(parts=parts, buttons=buttons)


def _entry(view: View, entry: Entry) -> Button:
    if entry == LANGUAGE:
        return language_button(view.interview)
    says = True if entry == CONTINUE else None
    return Button(Action(entry.verb, entry.about), view.words(entry.label), entry.style, says=says)


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
            contact.told(view),
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
        role=interview.role,
        locale=interview.locale,
        consented_at=interview.consented_at,
        allowed=interview.allowed,
        programme=interview.programme,
        digest=interview.digest,
        practice=interview.practice,
        asked=interview.asked,
        revision=interview.revision + 1,
    )
