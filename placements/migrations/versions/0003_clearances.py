"""Checks and clearances

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clearance_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "criminal_record",
                "child_protection",
                "confidentiality",
                "site_approval",
                name="clearancekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("mandatory", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_clearance_rule_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance_rule")),
        sa.UniqueConstraint("unit_id", "kind", name=op.f("uq_clearance_rule_unit_id_kind")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("clearance_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_rule_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "criminal_record",
                "child_protection",
                "confidentiality",
                "site_approval",
                name="clearancekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("requested_on", sa.Date(), nullable=True),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(enrolment_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_clearance_subject")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_clearance_enrolment_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_clearance_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
        sa.UniqueConstraint("enrolment_id", "kind", name=op.f("uq_clearance_enrolment_id_kind")),
        sa.UniqueConstraint("unit_id", "kind", name=op.f("uq_clearance_unit_id_kind")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_clearance_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
