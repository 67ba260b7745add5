"""Pairs of peers and colleagues, their admission and their working time

Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "admission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_admission_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_admission_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "peer_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("peer_id", sa.Integer(), nullable=False),
        sa.Column("colleague_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("peer_id <> colleague_id", name=op.f("ck_peer_pair_two")),
        sa.ForeignKeyConstraint(["colleague_id"], ["enrolment.id"], name=op.f("fk_peer_pair_colleague_id")),
        sa.ForeignKeyConstraint(["peer_id"], ["enrolment.id"], name=op.f("fk_peer_pair_peer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_pair")),
        sa.UniqueConstraint("peer_id", "colleague_id", name=op.f("uq_peer_pair_peer_id_colleague_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_peer_pair_colleague_id"), "peer_pair", ["colleague_id"], unique=False)

    op.create_table(
        "working_time_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("manager_name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_working_time_agreement_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_time_agreement")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_working_time_agreement_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "admission_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("admission_id", sa.Integer(), nullable=False),
        sa.Column("peer_percent", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["admission_id"], ["admission.id"], name=op.f("fk_admission_exception_admission_id")
        ),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["app_user.id"], name=op.f("fk_admission_exception_granted_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_exception")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_admission_exception_admission_id"), "admission_exception", ["admission_id"], unique=False
    )
    op.create_index(
        op.f("ix_admission_exception_granted_by_id"), "admission_exception", ["granted_by_id"], unique=False
    )

    op.create_table(
        "peer_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("admission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "individual",
                "group",
                "organisation",
                "other",
                name="taskkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_peer_task_percent")),
        sa.ForeignKeyConstraint(["admission_id"], ["admission.id"], name=op.f("fk_peer_task_admission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_task")),
        sa.UniqueConstraint("admission_id", "position", name=op.f("uq_peer_task_admission_id_position")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
