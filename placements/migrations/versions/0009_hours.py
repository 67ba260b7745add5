"""Hours, supervisions and visits

Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hours_week",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "submitted",
                "confirmed",
                "returned",
                name="hoursstatus",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("peer_minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("comment", sa.String(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_name", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= peer_minutes AND peer_minutes <= minutes", name=op.f("ck_hours_week_minutes")
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by_id"], ["app_user.id"], name=op.f("fk_hours_week_confirmed_by_id")
        ),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_hours_week_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_week")),
        sa.UniqueConstraint("placement_id", "starts_on", name=op.f("uq_hours_week_placement_id_starts_on")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("hours_week", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hours_week_confirmed_by_id"), ["confirmed_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hours_week_status_submitted_at"), ["status", "submitted_at"], unique=False
        )

    op.create_table(
        "supervision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "individual",
                "group",
                name="supervisionform",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_supervision_minutes")),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_supervision_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_supervision_placement_id_held_on"), ["placement_id", "held_on"], unique=False
        )

    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("placement_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "visit",
                "phone",
                "mail",
                "meeting",
                name="visitkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["placement_id"], ["placement.id"], name=op.f("fk_visit_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visit_placement_id_held_on_id"), ["placement_id", "held_on", "id"], unique=False
        )

    op.create_table(
        "hours_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "activity",
            sa.Enum(
                "individual",
                "group",
                "organisation",
                "other",
                name="activity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_hours_line_minutes")),
        sa.ForeignKeyConstraint(["week_id"], ["hours_week.id"], name=op.f("fk_hours_line_week_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours_line")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("hours_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hours_line_week_id"), ["week_id"], unique=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
