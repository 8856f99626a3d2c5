"""Each refusal that people can meet at a door: a code and its words, the same at every door.

A door adds what is its own (the web chat an HTTP status). What an answer itself is refused for is said by its kind.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from bot.house.intake import AtDesk, Cleared, NotBegun
from forms.message import Message, say
from forms.printing.renderer import FontsAwaited
from forms.typed import TOO_LONG
from storage.files import NoRoom
from storage.uploads import QuotaExceeded

#: By code. A page's script goes by it, so it stays what it is; {names} are filled in by `words`.
SENTENCES: Mapping[str, Message] = {
    # Files
    "too_large": say("“{name}”太大了，最多收 {most}。请压缩一下再发。"),
    "too_many_files": say("您存的文件太多了，请先删掉或换掉一些，过一刻钟再发。"),
    "no_room": say("是我们这边的存储满了，不是您的文件有问题。这个文件没有收下，请过一会儿再发。"),
    "not_begun": say("先点“同意”，再发文件。"),
    "at_desk": say("工作台上不收文件。要补的材料，请退回让本人传。"),
    "cleared": say(
        "您刚才清空了，还在传的这个文件也一起清掉了，没有收下。还要用它，请到要它的那一步再发一次。"
    ),
    "empty": say("这个文件是空的。"),
    "cut_short": say("文件没有传完整，没有收下，请再发一次。"),
    "not_fetched": say("“{name}”没有传过来，请再发一次。"),
    "too_slow": say("网络太慢，传输中断了，请再试一次。"),
    "encoded": say("这里不收压缩着传的内容，请照原样发。"),
    # Messages and documents
    "moved_on": say("这一步已经往下走了，这条没有记下。请看下面这一步。"),
    "too_long": TOO_LONG,
    "too_much": say("发来的内容太多了，没有收下。"),
    "not_taken": say("刚才这一步没能记下来，以前填的都在。请再发一次。"),
    "not_printed": say("这份材料现在打印不了，请稍后再试，或先检查答案。"),
    "fonts_awaited": say("打印用的字体还在准备，第一次要一两分钟。您接着填，过一会儿再点它。"),
    "no_case": say("这里还没有填过内容，不用换设备。"),
    "not_proven": say("这个页面不是从 Telegram 里打开的，认不出您是谁。请回到对话里再点一次按钮。"),
    "launch_over": say("打开的时间太久，或者这一次已经用过了。请回到对话里再点一次按钮。"),
    "not_agreed": say("请先在 Telegram 的对话里点“同意，开始”，再打开这里。"),
    "not_found": say("没有找到，或者不属于您。"),
    # Several people at one device
    "wrong_pin": say("数字密码不对，请再试。忘了就选“新来的人”，再打上恢复码回来。"),
    "no_pin": say("这一位没有数字密码，或者错的次数太多，密码已经作废。请选“新来的人”，再打上恢复码回来。"),
    "plain_pin": say("数字密码要4到6位数字，不要用1111、1234这样一猜就中的。"),
    "pin_locked": say("数字密码打错的次数太多了，请过{when}再试，或者用恢复码回来。"),
    # Pace and crowds
    "too_fast": say("操作太快了，请过{when}再试。"),
    "crowded": say("从这个网络新来的人太多了，请过{when}再来，或者换手机流量再试。已经开始填的人不受影响。"),
    "crowded_files": say("从这个网络新来的人发的文件太多了，这个没有收下，请过{when}再发。已经填的都在。"),
    # What an office takes along
    "export_empty": say("还没有选申报，没有可以导出的。请先选好要导出哪几份。"),
    "export_foreign": say("选中的申报里有的不在您这里了，可能本人刚撤回。请刷新一下再选。"),
    "export_no_table": say("这个项目没有汇总表，请改为导出材料。"),
    "export_gone": say("选中的申报都已经不在了，没有可以导出的。"),
    "export_no_room": say("是我们这边的存储满了，这次没能导出。请告诉管理员，过一会儿再试。"),
    "export_failed": say("这次没能导出，是我们这边的问题。请再导出一次；还不行，请告诉管理员。"),
    "export_over": say("这次导出已经过期，文件删掉了。还要用，请回到工作台的“导出”，再导出一次。"),
    "export_recalled": say(
        "这次导出里有的申报，后来本人撤回或者删除了，所以这个文件不能再下载。"
        "请回到工作台的“导出”，再导出一次，新的里面就没有它了。"
    ),
    # The door itself
    "broken": say("服务出了点问题，您已经填的都在。请稍后再试。"),
    "no_session": say("请先打开首页，并允许浏览器使用 Cookie。"),
    "foreign_origin": say("这个请求不是从本站页面发来的，已拒绝。"),
    "bad_request": say("没看懂这个请求，请刷新页面再试。"),
    "not_allowed": say("这里不能这样用。"),
}

_CODES: tuple[tuple[type[Exception], str], ...] = (
    (Cleared, "cleared"),
    (AtDesk, "at_desk"),
    (NotBegun, "not_begun"),
    (QuotaExceeded, "too_many_files"),
    (NoRoom, "no_room"),
)
#: What a Conversation raises where it takes no file in.
NOT_RECEIVED = tuple(error for error, _ in _CODES)


def unprinted(error: Exception) -> str:
    """The code of a document that could not be had."""
    return "fonts_awaited" if isinstance(error, FontsAwaited) else "not_printed"


def words(code: str, **values: object) -> Message:
    """What is told for a code; `values` fill its {names}. Raises KeyError for a code that nobody knows."""
    return say(SENTENCES[code].text, **values)


def code_of(error: Exception) -> str:
    """The code of one of `NOT_RECEIVED`."""
    return next(code for kind, code in _CODES if isinstance(error, kind))


def wait(seconds: int) -> Message:
    """How long to wait, for {when}; never shorter than it is."""
    if seconds <= 0:
        return say("一会儿")
    if seconds < 60:
        return say("{count}秒", count=seconds)
    if seconds <= 3600:
        return say("{count}分钟", count=math.ceil(seconds / 60))
    return say("{count}小时", count=math.ceil(seconds / 3600))
