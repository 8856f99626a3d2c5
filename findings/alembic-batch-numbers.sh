#!/usr/bin/env bash
# Alembic 1.20.1 with SQLite: what `batch_alter_table` makes anew has lost AUTOINCREMENT, the triggers of the table and the
# collations of its columns, and says so of none of them; of a CHECK without a name, which it leaves out too, it warns. Its
# documentation: the structure is reflected, and the new table is made of it “with the given changes”.
#
# Valid input: a table that numbers its rows once and for all (sqlite.org/autoinc.html: never a number that was used before),
# with a trigger and a NOCASE column, as SQLite's shell would make it; the batch makes one column NOT NULL. Seen: the number
# of a deleted row is given to the next one, the trigger is gone, and 'A' is not 'a' any more. Fails when that changes. Here
# an outbox names notices by number, so that a migration of any column would have sent a new notice to nobody: taken for one
# that was delivered. `storage/migrations/` gives `sqlite_autoincrement` along, and a test looks at the tables at the end.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install alembic==1.20.1 SQLAlchemy==2.1.9
"$here/venv/bin/python" - <<'PY'
import warnings

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, create_engine

TABLE = (
    "CREATE TABLE notice (id INTEGER PRIMARY KEY AUTOINCREMENT, door TEXT COLLATE NOCASE, text TEXT)",
    "CREATE TABLE trail (what TEXT)",
    "CREATE TRIGGER told AFTER INSERT ON notice BEGIN INSERT INTO trail VALUES ('told'); END",
)


def seen(connection: Connection) -> tuple[int, int, int]:
    """The number after a last row that was deleted, how many rows the trigger wrote, how many doors are 'A' or 'a'."""
    def ask(statement: str) -> int:
        return connection.exec_driver_sql(statement).scalar_one()

    last = ask("INSERT INTO notice (door, text) VALUES ('a', 'first') RETURNING id")
    connection.exec_driver_sql(f"DELETE FROM notice WHERE id = {last}")
    number = ask("INSERT INTO notice (door, text) VALUES ('a', 'second') RETURNING id")
    return number - last, ask("SELECT count(*) FROM trail"), ask("SELECT count(*) FROM notice WHERE door = 'A'")


def made(*, batch: bool) -> tuple[int, int, int]:
    with create_engine("sqlite://").begin() as connection:
        for statement in TABLE:
            connection.exec_driver_sql(statement)
        if batch:
            with Operations(MigrationContext.configure(connection)).batch_alter_table("notice") as notice:
                notice.alter_column("text", nullable=False)
        return seen(connection)


before = made(batch=False)
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    after = made(batch=True)
print(f"before: the next number is {before[0]} further, {before[1]} rows by the trigger, {before[2]} of 1 found by 'A'")
print(f"after a batch: {after[0]} further, {after[1]} rows, {after[2]} found; warnings: {[str(each.message) for each in warned]}")
assert before == (1, 2, 1)
assert after == (0, 0, 0) and not warned, "something of it is kept or told now"
PY
echo "as described: a batch of Alembic forgets AUTOINCREMENT, triggers and collations without a word"
