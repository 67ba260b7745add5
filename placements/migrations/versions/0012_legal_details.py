"""What the legal basis asks for, and what a party says does not fit

Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legal_details",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("job_centre", sa.String(), nullable=True),
        sa.Column("job_centre_contact", sa.String(), nullable=True),
        sa.Column("vitas_reference", sa.String(), nullable=True),
        sa.Column("manager_name", sa.String(), nullable=True),
        sa.Column("manager_approved_on", sa.Date(), nullable=True),
        sa.Column("representative_name", sa.String(), nullable=True),
        sa.Column("representative_approved_on", sa.Date(), nullable=True),
        sa.Column("insurance", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["placement_id"], ["placement.id"], name=op.f("fk_legal_details_placement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_details")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_legal_details_placement_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "agreement_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_remark_agreement_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_agreement_remark_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_remark")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("agreement_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_remark_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agreement_remark_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
