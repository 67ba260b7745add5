"""Talks, reviews of units and outcomes

Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "completed",
                "partly",
                "not_shown",
                "under_way",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("consented_on", sa.Date(), nullable=True),
        sa.Column(
            "afterwards",
            sa.Enum(
                "peer_job",
                "other_job",
                "education",
                "volunteering",
                "not_known",
                name="afterwards",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "support_before",
            sa.Enum(
                "yes",
                "no",
                "not_known",
                name="selfsupporting",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "support_after",
            sa.Enum(
                "yes",
                "no",
                "not_known",
                name="selfsupporting_after",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "consented_on IS NOT NULL OR (afterwards IS NULL AND support_before IS NULL AND support_after IS NULL)",
            name=op.f("ck_outcome_consent"),
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_outcome_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_outcome_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "talk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("midway", "final", name="talkkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "planned",
                "written",
                "shared",
                "disagreed",
                "closed",
                name="talkstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("goes_well", sa.String(), nullable=True),
        sa.Column("to_work_on", sa.String(), nullable=True),
        sa.Column("next_steps", sa.String(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_by_id", sa.Integer(), nullable=True),
        sa.Column("shared_by_name", sa.String(), nullable=True),
        sa.Column("student_words", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_name", sa.String(), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_name", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_talk_placement_id")),
        sa.ForeignKeyConstraint(["shared_by_id"], ["app_user.id"], name=op.f("fk_talk_shared_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
        sa.UniqueConstraint("placement_id", "kind", name=op.f("uq_talk_placement_id_kind")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_talk_shared_by_id"), "talk", ["shared_by_id"])

    op.create_table(
        "unit_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column(
            "welcome",
            sa.Enum(
                "no",
                "partly",
                "mostly",
                "yes",
                name="rating",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "peer_tasks",
            sa.Enum(
                "no",
                "partly",
                "mostly",
                "yes",
                name="rating_peer_tasks",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "guidance",
            sa.Enum(
                "no",
                "partly",
                "mostly",
                "yes",
                name="rating_guidance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "recommend",
            sa.Enum(
                "no",
                "partly",
                "mostly",
                "yes",
                name="rating_recommend",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("line", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_unit_review_placement_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_review_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_review")),
        sa.UniqueConstraint("placement_id", name=op.f("uq_unit_review_placement_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_unit_review_unit_id_id"), "unit_review", ["unit_id", "id"])

    op.create_table(
        "talk_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "progress",
            sa.Enum(
                "not_seen",
                "on_the_way",
                "reaches",
                "beyond",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["talk_id"], ["talk.id"], name=op.f("fk_talk_mark_talk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_mark")),
        sa.UniqueConstraint("talk_id", "position", name=op.f("uq_talk_mark_talk_id_position")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("talk_mark")
    op.drop_index(op.f("ix_unit_review_unit_id_id"), "unit_review")

    op.drop_table("unit_review")
    op.drop_index(op.f("ix_talk_shared_by_id"), "talk")

    op.drop_table("talk")
    op.drop_table("outcome")
