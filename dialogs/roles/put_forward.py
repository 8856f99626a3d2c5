"""Whoever is put forward by an employer whose clerk fills in the application: sees it all, and agrees or not."""

from __future__ import annotations

from dialogs.roles.expert import ASKED_IN, MENU
from dialogs.roles.role import Role
from forms.message import say

WORKER = Role(
    name="worker",
    greeting=say("您好，我是匠荐。单位想推荐您，材料已经填好，请您自己看一遍再决定。"),
    privacy=say(
        "隐私说明：单位替您填的，这里给您本人看。您同不同意、指出哪里不对，会告诉单位经办人和受理的工会。"
        "不同意的话，填过的关于您的内容都会删掉。"
    ),
    menu=MENU,
    pages=ASKED_IN | {"objecting"},
    judged=True,
)
