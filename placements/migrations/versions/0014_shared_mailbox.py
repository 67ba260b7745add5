"""A mailbox that several share, and who it was

Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
"""What SQLite's copy of a table would lose."""


def upgrade() -> None:
    op.add_column("event", sa.Column("acting_name", sa.String(), nullable=True))
    op.add_column("user_session", sa.Column("acting_name", sa.String(), nullable=True))
    op.add_column("app_user", sa.Column("shared", sa.Boolean(), nullable=True))
    op.execute(
        sa.text("UPDATE app_user SET shared = :no").bindparams(sa.bindparam("no", False, sa.Boolean()))
    )
    with op.batch_alter_table("app_user", schema=None, table_kwargs=KEPT) as batch_op:
        batch_op.alter_column("shared", existing_type=sa.Boolean(), nullable=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
