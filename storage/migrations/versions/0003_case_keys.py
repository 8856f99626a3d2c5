"""What finished cases have in common."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "case_key",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name=op.f("fk_case_key_case"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case", "rule", name=op.f("pk_case_key")),
        comment="What a finished case has in common with others, by rule: a SHA-256, never the answers themselves.",
    )
    op.create_index(op.f("ix_case_key_key"), "case_key", ["key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_case_key_key"), "case_key")

    op.drop_table("case_key")
