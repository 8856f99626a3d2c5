"""A board shows what is to be done, nearest deadline and oldest wait first, an office's own and page by page."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, update

from storage import boards, exports
from storage.database import Database, open_engine
from storage.desk_tables import letter, stay
from storage.sealed import Sealing
from storage.stays import Stay
from storage.tables import person
from storage.unit import Unit
from tests.storage.desks import NOW, found, receive
from tests.storage.rings import ring

TODAY = "2026-06-15"
TRAYS = ("next", "new", "mine", "returned", "verify", "complete", "overdue", "letters", "done")


def put(unit: Unit, name: str, minutes: int = 0, /, **values: Any) -> Stay:
    """A case at an office with this in its row. Nothing is new unless it says so, and one paper lacks."""
    row = receive(unit, name, minutes=minutes)
    row_values = {"opened": NOW, "lacking": 1, **values}
    unit.connection.execute(update(stay).where(stay.c.id == row.id).values(**row_values))
    return row


def page(unit: Unit, tray: str, most: int = 10, **narrow: Any) -> list[str]:
    return [row.id for row in boards.page(unit, "青秀", tray, "s-青秀", TODAY, most, **narrow)]


async def test_each_tray_has_what_belongs_there_and_counts_the_same(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        rows = {
            "plain": put(unit, "青秀"),
            "new": put(unit, "青秀", opened=None),
            "mine": put(unit, "青秀", assigned="s-青秀"),
            "mine accepted": put(unit, "青秀", assigned="s-青秀", state="accepted"),
            "mine passed": put(unit, "青秀", assigned="s-青秀", state="passed"),
            "returned": put(unit, "青秀", state="returned"),
            "doubtful": put(unit, "青秀", doubts=2),
            "complete": put(unit, "青秀", lacking=0),
            "overdue": put(unit, "青秀", due="2026-06-14"),
            "today": put(unit, "青秀", due=TODAY),
            "refused": put(unit, "青秀", state="refused"),
            "withdrawn": put(unit, "青秀", state="withdrawn"),
        }
        for each in (
            {"opened": None},
            {"assigned": "s-青秀"},
            {"lacking": 0},
            {"due": "2026-06-01"},
            {"doubts": 1},
        ):
            put(unit, "南宁", **each)
        unit.connection.execute(insert(person), {"id": "p", "current": "-", "created": NOW})
        for of, answered in (("plain", None), ("new", NOW), ("mine passed", None)):
            words = {"case": rows[of].case, "person": "p", "text": "？", "at": NOW, "answered": answered}
            unit.connection.execute(insert(letter), words)
        names = {row.id: name for name, row in rows.items()}
        here = {"plain", "new", "mine", "doubtful", "complete", "overdue", "today"}
        trays = {
            "next": here,
            "new": {"new"},
            "mine": {"mine", "mine accepted"},
            "returned": {"returned"},
            "verify": {"doubtful"},
            "complete": {"complete"},
            "overdue": {"overdue"},
            "letters": {"plain"},
            "done": {"mine accepted", "mine passed", "refused"},
        }
        assert {tray: {names[each] for each in page(unit, tray)} for tray in TRAYS} == trays
        counts = boards.many(unit, "青秀", TRAYS, "s-青秀", TODAY, 100)
        assert counts == {tray: len(each) for tray, each in trays.items()}
        assert boards.many(unit, "青秀", ("next",), "s-青秀", TODAY, 3) == {"next": 3}

    await database.run(work)


async def test_the_nearest_deadline_and_the_oldest_wait_come_first_and_pages_go_on_behind_them(
    database: Database,
) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀")
        order = []
        for due in ("2026-06-20", "2026-06-30", "9999"):
            rows = [put(unit, "青秀", minutes, due=due) for minutes in (2, 1, 1, 3)]
            order += sorted(rows, key=lambda row: (row.since, row.id))
        wanted = [row.id for row in order]
        assert page(unit, "next", 20) == wanted
        for size in (1, 3, 5):
            seen: list[str] = []
            while more := page(unit, "next", size, after=boards.place(unit, seen[-1]) if seen else None):
                seen += more
            assert seen == wanted
        assert boards.place(unit, "none") is None

    await database.run(work)


async def test_a_board_is_narrowed_to_a_programme_and_a_unit(database: Database) -> None:
    def work(unit: Unit) -> None:
        found(unit, "青秀", "南宁")
        one, two = put(unit, "青秀", programme="b"), put(unit, "青秀", 1, programme="a", unit="k")
        put(unit, "南宁", programme="c")
        assert page(unit, "next", programme="b") == [one.id]
        assert page(unit, "next", employer="k") == [two.id]
        assert page(unit, "next", programme="b", employer="k") == []
        assert boards.programmes(unit, "青秀") == ("a", "b")
        assert boards.programmes(unit, "柳州") == ()

    await database.run(work)


def explained(request: pytest.FixtureRequest, look: Callable[[Unit], object]) -> list[str]:
    """How SQLite goes about each statement, without statistics, as a new database has none."""
    path = request.getfixturevalue("sqlite_up_to_date")
    engine = open_engine(f"sqlite:///{path}")
    plans: list[str] = []

    @event.listens_for(engine, "before_cursor_execute")
    def explain(connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        rows = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
        plans.append("\n".join(row[3] for row in rows))

    with engine.connect() as connection, closing(ring(str(engine.url))) as keyring:
        look(Unit(connection, Sealing(keyring)))
    engine.dispose()
    return plans


def test_what_came_last_to_offices_is_found_by_its_own_index(request: pytest.FixtureRequest) -> None:
    assert explained(request, exports.arrived)[-1] == "SCAN stay USING INDEX ix_stay_arrived"


@pytest.mark.parametrize("tray", TRAYS)
def test_sqlite_goes_over_no_more_of_a_tray_than_it_shows(tray: str, request: pytest.FixtureRequest) -> None:
    """By an index of the tray's own, in its order."""
    after = ("2026-06-20", (NOW + timedelta(1)).isoformat(), "x")

    def look(unit: Unit) -> None:
        boards.page(unit, "青秀", tray, "s", TODAY, 11, after=after)
        boards.many(unit, "青秀", (tray,), "s", TODAY, 100)

    plans = explained(request, look)
    index = {
        "next": "ix_stay_board (office=? AND state=? AND (due,since,id)>(?,?,?)",
        "new": "ix_stay_new (office=? AND state=? AND (due,since,id)>(?,?,?)",
        "mine": "ix_stay_assigned (assigned=? AND office=? AND (due,since,id)>(?,?,?)",
        "returned": "ix_stay_board (office=? AND state=? AND (due,since,id)>(?,?,?)",
        "verify": "ix_stay_doubtful (office=? AND state=? AND (due,since,id)>(?,?,?)",
        "complete": "ix_stay_complete (office=? AND state=? AND (due,since,id)>(?,?,?)",
        "overdue": "ix_stay_board (office=? AND state=? AND (due,since,id)>(?,?,?)",
        "letters": "SCAN letter USING INDEX ix_letter_waits",
        "done": "ix_stay_done (office=? AND (due,since,id)>(?,?,?)",
    }[tray]
    shown, counted = plans[-2:]  # before them SQLAlchemy asks what database it is
    assert index in shown.replace("COVERING ", "")
    counting = (
        "ix_stay_board" if tray == "done" else index.split(" (")[0]
    )  # whichever it is, it stops at the most
    assert counting in counted
    if tray != "letters":  # those are put in order, being few
        inner = shown.split("CO-ROUTINE")[1].split("SCAN anon")[0]
        assert "TEMP B-TREE" not in inner
