"""What people may ask for at any time: what is kept of them and for whom, a copy of it, and that all of it be gone."""

from __future__ import annotations

from dataclasses import replace

from dialogs import contact
from dialogs.deletion import before
from dialogs.handing_in import SEEN_BY
from dialogs.interview import Interview
from dialogs.reception import privacy, rights
from dialogs.roles import role_of
from dialogs.scene import Kept, Scene
from dialogs.turn import Action, Button, Card, Say, Screen
from dialogs.view import View
from dialogs.words import Words
from forms.message import Message, say
from forms.programme import Programme

#: The document that is no programme's: everything that is kept of the person.
COPY = "mydata"

# Whole sentences, without blanks and marks, that ask for a copy or for deletion. Both only open a page.
_PLEASE = r"(请|麻烦|可以|能不能|帮我|帮忙|给我|替我|我|想|要|求|你们?|您|把|将)*"
_WHOSE = r"(我的?|本人的?|个人的?|这里的?|全部的?|所有的?|一切|存着的)"
_WHAT = rf"({_WHOSE}*(资料|数据|信息|账号|账户|隐私)|{_WHOSE}+(内容|记录|答案|申报|东西))"
_GONE = r"(都|全部?)*(删除|删掉|删了|删光|删|清除|清掉|注销|抹掉|销毁|擦除)(掉|了|吧|吗)*"
WANTS_A_COPY = (
    rf"{_PLEASE}(下载|导出|拷贝|备份|看看|查看|发|存|留|要)?(一份|一下)?我的(全部的?|所有的?|个人)*"
    r"(资料|数据|信息|内容)(一份|发给我|给我)?"
    r"|(iwant|please)*(download|export|show|(get|send)?(me)?acopyof)(me)?(allof|all)?my(data|information|answers)"
)
WANTS_DELETION = (
    rf"{_PLEASE}{_GONE}{_WHAT}[吧了吗]*|{_PLEASE}{_WHAT}{_GONE}|{_PLEASE}(忘了|忘掉|忘记)我(吧|的一切)?|注销我"
    r"|(iwantto|iwouldliketo|please|canyou)*(delete|erase|remove|forget)(allof|all)?"
    r"(me|everything|my(data|account|details|information|answers|files|profile))(please)?"
)


def notice(interview: Interview, scene: Scene) -> Screen:
    """The privacy notice with whom to turn to: while no programme is chosen, the offices of all that are on offer."""
    return _notice(interview, scene, None, contact.offices(interview.locale, scene))


def notice_within(view: View) -> Screen:
    """The privacy notice with the office that this application goes to."""
    return _notice(view.interview, view.scene, view.programme, contact.told(view))


def _notice(interview: Interview, scene: Scene, programme: Programme | None, whom: Say) -> Screen:
    words = Words(interview.locale)
    # Whoever has not agreed yet reads the notice itself in the greeting, below.
    privacy_first = (privacy(interview, scene, programme),) if scene.keeps(interview) else ()
    return Screen(
        parts=(*privacy_first, *rights(interview, scene, programme), *_staff(interview), whom),
        buttons=(
            _back(words, say("返回")),
            Button(Action("mydata"), words(say("我的数据"))),
            *_rights(interview, scene, words),
            Button(Action("delete"), words(say("删除我的全部内容")), "danger"),
        ),
    )


def _rights(interview: Interview, scene: Scene, words: Words) -> tuple[Button, ...]:
    """What else may be looked at of it."""
    if not scene.keeps(interview):
        return ()
    return (
        Button(Action("looked"), words(say("谁看过我的材料"))),
        Button(Action("consents"), words(say("同意和撤回"))),
    )


def _staff(interview: Interview) -> tuple[Say, ...]:
    """Who at which office sees what is handed in, and what of it stays; to whoever an application is about."""
    if not role_of(interview.role).leads:
        return ()
    words = Words(interview.locale)
    stays = say(
        "您删除以后，工会那边也看不到了；还留着的，只有打印、导出带走的，和谁在哪天办过什么的记录，里面没有您填的内容。"
    )
    return (Say(words(SEEN_BY), "note"), Say(words(stays), "note"))


def copy(interview: Interview, scene: Scene) -> Screen:
    """What is kept, in figures, and all of it to take along."""
    words = Words(interview.locale)
    if not scene.keeps(interview):
        return _nothing(words)
    mend = say("填错了的，点“检查答案”改；交上去以后要改，给工会留言，请他们退回来。")
    warning = say("这一份里有您的全部答案、文件和记录，只有您能下载。下载后请收好，里面的号码没有遮住。")
    title = words(say("我的全部内容"))
    return Screen(
        parts=(
            Say(words(_kept(scene.kept))),
            *((Say(words(mend), "note"),) if interview.programme else ()),
            Say(words(warning), "note"),
        ),
        buttons=(
            _back(words, say("返回")),
            *_rights(interview, scene, words),
            Button(Action("delete"), words(say("删除我的全部内容")), "danger"),
        ),
        cards=(Card(COPY, title, f"{title}.zip", format="zip"),),
    )


def _kept(kept: Kept | None) -> Message:
    if kept is None:
        return say("您在这里存着：申报、文件，和您用过的设备。")
    return say(
        "您在这里存着：{applications}份申报，{files}个文件，用过{doors}台设备。",
        applications=kept.applications,
        files=kept.files,
        doors=kept.doors,
    )


def deletion(interview: Interview, scene: Scene) -> Screen:
    """Whether everything is to go; nothing but its own button, in full, says yes."""
    words = Words(interview.locale)
    if not scene.keeps(interview):
        return _nothing(words)
    ask = say("要全部删除吗？删了不能恢复，也没人能帮您找回。")
    warning = say(
        "会删掉：全部申报和答案、照片和证书，以及每台设备上的（电脑、手机、Telegram）。已经报送到工会的纸质材料不受影响。"
    )
    return Screen(
        parts=(
            Say(words(_kept(scene.kept))),
            Say(words(warning), "note"),
            *before(words, scene),
            Say(words(ask), "ask"),
        ),
        buttons=(
            replace(_back(words, say("不删，返回")), says=False),
            Button(Action("mydata"), words(say("先留一份"))),
            Button(Action("forget"), words(say("全部删除")), "danger"),
        ),
    )


def gone(locale: str) -> Say:
    """What is said once everything is deleted."""
    sentence = say("您的全部内容已经按您的要求删除了：申报、答案、文件、每台设备上的都没有了。")
    return Say(Words(locale)(sentence), "note")


def _nothing(words: Words) -> Screen:
    return Screen(parts=(Say(words(say("这里没有存着您的任何内容。")), "note"),))


def _back(words: Words, label: Message) -> Button:
    return Button(Action("close"), words(label), "primary")
