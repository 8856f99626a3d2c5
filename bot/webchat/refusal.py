"""Saying no in a sentence: every error a person can meet at this door, in both languages."""

from __future__ import annotations

import math

_SENTENCES: dict[str, tuple[int, str, str]] = {
    "bad_request": (
        400,
        "没看懂这个请求，请刷新页面再试。",
        "That request made no sense. Please reload the page.",
    ),
    "foreign_origin": (
        403,
        "这个请求不是从本站页面发来的，已拒绝。",
        "This request did not come from our page.",
    ),
    "no_session": (
        401,
        "请先打开首页，并允许浏览器使用 Cookie。",
        "Please open the start page and allow cookies.",
    ),
    "moved_on": (
        409,
        "这一步已经往下走了，这条没有记下。请看下面这一步。",
        "That step has moved on, so this was not recorded. Please see the step below.",
    ),
    "too_long": (
        413,
        "太长了，一次最多发 {most} 字，这条没有记下。请分成几条发。",
        "That is too long: at most {most} characters at once. Nothing was recorded; please send it in parts.",
    ),
    "encoded": (
        415,
        "这里不收压缩着传的内容，请照原样发。",
        "Compressed transfers are not taken here. Please send it as it is.",
    ),
    "cut_short": (
        400,
        "文件没有传完整，没有收下，请再发一次。",
        "The file did not arrive whole. Please send it again.",
    ),
    "no_room": (
        507,
        "是我们这边的存储满了，不是您的文件有问题。这个文件没有收下，请过一会儿再发。",
        "Our storage is full; nothing is wrong with your file. It was not taken, please try again later.",
    ),
    "crowded": (
        429,
        "从这个网络新来的人太多了，请过{when}再来，或者换手机流量再试。已经开始填的人不受影响。",
        "Too many new people are coming from this network. Please come back in {when}, or use mobile data. "
        "Whoever has begun may go on.",
    ),
    "crowded_files": (
        429,
        "从这个网络新来的人发的文件太多了，这个没有收下，请过{when}再发。已经填的都在。",
        "New people on this network have sent too many files. This one was not taken; please try again in {when}.",
    ),
    "not_found": (404, "没有找到，或者不属于您。", "Not found, or not yours."),
    "not_begun": (
        409,
        "请先回答开始的问题，再发文件。",
        "Please answer the first question before sending files.",
    ),
    "cleared": (
        409,
        "您刚才清空了，还在传的这个文件也一起清掉了，没有收下。还要用它，请到要它的那一步再发一次。",
        "You have just cleared everything, and with it the file that was still on its way. "
        "If it is still needed, please send it again where it is asked for.",
    ),
    "not_printed": (
        500,
        "这份材料没能排出来，请稍后再试，或联系工作人员。",
        "This document could not be printed. Please try later.",
    ),
    "not_allowed": (405, "这里不能这样用。", "This cannot be used that way."),
    "too_large": (413, "文件太大了，请压缩后再发。", "The file is too large."),
    "too_many_files": (
        413,
        "您存的文件太多了，请先删掉或换掉一些，过一刻钟再发。",
        "You keep too many files. Please remove or replace some, and send this one again in a quarter of an hour.",
    ),
    "no_case": (409, "这里还没有填过内容，不用换设备。", "There is nothing here yet to continue elsewhere."),
    "empty": (400, "这个文件是空的。", "This file is empty."),
    "too_slow": (408, "网络太慢，传输中断了，请再试一次。", "The transfer was too slow. Please try again."),
    "too_fast": (429, "操作太快了，请过{when}再试。", "Too many requests. Please try again in {when}."),
    "broken": (
        500,
        "服务出了点问题，您已经填的都在。请稍后再试。",
        "Something went wrong; your answers are safe.",
    ),
}


class Refusal(Exception):  # noqa: N818 - an answer, not a defect
    """A request that is answered with a clear sentence. `code` is what the page's script goes by.

    `retry` is in seconds, told in the sentence and beside it; `most` is the figure of one that names a limit.
    """

    def __init__(self, code: str, *, retry: int = 0, most: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.retry = retry
        self.status, *sentences = _SENTENCES[code]
        self.chinese, self.english = (
            sentence.format(most=most, when=when)
            for sentence, when in zip(sentences, _when(retry), strict=True)
        )

    def as_json(self) -> dict[str, object]:
        """What goes over the wire."""
        body: dict[str, object] = {"error": self.code, "say": {"zh": self.chinese, "en": self.english}}
        if self.retry:
            body["retry"] = self.retry
        return body


def _when(seconds: int) -> tuple[str, str]:
    """How long to wait, in Chinese and English; never shorter than it is."""
    if seconds <= 0:
        return "一会儿", "a moment"
    if seconds < 60:
        return f"{seconds}秒", f"{seconds} s"
    if seconds <= 3600:
        return f"{math.ceil(seconds / 60)}分钟", f"{math.ceil(seconds / 60)} min"
    return f"{math.ceil(seconds / 3600)}小时", f"{math.ceil(seconds / 3600)} h"


def of_status(status: int) -> Refusal:
    """The refusal that fits a plain HTTP error."""
    codes = {404: "not_found", 405: "not_allowed", 413: "too_large"}
    return Refusal(codes.get(status, "broken" if status >= 500 else "bad_request"))
