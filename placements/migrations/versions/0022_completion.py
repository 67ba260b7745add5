"""Warnings before the line, and whom else to tell

Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "threshold_warning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("module_id", sa.Integer(), nullable=True),
        sa.Column("warned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_threshold_warning_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["module_id"], ["module.id"], name=op.f("fk_threshold_warning_module_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold_warning")),
        sa.UniqueConstraint(
            "enrolment_id", "module_id", name=op.f("uq_threshold_warning_enrolment_id_module_id")
        ),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_threshold_warning_module_id"), "threshold_warning", ["module_id"])

    op.create_table(
        "warning_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("consented_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_warning_contact_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warning_contact")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_warning_contact_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
