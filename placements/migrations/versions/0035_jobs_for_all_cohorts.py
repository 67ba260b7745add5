"""Jobs for all cohorts at once

Revises: 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def upgrade() -> None:
    with op.batch_alter_table("job", table_kwargs=KEPT) as table:
        table.alter_column("cohort_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM job_item WHERE job_id IN (SELECT id FROM job WHERE cohort_id IS NULL)")
    op.execute("DELETE FROM job WHERE cohort_id IS NULL")
    with op.batch_alter_table("job", table_kwargs=KEPT) as table:
        table.alter_column("cohort_id", existing_type=sa.Integer(), nullable=False)
