"""What a frozen document was printed from

Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("document", sa.Column("template", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("document", "template")
