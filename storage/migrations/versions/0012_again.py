"""Whoever ended a part in a case may be asked again, and people may want no reminders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_STANDS = sa.text("state IN ('invited', 'joined', 'confirmed')")


def upgrade() -> None:
    op.add_column("person", sa.Column("unreminded", sa.String(length=32), nullable=True))
    with op.batch_alter_table("party") as party:
        party.drop_constraint("uq_party_case", type_="unique")
    op.create_index(
        "uq_party_standing",
        "party",
        ["case", "person", "role"],
        unique=True,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )


def downgrade() -> None:
    op.drop_index("uq_party_standing", table_name="party")
    op.execute(  # the rule of before: one part for a person and role; what has ended is nobody's
        "UPDATE party SET person = NULL WHERE state NOT IN ('invited', 'joined', 'confirmed')"
    )
    with op.batch_alter_table("party") as party:
        party.create_unique_constraint("uq_party_case", ["case", "person", "role"])
    with op.batch_alter_table("person") as person:
        person.drop_column("unreminded")
