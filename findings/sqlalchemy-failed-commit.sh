#!/usr/bin/env bash
# SQLAlchemy 2.1.9 with SQLite: where COMMIT itself fails, `with connection.begin()` raises and rolls nothing back. SQLite
# leaves the transaction open then (sqlite.org/foreignkeys.html, 4.2: COMMIT fails for as long as rows are in violation), so
# what comes next on the connection is still inside it: with BEGIN sent by oneself, as the documentation of the SQLite dialect tells, the
# next begin() raises, and every one after it; with the driver's own, a good row goes down with the bad one before it.
#
# Valid input: a row that breaks a DEFERRABLE INITIALLY DEFERRED foreign key, so that only COMMIT can tell; then another.
# Here one connection writes for everybody, so it has to be rolled back by hand after a COMMIT that failed. Fails when
# begin() ends what it began.
set -euo pipefail
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" -qq install SQLAlchemy==2.1.9
"$here/venv/bin/python" - <<'PY'
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

TABLES = (
    "CREATE TABLE office (id INTEGER PRIMARY KEY)",
    "CREATE TABLE seat (office INTEGER REFERENCES office (id) DEFERRABLE INITIALLY DEFERRED)",
)


def seen(*, begins: bool) -> str:
    engine = create_engine("sqlite://")

    @event.listens_for(engine, "connect")
    def connect(driver, record):
        driver.execute("PRAGMA foreign_keys=ON")
        if begins:
            driver.isolation_level = None

    if begins:
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with engine.connect() as connection:
        with connection.begin():
            for table in TABLES:
                connection.execute(text(table))
        try:
            with connection.begin():
                connection.execute(text("INSERT INTO seat VALUES (7)"))
            raise AssertionError("the COMMIT did not fail")
        except IntegrityError:
            pass
        assert connection.connection.driver_connection.in_transaction, "what was begun is ended now"
        try:
            with connection.begin():
                connection.execute(text("INSERT INTO office VALUES (1)"))
        except (IntegrityError, OperationalError) as error:
            return f"the next one, a good row: {error.orig}"
    raise AssertionError("the next one is through")


for begins in (True, False):
    print("BEGIN sent by oneself:" if begins else "BEGIN left to the driver:", seen(begins=begins))
PY
echo "as described: a COMMIT that fails leaves its transaction to whoever comes next on the connection"
