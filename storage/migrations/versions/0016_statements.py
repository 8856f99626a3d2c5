"""What a receiving union writes itself about a case, from its seat."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "statement",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_statement_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["office"], ["office.id"], name="fk_statement_office"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_statement_seat"),
        sa.PrimaryKeyConstraint("case", "round", name="pk_statement"),
        comment="What a receiving union writes itself about a case, by the round that it read.",
    )


def downgrade() -> None:
    op.drop_table("statement")
