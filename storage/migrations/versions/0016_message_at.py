"""Messages are found by when they were taken: those of long ago are let go."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_index("ix_message_at", "message", ["at"])


def downgrade() -> None:
    op.drop_index("ix_message_at", "message")
