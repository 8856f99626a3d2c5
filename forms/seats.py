"""What somebody of an office may do there, by the role of their seat. Pure: asked again at every press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["head", "clerk", "auditor"]
Act = Literal[
    "read",
    "receive",
    "return",
    "settle",
    "state",
    "correct",
    "accept",
    "pass_up",
    "refuse",
    "tick",
    "export",
    "take",
    "answer",
    "erase",
    "help_back",
    "assign",
    "stages",
    "invite",
    "remove",
]
ROLES: tuple[Role, ...] = get_args(Role)
ACTS: frozenset[Act] = frozenset(get_args(Act))
_READS: frozenset[Act] = frozenset({"read"})
#: Giving cases to others, moving a selection on, and who else has a seat are the head's.
_HEADS: frozenset[Act] = frozenset({"assign", "stages", "invite", "remove"})
_BY_ROLE: dict[Role, frozenset[Act]] = {"head": ACTS, "clerk": ACTS - _HEADS, "auditor": _READS}


@dataclass(frozen=True)
class Rights:
    """What may be done from one seat, or from all that a person has at an office."""

    acts: frozenset[Act] = frozenset()

    def may(self, act: Act) -> bool:
        """Whether this may be done."""
        return act in self.acts

    @property
    def decides(self) -> bool:
        """Whether anything but reading may be done."""
        return bool(self.acts - _READS)


def rights(roles: Iterable[str], *, corrects: bool) -> Rights:
    """What whoever has seats of these roles at one office may do there; a role that is unknown gives nothing.

    `corrects` tells whether the office lets its staff mend a slip on somebody's behalf.
    """
    held = set(roles)
    acts = frozenset[Act]().union(*(_BY_ROLE[role] for role in ROLES if role in held))
    return Rights(acts if corrects else acts - {"correct"})
