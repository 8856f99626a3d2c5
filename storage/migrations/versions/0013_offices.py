"""Offices with their seats and desks, and cases that lie there.

The office of a case was the name that its notice gives; where it lies is a stay's now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_SITS = sa.text("ended IS NULL AND person IS NOT NULL")
_WORKED_ON = sa.text("state IN ('here', 'returned', 'accepted')")
_WAITS = sa.text("seat IS NULL AND answered IS NULL")
_TRAYS = (
    ("new", "state = 'here' AND opened IS NULL"),
    ("doubtful", "state = 'here' AND doubts > 0"),
    ("complete", "state = 'here' AND doubts = 0 AND lacking = 0"),
    ("done", "state IN ('accepted', 'passed', 'refused')"),
)
_MADE = (
    "office",
    "trail",
    "trail_head",
    "desk",
    "progress",
    "seat",
    "case_find",
    "export",
    "handed",
    "letter",
    "paper_in",
    "settled",
    "standing",
    "stay",
    "correction",
    "remark",
)


def upgrade() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("programmes", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("above", sa.String(length=32), nullable=True),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("hours", sa.Text(), server_default="", nullable=False),
        sa.Column("corrects", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("closed", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["above"], ["office.id"], name="fk_office_above"),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
        sa.UniqueConstraint("name", name="uq_office_name"),
        comment="A union that receives cases; `above` is where it passes them on to.",
    )
    op.create_index("ix_office_above", "office", ["above"])
    op.create_table(
        "trail",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("value", sa.String(length=64), server_default="", nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trail"),
        sa.UniqueConstraint("case", "number", name="uq_trail_number"),
        comment="What staff saw, changed, exported and decided: ids and keyed digests, never values; one chain for each case.",
    )
    op.create_table(
        "trail_head",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("entries", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_trail_head"),
        comment="The trail as it stood when a day was over.",
    )
    op.create_table(
        "desk",
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_desk_person", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", name="pk_desk"),
        comment="What somebody with a seat looks at: a page of the desk, as JSON between turns.",
    )
    op.create_table(
        "progress",
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("begun", sa.String(length=32), nullable=False),
        sa.Column("closed", sa.String(length=32), nullable=True),
        sa.Column("figure", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("starts", sa.String(length=10), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["office"], ["office.id"], name="fk_progress_office"),
        sa.PrimaryKeyConstraint("office", "programme", "stage", name="pk_progress"),
        comment="How far a selection is: a stage after handing in, at the office that runs it.",
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("taken", sa.String(length=32), nullable=True),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("digest", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["office"], ["office.id"], name="fk_seat_office"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_seat_person"),
        sa.PrimaryKeyConstraint("id", name="pk_seat"),
        comment="A person of an office: head, clerk or auditor. No person before an invitation is taken.",
    )
    op.create_index("ix_seat_office", "seat", ["office"])
    op.create_index("ix_seat_person", "seat", ["person"])
    op.create_index(
        "uq_seat_standing",
        "seat",
        ["office", "person", "role"],
        unique=True,
        sqlite_where=_SITS,
        postgresql_where=_SITS,
    )
    op.create_table(
        "case_find",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_case_find_case", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("case", "kind", name="pk_case_find"),
        comment="By what a case that was handed in is found: HMAC of its whole name, ID number, number of the case.",
    )
    op.create_index("ix_case_find_key", "case_find", ["kind", "key"])
    op.create_table(
        "export",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("cases", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("done", sa.Integer(), server_default="0", nullable=False),
        sa.Column("created", sa.String(length=32), nullable=False),
        sa.Column("expires", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("digest", sa.String(length=64), server_default="", nullable=False),
        sa.Column("lease_until", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["office"], ["office.id"], name="fk_export_office"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_export_seat"),
        sa.PrimaryKeyConstraint("id", name="pk_export"),
        comment="A table or packets that an office takes along, made in the background.",
    )
    op.create_index("ix_export_office", "export", ["office"])
    op.create_table(
        "handed",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("face", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_handed_case", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_handed"),
        sa.UniqueConstraint("case", "round", name="uq_handed_round"),
        comment="A version of a case that was handed in, sealed as it was shown.",
    )
    op.create_table(
        "letter",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=32), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("answered", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_letter_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name="fk_letter_person"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_letter_seat"),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
        comment="Words between a person and the office that has their case.",
        sqlite_autoincrement=True,
    )
    op.create_index("ix_letter_case", "letter", ["case"])
    op.create_index("ix_letter_waits", "letter", ["case"], sqlite_where=_WAITS, postgresql_where=_WAITS)
    op.create_table(
        "paper_in",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("lacks", sa.Text(), server_default="", nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("given_back", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_paper_in_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_paper_in_seat"),
        sa.PrimaryKeyConstraint("case", "paper", name="pk_paper_in"),
        comment="Paper that an office has in hand.",
    )
    op.create_table(
        "settled",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ground", sa.String(length=64), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_settled_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_settled_seat"),
        sa.PrimaryKeyConstraint("case", "rule", name="pk_settled"),
        comment="What staff decided where a rule leaves it to them.",
    )
    op.create_table(
        "standing",
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("was", sa.String(length=8), server_default="", nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("listed", sa.String(length=10), nullable=True),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_standing_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_standing_seat"),
        sa.PrimaryKeyConstraint("case", "stage", name="pk_standing"),
        comment="How a case came out of a stage.",
    )
    op.create_table(
        "stay",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("programme", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("arrived", sa.String(length=32), nullable=False),
        sa.Column("since", sa.String(length=32), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("opened", sa.String(length=32), nullable=True),
        sa.Column("doubts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lacking", sa.Integer(), server_default="0", nullable=False),
        sa.Column("assigned", sa.String(length=32), nullable=True),
        sa.Column("holder", sa.String(length=32), nullable=True),
        sa.Column("held", sa.String(length=32), nullable=True),
        sa.Column("decided", sa.String(length=32), nullable=True),
        sa.Column("decider", sa.String(length=32), nullable=True),
        sa.Column("clause", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("before", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=64), server_default="", nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assigned"], ["seat.id"], name="fk_stay_assigned"),
        sa.ForeignKeyConstraint(["before"], ["stay.id"], name="fk_stay_before"),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_stay_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["decider"], ["seat.id"], name="fk_stay_decider"),
        sa.ForeignKeyConstraint(["holder"], ["seat.id"], name="fk_stay_holder"),
        sa.ForeignKeyConstraint(["office"], ["office.id"], name="fk_stay_office"),
        sa.PrimaryKeyConstraint("id", name="pk_stay"),
        comment="A case at an office: from its arrival until it is passed on, accepted, refused or withdrawn.",
    )
    op.create_index(
        "ix_stay_assigned",
        "stay",
        ["assigned", "office", "due", "since", "id"],
        sqlite_where=_WORKED_ON,
        postgresql_where=_WORKED_ON,
    )
    op.create_index(
        "uq_stay_standing",
        "stay",
        ["case"],
        unique=True,
        sqlite_where=_WORKED_ON,
        postgresql_where=_WORKED_ON,
    )
    op.create_index("ix_stay_board", "stay", ["office", "state", "due", "since", "id"])
    op.create_index("ix_stay_case", "stay", ["case", "office"])
    op.create_index("ix_stay_holder", "stay", ["holder"])
    op.create_index("ix_stay_since", "stay", ["office", "since"])
    op.create_index("ix_stay_unit", "stay", ["office", "unit", "state", "due", "since", "id"])
    for name, holds in _TRAYS:
        op.create_index(
            f"ix_stay_{name}",
            "stay",
            ["office", "due", "since", "id"] if name == "done" else ["office", "state", "due", "since", "id"],
            sqlite_where=sa.text(holds),
            postgresql_where=sa.text(holds),
        )
    op.create_index("ix_stay_programme", "stay", ["office", "programme", "state", "due", "since", "id"])
    op.create_table(
        "correction",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("party", sa.String(length=32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("undone", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_correction_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name="fk_correction_party", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_correction_seat"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        comment="A slip that staff mended on somebody's behalf.",
    )
    op.create_index("ix_correction_case", "correction", ["case"])
    op.create_table(
        "remark",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("party", sa.String(length=32), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("sort", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seat", sa.String(length=32), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sent", sa.String(length=32), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("dropped", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["case"], ["case.id"], name="fk_remark_case", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["party"], ["party.id"], name="fk_remark_party", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["seat"], ["seat.id"], name="fk_remark_seat"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
        comment="What staff send back on one question. Not sent while it is being written.",
    )
    op.create_index("ix_remark_case", "remark", ["case"])
    op.create_index("ix_remark_party", "remark", ["party"])
    op.drop_index("ix_case_board", "case")
    with op.batch_alter_table("case") as case:
        case.drop_column("office")
        case.add_column(sa.Column("number", sa.String(length=24), nullable=True))
        case.create_unique_constraint("uq_case_number", ["number"])
    op.add_column("code", sa.Column("seat", sa.String(length=32), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("code") as code:
        code.drop_column("seat")
    with op.batch_alter_table("case") as case:
        case.drop_constraint("uq_case_number", type_="unique")
        case.drop_column("number")
        case.add_column(sa.Column("office", sa.Text(), nullable=True))
    op.create_index("ix_case_board", "case", ["office", "status", "changed"])
    for name in reversed(_MADE):
        op.drop_table(name)
