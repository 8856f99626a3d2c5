"""The register of pages: what a person can look at instead of the next question.

A page's name, the verb of the button that opens it, the words that are typed for it and its Screens stand here and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dialogs import (
    amending,
    belongings,
    consents,
    correspondence,
    doors,
    fitting,
    handing_in,
    how_far,
    invited,
    inviting,
    looked_at,
    overview,
    pages,
    reminders,
    review,
    rights_words,
    story,
    tasks,
    timetable,
    upholding,
    verdicts,
)
from dialogs.change import Change
from dialogs.interview import Interview
from dialogs.roles import role_of
from dialogs.scene import Scene
from dialogs.turn import Screen
from dialogs.view import View


@dataclass(frozen=True)
class Page:
    """One page. `words` are what is typed for it, in both languages and separated by blanks; “_” is a blank in one.

    `sentences` is a pattern of whole sentences that mean it too, written without blanks. `fitting` is its Screen in
    the pre-check, None where there is none. `bare` is its Screen while there is no programme, None where there is
    none; before consent nothing is kept, a page neither, and its words stand once in front of the greeting. `holds`
    tells whether it can be seen now; else the summary stands for it. One that `counts` wants `Scene.kept`.

    A page asks no question of the form: what is typed there and is neither a button nor a command answers none. Where a
    page wants words of its own, `typed` takes them.
    """

    name: str
    screen: Callable[[View], Screen]
    verb: str = ""
    words: str = ""
    sentences: str = ""
    fitting: Callable[[View], Screen] | None = None
    bare: Callable[[Interview, Scene], Screen] | None = None
    holds: Callable[[View], bool] = lambda view: True
    typed: Callable[[View, str], Change] | None = None
    counts: bool = False

    @property
    def opened_by(self) -> str:
        """The verb that opens it; its own name where it has no other."""
        return self.verb or self.name


def _anywhere(
    name: str,
    bare: Callable[[Interview, Scene], Screen],
    words: str = "",
    sentences: str = "",
    counts: bool = False,
) -> Page:
    """A page that does not need a programme: one Screen, wherever it is opened."""

    def screen(view: View) -> Screen:
        return bare(view.interview, view.scene)

    return Page(
        name,
        screen,
        words=words,
        sentences=sentences,
        fitting=screen,
        bare=bare,
        counts=counts,
    )


PAGES: Mapping[str, Page] = {
    page.name: page
    for page in (
        Page(
            "summary",
            review.summary,
            words="检查 检查答案 汇总 预览 review /review 全部答案",
        ),
        Page(
            "home",
            tasks.home,
            words="进度 进度清单 清单 首页 任务 还差什么 home /home progress task_list",
        ),
        Page(
            "verdicts",
            verdicts.overview,
            words="条件 符合吗 条件对照 verdicts /verdicts",
            fitting=fitting.result,
        ),
        Page("papers", review.papers, words="材料 材料清单 papers /papers"),
        Page(
            "story",
            story.screen,
            words="前面填的 看前面填的 之前填的 以前填的 填过的 story /story",
            fitting=story.screen,
        ),
        Page(
            "plan",
            timetable.plan,
            words="计划 倒排 倒排计划 排计划 时间表 时间安排 日程 进度计划 plan /plan schedule timeline",
            sentences=timetable.WHETHER_IN_TIME,
        ),
        Page(
            "selected",
            how_far.screen,
            words="结果 评选结果 评选进度 评审进度 公示名单 selected /selected results selection_result",
            sentences=how_far.HOW_FAR,
        ),
        Page("points", verdicts.open_points, words="未明之处 没说清的 通知没说清 /points"),
        Page("menu", pages.menu, words="菜单 menu /menu /start", fitting=fitting.menu),
        Page("mine", pages.mine, words="我的申报 /mine", fitting=pages.mine),
        Page(
            "restart",
            pages.restart,
            words="重新开始 重填 /restart",
            fitting=pages.restart,
        ),
        Page(
            "stopped",
            pages.stopped,
            verb="stop",
            words="保存 退出 保存退出 /cancel 明天再填",
            fitting=pages.stopped,
        ),
        Page(
            "declare",
            review.declare,
            verb="finish",
            words="确认 提交 完成",
            holds=lambda view: view.ready and not view.sent_back,
        ),
        Page(
            "privacy",
            belongings.notice_within,
            words="隐私说明 隐私 隐私政策 隐私声明 privacy /privacy privacy_notice privacy_policy",
            fitting=lambda view: belongings.notice(view.interview, view.scene),
            bare=belongings.notice,
        ),
        Page("asking", inviting.asking, typed=inviting.typed),
        Page("asked", inviting.asked),
        Page(
            "overview",
            overview.screen,
            words="总览 名单 我填的人 overview /overview",
            sentences=overview.SENTENCES,
        ),
        Page("objecting", amending.objecting, typed=amending.typed),
        Page("amendment", amending.amendment),
        Page("withdrawing", invited.withdrawing),
        Page("upholding", upholding.screen, holds=upholding.holds, typed=upholding.typed),
        Page("destination", handing_in.choosing),
        Page(
            "handing",
            handing_in.before,
            verb="hand_in",
            words="递交 我要递交 在线递交 网上递交 submit /submit",
        ),
        Page(
            "taking_back",
            handing_in.taking_back,
            words="撤回 撤回来 撤回来改 我要撤回 take_back",
        ),
        Page("locked", handing_in.locked),
        Page(
            "letters",
            correspondence.screen,
            words="留言 我要留言 我的留言 看留言 回留言 回话 letters /letters messages leave_a_message",
            sentences=correspondence.WANTS_TO_WRITE,
            typed=correspondence.typed,
        ),
        _anywhere(
            "mydata",
            belongings.copy,
            "我的数据 我的资料 我的全部内容 mydata /mydata my_data",
            sentences=f"{belongings.WANTS_A_COPY}|{rights_words.KEPT}",
            counts=True,
        ),
        _anywhere(
            "delete",
            belongings.deletion,
            "删除我的全部内容 注销 注销账号 delete_my_data /delete",
            sentences=belongings.WANTS_DELETION,
            counts=True,
        ),
        Page(
            "consents",
            consents.screen,
            words="同意记录 我的同意 我同意过什么 撤回同意 撤销同意 撤回授权 consents /consents withdraw_consent",
            sentences=rights_words.CONSENTS,
            fitting=lambda view: consents.bare(view.interview, view.scene),
            bare=consents.bare,
        ),
        Page("recanting", consents.recanting),
        Page(
            "looked",
            looked_at.screen,
            words="谁看过 谁看过我的材料 谁看了我的材料 查看记录 访问记录 looked /looked who_looked",
            sentences=rights_words.LOOKED,
            fitting=lambda view: looked_at.bare(view.interview, view.scene),
            bare=looked_at.bare,
        ),
        _anywhere("reminders", reminders.page, "提醒设置 设置提醒 提醒功能 reminders /reminders"),
        _anywhere("code", doors.code, "恢复码 我的恢复码 /recovery"),
        _anywhere("renewal", doors.renewal),
        _anywhere("devices", doors.devices, "我的设备 /devices"),
        _anywhere("leaving", doors.leaving, "离开这台设备 /leave"),
    )
}

#: What people may ask for at any time, whatever else stands in the way.
ALWAYS = frozenset(["privacy", "mydata", "delete", "consents"])
#: Pages whose words are questions themselves, and none about what is on screen: 还来得及吗.
ASKED_FOR = ALWAYS | {"plan", "looked", "selected"}


#: What is seen once a part is done, by the name that roles have for it.
ENDINGS: Mapping[str, Callable[[View], Screen]] = {
    "packet": review.finished,
    "own_part": invited.ending,
}


def page_of(interview: Interview) -> Page | None:
    """The page that is open; None where there is none, or this interview or its role does not have it."""
    page = PAGES.get(interview.page)
    if page is None or page.name not in role_of(interview.role).pages:
        return None
    return None if interview.fitting and page.fitting is None else page


def bare(interview: Interview, scene: Scene) -> Screen | None:
    """The Screen of the page that is open where there is no programme; None where there is none."""
    page = PAGES.get(interview.page)
    return page.bare(interview, scene) if page and page.bare else None


def shown(view: View) -> Screen | None:
    """The Screen of the page that is open; None where there is none."""
    page = page_of(view.interview)
    if page is None:
        return None
    if page.fitting and view.interview.fitting:
        return page.fitting(view)
    return page.screen(view) if page.holds(view) else review.summary(view)
