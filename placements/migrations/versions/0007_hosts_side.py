"""Numbers, framework agreements, quality and pauses

Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "framework_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "expires_on IS NULL OR starts_on <= expires_on", name=op.f("ck_framework_agreement_period")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_framework_agreement_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_agreement")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("framework_agreement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_framework_agreement_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "quality_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("review_again_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["app_user.id"], name=op.f("fk_quality_review_author_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_quality_review_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_review")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("quality_review", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quality_review_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "unit_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=False),
        sa.Column("ask_again_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_pause_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_pause")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("unit_pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_pause_unit_id"), ["unit_id"], unique=False)

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cvr", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("ean", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_organisation_cvr"), ["cvr"], unique=False)

    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ean", sa.String(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
