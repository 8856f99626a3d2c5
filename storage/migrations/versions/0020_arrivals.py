"""What came to an office last is found without looking at all that lies there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    here = sa.text("state = 'here'")
    op.create_index("ix_stay_arrived", "stay", ["arrived"], sqlite_where=here, postgresql_where=here)


def downgrade() -> None:
    op.drop_index("ix_stay_arrived", "stay")
