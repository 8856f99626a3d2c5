"""Paper that an office has in hand, ticked for each paper of a case (`forms.in_hand`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update

from forms.in_hand import InHand
from storage.desk_tables import paper_in
from storage.unit import Unit


def tick(unit: Unit, case: str, found: InHand) -> None:
    """Note a paper as in hand, in place of what was noted of it before. Conflict where another does at this moment.

    It needs the seat and the moment, and at least one copy (ValueError).
    """
    if not found.seat or found.at is None or found.copies < 1:
        raise ValueError("paper in hand needs to say who took it and when, and how many copies")
    values = {
        "copies": found.copies,
        "lacks": found.lacks,
        "seat": found.seat,
        "at": found.at,
        "given_back": found.given_back,
    }
    here = (paper_in.c.case == case, paper_in.c.paper == found.paper)
    if not unit.connection.execute(update(paper_in).where(*here).values(values)).rowcount:
        unit.connection.execute(insert(paper_in), {"case": case, "paper": found.paper, **values})


def untick(unit: Unit, case: str, paper: str) -> bool:
    """A paper is not in hand after all; whether it was."""
    gone = unit.connection.execute(delete(paper_in).where(paper_in.c.case == case, paper_in.c.paper == paper))
    return gone.rowcount > 0


def lacks(unit: Unit, case: str, paper: str, what: str) -> bool:
    """Note what is still wrong with a paper in hand, "" where nothing is any more; whether it is in hand."""
    return _noted(unit, case, paper, lacks=what)


def give_back(unit: Unit, case: str, paper: str, at: datetime) -> bool:
    """An original went back to its owner; whether it was in hand and had not gone back before."""
    return _noted(unit, case, paper, given_back=at)


def of_case(unit: Unit, case: str) -> dict[str, InHand]:
    """The papers of a case that are in hand, by their ids."""
    rows = unit.connection.execute(
        select(
            paper_in.c.paper,
            paper_in.c.copies,
            paper_in.c.lacks,
            func.coalesce(paper_in.c.seat, ""),
            paper_in.c.at,
            paper_in.c.given_back,
        )
        .where(paper_in.c.case == case)
        .order_by(paper_in.c.paper)
    )
    return {row.paper: InHand(*row) for row in rows}


def _noted(unit: Unit, case: str, paper: str, **values: str | datetime) -> bool:
    here = (paper_in.c.case == case, paper_in.c.paper == paper)
    first = (paper_in.c.given_back.is_(None),) if "given_back" in values else ()
    return unit.connection.execute(update(paper_in).where(*here, *first).values(**values)).rowcount > 0
