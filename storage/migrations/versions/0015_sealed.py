"""Under which keyring the rows are sealed; a ground of a settlement, sealed, is longer than its digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "sealed_by",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_by"),
        comment="One row, once every row of a version that did not seal is sealed: it opens with the keyring alone.",
    )
    with op.batch_alter_table("settled") as settled:
        settled.alter_column(
            "ground", existing_type=sa.String(length=64), type_=sa.Text(), existing_nullable=False
        )


def downgrade() -> None:
    with op.batch_alter_table("settled") as settled:
        settled.alter_column(
            "ground", existing_type=sa.Text(), type_=sa.String(length=64), existing_nullable=False
        )
    op.drop_table("sealed_by")
