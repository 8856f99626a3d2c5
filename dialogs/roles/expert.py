"""A technician who recommends somebody."""

from __future__ import annotations

from dialogs.roles.role import Role
from forms.message import say

EXPERT = Role(
    name="expert",
    greeting=say("您好，我是匠荐。有人请您写推荐意见，我一步一步带您填。"),
)
