"""Wrong codes are counted in the database: a restart, or another process, forgets none of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    counter = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "attempt",
        sa.Column("id", counter, autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempt"),
        comment="Wrong codes of the last quarter of an hour, by an HMAC of the door or the network that they came from.",
    )
    op.create_index("ix_attempt_at", "attempt", ["at"])
    op.create_index("ix_attempt_source", "attempt", ["source", "at"])


def downgrade() -> None:
    op.drop_table("attempt")
