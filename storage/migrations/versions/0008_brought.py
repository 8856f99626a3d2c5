"""Which message brought a file."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("file", sa.Column("message", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("file", "message")
