"""Applications, and mails to those who apply

Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
STATUSES = ("draft", "submitted", "offered", "waiting", "rejected", "next_year", "accepted", "declined")


def _choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("status", _choice(*STATUSES, name="applicationstatus"), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("email_key", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=True),
        sa.Column("residence", _choice("home", "region", "outside", name="residence"), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_application_cohort_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_reference")),
        sa.UniqueConstraint("uid", name=op.f("uq_application_uid")),
        **KEPT,
    )
    op.create_index(
        op.f("ix_application_cohort_id_email_key"), "application", ["cohort_id", "email_key"], unique=True
    )
    op.create_index(op.f("ix_application_cohort_id_status"), "application", ["cohort_id", "status"])
    op.create_table(
        "application_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_link_application_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_application_link_token_hash")),
        **KEPT,
    )
    op.create_index(op.f("ix_application_link_application_id"), "application_link", ["application_id"])
    with op.batch_alter_table("outgoing_mail", table_kwargs=KEPT) as table:
        table.add_column(sa.Column("application_id", sa.Integer(), nullable=True))
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=True)
        table.create_index(table.f("ix_outgoing_mail_application_id"), ["application_id"])
        table.create_foreign_key(
            table.f("fk_outgoing_mail_application_id"),
            "application",
            ["application_id"],
            ["id"],
            ondelete="CASCADE",
        )


def downgrade() -> None:
    op.execute("DELETE FROM outgoing_mail WHERE user_id IS NULL")
    with op.batch_alter_table("outgoing_mail", table_kwargs=KEPT) as table:
        table.drop_constraint(table.f("fk_outgoing_mail_application_id"), type_="foreignkey")
        table.drop_index(table.f("ix_outgoing_mail_application_id"))
        table.alter_column("user_id", existing_type=sa.Integer(), nullable=False)
        table.drop_column("application_id")
    op.drop_table("application_link")
    op.drop_table("application")
