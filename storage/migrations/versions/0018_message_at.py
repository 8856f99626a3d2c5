"""Messages are found by when they were taken: those of long ago are let go."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_index("ix_message_at", "message", ["at"])


def downgrade() -> None:
    op.drop_index("ix_message_at", "message")
