"""A student's own goals, and the signed paper of a framework agreement

Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "own_goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_own_goals_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_goals")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_own_goals_placement_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("framework_agreement", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("scan_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_framework_agreement_scan_id"), "document", ["scan_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("framework_agreement", table_kwargs=KEPT) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_framework_agreement_scan_id"), type_="foreignkey")
        batch_op.drop_column("scan_id")
    op.drop_table("own_goals")
