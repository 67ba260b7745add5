"""Why a session is held on a holiday, or at the same time as another

Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("teaching_session", sa.Column("clash_reason", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("teaching_session", "clash_reason")
