"""Badges: the keys they were signed with, and each diploma's place in the public lists

Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "badge_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thumbprint", sa.String(), nullable=False),
        sa.Column("jwk", sa.JSON(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_key")),
        sa.UniqueConstraint("thumbprint", name=op.f("uq_badge_key_thumbprint")),
        **KEPT,
    )
    with op.batch_alter_table("diploma", table_kwargs=KEPT) as table:
        table.add_column(sa.Column("badge_index", sa.Integer(), nullable=True))
        table.create_unique_constraint(table.f("uq_diploma_badge_index"), ["badge_index"])


def downgrade() -> None:
    with op.batch_alter_table("diploma", table_kwargs=KEPT) as table:
        table.drop_constraint(table.f("uq_diploma_badge_index"), type_="unique")
        table.drop_column("badge_index")
    op.drop_table("badge_key")
