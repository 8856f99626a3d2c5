"""Whoever an application is about."""

from __future__ import annotations

from dialogs.roles.role import (
    CODE,
    CONTINUE,
    DEVICES,
    HOME,
    LANGUAGE,
    MINE,
    OVERVIEW,
    PERSONAL,
    PRIVACY,
    REVIEW,
    STOP,
    STORY,
    Entry,
    Role,
)
from forms.message import say
from forms.parties import LEADING

NOMINEE = Role(
    name=LEADING,
    greeting=say(
        "您好，我是匠荐。我一步一步带您填工匠申报表，边填边核对条件，最后给您排好版、可以直接盖章的材料。"
    ),
    privacy=say(
        "隐私说明：我会请您提供{asked}和申报表上别的内容，只用于填写您选的申报材料，"
        "只给您和您报送的工会看；您请来的人，只看得到请他们核对的那几项。"
    ),
    menu=(
        CONTINUE,
        HOME,
        REVIEW,
        Entry("verdicts", say("条件对照")),
        Entry("papers", say("材料清单")),
        STORY,
        OVERVIEW,
        Entry("edit", say("换申报方式"), about="route", when=lambda programme: len(programme.routes) > 1),
        STOP,
        MINE,
        PRIVACY,
        CODE,
        DEVICES,
        LANGUAGE,
        Entry("restart", say("重新开始"), "danger"),
    ),
    pages=PERSONAL
    | {
        "summary",
        "declare",
        "restart",
        "verdicts",
        "papers",
        "plan",
        "points",
        "asking",
        "asked",
        "amendment",
        "overview",
        "upholding",
        "destination",
        "handing",
        "taking_back",
        "locked",
        "letters",
    },
    ending="packet",
    judged=True,
    leads=True,
)
