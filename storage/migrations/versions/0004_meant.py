"""Which question a message was taken for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("message", sa.Column("interview", sa.String(length=32)))
    op.add_column("message", sa.Column("question", sa.Text()))
    op.add_column("message", sa.Column("album", sa.Text()))
    op.create_index("ix_message_album", "message", ["album"])


def downgrade() -> None:
    op.drop_index("ix_message_album", "message")
    for name in ("album", "question", "interview"):
        op.drop_column("message", name)
