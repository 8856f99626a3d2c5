"""Rows as the version before wrote them: everything that people said stood in them as it was.

Run as a module it seals a database, and says at every portion that it was sealed.
"""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy import insert as into

from dialogs.interview import Interview
from storage import desk_tables, sealing_rows, tables
from storage.database import open_engine
from storage.migrations import migrate
from storage.sealed_columns import COLUMNS
from storage.tables import new_id
from tests.storage.rings import ring

KILLED = "tests.storage.older_rows"
NOW = datetime(2026, 6, 15, 4, tzinfo=UTC)
#: Stands in every column that is to be sealed.
CANARY = "Canary-7Q-"


def filled(url: str, cases: int) -> dict[str, str]:
    """A database of 0014 with so many cases at one office; what each person said, by interview."""
    engine = open_engine(url, migrating=True)
    try:
        with engine.begin() as connection:
            migrate(connection, "0014")
        with engine.begin() as connection:
            return _fill(connection, cases)
    finally:
        engine.dispose()


def _fill(connection: Any, cases: int) -> dict[str, str]:
    def put(table: Any, **values: Any) -> None:
        connection.execute(into(table), values)

    office, seat = new_id(), new_id()
    union = {"name": "青秀区总工会", "aliases": [], "programmes": [], "kind": "union", "created": NOW}
    put(desk_tables.office, id=office, **union)
    put(desk_tables.seat, id=seat, office=office, role="clerk", name="王干事", created=NOW)
    put(tables.snapshot, digest="d", programme="small", source="{}")
    stage = {"programme": "small", "stage": "review", "begun": NOW, "figure": 3}
    put(desk_tables.progress, office=office, reason=f"{CANARY}figure", **stage)
    told: dict[str, str] = {}
    for number in range(cases):
        words = f"{CANARY}{number}"
        someone, said, of, part, round_, here = (new_id() for _ in range(6))
        own = {"case": of, "at": NOW}
        told[said] = words
        state = Interview(programme="small", answers={"brief": words, "filler": "干" * 4000})
        put(tables.person, id=someone, current=said, created=NOW, locale="zh")
        put(tables.door, channel="web", address=f"door-{number}", person=someone, created=NOW)
        put(tables.case, id=of, programme="small", digest="d", practice=False, created=NOW)
        put(tables.party, id=part, case=of, person=someone, role="nominee")
        row = {"person": someone, "party": part, "version": 3 + number % 5, "created": NOW}
        put(tables.interview, id=said, state=state.model_dump_json(), **row)
        sent = {"person": someone, "interview": said, "size": 7, "created": NOW, "digest": "d"}
        put(tables.file, id=new_id(), name=f"{words}.jpg", facts=f'{{"words":"{words}"}}', **sent)
        put(
            tables.notice,
            channel="web",
            address=f"door-{number}",
            at=NOW,
            text="{name}",
            values={"name": words},
        )
        put(desk_tables.desk, person=someone, open=False, state=f'{{"search":"{words}"}}', version=2)
        rounds = {"round": 1, "face": f'{{"name":"{words}"}}', "content": f'{{"parts":["{words}"]}}'}
        put(desk_tables.handed, id=round_, digest="d", **own, **rounds)
        lies = {
            "programme": "small",
            "round": 1,
            "state": "refused",
            "version": 2,
            "arrived": NOW,
            "since": NOW,
        }
        put(desk_tables.stay, id=here, case=of, office=office, due="9999", reason=words, **lies)
        put(
            desk_tables.remark,
            id=new_id(),
            party=part,
            question="q",
            sort="wrong",
            text=words,
            round=1,
            **own,
        )
        put(desk_tables.settled, rule="r", outcome="met", reason=words, ground="f" * 64, **own)
        mended = {"was": f'"{words}"', "now": f'"{words}!"', "question": "q", "party": part}
        put(desk_tables.correction, id=new_id(), **mended, **own)
        put(desk_tables.letter, person=someone, text=words, **own)
        put(desk_tables.erasure, case=of, person=someone, asked=NOW, reason=words)
        put(desk_tables.standing, stage="review", outcome="on", reason=words, **own)
    return told


def left_plain(url: str) -> int:
    """How many rows hold words that are not sealed."""
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            counts = [select(func.count()).select_from(each.table).where(each.left) for each in COLUMNS]
            return sum(int(connection.execute(each).scalar_one()) for each in counts)
    finally:
        engine.dispose()


def main() -> None:
    """Seal a database, and say each time that some rows are sealed, before they are kept."""
    sealing, url = sealing_rows.seal_some, sys.argv[1]

    def seal_some(*what: Any) -> Any:
        done = sealing(*what)
        print("some", flush=True)
        return done

    vars(sealing_rows)["seal_some"] = seal_some
    with closing(ring(url)) as keyring:
        sealing_rows.bring(url, keyring)


if __name__ == "__main__":
    main()
