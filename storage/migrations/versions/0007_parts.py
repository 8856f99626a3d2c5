"""Case, party and interview apart: what belongs to the case, to a part in it, to the person, and to a file.

What stood in an interview's state and belongs beside it moves there; the state itself is rewritten when the
interview is next saved (`dialogs.keeping`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_FILE = re.compile("[0-9a-f]{32}")


def upgrade() -> None:
    op.add_column("person", sa.Column("locale", sa.String(length=8), server_default="zh", nullable=False))
    op.add_column("person", sa.Column("consented", sa.String(length=32), nullable=True))

    op.add_column("case", sa.Column("status", sa.String(length=12), server_default="open", nullable=False))
    op.add_column("case", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("case", sa.Column("office", sa.Text(), nullable=True))
    op.add_column("case", sa.Column("changed", sa.String(length=32), nullable=True))
    op.execute(
        'UPDATE "case" SET changed = coalesce(finished, created), '
        "status = CASE WHEN finished IS NULL THEN 'open' ELSE 'finished' END"
    )
    op.create_index("ix_case_board", "case", ["office", "status", "changed"])

    with op.batch_alter_table("party") as party:
        party.alter_column("person", existing_type=sa.String(length=32), nullable=True)
        party.add_column(sa.Column("number", sa.Integer(), server_default="1", nullable=False))
        party.add_column(sa.Column("state", sa.String(length=12), server_default="joined", nullable=False))
        party.add_column(sa.Column("consented", sa.String(length=32), nullable=True))
        party.add_column(sa.Column("confirmed", sa.Integer(), nullable=True))
    _number()
    with op.batch_alter_table("party") as party:
        party.create_unique_constraint("uq_party_number", ["case", "role", "number"])

    op.create_table(
        "attached",
        sa.Column("interview", sa.String(length=32), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview"], ["interview.id"], name=op.f("fk_attached_interview"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["file"], ["file.id"], name=op.f("fk_attached_file"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("interview", "file", name=op.f("pk_attached")),
        comment="Which files an interview names.",
    )
    op.create_index(op.f("ix_attached_file"), "attached", ["file"])
    # Those that are there were made by a version that put no secret into them.
    op.add_column("case_key", sa.Column("plain", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("case_key") as keys:
        keys.alter_column("plain", existing_type=sa.Boolean(), server_default=sa.false())
    op.create_index(op.f("ix_case_key_plain"), "case_key", ["plain"])
    _say_of_keys("an HMAC")
    _spread()


def _number() -> None:
    """Several parts of one role in a case are counted in the order in which they began."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text(
            'SELECT party.id, party."case", party.role FROM party LEFT JOIN interview ON interview.party = party.id '
            'ORDER BY party."case", party.role, interview.created, interview.id, party.id'
        )
    ).all()
    counted: dict[tuple[str, str], int] = {}
    for identifier, of, role in rows:
        number = counted[of, role] = counted.get((of, role), 0) + 1
        if number > 1:
            connection.execute(
                sa.text("UPDATE party SET number = :number WHERE id = :id"),
                {"number": number, "id": identifier},
            )


def _spread() -> None:
    connection = op.get_bind()
    people: dict[str, tuple[bool, Any, dict[str, Any]]] = {}
    for row, state in _states(connection):
        # What somebody is in says it of them; where that cannot be read, the latest of their others.
        earlier = people.get(row.person)
        if state and not (earlier and earlier[0]):
            people[row.person] = (row.current == row.id, row, state)
        if row.party:
            _part(connection, row, state)
        for file in sorted(set(_FILE.findall(row.state))):
            connection.execute(
                sa.text(
                    "INSERT INTO attached (interview, file) SELECT :interview, id FROM file WHERE id = :file"
                ),
                {"interview": row.id, "file": file},
            )
    for person, (_, row, state) in people.items():
        connection.execute(
            sa.text("UPDATE person SET locale = :locale, consented = :consented WHERE id = :id"),
            {"locale": _language(state.get("locale")), "consented": _agreed(row, state), "id": person},
        )


def _part(connection: sa.Connection, row: Any, state: dict[str, Any]) -> None:
    finished = state.get("finished_at")
    done = isinstance(finished, str) and bool(finished)
    connection.execute(
        sa.text(
            "UPDATE party SET consented = :consented, confirmed = :confirmed, state = :state WHERE id = :id"
        ),
        {
            "consented": _agreed(row, state),
            "confirmed": 1 if done else None,
            "state": "confirmed" if done else "joined",
            "id": row.party,
        },
    )
    if state and row.role == "nominee":
        # Until now whoever finished last of all in a case said where it stands.
        stands = "coalesce(:finished, finished, created)" if done else "NULL"
        values = {"status": "finished" if done else "open", "practice": state.get("practice") is True}
        connection.execute(
            sa.text(  # one of two texts of ours, none of anybody else's
                f'UPDATE "case" SET status = :status, practice = :practice, finished = {stands} WHERE id = :id'  # noqa: S608
            ),
            values | ({"finished": _moment(finished)} if done else {}) | {"id": row.case},
        )


def _states(connection: sa.Connection) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every interview with what it holds, the oldest first; nothing where that cannot be read."""
    rows = connection.execute(
        sa.text(
            "SELECT interview.id, interview.person, interview.party, interview.state, interview.created, "
            'person.current, party.role, party."case" '
            "FROM interview JOIN person ON person.id = interview.person "
            "LEFT JOIN party ON party.id = interview.party "
            "ORDER BY interview.created, interview.id"
        )
    ).all()
    for row in rows:
        try:
            state = json.loads(row.state)
        except (ValueError, RecursionError):
            state = {}
        yield row, state if isinstance(state, dict) else {}


def _language(language: object) -> str:
    return language if isinstance(language, str) and 0 < len(language) <= 8 else "zh"


def _agreed(row: Any, state: dict[str, Any]) -> str | None:
    """When whoever it is agreed: at a moment that cannot be placed is as good as when they began."""
    moment = state.get("consented_at")
    agreed = isinstance(moment, str) and bool(moment)
    return (_moment(moment) or str(row.created)) if agreed else None


def _moment(text: object) -> str | None:
    """A moment as columns keep it; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _say_of_keys(what: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        said = (
            f"What a finished case has in common with others, by rule: {what}, never the answers themselves."
        )
        op.create_table_comment("case_key", said)


def downgrade() -> None:
    _say_of_keys("a SHA-256")
    op.drop_index(op.f("ix_case_key_plain"), "case_key")
    with op.batch_alter_table("case_key") as keys:
        keys.drop_column("plain")
    op.drop_index(op.f("ix_attached_file"), "attached")
    op.drop_table("attached")
    op.execute("DELETE FROM party WHERE person IS NULL")
    with op.batch_alter_table("party") as party:
        party.drop_constraint("uq_party_number", type_="unique")
        for name in ("confirmed", "consented", "state", "number"):
            party.drop_column(name)
        party.alter_column("person", existing_type=sa.String(length=32), nullable=False)
    op.drop_index("ix_case_board", "case")
    for name in ("changed", "office", "version", "status"):
        op.drop_column("case", name)
    op.drop_column("person", "consented")
    op.drop_column("person", "locale")
