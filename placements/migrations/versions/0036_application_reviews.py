"""Reviews of applications, interviews and deviations from the ranking

Revises: 0035
"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
TABLES = (
    "application_review_plan",
    "application_conflict",
    "application_deviation",
    "application_interview",
    "application_note",
    "application_review",
    "application_score",
)


def upgrade() -> None:
    op.create_table(
        "application_review_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("reviewer_ids", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_application_review_plan_cohort_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_review_plan")),
        sa.UniqueConstraint("cohort_id", name=op.f("uq_application_review_plan_cohort_id")),
        **KEPT,
    )
    op.create_table(
        "application_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_conflict_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["app_user.id"], name=op.f("fk_application_conflict_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_conflict")),
        sa.UniqueConstraint(
            "application_id", "reviewer_id", name=op.f("uq_application_conflict_application_id_reviewer_id")
        ),
        **KEPT,
    )
    op.create_index(op.f("ix_application_conflict_reviewer_id"), "application_conflict", ["reviewer_id"])
    op.create_table(
        "application_deviation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_deviation_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["app_user.id"], name=op.f("fk_application_deviation_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_deviation")),
        sa.UniqueConstraint("uid", name=op.f("uq_application_deviation_uid")),
        **KEPT,
    )
    op.create_index(
        op.f("ix_application_deviation_application_id"), "application_deviation", ["application_id"]
    )
    op.create_index(op.f("ix_application_deviation_author_id"), "application_deviation", ["author_id"])
    op.create_table(
        "application_interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cohort_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_interview_application_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_application_interview_cohort_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_interview")),
        sa.UniqueConstraint("application_id", name=op.f("uq_application_interview_application_id")),
        **KEPT,
    )
    op.create_index(
        op.f("ix_application_interview_cohort_id_starts_at"),
        "application_interview",
        ["cohort_id", "starts_at"],
    )
    op.create_table(
        "application_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_note_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["author_id"], ["app_user.id"], name=op.f("fk_application_note_author_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_note")),
        sa.UniqueConstraint(
            "application_id", "author_id", name=op.f("uq_application_note_application_id_author_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_application_note_uid")),
        **KEPT,
    )
    op.create_index(op.f("ix_application_note_author_id"), "application_note", ["author_id"])
    op.create_table(
        "application_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["application.id"],
            name=op.f("fk_application_review_application_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["app_user.id"], name=op.f("fk_application_review_reviewer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_review")),
        sa.UniqueConstraint(
            "application_id", "reviewer_id", name=op.f("uq_application_review_application_id_reviewer_id")
        ),
        **KEPT,
    )
    op.create_index(op.f("ix_application_review_reviewer_id"), "application_review", ["reviewer_id"])
    op.create_table(
        "application_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["application_review.id"],
            name=op.f("fk_application_score_review_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_score")),
        sa.UniqueConstraint("review_id", "criterion", name=op.f("uq_application_score_review_id_criterion")),
        sa.UniqueConstraint("uid", name=op.f("uq_application_score_uid")),
        **KEPT,
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
