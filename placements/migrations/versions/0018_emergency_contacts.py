"""Whom to call if something happens, and who of those who share a mailbox has looked

Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "emergency_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_emergency_contact_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_contact")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_emergency_contact_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.add_column("look", sa.Column("acting_name", sa.String(), nullable=True))


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
