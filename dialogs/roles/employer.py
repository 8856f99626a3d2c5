"""The nominee's employer, asked for its word on an application that the nominee fills in."""

from __future__ import annotations

from dialogs.roles.expert import ASKED_IN, MENU
from dialogs.roles.role import Role
from forms.message import say

UNIT = Role(
    name="unit",
    greeting=say("您好，我是匠荐。有职工请单位为申报表个态，几个问题就好。"),
    menu=MENU,
    pages=ASKED_IN,
    judged=True,
)
