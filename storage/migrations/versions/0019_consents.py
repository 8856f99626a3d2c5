"""What people agreed to, one row each time; of those from before, nobody knows the words any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "wording",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_wording"),
        comment="What people were shown when they agreed, by its SHA-256: sentences of ours, of nobody in particular.",
    )
    op.create_table(
        "consent",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("party", sa.String(length=32), nullable=True),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("given", sa.String(length=32), nullable=False),
        sa.Column("withdrawn", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_consent_person", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name="fk_consent_party", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        comment="What a person agreed to, when, and until when: one row each time.",
    )
    op.create_index("ix_consent_person", "consent", ["person"])
    op.create_index("ix_consent_party", "consent", ["party"])
    op.add_column("notice", sa.Column("case", sa.String(length=32), nullable=True))
    op.create_index("ix_notice_case", "notice", ["case"])
    op.execute(
        "INSERT INTO consent (person, purpose, given) "
        "SELECT id, 'general', consented FROM person WHERE consented IS NOT NULL"
    )
    op.execute(
        "INSERT INTO consent (person, party, purpose, given) "
        "SELECT party.person, party.id, 'general', party.consented FROM party "
        "JOIN person ON person.id = party.person WHERE party.consented IS NOT NULL "
        "AND (person.consented IS NULL OR person.consented <> party.consented)"
    )


def downgrade() -> None:
    op.drop_index("ix_notice_case", "notice")
    op.drop_column("notice", "case")
    op.drop_table("consent")
    op.drop_table("wording")
