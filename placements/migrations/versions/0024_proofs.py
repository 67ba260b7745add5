"""Certificates, their look, wrong codes, and jobs about participants

Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
"""What SQLite's copy of a table would lose."""

KINDS = (
    "draft_agreements",
    "send_agreements",
    "print_agreements",
    "issue_diplomas",
    "issue_certificates",
    "print_diplomas",
)


def choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("wrong_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_wrong_code_address_hash_tried_at"), ["address_hash", "tried_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_wrong_code_tried_at"), ["tried_at"], unique=False)

    op.create_table(
        "diploma_design",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(), nullable=True),
        sa.Column("aim", sa.String(), nullable=True),
        sa.Column("leader_name", sa.String(), nullable=True),
        sa.Column("leader_title", sa.String(), nullable=True),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("accent", choice("heather", "sea", "rust", "pine", name="accent"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_diploma_design_programme_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diploma_design")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_diploma_design_programme_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("diploma", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=True))
    op.execute("UPDATE diploma SET kind = 'diploma'")
    with op.batch_alter_table("diploma", table_kwargs=KEPT) as batch_op:
        batch_op.alter_column("kind", existing_type=sa.String(length=32), nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_diploma_diplomakind"), "kind IN ('diploma', 'certificate')"
        )
        batch_op.drop_constraint(batch_op.f("uq_diploma_number"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_diploma_issuer_number"), ["issuer", "number"])
        batch_op.create_unique_constraint(batch_op.f("uq_diploma_replaces_id"), ["replaces_id"])
        batch_op.create_foreign_key(batch_op.f("fk_diploma_replaces_id"), "diploma", ["replaces_id"], ["id"])

    with op.batch_alter_table("job", table_kwargs=KEPT) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_job_jobkind"), type_="check")
        kinds = ", ".join(f"'{kind}'" for kind in KINDS)
        batch_op.create_check_constraint(batch_op.f("ck_job_jobkind"), f"kind IN ({kinds})")

    with op.batch_alter_table("job_item", table_kwargs=KEPT) as batch_op:
        batch_op.add_column(sa.Column("enrolment_id", sa.Integer(), nullable=True))
        batch_op.alter_column("placement_id", existing_type=sa.Integer(), nullable=True)
        batch_op.create_index(batch_op.f("ix_job_item_enrolment_id"), ["enrolment_id"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_job_item_job_id_enrolment_id"), ["job_id", "enrolment_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_job_item_enrolment_id"), "enrolment", ["enrolment_id"], ["id"]
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_job_item_record"), "(placement_id IS NULL) <> (enrolment_id IS NULL)"
        )


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
