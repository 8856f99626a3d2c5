"""Paper that an office has in hand, against what is due: what is still lacking before a packet is complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from forms.documents import Paper


@dataclass(frozen=True)
class InHand:
    """A paper in hand: how many copies, what is still wrong with it ("" where nothing is), since when.

    `given_back` is when an original went back to its owner: it was looked at, and counts.
    """

    paper: str
    copies: int
    lacks: str = ""
    seat: str = ""
    at: datetime | None = None
    given_back: datetime | None = None


@dataclass(frozen=True)
class Lacking:
    """A paper that is due and not whole yet: how many copies are missing, and what is wrong with those in hand."""

    paper: Paper
    copies: int
    lacks: str = ""


def lacking(due: Iterable[Paper], in_hand: Mapping[str, InHand]) -> tuple[Lacking, ...]:
    """What of the papers due (`forms.packet.due_papers`) an office lacks, in their order; () where all are in hand.

    `in_hand` is by the id of the paper; what is in hand without being due matters not.
    """
    incomplete = []
    for paper in due:
        if not paper.on_paper:
            continue
        have = in_hand.get(paper.id, InHand(paper.id, 0))
        missing = max(0, paper.copies - have.copies)
        if missing or have.lacks:
            incomplete.append(Lacking(paper, missing, have.lacks))
    return tuple(incomplete)
