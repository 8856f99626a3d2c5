"""Codes of every kind in one table, what is asked and told at doors, and what is known of a door."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("door", sa.Column("device", sa.Text(), nullable=True))
    op.add_column("door", sa.Column("seen", sa.String(length=32), nullable=True))
    # As if all had been used today: a new version turns nobody out.
    today = sa.text("UPDATE door SET seen = :today").bindparams(
        today=datetime.now(UTC).isoformat(timespec="microseconds")
    )
    op.get_bind().execute(today)
    op.create_table(
        "code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("party", sa.String(length=32), nullable=True),
        sa.Column("generation", sa.Integer(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("opens", sa.String(length=32), nullable=True),
        sa.Column("expires", sa.String(length=32), nullable=True),
        sa.Column("used", sa.String(length=32), nullable=True),
        sa.Column("void", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_code_person")),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_code_party")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_code")),
        comment="Codes by their SHA-256: they lead a door to a person; the union's take one party to a new person.",
    )
    op.create_index(op.f("ix_code_person"), "code", ["person"])
    op.create_index(op.f("ix_code_party"), "code", ["party"])
    op.execute(
        "INSERT INTO code (digest, kind, person, created, expires, used) "
        "SELECT digest, 'short', person, expires, expires, used FROM resume_code"
    )
    op.drop_index(op.f("ix_resume_code_person"), "resume_code")
    op.drop_table("resume_code")

    op.create_table(
        "crossing",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_crossing")),
        comment="The question that stands at a door after a code was given there: whether to go over.",
    )
    op.create_table(
        "notice",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=True),
        sa.Column("shown", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        comment="What is to be told at a door, in front of its next Screen. The door may be gone: that is told there, too.",
    )
    op.create_index("ix_notice_door", "notice", ["channel", "address"])


def downgrade() -> None:
    op.drop_index("ix_notice_door", "notice")
    op.drop_table("notice")
    op.drop_table("crossing")

    op.create_table(
        "resume_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("expires", sa.String(length=32), nullable=False),
        sa.Column("used", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_resume_code_person")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_resume_code")),
        comment="Codes that join another door to a person, by their SHA-256.",
    )
    op.create_index(op.f("ix_resume_code_person"), "resume_code", ["person"])
    op.execute(
        "INSERT INTO resume_code (digest, person, expires, used) "
        "SELECT digest, person, expires, used FROM code WHERE kind = 'short'"
    )
    op.drop_index(op.f("ix_code_party"), "code")
    op.drop_index(op.f("ix_code_person"), "code")

    op.drop_table("code")
    op.drop_column("door", "seen")
    op.drop_column("door", "device")
