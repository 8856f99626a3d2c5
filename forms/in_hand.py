"""Paper that an office has in hand, against what is due: what is still lacking before a packet is complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from forms.documents import Paper

#: What begins so comes as a file, or stands on another paper; 电子表格，同时交纸质 comes on paper as well.
_NO_PAPER = re.compile(r"电子|视频|印在")
_ALSO_PAPER = re.compile(r"(?:和|同时交|并交|另交|及)纸质")


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


def on_paper(paper: Paper) -> bool:
    """Whether anything is to be handed over: not what comes as a file only, stands on another paper, or is none."""
    if paper.copies < 1:
        return False
    return not _NO_PAPER.match(paper.form) or bool(_ALSO_PAPER.search(paper.form))


def lacking(due: Iterable[Paper], in_hand: Mapping[str, InHand]) -> tuple[Lacking, ...]:
    """What of the papers due (`forms.packet.due_papers`) an office lacks, in their order; () where all are in hand.

    `in_hand` is by the id of the paper; what is in hand without being due matters not.
    """
    found = []
    for paper in due:
        if not on_paper(paper):
            continue
        have = in_hand.get(paper.id, InHand(paper.id, 0))
        missing = max(0, paper.copies - have.copies)
        if missing or have.lacks:
            found.append(Lacking(paper, missing, have.lacks))
    return tuple(found)
