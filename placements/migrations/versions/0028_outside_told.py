"""Whom a participant named outside is told when something was missed

Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "threshold_warning", sa.Column("outside_told_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute("UPDATE threshold_warning SET outside_told_at = warned_at")


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
