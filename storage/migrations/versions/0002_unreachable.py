"""Doors where nothing can be delivered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("door", sa.Column("unreachable", sa.String(length=32), nullable=True))


def downgrade() -> None:
    op.drop_column("door", "unreachable")
