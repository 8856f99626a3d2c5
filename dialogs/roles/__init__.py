"""The roles of those who talk with us, each one frozen value; whoever takes part in a case has one."""

from __future__ import annotations

from dialogs.roles.employer import UNIT
from dialogs.roles.expert import EXPERT
from dialogs.roles.nominee import NOMINEE
from dialogs.roles.put_forward import WORKER
from dialogs.roles.role import Role

ROLES: dict[str, Role] = {role.name: role for role in (NOMINEE, EXPERT, UNIT, WORKER)}


def role_of(name: str) -> Role:
    """The role of this name; one that this version does not know may look at little and decides nothing."""
    return ROLES.get(name) or Role(name)


__all__ = ["ROLES", "Role", "role_of"]
