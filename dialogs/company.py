"""The other parties of a case, as one of them may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: Asked in: the link was made, opened, agreed to; under way, done, done but to be looked at again; done by somebody whom
#: the notice does not allow; and the ways it ends.
PartyState = Literal[
    "invited",
    "opened",
    "agreed",
    "started",
    "done",
    "changed",
    "unfit",
    "declined",
    "expired",
    "revoked",
    "withdrawn",
]

#: Those who are still asked, or have done their part.
STANDING = frozenset({"invited", "opened", "agreed", "started", "done", "changed"})
#: Why somebody declined, as far as they say: ready-made, so that nothing is confided here.
Reason = Literal["", "busy", "unqualified", "stranger", "other"]


#: How a part may have ended without being done.
Ended = Literal["", "withdrawn", "revoked", "gone"]


@dataclass(frozen=True)
class PartyBrief:
    """One of the others. `expires` is the day on which its link ends, ISO; `reachable` whether a door leads there.

    `reminded` tells that it was reminded within the last day. `name` is the one under which they were asked,
    `objection` what they find wrong about the nominee.
    """

    party: str
    number: int
    state: PartyState
    name: str = ""
    relation: str = ""
    reason: Reason = ""
    expires: str = ""
    reachable: bool = False
    reminded: bool = False
    objection: str = ""

    @property
    def key(self) -> str:
        """What names it within its case: “expert 1”."""
        return f"{self.party} {self.number}"

    @property
    def stands(self) -> bool:
        """Whether it counts: asked, under way or done."""
        return self.state in STANDING


@dataclass(frozen=True)
class Invited:
    """How a party came into a case: who asked them, about whom, and what they are to the one who asked.

    `ended` tells that it counts no more: they withdrew, they are asked no more, or the application
    that it was for is gone.
    """

    party: str
    number: int
    by: str
    about: str
    relation: str = ""
    ended: Ended = ""
