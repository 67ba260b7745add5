"""Amendments of a signed agreement

Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def _one_of(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            _one_of(
                "amendmentkind",
                "extension",
                "interruption",
                "period",
                "hours",
                "supervisor",
                "unit",
                "early_end",
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            _one_of("amendmentstatus", "draft", "awaiting_signatures", "signed", "withdrawn"),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("supervisor_id", sa.Integer(), nullable=True),
        sa.Column("past_practicum", sa.Boolean(), nullable=False),
        sa.Column("signers", sa.JSON(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("offered_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_amendment_agreement_id")),
        sa.ForeignKeyConstraint(["base_id"], ["agreement_version.id"], name=op.f("fk_amendment_base_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_amendment_document_id")),
        sa.ForeignKeyConstraint(["offered_id"], ["document.id"], name=op.f("fk_amendment_offered_id")),
        sa.ForeignKeyConstraint(["supervisor_id"], ["contact.id"], name=op.f("fk_amendment_supervisor_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_amendment_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("agreement_id", "number", name=op.f("uq_amendment_agreement_id_number")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amendment_agreement_id"), ["agreement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendment_base_id"), ["base_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendment_supervisor_id"), ["supervisor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendment_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "amendment_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column(
            "party",
            _one_of("party", "student", "host", "coordinator", "employee_representative"),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "method",
            _one_of("signaturemethod", "mailed_link", "code", "operator_link", "paper"),
            nullable=True,
        ),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("scan_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_amendment_signature_amendment_id")
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["document.id"], name=op.f("fk_amendment_signature_scan_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_amendment_signature_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment_signature")),
        sa.UniqueConstraint("amendment_id", "party", name=op.f("uq_amendment_signature_amendment_id_party")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("amendment_signature", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_amendment_signature_amendment_id"), ["amendment_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_amendment_signature_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
