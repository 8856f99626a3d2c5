"""A technician who recommends somebody."""

from __future__ import annotations

from dialogs.roles.role import (
    CODE,
    CONTINUE,
    DEVICES,
    HOME,
    LANGUAGE,
    MINE,
    PERSONAL,
    PRIVACY,
    REVIEW,
    STOP,
    STORY,
    Entry,
    Role,
)
from forms.message import say

#: What whoever was asked in may look at and do.
ASKED_IN = PERSONAL | {
    "summary",
    "declare",
    "restart",
    "verdicts",
    "withdrawing",
    "upholding",
    "locked",
    "letters",
}
MENU = (
    CONTINUE,
    HOME,
    REVIEW,
    Entry("verdicts", say("条件对照")),
    STORY,
    STOP,
    MINE,
    PRIVACY,
    CODE,
    DEVICES,
    LANGUAGE,
    Entry("withdrawing", say("不参加了"), "danger"),
)

EXPERT = Role(
    name="expert",
    greeting=say("您好，我是匠荐。有人请您写推荐意见，我一步一步带您填。"),
    menu=MENU,
    pages=ASKED_IN | {"asking", "asked"},
    upholds=say("照旧，我还这样推荐"),
    judged=True,
)
