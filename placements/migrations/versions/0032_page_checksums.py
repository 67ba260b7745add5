"""Find a document by the page under its seal

Revises: 0031
"""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_document_page_sha256"), "document", ["page_sha256"])


def downgrade() -> None:
    op.drop_index(op.f("ix_document_page_sha256"), "document")
