"""Who takes part in a case besides the nominee, as a programme declares it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field

from forms.kinds.base import Condition, Frozen

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]

#: The party that a case is about: its end is the case's, its answers are judged.
LEADING = "nominee"
#: The receiving union: no party, but a reader of what the packet holds, and a writer of what is its own to write.
OFFICE = "office"
#: Everybody who takes part in a case.
PARTIES = frozenset({LEADING, "expert", "unit", "worker"})
#: Everybody who may have a form to fill in.
WRITERS = PARTIES | {OFFICE}

#: What the parties of a case have said that another one may know of, by party, in order.
Parts = Mapping[str, Sequence[Mapping[str, Any]]]


def plural(party: str) -> str:
    """What expressions and prints call the answers of all parties of this kind that are done: `experts`."""
    return f"{party}s"


class Participant(Frozen):
    """A kind of party beside the nominee: how many a case needs, what is asked of them, and what they learn.

    `title` is what one of them is called, `task` what they are asked to do (“写一份推荐函”), in about so many
    `minutes`. They take part where `when` holds over the nominee's answers; `least` is a number or the name of a
    figure, and at most `most` may be asked at a time. One that `begins` may put somebody forward: the application
    then stands on `route`, and it asks the nominee in.

    Of the nominee's answers, those that they `see` are shown to them (all of them where it `sees_all`), and when one
    changes after their yes they are asked for those in `rechecks` of their own again. Conditions of their form and of
    their rules may read what is in `compares` besides, as `nominee.<name>`; it is shown nowhere. What they `prints`
    stands on the `documents` that they print for their own signature. `identity` is the question of their form for
    their own ID number: nobody is two parties of one case. `relation` is the question how they know the nominee, beside
    which stands what the nominee says, and what they answer to `objection` is told to the nominee. `relations` are
    ready-made words for how the nominee knows them.

    `agreement` is the question of their form by which they agree or refuse, and `settles` the nominee's question that
    this takes the place of (whether the employer agrees).
    """

    party: Identifier
    title: str
    task: str
    clause: str = Field(min_length=1)
    when: Condition = ""
    least: Annotated[int, Field(ge=0)] | Identifier = 1
    most: Annotated[int, Field(ge=1)] = 1
    minutes: Annotated[int, Field(ge=1)] = 10
    begins: bool = False
    route: str = ""
    sees_all: bool = False
    sees: tuple[Identifier, ...] = ()
    compares: tuple[Identifier, ...] = ()
    prints: tuple[Identifier, ...] = ()
    rechecks: tuple[Identifier, ...] = ()
    documents: tuple[Identifier, ...] = ()
    identity: str = ""
    relation: str = ""
    objection: str = ""
    relations: tuple[str, ...] = ()
    settles: str = ""
    agreement: str = ""

    @property
    def reads(self) -> frozenset[str]:
        """The nominee's answers that its conversation stands on."""
        return frozenset({*self.sees, *self.compares, *self.prints})
