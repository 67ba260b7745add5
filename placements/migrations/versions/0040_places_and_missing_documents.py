"""Places of badges that hold on to their diploma, and how many printed documents the last check knew

Revises: 0039
"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
COUNTED = ("printed", "newest_id", "missing")


def upgrade() -> None:
    op.create_table(
        "badge_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("diploma_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["diploma_id"], ["diploma.id"], name=op.f("fk_badge_place_diploma_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge_place")),
        sa.UniqueConstraint("diploma_id", name=op.f("uq_badge_place_diploma_id")),
        sa.UniqueConstraint("place", name=op.f("uq_badge_place_place")),
        **KEPT,
    )
    op.execute(
        "INSERT INTO badge_place (place, diploma_id) "
        "SELECT badge_index, id FROM diploma WHERE badge_index IS NOT NULL"
    )
    for name in COUNTED:
        op.add_column("document_check", sa.Column(name, sa.Integer(), nullable=True))
    op.execute("UPDATE document_check SET printed = 0, newest_id = 0, missing = 0")
    with op.batch_alter_table("document_check", table_kwargs=KEPT) as table:
        for name in COUNTED:
            table.alter_column(name, existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("document_check", table_kwargs=KEPT) as table:
        for name in COUNTED:
            table.drop_column(name)
    op.drop_table("badge_place")
