"""Asking others to take part: how a part came to be as it stands, when its link was opened, how far a question is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_BEFORE = "Codes by their SHA-256: they lead a door to a person; the union's take one party to a new person."
_AFTER = (
    "Codes by their SHA-256: they lead a door to a person; the union's take one party to a new person; an "
    "invitation's make whoever presses that it is theirs the party."
)


def upgrade() -> None:
    op.add_column("party", sa.Column("reason", sa.String(length=16), server_default="", nullable=False))
    op.add_column("party", sa.Column("reminded", sa.String(length=32), nullable=True))
    op.add_column("party", sa.Column("changed", sa.String(length=32), nullable=True))
    op.add_column("code", sa.Column("opened", sa.String(length=32), nullable=True))
    op.add_column("crossing", sa.Column("stage", sa.String(length=12), server_default="", nullable=False))
    _say_of_codes(_AFTER, _BEFORE)


def downgrade() -> None:
    _say_of_codes(_BEFORE, _AFTER)
    with op.batch_alter_table("crossing") as crossing:
        crossing.drop_column("stage")
    with op.batch_alter_table("code") as code:
        code.drop_column("opened")
    with op.batch_alter_table("party") as party:
        for name in ("changed", "reminded", "reason"):
            party.drop_column(name)


def _say_of_codes(comment: str, before: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.create_table_comment("code", comment, existing_comment=before)
