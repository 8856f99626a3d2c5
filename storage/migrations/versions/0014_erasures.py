"""What somebody wants gone while an office has it, for the office to settle."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("asked", sa.String(length=32), nullable=False),
        sa.Column("answered", sa.String(length=32), nullable=True),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_erasure_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_erasure_person"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_erasure_seat"),
        sa.PrimaryKeyConstraint("case", "person", name="pk_erasure"),
        comment="Somebody wants gone what an office has of them; the office settles it.",
    )


def downgrade() -> None:
    op.drop_table("erasure")
