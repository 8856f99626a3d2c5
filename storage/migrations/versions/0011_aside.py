"""A device that several people share: the digits that bring back a door that stands aside, as a slow hash."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("door", sa.Column("pin", sa.Text(), nullable=True))
    op.add_column("door", sa.Column("misses", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("door") as door:
        for name in ("misses", "pin"):
            door.drop_column(name)
