"""Seals, and the page under the seal

Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("is_test", sa.Boolean(), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_seal_fingerprint")),
        **KEPT,
    )
    with op.batch_alter_table("document", table_kwargs=KEPT) as table:
        table.add_column(sa.Column("page_sha256", sa.String(), nullable=True))
        table.add_column(sa.Column("seal_id", sa.Integer(), nullable=True))
        table.create_index(table.f("ix_document_sha256"), ["sha256"])
        table.create_foreign_key(table.f("fk_document_seal_id"), "seal", ["seal_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("document", table_kwargs=KEPT) as table:
        table.drop_constraint(table.f("fk_document_seal_id"), type_="foreignkey")
        table.drop_index(table.f("ix_document_sha256"))
        table.drop_column("seal_id")
        table.drop_column("page_sha256")
    op.drop_table("seal")
