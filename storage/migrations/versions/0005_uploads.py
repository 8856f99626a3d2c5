"""Files whose row stands before their bytes arrive, and what their bytes are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("file", sa.Column("digest", sa.String(length=64), nullable=False, server_default=""))
    op.add_column("file", sa.Column("arriving", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_file_arriving"), "file", ["arriving"])


def downgrade() -> None:
    op.execute("DELETE FROM file WHERE arriving IS NOT NULL")
    op.drop_index(op.f("ix_file_arriving"), "file")
    op.drop_column("file", "arriving")
    op.drop_column("file", "digest")
