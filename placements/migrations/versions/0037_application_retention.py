"""Retention of applications

Revises: 0036
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "application_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("export_first", sa.Boolean(), nullable=False),
        sa.Column("with_seat", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_application_policy_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_policy")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_application_policy_programme_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "application_deletion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "offered",
                "waiting",
                "rejected",
                "next_year",
                "accepted",
                "declined",
                name="applicationstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("export", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_application_deletion_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_deletion")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("application_deletion") as batch_op:
        batch_op.create_index(batch_op.f("ix_application_deletion_cohort_id"), ["cohort_id"], unique=False)

    op.create_table(
        "application_tally",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=True),
        sa.Column(
            "payer",
            sa.Enum(
                "municipality",
                "employer",
                "none",
                name="feepayer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "step",
            sa.Enum(
                "started",
                "submitted",
                "read",
                "offered",
                "accepted",
                "enrolled",
                name="applicationstep",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_application_tally_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_tally")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("application_tally") as batch_op:
        batch_op.create_index(batch_op.f("ix_application_tally_cohort_id"), ["cohort_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("application_tally") as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_tally_cohort_id"))

    op.drop_table("application_tally")
    with op.batch_alter_table("application_deletion") as batch_op:
        batch_op.drop_index(batch_op.f("ix_application_deletion_cohort_id"))

    op.drop_table("application_deletion")
    op.drop_table("application_policy")
