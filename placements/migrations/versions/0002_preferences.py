"""What students wish for, and who has looked

Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT = {"sqlite_autoincrement": True, "sqlite_strict": True}
"""What SQLite's copy of a table would lose."""


def upgrade() -> None:
    op.create_table(
        "look",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("noun", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["app_user.id"], name=op.f("fk_look_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_look")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("look", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_look_noun_record_id_id"), ["noun", "record_id", "id"], unique=False
        )

    op.create_table(
        "wishes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column(
            "reach",
            sa.Enum(
                "municipality",
                "region",
                "anywhere",
                name="reach",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_wishes_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wishes")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_wishes_enrolment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "excluded_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wishes_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_excluded_unit_unit_id")),
        sa.ForeignKeyConstraint(["wishes_id"], ["wishes.id"], name=op.f("fk_excluded_unit_wishes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excluded_unit")),
        sa.UniqueConstraint("wishes_id", "unit_id", name=op.f("uq_excluded_unit_wishes_id_unit_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("excluded_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_excluded_unit_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_excluded_unit_wishes_id"), ["wishes_id"], unique=False)

    op.create_table(
        "ranked_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wishes_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.CheckConstraint("rank > 0", name=op.f("ck_ranked_offer_rank")),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name=op.f("fk_ranked_offer_offer_id")),
        sa.ForeignKeyConstraint(["wishes_id"], ["wishes.id"], name=op.f("fk_ranked_offer_wishes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranked_offer")),
        sa.UniqueConstraint("wishes_id", "offer_id", name=op.f("uq_ranked_offer_wishes_id_offer_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    with op.batch_alter_table("ranked_offer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ranked_offer_offer_id"), ["offer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ranked_offer_wishes_id"), ["wishes_id"], unique=False)

    with op.batch_alter_table("cohort", schema=None) as batch_op:
        batch_op.add_column(sa.Column("preferences_open_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("preferences_close_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("weekly_plan", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("accessibility", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("languages", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("good_to_know", sa.String(), nullable=True))
    op.execute("UPDATE offer SET weekly_plan = '{}', accessibility = '[]', languages = '[]'")
    with op.batch_alter_table("offer", table_kwargs=KEPT) as batch_op:
        batch_op.alter_column("weekly_plan", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("accessibility", existing_type=sa.JSON(), nullable=False)
        batch_op.alter_column("languages", existing_type=sa.JSON(), nullable=False)


def downgrade() -> None:
    raise RuntimeError("There is no way back from here: restore a backup instead.")
