"""Payments for applications, and whom bills come from

Revises: 0038
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}


def _choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "invoice_sender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("cvr", sa.String(), nullable=False),
        sa.Column("ean", sa.String(), nullable=True),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("postal_code", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("bank_registration", sa.String(), nullable=False),
        sa.Column("bank_account", sa.String(), nullable=False),
        sa.Column("contact_name", sa.String(), nullable=False),
        sa.Column("contact_phone", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("days_to_pay", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_invoice_sender_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_sender")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_invoice_sender_programme_id")),
        **KEPT,
    )
    op.create_table(
        "application_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Integer(), nullable=True),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("municipality", sa.String(), nullable=False),
        sa.Column("payer", _choice("municipality", "employer", "none", name="feepayer"), nullable=False),
        sa.Column("payer_name", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("granted", sa.Integer(), nullable=False),
        sa.Column("said", _choice("agreed", "asking", "waiver", name="paymentsaid"), nullable=True),
        sa.Column("track", _choice("full", "free_place", "grant", name="paymenttrack"), nullable=False),
        sa.Column(
            "waiver_answer", _choice("applied", "granted", "refused", name="waiveranswer"), nullable=True
        ),
        sa.Column(
            "status",
            _choice("open", "promised", "invoiced", "paid", "waived", name="paymentstatus"),
            nullable=False,
        ),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("invoiced_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("waived_on", sa.Date(), nullable=True),
        sa.Column("ean", sa.String(), nullable=True),
        sa.Column("contact_name", sa.String(), nullable=True),
        sa.Column("contact_phone", sa.String(), nullable=True),
        sa.Column("contact_email", sa.String(), nullable=True),
        sa.Column("payer_reference", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "amount >= 0 AND granted >= 0 AND granted <= amount", name=op.f("ck_application_payment_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_payment_application_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_application_payment_cohort_id")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["enrolment.id"],
            name=op.f("fk_application_payment_enrolment_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_payment")),
        sa.UniqueConstraint("application_id", name=op.f("uq_application_payment_application_id")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_application_payment_enrolment_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_application_payment_reference")),
        **KEPT,
    )
    op.create_index(
        op.f("ix_application_payment_cohort_id_status"), "application_payment", ["cohort_id", "status"]
    )


def downgrade() -> None:
    op.drop_table("application_payment")
    op.drop_table("invoice_sender")
