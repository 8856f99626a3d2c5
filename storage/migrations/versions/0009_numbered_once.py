"""The number of a notice is used once: the outbox names notices that may be gone by then."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _made_anew(autoincrement=True)


def downgrade() -> None:
    _made_anew(autoincrement=False)


def _made_anew(*, autoincrement: bool) -> None:
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL's sequences never go back
        arguments = {"sqlite_autoincrement": autoincrement}
        with op.batch_alter_table("notice", recreate="always", table_kwargs=arguments):
            pass
