"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("channel", "conversation", "message", name=op.f("pk_message")),
        comment="What was taken already: a message counts once.",
    )
    op.create_table(
        "outbox",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("due", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.String(length=32), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        comment="What others must learn: waiting, sent (with the channel's message id) or dead.",
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "due"])

    op.create_table(
        "person",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("current", sa.String(length=32), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        comment="Someone who speaks with us through one door or several; `current` is the interview they are in.",
    )
    op.create_table(
        "snapshot",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_snapshot")),
        comment="The text of a programme as a case began with it.",
    )
    op.create_table(
        "case",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("finished", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["snapshot.digest"], name=op.f("fk_case_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
        comment="One nominee's application to one programme, pinned to the definition it began with.",
    )
    op.create_table(
        "door",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_door_person")),
        sa.PrimaryKeyConstraint("channel", "address", name=op.f("pk_door")),
        comment="Where a person speaks from. The address of a web session is the SHA-256 of its token.",
    )
    op.create_index(op.f("ix_door_person"), "door", ["person"])

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

    op.create_table(
        "party",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name=op.f("fk_party_case")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_party_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("case", "person", "role", name=op.f("uq_party_case")),
        comment="A person's part in a case: nominee, expert, unit clerk.",
    )
    op.create_index(op.f("ix_party_person"), "party", ["person"])

    op.create_table(
        "interview",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("party", sa.String(length=32), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name=op.f("fk_interview_party")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_interview_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
        sa.UniqueConstraint("party", name=op.f("uq_interview_party")),
        comment="A party's conversation over one form. No party before a programme is chosen.",
    )
    op.create_index(op.f("ix_interview_person"), "interview", ["person"])

    op.create_table(
        "event",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("interview", sa.String(length=32), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["interview"], ["interview.id"], name=op.f("fk_event_interview")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        comment="The history, only ever added to. Never an answer's value.",
    )
    op.create_index(op.f("ix_event_interview"), "event", ["interview"])

    op.create_table(
        "file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("interview", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["interview"], ["interview.id"], name=op.f("fk_file_interview")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_file_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        comment="A file that a person sent; `size` is the bytes kept, 0 where they were refused.",
    )
    op.create_index(op.f("ix_file_person"), "file", ["person"])


def downgrade() -> None:
    op.drop_index(op.f("ix_file_person"), "file")

    op.drop_table("file")
    op.drop_index(op.f("ix_event_interview"), "event")

    op.drop_table("event")
    op.drop_index(op.f("ix_interview_person"), "interview")

    op.drop_table("interview")
    op.drop_index(op.f("ix_party_person"), "party")

    op.drop_table("party")
    op.drop_index(op.f("ix_resume_code_person"), "resume_code")

    op.drop_table("resume_code")
    op.drop_index(op.f("ix_door_person"), "door")

    op.drop_table("door")
    op.drop_table("case")
    op.drop_table("snapshot")
    op.drop_table("person")
    op.drop_index("ix_outbox_state", "outbox")

    op.drop_table("outbox")
    op.drop_table("message")
