"""How each signature was given, and the document as it was sent

Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
"""What SQLite's copy of a table would lose."""


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    way_in = ("mailed_link", "code", "operator_link")
    with op.batch_alter_table("agreement_signature", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("method", _one_of("signaturemethod", *way_in, "paper"), nullable=True))
        batch_op.add_column(sa.Column("sha256", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("signed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("scan_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_signature_scan_id"), "document", ["scan_id"], ["id"]
        )

    with op.batch_alter_table("agreement_version", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("offered_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_version_offered_id"), "document", ["offered_id"], ["id"]
        )

    with op.batch_alter_table("outgoing_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_mail_path_user_id"), ["path", "user_id"], unique=False)

    # How those who are signed in came in was not kept: they sign in once more.
    op.execute("DELETE FROM user_session")
    with op.batch_alter_table("user_session", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("method", _one_of("signinmethod", *way_in), nullable=False))


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
